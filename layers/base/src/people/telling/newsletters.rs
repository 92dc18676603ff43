//! What happened with newsletters, in words.

use chrono::DateTime;

use super::{Teller, Telling};
use crate::base::fact::Change;
use crate::base::{Fact, time};

impl Teller<'_> {
    pub(super) fn newsletter(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::NewsletterMade { name } => l.t1("ledger-newsletter-made", "name", name),
            Fact::NewsletterChanged { name, changes } => {
                let details = changes.iter().map(|change| self.of_newsletter(change)).collect();
                return Telling::new(l.t1("ledger-newsletter-changed", "name", name)).with(details);
            }
            Fact::SubscriberAsked { name } => l.t1("ledger-subscriber-asked", "name", name),
            Fact::SubscriberJoined { name } => l.t1("ledger-subscriber-joined", "name", name),
            Fact::SubscriberLeft { name, how } => l.t1(&format!("ledger-subscriber-left-{how}"), "name", name),
            Fact::SubscriberErased { name } => l.t1("ledger-subscriber-erased", "name", name),
            Fact::SubscriberSuppressed { name, cause, status } => {
                let details = if status.is_empty() { Vec::new() } else { vec![status.clone()] };
                return Telling::new(l.t1(&format!("ledger-subscriber-suppressed-{cause}"), "name", name)).with(details);
            }
            Fact::SubscribersImported { name, created, known, refused } => {
                let counts = [created, known, refused].map(ToString::to_string);
                let [created, known, refused] = counts;
                let words = [("name", name.clone()), ("created", created), ("known", known), ("refused", refused)];
                l.with("ledger-subscribers-imported", &words)
            }
            Fact::SubscribersExported { name, count } => l.t2("ledger-subscribers-exported", "name", name, "count", count),
            Fact::BounceIgnored { cause } => l.t(&format!("ledger-bounce-ignored-{cause}")),
            _ => return self.issue(fact),
        })
    }

    fn issue(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::IssueDrafted { title } => l.t1("ledger-issue-drafted", "name", title),
            Fact::IssueEdited { title } => l.t1("ledger-issue-edited", "name", title),
            Fact::IssueSubmitted { title } => l.t1("ledger-issue-submitted", "name", title),
            Fact::IssueReturned { title } => l.t1("ledger-issue-returned", "name", title),
            Fact::IssueRecalled { title } => l.t1("ledger-issue-recalled", "name", title),
            Fact::IssueApproved { title, at, by_itself } => {
                let at = DateTime::parse_from_rfc3339(at).map_or_else(|_| at.clone(), |at| time::minute(at.to_utc()));
                let key = if *by_itself { "ledger-issue-by-itself" } else { "ledger-issue-approved" };
                l.t2(key, "name", title, "at", at)
            }
            Fact::IssueBegan { title, recipients } => l.t2("ledger-issue-began", "name", title, "count", recipients),
            Fact::IssuePaused { title } => l.t1("ledger-issue-paused", "name", title),
            Fact::IssueResumed { title } => l.t1("ledger-issue-resumed", "name", title),
            Fact::IssueHeld { title, cause } => l.t1(&format!("ledger-issue-held-{cause}"), "name", title),
            Fact::IssueCancelled { title, stopped } => l.t2("ledger-issue-cancelled", "name", title, "count", stopped),
            Fact::IssueEnded { title, sent, failed, unknown } => {
                let counts = [sent, failed, unknown].map(ToString::to_string);
                let [sent, failed, unknown] = counts;
                l.with("ledger-issue-ended", &[("name", title.clone()), ("sent", sent), ("failed", failed), ("unknown", unknown)])
            }
            Fact::LettersUnknown { title, count } => l.t2("ledger-letters-unknown", "name", title, "count", count),
            Fact::LettersResolved { title, how, count } => {
                l.t2(&format!("ledger-letters-resolved-{how}"), "name", title, "count", count)
            }
            Fact::IssueTested { title } => l.t1("ledger-issue-tested", "name", title),
            _ => return self.unknown(),
        })
    }

    /// A field of a newsletter before and after.
    fn of_newsletter(&self, change: &Change) -> String {
        let l = self.l;
        let name = l.t(&format!("newsletter-change-{}", change.field.replace('_', "-")));
        let shown = |text: &str| match (change.field.as_str(), text) {
            (_, "") => l.t("ledger-empty-value"),
            ("scope" | "state", code) => l.t(&format!("newsletter-{}-{code}", change.field)),
            ("rhythm", code) => l.t(&format!("newsletter-rhythm-{}", code.replace('_', "-"))),
            ("by_itself", "true") => l.t("newsletter-yes"),
            ("by_itself", _) => l.t("newsletter-no"),
            _ => text.to_owned(),
        };
        format!("{name}: {} → {}", shown(&change.from), shown(&change.to))
    }
}
