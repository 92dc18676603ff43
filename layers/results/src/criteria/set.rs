//! A set of criteria for a year and a class of agencies, with the round in which it is used.

use ::scoring::Set;
use chrono::NaiveDate;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::edition::{self, Edition};
use super::rights;
use crate::base::{App, Who, time};
use crate::people::class;
use crate::web::{Error, Lang};

/// Where the round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Draft,
    /// It was decided on and holds.
    Issued,
    /// Agencies score themselves until a day.
    Scoring,
    /// Another body looks at what they said.
    Appraisal,
    /// Agencies may object until a day.
    Appeals,
    Published,
    Dropped,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("criteria-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued | Self::Published => "issued",
            Self::Scoring => "open",
            Self::Appraisal | Self::Appeals => "waiting",
            Self::Dropped => "superseded",
        }
    }

    /// Whether sheets are there.
    #[must_use]
    pub const fn is_begun(self) -> bool {
        matches!(self, Self::Scoring | Self::Appraisal | Self::Appeals | Self::Published)
    }

    /// Whether what agencies said is being looked at, or was.
    #[must_use]
    pub const fn is_appraised(self) -> bool {
        matches!(self, Self::Appraisal | Self::Appeals | Self::Published)
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "criteria_set")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The body that keeps it and appraises.
    pub agency: Uuid,
    /// Another body that appraises too: what the keeper itself said must be looked at by somebody else.
    pub appraiser: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub year: i32,
    /// Code of the class of agencies that it is for.
    pub class: String,
    /// The set of an earlier year that it was copied from.
    pub previous: Option<Uuid>,
    pub state: State,
    /// What is being written: [`Set`] as JSON. What holds is the edition of that number.
    #[sea_orm(column_type = "Text")]
    pub tree: String,
    /// The edition that holds; 0: none was issued.
    pub edition: i32,
    /// Who changed the tree last.
    pub edited_by: Uuid,
    /// Who put it before the one who decides; None: nobody did.
    pub submitted_by: Option<Uuid>,
    /// The last day on which agencies score themselves.
    pub score_until: Option<Date>,
    /// The last day on which agencies object.
    pub appeal_until: Option<Date>,
    pub demo: bool,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type CriteriaSet = Model;

impl Model {
    /// The set with that id.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The set, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let set = Self::find(&app.db, id).await?;
        if rights::sees(who, &set) { Ok(set) } else { Err(Error::Hidden(id)) }
    }

    /// All of them, the latest year first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        let all = Entity::find().filter(Column::State.ne(State::Dropped));
        all.order_by_desc(Column::Year).order_by_asc(Column::Class).order_by_desc(Column::Id).all(on).await
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/criteria/{id}")
    }

    /// What is being written.
    ///
    /// # Errors
    /// It can not be read any more.
    pub fn working(&self) -> Result<Set, Error> {
        Ok(serde_json::from_str(&self.tree)?)
    }

    /// The edition that holds; None while none was issued.
    ///
    /// # Errors
    /// The database failed.
    pub async fn holding(&self, on: &impl ConnectionTrait) -> Result<Option<Edition>, DbErr> {
        if self.edition == 0 {
            return Ok(None);
        }
        let of = edition::Entity::find().filter(edition::Column::CriteriaSet.eq(self.id));
        of.filter(edition::Column::Number.eq(self.edition)).one(on).await
    }

    /// The name of its class.
    #[must_use]
    pub fn class_name(&self, lang: Lang) -> String {
        class::label(&self.class, lang)
    }

    /// Whether agencies may score themselves today.
    #[must_use]
    pub fn takes_scores(&self, app: &App) -> bool {
        self.state == State::Scoring && is_until(self.score_until, app)
    }

    /// Whether agencies may object today.
    #[must_use]
    pub fn takes_appeals(&self, app: &App) -> bool {
        self.state == State::Appeals && is_until(self.appeal_until, app)
    }
}

fn is_until(last: Option<NaiveDate>, app: &App) -> bool {
    last.is_some_and(|last| time::local_date(app.clock.now()) <= last)
}
