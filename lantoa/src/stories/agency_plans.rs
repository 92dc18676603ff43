//! Stories of agencies' plans, over HTTP, on both engines.

use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::agency_plans::agency_plan::{self, State};
use crate::base::{Role, fact};
use crate::duties::held;
use crate::people::{Agency, Notice};
use crate::stories::duties::{adopted, agency, at, officer};
use crate::story;
use crate::testing::{House, Visitor};

const TEXT: &str =
    "KẾ HOẠCH\nThực hiện tiết kiệm nước (văn bản thử)\nI. NHIỆM VỤ\n1. Lập danh mục tuyến ống cần thay trong toàn ngành.\n";

async fn duties(house: &House, plan: Uuid, of: &Agency) -> Vec<String> {
    let held = held::by(&house.app.db, plan, of.id, None).await.expect("duties");
    held.iter().map(|held| held.duty.to_string()).collect()
}

fn fields<'a>(title: &'a str, duties: &'a [String]) -> Vec<(&'a str, &'a str)> {
    let mut fields =
        vec![("title", title), ("number", "12/KH-SXD"), ("issued_on", "02/03/2026"), ("from_year", "2026"), ("do", "save")];
    fields.extend(duties.iter().map(|duty| ("duty", duty.as_str())));
    fields
}

/// A draft with a document; its id.
async fn drafted(who: &Visitor<'_>, title: &str, duties: &[String]) -> String {
    let file = ("file", "ke-hoach.txt", TEXT.as_bytes());
    who.upload("/desk/agency-plans", file, &fields(title, duties))
        .await
        .expect(303)
        .location()
        .trim_start_matches("/desk/agency-plans/")
        .to_owned()
}

async fn kept(house: &House) -> Vec<agency_plan::Model> {
    agency_plan::Entity::find().all(&house.app.db).await.expect("plans")
}

story!(an_agency_registers_issues_and_replaces_its_plan, |house| {
    at(&house, "2026-03-10T09:00:00");
    let plan = adopted(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    let who = officer(&house, &builders).await;
    let all = duties(&house, plan.id, &builders).await;
    assert!(all.len() >= 3, "{all:?}");
    who.get("/desk/agency-plans").await.expect(200).says("Cơ quan chưa có kế hoạch riêng");
    let form = who.get("/desk/agency-plans/new").await.expect(200).says("Lập danh mục tuyến ống");
    assert_eq!(form.text().matches(" checked").count(), all.len(), "every duty is ticked to begin with");
    let here = drafted(&who, "Kế hoạch tiết kiệm nước của Sở", &all[..2]).await;
    who.get(&format!("/desk/agency-plans/{here}"))
        .await
        .expect(200)
        .says("Kế hoạch tiết kiệm nước của Sở")
        .says("ke-hoach.txt")
        .says("Ban hành");
    who.get("/desk/agency-plans").await.expect(200).says("Đang soạn").says("Chưa có kế hoạch");
    who.post(&format!("/desk/agency-plans/{here}/issuance"), &[("seen", "1")]).await.expect(303);
    who.get(&format!("/desk/agency-plans/{here}"))
        .await
        .expect(200)
        .says("Triển khai 2 nhiệm vụ")
        .says("SHA-256")
        .says("Đã ban hành");
    who.get("/desk/agency-plans").await.expect(200).says(&format!("2/{}", all.len()));
    let file = who.get(&format!("/desk/agency-plans/{here}/file")).await.expect(200);
    assert_eq!(file.bytes, TEXT.as_bytes());
    assert!(file.headers["content-disposition"].to_str().expect("a header").starts_with("attachment"));
    let later = drafted(&who, "Kế hoạch bổ sung", &all).await;
    who.get(&format!("/desk/agency-plans/{later}")).await.expect(200).says("sẽ thay thế: 12/KH-SXD");
    who.post(&format!("/desk/agency-plans/{later}/issuance"), &[("seen", "1")]).await.expect(303);
    who.get(&format!("/desk/agency-plans/{here}")).await.expect(200).says("Đã bị thay thế").says("Xem kế hoạch thay thế");
    let states: Vec<State> = kept(&house).await.iter().map(|plan| plan.state).collect();
    assert!(states.contains(&State::Replaced) && states.contains(&State::Issued));
    who.post(&format!("/desk/agency-plans/{here}"), &[]).await.expect(400);
});

story!(a_refusal_stands_at_its_field_and_keeps_what_was_typed, |house| {
    at(&house, "2026-03-10T09:00:00");
    let plan = adopted(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    let who = officer(&house, &builders).await;
    let all = duties(&house, plan.id, &builders).await;
    let send = |title: &'static str, day: &'static str, year: &'static str| {
        vec![("title", title), ("issued_on", day), ("from_year", year), ("note", "vẫn còn đây"), ("do", "save")]
    };
    for (fields, words) in [
        (send(" ", "", "2026"), "Hãy nhập trích yếu"),
        (send("KH", "31/6/2026", "2026"), "31/6/2026"),
        (send("KH", "01/01/2030", "2026"), "không thể sau hôm nay"),
        (send("KH", "", "sang năm"), "năm có bốn chữ số"),
    ] {
        who.upload("/desk/agency-plans", ("file", "", b""), &fields).await.expect(422).says(words).says("vẫn còn đây");
    }
    let image = ("file", "anh.docx", b"\x89PNG\r\n\x1a\n".as_slice());
    who.upload("/desk/agency-plans", image, &send("KH", "", "2026")).await.expect(422).says("không phải Word");
    assert!(kept(&house).await.is_empty(), "a refusal keeps nothing");
    let here = drafted(&who, "KH", &[]).await;
    who.get(&format!("/desk/agency-plans/{here}")).await.expect(200).says("Chưa đánh dấu nhiệm vụ nào").says("aria-disabled");
    who.post(&format!("/desk/agency-plans/{here}/issuance"), &[("seen", "1")])
        .await
        .expect(422)
        .says("Chưa đánh dấu nhiệm vụ nào");
    // Somebody else's duty is left out, however it came into the form.
    let foreign = Uuid::from_u128(5).to_string();
    let mut fields = fields("KH", &all[..1]);
    fields.extend([("duty", foreign.as_str()), ("seen", "1")]);
    who.upload(&format!("/desk/agency-plans/{here}"), ("file", "", b""), &fields).await.expect(303);
    who.get(&format!("/desk/agency-plans/{here}")).await.expect(200).says(&format!("1/{}", all.len()));
    // Who saw an older version keeps what was typed.
    fields.push(("note", "của người thứ hai"));
    who.upload(&format!("/desk/agency-plans/{here}"), ("file", "", b""), &fields)
        .await
        .expect(409)
        .says("của người thứ hai")
        .says("value=\"2\"");
});

story!(duties_are_looked_for_and_ticked_without_losing_anything, |house| {
    at(&house, "2026-03-10T09:00:00");
    let plan = adopted(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    let who = officer(&house, &builders).await;
    let all = duties(&house, plan.id, &builders).await;
    let press = |act: &'static str, q: &'static str| {
        let mut fields = vec![("title", "Đang gõ"), ("do", act), ("q", q)];
        fields.extend(all.iter().take(2).map(|duty| ("duty", duty.as_str())));
        fields
    };
    let none = ("file", "", b"".as_slice());
    let found = who.upload("/desk/agency-plans", none, &press("search", "nuoc mua")).await.expect(200).says("Đang gõ");
    found
        .says("Phổ biến cách dùng nước mưa")
        .says_not("<span>Lập danh mục")
        .says(&format!("type=\"hidden\" name=\"duty\" value=\"{}\"", all[0]));
    let ticked = who.upload("/desk/agency-plans", none, &press("all", "")).await.expect(200);
    assert_eq!(ticked.text().matches(" checked").count(), all.len());
    let bare = who.upload("/desk/agency-plans", none, &press("none", "")).await.expect(200).says("Đang gõ");
    assert_eq!(bare.text().matches(" checked").count(), 0);
    let here = drafted(&who, "KH", &all).await;
    let proposed = who.get(&format!("/desk/agency-plans/{here}?propose=1")).await.expect(200).says("đề xuất");
    assert!(proposed.text().matches(" checked").count() < all.len(), "only what the document speaks of");
    assert_eq!(
        crate::agency_plans::AgencyPlan::duties(&house.app.db, &[kept(&house).await[0].id]).await.expect("duties").len(),
        all.len(),
        "a proposal keeps nothing"
    );
    who.post(&format!("/desk/agency-plans/{here}/removal"), &[("seen", "1")]).await.expect(303);
    assert!(kept(&house).await.is_empty());
});

story!(the_coordinator_sees_who_has_no_plan_and_opens_every_figure, |house| {
    at(&house, "2026-03-10T09:00:00");
    let plan = adopted(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    let who = officer(&house, &builders).await;
    let all = duties(&house, plan.id, &builders).await;
    let here = drafted(&who, "KH", &all[..1]).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let over = house.someone(Role::Coordinator, Some(&standing)).await;
    over.get(&format!("/desk/agency-plans/{here}")).await.expect(404);
    let other = officer(&house, &agency(&house, "so-tai-chinh").await).await;
    for path in [format!("/desk/agency-plans/{here}"), format!("/desk/agency-plans/{here}/file")] {
        other.get(&path).await.expect(404);
    }
    other.post(&format!("/desk/agency-plans/{here}/issuance"), &[("seen", "1")]).await.expect(404);
    let id: Uuid = here.parse().expect("an id");
    let facts = fact::Model::history(&house.app.db, id, 20).await.expect("facts");
    assert!(facts.iter().filter(|fact| fact.kind == "AccessRefused").count() >= 4);
    who.post(&format!("/desk/agency-plans/{here}/issuance"), &[("seen", "1")]).await.expect(303);
    other.get(&format!("/desk/agency-plans/{here}")).await.expect(404);
    over.get(&format!("/desk/agency-plans/{here}")).await.expect(200);
    let before = house.statements();
    let board = over.get("/desk/agency-plans/board").await.expect(200).says("cơ quan đã ban hành kế hoạch cho năm 2026");
    assert!(house.statements() - before <= 12, "{} statements", house.statements() - before);
    board.says("1/").says(&format!("1/{}", all.len())).says("Chưa có kế hoạch");
    over.get("/desk/agency-plans").await.expect(303);
    over.get("/desk/agency-plans?own=1").await.expect(200);
    for which in ["issued", "draft", "without", "covered", "uncovered", "khac"] {
        over.get(&format!("/desk/agency-plans/list?which={which}")).await.expect(200);
    }
    over.get("/desk/agency-plans/list?which=issued")
        .await
        .expect(200)
        .says("1 cơ quan đã ban hành kế hoạch")
        .says("Triển khai 1/");
    over.get(&format!("/desk/agency-plans/list?which=duty&duty={}", all[0])).await.expect(200).says("Có trong kế hoạch");
    over.get("/desk/agency-plans/list?which=duty&duty=x").await.expect(404);
    over.get("/desk/agency-plans/board?year=2026&plan=khong-co").await.expect(404);
    let csv = over.get("/desk/agency-plans/board/csv").await.expect(200).says("12/KH-SXD").says("Có trong kế hoạch");
    assert!(csv.bytes.starts_with(b"\xef\xbb\xbf"));
    who.get("/desk/agency-plans/board").await.expect(403);
    assert!(Notice::latest(&house.app.db, &[builders.id], 9).await.is_ok());
});

story!(pressing_twice_makes_one_draft_and_issues_it_once, |house| {
    at(&house, "2026-03-10T09:00:00");
    let plan = adopted(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    let who = officer(&house, &builders).await;
    let all = duties(&house, plan.id, &builders).await;
    let form = who.get("/desk/agency-plans/new").await.expect(200).text();
    let id = form.split("name=\"id\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id").to_owned();
    let file = ("file", "ke-hoach.txt", TEXT.as_bytes());
    let mut given = fields("Kế hoạch bấm hai lần", &all[..2]);
    given.push(("id", &id));
    let (one, two) = tokio::join!(who.upload("/desk/agency-plans", file, &given), who.upload("/desk/agency-plans", file, &given));
    let here = format!("/desk/agency-plans/{id}");
    assert_eq!([one.expect(303).location(), two.expect(303).location()], [here.as_str(); 2]);
    assert_eq!(who.upload("/desk/agency-plans", file, &given).await.expect(303).location(), here);
    assert_eq!(kept(&house).await.len(), 1, "three presses, one draft");
    // The same form with other words loses nothing: they may become another plan.
    given[0] = ("title", "Kế hoạch khác");
    let other = who.upload("/desk/agency-plans", file, &given).await.expect(409).says("Kế hoạch khác");
    other.says("đã được lưu trước đó").says_not(&format!("value=\"{id}\""));
    assert_eq!(kept(&house).await.len(), 1);
    let stranger = officer(&house, &agency(&house, "so-tai-chinh").await).await;
    stranger.upload("/desk/agency-plans", file, &given).await.expect(409).says_not("Kế hoạch bấm hai lần");
    for _ in 0..2 {
        let issued = who.post(&format!("{here}/issuance"), &[("seen", "1")]).await.expect(303);
        assert_eq!(issued.location(), here);
    }
    who.post(&format!("{here}/issuance"), &[("seen", "2")]).await.expect(422);
    let facts = fact::Model::history(&house.app.db, id.parse().expect("an id"), 20).await.expect("facts");
    assert_eq!(facts.iter().filter(|fact| fact.kind == "AgencyPlanIssued").count(), 1);
});

story!(a_document_is_what_its_bytes_and_its_name_say, |house| {
    at(&house, "2026-03-10T09:00:00");
    adopted(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    let who = officer(&house, &builders).await;
    let send = async |name: &str, bytes: &[u8]| who.upload("/desk/agency-plans", ("file", name, bytes), &fields("KH", &[])).await;
    let web: &[u8] = b"<!DOCTYPE html><title>KH</title>";
    let foreign: [(&str, &[u8]); 7] = [
        ("ke-hoach.pdf", web),
        ("ke-hoach.txt", web),
        ("ke-hoach.pdf", b"MZ and more"),
        ("ke-hoach.txt", b"MZ and more"),
        ("ke-hoach.exe", b"MZ\0\x90"),
        ("ke-hoach.pdf", TEXT.as_bytes()),
        ("ke-hoach.docx", b"PK\x03\x04 anything"),
    ];
    for (name, bytes) in foreign {
        send(name, bytes).await.expect(422).says("không phải Word (.docx), Excel (.xlsx), PDF, ảnh PNG");
    }
    assert!(kept(&house).await.is_empty());
    let known: [(&str, &[u8]); 3] =
        [("scan.JPG", b"\xff\xd8\xff\xe0"), ("ke-hoach.PDF", b"%PDF-1.7"), ("k.txt", TEXT.as_bytes())];
    for (name, bytes) in known {
        send(name, bytes).await.expect(303);
    }
    assert_eq!(kept(&house).await.len(), 3);
});

story!(the_board_and_its_lists_are_narrowed_by_name_and_by_state, |house| {
    at(&house, "2026-03-10T09:00:00");
    let plan = adopted(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    let who = officer(&house, &builders).await;
    let all = duties(&house, plan.id, &builders).await;
    drafted(&who, "Kế hoạch tiết kiệm nước của Sở", &all[..1]).await;
    let over = house.someone(Role::Coordinator, Some(&agency(&house, "so-khoa-hoc-va-cong-nghe").await)).await;
    over.get("/desk/agency-plans/board").await.expect(200).says("Sở Xây dựng").says("Sở Tài chính").says("id=\"filter-q\"");
    let named = over.get("/desk/agency-plans/board?q=XAY+dung").await.expect(200);
    named.says("Sở Xây dựng").says_not("Sở Tài chính").says("board/csv").says("q=XAY%20dung").says("Bỏ lọc");
    let csv = over.get("/desk/agency-plans/board/csv?q=XAY+dung").await.expect(200);
    csv.says("Sở Xây dựng").says_not("Sở Tài chính");
    let drafting = over.get("/desk/agency-plans/board?state=draft").await.expect(200);
    drafting.says("Sở Xây dựng").says_not("Sở Tài chính").says("<option value=\"draft\" selected>");
    over.get("/desk/agency-plans/board?state=zzz").await.expect(200).says("Không hiểu điều kiện “zzz”");
    over.get("/desk/agency-plans/board?year=abc").await.expect(200).says("Không hiểu điều kiện “abc”");
    over.get("/desk/agency-plans/board?year=2026").await.expect(200).says_not("Không hiểu điều kiện");
    over.get("/desk/agency-plans/list?which=zzz&year=1").await.expect(200).says("Không hiểu điều kiện “1, zzz”");
    over.get("/desk/agency-plans/board/csv?state=none").await.expect(200).says("Sở Tài chính").says_not("Sở Xây dựng");
    over.get("/desk/agency-plans/board?state=none&q=xay+dung")
        .await
        .expect(200)
        .says("Không có cơ quan nào khớp")
        .says("bấm “Bỏ lọc”");
    let list = over.get("/desk/agency-plans/list?which=holding&q=tai+chinh").await.expect(200);
    list.says("Sở Tài chính").says_not("Sở Xây dựng").says("<option value=\"holding\" selected>");
    over.get("/desk/agency-plans/list?which=without&q=xay+dung").await.expect(200).says("Không có cơ quan nào khớp");
    let holders = format!("/desk/agency-plans/list?which=duty&duty={}&q=khong+co+ai", all[0]);
    over.get(&holders).await.expect(200).says("Không có cơ quan nào khớp").says("name=\"duty\"");
    over.get("/desk/agency-plans/list?which=uncovered").await.expect(200).says_not("id=\"filter-q\"");
});
