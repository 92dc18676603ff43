//! How often an issue is drafted, by the clock of Vietnam.

use chrono::{DateTime, Datelike, TimeDelta, TimeZone, Utc};
use sea_orm::entity::prelude::*;

use crate::base::time::VIETNAM;

/// How often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Rhythm {
    /// As soon as there is an article.
    Immediate,
    Daily,
    #[default]
    Weekly,
    /// A person begins each.
    ByHand,
}

/// How long after an article is listed it is looked for.
const IMMEDIATE_S: i64 = 60;

impl Rhythm {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("newsletter-rhythm-{}", self.to_value().replace('_', "-"))
    }

    /// The first moment after `now` at which an issue is due. `hour` from 0 to 23, `weekday` from 1 (Monday) to 7.
    #[must_use]
    pub fn next(self, now: DateTime<Utc>, hour: i32, weekday: i32) -> Option<DateTime<Utc>> {
        let step = match self {
            Self::ByHand => return None,
            Self::Immediate => return Some(now + TimeDelta::seconds(IMMEDIATE_S)),
            Self::Daily => 1,
            Self::Weekly => 7,
        };
        let today = now.with_timezone(&VIETNAM).date_naive();
        let hour = u32::try_from(hour.clamp(0, 23)).unwrap_or_default();
        let first = if self == Self::Weekly {
            let behind = i64::from(weekday.clamp(1, 7)) - i64::from(today.weekday().number_from_monday());
            today + TimeDelta::days(behind.rem_euclid(7))
        } else {
            today
        };
        let at = |day: chrono::NaiveDate| Some(VIETNAM.from_local_datetime(&day.and_hms_opt(hour, 0, 0)?).single()?.to_utc());
        at(first).filter(|moment| *moment > now).or_else(|| at(first + TimeDelta::days(step)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_issue_is_after_now() {
        let monday_noon: DateTime<Utc> = "2026-03-02T05:00:00Z".parse().unwrap();
        let next = |rhythm: Rhythm, hour, weekday| {
            rhythm.next(monday_noon, hour, weekday).map(|at| at.with_timezone(&VIETNAM).to_rfc3339())
        };
        assert_eq!(next(Rhythm::Daily, 7, 1).as_deref(), Some("2026-03-03T07:00:00+07:00"));
        assert_eq!(next(Rhythm::Daily, 17, 1).as_deref(), Some("2026-03-02T17:00:00+07:00"));
        assert_eq!(next(Rhythm::Weekly, 7, 5).as_deref(), Some("2026-03-06T07:00:00+07:00"));
        assert_eq!(next(Rhythm::Weekly, 7, 1).as_deref(), Some("2026-03-09T07:00:00+07:00"));
        assert_eq!(next(Rhythm::Weekly, 12, 1).as_deref(), Some("2026-03-09T12:00:00+07:00"), "noon is now");
        assert_eq!(next(Rhythm::ByHand, 7, 1), None);
    }
}
