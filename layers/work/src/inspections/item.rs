//! An item of the checklist, as a visit has it.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub visit: Uuid,
    /// From 0; unique within the visit.
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The duty it was proposed from.
    pub duty: Option<Uuid>,
    pub verdict: Verdict,
    #[sea_orm(column_type = "Text")]
    pub note: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Item = Model;

/// What was seen. "Not looked at" is no verdict about the agency, and counts in no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum Verdict {
    NotLookedAt,
    Meets,
    Fails,
    NotApplicable,
}

impl Verdict {
    /// The word in forms and data.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("inspection-verdict-{}", self.to_value().replace('_', "-"))
    }

    /// The mark of the design system's set of states.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::NotLookedAt => "waiting",
            Self::Meets => "on-time",
            Self::Fails => "late",
            Self::NotApplicable => "open",
        }
    }
}

impl Model {
    /// Those of visits, in order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, visits: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Visit.is_in(visits.iter().copied())).order_by_asc(Column::Position).all(on).await
    }
}
