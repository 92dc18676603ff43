//! The whole code flow with a provider, and everything it may do wrong.

use axum::http::Request;
use chrono::TimeDelta;
use sea_orm::{ActiveValue, EntityTrait};
use serde_json::json;

use super::door::{facts, with_password};
use super::provider::{Provider, Wrong, query};
use crate::base::{Fact, Role};
use crate::people::{Person, identity, person};
use crate::story;
use crate::testing::{Answer, House, Visitor};

/// A house with that provider; persons are matched by the claim.
async fn beside(house: House, match_claim: &str) -> (House, Provider) {
    let provider = Provider::open(&house.app.clock).await;
    let settings = provider.settings(match_claim);
    (house.configured(|config| config.oidc = vec![settings]), provider)
}

async fn set_out(visitor: &Visitor<'_>) -> String {
    let pattern = "/desk/sign-on/{provider}".replace("{provider}", "province");
    visitor.get(&format!("{pattern}?then=/desk/ui")).await.expect(303).location().to_owned()
}

async fn come_back(visitor: &Visitor<'_>, code: &str, state: &str) -> Answer {
    let pattern = "/desk/sign-on/{provider}/return".replace("{provider}", "province");
    visitor.get(&format!("{pattern}?code={code}&state={state}")).await
}

async fn whole_way(visitor: &Visitor<'_>, provider: &Provider) -> Answer {
    let (code, state) = provider.agrees(&set_out(visitor).await);
    come_back(visitor, &code, &state).await
}

fn refused(code: &str) -> Fact {
    Fact::SignInRefused { cause: format!("oidc:province:{code}") }
}

story!(a_known_person_comes_in_and_is_known_again_when_the_e_mail_has_changed, |house| {
    let (house, provider) = beside(house, "email").await;
    let person = house.person(Role::Officer, None).await;
    provider.person(json!({ "sub": "0123", "email": person.email.to_uppercase(), "email_verified": true }));
    let visitor = house.visitor();
    visitor.get("/desk/sign-in").await.expect(200).says("Đăng nhập một lần của tỉnh").says("/desk/sign-on/province");
    assert_eq!(whole_way(&visitor, &provider).await.expect(303).location(), "/desk/ui");
    visitor.get("/desk/account").await.expect(200).says("Đăng nhập một lần của tỉnh");
    let known = facts(&house.app, person.id).await;
    assert!(known.contains(&Fact::SignOnLinked { provider: "province".into() }));
    assert!(known.contains(&Fact::SignedIn { means: "oidc:province".into() }));
    provider.person(json!({ "sub": "0123", "email": "another@example.vn" }));
    whole_way(&house.visitor(), &provider).await.expect(303);
    assert_eq!(identity::Entity::find().all(&house.app.db).await.expect("links").len(), 1);
});

story!(leaving_offers_to_leave_the_provider_too, |house| {
    let (house, provider) = beside(house, "email").await;
    let person = house.person(Role::Officer, None).await;
    provider.person(json!({ "sub": "0123", "email": person.email }));
    let visitor = house.visitor();
    whole_way(&visitor, &provider).await.expect(303);
    let answer = visitor.post("/desk/sign-out", &[]).await.expect(303);
    assert_eq!(answer.location(), "/desk/sign-in?left=province");
    let page = visitor.get(answer.location()).await.expect(200).says("Bạn vẫn đang đăng nhập ở");
    page.says(&format!("{}/end?client_id=lantoa", provider.issuer));
});

story!(a_person_is_matched_by_another_claim_from_user_info, |house| {
    let (house, provider) = beside(house, "employee_number").await;
    let known = house.person(Role::Officer, None).await;
    let row = person::ActiveModel {
        id: ActiveValue::Unchanged(known.id),
        identifier: ActiveValue::Set(Some("7".into())),
        ..Default::default()
    };
    person::Entity::update(row).exec(&house.app.db).await.expect("an identifier");
    provider.person(json!({ "sub": "0123", "employee_number": 7 }));
    provider.misbehaves(Wrong::TerseAndWrong);
    whole_way(&house.visitor(), &provider).await.expect(502).says("employee_number");
    provider.misbehaves(Wrong::Terse);
    whole_way(&house.visitor(), &provider).await.expect(303);
});

story!(who_is_not_known_is_told_whom_to_ask, |house| {
    let (house, provider) = beside(house, "email").await;
    provider.person(json!({ "sub": "0123", "email": "new@example.vn" }));
    let page = whole_way(&house.visitor(), &provider).await.expect(422);
    page.says("Bạn chưa có tài khoản ở đây").says("new@example.vn").says("quản trị cơ quan").says("role=\"alert\"");
    provider.person(json!({ "sub": "0123" }));
    whole_way(&house.visitor(), &provider).await.expect(502).says("“email”");
    let person = with_password(&house, Role::Officer).await;
    provider.person(json!({ "sub": "0123", "email": person.email, "email_verified": false }));
    whole_way(&house.visitor(), &provider).await.expect(422).says("chưa được xác nhận");
    provider.person(json!({ "sub": "0123", "email": person.email }));
    whole_way(&house.visitor(), &provider).await.expect(303);
    let gone = person::ActiveModel {
        id: ActiveValue::Unchanged(person.id),
        disabled_at: ActiveValue::Set(Some(house.app.clock.now())),
        ..Default::default()
    };
    person::Entity::update(gone).exec(&house.app.db).await.expect("disabled");
    whole_way(&house.visitor(), &provider).await.expect(422).says("Tài khoản đang bị khóa");
});

story!(a_token_that_does_not_hold_opens_nothing, |house| {
    let (house, provider) = beside(house, "email").await;
    let person = house.person(Role::Officer, None).await;
    provider.person(json!({ "sub": "0123", "email": person.email }));
    let cases = [
        (Wrong::Nonce, "nonce"),
        (Wrong::Audience, "audience"),
        (Wrong::Issuer, "issuer"),
        (Wrong::Expired, "expired"),
        (Wrong::Stranger, "signature"),
        (Wrong::Forged, "signature"),
        (Wrong::Unsigned, "signature"),
        (Wrong::Shared, "signature"),
        (Wrong::NoToken, "no-token"),
        (Wrong::Garbage, "code"),
        (Wrong::Refuses, "code"),
        (Wrong::Huge, "down"),
    ];
    for (wrong, code) in cases {
        provider.misbehaves(wrong);
        let visitor = house.visitor();
        let title = crate::web::Locale::default().t1(&format!("sign-on-{code}-title"), "name", "Đăng nhập một lần của tỉnh");
        whole_way(&visitor, &provider).await.expect(502).says(&title);
        visitor.get("/desk/account").await.expect(303);
        let noted = facts(&house.app, uuid::Uuid::nil()).await;
        assert_eq!(noted.last(), Some(&refused(code)), "{wrong:?}");
    }
    assert!(identity::Entity::find().all(&house.app.db).await.expect("links").is_empty());
    provider.misbehaves(Wrong::NewKey);
    whole_way(&house.visitor(), &provider).await.expect(303);
});

story!(a_provider_that_is_down_or_somebody_else_is_named, |house| {
    let (house, provider) = beside(house, "email").await;
    let path = "/desk/sign-on/province";
    provider.misbehaves(Wrong::Broken);
    house.visitor().get(path).await.expect(502).says("không trả lời").says("đăng nhập cách khác");
    provider.misbehaves(Wrong::Elsewhere);
    house.visitor().get(path).await.expect(502).says("chưa đúng");
    let mut nobody = provider.settings("email");
    nobody.issuer = "http://127.0.0.1:9".into();
    let mut insecure = provider.settings("email");
    insecure.issuer = "http://id.example".into();
    let house = house.configured(|config| config.oidc = vec![nobody]);
    house.visitor().get(path).await.expect(502).says("không trả lời");
    let house = house.configured(|config| config.oidc = vec![insecure]);
    house.visitor().get(path).await.expect(502).says("chưa đúng");
    house.visitor().get("/desk/sign-on/nobody").await.expect(404);
    house.visitor().get("/desk/sign-on/nobody/return").await.expect(404);
});

story!(an_answer_that_nobody_asked_for_or_comes_twice_or_late_is_refused, |house| {
    let (house, provider) = beside(house, "email").await;
    let person = house.person(Role::Officer, None).await;
    provider.person(json!({ "sub": "0123", "email": person.email }));
    come_back(&house.visitor(), "stolen", "guessed").await.expect(422).says("đã hết hạn");
    // Another browser's.
    let (code, state) = provider.agrees(&set_out(&house.visitor()).await);
    come_back(&house.visitor(), &code, &state).await.expect(422);
    // The state is another's.
    let visitor = house.visitor();
    let (code, _) = provider.agrees(&set_out(&visitor).await);
    come_back(&visitor, &code, "guessed").await.expect(422);
    // Late.
    let (code, state) = provider.agrees(&set_out(&visitor).await);
    house.app.clock.advance(TimeDelta::minutes(6));
    come_back(&visitor, &code, &state).await.expect(422);
    // Twice.
    let (code, state) = provider.agrees(&set_out(&visitor).await);
    come_back(&visitor, &code, &state).await.expect(303);
    come_back(&visitor, &code, &state).await.expect(422);
    // Refused, and mixed up with another provider.
    let address = set_out(&visitor).await;
    let path = format!("/desk/sign-on/province/return?error=access_denied%3Cb%3E&state={}", query(&address)["state"]);
    visitor.get(&path).await.expect(422).says("chưa cho đăng nhập").says("access_deniedb");
    let (code, state) = provider.agrees(&set_out(&visitor).await);
    let path = format!("/desk/sign-on/province/return?code={code}&state={state}&iss=https://elsewhere.example");
    visitor.get(&path).await.expect(502).says("đến từ nơi khác");
});

story!(a_person_links_and_unlinks_their_own_account, |house| {
    let (house, provider) = beside(house, "email").await;
    provider.person(json!({ "sub": "0123", "email": "private@example.com" }));
    let visitor = house.someone(Role::Officer, None).await;
    let id = visitor.person.expect("a person");
    house.visitor().get("/desk/sign-on/province?link=1").await.expect(303);
    let elsewhere = Request::get("/desk/sign-on/province?link=1").header("sec-fetch-site", "cross-site");
    visitor.send(elsewhere.body(axum::body::Body::empty()).expect("a request")).await.expect(400).says("trang web khác");
    let address = visitor.get("/desk/sign-on/province?link=1").await.expect(303).location().to_owned();
    let (code, state) = provider.agrees(&address);
    assert_eq!(come_back(&visitor, &code, &state).await.expect(303).location(), "/desk/account");
    let link = identity::Entity::find().one(&house.app.db).await.expect("a row").expect("a link");
    assert_eq!((link.person, link.subject.as_str()), (id, "0123"));
    whole_way(&house.visitor(), &provider).await.expect(303);
    // Somebody else can not link it, nor take it away.
    let other = house.someone(Role::Officer, None).await;
    let address = other.get("/desk/sign-on/province?link=1").await.expect(303).location().to_owned();
    let (code, state) = provider.agrees(&address);
    come_back(&other, &code, &state).await.expect(422).says("đã gắn với người khác");
    let removal = format!("/desk/account/sign-on/{}/removal", link.id);
    other.post(&removal, &[]).await.expect(404);
    visitor.post(&removal, &[]).await.expect(303);
    whole_way(&house.visitor(), &provider).await.expect(422);
    assert!(facts(&house.app, id).await.contains(&Fact::SignOnUnlinked { provider: "province".into() }));
    assert!(Person::find(&house.app.db, id).await.is_ok());
});
