//! What was said to a finding after the conclusion: the agency's remedies and the inspector's re-checks, in turn.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_reply")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub finding: Uuid,
    /// From 1; unique within the finding, so that of two at once one wins.
    pub number: i32,
    pub kind: Kind,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The new date of a "not yet".
    pub due_on: Option<Date>,
    pub agency: Uuid,
    pub person: Option<Uuid>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Reply = Model;

/// Whose word, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    /// The agency says what it did.
    Remedy,
    /// The inspector saw that it is remedied.
    Remedied,
    /// The inspector saw that it is not.
    NotYet,
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("inspection-reply-{}", self.to_value().replace('_', "-"))
    }
}

impl Model {
    /// Those to these findings, first one first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, findings: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        if findings.is_empty() {
            return Ok(Vec::new());
        }
        Entity::find().filter(Column::Finding.is_in(findings.iter().copied())).order_by_asc(Column::Number).all(on).await
    }
}
