//! What happened to duties, in words.

use super::changes::{day, of_duty};
use super::{Teller, Telling};
use crate::base::Fact;

impl Teller<'_> {
    pub(super) fn duty(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::DutiesSettled { duties, opened, voided } => {
                let counts = [("duties", duties.to_string()), ("opened", opened.to_string()), ("voided", voided.to_string())];
                l.with("ledger-duties-settled", &counts)
            }
            Fact::DaysOffSettled { days } => l.t1("ledger-days-off-settled", "count", days),
            Fact::DayOffNoted { day: on, name, worked: false } => l.t2("ledger-day-off-noted", "day", day(on), "name", name),
            Fact::DayOffNoted { day: on, name, worked: true } => l.t2("ledger-day-worked-noted", "day", day(on), "name", name),
            Fact::DayOffRemoved { day: on, name } => l.t2("ledger-day-off-removed", "day", day(on), "name", name),
            Fact::ProofAdded { name, sha256 } => {
                return Telling::new(l.t1("ledger-proof-added", "name", name)).with(vec![format!("SHA-256 {sha256}")]);
            }
            Fact::ProofTakenBack { name } => l.t1("ledger-proof-taken-back", "name", name),
            Fact::AnswerSubmitted { version } => l.t1("ledger-answer-submitted", "version", version),
            Fact::AnswerAccepted { version } => l.t1("ledger-answer-accepted", "version", version),
            Fact::AnswerReturned { version } => l.t1("ledger-answer-returned", "version", version),
            Fact::FormChanged { version, fields } => l.t2("ledger-form-changed", "version", version, "count", fields),
            Fact::DocumentBound { version, number, sha256 } => {
                let title = l.t2("ledger-document-bound", "version", version, "number", number);
                return Telling::new(title).with(vec![format!("SHA-256 {sha256}")]);
            }
            Fact::AgencyReminded { owed, late } => l.t2("ledger-agency-reminded", "owed", owed, "late", late),
            Fact::CalendarFeedMade => l.t("ledger-calendar-feed-made"),
            Fact::CalendarFeedRevoked => l.t("ledger-calendar-feed-revoked"),
            Fact::UnlockRequested => l.t("ledger-unlock-requested"),
            Fact::SlotAssigned { person: None, .. } => l.t("ledger-slot-assigned-nobody"),
            Fact::SlotAssigned { name, .. } => l.t1("ledger-slot-assigned", "name", name),
            Fact::WorkAssigned { slots } => l.t1("ledger-work-assigned", "count", slots),
            Fact::SlotUnlocked { until } => l.t1("ledger-slot-unlocked", "day", day(until)),
            Fact::DutyChanged { changes, opened, voided, moved } => {
                let counts = [("opened", opened.to_string()), ("voided", voided.to_string()), ("moved", moved.to_string())];
                return Telling::new(l.with("ledger-duty-changed", &counts)).with(self.each(changes, of_duty));
            }
            Fact::RequestMade { title, agencies, due } => {
                let words = [("title", title.clone()), ("agencies", agencies.to_string()), ("due", day(due))];
                l.with("ledger-request-made", &words)
            }
            Fact::RequestWithdrawn { title, voided } => l.t2("ledger-request-withdrawn", "title", title, "voided", voided),
            _ => return self.unknown(),
        })
    }
}
