//! What is overdue: of whom or of which duty, since when, how it was some time ago, and what is due next. Counted in the
//! database as the board counts, so that each figure opens the same list.

use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, CaseStatement, ExprTrait, Func, JoinType, Order, Query, SimpleExpr};

use super::answer;
use super::progress::{self, Scope, Tally, Which};
use super::slot;

/// By whom or what the slots are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Agency,
    Duty,
}

/// One agency, or one duty.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Backlog {
    /// Of the agency or the duty.
    pub id: Uuid,
    #[sea_orm(nested)]
    pub tally: Tally,
    /// The last day of the oldest that is overdue.
    pub since: Option<NaiveDate>,
    /// The last day of the next that is open.
    pub next: Option<NaiveDate>,
    /// How many were overdue on the day that is compared with.
    pub overdue_then: i64,
    /// How many had been handed in by then.
    pub submitted_then: i64,
}

/// Counts by agency or duty and compares with a day before: one statement, in no order.
///
/// # Errors
/// The database failed.
pub async fn of(on: &impl ConnectionTrait, scope: &Scope, by: By, then: NaiveDate) -> Result<Vec<Backlog>, DbErr> {
    let key = match by {
        By::Agency => slot::Column::Agency,
        By::Duty => slot::Column::Duty,
    };
    let earliest = |which| {
        let day = CaseStatement::new().case(progress::condition(which, scope.today), progress::of(slot::Column::InTimeUntil));
        Func::min(day)
    };
    let mut query = progress::joined(scope);
    progress::count(&mut query, scope.today)
        .expr_as(progress::of(key), Alias::new("id"))
        .expr_as(earliest(Which::Overdue), Alias::new("since"))
        .expr_as(earliest(Which::Open), Alias::new("next"))
        .expr_as(progress::count_if(overdue_on(then)), Alias::new("overdue_then"))
        .expr_as(progress::count_if(answered_by(then)), Alias::new("submitted_then"))
        .group_by_col((slot::Entity, key));
    Backlog::find_by_statement(on.get_database_backend().build(&query)).all(on).await
}

/// The day of the first answer, whatever was said to it; null while there is none.
pub(super) fn first_day() -> Expr {
    progress::of_first("came")
}

/// Answered on that day or before.
pub(super) fn answered_by(day: NaiveDate) -> SimpleExpr {
    first_day().lte(day)
}

/// Past its last day on that day, and answered later or never.
pub(super) fn overdue_on(day: NaiveDate) -> SimpleExpr {
    first_day().is_null().or(first_day().gt(day)).and(progress::of(slot::Column::InTimeUntil).lt(day))
}

/// A reason that was given for lateness.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct LateReason {
    pub agency: Uuid,
    pub duty: Uuid,
    pub reason: String,
}

/// The reasons given for lateness in a plan, the latest first and at most so many: one statement.
///
/// # Errors
/// The database failed.
pub async fn late_reasons(on: &impl ConnectionTrait, plan: Uuid, most: u64) -> Result<Vec<LateReason>, DbErr> {
    let its_slot = Expr::col((slot::Entity, slot::Column::Id)).equals((answer::Entity, answer::Column::Slot));
    let reason = (answer::Entity, answer::Column::LateReason);
    let query = Query::select()
        .columns([(slot::Entity, slot::Column::Agency), (slot::Entity, slot::Column::Duty)])
        .expr_as(Expr::col(reason), Alias::new("reason"))
        .from(answer::Entity)
        .join(JoinType::InnerJoin, slot::Entity, its_slot)
        .and_where(progress::of(slot::Column::Plan).eq(plan))
        .and_where(progress::of(slot::Column::VoidedOn).is_null())
        .and_where(Expr::col(reason).ne(""))
        .order_by((answer::Entity, answer::Column::At), Order::Desc)
        .limit(most)
        .take();
    LateReason::find_by_statement(on.get_database_backend().build(&query)).all(on).await
}
