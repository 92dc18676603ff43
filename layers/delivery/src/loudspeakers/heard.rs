//! What devices say. Each message is taken once, or refused with the reason; either way its words are kept, for a while.
//!
//! A message is believed when the device is known and in service, its clock can be right, it is no older than the door believes, it can
//! be read through the mapping, and it was not there before. The door's memory is this table: any node knows a repeated message.
//! // recorded by settling

mod reading;
mod settling;

use chrono::{DateTime, Utc};
use loudspeakers::device::Subject;
use sea_orm::Iterable;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use self::reading::Read;
use super::cluster::{self, Cluster};
use super::device;
use super::line::terms;
use crate::base::digest::sha256;
use crate::base::{App, new_id};
use crate::web::Error;

/// So many letters of a message are kept. (What is larger than the mapping takes is refused, and its beginning is kept.)
const RAW_LETTERS_MAX: usize = 16_000;

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
pub enum Kind {
    Heartbeat,
    /// Of play: a claim.
    Report,
    /// Power went or came back.
    Power,
    /// The device has an order.
    Acknowledgement,
    /// The broker says that the device is gone (last will).
    Offline,
}

impl Kind {
    /// The kind of message that a topic is for; None for topics on which we speak.
    #[must_use]
    pub const fn of(subject: Subject) -> Option<Self> {
        match subject {
            Subject::Heartbeat => Some(Self::Heartbeat),
            Subject::Log => Some(Self::Report),
            Subject::Power => Some(Self::Power),
            Subject::Acknowledgement => Some(Self::Acknowledgement),
            Subject::Offline => Some(Self::Offline),
            _ => None,
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("loud-heard-{}", self.to_value().replace('_', "-"))
    }
}

/// By which line it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
pub enum How {
    Http,
    Mqtt,
}

/// Why a message is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter)]
pub enum Refusal {
    UnknownDevice,
    /// The cluster was taken out of service.
    OutOfService,
    /// The clock stands before the system was built, as after a power cut: 1970.
    ClockUnset,
    ClockAhead,
    /// Older than messages are believed for.
    Old,
    Replayed,
    /// It can not be read: no JSON, a field missing or of another kind, too large.
    Malformed,
    /// It says that it is of another device than the one that is logged in.
    OtherDevice,
}

impl Refusal {
    /// The word kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownDevice => "unknown-device",
            Self::OutOfService => "out-of-service",
            Self::ClockUnset => "clock-unset",
            Self::ClockAhead => "clock-ahead",
            Self::Old => "old",
            Self::Replayed => "replayed",
            Self::Malformed => "malformed",
            Self::OtherDevice => "other-device",
        }
    }

    /// Reads what [`Refusal::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::iter().find(|one| one.code() == code)
    }
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Taken,
    /// With the particulars, for a log: which field, how many seconds.
    Refused(Refusal, String),
}

impl Verdict {
    #[must_use]
    pub fn is_taken(&self) -> bool {
        *self == Self::Taken
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loudspeaker_heard")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// None for a device that nobody knows.
    pub cluster: Option<Uuid>,
    /// As it called itself, or as its topic or log-in says.
    pub device: String,
    pub kind: Kind,
    pub how: How,
    /// Of what makes the message this one; of a refused one its own id, so that it stands in nobody's way.
    pub digest: String,
    /// The airing that is reported, or the order that is acknowledged.
    pub about: String,
    /// The device's time: when it began to play, when the power went, when it sent this.
    pub at: Option<DateTimeUtc>,
    pub received_at: DateTimeUtc,
    /// Whether it plays, where it says so.
    pub active: Option<bool>,
    /// How long it played.
    pub seconds: Option<i32>,
    /// Drawn, in milliwatts, where it measures that.
    pub power_mw: Option<i32>,
    /// `taken`, or a word of [`Refusal`].
    pub verdict: String,
    #[sea_orm(column_type = "Text")]
    pub says: String,
    #[sea_orm(column_type = "Text")]
    pub raw: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Heard = Model;

pub const TAKEN: &str = "taken";

/// A message as it came in.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The device as its topic or its log-in names it.
    pub device: &'a str,
    pub kind: Kind,
    pub raw: &'a [u8],
    pub how: How,
}

/// Takes a message, or refuses it. Either way a row says so, once; what follows from it (the cluster is seen, an order is acknowledged, a
/// play is to be judged) is in the same transaction.
///
/// # Errors
/// The database failed: the message was not taken, and may be given again.
pub async fn take(app: &App, incoming: &Incoming<'_>) -> Result<Verdict, Error> {
    let now = app.clock.now();
    let mapping = terms::mapping(app)?;
    let cluster = device::find(app, incoming.device).await?;
    let read = match &cluster {
        None => Err((Refusal::UnknownDevice, incoming.device.to_owned())),
        Some(cluster) if cluster.state == cluster::State::Stopped => Err((Refusal::OutOfService, cluster.name.clone())),
        Some(_) => reading::read(incoming, &mapping, now),
    };
    match (cluster, read) {
        (Some(cluster), Ok(read)) => settling::taken(app, incoming, cluster, read).await,
        (cluster, Err((refusal, says))) => settling::refused(app, incoming, cluster.as_ref(), refusal, says).await,
        (None, Ok(_)) => Ok(Verdict::Refused(Refusal::UnknownDevice, incoming.device.to_owned())),
    }
}

fn taken(incoming: &Incoming<'_>, cluster: &Cluster, read: &Read, now: DateTime<Utc>) -> Heard {
    Heard {
        id: new_id(),
        cluster: Some(cluster.id),
        device: cluster.device.clone(),
        kind: incoming.kind,
        how: incoming.how,
        digest: sha256(format!("{}\u{1f}{}", incoming.kind.to_value(), read.id).as_bytes()),
        about: read.about.clone(),
        at: read.at,
        received_at: now,
        active: read.active,
        seconds: read.seconds,
        power_mw: read.power_mw,
        verdict: TAKEN.into(),
        says: read.says.clone(),
        raw: kept(incoming.raw),
    }
}

fn refused(incoming: &Incoming<'_>, cluster: Option<&Cluster>, refusal: Refusal, says: &str, now: DateTime<Utc>) -> Heard {
    let id = new_id();
    let short = |text: &str, most: usize| text.chars().filter(|letter| *letter != '\0').take(most).collect::<String>();
    Heard {
        id,
        cluster: cluster.map(|one| one.id),
        device: short(incoming.device, 100),
        kind: incoming.kind,
        how: incoming.how,
        digest: id.to_string(),
        about: String::new(),
        at: None,
        received_at: now,
        active: None,
        seconds: None,
        power_mw: None,
        verdict: refusal.code().into(),
        says: short(says, 500),
        raw: kept(incoming.raw),
    }
}

/// As text that both engines keep.
fn kept(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).chars().filter(|letter| *letter != '\0').take(RAW_LETTERS_MAX).collect()
}

/// Puts the row in; false when the same message is there already.
async fn put(on: &impl ConnectionTrait, row: &Heard) -> Result<bool, DbErr> {
    let once = OnConflict::columns([Column::Device, Column::Digest]).do_nothing().to_owned();
    Ok(Entity::insert(ActiveModel::from(row.clone())).on_conflict(once).exec_without_returning(on).await? > 0)
}
