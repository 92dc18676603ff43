//! What the public may know of a plan's progress: counts by agency, part and period; no words of answers, no drafts, no
//! persons. Counted at most once a minute and node, however many read.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, CaseStatement, ExprTrait, SimpleExpr};
use tokio::sync::Mutex;

use crate::base::{App, beginning, time};
use crate::duties::progress::{self, Scope, Tally};
use crate::duties::{Duty, duty, slot};
use crate::plans::Plan;

/// One agency in one part of the plan and one period.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Piece {
    pub agency: Uuid,
    /// `III`; empty for what stands in no part.
    pub section: String,
    pub period: String,
    pub due_on: NaiveDate,
    #[sea_orm(nested)]
    pub tally: Tally,
}

/// The counts as of a minute.
#[derive(Debug)]
pub struct Published {
    pub at: DateTime<Utc>,
    /// Parts in the order of the document.
    pub parts: Vec<String>,
    /// The years in which something may be due.
    pub years: Vec<i32>,
    pub pieces: Vec<Piece>,
}

impl Published {
    /// What is due in that year, or ever: two statements, and none within the same minute.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, plan: &Plan, year: Option<i32>) -> Result<Arc<Self>, DbErr> {
        /// Whoever comes while it is counted waits for that count.
        static COUNTING: Mutex<()> = Mutex::const_new(());
        let now = app.clock.now();
        let at = now.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(now);
        let key = format!("progress.{}.{}.{}.{at}", plan.id, plan.version, year.unwrap_or_default());
        if let Some(known) = app.memory.recall(&key) {
            return Ok(known);
        }
        let _counting = COUNTING.lock().await;
        if let Some(known) = app.memory.recall(&key) {
            return Ok(known);
        }
        Ok(app.memory.keep(&key, Self::count(app, plan, year, at).await?))
    }

    async fn count(app: &App, plan: &Plan, year: Option<i32>, at: DateTime<Utc>) -> Result<Self, DbErr> {
        use chrono::Datelike;
        let duties = Duty::of_plan(&app.db, plan.id).await?;
        let mut parts: Vec<String> = duties.iter().filter_map(|duty| Some(duty.path.split_once('.')?.0.to_owned())).collect();
        parts.dedup();
        let first = duties.iter().map(|duty| duty.starts_on.year()).min();
        let last = duties.iter().map(|duty| duty.ends_on.year()).max();
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let scope = Scope {
            body: None,
            plan: plan.id,
            part: String::new(),
            agency: None,
            duty: None,
            kind: None,
            from: day(year.unwrap_or(1900), 1, 1),
            until: day(year.unwrap_or(2999), 12, 31),
            today: time::local_date(at),
        };
        let pieces = pieces(&app.db, &scope, &parts).await?;
        Ok(Self { at, parts, years: first.zip(last).map(|(first, last)| (first..=last).collect()).unwrap_or_default(), pieces })
    }

    /// The sum of all, or of those that fit.
    #[must_use]
    pub fn total(&self, fits: impl Fn(&Piece) -> bool) -> Tally {
        let mut total = Tally::default();
        self.pieces.iter().filter(|piece| fits(piece)).for_each(|piece| total += piece.tally);
        total
    }

    /// Sums by something, in the order in which it first comes (the earliest last day first).
    #[must_use]
    pub fn by<K: PartialEq>(&self, key: impl Fn(&Piece) -> K) -> Vec<(K, Tally)> {
        let mut sums: Vec<(K, Tally)> = Vec::new();
        for piece in &self.pieces {
            let key = key(piece);
            match sums.iter_mut().find(|(known, _)| *known == key) {
                Some((_, sum)) => *sum += piece.tally,
                None => sums.push((key, piece.tally)),
            }
        }
        sums
    }
}

/// One statement, ordered by last day.
async fn pieces(on: &impl ConnectionTrait, scope: &Scope, parts: &[String]) -> Result<Vec<Piece>, DbErr> {
    let mut query = progress::joined(scope);
    progress::count(&mut query, scope.today)
        .columns([(slot::Entity, slot::Column::Agency), (slot::Entity, slot::Column::Period)])
        .expr_as(section(parts), Alias::new("section"))
        .expr_as(progress::of(slot::Column::DueOn).min(), Alias::new("due_on"))
        .group_by_columns([(slot::Entity, slot::Column::Agency), (slot::Entity, slot::Column::Period)])
        .group_by_col(Alias::new("section"))
        .order_by_expr(progress::of(slot::Column::DueOn).min(), sea_orm::Order::Asc);
    Piece::find_by_statement(on.get_database_backend().build(&query)).all(on).await
}

/// The part in which a duty stands, told from its path by the parts that there are: no engine cuts texts as another does.
fn section(parts: &[String]) -> SimpleExpr {
    let Some((first, rest)) = parts.split_first() else { return Expr::value("") };
    let stands_in = |part: &String| Expr::col((duty::Entity, duty::Column::Path)).like(beginning(&format!("{part}.")));
    let mut case = CaseStatement::new().case(stands_in(first), first.clone());
    for part in rest {
        case = case.case(stands_in(part), part.clone());
    }
    case.finally("").into()
}
