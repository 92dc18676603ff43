use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const LONG_S: u32 = 600;

/// So many seconds after five in the morning.
fn at(s: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_730_400, 0).unwrap() + Duration::seconds(s)
}

fn claim(start_s: i64, from_s: u32, played_s: u32) -> Claim {
    let received_at = at(start_s + i64::from(played_s) + 20);
    Claim { started_at: at(start_s), played_s, from_s, received_at, power_w: None }
}

fn beats(from_s: i64, to_s: i64, active: Option<bool>) -> Vec<Beat> {
    (from_s..to_s).step_by(30).map(|s| Beat { at: at(s), active }).collect()
}

fn honest(claims: Vec<Claim>) -> Evidence {
    Evidence { claims, beats: beats(-60, 3000, None), outages: vec![], acknowledged: true }
}

fn judged(evidence: &Evidence) -> Verdict {
    verdict(LONG_S, evidence, &Rule::default())
}

#[test]
fn a_report_counts_from_the_share_that_the_rule_says() {
    assert_eq!(judged(&honest(vec![claim(0, 0, 600)])), Verdict::Played { share: 1.0 });
    assert_eq!(judged(&honest(vec![claim(0, 0, 480)])), Verdict::Played { share: 0.8 });
    assert_eq!(judged(&honest(vec![claim(0, 0, 479)])), Verdict::Partly { share: 479.0 / 600.0 });
    assert_eq!(judged(&honest(vec![claim(0, 0, 0)])), Verdict::Partly { share: 0.0 });
    // Broken off at seven minutes, gone on from a few seconds before.
    assert_eq!(judged(&honest(vec![claim(0, 0, 420), claim(540, 415, 185)])), Verdict::Played { share: 1.0 });
    // The same beginning twice is the beginning.
    assert_eq!(judged(&honest(vec![claim(0, 0, 300), claim(900, 0, 300)])), Verdict::Partly { share: 0.5 });
}

#[test]
fn nothing_said_is_not_zero() {
    assert_eq!(judged(&Evidence::default()), Verdict::Unreported);
    let word = Evidence { acknowledged: true, beats: beats(0, 600, None), ..Evidence::default() };
    assert_eq!(judged(&word), Verdict::AcknowledgedOnly);
}

#[test]
fn a_lie_does_not_count() {
    let whole = || vec![claim(0, 0, 600)];
    let contradicted = |evidence: &Evidence| match judged(evidence) {
        Verdict::Contradicted(why) => why,
        verdict => panic!("{verdict:?}"),
    };
    let without_beats = Evidence { beats: beats(-600, -120, None), ..honest(whole()) };
    assert_eq!(contradicted(&without_beats), Contradiction::NoHeartbeat);
    let cut =
        |from: i64, to: Option<i64>| Evidence { outages: vec![Outage { from: at(from), to: to.map(at) }], ..honest(whole()) };
    assert_eq!(contradicted(&cut(-100, None)), Contradiction::PowerCut);
    assert_eq!(contradicted(&cut(100, Some(200))), Contradiction::PowerCut);
    assert!(matches!(judged(&cut(-100, Some(3))), Verdict::Played { .. }));
    assert!(matches!(judged(&cut(700, None)), Verdict::Played { .. }));
    let idle = Evidence { beats: beats(-60, 3000, Some(false)), ..honest(whole()) };
    assert_eq!(contradicted(&idle), Contradiction::Inactive);
    let drawing = |power_w| honest(vec![Claim { power_w: Some(power_w), ..claim(0, 0, 600) }]);
    assert_eq!(contradicted(&drawing(0.0)), Contradiction::NoPowerDrawn);
    assert!(matches!(judged(&drawing(35.0)), Verdict::Played { .. }));
    let hasty = honest(vec![Claim { received_at: at(30), ..claim(0, 0, 600) }]);
    assert_eq!(contradicted(&hasty), Contradiction::Impossible);
    // A lie beside a true report takes nothing from it.
    let mixed = honest(vec![Claim { power_w: Some(0.0), ..claim(0, 0, 600) }, claim(900, 0, 600)]);
    assert_eq!(judged(&mixed), Verdict::Played { share: 1.0 });
}

fn cluster(id: &str, commune: &str, hamlets: &[&str]) -> Cluster {
    Cluster { id: id.into(), commune: commune.into(), hamlets: hamlets.iter().map(|hamlet| (*hamlet).into()).collect() }
}

#[test]
fn hamlets_and_communes_are_summed_from_parts() {
    let clusters = [
        cluster("c1", "A", &["h1"]),
        cluster("c2", "A", &["h1", "h2"]),
        cluster("c3", "A", &["h3"]),
        cluster("c4", "B", &["h5"]),
    ];
    let hamlet = |id: &str, commune: &str| Hamlet { id: id.into(), commune: commune.into() };
    let hamlets = [hamlet("h1", "A"), hamlet("h2", "A"), hamlet("h3", "A"), hamlet("h4", "A"), hamlet("h5", "B")];
    let lie = Evidence { beats: vec![], ..honest(vec![claim(0, 0, 600)]) };
    let evidence: BTreeMap<String, Evidence> = [
        ("c1", honest(vec![claim(0, 0, 600)])),
        ("c2", lie),
        ("c4", honest(vec![claim(0, 0, 60)])),
        ("stranger", honest(vec![claim(0, 0, 600)])),
    ]
    .into_iter()
    .map(|(id, evidence)| (id.to_owned(), evidence))
    .collect();
    let covered = coverage(LONG_S, (&clusters, &hamlets), &evidence, Rule::default());
    let a = covered.communes["A"];
    assert_eq!(a.clusters, Tally { expected: 3, played: 1, contradicted: 1, unreported: 1, ..Tally::default() });
    assert_eq!(a.hamlets, Tally { expected: 4, played: 1, contradicted: 1, unreported: 1, unserved: 1, ..Tally::default() });
    assert_eq!(a.hamlets.share(), Some(0.25));
    assert_eq!((covered.whole.clusters.expected, covered.whole.clusters.played, covered.whole.clusters.partly), (4, 1, 1));
    assert_eq!((covered.hamlets["h4"], covered.clusters.len()), (None, 4));
    let strict = coverage(LONG_S, (&clusters, &hamlets), &evidence, Rule { hamlet_needs_all: true, ..Rule::default() });
    assert_eq!(strict.communes["A"].hamlets.played, 0);
    assert_eq!(Tally::default().share(), None);
}

proptest! {
    #[test]
    fn a_share_is_never_more_than_the_whole(claims in vec((0i64..3000, 0u32..900, 0u32..5000), 0..6), beat in 0i64..3000) {
        let claims = claims.into_iter().map(|(start, from, played)| claim(start, from, played)).collect();
        let evidence = Evidence { claims, beats: vec![Beat { at: at(beat), active: None }], ..Evidence::default() };
        match judged(&evidence) {
            Verdict::Played { share } => prop_assert!((0.8..=1.0).contains(&share)),
            Verdict::Partly { share } => prop_assert!((0.0..0.8).contains(&share)),
            _ => {}
        }
    }

    #[test]
    fn every_expected_one_is_counted_once(kinds in vec(0u8..4, 0..30)) {
        let id = |i: usize| format!("c{i}");
        let clusters: Vec<Cluster> = (0..kinds.len()).map(|i| cluster(&id(i), if i % 2 == 0 { "A" } else { "B" }, &[])).collect();
        let evidence = kinds.iter().enumerate().map(|(i, kind)| (id(i), match kind {
            0 => honest(vec![claim(0, 0, 600)]),
            1 => honest(vec![claim(0, 0, 60)]),
            2 => Evidence { beats: vec![], ..honest(vec![claim(0, 0, 600)]) },
            _ => Evidence::default(),
        })).collect();
        let tally = coverage(LONG_S, (&clusters, &[]), &evidence, Rule::default()).whole.clusters;
        prop_assert_eq!(tally.expected, kinds.len() as u64);
        prop_assert_eq!(tally.played + tally.partly + tally.contradicted + tally.unreported, tally.expected);
        prop_assert_eq!(tally.played, kinds.iter().filter(|kind| **kind == 0).count() as u64);
    }
}
