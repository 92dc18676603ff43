//! What happened to inspections, in words.

use super::changes::day;
use super::{Teller, Telling};
use crate::base::Fact;

impl Teller<'_> {
    pub(super) fn inspection(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::InspectionPlanned { title, agencies } => {
                let telling = Telling::new(l.t2("ledger-inspection-planned", "name", title, "count", agencies.len()));
                let names = self.names(agencies);
                return if names.is_empty() { telling } else { telling.with(vec![names]) };
            }
            Fact::InspectionWithdrawn { title, agencies } => {
                let telling = Telling::new(l.t1("ledger-inspection-withdrawn", "name", title));
                let names = self.names(agencies);
                return if names.is_empty() { telling } else { telling.with(vec![names]) };
            }
            Fact::VisitChecked { agency } => l.t1("ledger-visit-checked", "name", self.place(Some(*agency))),
            Fact::FindingAdded { agency } => l.t1("ledger-finding-added", "name", self.place(Some(*agency))),
            Fact::FindingTakenBack { agency } => l.t1("ledger-finding-taken-back", "name", self.place(Some(*agency))),
            Fact::ConclusionPublished { agency, findings } => {
                l.t2("ledger-conclusion-published", "name", self.place(Some(*agency)), "count", findings)
            }
            Fact::FindingAnswered { agency } => l.t1("ledger-finding-answered", "name", self.place(Some(*agency))),
            Fact::FindingRemedied { agency } => l.t1("ledger-finding-remedied", "name", self.place(Some(*agency))),
            Fact::FindingNotRemedied { agency, until } => {
                l.t2("ledger-finding-not-remedied", "name", self.place(Some(*agency)), "day", day(until))
            }
            Fact::FindingsReminded { agency, count, overdue } => {
                let words = [("name", self.place(Some(*agency))), ("count", count.to_string()), ("late", overdue.to_string())];
                l.with("ledger-findings-reminded", &words)
            }
            _ => return self.unknown(),
        })
    }
}
