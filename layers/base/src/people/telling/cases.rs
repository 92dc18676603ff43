//! What happened to cases, in words.

use super::{Teller, Telling};
use crate::base::Fact;

impl Teller<'_> {
    pub(super) fn case(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::CaseRaised { title, holder } => l.t2("ledger-case-raised", "name", title, "to", self.place(Some(*holder))),
            Fact::CaseTaken { .. } => l.t("ledger-case-taken"),
            Fact::CaseQuestioned { .. } => l.t("ledger-case-questioned"),
            Fact::CaseReplied { .. } => l.t("ledger-case-replied"),
            Fact::CaseAnswered { .. } => l.t("ledger-case-answered"),
            Fact::CasePassedUp { to, .. } => l.t1("ledger-case-passed-up", "to", self.place(Some(*to))),
            Fact::CasePassedOn { to, .. } => l.t1("ledger-case-passed-on", "to", self.place(Some(*to))),
            Fact::CaseSolved { .. } => l.t("ledger-case-solved"),
            Fact::CaseReopened { .. } => l.t("ledger-case-reopened"),
            Fact::CaseWithdrawn { .. } => l.t("ledger-case-withdrawn"),
            Fact::CaseLapsed { .. } => l.t("ledger-case-lapsed"),
            Fact::CaseReminded { holder, overdue, .. } => {
                let key = if *overdue { "ledger-case-overdue" } else { "ledger-case-soon" };
                l.t1(key, "to", self.place(Some(*holder)))
            }
            Fact::CaseReplyReminded { raiser, days } => {
                l.t2("ledger-case-reply-wanted", "to", self.place(Some(*raiser)), "days", days)
            }
            Fact::CaseLadderSettled { agencies, .. } => {
                let names: Vec<String> = agencies.iter().map(|agency| self.place(Some(*agency))).collect();
                return Telling::new(l.t1("ledger-case-ladder", "count", agencies.len())).with(vec![names.join(" → ")]);
            }
            _ => return self.unknown(),
        })
    }
}
