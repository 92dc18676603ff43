//! Tokens: made on the page, shown once, ended at once.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::base::{Role, fact, new_id};
use crate::people::{agency, person, token};
use crate::stories::web::api::{Caller, made, province_token, token as agency_token};
use crate::story;
use crate::testing::House;

async fn two(house: &House) -> (crate::people::Agency, crate::people::Agency) {
    let kind = agency::Kind::Department;
    (house.agency("Sở Thử nghiệm", kind).await, house.agency("Sở Khác", kind).await)
}

async fn recorded(house: &House, kind: &str) -> u64 {
    fact::Entity::find().filter(fact::Column::Kind.eq(kind)).count(&house.app.db).await.expect("facts")
}

story!(a_token_is_shown_once_and_its_person_is_told, |house| {
    let (own, _) = two(&house).await;
    let officer = house.person(Role::Officer, Some(&own)).await;
    let administrator = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    administrator.get("/desk/api-tokens").await.expect(200).says("Chưa có khóa nào").says("Thay mặt ai").says_not("Toàn tỉnh");
    let secret = made(&administrator, &officer.email, "agency", &["duties:read", "answers:write"]).await;
    let kept = token::Entity::find().one(&house.app.db).await.expect("rows").expect("a token");
    assert!(!format!("{kept:?}").contains(&secret), "only the hash is kept");
    administrator.get("/desk/api-tokens").await.expect(200).says_not(&secret).says("Phần mềm thử").says(&officer.name);
    house.react().await;
    assert_eq!(recorded(&house, "ApiTokenMade").await, 1);
    let caller = Caller::of(&house, Some(&secret)).await;
    let answer = caller.get("/api/v1/token").await.expect(200).json();
    assert_eq!((answer["person"].as_str(), answer["label"].as_str()), (Some(officer.name.as_str()), Some("Phần mềm thử")));
    assert_eq!(answer["agency"], own.id.to_string());
    assert_eq!(answer["scopes"], serde_json::json!(["duties:read", "answers:write"]));
    let told = crate::people::Notice::latest(&house.app.db, &[officer.id], 5).await.expect("notices");
    assert_eq!(told.len(), 1, "whom it acts for is told");
});

story!(a_double_press_makes_one_token, |house| {
    let (own, _) = two(&house).await;
    let administrator = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    let id = new_id().to_string();
    let fields = [("id", id.as_str()), ("label", "Một"), ("scopes", "duties:read"), ("days", "30")];
    administrator.post("/desk/api-tokens", &fields).await.expect(200);
    administrator.post("/desk/api-tokens", &fields).await.expect(422).says("vừa được tạo ở lần bấm trước");
    assert_eq!(token::Entity::find().count(&house.app.db).await.expect("rows"), 1);
});

story!(each_refusal_stands_at_its_field_and_what_was_typed_stays, |house| {
    let (own, other) = two(&house).await;
    let stranger = house.person(Role::Officer, Some(&other)).await;
    let administrator = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    let id = new_id().to_string();
    let bare = administrator.post("/desk/api-tokens", &[("id", &id), ("email", &stranger.email)]).await.expect(422);
    bare.says("Hãy ghi khóa dùng làm gì")
        .says("Chọn ít nhất một việc")
        .says("Không có cán bộ nào dùng thư này")
        .says(&stranger.email);
    let wide = [("id", id.as_str()), ("label", "Rộng"), ("scopes", "duties:read"), ("days", "30"), ("reach", "province")];
    administrator.post("/desk/api-tokens", &wide).await.expect(422).says("Chỉ quản trị hệ thống");
    let writes = [("id", id.as_str()), ("label", "Nộp"), ("scopes", "answers:write"), ("days", "30")];
    administrator.post("/desk/api-tokens", &writes).await.expect(422).says("không được nộp kết quả");
    let officer = house.someone(Role::Officer, Some(&own)).await;
    officer.get("/desk/api-tokens").await.expect(200).says_not("Tạo khóa");
    officer.post("/desk/api-tokens", &wide).await.expect(403);
    assert_eq!(token::Entity::find().count(&house.app.db).await.expect("rows"), 0);
});

story!(a_token_ends_by_revoking_by_age_and_with_its_person, |house| {
    let (own, other) = two(&house).await;
    let secret = agency_token(&house, &own, &["duties:read"]).await;
    let caller = Caller::of(&house, Some(&secret)).await;
    caller.get("/api/v1/slots").await.expect(200);
    let kept = token::Entity::find().one(&house.app.db).await.expect("rows").expect("a token");
    let stranger = house.someone(Role::AgencyAdministrator, Some(&other)).await;
    stranger.post(&format!("/desk/api-tokens/{}/revocation", kept.id), &[]).await.expect(404);
    let administrator = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    administrator.post(&format!("/desk/api-tokens/{}/revocation", kept.id), &[]).await.expect(303);
    administrator.post(&format!("/desk/api-tokens/{}/revocation", kept.id), &[]).await.expect(422);
    caller.get("/api/v1/slots").await.expect(401);
    assert_eq!(recorded(&house, "ApiTokenRevoked").await, 1);
    // Public things too: nobody shall take the public view for the whole.
    caller.get("/api/v1/agencies").await.expect(401);

    let old = agency_token(&house, &own, &["duties:read"]).await;
    let caller = Caller::of(&house, Some(&old)).await;
    caller.get("/api/v1/slots").await.expect(200);
    house.app.clock.advance(chrono::TimeDelta::days(91));
    caller.get("/api/v1/slots").await.expect(401);

    let fresh = agency_token(&house, &own, &["duties:read"]).await;
    let caller = Caller::of(&house, Some(&fresh)).await;
    let acts_for = token::Entity::find().filter(token::Column::RevokedAt.is_null()).all(&house.app.db).await.expect("rows");
    let acts_for = acts_for.iter().max_by_key(|token| token.id).expect("a token").person;
    caller.get("/api/v1/slots").await.expect(200);
    let gone = person::ActiveModel { id: Set(acts_for), disabled_at: Set(Some(house.app.clock.now())), ..Default::default() };
    person::Entity::update(gone).exec(&house.app.db).await.expect("disabled");
    caller.get("/api/v1/slots").await.expect(401);
});

story!(guessing_is_slowed_and_does_not_shut_out_the_office, |house| {
    let (own, _) = two(&house).await;
    let guesser = Caller::of(&house, Some("lantoa_mot-khoa-cu")).await;
    for _ in 0..5 {
        guesser.get("/api/v1/token").await.expect(401);
    }
    let paused = guesser.get("/api/v1/token").await.expect(429);
    assert!(paused.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0));
    let secret = agency_token(&house, &own, &["duties:read"]).await;
    Caller::of(&house, Some(&secret)).await.get("/api/v1/token").await.expect(200);
});

story!(a_token_may_ask_so_often_a_minute, |house| {
    let house = house.configured(|config| config.api_per_minute = 3);
    let (own, _) = two(&house).await;
    let secret = agency_token(&house, &own, &["duties:read"]).await;
    let caller = Caller::of(&house, Some(&secret)).await;
    for _ in 0..3 {
        caller.get("/api/v1/token").await.expect(200);
    }
    let answer = caller.get("/api/v1/token").await.expect(429);
    assert_eq!(answer.header("retry-after"), "20");
    house.app.clock.advance(chrono::TimeDelta::seconds(20));
    caller.get("/api/v1/token").await.expect(200);
    caller.get("/api/v1/token").await.expect(429);
});

story!(a_token_over_the_province_follows_its_person, |house| {
    let (own, _) = two(&house).await;
    let secret = province_token(&house, &own, &["duties:read"]).await;
    let caller = Caller::of(&house, Some(&secret)).await;
    assert!(caller.get("/api/v1/token").await.expect(200).json()["agency"].is_null());
    let kept = token::Entity::find().one(&house.app.db).await.expect("rows").expect("a token");
    let role = crate::people::grant::Column::Person.eq(kept.person);
    crate::people::grant::Entity::delete_many().filter(role).exec(&house.app.db).await.expect("taken");
    caller.get("/api/v1/token").await.expect(401);
});

story!(wrong_tokens_shut_out_nobody_who_brings_none, |house| {
    let (own, _) = two(&house).await;
    let public = ["/api/v1/openapi.json", "/api/v1/plans", "/api/v1/agencies", "/api/v1"];
    for place in 0..40 {
        let guess = format!("lantoa_sai-{place}");
        let status = Caller::of(&house, Some(&guess)).await.get("/api/v1/token").await.status.as_u16();
        assert!(status == 401 || status == 429, "{status}");
    }
    Caller::of(&house, Some("lantoa_sai-nua")).await.get("/api/v1/token").await.expect(429);
    for path in public {
        house.visitor().get(path).await.expect(200);
    }
    let secret = agency_token(&house, &own, &["duties:read"]).await;
    Caller::of(&house, Some(&secret)).await.get("/api/v1/token").await.expect(200);
});
