//! Scenarios G1 and G2: what is secret is a number and nothing else.

use super::*;
use crate::registers::searched;
use crate::registers::secret_count::SecretCount;
use crate::search::following;

/// What the search finds for these words, without the words themselves.
async fn found(house: &House, words: &str) -> String {
    let address = format!("/api/v1/search{}", crate::web::address::query(&[("q", words)]));
    house.visitor().get(&address).await.expect(200).json()["items"].to_string()
}

story!(ten_tasks_two_secret_six_publicised_are_three_quarters, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let visitor = house.visitor();
    visitor.get("/nhiem-vu-khcn").await.expect(200).says("Chưa có nhiệm vụ nào được giới thiệu").says("không có tỷ lệ");
    let mut tasks = Vec::new();
    for number in 1..=10 {
        let (code, title) = (format!("KC-{number:02}"), format!("Nhiệm vụ thử số {number}"));
        let proof = if number <= 7 { format!("https://bao.example.vn/{number}") } else { String::new() };
        tasks.push(confirmed(&house, &cast, "st-task", &[("code", &code), ("title", &title)], &proof).await);
    }
    following::follow(&house.app).await.expect("the replica follows");
    let public = format!("/nhiem-vu-khcn/{}", tasks[6]);
    visitor.get(&public).await.expect(200).says("Nhiệm vụ thử số 7").says("https://bao.example.vn/7");
    assert!(found(&house, "\"Nhiệm vụ thử số 7\"").await.contains(&public));
    visitor.get("/sitemap-nhiem-vu-khcn.xml").await.expect(200).says(&public);
    visitor.get(&format!("/nhiem-vu-khcn/{}", tasks[9])).await.expect(404);
    // One that was publicised, and one that was not, turn out to be secret.
    act(&house, &cast.approver, tasks[6], "secret", &[]).await.expect(422).says("hiểu nội dung sẽ mất");
    act(&house, &cast.author, tasks[6], "secret", &[("sure", "on")]).await.expect(403);
    for task in [tasks[6], tasks[9]] {
        act(&house, &cast.approver, task, "secret", &[("sure", "on")]).await.expect(303);
    }
    following::follow(&house.app).await.expect("the replica follows");
    gone(&house, &cast, tasks[6]).await;
    visitor.get("/nhiem-vu-khcn").await.expect(200).says("75 %").says_not("Nhiệm vụ thử số 7").says("Nhiệm vụ thử số 6");
    visitor.get("/nhiem-vu-khcn.csv").await.expect(200).says("KC-06").says_not("KC-07");
    visitor.get("/nhiem-vu-khcn?agency=so-xay-dung").await.expect(200).says_not("Nhiệm vụ thử số 6");
    let this = month(2026, 3);
    assert_eq!((count(&house, "st-tasks", None, this).await, count(&house, "st-tasks-publicised", None, this).await), (8, 6));
    // The addresses were there from February on.
    let january = month(2026, 1);
    assert_eq!(count(&house, "st-tasks", None, january).await, 8);
    assert_eq!(count(&house, "st-tasks-publicised", None, january).await, 0);
    sign(&house, &cast).await;
});

/// Nothing of it is left: on pages, in exports, in the search, in any table of registers, in any fact.
async fn gone(house: &House, cast: &Cast<'_>, id: Uuid) {
    let visitor = house.visitor();
    visitor.get(&format!("/nhiem-vu-khcn/{id}")).await.expect(404);
    assert!(!found(house, "\"Nhiệm vụ thử số 7\"").await.contains(&id.to_string()));
    visitor.get("/sitemap-nhiem-vu-khcn.xml").await.expect(200).says_not(&id.to_string());
    cast.approver.get(&format!("/desk/registers/{id}")).await.expect(404);
    cast.approver.get("/desk/registers?q=KC-07").await.expect(200).says_not("Nhiệm vụ thử số 7");
    for format in ["csv", "xlsx"] {
        let file = cast.approver.get(&format!("/desk/registers/export/{format}?register=st-task")).await.expect(200);
        assert!(format == "xlsx" || file.text().contains("KC-06") && !file.text().contains("KC-07"));
    }
    let facts = crate::base::fact::Entity::find().all(&house.app.db).await.expect("facts");
    assert!(facts.iter().all(|fact| !fact.body.contains("KC-07") && !fact.body.contains("thử số 7")), "a fact keeps it");
    let versions = crate::registers::version::Entity::find().all(&house.app.db).await.expect("versions");
    assert!(versions.iter().all(|one| one.record != id));
}

/// The count went up by two and wants a signature by somebody else.
async fn sign(house: &House, cast: &Cast<'_>) {
    let row = SecretCount::of(&house.app.db, Some(cast.agency.id)).await.expect("rows").remove(0);
    assert_eq!((row.year, row.count, row.signed_by), (2026, 2, None));
    cast.approver.get("/desk/registers/secret").await.expect(200).says("Chờ xác nhận");
    // What nobody signed is in no public sum.
    let public = house.visitor().get("/nhiem-vu-khcn").await.expect(200);
    public.says("Chưa có số đã xác nhận").says("Chưa gồm số của 1 cơ quan đang chờ xác nhận");
    let signature = format!("/desk/registers/secret/{}/signature", row.id);
    cast.approver.post(&signature, &[("version", "2")]).await.expect(422).says("số, ký hiệu văn bản");
    let mut fields =
        vec![("year", "2026"), ("count", "2"), ("document", ""), ("signed_on", "2027-01-01"), ("signer", "Giám đốc")];
    cast.author.post("/desk/registers/secret", &fields).await.expect(422).says("ký hiệu văn bản").says("không ở tương lai");
    fields.retain(|(name, _)| !["document", "signed_on"].contains(name));
    fields.extend([("document", "12/BC-SYT"), ("signed_on", "2026-03-09"), ("seen", "2026:2")]);
    cast.author.post("/desk/registers/secret", &fields).await.expect(303);
    cast.author.post("/desk/registers/secret", &fields).await.expect(409).says("vẫn còn dưới đây").says("value=\"Giám đốc\"");
    // Both who raised it and who wrote the paper's number in are no signers.
    cast.approver.post(&signature, &[("version", "3")]).await.expect(422).says("Người ghi không tự xác nhận");
    cast.reviewer.post(&signature, &[("version", "3")]).await.expect(303);
    cast.stranger.post(&signature, &[("version", "4")]).await.expect(404);
    cast.approver.get("/desk/registers/secret").await.expect(200).says("12/BC-SYT").says("Đã xác nhận");
    let public = house.visitor().get("/nhiem-vu-khcn").await.expect(200).says("Nhiệm vụ mật năm 2026");
    public.says_not("Chưa có số đã xác nhận").says_not("đang chờ xác nhận");
}

story!(a_secret_task_of_the_first_years_is_a_number_that_can_be_signed, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let id = confirmed(&house, &cast, "st-task", &[("code", "KC-95"), ("from_on", "1995-06-01")], "").await;
    act(&house, &cast.approver, id, "secret", &[("sure", "on")]).await.expect(303);
    let row = async || SecretCount::of(&house.app.db, Some(cast.agency.id)).await.expect("rows").remove(0);
    assert_eq!((row().await.year, row().await.count), (1995, 1));
    let paper = [("document", "12/BC-SYT"), ("signed_on", "2026-03-09"), ("signer", "Giám đốc")];
    let mut fields = [[("year", "1989"), ("count", "1"), ("seen", "1995:1")], paper].concat();
    cast.author.post("/desk/registers/secret", &fields).await.expect(422).says("từ 1990 đến năm nay");
    fields[0].1 = "1995";
    cast.author.post("/desk/registers/secret", &fields).await.expect(303);
    let signature = format!("/desk/registers/secret/{}/signature", row().await.id);
    cast.reviewer.post(&signature, &[("version", "2")]).await.expect(303);
    assert!(row().await.signed_by.is_some());
});

story!(when_every_task_is_secret_there_is_no_percentage, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let id = confirmed(&house, &cast, "st-task", &[("code", "KC-01")], "https://bao.example.vn/1").await;
    house.visitor().get("/nhiem-vu-khcn").await.expect(200).says("100 %");
    act(&house, &cast.approver, id, "secret", &[("sure", "on")]).await.expect(303);
    house.visitor().get("/nhiem-vu-khcn").await.expect(200).says("không có tỷ lệ").says_not(" %<");
    // What can hold nothing secret is not made so.
    let other = confirmed(&house, &cast, "network-member", &[("category", "press")], "").await;
    act(&house, &cast.approver, other, "secret", &[("sure", "on")]).await.expect(422).says("không có nhiệm vụ mật");
});

story!(a_task_is_found_only_while_what_publicised_it_is_out, |house| {
    let house = crate::stories::news::lawful(house);
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài giới thiệu nhiệm vụ").await;
    let article = at_path(&house, &path).await.public_path();
    let named = [("code", "KC-01"), ("title", "Nhiệm vụ thử số 1")];
    let public = Record::public_path(confirmed(&house, &cast, "st-task", &named, &article).await);
    following::follow(&house.app).await.expect("the replica follows");
    assert!(found(&house, "\"Nhiệm vụ thử số 1\"").await.contains(&public));
    // Another article asks for none of the tasks anew.
    let other = cast.published(&house, "Bài về chuyện khác").await;
    let hanging = async |page: &str| {
        let through = searched::FEED.through.expect("what hangs on articles");
        through(&house.app, vec![at_path(&house, page).await.id]).await.expect("subjects")
    };
    assert!(hanging(&other).await.is_empty());
    assert!(hanging(&path).await.iter().any(|task| Record::public_path(*task) == public));
    let gone = [("withdrawal", "Sai"), ("fate", "stays")];
    crate::stories::news::act(&house, &cast.approver, &path, "withdrawal", &gone).await.expect(303);
    following::follow(&house.app).await.expect("the replica follows");
    house.visitor().get(&public).await.expect(404);
    assert!(!found(&house, "\"Nhiệm vụ thử số 1\"").await.contains(&public), "the search leads nowhere");
});
