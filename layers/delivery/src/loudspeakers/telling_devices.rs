//! The orders that an airing makes: to play, to stop, to show, and how loud. // recorded by the airing's fact

use chrono::{DateTime, TimeDelta, Utc};
use loudspeakers::device::{Fetch, LedEnvelope, LedKind, LedSchedule, Order as Plain, Play as PlayMessage, Volume};
use sea_orm::entity::prelude::*;

use super::airing::Airing;
use super::bulletin::Bulletin;
use super::cluster::Cluster;
use super::order::{self, Kind, Message, Order, State};
use super::play::Play;
use crate::base::{App, new_id};

/// An order to play is good for so long: what comes later would begin at the wrong second.
const PLAY_GOOD_FOR_S: i64 = 60;
const STOP_GOOD_FOR_S: i64 = 600;
/// So long before its minute clusters are told to fetch the sound, over this time one after the other: the line is thin.
const FETCH_MIN: i64 = 45;
const FETCH_OVER_MIN: i64 = 15;
/// Closer to its minute it would be of no use.
const FETCH_LEFT_S: i64 = 30;
/// How long a board shows what it was told.
const BOARD_H: i64 = 24;
const CHUNK: usize = 300;

fn fresh(cluster: Uuid, kind: Kind, (due_at, good_for): (DateTime<Utc>, TimeDelta), now: DateTime<Utc>) -> Order {
    Order {
        id: new_id(),
        cluster,
        play: None,
        kind,
        payload: String::new(),
        made_at: now,
        due_at,
        expires_at: due_at + good_for,
        leased_until: None,
        sent_at: None,
        acknowledged_at: None,
        attempts: 0,
        state: State::Waiting,
        says: String::new(),
        version: 1,
    }
}

fn saying(order: Order, message: &Message) -> Result<Order, serde_json::Error> {
    Ok(Order { payload: serde_json::to_string(message)?, ..order })
}

/// To play, from a second of the sound on.
///
/// # Errors
/// It can not be written as JSON.
pub fn play(
    app: &App,
    bulletin: &Bulletin,
    airing: &Airing,
    play: &Play,
    (from_s, due_at): (u32, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Order, serde_json::Error> {
    let order = fresh(play.cluster, Kind::Play, (due_at, TimeDelta::seconds(PLAY_GOOD_FOR_S)), now);
    let message = PlayMessage {
        id: order.id.to_string(),
        sent_at: now,
        bulletin: airing.id.to_string(),
        content: bulletin.sound.map(|sound| format!("{}{}", app.config.public_url(), sound_path(bulletin, sound))),
        precedence: airing.precedence.of_leaf(),
        from_s: (from_s > 0).then_some(from_s.into()),
        duration_s: u64::try_from(airing.duration_s).ok(),
    };
    saying(Order { play: Some(play.id), ..order }, &Message::Play(message))
}

/// Where the device fetches the sound: a public file of the library.
fn sound_path(bulletin: &Bulletin, sound: Uuid) -> String {
    format!("/tu-lieu/{sound}/{}", &bulletin.sound_sha256[..bulletin.sound_sha256.len().min(12)])
}

/// The same, made ahead of time: it is sent only when the cluster's airtime says so.
///
/// # Errors
/// It can not be written as JSON.
pub fn play_ahead(
    app: &App,
    bulletin: &Bulletin,
    airing: &Airing,
    one: &Play,
    now: DateTime<Utc>,
) -> Result<Order, serde_json::Error> {
    let order = play(app, bulletin, airing, one, (0, airing.begins_at), now)?;
    Ok(Order { state: State::Planned, ..order })
}

/// To fetch the sound some time before it is aired, so that the minute itself does not hang on the line; None for what is aired at once.
///
/// # Errors
/// It can not be written as JSON.
pub fn fetch(
    app: &App,
    bulletin: &Bulletin,
    airing: &Airing,
    play: &Play,
    now: DateTime<Utc>,
) -> Result<Option<Order>, serde_json::Error> {
    let from = std::cmp::max(now, airing.begins_at - TimeDelta::minutes(FETCH_MIN));
    let left = airing.begins_at - from;
    let Some(sound) = bulletin.sound.filter(|_| left >= TimeDelta::seconds(FETCH_LEFT_S)) else { return Ok(None) };
    // At least ten seconds: a third of what is left.
    let over = std::cmp::min(left / 3, TimeDelta::minutes(FETCH_OVER_MIN));
    let due_at = from + TimeDelta::seconds(play.number.rem_euclid(over.num_seconds()));
    let order = fresh(play.cluster, Kind::Fetch, (due_at, airing.begins_at - due_at), now);
    let message = Fetch {
        id: order.id.to_string(),
        sent_at: now,
        bulletin: airing.id.to_string(),
        content: format!("{}{}", app.config.public_url(), sound_path(bulletin, sound)),
        sha256: bulletin.sound_sha256.clone(),
        begins_at: Some(airing.begins_at),
    };
    saying(Order { play: Some(play.id), ..order }, &Message::Fetch(message)).map(Some)
}

/// To stop, if it plays that airing.
///
/// # Errors
/// It can not be written as JSON.
pub fn stop(play: &Play, now: DateTime<Utc>) -> Result<Order, serde_json::Error> {
    let order = fresh(play.cluster, Kind::Stop, (now, TimeDelta::seconds(STOP_GOOD_FOR_S)), now);
    let message = Plain { id: order.id.to_string(), sent_at: now, address: Some(play.airing.to_string()) };
    saying(Order { play: Some(play.id), ..order }, &Message::Plain(message))
}

/// What a notice board shows from the airing's time on, or shows no more. Its `play` is the airing.
///
/// # Errors
/// It can not be written as JSON.
pub fn board(
    app: &App,
    bulletin: &Bulletin,
    airing: &Airing,
    board: &Cluster,
    active: bool,
    now: DateTime<Utc>,
) -> Result<Order, serde_json::Error> {
    let shown = airing.good_for().unwrap_or_else(|| TimeDelta::hours(BOARD_H));
    let (due_at, good_for) = if active { (airing.begins_at, shown) } else { (now, TimeDelta::hours(BOARD_H)) };
    let order = fresh(board.id, Kind::Board, (due_at, good_for), now);
    let emergency = airing.precedence == super::airing::Precedence::Emergency;
    let text = Some(bulletin.board.trim().to_owned()).filter(|text| !text.is_empty());
    let media = bulletin.picture_path(board.screen()).map(|path| format!("{}{path}", app.config.public_url()));
    let schedule = LedSchedule {
        id: airing.id.to_string(),
        made_at: Some(now),
        duration_s: None,
        loops: None,
        idle_s: None,
        daily: Some(false),
        from: Some(airing.begins_at),
        to: Some(airing.begins_at + shown),
        active: Some(active),
        times_s: Vec::new(),
        weekdays: Vec::new(),
        songs: Vec::new(),
        kind: match &media {
            _ if emergency => LedKind::Notice,
            Some(_) => LedKind::Picture,
            None => LedKind::Text,
        },
        full_screen: Some(emergency || text.is_none()),
        text,
        media,
        colour: None,
        priority: Some(if emergency { 0 } else { 5 }),
    };
    let envelope = LedEnvelope { id: order.id.to_string(), sent_at: now, sender: None, leader_only: None, schedule };
    saying(Order { play: Some(airing.id), ..order }, &Message::Board(Box::new(envelope)))
}

/// How loud it is to be from now on.
///
/// # Errors
/// It can not be written as JSON.
pub fn volume(cluster: &Cluster, now: DateTime<Utc>) -> Result<Order, serde_json::Error> {
    let order = fresh(cluster.id, Kind::Volume, (now, TimeDelta::hours(1)), now);
    let message = Volume { id: order.id.to_string(), sent_at: now, volume: cluster.volume.into() };
    saying(order, &Message::Volume(message))
}

/// Puts them in.
///
/// # Errors
/// The database failed.
pub async fn put(on: &impl ConnectionTrait, orders: Vec<Order>) -> Result<(), DbErr> {
    for some in orders.chunks(CHUNK) {
        let rows = some.iter().cloned().map(order::ActiveModel::from);
        order::Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}
