//! How the database counts for a source: rows by agency and month in one statement, the same on both engines. A month begins at midnight
//! in Vietnam, so that a row is held against the first moments of the months that are asked for; what a month is, no engine has to know.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, CaseStatement, ExprTrait, Func, Query, SelectStatement, UnionType};
use sea_orm::{Condition, FromQueryResult};

use super::{Asked, Month, Stretch, Tallied};
use crate::base::{App, time};
use crate::web::Result;

const AGENCY: &str = "agency";
const OF_MONTH: &str = "of_month";
const UNTIL_MONTH: &str = "until_month";
const COUNTED: &str = "counted";
const FIRST_AT: &str = "first_at";
const FIRSTS: &str = "firsts";

/// When something was, as its table has it.
#[derive(Clone, Debug)]
pub enum When {
    /// A moment, UTC.
    Moment(Expr),
    /// A day in Vietnam.
    Day(Expr),
    /// As an end: the last day on which it still was.
    LastDay(Expr),
}

impl When {
    fn column(&self) -> Expr {
        match self {
            Self::Moment(column) | Self::Day(column) | Self::LastDay(column) => column.clone(),
        }
    }

    /// What it is held against to be before that day or from then on.
    fn bound(&self, day: NaiveDate) -> Expr {
        match self {
            Self::Moment(_) => Expr::value(time::begins(day)),
            Self::Day(_) => Expr::value(day),
            // Its end is the day after.
            Self::LastDay(_) => Expr::value(day.pred_opt().unwrap_or(day)),
        }
    }

    fn is_before(&self, day: NaiveDate) -> Expr {
        self.column().lt(self.bound(day))
    }

    fn is_from(&self, day: NaiveDate) -> Expr {
        self.column().gte(self.bound(day))
    }

    /// In which of these months it was, counted from 0; what was before them is in the first.
    #[must_use]
    pub fn of_months(&self, months: &[Month]) -> Expr {
        self.month(months, 0)
    }

    /// In which of these months it was, from `first`; what was before them is in the first.
    fn month(&self, months: &[Month], first: usize) -> Expr {
        match months {
            [] | [_] => Expr::value(place(first)),
            several => {
                let (early, late) = several.split_at(several.len() / 2);
                let is_early = self.is_before(late[0].first_day());
                let of_late = self.month(late, first + early.len());
                CaseStatement::new().case(is_early, self.month(early, first)).finally(of_late).into()
            }
        }
    }
}

fn place(at: usize) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX)
}

impl Stretch {
    /// Its first day, and the first after it.
    #[must_use]
    pub fn days(self) -> (NaiveDate, NaiveDate) {
        (self.first.first_day(), self.last.next().first_day())
    }

    /// Its first moment, and the first after it.
    #[must_use]
    pub fn moments(self) -> (DateTime<Utc>, DateTime<Utc>) {
        let (from, until) = self.days();
        (time::begins(from), time::begins(until))
    }

    /// The day on which things are looked at that stand: its last one, or today before it is over.
    #[must_use]
    pub fn stands_on(self, today: NaiveDate) -> NaiveDate {
        std::cmp::min(self.last.last_day(), today)
    }
}

impl Asked {
    /// Rows of the agency that is asked for; all of them when none is.
    #[must_use]
    pub fn of_agency(&self, column: impl ColumnTrait) -> Condition {
        self.agency.map_or_else(Condition::all, |agency| Condition::all().add(ColumnTrait::eq(&column, agency)))
    }

    /// Rows whose moment lies in the stretch.
    #[must_use]
    pub fn at(&self, column: impl ColumnTrait) -> Condition {
        let (from, until) = self.stretch.moments();
        Condition::all().add(ColumnTrait::gte(&column, from)).add(ColumnTrait::lt(&column, until))
    }

    /// Rows whose day lies in the stretch.
    #[must_use]
    pub fn on(&self, column: impl ColumnTrait) -> Condition {
        let (from, until) = self.stretch.days();
        Condition::all().add(ColumnTrait::gte(&column, from)).add(ColumnTrait::lt(&column, until))
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    agency: Option<Uuid>,
    of_month: i32,
    counted: i64,
}

/// Counts rows by the month in which they happened: one statement. What `rows` selects is left out, what it joins and filters stays.
///
/// # Errors
/// The database failed.
pub async fn happened(app: &App, rows: SelectStatement, (agency, when): (Expr, When), stretch: Stretch) -> Result<Vec<Tallied>> {
    let months: Vec<Month> = stretch.months().collect();
    if months.is_empty() {
        return Ok(Vec::new());
    }
    read(app, &by_month(rows, agency, &when, &months), &months).await
}

/// [`happened`] of several kinds of the same rows, each by what holds of it and in the order of those: the rows are read once for all.
///
/// # Errors
/// The database failed.
pub async fn happened_each(
    app: &App,
    rows: SelectStatement,
    (agency, when): (Expr, When),
    stretch: Stretch,
    kinds: Vec<Expr>,
) -> Result<Vec<Vec<Tallied>>> {
    let months: Vec<Month> = stretch.months().collect();
    let mut all = vec![Vec::new(); kinds.len()];
    if months.is_empty() {
        return Ok(all);
    }
    let name = |at: usize| format!("{COUNTED}_{at}");
    let mut query = by_month(rows, agency, &when, &months);
    for (at, kind) in kinds.into_iter().enumerate() {
        query.expr_as(count_if(kind), Alias::new(name(at)));
    }
    for row in app.db.query_all(&query).await? {
        let agency = row.try_get("", AGENCY)?;
        let of_month: i32 = row.try_get("", OF_MONTH)?;
        let Some(month) = usize::try_from(of_month).ok().and_then(|at| months.get(at).copied()) else { continue };
        for (at, tallied) in all.iter_mut().enumerate() {
            let count = u64::try_from(row.try_get::<i64>("", &name(at))?).unwrap_or_default();
            if count > 0 {
                tallied.push(Tallied { agency, month, count });
            }
        }
    }
    Ok(all)
}

/// How many rows satisfy a condition, as a whole number on both engines.
#[must_use]
pub fn count_if(condition: Expr) -> Expr {
    let one = CaseStatement::new().case(condition, 1).finally(0);
    Func::sum(one).cast_as(Alias::new("bigint"))
}

fn by_month(mut rows: SelectStatement, agency: Expr, when: &When, months: &[Month]) -> SelectStatement {
    let (from, until) = bounds(months);
    rows.clear_selects();
    rows.expr_as(agency.clone(), Alias::new(AGENCY))
        .expr_as(when.of_months(months), Alias::new(OF_MONTH))
        .expr_as(Expr::cust("COUNT(*)"), Alias::new(COUNTED))
        .and_where(when.is_from(from))
        .and_where(when.is_before(until))
        .add_group_by([agency, Expr::col(Alias::new(OF_MONTH))]);
    rows
}

/// The first day of these months, and the first after them.
fn bounds(months: &[Month]) -> (NaiveDate, NaiveDate) {
    let day = |month: Option<&Month>, of: fn(Month) -> NaiveDate| month.copied().map(of).unwrap_or_default();
    (day(months.first(), Month::first_day), day(months.last(), |month| month.next().first_day()))
}

async fn read(app: &App, query: &SelectStatement, months: &[Month]) -> Result<Vec<Tallied>> {
    let rows = Row::find_by_statement(app.db.get_database_backend().build(query)).all(&app.db).await?;
    let tallied = |row: Row| {
        let month = usize::try_from(row.of_month).ok().and_then(|at| months.get(at).copied())?;
        Some(Tallied { agency: row.agency, month, count: u64::try_from(row.counted).unwrap_or_default() })
    };
    Ok(rows.into_iter().filter_map(tallied).collect())
}

/// Counts things that several agencies may have: each once for an agency, in the month in which it came first there, and once for the
/// province (a line without agency), in the month in which it came first anywhere. One statement.
///
/// # Errors
/// The database failed.
pub async fn first_happened(
    app: &App,
    rows: SelectStatement,
    agency: Expr,
    (thing, at): (Expr, Expr),
    stretch: Stretch,
) -> Result<Vec<Tallied>> {
    let months: Vec<Month> = stretch.months().collect();
    if months.is_empty() {
        return Ok(Vec::new());
    }
    let firsts = |own: Option<Expr>| {
        let mut first = rows.clone();
        first.clear_selects();
        if let Some(own) = &own {
            first.expr_as(own.clone(), Alias::new(AGENCY));
        }
        first.expr_as(at.clone().min(), Alias::new(FIRST_AT)).add_group_by(own.into_iter().chain([thing.clone()]));
        Query::select().from_subquery(first, Alias::new(FIRSTS)).take()
    };
    let of_first = |name: &'static str| Expr::col((Alias::new(FIRSTS), Alias::new(name)));
    let when = When::Moment(of_first(FIRST_AT));
    let mut query = by_month(firsts(Some(agency)), of_first(AGENCY), &when, &months);
    let (from, until) = bounds(&months);
    let mut whole = firsts(None);
    whole
        .expr_as(Expr::cust("NULL"), Alias::new(AGENCY))
        .expr_as(when.of_months(&months), Alias::new(OF_MONTH))
        .expr_as(Expr::cust("COUNT(*)"), Alias::new(COUNTED))
        .and_where(when.is_from(from))
        .and_where(when.is_before(until))
        .add_group_by([Expr::col(Alias::new(OF_MONTH))]);
    query.union(UnionType::All, whole);
    read(app, &query, &months).await
}

#[derive(Debug, FromQueryResult)]
struct Stood {
    agency: Option<Uuid>,
    of_month: i32,
    until_month: i32,
    counted: i64,
}

/// Counts things that stand from some day until another, on the last day of each month and today in the one that is not over: one
/// statement. None as an end: they stand for good.
///
/// # Errors
/// The database failed.
pub async fn stood(
    app: &App,
    mut rows: SelectStatement,
    agency: Expr,
    (from, until): (When, Option<When>),
    stretch: Stretch,
) -> Result<Vec<Tallied>> {
    let today = time::local_date(app.clock.now());
    let months: Vec<Month> = stretch.months().take_while(|month| *month <= Month::of(today)).collect();
    let Some(last) = months.last().copied() else { return Ok(Vec::new()) };
    let first_after = Stretch { first: last, last }.stands_on(today).succ_opt().unwrap_or(today);
    let for_good = Expr::value(place(months.len()));
    let ends: Expr = match until {
        Some(until) => {
            let (begin, _) = bounds(&months);
            rows.and_where(until.column().is_null().or(until.is_from(begin)));
            CaseStatement::new().case(until.is_before(first_after), until.of_months(&months)).finally(for_good).into()
        }
        None => for_good,
    };
    rows.clear_selects();
    rows.expr_as(agency.clone(), Alias::new(AGENCY))
        .expr_as(from.of_months(&months), Alias::new(OF_MONTH))
        .expr_as(ends, Alias::new(UNTIL_MONTH))
        .expr_as(Expr::cust("COUNT(*)"), Alias::new(COUNTED))
        .and_where(from.is_before(first_after))
        .add_group_by([agency, Expr::col(Alias::new(OF_MONTH)), Expr::col(Alias::new(UNTIL_MONTH))]);
    let rows = Stood::find_by_statement(app.db.get_database_backend().build(&rows)).all(&app.db).await?;
    Ok(spread(&rows, &months))
}

/// What stands from one month until another, in each month between.
fn spread(rows: &[Stood], months: &[Month]) -> Vec<Tallied> {
    let mut sums: BTreeMap<(Option<Uuid>, Month), u64> = BTreeMap::new();
    for row in rows {
        let (from, until) =
            (usize::try_from(row.of_month).unwrap_or_default(), usize::try_from(row.until_month).unwrap_or_default());
        for month in months.iter().take(until).skip(from) {
            *sums.entry((row.agency, *month)).or_default() += u64::try_from(row.counted).unwrap_or_default();
        }
    }
    sums.into_iter().map(|((agency, month), count)| Tallied { agency, month, count }).collect()
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::SqliteQueryBuilder;

    use super::*;

    fn months(count: usize) -> Vec<Month> {
        std::iter::successors(Some(Month { year: 2026, month: 1 }), |month| Some(month.next())).take(count).collect()
    }

    #[test]
    fn what_ended_in_a_month_does_not_stand_on_its_last_day() {
        let row = |of_month, until_month, counted| Stood { agency: None, of_month, until_month, counted };
        let found = spread(&[row(0, 2, 3), row(1, 3, 1), row(2, 2, 9)], &months(3));
        assert_eq!(found.iter().map(|one| (one.month.month, one.count)).collect::<Vec<_>>(), [(1, 3), (2, 4), (3, 1)]);
    }

    #[test]
    fn a_month_is_found_by_few_comparisons_and_begins_at_midnight_in_vietnam() {
        let when = When::Moment(Expr::col(Alias::new("at")));
        let query = by_month(Query::select().from(Alias::new("t")).take(), Expr::col(Alias::new("agency")), &when, &months(4));
        let sql = query.to_string(SqliteQueryBuilder);
        assert_eq!(sql.matches("WHEN").count(), 3, "{sql}");
        assert!(sql.contains("2025-12-31 17:00:00") && sql.contains("2026-04-30 17:00:00"), "{sql}");
        assert!(!sql.contains("2026-05-31"), "{sql}");
    }
}
