//! What the public finds of articles: what is out, while it is out.

use serde_json::Value;

use super::*;
use crate::search::following;
use crate::story;

/// The addresses that a question finds, once the replica has followed.
async fn found(house: &House, q: &str) -> Vec<String> {
    following::follow(&house.app).await.expect("the replica follows");
    let address = format!("/api/v1/search{}", crate::web::address::query(&[("q", q)]));
    let answer: Value = serde_json::from_slice(&house.visitor().get(&address).await.expect(200).bytes).expect("JSON");
    let items = answer["items"].as_array().expect("items");
    items.iter().map(|item| item["url"].as_str().expect("an address").to_owned()).collect()
}

story!(an_article_is_found_while_it_is_out_and_a_draft_never, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.approved(&house, "Máy bay không người lái phun thuốc ở Tràm Chim").await;
    let address = "http://localhost/tin-tuc/may-bay-khong-nguoi-lai-phun-thuoc-o-tram-chim".to_owned();
    assert!(!found(&house, "máy bay không người lái").await.contains(&address), "approved is not out");
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    for q in ["máy bay không người lái", "may bay khong nguoi lai", "MÁY BAY KHÔNG NGƯỜI LÁI", "tràm chim phun thuốc"]
    {
        assert_eq!(found(&house, q).await.first(), Some(&address), "{q}");
    }
    assert!(found(&house, "'; drop table article; --").await.is_empty());
    assert!(found(&house, &"xoài ".repeat(2_000)).await.is_empty());
    act(&house, &cast.administrator, &path, "takedown", &[("takedown", "Theo văn bản")]).await.expect(303);
    assert!(!found(&house, "máy bay không người lái").await.contains(&address), "taken down is gone");
});

story!(what_is_withdrawn_is_not_found_any_more, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Lịch tiêm phòng gia cầm").await;
    let address = "http://localhost/tin-tuc/lich-tiem-phong-gia-cam".to_owned();
    assert_eq!(found(&house, "tiêm phòng gia cầm").await.first(), Some(&address));
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Số liệu chưa kiểm tra")]).await.expect(303);
    assert!(!found(&house, "tiêm phòng gia cầm").await.contains(&address));
});
