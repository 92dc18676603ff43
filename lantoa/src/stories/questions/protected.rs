//! Denunciations: apart from everything, never public, read by the cleared alone (scenario Q3).

use super::*;
use crate::base::fact;
use crate::questions::denunciation::{self, Denunciation};
use crate::story;

/// What the page for asking settles when it is opened first.
const SETTLED: [&str; 2] = ["QuestionSettingsChanged", "CaseLadderSettled"];
const ACCUSED: &str = "Tôi xin tố cáo ông chủ tịch xã nhận tiền của dân, gọi tôi 0901234567";

async fn the_one(house: &House) -> Denunciation {
    denunciation::Entity::find().one(&house.app.db).await.expect("rows").expect("a denunciation")
}

/// Somebody who was cleared.
async fn cleared<'a>(house: &'a House, cast: &Cast<'_>) -> Visitor<'a> {
    let reader = house.someone(Role::Officer, Some(&cast.money)).await;
    let person = crate::people::person::Entity::find_by_id(reader.person.expect("signed in")).one(&house.app.db).await;
    let email = person.expect("rows").expect("the person").email;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    administrator.get("/desk/denunciations/readers").await.expect(200).says("Chưa chỉ định ai");
    administrator.post("/desk/denunciations/readers", &[("email", "khong@co.vn")]).await.expect(422).says("Không có tài khoản");
    administrator.post("/desk/denunciations/readers", &[("email", &email)]).await.expect(303);
    administrator.get("/desk/denunciations").await.expect(404);
    reader
}

story!(q3_a_denunciation_goes_to_the_protected_channel_and_is_nowhere_else, |house| {
    let cast = Cast::of(&house).await;
    let before = fact::Entity::find().count(&house.app.db).await.expect("facts");
    let done = send(&house, &cast.citizen, &[("question", ACCUSED), ("email", "toi@thu.vn")]).await.expect(200);
    done.says("Đã nhận vào kênh bảo vệ").says_not("toi@thu.vn");
    let row = the_one(&house).await;
    assert!(!row.sealed.contains("chủ tịch") && !row.sealed.contains("0901234567"), "sealed");
    assert_eq!(question::Entity::find().count(&house.app.db).await.expect("rows"), 0);
    let facts = fact::Entity::find().all(&house.app.db).await.expect("facts");
    assert!(facts.iter().all(|one| one.about != row.id), "the common ledger does not know of it");
    assert_eq!(facts.iter().filter(|one| !SETTLED.contains(&one.kind.as_str())).count() as u64, before);
    let page = Denunciation::desk_path(row.id);
    for who in
        [&cast.coordinator, &cast.builder, &house.someone(Role::Auditor, None).await, &house.someone(Role::Leader, None).await]
    {
        who.get("/desk/denunciations").await.expect(404);
        who.get(&page).await.expect(404);
        assert!(!who.get("/desk").await.text().contains("kênh bảo vệ"));
        who.post(&format!("/desk/denunciations/{}/{}", row.id, "taking"), &[("version", "1")]).await.expect(404);
    }
    cast.coordinator.get("/desk/questions?view=all").await.expect(200).says_not("chủ tịch xã").says_not("/desk/denunciations");
    cast.coordinator.get("/desk/questions/csv?view=all").await.expect(200).says_not("chủ tịch xã");
    let visitor = house.visitor();
    visitor.get("/hoi-dap/cau-hoi").await.expect(200).says_not("chủ tịch xã");
    visitor.get("/hoi-dap/cau-hoi.csv").await.expect(200).says_not(",1,");
    let code = question::code::of(&house.app, row.id).expect("a code");
    let follow = format!("/hoi-dap/theo-doi/{code}");
    visitor.get(&follow).await.expect(200).says("Mới nhận").says_not("chủ tịch xã").says_not("0901234567");
    let facts = fact::Entity::find().all(&house.app.db).await.expect("facts");
    let refused = facts.iter().filter(|one| one.kind == "AccessRefused").count();
    assert_eq!(refused, 0, "who looked for it left no trace of it either");
});

story!(the_cleared_read_it_each_opening_is_noted_and_who_wrote_it_is_answered_by_the_code, |house| {
    let cast = Cast::of(&house).await;
    send(&house, &cast.citizen, &[("question", ACCUSED)]).await.expect(200);
    let reader = cleared(&house, &cast).await;
    let row = the_one(&house).await;
    let (page, code) = (Denunciation::desk_path(row.id), question::code::of(&house.app, row.id).expect("a code"));
    reader.get("/desk").await.expect(200).says("1 đơn trong kênh bảo vệ");
    reader.get("/desk/denunciations").await.expect(200).says(&page).says_not("chủ tịch xã");
    reader.get(&page).await.expect(200).says("chủ tịch xã").says("0901234567").says("Mở xem");
    let act = async |word: &str, text: &str| {
        let version = the_one(&house).await.version.to_string();
        reader.post(&format!("{page}/{word}"), &[("version", &version), (word, text)]).await
    };
    act("taking", "").await.expect(303);
    act("reply", "").await.expect(422);
    act("reply", "Đã nhận, sẽ xác minh.").await.expect(303);
    act("note", "Chuyển thanh tra").await.expect(303);
    let visitor = house.visitor();
    let follow = format!("/hoi-dap/theo-doi/{code}");
    visitor.get(&follow).await.expect(200).says("Đã nhận, sẽ xác minh.").says_not("Chuyển thanh tra");
    visitor.post(&format!("{follow}/bo-sung"), &[("bo-sung", "Tôi có giấy tờ")]).await.expect(303);
    reader.get(&page).await.expect(200).says("Tôi có giấy tờ").says("Chuyển thanh tra");
    act("closing", "Đã kết luận").await.expect(303);
    visitor.get(&follow).await.expect(200).says("Đã kết luận").says("Đã kết thúc");
    act("destruction", "x").await.expect(404);
});

story!(what_is_added_reaches_whoever_has_taken_it_and_nothing_is_added_to_what_is_closed, |house| {
    let cast = Cast::of(&house).await;
    send(&house, &cast.citizen, &[("question", ACCUSED)]).await.expect(200);
    let reader = cleared(&house, &cast).await;
    let row = the_one(&house).await;
    let page = Denunciation::desk_path(row.id);
    let act = async |word: &str, text: &str| {
        let version = the_one(&house).await.version.to_string();
        reader.post(&format!("{page}/{word}"), &[("version", &version), (word, text)]).await.expect(303)
    };
    reader.get(&page).await.expect(200);
    act("taking", "").await;
    reader.get("/desk").await.expect(200).says_not("kênh bảo vệ có bổ sung");
    let visitor = house.visitor();
    let follow = format!("/hoi-dap/theo-doi/{}", question::code::of(&house.app, row.id).expect("a code"));
    let add = async |text: &str| visitor.post(&format!("{follow}/bo-sung"), &[("bo-sung", text)]).await;
    let long = format!("{}hết", "bằng chứng ".repeat(500));
    add(&long).await.expect(422).says("Dài quá 5000 ký tự").says("bằng chứng hết");
    add("Tôi có giấy biên nhận").await.expect(303);
    reader.get("/desk").await.expect(200).says("1 đơn trong kênh bảo vệ có bổ sung bạn chưa đọc");
    reader.get("/desk/denunciations").await.expect(200).says("Người gửi bổ sung");
    cast.coordinator.get("/desk").await.expect(200).says_not("kênh bảo vệ");
    reader.get(&page).await.expect(200).says("Tôi có giấy biên nhận");
    reader.get("/desk").await.expect(200).says_not("kênh bảo vệ có bổ sung");
    reader.get("/desk/denunciations").await.expect(200).says_not("Người gửi bổ sung");
    act("closing", "Đã kết luận").await;
    visitor.get(&follow).await.expect(200).says("không nhận bổ sung ở đây nữa").says("href=\"/hoi-dap/gui\"");
    add("Còn một điều nữa").await.expect(422).says("không nhận bổ sung ở đây nữa").says("Còn một điều nữa");
    reader.get(&page).await.expect(200).says_not("Còn một điều nữa");
});

story!(what_turns_out_to_accuse_leaves_and_what_accuses_nobody_comes_back, |house| {
    let cast = Cast::of(&house).await;
    let odd = [("question", "Việc chia tiền hỗ trợ ở ấp tôi rất lạ, ai xem giúp?"), ("in_private", "on")];
    let code = code_on(&send(&house, &cast.citizen, &odd).await.expect(200));
    routed(&house, &cast, &code, &cast.builders).await;
    let row = of_code(&house, &code).await;
    press(&house, &cast.builder, &code, "protection", &[]).await.expect(303);
    cast.builder.get(&Question::desk_path(row.id)).await.expect(404);
    cast.coordinator.get("/desk/questions?view=all").await.expect(200).says_not("chia tiền hỗ trợ");
    for story in
        [crate::questions::entry::Entity::find().count(&house.app.db).await, question::Entity::find().count(&house.app.db).await]
    {
        assert_eq!(story.expect("rows"), 0);
    }
    house.visitor().get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200).says("kênh bảo vệ").says_not("chia tiền");
    let reader = cleared(&house, &cast).await;
    let held = the_one(&house).await;
    let version = held.version.to_string();
    reader.post(&format!("{}/question", Denunciation::desk_path(held.id)), &[("version", &version)]).await.expect(303);
    let back = of_code(&house, &code).await;
    assert_eq!((back.id, back.in_private), (row.id, true), "with the code it had, and never to be published");
    cast.coordinator.get("/desk/questions?view=all").await.expect(200).says("chia tiền hỗ trợ");
    assert_eq!(denunciation::Entity::find().count(&house.app.db).await.expect("rows"), 0);
    let ledger = denunciation::entry::Entry::of(&house.app, row.id).await.expect("its own ledger");
    let kinds: Vec<_> = ledger.iter().rev().map(|(line, _)| line.kind).collect();
    assert_eq!(kinds, [denunciation::entry::Kind::Brought, denunciation::entry::Kind::Released], "who had it is not forgotten");
});

story!(who_asked_the_same_as_one_that_leaves_is_asked_about_again_and_nothing_of_it_stays, |house| {
    let cast = Cast::of(&house).await;
    let main = asked(&house, &cast.citizen, "Việc chia tiền hỗ trợ ở ấp tôi rất lạ, ai xem giúp?").await;
    let other = asked(&house, &cast.citizen, TEXT).await;
    let to = of_code(&house, &main).await.id.to_string();
    press(&house, &cast.coordinator, &other, "joining", &[("to", &to)]).await.expect(303);
    let follow = format!("/hoi-dap/theo-doi/{other}");
    house.visitor().get(&follow).await.expect(200).says("chia tiền hỗ trợ");
    press(&house, &cast.coordinator, &main, "protection", &[]).await.expect(303);
    let row = of_code(&house, &other).await;
    assert!(row.state == question::State::New && row.joined_to.is_none() && row.due_at.is_some(), "{row:?}");
    house.visitor().get(&follow).await.expect(200).says("Chờ phân công").says_not("chia tiền hỗ trợ");
    cast.coordinator.get(&Question::desk_path(row.id)).await.expect(200).says_not("chia tiền hỗ trợ");
});

story!(nobody_clears_themselves_and_a_clearance_ends, |house| {
    let cast = Cast::of(&house).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    let own = crate::people::person::Entity::find_by_id(administrator.person.expect("signed in")).one(&house.app.db).await;
    let own = own.expect("rows").expect("the person");
    administrator.post("/desk/denunciations/readers", &[("email", &own.email)]).await.expect(422).says("Không tự chỉ định mình");
    let reader = cleared(&house, &cast).await;
    reader.get("/desk/denunciations").await.expect(200);
    let named = crate::questions::denunciation::reader::all(&house.app.db).await.expect("readers");
    let person = named[0].person.to_string();
    administrator.post("/desk/denunciations/readers", &[("remove", &person)]).await.expect(303);
    reader.get("/desk/denunciations").await.expect(404);
    cast.coordinator.get("/desk/denunciations/readers").await.expect(403);
});

story!(who_tells_in_plain_words_that_an_official_wants_money_is_protected, |house| {
    let cast = Cast::of(&house).await;
    let plain = "Cán bộ phường đòi tôi đưa 2 triệu mới chịu ký giấy, vậy có đúng không?";
    send(&house, &cast.citizen, &[("question", plain)]).await.expect(200).says("Đã nhận vào kênh bảo vệ");
    assert_eq!(question::Entity::find().count(&house.app.db).await.expect("rows"), 0, "it is no question");
    let rules = "Thủ tục tố cáo gồm những giấy tờ gì, nộp ở đâu?";
    send(&house, &cast.citizen, &[("question", rules)]).await.expect(200).says("Đã nhận câu hỏi");
});
