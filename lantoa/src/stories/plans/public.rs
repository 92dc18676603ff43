//! What the public sees.

use axum::http::Request;
use axum::http::header::{ETAG, IF_NONE_MATCH};

use super::{adopted, drop_in, province};
use crate::base::Role;
use crate::story;

story!(the_public_reads_the_programme_and_takes_the_data, |house| {
    let standing = province(&house).await;
    let visitor = house.visitor();
    visitor.get("/").await.expect(200).says("Chưa có chương trình nào");
    visitor.get("/ke-hoach").await.expect(200).says("Chưa có chương trình nào");
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let draft = drop_in(&who, "nhap.txt", crate::stories::plans::PLAN.replace("07/KH", "08/KH").as_bytes()).await;
    let plan = adopted(&house, &who).await;
    let slug = &plan.slug;
    assert_eq!(slug, "ke-hoach-07-kh-ubnd");
    visitor.get("/").await.expect(200).says("07/KH-UBND").says_not("08/KH-UBND");
    visitor.get("/ke-hoach").await.expect(200).says("07/KH-UBND").says_not("08/KH-UBND");
    let before = house.statements();
    let page = visitor.get(&format!("/ke-hoach/{slug}")).await.expect(200);
    assert!(house.statements() - before <= 5, "plan, provisions, parties, agencies: {}", house.statements() - before);
    let page = page.says("Chăm sóc cây đã trồng").says("application/ld+json").says("\"legislationIdentifier\":\"07/KH-UBND\"");
    page.says("/co-quan/so-xay-dung/nhiem-vu").says_not("/desk/plans/");
    visitor.get(&format!("/ke-hoach/{draft}")).await.expect(404);
    let data = visitor.get(&format!("/ke-hoach/{slug}/du-lieu/json")).await.expect(200).text();
    let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!(data["provisions"].as_array().map(Vec::len), Some(6));
    visitor.get(&format!("/ke-hoach/{slug}/van-ban")).await.expect(200).says("TỈNH MẪU");
    let duties = visitor.get("/co-quan/so-xay-dung/nhiem-vu").await.expect(200);
    duties.says("Chủ trì (").says("Lập danh mục tuyến đường").says("GovernmentOrganization");
    visitor.get("/co-quan/khong-co/nhiem-vu").await.expect(404);
});

story!(a_page_that_did_not_change_is_not_sent_again, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let plan = adopted(&house, &who).await;
    let visitor = house.visitor();
    let first = visitor.get("/ke-hoach").await.expect(200);
    let tag = first.headers.get(ETAG).expect("a tag").clone();
    let again = Request::get("/ke-hoach").header(IF_NONE_MATCH, tag).body(axum::body::Body::empty()).expect("a request");
    let again = visitor.send(again).await.expect(304);
    assert!(again.bytes.is_empty() && !again.headers.contains_key("content-security-policy"));
    drop(plan);
});
