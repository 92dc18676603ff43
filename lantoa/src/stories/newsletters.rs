//! Stories of newsletters, over HTTP, on both engines.

mod bounces;
mod digests;
mod following;
mod interrupted;
mod sending;
mod subscribing;
mod words;
mod writing;

use doubles::sink::{Habits, Sink};
use sea_orm::entity::prelude::*;

use crate::base::config::{NewsletterRelay, Newsletters, Smtp};
use crate::base::installation_key::InstallationKey;
use crate::base::{Role, fact, mail, new_id};
use crate::newsletters::delivery::counting::{self, Tally};
use crate::newsletters::delivery::{self, State as Way};
use crate::newsletters::issue::{self, Issue, State};
use crate::newsletters::newsletter::{self, Newsletter};
use crate::newsletters::sending as lanes;
use crate::newsletters::subscriber::{self, Subscriber};
use crate::newsletters::token::{self, Purpose};
use crate::stories::news::{Cast, lawful};
use crate::testing::{Answer, House, Visitor};

const STATEMENT: &str = "Phiếu đăng ký tại hội nghị ngày 10/10/2025, lưu tại văn phòng";

pub async fn sink() -> Sink {
    Sink::start(Habits::default(), 0).await.expect("a sink")
}

/// A house that sends its letters to a sink, and may publish.
pub fn open(house: House, sink: &Sink) -> House {
    lawful(house).configured(|config| {
        config.smtp = Some(Smtp { url: sink.url(), from: "Lan Tỏa <tin@lantoa.test>".into() });
        let relay = NewsletterRelay { url: sink.url(), per_second: 0, connections: 2, letters_per_connection: 10_000 };
        config.newsletters = Newsletters { relays: vec![relay], from: String::new(), return_path: "bounces@lantoa.test".into() };
    })
}

/// A newsletter of the cast's agency; its id.
pub async fn made(cast: &Cast<'_>, name: &str, more: &[(&str, &str)]) -> Uuid {
    let id = new_id().to_string();
    let mut fields = vec![
        ("id", id.as_str()),
        ("name", name),
        ("purpose", "Chỉ để gửi bản tin này"),
        ("scope", "agency"),
        ("rhythm", "by_hand"),
        ("hour", "7"),
        ("weekday", "1"),
        ("language", "vi"),
        ("open", "on"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    cast.administrator.post("/desk/newsletters", &fields).await.expect(303);
    id.parse().expect("an id")
}

/// Brings a list in as the administrator does.
pub async fn brought(cast: &Cast<'_>, newsletter: Uuid, csv: &str) -> Answer {
    let path = format!("/desk/newsletters/{newsletter}/subscribers/import");
    cast.administrator.upload(&path, ("file", "ds.csv", csv.as_bytes()), &[("statement", STATEMENT)]).await
}

/// Subscribers with these names before the @.
pub async fn subscribed(cast: &Cast<'_>, newsletter: Uuid, names: &[&str]) {
    let csv: String = names.iter().map(|name| format!("{name}@example.vn,Người nhận\n")).collect();
    brought(cast, newsletter, &csv).await.expect(200);
}

/// A draft begun by the author, with words of its own; its address on the desk.
pub async fn drafted(house: &House, cast: &Cast<'_>, newsletter: Uuid, words: &str) -> String {
    let path = cast.author.post(&format!("/desk/newsletters/{newsletter}/issues"), &[]).await.expect(303).location().to_owned();
    let there = at_path(house, &path).await;
    saved(house, &cast.author, &path, &[("title", &there.title), ("words", words)]).await.expect(303);
    path
}

/// Saves the form as it stands, with these fields changed.
pub async fn saved(house: &House, who: &Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let there = at_path(house, path).await;
    let ids: Vec<String> = there.items().iter().map(|item| item.article.to_string()).collect();
    let version = there.version.to_string();
    let mut all = vec![("version", version.as_str())];
    all.extend(ids.iter().map(|id| ("items", id.as_str())));
    all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
    all.extend(fields);
    who.post(path, &all).await
}

/// Handed in and approved by somebody else.
pub async fn approved(house: &House, cast: &Cast<'_>, path: &str) {
    act(house, &cast.author, path, "submission", "").await.expect(303);
    act(house, &cast.approver, path, "approval", "").await.expect(303);
}

/// Written, approved and sent as far as it goes now.
pub async fn sent(house: &House, cast: &Cast<'_>, newsletter: Uuid) -> String {
    let path = drafted(house, cast, newsletter, "Lời của số này").await;
    approved(house, cast, &path).await;
    turn(house).await;
    path
}

/// What is due is done.
pub async fn turn(house: &House) {
    lanes::turn(&house.app).await.expect("a turn");
}

/// Presses a button of the issue's page.
pub async fn act(house: &House, who: &Visitor<'_>, path: &str, act: &str, why: &str) -> Answer {
    let version = at_path(house, path).await.version.to_string();
    who.post(&format!("/desk/newsletters/issues/{}/acts/{act}", id(path)), &[("version", &version), ("why", why)]).await
}

/// Colleagues of the same agency, signed in now: who rested for hours is signed out.
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

pub fn id(path: &str) -> Uuid {
    path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id")
}

pub async fn at_path(house: &House, path: &str) -> Issue {
    issue::Entity::find_by_id(id(path)).one(&house.app.db).await.expect("rows").expect("an issue")
}

pub async fn tally(house: &House, path: &str) -> Tally {
    counting::one(&house.app.db, id(path)).await.expect("a tally")
}

pub async fn reader(house: &House, newsletter: Uuid, address: &str) -> Subscriber {
    let of = subscriber::Entity::find().filter(subscriber::Column::Newsletter.eq(newsletter));
    of.filter(subscriber::Column::Address.eq(address)).one(&house.app.db).await.expect("rows").expect("a subscriber")
}

/// How the letter to an address stands.
pub async fn way(house: &House, path: &str, address: &str) -> Way {
    let newsletter = at_path(house, path).await.newsletter;
    let one = reader(house, newsletter, address).await;
    let row = delivery::Entity::find_by_id((id(path), one.id)).one(&house.app.db).await.expect("rows");
    row.expect("a letter").state
}

pub fn link(house: &House, purpose: Purpose, subscriber: Uuid) -> String {
    token::of(&InstallationKey::of(&house.app).expect("the key"), purpose, subscriber)
}

pub async fn the(house: &House, newsletter: Uuid) -> Newsletter {
    newsletter::Entity::find_by_id(newsletter).one(&house.app.db).await.expect("rows").expect("a newsletter")
}

/// Letters of the house itself go out, such as those to confirm.
pub async fn posted(house: &House) {
    (mail::delivery::chore().work)(&house.app).await.expect("the post");
}

/// How many facts of that kind there are about something.
pub async fn facts(house: &House, about: Uuid, kind: &str) -> usize {
    let of = fact::Entity::find().filter(fact::Column::About.eq(about)).filter(fact::Column::Kind.eq(kind));
    of.all(&house.app.db).await.expect("facts").len()
}

/// The account adds up, and is what the sink saw.
pub fn accounted(tally: &Tally, list: u64, sink: &Sink) {
    assert_eq!(tally.all(), list, "{tally:?}");
    assert!(sink.twice().is_empty(), "twice: {:?}", sink.twice());
}
