//! Stories of push, over HTTP and against a push service's double, on both engines.

mod sending;
mod subscribing;
mod words;

use chrono::TimeDelta;
use doubles::Trick;
use doubles::push::{PushService, Shown};
use doubles::service::Serving;
use sea_orm::entity::prelude::*;

use crate::base::copies::{Stand, copies, counts};
use crate::base::fact;
use crate::push::order::delivery::{self, Delivery, State as Way};
use crate::push::order::{self, Kind, Order, State};
use crate::push::{keys, sending as sender, subscription};
use crate::stories::news::{Cast, act as act_on_article, at_path as article_at, id as article_id, lawful};
use crate::testing::{Answer, House, Visitor};

/// A house that may publish and that lets push speak to doubles on loopback.
pub fn open(house: House) -> House {
    lawful(house).configured(|config| config.channels_private = true)
}

/// A push service whose clock is the house's.
pub async fn service(house: &House) -> Serving<PushService> {
    let double = PushService { now_s: house.app.clock.now().timestamp(), ..PushService::default() };
    Serving::start(double, 0).await.expect("a port")
}

/// The agency's administrator says when articles of the cast's section are announced.
pub async fn switched(house: &House, cast: &Cast<'_>, mode: &str) {
    let set = crate::push::Setting::of_agency(&house.app.db, cast.agency.id).await.expect("settings");
    let version = set.get(&cast.section).map_or(0, |one| one.version).to_string();
    let to = format!("/desk/push/sections/{}", cast.section);
    cast.administrator.post(&to, &[("mode", mode), ("version", &version)]).await.expect(303);
}

/// A browser subscribes, as its page hands it in; its subscription's JSON.
pub async fn subscribed(house: &House, service: &Serving<PushService>, seed: u8, about: &str) -> String {
    let key = keys::of(&house.app).await.expect("keys").public();
    let json = service.double().subscribe(&service.base(), seed, &key);
    hand_in(&house.visitor(), &json, about).await.expect(303);
    json
}

pub async fn hand_in(visitor: &Visitor<'_>, json: &str, about: &str) -> Answer {
    visitor.post("/nhan-thong-bao", &[("subscription", json), ("about", about)]).await
}

/// What a browser shows.
pub fn shown(service: &Serving<PushService>, seed: u8) -> Vec<Shown> {
    service.double().browsers.get(&format!("browser-{seed}")).map(|one| one.shown.clone()).unwrap_or_default()
}

/// Time passes, and what is due is sent.
pub async fn after(house: &House, service: &Serving<PushService>, seconds: i64) {
    house.app.clock.advance(TimeDelta::seconds(seconds));
    service.double().now_s = house.app.clock.now().timestamp();
    house.react().await;
    while sender::turn(&house.app).await.expect("a turn") > 0 {}
}

pub async fn the_order(house: &House, path: &str, kind: Kind) -> Order {
    let orders = Order::of(&house.app.db, article_id(path).parse().expect("an id")).await.expect("orders");
    orders.into_iter().find(|one| one.kind == kind).expect("the order")
}

/// How many deliveries of the order stand so.
pub async fn standing(house: &House, order: &Order, state: Way) -> i64 {
    Delivery::counts(&house.app.db, order.id).await.expect("counts").of(state)
}
