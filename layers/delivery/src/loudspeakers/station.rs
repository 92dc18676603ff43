//! A station: the studio of a commune or another agency, with its programme, its quiet hours, the hamlets that it should reach and its
//! clusters.

pub mod keeping;
pub mod slots;

use chrono::NaiveTime;
use loudspeakers::schedule::{Programme, Quiet, Slot};
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, QueryOrder};

use super::rights;
use crate::base::{App, Who};
use crate::web::Error;

/// What becomes of a bulletin that clusters missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Reair {
    /// A person is asked.
    #[default]
    Propose,
    /// It is aired again by itself within the hours that are allowed.
    Automatic,
    /// Nothing.
    Never,
}

impl Reair {
    /// Reads the word of a form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::iter().find(|one| one.to_value() == code)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("loud-reair-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loudspeaker_station")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The hamlets that should hear it, a JSON list of names: the denominator of its coverage.
    #[sea_orm(column_type = "Text")]
    pub hamlets: String,
    /// The leaf's `Programme` as JSON: slots and quiet hours.
    #[sea_orm(column_type = "Text")]
    pub programme: String,
    pub reair: Reair,
    /// How often what was missed is aired again at most.
    pub reair_max: i32,
    /// How long after its time a bulletin may still begin.
    pub reair_within_min: i32,
    pub demo: bool,
    pub made_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Station = Model;

impl Model {
    /// The station with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The station, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let station = Self::find(&app.db, id).await?;
        if rights::sees(app, who, station.agency).await? { Ok(station) } else { Err(Error::Hidden(id)) }
    }

    /// The stations of an agency, of all when there is none, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Option<Uuid>) -> Result<Vec<Self>, DbErr> {
        let mut stations = Entity::find();
        if let Some(agency) = agency {
            stations = stations.filter(Column::Agency.eq(agency));
        }
        let mut stations = stations.order_by_asc(Column::Id).all(on).await?;
        stations.sort_by(|one, other| vietnamese::order::compare_natural(&one.name, &other.name));
        Ok(stations)
    }

    /// What it airs by rule.
    #[must_use]
    pub fn programme(&self) -> Programme {
        serde_json::from_str(&self.programme).unwrap_or_default()
    }

    /// The hamlets that should hear it.
    #[must_use]
    pub fn hamlets(&self) -> Vec<String> {
        serde_json::from_str(&self.hamlets).unwrap_or_default()
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/loudspeakers/stations/{id}")
    }
}

/// What a new station airs: three half hours a day, quiet at night. The person who keeps it changes that.
#[must_use]
pub fn usual_programme() -> Programme {
    let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let slot = |name: &str, hour| Slot { name: name.into(), begins: time(hour, 0), ends: time(hour, 30), weekdays: Vec::new() };
    Programme {
        slots: vec![slot("Buổi sáng", 5), slot("Buổi trưa", 11), slot("Buổi chiều", 17)],
        quiet: vec![Quiet { begins: time(22, 0), ends: time(5, 0) }],
    }
}
