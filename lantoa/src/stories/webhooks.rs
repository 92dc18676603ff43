//! Messages go out to a receiver that behaves, and to ones that do not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::Value;
use uuid::Uuid;

use crate::base::{Role, chore, fact, new_id};
use crate::people::{Notice, agency};
use crate::stories::web::api::secret_on;
use crate::story;
use crate::testing::double::{Behaviour, Double, Heard};
use crate::testing::{House, Visitor};
use crate::webhooks::delivery::{self, Delivery, State, sending};
use crate::webhooks::webhook;

/// The receiver's address is in no public network, so the house has to allow it.
fn open(house: House) -> House {
    house.configured(|config| config.webhooks_private = true)
}

/// Adds the receiver on the page; returns its webhook's id and the secret shown.
async fn added(administrator: &Visitor<'_>, address: &str, events: &[&str]) -> (Uuid, String) {
    let id = new_id();
    let text = id.to_string();
    let mut fields = vec![("id", text.as_str()), ("address", address)];
    fields.extend(events.iter().map(|event| ("events", *event)));
    let page = administrator.post("/desk/webhooks", &fields).await.expect(200).text();
    (id, secret_on(&page, "whsec_"))
}

/// Lets the chore send what is due.
async fn turn(house: &House) {
    let sending = sending::chore();
    chore::enlist(&house.app, &[sending]).await.expect("enlisted");
    house.app.clock.advance(TimeDelta::seconds(6));
    assert!(chore::turn(&house.app, &sending).await.expect("a turn"));
    let row = chore::Entity::find_by_id("send-webhooks").one(&house.app.db).await.expect("rows").expect("a chore");
    assert_eq!(row.error, None);
}

async fn deliveries(house: &House) -> Vec<Delivery> {
    delivery::Entity::find().order_by_asc(delivery::Column::Id).all(&house.app.db).await.expect("deliveries")
}

/// An agency is opened, as the page does it.
async fn something_public(house: &House) {
    let own = house.agency("Sở Thử nghiệm", agency::Kind::Department).await;
    let by = crate::base::By::system();
    let fact = crate::base::Fact::AgencyOpened { name: own.name.clone() };
    house.app.record(&house.app.db, own.id, fact, &by).await.expect("recorded");
    house.react().await;
}

/// What a receiver does with the headers, by itself (Standard Webhooks 1.0, "Verifying").
fn is_genuine(heard: &Heard, secret: &str) -> bool {
    let key = STANDARD.decode(secret.trim_start_matches("whsec_")).expect("a secret");
    let signed = format!("{}.{}.{}", heard.header("webhook-id"), heard.header("webhook-timestamp"), heard.body);
    let code = STANDARD.decode(heard.header("webhook-signature").trim_start_matches("v1,")).expect("a signature");
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &key);
    ring::hmac::verify(&key, signed.as_bytes(), &code).is_ok()
}

story!(a_public_fact_is_told_once_and_signed, |house| {
    let house = open(house);
    let double = Double::open(Behaviour::Status(204)).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    administrator.get("/desk/webhooks").await.expect(200).says("Chưa báo cho hệ thống nào");
    let (id, secret) = added(&administrator, &double.address, &["agency.opened"]).await;
    administrator.get("/desk/webhooks").await.expect(200).says_not(&secret).says("127.0.0.1");
    something_public(&house).await;
    // The reaction may be answered twice.
    for row in fact::Entity::find().all(&house.app.db).await.expect("facts") {
        Delivery::plan(&house.app, &row).await.expect("planned");
    }
    turn(&house).await;
    turn(&house).await;
    let heard = double.heard();
    assert_eq!(heard.len(), 1, "once");
    assert!(is_genuine(&heard[0], &secret));
    let other = Heard { body: heard[0].body.replace("Sở", "Xã"), ..heard[0].clone() };
    assert!(!is_genuine(&other, &secret), "a forged body is found out");
    assert!(!is_genuine(&heard[0], "whsec_AAAA"), "and a forged sender");
    let message: Value = serde_json::from_str(&heard[0].body).expect("JSON");
    assert_eq!(message["type"], "agency.opened");
    assert_eq!(message["data"]["name"], "Sở Thử nghiệm");
    let href = message["data"]["href"].as_str().expect("a link").trim_start_matches("http://localhost").to_owned();
    house.visitor().get(&href).await.expect(200).says("Sở Thử nghiệm");
    let log = administrator.get(&format!("/desk/webhooks/{id}")).await.expect(200);
    log.says("agency.opened").says("HTTP 204").says("Đã nhận");
    let kept = webhook::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("a webhook");
    assert!(!kept.secret.contains(secret.trim_start_matches("whsec_")), "the secret is kept encrypted");
});

story!(what_was_not_asked_for_or_is_not_public_is_not_told, |house| {
    let house = open(house);
    let double = Double::open(Behaviour::Status(200)).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    added(&administrator, &double.address, &["plan.adopted"]).await;
    something_public(&house).await;
    turn(&house).await;
    assert!(double.heard().is_empty());
    assert!(deliveries(&house).await.is_empty(), "signing in and the like are nobody's business");
});

story!(a_failing_receiver_is_tried_again_under_the_same_id, |house| {
    let house = open(house);
    let double = Double::open(Behaviour::Status(500)).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    let (id, _) = added(&administrator, &double.address, &["agency.opened"]).await;
    something_public(&house).await;
    turn(&house).await;
    administrator.get(&format!("/desk/webhooks/{id}")).await.expect(200).says("HTTP 500").says("Sẽ gửi lại");
    turn(&house).await;
    assert_eq!(double.heard().len(), 1, "not before its time");
    double.be(Behaviour::Closes);
    house.app.clock.advance(TimeDelta::seconds(10));
    turn(&house).await;
    assert_eq!(deliveries(&house).await[0].error.as_deref(), Some("not-reached"));
    double.be(Behaviour::Status(200));
    house.app.clock.advance(TimeDelta::minutes(1));
    turn(&house).await;
    let heard = double.heard();
    assert_eq!(heard.len(), 3);
    let ids: Vec<&str> = heard.iter().map(|heard| heard.header("webhook-id")).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(deliveries(&house).await[0].state, State::Delivered);
});

story!(three_days_without_success_are_a_fact_and_a_notice, |house| {
    let house = open(house);
    let double = Double::open(Behaviour::Status(503)).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    let person = administrator.person.expect("signed in");
    let (id, _) = added(&administrator, &double.address, &["agency.opened"]).await;
    something_public(&house).await;
    for _ in 0..20 {
        turn(&house).await;
        house.app.clock.advance(TimeDelta::hours(14));
    }
    let row = deliveries(&house).await.remove(0);
    assert_eq!(row.state, State::Failed);
    assert!(row.settled_at.expect("settled") - row.planned_at <= TimeDelta::days(3) + TimeDelta::hours(14));
    let heard = double.heard().len();
    assert!((5..=10).contains(&heard), "{heard} attempts");
    house.react().await;
    let told = Notice::latest(&house.app.db, &[person], 5).await.expect("notices");
    assert_eq!(told.iter().filter(|notice| notice.key == "notice-webhook-failed").count(), 1);
    // The session ran out meanwhile.
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    administrator.get("/desk/webhooks").await.expect(200).says("1 tin không gửi được");
    double.be(Behaviour::Status(200));
    administrator.post(&format!("/desk/webhooks/{id}/deliveries/{}/resending", row.id), &[]).await.expect(303);
    administrator.post(&format!("/desk/webhooks/{id}/deliveries/{}/resending", row.id), &[]).await.expect(422);
    turn(&house).await;
    assert_eq!(deliveries(&house).await[0].state, State::Delivered, "what was sent again arrives");
    assert_eq!(double.heard().last().map(|heard| heard.header("webhook-id").to_owned()), Some(row.message_id()));
});

story!(a_redirect_is_not_followed_and_a_mute_receiver_is_not_waited_for, |house| {
    let house = open(house);
    let inner = Double::open(Behaviour::Status(200)).await;
    let double = Double::open(Behaviour::Redirects(inner.address.clone())).await;
    let mute = Double::open(Behaviour::Mute).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    added(&administrator, &double.address, &["agency.opened"]).await;
    added(&administrator, &mute.address, &["agency.opened"]).await;
    something_public(&house).await;
    turn(&house).await;
    assert!(inner.heard().is_empty(), "not followed");
    let mut errors: Vec<Option<String>> = deliveries(&house).await.into_iter().map(|delivery| delivery.error).collect();
    errors.sort();
    assert_eq!(errors, [Some("redirect".into()), Some("timed-out".into())]);
});

story!(a_node_that_died_leaves_its_message_to_another, |house| {
    let house = open(house);
    let double = Double::open(Behaviour::Status(200)).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    added(&administrator, &double.address, &["agency.opened"]).await;
    something_public(&house).await;
    // Taken by a node that is killed before it could settle anything.
    let leased = delivery::ActiveModel {
        id: sea_orm::ActiveValue::Set(deliveries(&house).await[0].id),
        leased_until: sea_orm::ActiveValue::Set(Some(house.app.clock.now() + TimeDelta::seconds(60))),
        attempts: sea_orm::ActiveValue::Set(1),
        ..Default::default()
    };
    delivery::Entity::update(leased).exec(&house.app.db).await.expect("leased");
    turn(&house).await;
    assert!(double.heard().is_empty(), "it is another's");
    house.app.clock.advance(TimeDelta::seconds(60));
    turn(&house).await;
    assert_eq!(double.heard().len(), 1);
});

story!(private_addresses_are_refused_when_typed_and_when_called, |house| {
    let double = Double::open(Behaviour::Status(200)).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    let id = new_id().to_string();
    for (address, words) in [
        ("https://127.0.0.1/x", "mạng nội bộ"),
        ("https://127.1/x", "mạng nội bộ"),
        ("https://0x7f000001/x", "mạng nội bộ"),
        ("https://[::1]/x", "mạng nội bộ"),
        ("https://169.254.169.254/latest", "mạng nội bộ"),
        ("https://localhost/x", "mạng nội bộ"),
        ("https://localhost./x", "mạng nội bộ"),
        ("https://intranet/x", "mạng nội bộ"),
        ("http://example.vn/x", "phải là https"),
        ("ftp://example.vn/x", "chưa đúng"),
        ("https://ten:mat-khau@example.vn/", "chưa đúng"),
        ("khong phai dia chi", "chưa đúng"),
    ] {
        let fields = [("id", id.as_str()), ("address", address), ("events", "plan.adopted")];
        administrator.post("/desk/webhooks", &fields).await.expect(422).says(words).says(address);
    }
    // Added while it was allowed; a name is looked at again when the line is opened.
    let allowing = open(house);
    let administrator = allowing.someone(Role::SystemAdministrator, None).await;
    let named = double.address.replace("127.0.0.1", "localhost");
    added(&administrator, &double.address, &["agency.opened"]).await;
    added(&administrator, &named, &["agency.opened"]).await;
    let house = allowing.configured(|config| config.webhooks_private = false);
    something_public(&house).await;
    turn(&house).await;
    let errors: Vec<Option<String>> = deliveries(&house).await.into_iter().map(|delivery| delivery.error).collect();
    assert_eq!(errors, [Some("private".into()), Some("private".into())]);
    assert!(double.heard().is_empty());
});

story!(an_address_is_tried_paused_and_removed, |house| {
    let house = open(house);
    let double = Double::open(Behaviour::Status(200)).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    let (id, secret) = added(&administrator, &double.address, &["agency.opened"]).await;
    administrator.post(&format!("/desk/webhooks/{id}/ping"), &[]).await.expect(303);
    turn(&house).await;
    assert!(double.heard()[0].body.contains("\"ping\"") && is_genuine(&double.heard()[0], &secret));
    let none = [("version", "1")];
    administrator.post(&format!("/desk/webhooks/{id}"), &none).await.expect(422).says("Chọn ít nhất một điều");
    let pause = [("version", "1"), ("events", "agency.opened"), ("paused", "on")];
    administrator.post(&format!("/desk/webhooks/{id}"), &pause).await.expect(303);
    let stale = [("version", "1"), ("events", "plan.adopted")];
    administrator.post(&format!("/desk/webhooks/{id}"), &stale).await.expect(409);
    something_public(&house).await;
    turn(&house).await;
    assert_eq!(double.heard().len(), 1, "paused");
    administrator.post(&format!("/desk/webhooks/{id}/ping"), &[]).await.expect(303);
    administrator.post(&format!("/desk/webhooks/{id}/removal"), &[]).await.expect(303);
    turn(&house).await;
    assert_eq!(double.heard().len(), 1, "what waited is not sent any more");
    administrator.get(&format!("/desk/webhooks/{id}")).await.expect(404);
    let kinds = ["WebhookAdded", "WebhookChanged", "WebhookRemoved"];
    let facts = fact::Model::history(&house.app.db, id, 9).await.expect("facts");
    assert!(kinds.iter().all(|kind| facts.iter().any(|fact| fact.kind == *kind)), "{facts:?}");
});

story!(only_the_system_administrator_connects, |house| {
    let own = house.agency("Sở Thử nghiệm", agency::Kind::Department).await;
    let other = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    other.get("/desk/webhooks").await.expect(403);
    other.post("/desk/webhooks", &[("id", &new_id().to_string())]).await.expect(403);
    assert_eq!(webhook::Entity::find().count(&house.app.db).await.expect("rows"), 0);
});

story!(
    /// Of the work on duties an address is told that something happened, and nothing that anybody wrote.
    what_agencies_hand_in_is_told_without_its_words, |house| {
    use crate::stories::duties::{adopted, agency as known, at, officer, slots};
    let house = open(house);
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let double = Double::open(Behaviour::Status(204)).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    administrator.get("/desk/webhooks").await.expect(200).says("Kết quả được nộp").says("Kỳ báo cáo được chốt");
    let (_, secret) = added(&administrator, &double.address, &["answer.submitted", "answer.returned", "slot.unlocked"]).await;
    let builders = known(&house, "so-xay-dung").await;
    let slot = slots(&house, &builders).await.into_iter().next().expect("a slot");
    let who = officer(&house, &builders).await;
    let fields = [("key", "k1"), ("seen", "0"), ("draft", "0"), ("outcome", "reported"), ("text", "Nội dung kín")];
    who.post(&format!("/desk/duties/{}/answer", slot.id), &fields).await.expect(303);
    house.react().await;
    turn(&house).await;
    let heard = double.heard();
    assert_eq!(heard.len(), 1);
    assert!(is_genuine(&heard[0], &secret));
    let message: Value = serde_json::from_str(&heard[0].body).expect("JSON");
    assert_eq!((message["type"].as_str(), message["data"]["version"].as_u64()), (Some("answer.submitted"), Some(1)));
    let id = |value: Uuid| Value::from(value.to_string());
    let data = &message["data"];
    assert_eq!((&data["id"], &data["agency"], &data["plan"]), (&id(slot.id), &id(builders.id), &id(plan.id)));
    assert!(data["href"].as_str().is_some_and(|href| href.ends_with(&format!("/api/v1/slots/{}", slot.id))));
    let person = who.person.expect("a person").to_string();
    assert!(!heard[0].body.contains("Nội dung kín") && !heard[0].body.contains(&person), "{}", heard[0].body);
});
