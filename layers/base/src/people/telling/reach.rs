//! What was read of reach, in words.

use super::Telling;
use super::changes::day;
use crate::base::Fact;
use crate::web::Locale;

pub(super) fn of_reach(l: Locale, fact: &Fact) -> Telling {
    match fact {
        Fact::ReachSettled { day: on, copies, readings, sha256 } => {
            let words = [("day", day(on)), ("copies", copies.to_string()), ("count", readings.to_string())];
            Telling::new(l.with("ledger-reach-settled", &words)).with(vec![format!("SHA-256 {sha256}")])
        }
        Fact::ReachCleared { count, before } => Telling::new(l.t2("ledger-reach-cleared", "count", count, "day", day(before))),
        _ => Telling::new(l.t("agency-fact-other")),
    }
}
