//! A run of the evaluation: how many questions were answered rightly, wrongly, not at all, and which.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::base::{App, By, Fact, new_id};
use crate::web::Error;

/// Questions of a run that are told one by one.
pub const MISSED_MAX: usize = 500;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assistant_run")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The file's name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Of the file: only runs of the same questions can be held against each other.
    pub sha256: String,
    pub at: DateTimeUtc,
    /// With which model, or none.
    #[sea_orm(column_type = "Text")]
    pub means: String,
    pub answerable: i32,
    pub answered_right: i32,
    /// Answered, and not what was expected; of the unanswerable, answered at all.
    pub wrongly_answered: i32,
    pub wrongly_refused: i32,
    pub unanswerable: i32,
    pub rightly_refused: i32,
    /// Answered rightly from the source that was expected.
    pub source_right: i32,
    /// Of which nobody says what would be right; they are asked and not judged.
    pub open: i32,
    pub p50_us: i64,
    pub p95_us: i64,
    /// [`Missed`] as a JSON list.
    #[sea_orm(column_type = "Text")]
    pub missed: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Run = Model;

/// A question that did not go as expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    pub id: String,
    pub question: String,
    /// `wrong`, `refused`, `answered`, `source`.
    pub verdict: String,
    /// What was said, its beginning.
    pub said: String,
}

impl Model {
    /// Keeps a run.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep(app: &App, run: Self) -> Result<Uuid, Error> {
        let id = new_id();
        let count = |count: i32| u32::try_from(count).unwrap_or_default();
        let fact = Fact::AssistantEvaluated {
            name: run.name.clone(),
            questions: count(run.answerable + run.unanswerable),
            right: count(run.answered_right + run.rightly_refused),
            wrong: count(run.wrongly_answered),
        };
        let transaction = app.begin().await?;
        Entity::insert(ActiveModel::from(Self { id, ..run })).exec_without_returning(&transaction).await?;
        app.record(&transaction, id, fact, &By::system()).await?;
        app.commit(transaction).await?;
        Ok(id)
    }

    /// The latest runs, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn latest(on: &impl ConnectionTrait, limit: u64) -> Result<Vec<Self>, DbErr> {
        Entity::find().order_by_desc(Column::At).order_by_desc(Column::Id).limit(limit).all(on).await
    }

    /// What did not go as expected.
    #[must_use]
    pub fn missed(&self) -> Vec<Missed> {
        serde_json::from_str(&self.missed).unwrap_or_default()
    }

    /// So many of a hundred questions that were judged, with one place behind the comma; None when none was.
    #[must_use]
    pub fn percent(count: i32, of: i32) -> Option<String> {
        (of > 0).then(|| vietnamese::number::format_f64(f64::from(count) * 100.0 / f64::from(of), 1)).flatten()
    }
}
