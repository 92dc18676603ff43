//! The story of a case, line by line: who said what, and to whom it went. Written once, never changed.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case: Uuid,
    pub kind: Kind,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The body that spoke.
    pub agency: Uuid,
    pub person: Option<Uuid>,
    /// The body it went to.
    pub to: Option<Uuid>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Entry = Model;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum Kind {
    Raised,
    Taken,
    Question,
    Reply,
    Answer,
    PassedUp,
    PassedOn,
    Reopened,
    Solved,
    Withdrawn,
    Lapsed,
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("case-entry-{}", self.to_value().replace('_', "-"))
    }
}

/// Writes a line: what, in which words, to whom; who spoke.
///
/// # Errors
/// The database failed.
pub async fn write(
    on: &impl ConnectionTrait,
    case: Uuid,
    (kind, text, to): (Kind, String, Option<Uuid>),
    (agency, person): (Uuid, Option<Uuid>),
    at: DateTimeUtc,
) -> Result<(), DbErr> {
    let line = Model { id: new_id(), case, kind, text, agency, person, to, at };
    // recorded by the verb whose line it is, in the same transaction
    Entity::insert(ActiveModel::from(line)).exec_without_returning(on).await.map(|_| ())
}

impl Model {
    /// When each of these cases was last asked a question: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn asked_at(on: &impl ConnectionTrait, cases: &[Uuid]) -> Result<HashMap<Uuid, DateTimeUtc>, DbErr> {
        let questions = Entity::find()
            .select_only()
            .columns([Column::Case, Column::At])
            .filter(Column::Case.is_in(cases.iter().copied()))
            .filter(Column::Kind.eq(Kind::Question))
            .order_by_asc(Column::At);
        let times: Vec<(Uuid, DateTimeUtc)> = questions.into_tuple().all(on).await?;
        Ok(times.into_iter().collect()) // the latest comes last
    }

    /// Those of a case, first one first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, case: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Case.eq(case)).order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }
}
