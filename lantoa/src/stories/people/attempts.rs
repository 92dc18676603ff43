//! Guessing is slow, and nobody is locked out for ever.

use chrono::TimeDelta;
use sea_orm::EntityTrait;

use super::door::{facts, with_password};
use crate::base::{Fact, Role};
use crate::people::{attempts, session::Origin};
use crate::story;
use crate::testing::{Answer, House};

async fn guess(house: &House, email: &str, password: &str) -> Answer {
    house.visitor().post("/desk/sign-in", &[("email", email), ("password", password)]).await
}

story!(guessing_at_an_account_is_slowed_down_and_then_let_go, |house| {
    let person = with_password(&house, Role::Officer).await;
    for _ in 0..5 {
        guess(&house, &person.email, "không phải mật khẩu").await.expect(422);
    }
    let paused = guess(&house, &person.email, "không phải mật khẩu").await.expect(429).says("Hãy thử lại sau 15 giây.");
    assert_eq!(paused.headers["retry-after"], "15");
    guess(&house, &person.email, "con đò nhỏ qua sông Tiền").await.expect(429);
    house.app.clock.advance(TimeDelta::seconds(16));
    guess(&house, &person.email, "không phải mật khẩu").await.expect(422);
    guess(&house, &person.email, "không phải mật khẩu").await.expect(429).says("sau 30 giây");
    house.app.clock.advance(TimeDelta::seconds(31));
    guess(&house, &person.email, "con đò nhỏ qua sông Tiền").await.expect(303);
    guess(&house, &person.email, "không phải mật khẩu").await.expect(422);
    let paused =
        facts(&house.app, person.id).await.into_iter().filter(|fact| *fact == Fact::SignInRefused { cause: "paused".into() });
    assert_eq!(paused.count(), 1);
});

story!(an_account_that_does_not_exist_is_slowed_down_alike, |house| {
    for _ in 0..5 {
        guess(&house, "nobody@example.vn", "không phải mật khẩu").await.expect(422);
    }
    guess(&house, "nobody@example.vn", "không phải mật khẩu").await.expect(429);
});

story!(waits_grow_to_a_quarter_of_an_hour_and_hammering_does_not_lengthen_them, |house| {
    let mut waited = 0;
    for _ in 0..40 {
        match attempts::Attempt::begin(&house.app, "someone@example.vn", "203.0.113.7").await {
            Ok(attempt) => attempt.failed(&house.app, None, "password").await.expect("noted"),
            Err(crate::web::Error::TooMany(wait_s)) => {
                assert!(wait_s <= 15 * 60, "{wait_s}");
                waited = waited.max(wait_s);
                for _ in 0..3 {
                    assert!(attempts::Attempt::begin(&house.app, "someone@example.vn", "203.0.113.7").await.is_err());
                }
                house.app.clock.advance(TimeDelta::seconds(wait_s.cast_signed()));
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(waited, 15 * 60);
    house.app.clock.advance(TimeDelta::hours(2));
    assert!(attempts::Attempt::begin(&house.app, "someone@example.vn", "203.0.113.7").await.is_ok());
});

story!(guesses_sent_at_once_count_as_well_as_those_sent_in_turn, |house| {
    let app = &house.app;
    let tries = (0..40).map(|_| async move { attempts::Attempt::begin(app, "someone@example.vn", "203.0.113.7").await.is_ok() });
    let passed = futures_util::future::join_all(tries).await.into_iter().filter(|passed| *passed).count();
    assert!(passed <= 5, "{passed} guesses passed");
});

story!(one_address_that_tries_many_accounts_is_slowed_down, |house| {
    for number in 0..30 {
        let attempt = attempts::Attempt::begin(&house.app, &format!("n{number}@example.vn"), "203.0.113.7").await.expect("free");
        attempt.failed(&house.app, None, "password").await.expect("noted");
    }
    assert!(attempts::Attempt::begin(&house.app, "another@example.vn", "203.0.113.7").await.is_err());
    assert!(attempts::Attempt::begin(&house.app, "another@example.vn", "203.0.113.8").await.is_ok());
});

story!(old_failures_are_cleared_away, |house| {
    let attempt = attempts::Attempt::begin(&house.app, "someone@example.vn", "203.0.113.7").await.expect("free");
    attempt.failed(&house.app, None, "password").await.expect("noted");
    house.app.clock.advance(TimeDelta::hours(2));
    for chore in crate::base::chore::all(house.app.capabilities).into_iter().filter(|chore| chore.name == "clear-sign-in") {
        (chore.work)(&house.app).await.expect("cleared");
    }
    assert_eq!(attempts::Entity::find().all(&house.app.db).await.expect("rows").len(), 0);
});

story!(the_proxy_is_believed_only_when_there_is_one, |house| {
    let request = || {
        axum::http::Request::get("/").header("x-forwarded-for", "198.51.100.1, 2001:db8:1:2:3::4").body(()).expect("a request")
    };
    let of = async |app: &crate::base::App| {
        let (mut parts, ()) = request().into_parts();
        parts.extensions.insert(axum::extract::ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 9], 1))));
        let Ok(origin) = <Origin as axum::extract::FromRequestParts<_>>::from_request_parts(&mut parts, app).await;
        origin.address
    };
    assert_eq!(of(&house.app).await, "192.0.2.9");
    let house = house.configured(|config| config.behind_proxy = true);
    assert_eq!(of(&house.app).await, "2001:db8:1:2::/64");
});
