//! A campaign: what is to be said to whom, by which agencies, over what, from when until when.

use chrono::NaiveDate;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use super::counting::Final;
use super::rights;
use crate::base::{App, Who};
use crate::web::Error;

/// The channel that every agency has: the portal itself.
pub const PORTAL: &str = "portal";

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
pub enum State {
    Draft,
    Running,
    Closed,
    Dropped,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("campaign-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "waiting",
            Self::Closed => "issued",
            Self::Dropped => "superseded",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency that leads it.
    pub agency: Uuid,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// The title folded, to be searched.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    #[sea_orm(column_type = "Text")]
    pub objective: String,
    pub starts_on: Date,
    /// The last day.
    pub ends_on: Date,
    pub state: State,
    /// Codes of news' audiences and messages, and of channels, as JSON lists.
    #[sea_orm(column_type = "Text")]
    pub audiences: String,
    #[sea_orm(column_type = "Text")]
    pub messages: String,
    #[sea_orm(column_type = "Text")]
    pub channels: String,
    /// Whole đồng.
    pub budget: Option<i64>,
    /// The request to its agencies, a duty.
    pub request: Option<Uuid>,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub closed_at: Option<DateTimeUtc>,
    /// [`Final`] as JSON, once it is closed.
    #[sea_orm(column_type = "Text")]
    pub frozen: String,
    pub frozen_sha256: String,
    /// Anybody may read it: see [`super::showing`].
    pub public: bool,
    /// Its public address, once it was shown.
    pub slug: Option<String>,
    /// Made up for the demo province.
    pub demo: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Campaign = Model;

fn list(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

impl Model {
    /// The campaign, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let campaign = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if rights::sees(who, &campaign) { Ok(campaign) } else { Err(Error::Hidden(id)) }
    }

    #[must_use]
    pub fn audiences(&self) -> Vec<String> {
        list(&self.audiences)
    }

    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        list(&self.messages)
    }

    #[must_use]
    pub fn channels(&self) -> Vec<String> {
        list(&self.channels)
    }

    /// The count as it was frozen; None while it is not closed.
    ///
    /// # Errors
    /// It can not be read any more.
    pub fn frozen(&self) -> Result<Option<Final>, Error> {
        if self.frozen.is_empty() { Ok(None) } else { Ok(Some(serde_json::from_str(&self.frozen)?)) }
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && day <= self.ends_on
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/campaigns/{id}")
    }

    /// Others at the same time that say some of the same to some of the same people.
    ///
    /// # Errors
    /// The database failed.
    pub async fn overlapping(&self, app: &App) -> Result<Vec<Self>, DbErr> {
        let at_once = Condition::all()
            .add(Column::Id.ne(self.id))
            .add(Column::State.is_in([State::Draft, State::Running]))
            .add(Column::StartsOn.lte(self.ends_on))
            .add(Column::EndsOn.gte(self.starts_on));
        let mut others = Entity::find().filter(at_once).all(&app.db).await?;
        let shares = |one: &[String], other: &[String]| one.iter().any(|code| other.contains(code));
        let (messages, audiences) = (self.messages(), self.audiences());
        others.retain(|one| shares(&one.messages(), &messages) && shares(&one.audiences(), &audiences));
        Ok(others)
    }
}
