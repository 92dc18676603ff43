//! A plan: an official document that gives duties.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::party;
use crate::base::App;
use crate::web::Error;

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
    /// `official_document::Document` as JSON: the structure with its text.
    #[sea_orm(column_type = "Text")]
    pub document: String,
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
