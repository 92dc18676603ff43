//! Stories of channels, over HTTP, on both engines.

mod accounts;
mod asking;
pub mod bot;
mod broadcasts;
mod deciding;
mod following;
mod heart;
mod hundred;
mod limits;
mod mailing;
mod missed;
mod outcomes;
mod planning;
pub mod platforms;
mod suggestions;
mod tiktok;
mod told;
mod words;
mod writing;
mod youtube;
mod zns;

use chrono::TimeDelta;
pub use doubles::films;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use self::bot::Bot;
use crate::base::{Role, fact, new_id};
use crate::channels::account::{self, Account};
use crate::channels::delivery::{self, Delivery, State};
use crate::channels::piece::{self, Piece};
use crate::channels::sending;
use crate::people::Notice;
use crate::stories::news::{Cast, lawful};
use crate::testing::{Answer, House, Visitor};

/// A house that lets its channels speak to doubles on loopback, and may publish.
pub fn open(house: House) -> House {
    lawful(house).configured(|config| config.channels_private = true)
}

/// Connects a Telegram channel of the cast's agency to a double; returns its id.
pub async fn connected(cast: &Cast<'_>, name: &str, bot: &Bot, more: &[(&str, &str)]) -> Uuid {
    let id = new_id();
    let text = id.to_string();
    let mut fields = vec![
        ("id", text.as_str()),
        ("platform", "telegram"),
        ("name", name),
        ("chat", "@kenhthu"),
        ("token", bot::TOKEN),
        ("lookup_chat", "-1002"),
        ("api", bot.address.as_str()),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    cast.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
    id
}

/// A piece of the author's for these accounts, its words written; its address on the desk.
pub async fn piece(house: &House, who: &Visitor<'_>, title: &str, accounts: &[Uuid], more: &[(&str, &str)]) -> String {
    let ids: Vec<String> = accounts.iter().map(Uuid::to_string).collect();
    let mut fields = vec![("title", title)];
    fields.extend(ids.iter().map(|id| ("accounts", id.as_str())));
    fields.extend(more);
    let path = who.post("/desk/channels/pieces", &fields).await.expect(303).location().to_owned();
    for row in deliveries(house, &path).await {
        if row.text.is_empty() {
            written(who, &row, &format!("Lời của {title}")).await.expect(303);
        }
    }
    path
}

/// Saves the words of a variant.
pub async fn written(who: &Visitor<'_>, row: &Delivery, text: &str) -> Answer {
    let version = row.version.to_string();
    let path = format!("/desk/channels/pieces/{}/variants/{}", row.piece, row.id);
    who.post(&path, &[("version", &version), ("text", text), ("link", &row.link), ("title", &row.title)]).await
}

/// Colleagues of the same agencies, signed in now: who rested for hours is signed out.
pub async fn anew<'a>(house: &'a House, cast: &Cast<'_>) -> Cast<'a> {
    let (agency, other_agency) = (cast.agency.clone(), cast.other_agency.clone());
    Cast {
        author: house.someone(Role::Officer, Some(&agency)).await,
        reviewer: house.someone(Role::Reviewer, Some(&agency)).await,
        approver: house.someone(Role::Approver, Some(&agency)).await,
        administrator: house.someone(Role::AgencyAdministrator, Some(&agency)).await,
        stranger: house.someone(Role::Officer, Some(&other_agency)).await,
        agency,
        other_agency,
        section: cast.section,
    }
}

/// Handed in and approved by somebody else.
pub async fn approved(house: &House, cast: &Cast<'_>, path: &str) {
    act(house, &cast.author, path, "submission", "").await.expect(303);
    act(house, &cast.approver, path, "approval", "").await.expect(303);
}

/// Presses a button of the piece's page.
pub async fn act(house: &House, who: &Visitor<'_>, path: &str, act: &str, why: &str) -> Answer {
    let version = at_path(house, path).await.version.to_string();
    who.post(&format!("/desk/channels/pieces/{}/acts/{act}", id(path)), &[("version", &version), ("why", why)]).await
}

/// Decides about a delivery as it stands now.
pub async fn decide(house: &House, who: &Visitor<'_>, row: &Delivery, act: &str, fields: &[(&str, &str)]) -> Answer {
    let version = the(house, row.id).await.version.to_string();
    let fields = [fields, &[("version", version.as_str())]].concat();
    who.post(&format!("/desk/channels/pieces/{}/variants/{}/acts/{act}", row.piece, row.id), &fields).await
}

pub fn id(path: &str) -> Uuid {
    path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id")
}

pub async fn at_path(house: &House, path: &str) -> Piece {
    piece::Entity::find_by_id(id(path)).one(&house.app.db).await.expect("rows").expect("a piece")
}

pub async fn deliveries(house: &House, path: &str) -> Vec<Delivery> {
    Delivery::of(&house.app.db, id(path)).await.expect("deliveries")
}

/// The delivery of an account, of the latest piece.
pub async fn of(house: &House, account: Uuid) -> Delivery {
    let of = delivery::Entity::find().filter(delivery::Column::Account.eq(account)).order_by_desc(delivery::Column::Id);
    of.limit(1).one(&house.app.db).await.expect("rows").expect("a delivery")
}

pub async fn the(house: &House, id: Uuid) -> Delivery {
    delivery::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("a delivery")
}

pub async fn the_account(house: &House, id: Uuid) -> Account {
    account::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("an account")
}

/// Time passes, and what is due is done.
pub async fn after(house: &House, seconds: i64) {
    house.app.clock.advance(TimeDelta::seconds(seconds));
    sending::turn(&house.app).await.expect("a turn");
}

pub async fn is_in(house: &House, account: Uuid, state: State) {
    let row = of(house, account).await;
    assert_eq!(row.state, state, "{row:?}");
}

/// How many facts of that kind there are about a piece or an account.
pub async fn facts(house: &House, about: Uuid, kind: &str) -> usize {
    let of = fact::Entity::find().filter(fact::Column::About.eq(about)).filter(fact::Column::Kind.eq(kind));
    of.all(&house.app.db).await.expect("facts").len()
}

/// How often somebody was told that.
pub async fn heard(house: &House, who: &Visitor<'_>, key: &str) -> usize {
    house.react().await;
    let notices = Notice::latest(&house.app.db, &[who.person.expect("a person")], 100).await.expect("notices");
    notices.iter().filter(|notice| notice.key == key).count()
}
