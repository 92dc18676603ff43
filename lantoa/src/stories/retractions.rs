//! Stories of retractions, over HTTP, on both engines. Channels and news answer with what they have; a capability that carries letters
//! or plays bulletins is stood in for by what a test says it has.

mod clock;
mod keeping;
mod opening;
mod reading;
mod requests;
mod words;

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use chrono::TimeDelta;
use futures_util::future::BoxFuture;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::copies::{Copy, Stand};
use crate::base::{App, fact, new_id};
use crate::people::Notice;
use crate::retractions::case::{self, Retraction};
use crate::retractions::found::Found;
use crate::retractions::looking;
use crate::stories::news::{Cast, act as act_on_article, at_path as article_at, id as article_id, lawful};
use crate::testing::{Answer, House, Visitor};
use crate::web::Result;

/// What the stand-in has of an article.
static SAID: LazyLock<Mutex<HashMap<Uuid, Vec<Copy>>>> = LazyLock::new(Mutex::default);

fn said(_: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Copy>>> {
    let all = SAID.lock().expect("what is said").get(&article).cloned().unwrap_or_default();
    Box::pin(async move { Ok(all) })
}

/// A house that may publish, with the stand-in in it.
pub fn open(house: House) -> House {
    lawful(house).copying("webhooks", said)
}

/// A copy of the stand-in.
pub fn copy(house: &House, agency: Uuid, (channel, place): (&'static str, &str), stand: Stand) -> Copy {
    Copy {
        id: new_id(),
        channel,
        agency,
        place: place.into(),
        href: "/desk/channels/pieces".into(),
        address: Some("https://example.vn/bai".into()),
        recipients: (channel == "newsletter").then_some(1200),
        stand,
        since: house.app.clock.now(),
        proof: "250 2.0.0 queued".into(),
    }
}

/// The stand-in has these of the article from now on.
pub fn says(path: &str, copies: &[Copy]) {
    SAID.lock().expect("what is said").insert(id(path), copies.to_vec());
}

/// The stand-in's copy stands elsewhere from now on.
pub fn moves(house: &House, path: &str, place: &str, stand: Stand, proof: &str) {
    let mut all = SAID.lock().expect("what is said");
    let one = all.get_mut(&id(path)).and_then(|copies| copies.iter_mut().find(|one| one.place == place)).expect("the copy");
    (one.stand, one.since, one.proof) = (stand, house.app.clock.now(), proof.into());
}

pub fn id(path: &str) -> Uuid {
    article_id(path).parse().expect("an id")
}

/// Withdraws, or takes down, an article.
pub async fn gone(house: &House, who: &Visitor<'_>, path: &str, act: &str) {
    act_on_article(house, who, path, act, &[(act, "Sai số liệu"), ("fate", "stays")]).await.expect(303);
    house.react().await;
}

/// Corrects an article.
pub async fn corrected(house: &House, cast: &Cast<'_>, path: &str, text: &str) {
    let article = article_at(house, path).await;
    let version = article.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", article.title.as_str()),
        ("summary", "Tóm tắt đúng"),
        ("text", text),
        ("correction", "Sửa số liệu"),
    ];
    cast.approver.post(&format!("/desk/news/{}/correction", article_id(path)), &fields).await.expect(303);
    house.react().await;
}

/// The latest case of the article.
pub async fn case_of(house: &House, path: &str) -> Option<Retraction> {
    let of = case::Entity::find().filter(case::Column::Article.eq(id(path))).order_by_desc(case::Column::OpenedAt);
    of.one(&house.app.db).await.expect("rows")
}

pub async fn the_case(house: &House, path: &str) -> Retraction {
    case_of(house, path).await.expect("a case")
}

/// The copy of the article's latest case at that place.
pub async fn found(house: &House, path: &str, place: &str) -> Found {
    let case = the_case(house, path).await;
    let all = Found::of(&house.app.db, case.id).await.expect("copies");
    all.into_iter().find(|one| one.place == place).unwrap_or_else(|| panic!("no copy at {place}"))
}

/// Presses a button of the case's page.
pub async fn act(house: &House, who: &Visitor<'_>, path: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
    let case = the_case(house, path).await;
    let version = case.version.to_string();
    let fields = [fields, &[("version", version.as_str())]].concat();
    who.post(&format!("/desk/retractions/{}/acts/{act}", case.id), &fields).await
}

/// Decides about a copy as it stands now.
pub async fn decide(house: &House, who: &Visitor<'_>, path: &str, (place, act): (&str, &str), why: &str) -> Answer {
    let one = found(house, path, place).await;
    let version = one.version.to_string();
    let to = format!("/desk/retractions/{}/copies/{}/{act}", one.retraction, one.id);
    who.post(&to, &[("version", &version), ("why", why)]).await
}

/// Time passes, and the chore looks.
pub async fn looked(house: &House, seconds: i64) {
    house.app.clock.advance(TimeDelta::seconds(seconds));
    looking::turn(&house.app).await.expect("a turn");
}

/// How many facts of that kind there are about the case.
pub async fn facts(house: &House, about: Uuid, kind: &str) -> usize {
    let of = fact::Entity::find().filter(fact::Column::About.eq(about)).filter(fact::Column::Kind.eq(kind));
    of.all(&house.app.db).await.expect("facts").len()
}

/// How often somebody, or an agency, was told that.
pub async fn heard(house: &House, recipient: Uuid, key: &str) -> usize {
    house.react().await;
    let notices = Notice::latest(&house.app.db, &[recipient], 100).await.expect("notices");
    notices.iter().filter(|notice| notice.key == key).count()
}
