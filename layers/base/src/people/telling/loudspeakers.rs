//! What happened with loudspeakers, in words.

use chrono::DateTime;

use super::{Teller, Telling};
use crate::base::fact::Change;
use crate::base::{Fact, time};

impl Teller<'_> {
    pub(super) fn loudspeakers(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::LoudStationAdded { name } => l.t1("ledger-loud-station-added", "name", name),
            Fact::LoudStationChanged { name, changes } => {
                let words = l.t1("ledger-loud-station-changed", "name", name);
                return Telling::new(words).with(changes.iter().map(|change| self.of_loud(change)).collect());
            }
            Fact::LoudClustersImported { name, created, changed } => {
                let words = [("name", name.clone()), ("created", created.to_string()), ("changed", changed.to_string())];
                l.with("ledger-loud-imported", &words)
            }
            Fact::LoudClusterAdded { name, device } => l.t2("ledger-loud-cluster-added", "name", name, "device", device),
            Fact::LoudClusterChanged { name, changes } => {
                let words = l.t1("ledger-loud-cluster-changed", "name", name);
                return Telling::new(words).with(changes.iter().map(|change| self.of_loud(change)).collect());
            }
            Fact::LoudClusterKeyMade { name } => l.t1("ledger-loud-key", "name", name),
            Fact::LoudClusterTroubled { name, cause } if cause.is_empty() => l.t1("ledger-loud-believed", "name", name),
            Fact::LoudClusterTroubled { name, cause } => {
                let why = vec![l.t(&format!("loud-trouble-{cause}"))];
                return Telling::new(l.t1("ledger-loud-troubled", "name", name)).with(why);
            }
            Fact::LoudClusterPower { name, lost: true } => l.t1("ledger-loud-power-lost", "name", name),
            Fact::LoudClusterPower { name, .. } => l.t1("ledger-loud-power-back", "name", name),
            Fact::LoudTermSet { written, said } => l.t2("ledger-loud-term-set", "written", written, "said", said),
            Fact::LoudTermRemoved { written } => l.t1("ledger-loud-term-removed", "written", written),
            _ => return self.bulletins(fact),
        })
    }

    fn bulletins(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::BulletinDrafted { title } => l.t1("ledger-bulletin-drafted", "name", title),
            Fact::BulletinEdited { title, what } if what.is_empty() => l.t1("ledger-bulletin-edited", "name", title),
            Fact::BulletinEdited { title, what } if what == "sound" => l.t1("ledger-bulletin-sound-fits", "name", title),
            Fact::BulletinEdited { title, what } if what == "picture" => l.t1("ledger-bulletin-picture", "name", title),
            Fact::BulletinEdited { title, what } => l.t2("ledger-bulletin-doubt", "name", title, "what", what),
            Fact::BulletinSoundSet { title, origin } => {
                l.t2("ledger-bulletin-sound", "name", title, "origin", l.t(&format!("loud-origin-{origin}")))
            }
            Fact::BulletinSoundRefused { title, cause } => {
                return Telling::new(l.t1("ledger-bulletin-sound-refused", "name", title)).with(vec![cause.clone()]);
            }
            Fact::BulletinSubmitted { title } => l.t1("ledger-bulletin-submitted", "name", title),
            Fact::BulletinReturned { title } => l.t1("ledger-bulletin-returned", "name", title),
            Fact::BulletinApproved { title } => l.t1("ledger-bulletin-approved", "name", title),
            Fact::BulletinVoided { title } => l.t1("ledger-bulletin-voided", "name", title),
            Fact::BulletinWithdrawn { title, stopped } => l.t2("ledger-bulletin-withdrawn", "name", title, "count", stopped),
            _ => return self.airings(fact),
        })
    }

    fn airings(&self, fact: &Fact) -> Telling {
        let l = self.l;
        let minute = |at: &str| DateTime::parse_from_rfc3339(at).map_or_else(|_| at.to_owned(), |at| time::minute(at.to_utc()));
        Telling::new(match fact {
            Fact::AiringPlanned { title, at, clusters } => {
                let words = [("name", title.clone()), ("at", minute(at)), ("count", clusters.to_string())];
                l.with("ledger-airing-planned", &words)
            }
            Fact::AiringStopped { title, clusters } => l.t2("ledger-airing-stopped", "name", title, "count", clusters),
            Fact::AiringSettled { title, played, expected } => {
                let words = [("name", title.clone()), ("played", played.to_string()), ("expected", expected.to_string())];
                l.with("ledger-airing-settled", &words)
            }
            Fact::AiringRepeated { title, at, clusters, attempt } => {
                let words = [
                    ("name", title.clone()),
                    ("at", minute(at)),
                    ("count", clusters.to_string()),
                    ("attempt", attempt.to_string()),
                ];
                l.with("ledger-airing-repeated", &words)
            }
            Fact::EmergencyProposed { title, clusters } => l.t2("ledger-emergency-proposed", "name", title, "count", clusters),
            Fact::EmergencyReleased { title, clusters } => l.t2("ledger-emergency-released", "name", title, "count", clusters),
            Fact::EmergencyRefused { title } => l.t1("ledger-emergency-refused", "name", title),
            _ => return self.unknown(),
        })
    }

    /// A field of a station or a cluster before and after.
    fn of_loud(&self, change: &Change) -> String {
        let l = self.l;
        let name = l.t(&format!("loud-change-{}", change.field.replace('_', "-")));
        let shown = |text: &str| match (change.field.as_str(), text) {
            (_, "") => l.t("ledger-empty-value"),
            ("reair", code) => l.t(&format!("loud-reair-{code}")),
            ("kind", code) => l.t(&format!("loud-kind-{code}")),
            ("state", code) => l.t(&format!("loud-service-{code}")),
            _ => text.replace('\n', "; "),
        };
        format!("{name}: {} → {}", shown(&change.from), shown(&change.to))
    }
}
