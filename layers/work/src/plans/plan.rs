//! A plan: an official document that gives duties.

pub mod access;
pub mod adoption;
mod capitals;
pub mod heading;
pub mod publishing;
pub mod reading;
pub mod relation;
pub mod seeding;
pub mod text;

use std::collections::BTreeSet;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::party;
use super::recognise::Warning;
use crate::base::{App, time};
use crate::people::class;
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
    /// Whether the public reads how far it got; see [`publishing`].
    pub progress_public: bool,
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
    /// Whether it is as it will stay: adopted, replaced or put aside.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.state != State::Draft
    }

    /// Under what a node remembers what was read of it.
    #[must_use]
    pub fn memory_key(&self) -> String {
        format!("{}.{}", self.id, self.version)
    }

    /// The plan with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The plan that a fact is about.
    ///
    /// # Errors
    /// It is not there, or the database failed.
    pub async fn find_recorded(app: &App, id: Uuid) -> anyhow::Result<Self> {
        Entity::find_by_id(id).one(&app.db).await?.ok_or_else(|| anyhow::anyhow!("no plan {id}"))
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

    /// Where the public reads how far it got.
    #[must_use]
    pub fn progress_path(&self) -> String {
        format!("{}/tien-do", self.public_path())
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
        let named: Vec<(Option<Uuid>, Option<String>)> = party::Entity::find()
            .select_only()
            .column(party::Column::Agency)
            .column(party::Column::Class)
            .distinct()
            .filter(party::Column::Plan.eq(plan))
            .into_tuple()
            .all(&app.db)
            .await?;
        let mut agencies: BTreeSet<Uuid> = named.iter().filter_map(|(agency, _)| *agency).collect();
        let classes: BTreeSet<&str> = named.iter().filter_map(|(_, class)| class.as_deref()).collect();
        let today = time::local_date(app.clock.now());
        for class in classes.into_iter().filter(|class| !class::is_for_those_concerned(class)) {
            agencies.extend(class::members(&app.db, class, today).await?.iter().map(|agency| agency.id));
        }
        Ok(agencies.into_iter().collect())
    }
}
