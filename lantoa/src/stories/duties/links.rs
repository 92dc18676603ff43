//! Links that answers give as proof: asked again, lost and found, and only where the operator said so.

use chrono::TimeDelta;
use sea_orm::PaginatorTrait;

use super::answering::{first_slot, press};
use super::*;
use crate::base::{chore, fact};
use crate::duties::Slot;
use crate::duties::link_check::{self, LinkCheck, State};
use crate::story;
use crate::testing::double::{Behaviour, Double};

/// Hands in an answer that leads to the address. Returns its slot.
async fn led_to(house: &House, address: &str) -> Slot {
    at(house, "2026-06-10T09:00:00");
    adopted(house).await;
    let (builders, slot) = first_slot(house).await;
    let who = officer(house, &builders).await;
    who.post(&format!("/desk/duties/{}/links", slot.id), &[("address", address)]).await.expect(303);
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", "Đã đăng bài")).await.expect(303);
    slot
}

/// So many days later the chore has its turn.
async fn days_later(house: &House, days: i64) {
    let links = link_check::chore();
    chore::enlist(&house.app, &[links]).await.expect("enlisted");
    house.app.clock.advance(TimeDelta::days(days));
    assert!(chore::turn(&house.app, &links).await.expect("a turn"));
    let row = chore::Entity::find_by_id("check-links").one(&house.app.db).await.expect("rows").expect("a chore");
    assert_eq!(row.error, None);
    house.react().await;
}

async fn check(house: &House) -> LinkCheck {
    link_check::Entity::find().one(&house.app.db).await.expect("rows").expect("a check")
}

async fn recorded(house: &House, kind: &str) -> u64 {
    fact::Entity::find().filter(fact::Column::Kind.eq(kind)).count(&house.app.db).await.expect("facts")
}

fn allowed(house: House) -> House {
    house.configured(|config| {
        config.check_links = true;
        config.webhooks_private = true;
    })
}

story!(a_link_is_asked_again_lost_after_three_days_and_found, |house| {
    let house = allowed(house);
    let double = Double::open(Behaviour::Status(200)).await;
    let slot = led_to(&house, &double.address).await;
    let page = |role| {
        let (house, slot) = (&house, &slot);
        async move {
            let owner = Agency::find(&house.app.db, slot.agency).await.expect("the agency");
            house.someone(role, Some(&owner)).await.get(&format!("/desk/duties/{}", slot.id)).await.expect(200)
        }
    };
    days_later(&house, 0).await;
    assert_eq!((double.heard().len(), check(&house).await.state), (1, State::Open));
    assert!(double.heard()[0].head.starts_with("HEAD "), "its head alone");
    page(Role::Officer).await.says("mở được ngày 10/6/2026");
    days_later(&house, 1).await;
    assert_eq!(double.heard().len(), 1, "once a week");
    double.be(Behaviour::Status(404));
    days_later(&house, 6).await;
    assert_eq!(double.heard().len(), 3, "a server may know no HEAD, so the page itself is asked for");
    page(Role::Officer).await.says("ngày 17/6/2026 chưa mở được, sẽ thử lại");
    double.be(Behaviour::Closes);
    days_later(&house, 1).await;
    assert_eq!(recorded(&house, "ProofLinkLost").await, 0, "two bad days are no loss");
    days_later(&house, 1).await;
    assert_eq!(check(&house).await.state, State::Lost);
    page(Role::Officer).await.says("không mở được nữa").says("lần cuối mở được ngày 10/6/2026");
    days_later(&house, 7).await;
    assert_eq!(recorded(&house, "ProofLinkLost").await, 1, "said once");
    let notice = page(Role::Officer).await;
    notice.says("Đường dẫn minh chứng tới 127.0.0.1 không mở được nữa");
    double.be(Behaviour::Redirects("/noi-khac".into()));
    days_later(&house, 7).await;
    assert_eq!((recorded(&house, "ProofLinkFound").await, check(&house).await.failures), (1, 0));
});

story!(nothing_is_asked_unless_the_operator_said_so_nor_inside_private_networks, |house| {
    let double = Double::open(Behaviour::Status(200)).await;
    let house = house.configured(|config| config.webhooks_private = true);
    let slot = led_to(&house, &double.address).await;
    // What was taken while the operator allowed it is there still when they do not any more.
    let house = house.configured(|config| config.webhooks_private = false);
    days_later(&house, 0).await;
    assert!(double.heard().is_empty(), "off unless said");
    let house = house.configured(|config| config.check_links = true);
    days_later(&house, 1).await;
    assert!(double.heard().is_empty(), "what only we can reach is not knocked at");
    assert_eq!(check(&house).await.state, State::Guarded);
    let owner = Agency::find(&house.app.db, slot.agency).await.expect("the agency");
    let who = officer(&house, &owner).await;
    who.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).says("địa chỉ trong mạng nội bộ");
    let coordinator = house.someone(Role::Coordinator, None).await;
    coordinator.get("/desk/progress/proofs").await.expect(200).says("địa chỉ trong mạng nội bộ");
});

story!(a_page_behind_a_sign_in_is_neither_open_nor_lost, |house| {
    let house = allowed(house);
    let double = Double::open(Behaviour::Status(403)).await;
    led_to(&house, &double.address).await;
    for _ in 0..4 {
        days_later(&house, 8).await;
    }
    assert_eq!((double.heard().len(), check(&house).await.state), (4, State::Guarded));
    assert_eq!(recorded(&house, "ProofLinkLost").await, 0);
});
