//! A newsletter: an agency's letter to who asked for it, about articles of its choice, in its rhythm.

pub mod keeping;
pub mod rhythm;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

pub use rhythm::Rhythm;

use crate::base::{App, Who};
use crate::channels::rights;
use crate::news::article::Language;
use crate::web::{Error, Lang, Locale};

/// Which articles it draws from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Scope {
    /// What the agency's own portal shows.
    #[default]
    Agency,
    /// What the whole province's portal lists.
    Province,
}

impl Scope {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("newsletter-scope-{}", self.to_value())
    }
}

/// Whether people may subscribe, and issues are drafted by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    #[default]
    Open,
    Closed,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("newsletter-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Open => "on-time",
            Self::Closed => "superseded",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// What readers are told that it brings.
    #[sea_orm(column_type = "Text")]
    pub about: String,
    pub language: Language,
    pub scope: Scope,
    /// Ids as a JSON list; empty: all.
    #[sea_orm(column_type = "Text")]
    pub sections: String,
    /// Codes of kinds of articles as a JSON list; empty: all.
    #[sea_orm(column_type = "Text")]
    pub kinds: String,
    pub rhythm: Rhythm,
    /// Of the day in Vietnam, 0 to 23.
    pub hour: i32,
    /// 1 is Monday.
    pub weekday: i32,
    /// Issues go without anybody's approval.
    pub by_itself: bool,
    #[sea_orm(column_type = "Text")]
    pub sender_name: String,
    /// What addresses are used for, as subscribers agree to it.
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    /// Counts the purposes: who agreed to which is kept with each subscriber.
    pub text_version: i32,
    pub state: State,
    /// Articles listed after that are in the next issue.
    pub drawn_until: DateTimeUtc,
    /// When the next issue is drafted by itself; None while it is closed.
    pub next_at: Option<DateTimeUtc>,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Newsletter = Model;

impl Model {
    /// The newsletter with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The newsletter, when the person may see it on the desk; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let found = Self::find(&app.db, id).await?;
        if rights::sees(who, found.agency) { Ok(found) } else { Err(Error::Hidden(id)) }
    }

    /// The one with that address, whether it is open or not.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find_by_slug(app: &App, slug: &str) -> Result<Self, Error> {
        Entity::find().filter(Column::Slug.eq(slug)).one(&app.db).await?.ok_or(Error::NotFound)
    }

    /// An agency's, or all, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Option<Uuid>) -> Result<Vec<Self>, DbErr> {
        let mut rows = Entity::find().order_by_asc(Column::Name);
        if let Some(agency) = agency {
            rows = rows.filter(Column::Agency.eq(agency));
        }
        rows.all(on).await
    }

    /// Those that people can subscribe to.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open(on: &impl ConnectionTrait, agency: Option<Uuid>) -> Result<Vec<Self>, DbErr> {
        Ok(Self::of(on, agency).await?.into_iter().filter(|one| one.state == State::Open).collect())
    }

    #[must_use]
    pub fn section_ids(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.sections).unwrap_or_default()
    }

    #[must_use]
    pub fn kind_codes(&self) -> Vec<String> {
        serde_json::from_str(&self.kinds).unwrap_or_default()
    }

    /// The language of its letters and pages.
    #[must_use]
    pub fn locale(&self) -> Locale {
        Locale(if self.language == Language::En { Lang::En } else { Lang::Vi })
    }

    /// Where the desk keeps it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/newsletters/{id}")
    }

    /// Where people subscribe.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/ban-tin/{}", self.slug)
    }
}
