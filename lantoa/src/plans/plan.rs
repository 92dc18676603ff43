//! A plan: an official document that gives duties.

pub mod access;
pub mod adoption;
mod capitals;
pub mod heading;
pub mod reading;
pub mod seeding;
pub mod text;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::party;
use super::recognise::Warning;
use crate::base::App;
use crate::web::Error;

/// Where a plan is on its way; see the drawing in [`crate::plans`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum State {
    Draft,
    Adopted,
    Replaced,
    Discarded,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The public address: `/ke-hoach/{slug}`.
    #[sea_orm(unique)]
    pub slug: String,
    /// The agency whose plan it is; drafts are seen by it and by the coordinator only.
    pub agency: Uuid,
    pub source: Uuid,
    pub state: State,
    /// `Kế hoạch`, `Quyết định`, …
    pub type_name: String,
    /// `118/KH-UBND`; empty while the document has none.
    pub number: String,
    pub issuer: String,
    pub place: String,
    pub issued_on: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// The audit's warnings as JSON.
    #[sea_orm(column_type = "Text")]
    pub warnings: String,
    /// The adopted plan that this one changes.
    pub amends: Option<Uuid>,
    pub demo: bool,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub adopted_at: Option<DateTimeUtc>,
    pub adopted_by: Option<Uuid>,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Plan = Model;

impl Model {
    /// The plan with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// What the reader and the audit doubt.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        serde_json::from_str(&self.warnings).unwrap_or_default()
    }

    /// Where the public reads it, once it is adopted.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/ke-hoach/{}", self.slug)
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/plans/{id}")
    }

    /// The agencies that the plan names, each once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn agencies_named(app: &App, plan: Uuid) -> Result<Vec<Uuid>, DbErr> {
        party::Entity::find()
            .select_only()
            .column(party::Column::Agency)
            .distinct()
            .filter(party::Column::Plan.eq(plan))
            .filter(party::Column::Agency.is_not_null())
            .order_by_asc(party::Column::Agency)
            .into_tuple()
            .all(&app.db)
            .await
    }
}
