//! An answer on its way through the levels, what becomes of the links it gave, and the period it was closed with, in words.

use super::changes::of_duty;
use super::{Teller, Telling};
use crate::base::Fact;

impl Teller<'_> {
    pub(super) fn level(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::ProofLinkLost { host } => l.t1("ledger-proof-link-lost", "host", host),
            Fact::ProofLinkFound { host } => l.t1("ledger-proof-link-found", "host", host),
            Fact::AnswerPresented => l.t("ledger-answer-presented"),
            Fact::AnswerCleared { version, alone: false } => l.t1("ledger-answer-cleared", "version", version),
            Fact::AnswerCleared { version, alone: true } => l.t1("ledger-answer-cleared-alone", "version", version),
            Fact::PresentationReturned { .. } => l.t("ledger-presentation-returned"),
            Fact::PresentationWithdrawn => l.t("ledger-presentation-withdrawn"),
            Fact::ClearanceSet { to, .. } => l.t1("ledger-clearance-set", "mode", l.t(&format!("clearance-mode-{to}"))),
            Fact::OversightChanged { changes, .. } => {
                return Telling::new(l.t("ledger-oversight-changed")).with(self.each(changes, of_duty));
            }
            Fact::PeriodClosed { period, version, present, absent } => {
                let words = [("present", present.to_string()), ("absent", absent.to_string()), ("period", period.clone())];
                let words = [&words[..], &[("version", version.to_string())]].concat();
                l.with("ledger-period-closed", &words)
            }
            _ => l.t("agency-fact-other"),
        })
    }
}
