//! How far a plan got: counted from slots, answers and reviews in the database, nothing stored. Every rate has a
//! numerator that is part of its denominator, so none exceeds 100 %; ratios of several agencies come from summed parts.

pub mod by_duty;
mod which;

use std::collections::BTreeMap;
use std::ops::{AddAssign, Range};

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, CaseStatement, ExprTrait, Func, JoinType, Query, SelectStatement, SimpleExpr};
use sea_orm::{FromQueryResult, Order, QuerySelect, QueryTrait};
use serde::Serialize;
use utoipa::ToSchema;

pub use self::which::Which;
use super::duty::{self, Kind};
use super::review::{self, Verdict};
use super::{answer, slot};
use crate::base::beginning;
pub(super) use crate::base::sources::tallying::count_if;
use crate::people::agency;

/// How many slots, and what became of them. `submitted` splits into waiting, returned and accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, FromQueryResult, ToSchema)]
pub struct Tally {
    /// Slots that are not void.
    pub expected: i64,
    /// Answered, whatever was said to it.
    pub submitted: i64,
    /// Answered by the last day, and not sent back.
    pub on_time: i64,
    /// Answered later for a reason that the agency holds for excusable.
    pub excused: i64,
    /// Answered with "nothing to report": submitted, and no data.
    pub nothing: i64,
    pub returned: i64,
    pub accepted: i64,
    /// Unanswered though the last day has passed.
    pub overdue: i64,
}

impl Tally {
    /// Answered and not yet looked at.
    #[must_use]
    pub const fn waiting(&self) -> i64 {
        self.submitted - self.returned - self.accepted
    }

    /// Unanswered, with time left.
    #[must_use]
    pub const fn open(&self) -> i64 {
        self.expected - self.submitted - self.overdue
    }

    /// Handed in and not sent back: what counts as done so far.
    #[must_use]
    pub const fn done(&self) -> i64 {
        self.submitted - self.returned
    }

    /// Answered after the last day, and not sent back: with `on_time` it makes up what is done.
    #[must_use]
    pub const fn late(&self) -> i64 {
        self.done() - self.on_time
    }

    /// Percent of the expected, rounded down: 121 of 122 is not 100 %. None of nothing.
    #[must_use]
    pub const fn percent(&self, part: i64) -> Option<i64> {
        if self.expected == 0 { None } else { Some(part * 100 / self.expected) }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.expected += other.expected;
        self.submitted += other.submitted;
        self.on_time += other.on_time;
        self.excused += other.excused;
        self.nothing += other.nothing;
        self.returned += other.returned;
        self.accepted += other.accepted;
        self.overdue += other.overdue;
    }
}

/// One agency in one period.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Cell {
    pub agency: Uuid,
    pub period: String,
    pub due_on: NaiveDate,
    #[sea_orm(nested)]
    tally: Tally,
}

impl Cell {
    /// Its counts.
    #[must_use]
    pub const fn tally(&self) -> Tally {
        self.tally
    }
}

/// The word in addresses for all years together.
pub const ALL_YEARS: &str = "all";
/// The years that anything can be due in.
pub const YEARS: Range<i32> = 1900..3000;

/// The first and the last day of a year; of all [`YEARS`] without one. A year outside of them is a single day, today.
#[must_use]
pub fn days(year: Option<i32>, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let (first, last) = year.map_or((YEARS.start, YEARS.end - 1), |year| (year, year));
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(today);
    (day(first, 1, 1), day(last, 12, 31))
}

/// What is counted.
#[derive(Clone, Debug)]
pub struct Scope {
    pub plan: Uuid,
    /// `III`; everything when empty.
    pub part: String,
    pub agency: Option<Uuid>,
    /// All agencies of a kind.
    pub body: Option<agency::Kind>,
    /// One duty of the plan alone.
    pub duty: Option<Uuid>,
    pub kind: Option<Kind>,
    /// What is due between these days.
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// What counts as overdue is due before it.
    pub today: NaiveDate,
}

/// Counts a plan by agency and period, in the order of the last days: one statement. Requests are left out of the rates.
///
/// # Errors
/// The database failed.
pub async fn cells(on: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Cell>, DbErr> {
    Cell::find_by_statement(on.get_database_backend().build(&counting(scope))).all(on).await
}

/// Periods that stand in one column: each half-year or quarter by itself, all months together, and what is due once.
#[must_use]
pub fn column(period: &str) -> &str {
    match period.as_bytes() {
        [.., b'-', b'0'..=b'1', b'0'..=b'9'] if period.len() == 7 => MONTHLY,
        [_, _, _, _] | [_, _, _, _, b'-', _, _, b'-', _, _] => ONCE,
        _ => period,
    }
}

/// The column of all months.
pub const MONTHLY: &str = "monthly";
/// The column of what is due once.
pub const ONCE: &str = "once";

/// The sums of cells by something, in the order in which it first comes.
#[must_use]
pub fn by<K: Ord + Clone>(cells: &[Cell], key: impl Fn(&Cell) -> K) -> Vec<(K, Tally)> {
    let mut sums: BTreeMap<K, Tally> = BTreeMap::new();
    let mut order = Vec::new();
    for cell in cells {
        let key = key(cell);
        if !sums.contains_key(&key) {
            order.push(key.clone());
        }
        *sums.entry(key).or_default() += cell.tally();
    }
    order.into_iter().map(|key| (key.clone(), sums[&key])).collect()
}

/// The sum of all.
#[must_use]
pub fn total(cells: &[Cell]) -> Tally {
    let mut total = Tally::default();
    cells.iter().for_each(|cell| total += cell.tally());
    total
}

/// The ids of the slots that a figure counts; `period` is a period or a [`column`], everything when empty.
#[must_use]
pub fn listing(scope: &Scope, which: Which, period: &str) -> SelectStatement {
    let mut query = joined(scope);
    query.column((slot::Entity, slot::Column::Id)).and_where(condition(which, scope.today));
    let like = |pattern: &str| of(slot::Column::Period).like(pattern);
    match period {
        "" => {}
        MONTHLY => {
            query.and_where(like("____-0_").or(like("____-1_")));
        }
        ONCE => {
            query.and_where(like("____").or(like("____-__-__")));
        }
        period => {
            query.and_where(of(slot::Column::Period).eq(period));
        }
    }
    query
}

fn counting(scope: &Scope) -> SelectStatement {
    let mut query = joined(scope);
    count(&mut query, scope.today)
        .column((slot::Entity, slot::Column::Agency))
        .column((slot::Entity, slot::Column::Period))
        .expr_as(of(slot::Column::DueOn).min(), Alias::new("due_on"))
        .group_by_columns([(slot::Entity, slot::Column::Agency), (slot::Entity, slot::Column::Period)])
        .order_by_expr(of(slot::Column::DueOn).min(), Order::Asc);
    query
}

/// Adds the columns of a [`Tally`] to a query of [`joined`] slots.
pub(super) fn count(query: &mut SelectStatement, today: NaiveDate) -> &mut SelectStatement {
    let count = |which| count_if(condition(which, today));
    query
        .expr_as(of(slot::Column::Id).count(), Alias::new("expected"))
        .expr_as(count_if(answered()), Alias::new("submitted"))
        .expr_as(count(Which::OnTime), Alias::new("on_time"))
        .expr_as(count(Which::Excused), Alias::new("excused"))
        .expr_as(count(Which::Nothing), Alias::new("nothing"))
        .expr_as(count(Which::Returned), Alias::new("returned"))
        .expr_as(count(Which::Accepted), Alias::new("accepted"))
        .expr_as(count(Which::Overdue), Alias::new("overdue"))
}

/// What became of a slot's answers, see [`versions`].
const FIRST: &str = "first";
/// The last answer in one number, so that it is read in the same pass: its version, 4 when there was nothing to report, and
/// what was said to it.
const LAST: &str = "last";
const VERSION: i32 = 8;
const NOTHING: i32 = 4;
const RETURNED: i32 = 1;
const ACCEPTED: i32 = 2;
/// The newest version that was sent back: nothing before it counts, unless it was accepted.
const SENT_BACK: &str = "sent_back";
/// The newest version that came in time and was not sent back; [`FOR_GOOD`] once one was accepted.
const IN_TIME: &str = "in_time";
/// The newest version whose lateness was called excusable, likewise.
const EXCUSED: &str = "excused";
/// Above all versions.
const FOR_GOOD: i32 = 1 << 30;

/// What a slot must be to be counted as this.
pub(super) fn condition(which: Which, today: NaiveDate) -> SimpleExpr {
    let unanswered = || Expr::col((Alias::new(FIRST), answer::Column::Slot)).is_null();
    let last = |of: i32| of_first(LAST).modulo(of);
    match which {
        Which::Expected => Expr::value(1).eq(1),
        Which::Submitted => done(),
        Which::OnTime => done().and(of_first(IN_TIME).gt(of_first(SENT_BACK))),
        Which::Late => done().and(of_first(IN_TIME).lte(of_first(SENT_BACK))),
        Which::Excused => condition(Which::Late, today).and(of_first(EXCUSED).gt(of_first(SENT_BACK))),
        Which::Nothing => last(VERSION).gte(NOTHING),
        Which::Waiting => last(NOTHING).eq(0),
        Which::Returned => last(NOTHING).eq(RETURNED),
        Which::Accepted => last(NOTHING).eq(ACCEPTED),
        Which::Overdue => unanswered().and(of(slot::Column::InTimeUntil).lt(today)),
        Which::Open => unanswered().and(of(slot::Column::InTimeUntil).gte(today)),
    }
}

/// Handed in, whatever was said to it.
fn answered() -> SimpleExpr {
    Expr::col((Alias::new(FIRST), answer::Column::Slot)).is_not_null()
}

/// Handed in and not sent back.
fn done() -> SimpleExpr {
    of_first(LAST).modulo(NOTHING).ne(RETURNED)
}

pub(super) fn of_first(column: &'static str) -> Expr {
    Expr::col((Alias::new(FIRST), Alias::new(column)))
}

pub(super) fn of(column: slot::Column) -> Expr {
    Expr::col((slot::Entity, column))
}

/// The slots in scope beside what became of their answers.
pub(super) fn joined(scope: &Scope) -> SelectStatement {
    let mut query = beside_answers(of(slot::Column::Plan).eq(scope.plan).and(due_between(scope.from, scope.until)));
    if let Some(agency) = scope.agency {
        query.and_where(of(slot::Column::Agency).eq(agency));
    }
    if let Some(body) = scope.body {
        let bodies = agency::Entity::find().select_only().column(agency::Column::Id).filter(agency::Column::Kind.eq(body));
        query.and_where(of(slot::Column::Agency).in_subquery(bodies.into_query()));
    }
    if let Some(duty) = scope.duty {
        query.and_where(of(slot::Column::Duty).eq(duty));
    }
    if let Some(kind) = scope.kind {
        query.and_where(Expr::col((duty::Entity, duty::Column::Kind)).eq(kind.to_value()));
    }
    if !scope.part.is_empty() {
        query.and_where(Expr::col((duty::Entity, duty::Column::Path)).like(beginning(&format!("{}.", scope.part))));
    }
    query
}

/// Whether a slot is due between these days, both included.
pub(super) fn due_between(from: NaiveDate, until: NaiveDate) -> SimpleExpr {
    of(slot::Column::DueOn).between(from, until)
}

/// The slots of which that holds, void ones and requests left out, beside what became of their answers.
pub(super) fn beside_answers(within: SimpleExpr) -> SelectStatement {
    let first = Alias::new(FIRST);
    let its_duty = Expr::col((duty::Entity, duty::Column::Id)).equals((slot::Entity, slot::Column::Duty));
    let its_first = Expr::col((first.clone(), answer::Column::Slot)).equals((slot::Entity, slot::Column::Id));
    Query::select()
        .from(slot::Entity)
        .join(JoinType::InnerJoin, duty::Entity, its_duty)
        .join_subquery(JoinType::LeftJoin, versions(within.clone()), first, its_first)
        .and_where(within)
        .and_where(of(slot::Column::VoidedOn).is_null())
        .and_where(Expr::col((duty::Entity, duty::Column::Kind)).ne(Kind::Request.to_value()))
        .take()
}

/// Of each answered slot of which that holds, in one pass: the day of the first answer, the last answer in one number, and
/// the versions that decide whether it was in time. Days only grow with versions, so that "the first that counts came in time" is
/// "one that came in time is newer than what was sent back last".
fn versions(within: SimpleExpr) -> SelectStatement {
    let verdict = |verdict: Verdict| Expr::col((Alias::new("seen"), review::Column::Verdict)).eq(verdict.to_value());
    let of_answer = |column| Expr::col((answer::Entity, column));
    // The version when it counts: not sent back, and accepted above all.
    let counting = |which: SimpleExpr| {
        CaseStatement::new()
            .case(verdict(Verdict::Return), 0)
            .case(which.clone().and(verdict(Verdict::Accept)), FOR_GOOD)
            .case(which, of_answer(answer::Column::Version))
            .finally(0)
    };
    let in_time = counting(of_answer(answer::Column::OnDay).lte(of(slot::Column::InTimeUntil)));
    let excused = counting(of_answer(answer::Column::Excusable).eq(true));
    let sent_back = CaseStatement::new().case(verdict(Verdict::Return), of_answer(answer::Column::Version)).finally(0);
    let nothing = of_answer(answer::Column::Outcome).eq(answer::Outcome::Nothing.to_value());
    let outcome = CaseStatement::new().case(nothing, NOTHING).finally(0);
    let said = CaseStatement::new().case(verdict(Verdict::Return), RETURNED).case(verdict(Verdict::Accept), ACCEPTED).finally(0);
    let last = of_answer(answer::Column::Version).mul(VERSION).add(outcome).add(said);
    let its_review = Expr::col((Alias::new("seen"), review::Column::Answer)).equals((answer::Entity, answer::Column::Id));
    let its_slot = of(slot::Column::Id).equals((answer::Entity, answer::Column::Slot));
    Query::select()
        .column((answer::Entity, answer::Column::Slot))
        .expr_as(of_answer(answer::Column::OnDay).min(), Alias::new("came"))
        .expr_as(Func::max(in_time), Alias::new(IN_TIME))
        .expr_as(Func::max(excused), Alias::new(EXCUSED))
        .expr_as(Func::max(sent_back), Alias::new(SENT_BACK))
        .expr_as(Func::max(last), Alias::new(LAST))
        .from(answer::Entity)
        .join(JoinType::InnerJoin, slot::Entity, its_slot)
        .join_as(JoinType::LeftJoin, review::Entity, Alias::new("seen"), its_review)
        .and_where(within)
        .group_by_col((answer::Entity, answer::Column::Slot))
        .take()
}

#[cfg(test)]
mod tests {
    use super::Tally;

    /// Scenario R7: a ratio of several is that of the sums, never the mean of their percentages.
    #[test]
    fn one_of_two_and_ninety_nine_of_a_hundred_are_a_hundred_of_a_hundred_and_two() {
        let one = Tally { expected: 2, submitted: 1, ..Tally::default() };
        let other = Tally { expected: 100, submitted: 99, ..Tally::default() };
        let mut both = one;
        both += other;
        assert_eq!((both.submitted, both.expected), (100, 102));
        assert_eq!(both.percent(both.submitted), Some(98), "not 74");
        assert_eq!(Tally::default().percent(0), None, "nothing of nothing is no rate");
    }
}
