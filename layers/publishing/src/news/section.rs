//! Sections: where articles stand. A section is the whole province's or one agency's; it may stand within another, and says
//! through which steps its articles go.

pub mod editing;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::step::Step;
use crate::base::{Role, Who};
use crate::web::{Error, Lang, Locale};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "news_section")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// For readers of English; empty where nobody wrote it.
    #[sea_orm(column_type = "Text")]
    pub name_en: String,
    pub kind: Kind,
    pub parent: Option<Uuid>,
    /// None: the whole province's.
    pub agency: Option<Uuid>,
    /// What it is about, in a word; empty where it is about anything.
    pub topic: String,
    /// [`Step`]s as a JSON list.
    #[sea_orm(column_type = "Text")]
    pub steps: String,
    pub position: i32,
    pub demo: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Section = Model;

/// What sort of section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    /// Chuyên mục: kept up all the time.
    #[default]
    Column,
    /// Chuyên trang: about one matter.
    Special,
}

impl Kind {
    /// The word in forms and data.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("section-kind-{}", self.to_value())
    }
}

impl Model {
    /// All sections, in their order. They are few: some per agency.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        Entity::find().order_by_asc(Column::Position).order_by_asc(Column::Name).all(on).await
    }

    /// The section with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The section at a public address.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn at(on: &impl ConnectionTrait, slug: &str) -> Result<Self, Error> {
        Entity::find().filter(Column::Slug.eq(slug)).one(on).await?.ok_or(Error::NotFound)
    }

    /// The sections that articles of that agency may stand in: the province's and its own.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_agency(on: &impl ConnectionTrait, agency: Uuid) -> Result<Vec<Self>, DbErr> {
        Ok(Self::all(on).await?.into_iter().filter(|section| section.takes(agency)).collect())
    }

    /// Whether articles of that agency may stand in it.
    #[must_use]
    pub fn takes(&self, agency: Uuid) -> bool {
        self.agency.is_none_or(|own| own == agency)
    }

    /// The name in the reader's language, Vietnamese where there is no other.
    #[must_use]
    pub fn label(&self, l: Locale) -> &str {
        if l.0 == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }

    /// Through which steps its articles go.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let steps = Step::read(&self.steps);
        if steps.is_empty() { Step::usual() } else { steps }
    }

    /// Where the public reads it.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/chuyen-muc/{}", self.slug)
    }

    /// Where the desk keeps it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/news/sections/{id}")
    }

    /// Whether the person keeps this section: the province's are the coordinator's and the system administrator's, an
    /// agency's own are its administrator's too.
    #[must_use]
    pub fn is_kept_by(&self, who: &Who) -> bool {
        may_keep(who, self.agency)
    }
}

/// Whether the person keeps sections of that agency, or of the province (None).
#[must_use]
pub fn may_keep(who: &Who, agency: Option<Uuid>) -> bool {
    who.is_any(&[Role::Coordinator, Role::SystemAdministrator])
        || agency.is_some_and(|agency| who.is_in(Role::AgencyAdministrator, agency))
}

/// An address for that name that no section has.
///
/// # Errors
/// The database failed.
pub async fn fresh_slug(on: &impl ConnectionTrait, name: &str) -> Result<String, DbErr> {
    let base = super::article::slug_of(name).unwrap_or_else(|| "chuyen-muc".into());
    for number in 1.. {
        let slug = if number == 1 { base.clone() } else { format!("{base}-{number}") };
        if Entity::find().filter(Column::Slug.eq(&slug)).one(on).await?.is_none() {
            return Ok(slug);
        }
    }
    unreachable!("the numbers do not end")
}
