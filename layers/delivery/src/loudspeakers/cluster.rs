//! A cluster: what stands on a pole and is told things by the line, or a notice board.

pub mod importing;
pub mod keeping;
pub mod screen;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, QueryOrder};

use self::screen::Screen;
use super::heard::How;
use super::rights;
use crate::base::{App, Who};
use crate::web::{Error, Locale};

/// A device that was not heard for so long is gone: devices send a heartbeat every 20 to 30 seconds, and three may be lost.
pub const GONE_AFTER_S: i64 = 90;

/// What kind of device it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    Speaker,
    /// An electronic notice board: takes text and pictures.
    Board,
}

impl Kind {
    /// Reads the word of a form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::iter().find(|one| one.to_value() == code)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("loud-kind-{}", self.to_value())
    }
}

/// Whether it is in service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Active,
    /// A person took it out of service: it is told nothing, and not expected to play.
    Stopped,
}

/// How a cluster is seen to stand now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter)]
pub enum Standing {
    /// It said that it played what it can not have played.
    Lies,
    PowerLost,
    Offline,
    /// It was never heard.
    Never,
    Online,
    Stopped,
}

impl Standing {
    /// The word in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lies => "lies",
            Self::PowerLost => "power",
            Self::Offline => "offline",
            Self::Never => "never",
            Self::Online => "online",
            Self::Stopped => "stopped",
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("loud-standing-{}", self.code())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Lies => "late",
            Self::PowerLost | Self::Offline => "late",
            Self::Never => "waiting",
            Self::Online => "on-time",
            Self::Stopped => "superseded",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "loudspeaker_cluster")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub station: Uuid,
    /// The station's.
    pub agency: Uuid,
    /// What the device calls itself: its IMEI.
    #[sea_orm(unique)]
    pub device: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub kind: Kind,
    /// The hamlets that hear it, parted by semicolons.
    #[sea_orm(column_type = "Text")]
    pub hamlet: String,
    /// Percent, as a person wants it.
    pub volume: i32,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// Of a board: its pixels, `192x96`; empty when nobody said.
    pub screen: String,
    /// The hash of its key; see [`device`](super::device).
    #[sea_orm(column_type = "Text")]
    pub credentials: String,
    pub state: State,
    pub demo: bool,
    pub made_at: DateTimeUtc,
    pub version: i32,
    /// When its last heartbeat, or any other message that was taken, came in.
    pub last_seen: Option<DateTimeUtc>,
    /// By which line it was heard last: what comes by HTTP fetches its orders itself.
    pub speaks: Option<How>,
    /// It has been without power since then.
    pub power_lost_at: Option<DateTimeUtc>,
    /// What it says that it plays; empty when nothing.
    #[sea_orm(column_type = "Text")]
    pub playing: String,
    /// Percent, as the device says.
    pub said_volume: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub connection: String,
    #[sea_orm(column_type = "Text")]
    pub firmware: String,
    /// What is wrong with it: a word of [`heard::Refusal`](super::heard::Refusal), or `lies`; empty when nothing is.
    pub trouble: String,
    pub trouble_at: Option<DateTimeUtc>,
    /// What is on air and what is to come, as the leaf's `Airtime` in JSON; empty when nothing is.
    #[sea_orm(column_type = "Text")]
    pub airtime: String,
    /// Guards `airtime` alone: a person's edit does not get in its way.
    pub airtime_version: i32,
    /// When the airtime wants to be asked again.
    pub wakes_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Cluster = Model;

impl Model {
    /// Whether the device can be reached.
    #[must_use]
    pub fn is_here(&self, now: DateTime<Utc>) -> bool {
        let seen = self.last_seen.is_some_and(|seen| seen > now - TimeDelta::seconds(GONE_AFTER_S));
        self.state == State::Active && seen && self.power_lost_at.is_none()
    }

    /// How it is seen to stand.
    #[must_use]
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        match (self.state, self.last_seen) {
            (State::Stopped, _) => Standing::Stopped,
            _ if self.trouble == "lies" => Standing::Lies,
            (_, None) => Standing::Never,
            _ if self.power_lost_at.is_some() => Standing::PowerLost,
            _ if self.is_here(now) => Standing::Online,
            _ => Standing::Offline,
        }
    }

    /// What is wrong with it besides its standing, in words; empty when nothing is.
    #[must_use]
    pub fn trouble_words(&self, l: Locale) -> String {
        if self.trouble.is_empty() { String::new() } else { l.t(&format!("loud-trouble-{}", self.trouble)) }
    }

    /// How large a board it is.
    #[must_use]
    pub fn screen(&self) -> Screen {
        Screen::read(&self.screen).unwrap_or(Screen::USUAL)
    }

    /// The hamlets that hear it.
    pub fn hamlets(&self) -> impl Iterator<Item = &str> {
        self.hamlet.split(';').map(str::trim).filter(|hamlet| !hamlet.is_empty())
    }

    /// The clusters of these stations, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, stations: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        let mut rows = Vec::new();
        // A list of parameters has an end on both engines.
        for some in stations.chunks(500) {
            let of = Entity::find().filter(Column::Station.is_in(some.iter().copied()));
            rows.extend(of.order_by_asc(Column::Name).order_by_asc(Column::Id).all(on).await?);
        }
        Ok(rows)
    }

    /// The cluster, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let cluster = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if rights::sees(app, who, cluster.agency).await? { Ok(cluster) } else { Err(Error::Hidden(id)) }
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/loudspeakers/clusters/{id}")
    }
}
