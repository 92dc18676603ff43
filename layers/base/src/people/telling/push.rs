//! Notices on screens, in words.

use chrono::DateTime;

use super::{Teller, Telling};
use crate::base::fact::Change;
use crate::base::{Fact, time};

impl Teller<'_> {
    pub(super) fn push(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::PushKeyMade => l.t("ledger-push-key"),
            Fact::PushSubscribed { host, topics } => l.t2("ledger-push-subscribed", "host", host, "count", topics),
            Fact::PushInterestsChanged { topics } => l.t1("ledger-push-interests", "count", topics),
            Fact::PushEnded { host, gone: true } => l.t1("ledger-push-gone", "host", host),
            Fact::PushEnded { host, .. } => l.t1("ledger-push-ended", "host", host),
            Fact::PushSwitched { section, mode } => {
                l.t2("ledger-push-switched", "name", section, "mode", l.t(&format!("push-mode-{mode}")))
            }
            Fact::PushRuleSet { changes } => {
                let details = changes.iter().map(|change| self.of_push_rule(change)).collect();
                return Telling::new(l.t("ledger-push-rule")).with(details);
            }
            Fact::PushOrdered { title, correction, at } => {
                let at = DateTime::parse_from_rfc3339(at).map_or_else(|_| at.clone(), |at| time::minute(at.to_utc()));
                let key = if *correction { "ledger-push-corrected" } else { "ledger-push-ordered" };
                l.t2(key, "name", title, "at", at)
            }
            Fact::PushBuilt { title, subscriptions } => l.t2("ledger-push-built", "name", title, "count", subscriptions),
            Fact::PushStopped { title, stopped } => l.t2("ledger-push-stopped", "name", title, "count", stopped),
            Fact::PushFinished { title, confirmed, gone, failed, unknown } => {
                let words = [("gone", gone.to_string()), ("failed", failed.to_string()), ("unknown", unknown.to_string())];
                let details = vec![l.with("ledger-push-finished-rest", &words)];
                return Telling::new(l.t2("ledger-push-finished", "name", title, "count", confirmed)).with(details);
            }
            _ => return self.unknown(),
        })
    }

    fn of_push_rule(&self, change: &Change) -> String {
        format!("{}: {} → {}", self.l.t(&format!("push-change-{}", change.field)), change.from, change.to)
    }
}
