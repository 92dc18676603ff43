//! A record from its draft to its versions: another person confirms, a change waits, nothing is lost.

use super::*;
use crate::registers::version::Version;
use crate::stories::web::api::{Caller, province_token};

story!(a_record_is_confirmed_by_another_person_and_keeps_its_versions, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    cast.author.get("/desk/registers").await.expect(200).says("Chưa có mục nào").says("Cán bộ làm truyền thông");
    cast.author.get("/desk/registers/new?register=officer").await.expect(200).says("không ghi tên người");
    cast.author.get("/desk/registers/new?register=khong-co").await.expect(404);
    let more = [("title", "Văn phòng Sở, vị trí 1"), ("code", "VT-01"), ("category", "communication")];
    let id = drafted(&cast.author, "officer", &more).await;
    let page = format!("/desk/registers/{id}");
    cast.author.get(&page).await.expect(200).says("Chờ xác nhận").says("Văn phòng Sở, vị trí 1");
    cast.stranger.get(&page).await.expect(404);
    // Rule 7: who wrote it does not confirm it, and an officer confirms nothing.
    act(&house, &cast.author, id, "confirm", &[]).await.expect(403);
    let own = drafted(&cast.approver, "officer", &[("code", "VT-02"), ("category", "communication")]).await;
    act(&house, &cast.approver, own, "confirm", &[]).await.expect(422).says("Người ghi không tự xác nhận");
    cast.approver.get("/desk").await.expect(200).says("chờ bạn xác nhận");
    let (ticked, stale) = (format!("{id}:{}", the(&house, id).await.version), format!("{id}:0"));
    cast.approver.get("/desk/registers?waiting=on").await.expect(200).says(&format!("value=\"{ticked}\""));
    cast.approver.post("/desk/registers/confirmation", &[("record", stale.as_str())]).await.expect(409);
    cast.approver.post("/desk/registers/confirmation", &[("record", ticked.as_str())]).await.expect(303);
    assert_eq!((the(&house, id).await.state, the(&house, id).await.edition), (State::Confirmed, 1));
    // A change waits; what was confirmed counts until then.
    let edit = format!("/desk/registers/{id}/edit");
    cast.author.get(&edit).await.expect(200).says("VT-01").says("chờ người khác xác nhận");
    let version = the(&house, id).await.version.to_string();
    let text = id.to_string();
    let mut fields = form(&text, "officer", &more);
    fields.extend([("version", version.as_str()), ("trained_on", "2026-02-20")]);
    cast.author.post(&page, &fields).await.expect(303);
    cast.author.post(&page, &fields).await.expect(409).says("Có người vừa sửa mục này");
    assert_eq!(the(&house, id).await.trained_on, None);
    cast.approver.get("/desk/registers?waiting=on").await.expect(200).says("Có thay đổi chờ xác nhận");
    act(&house, &cast.approver, id, "confirm", &[]).await.expect(422).says("Cần ít nhất một minh chứng");
    act(&house, &cast.approver, id, "send-back", &[("why", " ")]).await.expect(422).says("Hãy ghi lý do");
    prove(&cast.author, id, "https://hoc-vien.example.vn/chung-nhan", "2026-02-21").await.expect(303);
    prove(&cast.author, id, "http://www.hoc-vien.example.vn/chung-nhan/", "").await.expect(422).says("đã có");
    act(&house, &cast.approver, id, "confirm", &[]).await.expect(303);
    assert_eq!(the(&house, id).await.trained_on.map(|day| day.to_string()).as_deref(), Some("2026-02-20"));
    let versions = Version::of(&house.app.db, id).await.expect("versions");
    assert_eq!((versions.len(), versions[1].content().expect("a content").trained_on), (2, None));
    cast.author.get(&page).await.expect(200).says("Bản 2").says("Bản 1").says("20/2/2026");
    // The last piece that a confirmed record needs stays.
    let piece = crate::registers::evidence::Evidence::of(&house.app.db, id).await.expect("evidence")[0].id;
    let removal = format!("/desk/registers/{id}/evidence/{piece}/removal");
    cast.author.post(&removal, &[]).await.expect(422).says("ít nhất một minh chứng");
    api(&house, &cast, id).await;
    act(&house, &cast.approver, id, "withdraw", &[("why", "Ghi nhầm vị trí")]).await.expect(303);
    // One's own mistake takes nobody else to be taken out.
    let mistaken = drafted(&cast.approver, "officer", &[("code", "VT-09"), ("category", "communication")]).await;
    act(&house, &cast.approver, mistaken, "withdraw", &[("why", "Ghi nhầm vị trí")]).await.expect(303);
    cast.author.get(&page).await.expect(200).says("Đã rút").says("Ghi nhầm vị trí");
    cast.author.get("/desk/registers?register=officer").await.expect(200).says_not("Văn phòng Sở, vị trí 1");
    drafted(&cast.author, "officer", &more).await;
});

async fn api(house: &House, cast: &Cast<'_>, id: Uuid) {
    let key = province_token(house, &cast.agency, &["registers:read"]).await;
    let caller = Caller::of(house, Some(&key)).await;
    let list = caller.get("/api/v1/register-records?register=officer").await.expect(200).json();
    assert_eq!((list["items"].as_array().map(Vec::len), &list["items"][0]["code"]), (Some(1), &serde_json::json!("VT-01")));
    let one = caller.get(&format!("/api/v1/register-records/{id}")).await.expect(200).json();
    assert_eq!(one["evidence"][0]["state"], "unasked");
    caller.get("/api/v1/register-records?register=khong-co").await.expect(400);
    let other = province_token(house, &cast.agency, &["duties:read"]).await;
    Caller::of(house, Some(&other)).await.get("/api/v1/register-records").await.expect(403);
}

story!(a_record_that_can_not_be_is_refused_with_every_reason, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let id = new_id().to_string();
    let post = async |register: &str, more: &[(&str, &str)]| {
        cast.author.post("/desk/registers", &form(&id, register, more)).await.expect(422)
    };
    post("st-task", &[("title", " ")]).await.says("Hãy ghi tên").says("Hãy ghi mã số");
    post("st-task", &[("code", "A"), ("from_on", "31/2/2026")]).await.says("31/2/2026").says("không phải ngày");
    post("st-task", &[("code", "A"), ("until_on", "2025-01-01")]).await.says("Ngày cuối đứng trước ngày đầu");
    post("st-task", &[("code", "A"), ("title", "TUYỆT MẬT")]).await.says("Nội dung mật không được đưa vào");
    post("network-member", &[]).await.says("Hãy chọn một nhóm");
    post("dissemination", &[("part", "120"), ("whole", "100")]).await.says("lớn hơn tổng số");
    for wrong in ["-1", "1,5", "1e18", "NaN"] {
        post("dissemination", &[("part", wrong), ("whole", "100")]).await.says("không phải số nguyên");
    }
    post("officer", &[("code", "A"), ("category", "foreign"), ("trained_on", "2027-01-01")]).await.says("ở tương lai");
    assert_eq!(record::Entity::find().count(&house.app.db).await.expect("a count"), 0);
    let first = drafted(&cast.author, "st-task", &[("code", "KC-01")]).await;
    post("st-task", &[("code", "kc-01 ")]).await.says("đã có mục mang mã này").says("Lúa chịu mặn");
    for bad in ["javascript:alert(1)", "không phải địa chỉ", "https://ai:mat-khau@vi-du.vn/"] {
        prove(&cast.author, first, bad, "").await.expect(422);
    }
    prove(&cast.author, first, "/tin-tuc/khong-co-bai", "").await.expect(422).says("tin bài công khai ở địa chỉ này");
    prove(&cast.author, first, "https://vi-du.vn/", "2027-01-01").await.expect(422).says("tương lai");
    prove(&cast.author, first, "https://vi-du.vn/", "01/02/26").await.expect(422).says("bốn chữ số");
    act(&house, &cast.approver, first, "nothing", &[]).await.expect(404);
    cast.stranger.post(&format!("/desk/registers/{first}"), &form(&id, "st-task", &[("code", "X")])).await.expect(404);
});

story!(what_is_searched_stands_for_itself, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let named = [("code", "KC_01"), ("title", "Đạt 100% kế hoạch \\ mục 2")];
    confirmed(&house, &cast, "st-task", &named, "https://bao.example.vn/1").await;
    let other = [("code", "KC-02"), ("title", "Truy xuất xoài")];
    confirmed(&house, &cast, "st-task", &other, "https://bao.example.vn/2").await;
    let visitor = house.visitor();
    for typed in ["kc_", "100% kế hoạch", "\\"] {
        let asked = crate::web::address::query(&[("q", typed)]);
        let desk = cast.author.get(&format!("/desk/registers{asked}")).await.expect(200);
        desk.says("Đạt 100% kế hoạch").says_not("Truy xuất xoài");
        let public = visitor.get(&format!("/nhiem-vu-khcn{asked}")).await.expect(200);
        public.says("Đạt 100% kế hoạch").says_not("Truy xuất xoài");
    }
    cast.author.get("/desk/registers?q=truy_xuat").await.expect(200).says("Không có mục nào như vậy");
});

story!(what_is_begun_twice_is_one_record_and_other_words_are_not_lost, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let id = new_id();
    let text = id.to_string();
    let first = form(&text, "st-task", &[("code", "KC-01")]);
    cast.author.post("/desk/registers", &first).await.expect(303);
    cast.author.post("/desk/registers", &first).await.expect(303);
    assert_eq!(record::Entity::find().count(&house.app.db).await.expect("a count"), 1);
    // Back in the browser, written on and pressed again: the words come back as a change of what is there.
    let second = form(&text, "st-task", &[("code", "KC-01"), ("title", "Lúa chịu mặn và hạn")]);
    let again = cast.author.post("/desk/registers", &second).await.expect(409);
    again.says("Có người vừa sửa mục này").says("Lúa chịu mặn và hạn").says(&format!("action=\"/desk/registers/{id}\""));
    assert_eq!(the(&house, id).await.title, "Lúa chịu mặn");
    let mut change = second.clone();
    change.push(("version", "1"));
    cast.author.post(&format!("/desk/registers/{id}"), &change).await.expect(303);
    assert_eq!(the(&house, id).await.title, "Lúa chịu mặn và hạn");
    cast.stranger.post("/desk/registers", &second).await.expect(404);
});

story!(what_is_refused_on_a_record_comes_back_with_what_was_typed, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let id = drafted(&cast.author, "st-task", &[("code", "KC-01")]).await;
    let why = "Sai ".repeat(150);
    let page = act(&house, &cast.approver, id, "send-back", &[("why", &why)]).await.expect(422);
    page.says(&format!("value=\"{why}\"")).says("href=\"#back-why\"").says("id=\"back-why-error\"").says("<details open>");
    let page = act(&house, &cast.approver, id, "withdraw", &[("why", "Sai")]).await.expect(422);
    page.says("value=\"Sai\"").says("href=\"#why\"").says_not("<details open>").says("Lúa chịu mặn");
    let page = prove(&cast.author, id, "không phải địa chỉ", "2026-03-01").await.expect(422);
    page.says("value=\"không phải địa chỉ\"").says("value=\"2026-03-01\"").says("href=\"#evidence\"");
    let page = prove(&cast.author, id, "https://bao.example.vn/1", "01/02/26").await.expect(422);
    page.says("value=\"https://bao.example.vn/1\"").says("value=\"01/02/26\"").says("href=\"#evidence_on\"");
    // Somebody was quicker: the page as it is now, with the reason that was typed.
    let stale = [("version", "0"), ("why", "Thiếu minh chứng")];
    let page = cast.approver.post(&format!("/desk/registers/{id}/acts/send-back"), &stale).await.expect(409);
    page.says("Có người vừa sửa mục này").says("value=\"Thiếu minh chứng\"");
    act(&house, &cast.approver, id, "send-back", &[("why", "Thiếu minh chứng")]).await.expect(303);
});
