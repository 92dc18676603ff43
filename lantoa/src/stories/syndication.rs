//! Stories of the open ways out, over HTTP, on both engines.

mod desk;
mod fediverse;
mod hosts;
mod inbox;
mod podcast;
mod press;
mod websub;
mod words;

use axum::body::Body;
use axum::http::Request;
use bytes::Bytes;
use chrono::TimeDelta;
use doubles::mastodon::Mastodon;
use doubles::service::Serving;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};

use crate::base::{Role, fact};
use crate::stories::news::{Cast, lawful};
use crate::syndication::delivery::{self, Delivery};
use crate::syndication::sending;
use crate::testing::{Answer, House, Visitor};

/// The name of the agency's actor.
pub const NAME: &str = "so_y_te";

/// A house that may speak to doubles on loopback, and may publish.
pub fn open(house: House) -> House {
    lawful(house).configured(|config| config.syndication_private = true)
}

/// Switches the actor of the cast's agency on.
pub async fn switched_on(cast: &Cast<'_>) {
    let fields = [("username", NAME), ("name", "Sở Y tế"), ("summary", "Tin chính thức"), ("form", "note")];
    cast.administrator.post(&format!("/desk/syndication/{}", cast.agency.id), &fields).await.expect(303);
}

/// Switches the province's actor on.
pub async fn province_on(house: &House) {
    let coordinator = house.someone(Role::Coordinator, None).await;
    let fields = [("username", "tinh"), ("name", "Tỉnh mẫu"), ("summary", ""), ("form", "note")];
    coordinator.post(&format!("/desk/syndication/{}", Uuid::nil()), &fields).await.expect(303);
}

/// A server like Mastodon at its own address, whose clock is the house's.
pub async fn server(house: &House) -> Serving<Mastodon> {
    let serving = Serving::start(Mastodon::new(house.app.clock.now().timestamp()).expect("a key"), 0).await.expect("a port");
    let base = serving.base();
    serving.double().home = base;
    serving
}

/// The server knows the keys of these actors, as if it had fetched them.
pub async fn introduced(house: &House, server: &Serving<Mastodon>, names: &[&str]) {
    for name in names {
        let document = document(house, &format!("/ap/{name}")).await;
        let key = &document["publicKey"];
        let (id, pem) = (key["id"].as_str().expect("an id"), key["publicKeyPem"].as_str().expect("a key"));
        server.double().known.insert(id.to_owned(), pem.to_owned());
    }
}

/// A document as a server asks for it.
pub async fn asked(house: &House, path: &str) -> Answer {
    let request = Request::get(path).header("accept", "application/activity+json").body(Body::empty());
    house.visitor().send(request.expect("a request")).await
}

pub async fn document(house: &House, path: &str) -> Value {
    serde_json::from_slice(&asked(house, path).await.expect(200).bytes).expect("JSON")
}

/// Brings a call of the double to us.
pub async fn brought(house: &House, call: Request<Bytes>) -> Answer {
    house.visitor().send(call.map(Body::from)).await
}

/// A signed activity of the double's reader.
pub fn call(house: &House, server: &Serving<Mastodon>, path: &str, activity: &Value) -> Request<Bytes> {
    server.double().now_s = house.app.clock.now().timestamp();
    server.double().call("localhost", path, activity)
}

pub fn activity(server: &Serving<Mastodon>, number: u32, kind: &str, object: Value) -> Value {
    let double = server.double();
    json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{}/activities/{number}", double.home),
        "type": kind,
        "actor": double.reader(),
        "object": object,
    })
}

/// The reader follows an actor.
pub async fn follow(house: &House, server: &Serving<Mastodon>, number: u32, name: &str) -> Answer {
    let follow = activity(server, number, "Follow", json!(format!("http://localhost/ap/{name}")));
    brought(house, call(house, server, &format!("/ap/{name}/inbox"), &follow)).await
}

/// Time passes, and what is due is brought.
pub async fn after(house: &House, seconds: i64) {
    house.app.clock.advance(TimeDelta::seconds(seconds));
    sending::turn(&house.app).await.expect("a turn");
}

pub async fn deliveries(house: &House) -> Vec<Delivery> {
    delivery::Entity::find().order_by_asc(delivery::Column::Id).all(&house.app.db).await.expect("deliveries")
}

/// The kinds of activities that a server has shown.
pub fn shown(server: &Serving<Mastodon>) -> Vec<String> {
    let mut kinds: Vec<String> =
        server.double().shown.values().map(|one| one["type"].as_str().unwrap_or_default().to_owned()).collect();
    kinds.sort();
    kinds
}

/// How many facts of that kind there are.
pub async fn facts(house: &House, kind: &str) -> usize {
    fact::Entity::find().filter(fact::Column::Kind.eq(kind)).all(&house.app.db).await.expect("facts").len()
}

/// Corrects an article that is out.
pub async fn corrected(house: &House, who: &Visitor<'_>, path: &str, title: &str) {
    let article = crate::stories::news::at_path(house, path).await;
    let version = article.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", title),
        ("summary", "Tóm tắt đúng"),
        ("text", "Nội dung đúng."),
        ("correction", "Sửa số liệu"),
    ];
    who.post(&format!("/desk/news/{}/correction", article.id), &fields).await.expect(303);
}
