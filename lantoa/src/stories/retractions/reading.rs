//! Lists, files, the page for the file, and JSON.

use super::*;
use crate::base::Role;
use crate::stories::web::api::{Caller, province_token, token};
use crate::story;

story!(the_list_is_filtered_from_its_address_and_taken_away, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    for (title, act) in [("Bài rút", "withdrawal"), ("Bài gỡ", "takedown")] {
        let path = cast.published(&house, title).await;
        says(&path, &[copy(&house, cast.agency.id, ("facebook", "=Trang"), Stand::Out)]);
        gone(&house, &cast.administrator, &path, act).await;
    }
    let list =
        cast.author.get("/desk/retractions").await.expect(200).says("Bài rút").says("Bài gỡ").says("2 bản sao, 1 chưa xong");
    list.says("/desk/retractions/csv");
    cast.author.get("/desk/retractions?cause=taken_down").await.expect(200).says("Bài gỡ").says_not("Bài rút");
    cast.author.get("/desk/retractions?q=bai+RUT").await.expect(200).says("Bài rút").says_not("Bài gỡ");
    cast.author.get("/desk/retractions?state=closed").await.expect(200).says("Không tìm thấy vụ nào");
    cast.author.get("/desk/retractions?state=zzz").await.expect(200).says("Không hiểu điều kiện “zzz”").says("Bài rút");
    cast.author.get("/desk/retractions?page=99&q=100%25_").await.expect(200).says("Không tìm thấy");
    cast.stranger.get("/desk/retractions").await.expect(200).says_not("Bài rút");
    house.someone(Role::Auditor, None).await.get("/desk/retractions").await.expect(200).says("Bài rút").says("Sở Y tế");
    house.someone(Role::Finance, None).await.get("/desk/retractions").await.expect(403);
    let csv = cast.author.get("/desk/retractions/csv?cause=withdrawn").await.expect(200).says("Bài rút").says("Bài bị rút");
    csv.says_not("Bài gỡ");
});

story!(the_proof_page_says_everything_and_its_hash_holds_while_nothing_changes, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài có hồ sơ").await;
    says(&path, &[copy(&house, cast.agency.id, ("facebook", "=Trang"), Stand::Out)]);
    gone(&house, &cast.approver, &path, "withdrawal").await;
    let case = the_case(&house, &path).await;
    let proof = format!("/desk/retractions/{}/proof", case.id);
    let hash = |page: Answer| page.text().split("SHA-256 <code class=\"hash\">").nth(1).map(|rest| rest[..64].to_owned());
    let first = cast.author.get(&proof).await.expect(200).says("Biên bản thu hồi, đính chính").says("250 2.0.0 queued");
    let first = hash(first.says("Sai số liệu").says("https://example.vn/bai")).expect("a hash");
    house.app.clock.advance(TimeDelta::minutes(5));
    assert_eq!(hash(cast.author.get(&proof).await.expect(200)).expect("a hash"), first);
    decide(&house, &cast.approver, &path, ("=Trang", "leaving"), "Trang đã khóa").await.expect(303);
    let then = cast.author.get(&proof).await.expect(200).says("Trang đã khóa");
    assert_ne!(hash(then).expect("a hash"), first);
    cast.stranger.get(&proof).await.expect(404);
    let csv = cast.author.get(&format!("/desk/retractions/{}/csv", case.id)).await.expect(200);
    csv.says("'=Trang").says("Trang đã khóa");
    cast.stranger.get(&format!("/desk/retractions/{}", case.id)).await.expect(404);
    cast.stranger.get(&format!("/desk/retractions/{}/csv", case.id)).await.expect(404);
});

story!(programs_read_cases_within_their_reach, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài cho máy").await;
    says(&path, &[copy(&house, cast.agency.id, ("facebook", "Trang"), Stand::Out)]);
    gone(&house, &cast.approver, &path, "withdrawal").await;
    let case = the_case(&house, &path).await;
    let own = token(&house, &cast.agency, &["retractions:read"]).await;
    let own = Caller::of(&house, Some(&own)).await;
    let page = own.get("/api/v1/retractions?state=open").await.expect(200).json();
    assert_eq!(page["items"][0]["id"], case.id.to_string());
    let copies = page["items"][0]["copies"].as_array().expect("copies").clone();
    let stands: Vec<&str> = copies.iter().filter_map(|one| one["stand"].as_str()).collect();
    assert!(stands.contains(&"out") && stands.contains(&"retracted"), "{stands:?}");
    own.get("/api/v1/retractions?state=none").await.expect(400);
    let one = own.get(&format!("/api/v1/retractions/{}", case.id)).await.expect(200).json();
    assert_eq!(one["cause"], "withdrawn");
    let other = token(&house, &cast.other_agency, &["retractions:read"]).await;
    let other = Caller::of(&house, Some(&other)).await;
    assert!(other.get("/api/v1/retractions").await.expect(200).json()["items"].as_array().expect("items").is_empty());
    other.get(&format!("/api/v1/retractions/{}", case.id)).await.expect(404);
    let whole = province_token(&house, &cast.other_agency, &["retractions:read"]).await;
    Caller::of(&house, Some(&whole)).await.get(&format!("/api/v1/retractions/{}", case.id)).await.expect(200);
    let narrow = token(&house, &cast.agency, &["answers:read"]).await;
    Caller::of(&house, Some(&narrow)).await.get("/api/v1/retractions").await.expect(403);
    Caller::of(&house, None).await.get("/api/v1/retractions").await.expect(401);
});
