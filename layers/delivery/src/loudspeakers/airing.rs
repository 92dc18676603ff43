//! An airing: one bulletin, at one time, on the clusters of some stations. An emergency waits for a second person and then breaks in.
//!
//! ```text
//!   planned ──(its plays are over and judged)──► settled ──missed somewhere?──► another airing of the same root
//!      └────────── stopped, by a person, or because the bulletin is approved no more
//!   proposed ──another person──► planned, now            proposed ──► refused
//! ```

pub mod emergency;
pub mod planning;
pub mod reairing;
pub mod restored;
pub mod stopping;

use chrono::{DateTime, TimeDelta, Utc};
use loudspeakers::schedule::Item;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::rights;
use crate::base::{App, Who};
use crate::web::Error;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    /// An emergency that a second person must release.
    Proposed,
    Planned,
    /// Over, and judged.
    Settled,
    Stopped,
    /// An emergency that nobody released.
    Refused,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("loud-airing-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Proposed => "late",
            Self::Planned => "soon",
            Self::Settled => "issued",
            Self::Stopped | Self::Refused => "superseded",
        }
    }
}

/// Who goes before whom, the first the strongest; as the leaf has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Precedence {
    Emergency,
    Provincial,
    Internal,
}

impl Precedence {
    /// The leaf's word for it.
    #[must_use]
    pub const fn of_leaf(self) -> loudspeakers::schedule::Precedence {
        match self {
            Self::Emergency => loudspeakers::schedule::Precedence::Emergency,
            Self::Provincial => loudspeakers::schedule::Precedence::Provincial,
            Self::Internal => loudspeakers::schedule::Precedence::Internal,
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("loud-precedence-{}", self.to_value())
    }
}

/// Where it is to be heard, as a person chose it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Targets {
    /// Every station that the agency may air on; `stations` are those that there were then.
    pub all: bool,
    pub stations: Vec<Uuid>,
    /// Only clusters that these hamlets hear; empty for every cluster.
    pub hamlets: Vec<String>,
    /// Only these clusters, of a repetition for those that missed it.
    pub clusters: Vec<Uuid>,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loudspeaker_airing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The first airing of which this is a repetition; itself for the first.
    pub root: Uuid,
    /// 0, or which repetition.
    pub attempt: i32,
    pub bulletin: Uuid,
    pub agency: Uuid,
    pub precedence: Precedence,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// [`Targets`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub targets: String,
    /// How many loudspeakers are expected to play it.
    pub clusters: i32,
    pub begins_at: DateTimeUtc,
    /// Of the sound; 0 when it goes to boards alone.
    pub duration_s: i32,
    /// Of an emergency: so many minutes after its release a cluster that comes back may still begin it, and boards show it. None: as
    /// long as each station lets a bulletin be late.
    pub begins_within_min: Option<i32>,
    pub state: State,
    pub made_by: Option<Uuid>,
    pub made_at: DateTimeUtc,
    pub released_by: Option<Uuid>,
    pub released_at: Option<DateTimeUtc>,
    pub settled_at: Option<DateTimeUtc>,
    /// Why it was stopped or refused.
    #[sea_orm(column_type = "Text")]
    pub notice: String,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Airing = Model;

impl Model {
    /// The airing, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let airing = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if rights::sees(app, who, airing.agency).await? {
            return Ok(airing);
        }
        // A commune sees what the province airs on its station.
        let own = rights::own_agency(who).map_err(|_| Error::Hidden(id))?;
        let here = super::play::Entity::find().filter(super::play::Column::Airing.eq(id));
        let here = here.filter(super::play::Column::Agency.eq(own)).one(&app.db).await?;
        if here.is_some() { Ok(airing) } else { Err(Error::Hidden(id)) }
    }

    /// Where it is to be heard.
    #[must_use]
    pub fn targets(&self) -> Targets {
        serde_json::from_str(&self.targets).unwrap_or_default()
    }

    /// When it is over, if all goes as planned.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.begins_at + TimeDelta::seconds(self.duration_s.into())
    }

    /// What an airtime is given to play.
    #[must_use]
    pub fn item(&self, number: i64) -> Item {
        Item {
            id: u64::try_from(number).unwrap_or_default(),
            precedence: self.precedence.of_leaf(),
            begins_at: self.begins_at,
            duration_s: u32::try_from(self.duration_s).unwrap_or_default(),
            until: self.good_for().map(|good_for| self.begins_at + good_for),
        }
    }

    /// How long after its time it is still worth anything, where it has an end of its own.
    #[must_use]
    pub fn good_for(&self) -> Option<TimeDelta> {
        self.begins_within_min.map(|minutes| TimeDelta::minutes(minutes.into()))
    }

    /// The airings of a bulletin, the latest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_bulletin(on: &impl ConnectionTrait, bulletin: Uuid) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Bulletin.eq(bulletin));
        of.order_by_desc(Column::BeginsAt).order_by_desc(Column::Id).all(on).await
    }

    /// Where the desk looks at it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/loudspeakers/airings/{id}")
    }
}

pub mod booking {
    //! A stretch of a station's day that one airing has. // recorded by planning

    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "loudspeaker_booking")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub airing: Uuid,
        pub station: Uuid,
        /// The slot's name; empty for a time outside the slots.
        pub slot: String,
        pub begins_at: DateTimeUtc,
        /// Of the slot, or of the sound where there is no slot.
        pub ends_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}

    /// The noun itself.
    pub type Booking = Model;
}
