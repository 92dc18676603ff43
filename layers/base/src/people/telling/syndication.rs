//! What happened on the open ways out, in words.

use super::Telling;
use crate::base::Fact;
use crate::base::fact::Change;
use crate::web::Locale;

/// The fact in words.
pub fn told(l: Locale, fact: &Fact) -> Telling {
    match fact {
        Fact::ActorSwitched { name, on: true } => Telling::new(l.t1("ledger-actor-on", "name", name)),
        Fact::ActorSwitched { name, on: false } => Telling::new(l.t1("ledger-actor-off", "name", name)),
        Fact::ActorChanged { name, changes } => {
            Telling::new(l.t1("ledger-actor-changed", "name", name)).with(details(l, changes))
        }
        Fact::HostBlocked { name, host, followers } => {
            let words = [("name", name.clone()), ("host", host.clone()), ("n", followers.to_string())];
            Telling::new(l.with("ledger-host-blocked", &words))
        }
        Fact::HostUnblocked { name, host } => Telling::new(l.t2("ledger-host-unblocked", "name", name, "host", host)),
        Fact::HostReleased { host, followers, subscriptions } => {
            let words = [("host", host.clone()), ("n", followers.to_string()), ("count", subscriptions.to_string())];
            Telling::new(l.with("ledger-host-released", &words))
        }
        Fact::ArticleSyndicated { title, what, inboxes } => {
            Telling::new(l.t2(&format!("ledger-syndicated-{what}"), "name", title, "n", inboxes))
        }
        Fact::PodcastOpened { name } => Telling::new(l.t1("ledger-podcast-opened", "name", name)),
        Fact::PodcastChanged { name, changes } => {
            Telling::new(l.t1("ledger-podcast-changed", "name", name)).with(details(l, changes))
        }
        _ => Telling::new(String::new()),
    }
}

fn details(l: Locale, changes: &[Change]) -> Vec<String> {
    let one = |change: &Change| {
        let name = l.t(&format!("syndication-change-{}", change.field.replace('_', "-")));
        format!("{name}: {} → {}", change.from, change.to)
    };
    changes.iter().map(one).collect()
}
