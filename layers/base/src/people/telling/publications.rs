//! What happened to publications, in words.

use super::{Teller, Telling};
use crate::base::Fact;

impl Teller<'_> {
    pub(super) fn publication(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::PublicationDrafted { title } => l.t1("ledger-publication-drafted", "name", title),
            Fact::PublicationEdited { title, what } if what.is_empty() => l.t1("ledger-publication-edited", "name", title),
            Fact::PublicationEdited { title, what } => l.t2("ledger-publication-section", "name", title, "what", what),
            Fact::PublicationSubmitted { title } => l.t1("ledger-publication-submitted", "name", title),
            Fact::PublicationApproved { title } => l.t1("ledger-publication-approved", "name", title),
            Fact::PublicationReturned { title } => l.t1("ledger-publication-returned", "name", title),
            Fact::PublicationRecalled { title } => l.t1("ledger-publication-recalled", "name", title),
            Fact::PublicationPublished { title, edition, .. } => {
                l.t2("ledger-publication-published", "name", title, "n", edition)
            }
            Fact::PublicationLockTaken { title, what, .. } => l.t2("ledger-publication-lock-taken", "name", title, "what", what),
            Fact::PublicationWithdrawn { title } => l.t1("ledger-publication-withdrawn", "name", title),
            _ => return self.unknown(),
        })
    }
}
