//! The second step: codes that change, and codes for when the phone is lost.

use chrono::TimeDelta;
use totp_rs::{Builder, Secret};

use super::door::{facts, with_password};
use crate::base::{Fact, Role};
use crate::people::{Person, recovery, session};
use crate::story;
use crate::testing::{House, Visitor};

const PASSWORD: &str = "con đò nhỏ qua sông Tiền";

/// The code an app shows now for the secret on the page.
fn code(house: &House, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).expect("base32");
    let totp = Builder::new().with_secret(secret).build().expect("an app");
    totp.generate(house.app.clock.now().timestamp().unsigned_abs()).to_string()
}

async fn with_session<'a>(house: &'a House, person: &Person) -> Visitor<'a> {
    let visitor = house.visitor();
    let fields = [("email", person.email.as_str()), ("password", PASSWORD)];
    visitor.post("/desk/sign-in", &fields).await.expect(303);
    visitor
}

/// Turns the second step on; returns the secret and the recovery codes.
async fn turn_on(house: &House, visitor: &Visitor<'_>) -> (String, Vec<String>) {
    let here = visitor.post("/desk/account/second-step", &[]).await.expect(303).location().to_owned();
    let page = visitor.get(&here).await.expect(200).says("data:image/png;base64,").text();
    let secret = between(&page, "<code class=\"nowrap\">", "</code>").remove(0);
    visitor.post("/desk/account/second-step/confirmation", &[("code", "000000")]).await.expect(422).says("Mã không đúng");
    let now = code(house, &secret);
    let spaced = format!("{} {}", &now[..3], &now[3..]);
    let page = visitor.post("/desk/account/second-step/confirmation", &[("code", &spaced)]).await.expect(200);
    let page = page.says("Chỉ hiện một lần này").says("download=").text();
    let codes: Vec<String> = between(&page, "<li><code>", "</code>");
    assert_eq!(codes.len(), recovery::CODES);
    (secret, codes)
}

fn between(page: &str, before: &str, after: &str) -> Vec<String> {
    page.split(before).skip(1).filter_map(|rest| rest.split(after).next()).map(str::to_owned).collect()
}

story!(a_code_is_asked_after_the_password_and_serves_once, |house| {
    let person = with_password(&house, Role::Officer).await;
    let owner = with_session(&house, &person).await;
    let (secret, _) = turn_on(&house, &owner).await;
    let kept = Person::find(&house.app.db, person.id).await.expect("a person");
    assert!(!kept.totp_secret.as_deref().unwrap_or_default().contains(&secret.replace(' ', "")), "kept in clear");
    house.app.clock.advance(TimeDelta::seconds(30));
    let visitor = with_session(&house, &person).await;
    visitor.get("/desk/account").await.expect(303); // not in yet
    visitor.get("/desk/sign-in/code").await.expect(200).says("one-time-code");
    visitor.post("/desk/sign-in/code", &[("code", "12345")]).await.expect(422).says("Mã không đúng");
    let now = code(&house, &secret);
    let other = with_session(&house, &person).await;
    let fields = [("code", now.as_str())];
    let (one, two) = tokio::join!(visitor.post("/desk/sign-in/code", &fields), other.post("/desk/sign-in/code", &fields));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422], "one code, two sign-ins");
    assert!(facts(&house.app, person.id).await.contains(&Fact::SignedIn { means: "password+totp".into() }));
});

story!(a_recovery_code_serves_once_and_new_ones_replace_the_old, |house| {
    let person = with_password(&house, Role::Officer).await;
    let owner = with_session(&house, &person).await;
    let (secret, codes) = turn_on(&house, &owner).await;
    let visitor = with_session(&house, &person).await;
    let typed = codes[0].to_lowercase().replace('-', " ");
    assert_eq!(visitor.post("/desk/sign-in/code", &[("code", &typed)]).await.expect(303).location(), "/desk/account");
    visitor.get("/desk/account").await.expect(200).says("Bạn vừa dùng một mã khôi phục, còn 9 mã");
    let again = with_session(&house, &person).await;
    again.post("/desk/sign-in/code", &[("code", &codes[0])]).await.expect(422);
    house.app.clock.advance(TimeDelta::seconds(30));
    owner.post("/desk/account/second-step/codes", &[("code", "000000")]).await.expect(422);
    let page = owner.post("/desk/account/second-step/codes", &[("code", &code(&house, &secret))]).await.expect(200).text();
    assert_eq!(between(&page, "<li><code>", "</code>").len(), recovery::CODES);
    again.post("/desk/sign-in/code", &[("code", &codes[1])]).await.expect(422);
    assert!(facts(&house.app, person.id).await.contains(&Fact::RecoveryCodeUsed { left: 9 }));
});

story!(guessing_at_codes_is_slowed_down, |house| {
    let person = with_password(&house, Role::Officer).await;
    let owner = with_session(&house, &person).await;
    turn_on(&house, &owner).await;
    let visitor = with_session(&house, &person).await;
    for _ in 0..5 {
        visitor.post("/desk/sign-in/code", &[("code", "111111")]).await.expect(422);
    }
    visitor.post("/desk/sign-in/code", &[("code", "111111")]).await.expect(429);
});

story!(the_second_step_belongs_to_the_browser_that_began_and_to_five_minutes, |house| {
    let person = with_password(&house, Role::Officer).await;
    let owner = with_session(&house, &person).await;
    let (secret, _) = turn_on(&house, &owner).await;
    house.app.clock.advance(TimeDelta::seconds(30));
    let stranger = house.visitor();
    assert_eq!(stranger.get("/desk/sign-in/code").await.expect(303).location(), "/desk/sign-in");
    stranger.post("/desk/sign-in/code", &[("code", &code(&house, &secret))]).await.expect(303);
    stranger.get("/desk/account").await.expect(303);
    let visitor = with_session(&house, &person).await;
    house.app.clock.advance(TimeDelta::minutes(6));
    visitor.post("/desk/sign-in/code", &[("code", &code(&house, &secret))]).await.expect(303);
    visitor.get("/desk/sign-in").await.expect(200).says("hết hạn");
});

story!(turning_it_off_asks_for_a_code, |house| {
    let person = with_password(&house, Role::Officer).await;
    let owner = with_session(&house, &person).await;
    let (secret, _) = turn_on(&house, &owner).await;
    owner.post("/desk/account/second-step", &[]).await.expect(422).says("đang bật");
    owner.post("/desk/account/second-step/removal", &[("code", "000000")]).await.expect(422).says("removal-code");
    house.app.clock.advance(TimeDelta::seconds(30));
    owner.post("/desk/account/second-step/removal", &[("code", &code(&house, &secret))]).await.expect(303);
    owner.get("/desk/account").await.expect(200).says("Đã tắt bước hai.");
    assert!(facts(&house.app, person.id).await.contains(&Fact::TotpDisabled));
    let visitor = with_session(&house, &person).await;
    visitor.get("/desk/account").await.expect(200);
    assert_eq!(session::Model::open_of(&house.app, person.id).await.expect("sessions").len(), 2);
});

story!(the_key_is_made_once_readable_by_the_server_alone, |house| {
    use std::os::unix::fs::PermissionsExt;

    use crate::base::installation_key::InstallationKey;
    let path = house.app.config.data.join("secret.key");
    let about = uuid::Uuid::nil();
    let sealed = InstallationKey::of(&house.app).expect("a key").encrypt(about, "bí mật").expect("sealed");
    assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    let key = InstallationKey::of(&house.app).expect("the same key");
    assert_eq!(key.decrypt(about, &sealed).expect("opened"), "bí mật");
    assert!(key.decrypt(uuid::Uuid::max(), &sealed).is_err(), "opens for another thing");
    let sealed_again = key.encrypt(about, "bí mật").expect("sealed");
    assert_ne!(sealed, sealed_again, "the same nonce");
    std::fs::write(&path, "not a key").expect("written");
    assert!(format!("{:#}", InstallationKey::of(&house.app).err().expect("refused")).contains("backup"));
    let house = house.configured(|config| config.secret = "AAAA".into());
    assert!(format!("{:#}", InstallationKey::of(&house.app).err().expect("refused")).contains("LANTOA_SECRET"));
    let house = house.configured(|config| config.secret = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=".into());
    assert!(InstallationKey::of(&house.app).expect("a key").decrypt(about, &sealed).is_err(), "another key opens it");
});
