//! What happened to webhooks, in words.

use super::Telling;
use crate::base::Fact;
use crate::web::Locale;

/// None when the fact is about something else.
pub fn connection(l: Locale, fact: &Fact) -> Option<Telling> {
    Some(match fact {
        Fact::WebhookAdded { host, events } => {
            Telling::new(l.t1("ledger-webhook-added", "name", host)).with(vec![events.join(", ")])
        }
        Fact::WebhookChanged { host, changes } => {
            let change = |change: &crate::base::fact::Change| match (change.field.as_str(), change.to.as_str()) {
                ("paused", "on") => l.t("ledger-webhook-paused"),
                ("paused", _) => l.t("ledger-webhook-resumed"),
                _ => format!("{}: {} → {}", l.t("webhook-events"), change.from, change.to),
            };
            Telling::new(l.t1("ledger-webhook-changed", "name", host)).with(changes.iter().map(change).collect())
        }
        Fact::WebhookRemoved { host } => Telling::new(l.t1("ledger-webhook-removed", "name", host)),
        Fact::WebhookFailed { host, event, cause } => {
            Telling::new(l.t2("ledger-webhook-failed", "name", host, "event", event)).with(vec![cause.clone()])
        }
        _ => return None,
    })
}
