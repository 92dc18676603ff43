//! A case: why the copies of an article are looked after, until when, by whom, and how far that got.

pub mod closing;
pub mod keeping;
pub mod opening;

use sea_orm::entity::prelude::*;

use super::found::Found;
use super::rights;
use crate::base::{App, Who};
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retraction")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub article: Uuid,
    /// The article while the case is open, None after: so an article has one open case.
    #[sea_orm(unique)]
    pub open_for: Option<Uuid>,
    /// Of the fact, or of the press of the button: twice the same opens it once.
    #[sea_orm(unique)]
    pub key: String,
    /// The article's.
    pub agency: Uuid,
    /// The article's when it was opened.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Title, who asks and the document's number folded, to be searched.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    pub cause: Cause,
    pub aim: Aim,
    /// What was wrong, in the words of the change or of the request.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    /// Who asks; empty where nobody did.
    #[sea_orm(column_type = "Text")]
    pub asked_by: String,
    /// The legal ground that the request names.
    #[sea_orm(column_type = "Text")]
    pub ground: String,
    /// Number and symbol of its document.
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub received_at: Option<DateTimeUtc>,
    pub responsible: Option<Uuid>,
    pub state: State,
    /// What was edited or followed up before this moment does not count.
    pub since: DateTimeUtc,
    pub opened_at: DateTimeUtc,
    pub opened_by: Option<Uuid>,
    pub due_at: DateTimeUtc,
    pub closed_at: Option<DateTimeUtc>,
    /// What who closed it had to say.
    #[sea_orm(column_type = "Text")]
    pub closing: String,
    /// How many copies are known, and how many of them are not settled: as last looked at.
    pub copies: i32,
    pub unsettled: i32,
    pub looked_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Retraction = Model;

/// Why a case was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum Cause {
    Corrected,
    Withdrawn,
    TakenDown,
    /// Somebody asks for a correction (cải chính).
    RequestCorrection,
    /// Somebody asks that it goes (gỡ bỏ).
    RequestRemoval,
}

impl Cause {
    /// The word in addresses, facts and data.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("retraction-cause-{}", self.to_value().replace('_', "-"))
    }

    #[must_use]
    pub const fn aim(self) -> Aim {
        match self {
            Self::Corrected | Self::RequestCorrection => Aim::Edit,
            Self::Withdrawn | Self::TakenDown | Self::RequestRemoval => Aim::Retract,
        }
    }
}

/// What is to be reached: that every copy says what is right, or that none is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Aim {
    Edit,
    Retract,
}

impl Aim {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("retraction-aim-{}", self.to_value())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Open,
    Closed,
}

impl State {
    /// The word in addresses and data.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("retraction-state-{}", self.to_value())
    }
}

impl Model {
    /// The case with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The case with its copies as last written down, when the person may see it; to others it is not there, and that they asked
    /// is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<(Self, Vec<Found>), Error> {
        let case = Self::find(&app.db, id).await?;
        let found = Found::of(&app.db, id).await?;
        let mut bodies = std::iter::once(case.agency).chain(found.iter().map(|one| one.agency));
        if bodies.any(|agency| rights::sees(who, agency)) { Ok((case, found)) } else { Err(Error::Hidden(id)) }
    }

    /// The open case of an article.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_of(on: &impl ConnectionTrait, article: Uuid) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::OpenFor.eq(article)).one(on).await
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// Whether its clock ran out.
    #[must_use]
    pub fn is_late(&self, now: DateTimeUtc) -> bool {
        self.is_open() && self.due_at < now
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/retractions/{id}")
    }

    /// Writes the row where nobody did since `seen`. // recorded by the verb that changed it, in the same transaction
    ///
    /// # Errors
    /// Stale when somebody was quicker, or another case of the article is open; or the database failed.
    pub(in crate::retractions) async fn put(self, on: &impl ConnectionTrait, seen: i32) -> Result<(), Error> {
        let id = self.id;
        let row = ActiveModel::from(Self { version: seen + 1, ..self }).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        match same.exec(on).await {
            Ok(done) if done.rows_affected == 0 => Err(Error::Stale),
            Ok(_) => Ok(()),
            Err(error) if matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))) => Err(Error::Stale),
            Err(error) => Err(error.into()),
        }
    }
}
