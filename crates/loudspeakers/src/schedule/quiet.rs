//! Hours in which nothing but an emergency sounds.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};

/// Local time (+07:00), every day; over midnight where the end is not behind the beginning (`21:00` to `05:00`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    pub begins: NaiveTime,
    pub ends: NaiveTime,
}

/// Vietnam has had no other time since 1975, and no summer time.
const VIETNAM_S: i32 = 7 * 3600;

/// The instant of a local day and time.
pub(super) fn instant(date: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    FixedOffset::east_opt(VIETNAM_S)?.from_local_datetime(&date.and_time(time)).single().map(|at| at.with_timezone(&Utc))
}

pub(super) fn local_date(at: DateTime<Utc>) -> NaiveDate {
    (at + Duration::seconds(VIETNAM_S.into())).date_naive()
}

pub(super) fn local_time(at: DateTime<Utc>) -> NaiveTime {
    (at + Duration::seconds(VIETNAM_S.into())).time()
}

impl Quiet {
    /// The stretch that begins on this local day.
    fn on(&self, date: NaiveDate) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let last = if self.ends <= self.begins { date.succ_opt()? } else { date };
        Some((instant(date, self.begins)?, instant(last, self.ends)?))
    }

    /// The first quiet stretch that `from..to` (not empty) touches.
    fn meets(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let mut date = local_date(from).pred_opt()?;
        while date <= local_date(to) {
            if let Some((begins, ends)) = self.on(date).filter(|(begins, ends)| *begins < to && from < *ends) {
                return Some((begins, ends));
            }
            date = date.succ_opt()?;
        }
        None
    }
}

/// The earliest quiet stretch that `from..to` touches.
pub(super) fn quiet_within(quiet: &[Quiet], from: DateTime<Utc>, to: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    quiet.iter().filter_map(|hours| hours.meets(from, to)).min()
}
