//! How handing in went from month to month, or week to week: read from the days of answers and the last days of slots,
//! nothing stored. One statement brings how many slots share both days; the rest is arithmetic.

use chrono::{Datelike, Days, Months, NaiveDate};
use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, SelectStatement};

use super::backlog::{answered_by, first_day, overdue_on};
use super::progress::{self, Scope, Which};
use super::slot;

/// So many weeks are shown.
const WEEKS: u64 = 13;

/// How far apart the points are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    #[default]
    Month,
    Week,
}

impl Step {
    /// The word in addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Week => "week",
        }
    }

    /// Reads what [`Step::code`] wrote; months when it is another word.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        if code == Self::Week.code() { Self::Week } else { Self::Month }
    }

    /// The days whose evenings are shown, earliest first, the last of them `today` or the end of the stretch: the last days
    /// of its months, or Sundays.
    #[must_use]
    pub fn days(self, scope: &Scope) -> Vec<NaiveDate> {
        let last = std::cmp::min(scope.today, scope.until);
        if last < scope.from {
            return Vec::new();
        }
        let mut days: Vec<NaiveDate> = match self {
            Self::Month => (1..=12)
                .filter_map(|months| scope.from.checked_add_months(Months::new(months))?.pred_opt())
                .take_while(|day| *day < last)
                .collect(),
            Self::Week => {
                let sunday = last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_sunday()))).unwrap_or(last);
                let back = (0..WEEKS - 1).rev().filter_map(|weeks| sunday.checked_sub_days(Days::new(weeks * 7)));
                back.filter(|day| *day >= scope.from && *day < last).collect()
            }
        };
        days.push(last);
        days
    }
}

/// How many slots share the last day in time and the day of the first answer.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Share {
    /// The last day in time.
    pub due: NaiveDate,
    /// Of the first answer.
    pub day: Option<NaiveDate>,
    pub slots: i64,
    pub on_time: i64,
}

/// How it stood in the evening of a day. All of it counts slots of the same stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub on: NaiveDate,
    /// Whose last day had come.
    pub due: i64,
    /// Handed in until then, also before their last day.
    pub submitted: i64,
    /// Those of them that were in time.
    pub on_time: i64,
    /// Past their last day and not handed in then.
    pub overdue: i64,
}

impl Point {
    /// The figure that a list is opened for; None for what no trend shows.
    #[must_use]
    pub const fn of(&self, which: Which) -> Option<i64> {
        match which {
            Which::Expected => Some(self.due),
            Which::Submitted => Some(self.submitted),
            Which::OnTime => Some(self.on_time),
            Which::Overdue => Some(self.overdue),
            _ => None,
        }
    }
}

/// What a trend shows, in the order of its table.
pub const SHOWN: [Which; 4] = [Which::Expected, Which::Submitted, Which::OnTime, Which::Overdue];

/// Reads what the points are made of: one statement.
///
/// # Errors
/// The database failed.
pub async fn shares(on: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Share>, DbErr> {
    let mut query = progress::joined(scope);
    query
        .expr_as(progress::of(slot::Column::InTimeUntil), Alias::new("due"))
        .expr_as(first_day(), Alias::new("day"))
        .expr_as(progress::of(slot::Column::Id).count(), Alias::new("slots"))
        .expr_as(progress::count_if(progress::condition(Which::OnTime, scope.today)), Alias::new("on_time"))
        .add_group_by([progress::of(slot::Column::InTimeUntil), first_day()]);
    Share::find_by_statement(on.get_database_backend().build(&query)).all(on).await
}

/// How it stood in the evenings of these days.
#[must_use]
pub fn points(shares: &[Share], days: &[NaiveDate]) -> Vec<Point> {
    let point = |on: &NaiveDate| {
        let mut point = Point { on: *on, due: 0, submitted: 0, on_time: 0, overdue: 0 };
        for share in shares {
            let answered = share.day.is_some_and(|day| day <= *on);
            if share.due <= *on {
                point.due += share.slots;
            }
            if answered {
                point.submitted += share.slots;
                point.on_time += share.on_time;
            } else if share.due < *on {
                point.overdue += share.slots;
            }
        }
        point
    };
    days.iter().map(point).collect()
}

/// The ids of the slots that a figure of a [`Point`] counts.
#[must_use]
pub fn listing(scope: &Scope, which: Which, on: NaiveDate) -> SelectStatement {
    let mut query = progress::joined(scope);
    query.column((slot::Entity, slot::Column::Id)).and_where(match which {
        Which::Submitted => answered_by(on),
        Which::OnTime => progress::condition(Which::OnTime, scope.today).and(answered_by(on)),
        Which::Overdue => overdue_on(on),
        _ => progress::of(slot::Column::InTimeUntil).lte(on),
    });
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn scope(today: &str) -> Scope {
        Scope {
            body: None,
            plan: Uuid::nil(),
            part: String::new(),
            agency: None,
            duty: None,
            kind: None,
            from: day("2026-01-01"),
            until: day("2026-12-31"),
            today: day(today),
        }
    }

    #[test]
    fn points_end_today_and_never_after_the_stretch() {
        let months = Step::Month.days(&scope("2026-03-15"));
        assert_eq!(months, [day("2026-01-31"), day("2026-02-28"), day("2026-03-15")]);
        assert_eq!(Step::Month.days(&scope("2026-02-28")), [day("2026-01-31"), day("2026-02-28")]);
        assert_eq!(Step::Month.days(&scope("2027-05-01")).len(), 12);
        assert_eq!(Step::Month.days(&scope("2025-12-31")), []);
        let weeks = Step::Week.days(&scope("2026-11-26"));
        assert_eq!((weeks.len(), weeks[0], weeks[11]), (13, day("2026-09-06"), day("2026-11-22")));
        assert_eq!(Step::Week.days(&scope("2026-11-22")).last(), Some(&day("2026-11-22")));
        assert_eq!(Step::Week.days(&scope("2026-01-02")), [day("2026-01-02")]);
    }

    #[test]
    fn what_is_late_stays_late_until_it_is_handed_in() {
        let share = |due: &str, on: Option<&str>, slots, on_time| Share { due: day(due), day: on.map(day), slots, on_time };
        let shares = [
            share("2026-01-31", Some("2026-01-20"), 5, 5),
            share("2026-01-31", Some("2026-03-02"), 2, 0),
            share("2026-01-31", None, 1, 0),
            share("2026-06-30", Some("2026-02-10"), 1, 1),
        ];
        let days = [day("2026-01-31"), day("2026-02-28"), day("2026-03-31"), day("2026-06-30")];
        let found: Vec<_> = points(&shares, &days).iter().map(|at| (at.due, at.submitted, at.on_time, at.overdue)).collect();
        assert_eq!(found, [(8, 5, 5, 0), (8, 6, 6, 3), (8, 8, 6, 1), (9, 8, 6, 1)]);
    }
}
