//! Coming in and leaving.

use sea_orm::{EntityTrait, QueryOrder};

use crate::base::{App, Fact, Role, fact};
use crate::people::{Person, demo_people, grant, password, person, session};
use crate::story;
use crate::testing::{House, Visitor};

const PASSWORD: &str = "con đò nhỏ qua sông Tiền";

/// Somebody who has chosen that password.
pub async fn with_password(house: &House, role: Role) -> Person {
    let person = house.person(role, None).await;
    let hash = password::hash(PASSWORD).await.expect("a hash");
    let row = person::ActiveModel { password_hash: sea_orm::ActiveValue::Set(Some(hash)), ..person.clone().into() };
    let row = person::ActiveModel { id: sea_orm::ActiveValue::Unchanged(person.id), ..row };
    person::Entity::update(row).exec(&house.app.db).await.expect("a password")
}

/// The facts about one thing, the oldest first.
pub async fn facts(app: &App, about: uuid::Uuid) -> Vec<Fact> {
    let mut rows = fact::Model::history(&app.db, about, 100).await.expect("facts");
    rows.reverse();
    rows.iter().filter_map(fact::Model::fact).collect()
}

async fn sign_in(visitor: &Visitor<'_>, email: &str, password: &str) -> crate::testing::Answer {
    visitor.post("/desk/sign-in", &[("email", email), ("password", password), ("then", "/desk/plans?year=2026")]).await
}

story!(the_right_password_opens_the_page_that_was_asked_for, |house| {
    let person = with_password(&house, Role::Officer).await;
    let visitor = house.visitor();
    visitor.get("/desk/sign-in?then=/desk/plans").await.expect(200).says("Đăng nhập").says("value=\"/desk/plans\"");
    // Written with capitals and spaces around, and in the other normal form.
    let decomposed = "con đo\u{300} nho\u{309} qua so\u{302}ng Tie\u{302}\u{300}n";
    let answer = sign_in(&visitor, &format!("  {} ", person.email.to_uppercase()), decomposed).await.expect(303);
    assert_eq!(answer.location(), "/desk/plans?year=2026");
    let cookie = answer.headers["set-cookie"].to_str().expect("a cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert_eq!(visitor.get("/desk/sign-in").await.expect(303).location(), "/desk");
    assert_eq!(facts(&house.app, person.id).await, [Fact::SignedIn { means: "password".into() }]);
});

story!(an_unknown_account_a_wrong_password_and_a_disabled_person_get_the_same_words, |house| {
    let known = with_password(&house, Role::Officer).await;
    let disabled = with_password(&house, Role::Officer).await;
    let gone = person::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(disabled.id),
        disabled_at: sea_orm::ActiveValue::Set(Some(house.app.clock.now())),
        ..Default::default()
    };
    person::Entity::update(gone).exec(&house.app.db).await.expect("disabled");
    let mut pages = Vec::new();
    for (email, password) in
        [(known.email.as_str(), "sai mật khẩu rồi đó"), ("nobody@example.vn", PASSWORD), (disabled.email.as_str(), PASSWORD)]
    {
        let answer = sign_in(&house.visitor(), email, password).await.expect(422);
        assert!(answer.headers.get("set-cookie").is_none(), "a cookie for nothing");
        let text = answer.says("Thư điện tử hoặc mật khẩu không đúng").text();
        let nonce = text.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("-").to_owned();
        pages.push(text.replace(email, "").replace(&nonce, ""));
    }
    assert!(pages[0] == pages[1] && pages[1] == pages[2], "the pages differ");
    let refused = |cause: &str| Fact::SignInRefused { cause: cause.into() };
    assert_eq!(facts(&house.app, known.id).await, [refused("password")]);
    assert_eq!(facts(&house.app, disabled.id).await, [refused("disabled")]);
    assert_eq!(facts(&house.app, uuid::Uuid::nil()).await, [refused("password")]);
});

story!(leaving_ends_the_session_for_a_copied_cookie_too, |house| {
    let visitor = house.someone(Role::Officer, None).await;
    assert_eq!(visitor.get("/desk/sign-in").await.expect(303).location(), "/desk");
    let copied = session::Entity::find().one(&house.app.db).await.expect("a row").expect("a session");
    let answer = visitor.post("/desk/sign-out", &[]).await.expect(303);
    assert_eq!(answer.location(), "/desk/sign-in");
    visitor.get("/desk/sign-in").await.expect(200).says("Bạn đã đăng xuất.");
    let kept = session::Entity::find_by_id(copied.id).one(&house.app.db).await.expect("a row").expect("a session");
    assert!(kept.revoked_at.is_some());
    assert!(facts(&house.app, copied.person).await.contains(&Fact::SignedOut));
});

story!(a_session_ends_when_idle_and_when_old, |house| {
    let visitor = house.someone(Role::Officer, None).await;
    let open = async || visitor.get("/desk/sign-in").await.status.as_u16() == 303;
    house.app.clock.advance(chrono::TimeDelta::hours(11));
    assert!(open().await, "used within the idle time");
    house.app.clock.advance(chrono::TimeDelta::hours(11));
    assert!(open().await, "the use before counts");
    house.app.clock.advance(chrono::TimeDelta::hours(13));
    assert!(!open().await, "idle for too long");
    let visitor = house.someone(Role::Officer, None).await;
    for _ in 0..14 * 3 {
        house.app.clock.advance(chrono::TimeDelta::hours(8));
        visitor.get("/desk/sign-in").await;
    }
    visitor.get("/desk/sign-in").await.expect(200);
});

story!(nobody_is_led_away_from_the_site, |house| {
    let person = with_password(&house, Role::Officer).await;
    for then in ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "/desk/sign-in", ""] {
        let fields = [("email", person.email.as_str()), ("password", PASSWORD), ("then", then)];
        let answer = house.visitor().post("/desk/sign-in", &fields).await.expect(303);
        assert_eq!(answer.location(), "/desk", "then={then}");
    }
});

story!(the_demo_has_a_button_for_each_role, |house| {
    demo_people::settle(&house.app).await.expect("the people of the demo");
    demo_people::settle(&house.app).await.expect("a second time changes nothing");
    let people = person::Entity::find().order_by_asc(person::Column::Id).all(&house.app.db).await.expect("people");
    assert_eq!(people.len(), demo_people::PLAYERS.len());
    for player in &demo_people::PLAYERS {
        let page = house.visitor().get("/desk/sign-in").await.expect(200);
        page.says(&format!("name=\"role\" value=\"{}\"", player.code));
        let visitor = house.visitor();
        let answer = visitor.post("/desk/sign-in/demo", &[("role", player.code), ("then", "/desk/ui")]).await.expect(303);
        assert_eq!(answer.location(), "/desk/ui");
        let person = Person::find_by_email(&house.app.db, &player.email()).await.expect("a row").expect("a person");
        visitor.get("/desk/ui").await.expect(200).says(&person.name.replace("&", "&#38;"));
        let grants = grant::Model::of(&house.app.db, person.id).await.expect("grants");
        assert!(grants.len() == 1 && grants[0].role == player.role && grants[0].agency.is_some() == player.role.is_of_agency());
    }
    let officers: Vec<_> =
        ["officer", "officer_2"].map(|code| people.iter().find(|one| one.email.starts_with(&format!("{code}@")))).into();
    assert_ne!(officers[0].and_then(|one| one.agency), officers[1].and_then(|one| one.agency), "two communes");
    house.visitor().post("/desk/sign-in/demo", &[("role", "emperor")]).await.expect(404);
});

story!(outside_the_demo_nobody_signs_in_by_role, |house| {
    demo_people::settle(&house.app).await.expect("the people of the demo");
    let house = house.in_earnest();
    house.visitor().get("/desk/sign-in").await.expect(200).says_not("name=\"role\"");
    house.visitor().post("/desk/sign-in/demo", &[("role", "system_admin")]).await.expect(404);
});

story!(signing_in_asks_the_database_few_times, |house| {
    let person = with_password(&house, Role::Officer).await;
    let before = house.statements();
    sign_in(&house.visitor(), &person.email, PASSWORD).await.expect(303);
    assert!(house.statements() - before <= 12, "{} statements", house.statements() - before);
});
