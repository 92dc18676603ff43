//! From what devices say to what was heard: per cluster, hamlet, commune and province.
//!
//! The rule, which goes with every figure ([`Rule`]): a cluster aired a bulletin when it reported play of at least a share of the sound,
//! and nothing that is known of the device contradicts the report. A report without a heartbeat around it, within a power cut, without
//! power drawn, or of a time that has not been yet is a contradiction. A cluster that said nothing is unreported, not at zero.

mod claim;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::iter::Sum;
use std::ops::Add;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use claim::verdict;

/// What counts. Give it out with every figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// Of the sound, 0 to 1.
    pub share_min: f64,
    /// A heartbeat must have come at most so long before, during or after the play.
    pub beat_within_s: u32,
    /// So much do clocks differ.
    pub clock_slack_s: u32,
    /// A hamlet that several clusters serve is covered by all of them, not by any.
    pub hamlet_needs_all: bool,
}

impl Default for Rule {
    /// Own assumptions: devices send a heartbeat every 20 to 30 seconds, and three may be lost.
    fn default() -> Self {
        Self { share_min: 0.8, beat_within_s: 90, clock_slack_s: 5, hamlet_needs_all: false }
    }
}

/// The frozen set of those who should have aired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    pub id: String,
    pub commune: String,
    /// Ids of the hamlets that hear it.
    pub hamlets: Vec<String>,
}

/// One that should have heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hamlet {
    pub id: String,
    pub commune: String,
}

/// A device's report of play.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    pub started_at: DateTime<Utc>,
    pub played_s: u32,
    /// Where in the sound it began: something that was broken off goes on later.
    pub from_s: u32,
    /// When it came in, by our clock.
    pub received_at: DateTime<Utc>,
    /// Drawn while playing, where the device measures it.
    pub power_w: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beat {
    pub at: DateTime<Utc>,
    /// Whether the device said that it plays; `None` when it did not say.
    pub active: Option<bool>,
}

/// A time without power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    pub from: DateTime<Utc>,
    /// `None`: still without.
    pub to: Option<DateTime<Utc>>,
}

/// All that is known of one cluster around one bulletin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub claims: Vec<Claim>,
    pub beats: Vec<Beat>,
    pub outages: Vec<Outage>,
    /// Whether the device acknowledged the order to play. By itself it proves nothing.
    pub acknowledged: bool,
}

/// What became of a bulletin on one cluster.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Counts. The share of the sound, 0 to 1.
    Played { share: f64 },
    /// Believed, but less than the rule asks for.
    Partly { share: f64 },
    /// It said that it played, and can not have.
    Contradicted(Contradiction),
    /// It acknowledged the order and never reported play.
    AcknowledgedOnly,
    /// It said nothing. That is not zero: nobody knows.
    Unreported,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    NoHeartbeat,
    PowerCut,
    NoPowerDrawn,
    /// Its heartbeats said that it was not playing.
    Inactive,
    /// It claims to have played longer than there was time.
    Impossible,
}

/// Counts of those who were expected. `played` is the numerator, `expected` the denominator; the others say where the rest is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub expected: u64,
    pub played: u64,
    pub partly: u64,
    pub contradicted: u64,
    pub unreported: u64,
    /// Of hamlets: no cluster serves them.
    pub unserved: u64,
}

impl Tally {
    /// Of the expected, 0 to 1; `None` when nobody was. Recompute it from sums, do not average it.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.expected > 0).then(|| self.played as f64 / self.expected as f64)
    }

    fn of(verdict: Option<Verdict>) -> Self {
        let mut tally = Self { expected: 1, ..Self::default() };
        *match verdict {
            Some(Verdict::Played { .. }) => &mut tally.played,
            Some(Verdict::Partly { .. }) => &mut tally.partly,
            Some(Verdict::Contradicted(_)) => &mut tally.contradicted,
            Some(Verdict::AcknowledgedOnly | Verdict::Unreported) => &mut tally.unreported,
            None => &mut tally.unserved,
        } = 1;
        tally
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            expected: self.expected + other.expected,
            played: self.played + other.played,
            partly: self.partly + other.partly,
            contradicted: self.contradicted + other.contradicted,
            unreported: self.unreported + other.unreported,
            unserved: self.unserved + other.unserved,
        }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

/// Clusters and hamlets of one commune, or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both {
    pub clusters: Tally,
    pub hamlets: Tally,
}

/// Who heard one bulletin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    pub rule: Rule,
    pub clusters: BTreeMap<String, Verdict>,
    /// `None` where no cluster serves a hamlet.
    pub hamlets: BTreeMap<String, Option<Verdict>>,
    pub communes: BTreeMap<String, Both>,
    pub whole: Both,
}

/// Judges a bulletin of `duration_s` by what is known of each cluster (by id; what is known of others does not count).
#[must_use]
pub fn coverage(
    duration_s: u32,
    expected: (&[Cluster], &[Hamlet]),
    evidence: &BTreeMap<String, Evidence>,
    rule: Rule,
) -> Coverage {
    let nothing = Evidence::default();
    let of = |cluster: &Cluster| verdict(duration_s, evidence.get(&cluster.id).unwrap_or(&nothing), &rule);
    let verdicts = expected.0.iter().map(|cluster| (cluster.id.clone(), of(cluster))).collect();
    of_verdicts(expected, verdicts, rule)
}

/// The same from verdicts that were reached before; a cluster without one is unreported.
pub fn of_verdicts(expected: (&[Cluster], &[Hamlet]), mut verdicts: BTreeMap<String, Verdict>, rule: Rule) -> Coverage {
    let (clusters, hamlets) = expected;
    for cluster in clusters {
        verdicts.entry(cluster.id.clone()).or_insert(Verdict::Unreported);
    }
    let mut serving: BTreeMap<&str, Vec<Verdict>> = BTreeMap::new();
    for cluster in clusters {
        for hamlet in &cluster.hamlets {
            serving.entry(hamlet).or_default().extend(verdicts.get(&cluster.id));
        }
    }
    let heard = |hamlet: &Hamlet| serving.get(hamlet.id.as_str()).and_then(|verdicts| combined(verdicts, rule.hamlet_needs_all));
    let hamlet_verdicts: BTreeMap<String, Option<Verdict>> =
        hamlets.iter().map(|hamlet| (hamlet.id.clone(), heard(hamlet))).collect();
    let mut communes: BTreeMap<String, Both> = BTreeMap::new();
    for (id, cluster) in clusters.iter().map(|cluster| (&cluster.id, cluster)).collect::<BTreeMap<_, _>>() {
        let both = communes.entry(cluster.commune.clone()).or_default();
        both.clusters = both.clusters + Tally::of(verdicts.get(id).copied());
    }
    for (id, hamlet) in hamlets.iter().map(|hamlet| (&hamlet.id, hamlet)).collect::<BTreeMap<_, _>>() {
        let both = communes.entry(hamlet.commune.clone()).or_default();
        both.hamlets = both.hamlets + Tally::of(hamlet_verdicts.get(id).copied().flatten());
    }
    let whole = Both {
        clusters: communes.values().map(|both| both.clusters).sum(),
        hamlets: communes.values().map(|both| both.hamlets).sum(),
    };
    Coverage { rule, clusters: verdicts, hamlets: hamlet_verdicts, communes, whole }
}

/// The best of the verdicts, or the worst when all are needed; unreported counts between played and known not to have played, because
/// nobody knows.
fn combined(verdicts: &[Verdict], needs_all: bool) -> Option<Verdict> {
    let rank = |verdict: &Verdict| match verdict {
        Verdict::Played { .. } => 0,
        Verdict::Unreported => 1,
        Verdict::AcknowledgedOnly => 2,
        Verdict::Partly { .. } => 3,
        Verdict::Contradicted(_) => 4,
    };
    let all = verdicts.iter().copied();
    if needs_all { all.max_by_key(rank) } else { all.min_by_key(rank) }
}
