//! Plans as JSON: what is adopted is everyone's, a draft is not.

use super::*;
use crate::base::fact;
use crate::stories::web::api::{Caller, province_token, token};
use crate::story;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};

story!(a_draft_is_seen_by_its_agencys_token_alone, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let id = drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    let slug = plan::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("a plan").slug;
    let everyone = Caller::of(&house, None).await;
    let list = everyone.get("/api/v1/plans").await.expect(200).json();
    assert_eq!(list["items"], serde_json::json!([]));
    everyone.get(&format!("/api/v1/plans/{slug}")).await.expect(404);

    let own = Caller::of(&house, Some(&token(&house, &standing, &["plans:read"]).await)).await;
    let draft = own.get(&format!("/api/v1/plans/{slug}")).await.expect(200).json();
    assert_eq!((draft["state"].as_str(), draft["number"].as_str()), (Some("draft"), Some("07/KH-UBND")));
    own.get("/api/v1/plans?state=draft").await.expect(200).says("07/KH-UBND");
    let without = Caller::of(&house, Some(&token(&house, &standing, &["duties:read"]).await)).await;
    without.get("/api/v1/plans?state=draft").await.expect(200).says_not("07/KH-UBND");

    let other = Agency::find_by_slug(&house.app.db, "so-xay-dung").await.expect("it");
    let stranger = Caller::of(&house, Some(&token(&house, &other, &["plans:read"]).await)).await;
    stranger.get("/api/v1/plans?state=draft").await.expect(200).says_not("07/KH-UBND");
    stranger.get(&format!("/api/v1/plans/{id}/provisions")).await.expect(404).says_not("07/KH-UBND");
    let refused = fact::Entity::find().filter(fact::Column::Kind.eq("AccessRefused")).filter(fact::Column::About.eq(id));
    assert_eq!(refused.count(&house.app.db).await.expect("facts"), 1, "that it was asked for is noted");
    let all = Caller::of(&house, Some(&province_token(&house, &standing, &["plans:read"]).await)).await;
    all.get(&format!("/api/v1/plans/{id}")).await.expect(200);
});

story!(an_adopted_plan_is_read_by_everyone_with_its_provisions, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let id = drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    confirm_all(&who, id).await;
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
    let slug = plan::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("a plan").slug;
    let everyone = Caller::of(&house, None).await;
    let list = everyone.get("/api/v1/plans?state=adopted").await.expect(200);
    assert_eq!(list.json()["items"][0]["slug"], slug);
    let path = format!("/api/v1/plans/{slug}/provisions");
    let whole = everyone.get(&path).await.expect(200);
    let items = whole.json()["items"].as_array().expect("items").clone();
    assert_eq!(items.len(), 6);
    assert_eq!(items[1]["path"], "II.1.1");
    assert_eq!(items[1]["parties"][0]["part"], "lead");
    everyone.get_with(&path, &[("if-none-match", whole.header("etag"))]).await.expect(304);
    let first = everyone.get(&format!("{path}?limit=4")).await.expect(200).json();
    let next = first["next"].as_str().expect("more").to_owned();
    let second = everyone.get(&format!("{path}?limit=4&cursor={next}")).await.expect(200).json();
    let both = [first["items"].as_array().expect("items").clone(), second["items"].as_array().expect("items").clone()].concat();
    assert_eq!(both, items);
    assert!(second["next"].is_null());
    everyone.get("/api/v1/plans/khong-co/provisions").await.expect(404);
    everyone.get("/api/v1/plans?state=secret").await.expect(400);
});
