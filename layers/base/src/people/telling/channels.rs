//! What happened on channels, in words.

use chrono::DateTime;

use super::{Teller, Telling};
use crate::base::fact::Change;
use crate::base::{Fact, time};

impl Teller<'_> {
    pub(super) fn channel(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::ChannelAccountAdded { name, .. } => l.t1("ledger-channel-added", "name", name),
            Fact::ChannelAccountChanged { name, changes } => {
                let details = changes.iter().map(|change| self.of_account(change)).collect();
                return Telling::new(l.t1("ledger-channel-changed", "name", name)).with(details);
            }
            Fact::ChannelAccountDead { name, cause } => {
                let details = if cause.is_empty() { Vec::new() } else { vec![cause.clone()] };
                return Telling::new(l.t1("ledger-channel-dead", "name", name)).with(details);
            }
            Fact::PieceDrafted { title } => l.t1("ledger-piece-drafted", "name", title),
            Fact::PieceEdited { title, channel } if channel.is_empty() => l.t1("ledger-piece-edited", "name", title),
            Fact::PieceEdited { title, channel } => l.t2("ledger-piece-variant", "name", title, "channel", channel),
            Fact::PieceSubmitted { title } => l.t1("ledger-piece-submitted", "name", title),
            Fact::PieceReturned { title } => l.t1("ledger-piece-returned", "name", title),
            Fact::PieceApproved { title, channels, at } => {
                let at = DateTime::parse_from_rfc3339(at).map_or_else(|_| at.clone(), |at| time::minute(at.to_utc()));
                let words = [("name", title.clone()), ("count", channels.to_string()), ("at", at)];
                l.with("ledger-piece-approved", &words)
            }
            Fact::PieceWithdrawn { title, stopped } => l.t2("ledger-piece-withdrawn", "name", title, "count", stopped),
            Fact::DeliveryConfirmed { title, channel, address } => {
                let details = if address.is_empty() { Vec::new() } else { vec![address.clone()] };
                return Telling::new(l.t2("ledger-delivery-confirmed", "name", title, "channel", channel)).with(details);
            }
            Fact::DeliveryFailed { title, channel, cause } => {
                let why = l.t(&format!("channel-why-{}", cause.replace('_', "-")));
                return Telling::new(l.t2("ledger-delivery-failed", "name", title, "channel", channel)).with(vec![why]);
            }
            Fact::DeliveryUnknown { title, channel } => l.t2("ledger-delivery-unknown", "name", title, "channel", channel),
            Fact::DeliveryResolved { title, channel, how } => {
                l.t2(&format!("ledger-delivery-resolved-{how}"), "name", title, "channel", channel)
            }
            Fact::DeliveryRetracted { title, channel } => l.t2("ledger-delivery-retracted", "name", title, "channel", channel),
            Fact::DatabaseRestored { as_of } => match DateTime::parse_from_rfc3339(as_of) {
                Ok(at) => l.t1("ledger-database-restored-at", "at", time::minute(at.to_utc())),
                Err(_) => l.t("ledger-database-restored"),
            },
            _ => return self.unknown(),
        })
    }

    /// A field of an account before and after; of a secret only that it changed.
    fn of_account(&self, change: &Change) -> String {
        let l = self.l;
        let name = l.t(&format!("channel-change-{}", change.field.replace('_', "-")));
        let shown = |text: &str| match (change.field.as_str(), text) {
            (_, "") => l.t("ledger-empty-value"),
            ("state", code) => l.t(&format!("channel-state-{code}")),
            ("missed", code) => l.t(&format!("channel-missed-{code}")),
            _ => text.to_owned(),
        };
        if change.field == "secrets" { name } else { format!("{name}: {} → {}", shown(&change.from), shown(&change.to)) }
    }
}
