//! What became of the copies of what was wrong, in words.

use chrono::DateTime;

use super::{Teller, Telling};
use crate::base::fact::Change;
use crate::base::{Fact, time};

impl Teller<'_> {
    pub(super) fn retraction(&self, fact: &Fact) -> Telling {
        let l = self.l;
        let cause = |code: &str| l.t(&format!("retraction-cause-{}", code.replace('_', "-")));
        let moment = |text: &str| DateTime::parse_from_rfc3339(text).map_or_else(|_| text.into(), |at| time::minute(at.to_utc()));
        Telling::new(match fact {
            Fact::RetractionOpened { title, cause: code, copies, unsettled } => {
                let details = vec![cause(code), l.t2("retraction-copies-count", "count", copies, "open", unsettled)];
                return Telling::new(l.t1("ledger-retraction-opened", "name", title)).with(details);
            }
            Fact::RetractionJoined { title, cause: code, .. } => {
                return Telling::new(l.t1("ledger-retraction-joined", "name", title)).with(vec![cause(code)]);
            }
            Fact::RetractionLooked { title, new, moved, unsettled } => {
                let words = [("name", title.clone()), ("new", new.to_string()), ("moved", moved.to_string())];
                let details = vec![l.t1("ledger-retraction-unsettled", "count", unsettled)];
                return Telling::new(l.with("ledger-retraction-looked", &words)).with(details);
            }
            Fact::RetractionCopyLeft { title, place, .. } => l.t2("ledger-retraction-left", "name", title, "place", place),
            Fact::RetractionCopyTakenUp { title, place, .. } => l.t2("ledger-retraction-taken-up", "name", title, "place", place),
            Fact::RetractionAssigned { title, person: Some(_), name } => {
                l.t2("ledger-retraction-assigned", "name", title, "to", name)
            }
            Fact::RetractionAssigned { title, .. } => l.t1("ledger-retraction-unassigned", "name", title),
            Fact::RetractionDueSet { title, from, to } => {
                let details = vec![format!("{} → {}", moment(from), moment(to))];
                return Telling::new(l.t1("ledger-retraction-due", "name", title)).with(details);
            }
            Fact::RetractionClosed { title, left } => l.t2("ledger-retraction-closed", "name", title, "count", left),
            Fact::RetractionReopened { title, place } => l.t2("ledger-retraction-reopened", "name", title, "place", place),
            Fact::RetractionReminded { title, overdue: true, unsettled } => {
                l.t2("ledger-retraction-overdue", "name", title, "count", unsettled)
            }
            Fact::RetractionReminded { title, unsettled, .. } => {
                l.t2("ledger-retraction-soon", "name", title, "count", unsettled)
            }
            Fact::RetractionTermSet { cause: code, changes } => {
                let details = changes.iter().map(|change| self.of_term(change)).collect();
                return Telling::new(l.t1("ledger-retraction-term", "name", cause(code))).with(details);
            }
            _ => return self.unknown(),
        })
    }

    /// A field of a term before and after.
    fn of_term(&self, change: &Change) -> String {
        let l = self.l;
        let name = l.t(&format!("retraction-{}", change.field));
        let shown = |text: &str| match (change.field.as_str(), text) {
            (_, "") => l.t("ledger-empty-value"),
            ("counting", code) => l.t(&format!("retraction-counting-{code}")),
            _ => text.to_owned(),
        };
        format!("{name}: {} → {}", shown(&change.from), shown(&change.to))
    }
}
