//! Passkeys: made, used, named, removed; and everything that must not open the desk.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use serde_json::Value;

use super::device::Device;
use super::door::facts;
use crate::base::{Fact, Role};
use crate::people::passkey;
use crate::story;
use crate::testing::{Answer, House, Visitor};

async fn options(visitor: &Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> Value {
    let answer = visitor.post(path, fields).await.expect(200);
    serde_json::from_slice(&answer.bytes).expect("JSON")
}

/// Somebody with a passkey in the device.
async fn equipped(house: &House, device: &mut Device) -> (uuid::Uuid, passkey::Passkey) {
    let visitor = house.someone(Role::Officer, None).await;
    let asked = options(&visitor, "/desk/account/passkeys/options", &[]).await;
    let made = device.create(&asked);
    let fields = [("credential", made.as_str()), ("passkey-label", "Điện thoại của tôi")];
    assert_eq!(visitor.post("/desk/account/passkeys", &fields).await.expect(303).location(), "/desk/account");
    let person = visitor.person.expect("a person");
    let passkeys = passkey::Passkey::of(&house.app.db, person).await.expect("passkeys");
    (person, passkeys.into_iter().next().expect("a passkey"))
}

async fn come_in(house: &House, device: &mut Device, email: &str) -> Answer {
    let visitor = house.visitor();
    let asked = options(&visitor, "/desk/sign-in/passkey/options", &[("email", email)]).await;
    visitor.post("/desk/sign-in/passkey", &[("credential", &device.get(&asked)), ("then", "/desk/ui")]).await
}

story!(a_passkey_is_made_once_and_opens_the_desk, |house| {
    let mut device = Device::new();
    let (person, passkey) = equipped(&house, &mut device).await;
    assert_eq!(passkey.label, "Điện thoại của tôi");
    house.visitor().get("/desk/sign-in").await.expect(200).says("data-passkey-sign-in");
    for _ in 0..2 {
        assert_eq!(come_in(&house, &mut device, "").await.expect(303).location(), "/desk/ui");
    }
    let kept = passkey::Entity::find_by_id(passkey.id).one(&house.app.db).await.expect("a row").expect("a passkey");
    assert_eq!(kept.used_at, Some(house.app.clock.now()));
    let facts = facts(&house.app, person).await;
    assert!(facts.contains(&Fact::PasskeyAdded { label: passkey.label }));
    assert_eq!(facts.iter().filter(|fact| **fact == Fact::SignedIn { means: "passkey".into() }).count(), 2);
});

story!(a_key_without_memory_is_found_by_the_e_mail, |house| {
    let mut device = Device::new();
    let (person, _) = equipped(&house, &mut device).await;
    device.user = None;
    come_in(&house, &mut device, "").await.expect(422).says("không mở được tài khoản nào");
    let email = crate::people::Person::find(&house.app.db, person).await.expect("a person").email;
    let asked = options(&house.visitor(), "/desk/sign-in/passkey/options", &[("email", &email)]).await;
    assert!(device.is_asked(&asked));
    come_in(&house, &mut device, &email).await.expect(303);
});

story!(asking_by_e_mail_tells_nobody_who_has_an_account, |house| {
    let mut device = Device::new();
    let (person, _) = equipped(&house, &mut device).await;
    let email = crate::people::Person::find(&house.app.db, person).await.expect("a person").email;
    let shape = |asked: &Value| {
        let mut fields: Vec<String> = asked["publicKey"].as_object().expect("an object").keys().cloned().collect();
        let allowed = asked["publicKey"]["allowCredentials"].as_array().expect("a list");
        fields.extend(allowed.iter().flat_map(|one| one.as_object().expect("an object").keys().cloned()));
        fields.sort();
        fields.dedup();
        fields
    };
    let known = options(&house.visitor(), "/desk/sign-in/passkey/options", &[("email", &email)]).await;
    let mut seen = 0;
    for number in 0..8 {
        let stranger = format!("nobody{number}@example.vn");
        let one = options(&house.visitor(), "/desk/sign-in/passkey/options", &[("email", &stranger)]).await;
        let two = options(&house.visitor(), "/desk/sign-in/passkey/options", &[("email", &stranger)]).await;
        assert_eq!(one["publicKey"]["allowCredentials"], two["publicKey"]["allowCredentials"], "made up anew each time");
        if one["publicKey"]["allowCredentials"].as_array().is_some_and(|list| !list.is_empty()) {
            assert_eq!(shape(&one), shape(&known));
            seen += 1;
        }
    }
    assert!(seen > 0, "nobody was given made-up passkeys");
});

story!(what_is_late_used_or_from_elsewhere_opens_nothing, |house| {
    let mut device = Device::new();
    let (person, _) = equipped(&house, &mut device).await;
    let visitor = house.visitor();
    let path = "/desk/sign-in/passkey/options";
    // Too late.
    let asked = options(&visitor, path, &[]).await;
    let answer = device.get(&asked);
    house.app.clock.advance(TimeDelta::minutes(6));
    visitor.post("/desk/sign-in/passkey", &[("credential", &answer)]).await.expect(422).says("Đã quá 5 phút");
    // Another browser's.
    let asked = options(&visitor, path, &[]).await;
    let answer = device.get(&asked);
    house.visitor().post("/desk/sign-in/passkey", &[("credential", &answer)]).await.expect(422).says("Đã quá 5 phút");
    // Used a second time.
    visitor.post("/desk/sign-in/passkey", &[("credential", &answer)]).await.expect(303);
    visitor.post("/desk/sign-out", &[]).await.expect(303);
    visitor.post("/desk/sign-in/passkey", &[("credential", &answer)]).await.expect(422).says("đã dùng rồi");
    // Made for a false page.
    device.origin = "http://localhost.elsewhere.example".into();
    come_in(&house, &mut device, "").await.expect(422).says("không mở được");
    device.origin = "http://localhost".into();
    // A copy of the key lags behind in its counter.
    device.counter = 1;
    come_in(&house, &mut device, "").await.expect(422).says("không mở được");
    device.counter = 100;
    come_in(&house, &mut device, "").await.expect(303);
    // Nonsense.
    options(&visitor, path, &[]).await;
    visitor.post("/desk/sign-in/passkey", &[("credential", "{}")]).await.expect(422);
    let refused = Fact::SignInRefused { cause: "passkey".into() };
    assert_eq!(facts(&house.app, person).await.iter().filter(|fact| **fact == refused).count(), 2);
});

story!(a_passkey_never_opens_the_account_of_another, |house| {
    let (mut one, mut two) = (Device::new(), Device::new());
    let (_, _) = equipped(&house, &mut one).await;
    let (victim, _) = equipped(&house, &mut two).await;
    one.user = Some(victim.as_bytes().to_vec());
    come_in(&house, &mut one, "").await.expect(422);
    let email = crate::people::Person::find(&house.app.db, victim).await.expect("a person").email;
    come_in(&house, &mut one, &email).await.expect(422);
});

story!(a_ceremony_of_one_person_adds_nothing_to_another, |house| {
    let (one, two) = (house.someone(Role::Officer, None).await, house.someone(Role::Officer, None).await);
    let mut device = Device::new();
    let asked = options(&one, "/desk/account/passkeys/options", &[]).await;
    let made = device.create(&asked);
    two.post("/desk/account/passkeys", &[("credential", &made)]).await.expect(422);
    assert!(passkey::Entity::find().all(&house.app.db).await.expect("rows").is_empty());
    one.post("/desk/account/passkeys", &[("credential", "not JSON")]).await.expect(422).says("không nhận khóa vừa tạo");
    one.post("/desk/account/passkeys", &[("credential", &made)]).await.expect(422).says("đã dùng rồi");
});

story!(passkeys_are_named_and_removed_by_their_owner_alone, |house| {
    let mut device = Device::new();
    let (owner, passkey) = equipped(&house, &mut device).await;
    let stranger = house.someone(Role::SystemAdministrator, None).await;
    let path = format!("/desk/account/passkeys/{}", passkey.id);
    let removal = format!("/desk/account/passkeys/{}/removal", passkey.id);
    stranger.post(&path, &[("label", "của tôi")]).await.expect(404);
    stranger.post(&removal, &[]).await.expect(404);
    assert!(facts(&house.app, owner).await.contains(&Fact::AccessRefused { path: removal.clone() }));
    let visitor = house.visitor();
    let asked = options(&visitor, "/desk/sign-in/passkey/options", &[]).await;
    visitor.post("/desk/sign-in/passkey", &[("credential", &device.get(&asked))]).await.expect(303);
    visitor.post(&path, &[("label", "  Máy   tính bàn ")]).await.expect(303);
    visitor.get("/desk/account").await.expect(200).says("value=\"Máy tính bàn\"");
    visitor.post(&removal, &[]).await.expect(303);
    visitor.get("/desk/account").await.expect(200).says_not("Máy tính bàn").says("Đã gỡ khóa truy cập.");
    come_in(&house, &mut device, "").await.expect(422).says("có thể đã bị gỡ");
});

story!(without_a_host_name_no_passkeys_are_offered, |house| {
    let house = house.configured(|config| config.public_url = "http://192.0.2.7".into());
    house.visitor().get("/desk/sign-in").await.expect(200).says_not("data-passkey");
    let house = house.configured(|config| config.public_url = "http://lantoa.example".into());
    house.visitor().get("/desk/sign-in").await.expect(200).says_not("data-passkey");
    let house = house.configured(|config| config.public_url = "https://lantoa.example".into());
    house.visitor().get("/desk/sign-in").await.expect(200).says("data-passkey");
});
