//! What becomes of a row whose time came while nobody looked: a pure function.

use chrono::{DateTime, Utc};

use crate::base::restored::Quiet;
use crate::channels::account::{self, Account, Missed};
use crate::channels::delivery::{Delivery, State, Why};

/// What becomes of a row that is so late that nobody can have looked at its minute, or that stood through an outage so long; None
/// when it goes out. What waits for its turn after it was seen is not late: the account's pace is nobody's outage.
pub(super) fn late(account: &Account, row: &Delivery, now: DateTime<Utc>, quiet: Option<Quiet>) -> Option<(State, Why)> {
    let is_late = match (row.found_at, quiet) {
        (None, _) => row.run_at.is_some_and(|due| now - due > account.missed_after()),
        (Some(found), Some(quiet)) => found < quiet.to && quiet.to - quiet.from > account.missed_after(),
        (Some(_), None) => false,
    };
    match (account.state, account.missed) {
        (account::State::Dead, _) => Some((State::Held, Why::AccountDead)),
        (account::State::Paused, _) => Some((State::Held, Why::AccountPaused)),
        (account::State::Active, Missed::Ask) if is_late => Some((State::Held, Why::Missed)),
        (account::State::Active, Missed::Drop) if is_late => Some((State::Failed, Why::Missed)),
        (account::State::Active, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;
    use crate::channels::Piece;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).expect("a moment") + TimeDelta::minutes(minute)
    }

    fn account(missed: Missed) -> Account {
        Account {
            id: Uuid::from_u128(4),
            agency: Uuid::from_u128(2),
            platform: "telegram".into(),
            name: String::new(),
            settings: "{}".into(),
            secrets: String::new(),
            state: account::State::Active,
            why: String::new(),
            since: at(0),
            missed,
            missed_after_min: 30,
            per_minute: 6,
            burst: 2,
            tokens_milli: 0,
            refilled_at: at(0),
            busy_until: None,
            succeeded_at: None,
            asked_at: None,
            made_by: Uuid::from_u128(3),
            made_at: at(0),
            version: 1,
        }
    }

    fn row(due: i64, found: Option<i64>) -> Delivery {
        let piece = Piece { id: Uuid::from_u128(1), ..Piece::blank(Uuid::from_u128(2), Uuid::from_u128(3), at(0)) };
        let planned = Delivery::planned(&piece, Uuid::from_u128(4));
        Delivery { state: State::Queued, run_at: Some(at(due)), found_at: found.map(at), ..planned }
    }

    #[test]
    fn what_was_seen_in_time_and_stood_through_an_outage_is_late() {
        let outage = |from, to| Some(Quiet { from: at(from), to: at(to) });
        let ask = |row: &Delivery, now, quiet| late(&account(Missed::Ask), row, at(now), quiet);
        // Waiting for one's turn, however long, is not being late.
        assert_eq!(ask(&row(0, Some(0)), 300, None), None);
        assert_eq!(ask(&row(0, Some(0)), 300, outage(-500, -400)), None, "an outage before it");
        assert_eq!(ask(&row(0, Some(0)), 300, outage(10, 290)), Some((State::Held, Why::Missed)));
        assert_eq!(ask(&row(0, Some(0)), 40, outage(10, 35)), None, "shorter than what the account calls missed");
        assert_eq!(late(&account(Missed::Send), &row(0, Some(0)), at(300), outage(10, 290)), None);
        assert_eq!(late(&account(Missed::Drop), &row(0, Some(0)), at(300), outage(10, 290)), Some((State::Failed, Why::Missed)));
        // Never seen: by its own minute.
        assert_eq!(ask(&row(0, None), 31, None), Some((State::Held, Why::Missed)));
        assert_eq!(ask(&row(0, None), 29, outage(-60, 20)), None);
        // Judged after the outage, it is not judged by it again.
        assert_eq!(ask(&row(0, Some(291)), 400, outage(10, 290)), None);
    }
}
