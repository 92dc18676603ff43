//! Sets, scores, ranks and publications, as examples and as properties.

use measures::Amount;
use proptest::prelude::*;
use scoring::canonical::sha256;
use scoring::editing::Move;
use scoring::{
    Better, Body, Criterion, Extra, ExtraSource, Given, Inputs, Node, Published, Round, Rule, Set, Sheet, Sign, Source, What,
};

fn of(plain: &str) -> Amount {
    Amount::read(plain).expect("an amount")
}

fn criterion(code: &str, points: &str, rule: Rule) -> Node {
    let body = Criterion { rule, source: Source::Own, unit: String::new(), may_not_apply: true };
    Node { code: code.into(), name: code.into(), note: String::new(), points: of(points), body: Body::Criterion(body) }
}

fn group(code: &str, points: &str, nodes: Vec<Node>) -> Node {
    Node { code: code.into(), name: code.into(), note: String::new(), points: of(points), body: Body::Group { nodes } }
}

fn set() -> Set {
    let line = Rule::Linear { none_at: of("0"), all_at: of("100") };
    let extra =
        |code: &str, sign, source| Extra { code: code.into(), name: code.into(), sign, each: of("0.5"), most: of("2"), source };
    Set {
        nodes: vec![
            group("a", "60", vec![criterion("a1", "40", line), criterion("a2", "20", Rule::YesNo)]),
            group("b", "40", vec![criterion("b1", "40", Rule::Points)]),
        ],
        extras: vec![extra("won", Sign::Bonus, ExtraSource::Own), extra("late", Sign::Penalty, ExtraSource::Late)],
        bonus_most: of("1.5"),
        penalty_most: of("5"),
        ties: vec!["b".into(), "a1".into()],
        counts_absent: false,
    }
}

fn value(plain: &str) -> Given {
    Given::Value { amount: of(plain) }
}

fn inputs(given: &[(&str, Given)], times: &[(&str, u32)]) -> Inputs {
    Inputs {
        given: given.iter().map(|(code, given)| ((*code).to_owned(), *given)).collect(),
        times: times.iter().map(|(code, times)| ((*code).to_owned(), *times)).collect(),
    }
}

/// Scenario C1, the first half: weights that sum to 99 are refused, with the place.
#[test]
fn c1_points_that_sum_to_99_are_refused_with_where() {
    assert_eq!(set().faults(), []);
    let mut short = set();
    short.node_mut("b1").expect("a node").points = of("39");
    let faults = short.faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!((faults[0].number.as_str(), &faults[0].what), ("2", &What::Sum { is: of("39"), should: of("40") }));
    short.node_mut("b").expect("a node").points = of("39");
    let faults = short.faults();
    assert_eq!((faults[0].number.as_str(), &faults[0].what), ("", &What::Sum { is: of("99"), should: of("100") }));
    assert_eq!(short.left(), of("1"));
}

#[test]
fn what_is_wrong_is_said_each_with_its_place() {
    let mut wrong = set();
    let bands = Rule::Bands { better: Better::Higher, bands: Vec::new() };
    for (code, rule) in [("a1", bands), ("b1", Rule::Linear { none_at: of("3"), all_at: of("3") })] {
        let Body::Criterion(one) = &mut wrong.node_mut(code).expect("a node").body else { panic!("a criterion") };
        one.rule = rule;
    }
    wrong.node_mut("a2").expect("a node").code = "a1".into();
    wrong.ties.push("z".into());
    wrong.bonus_most = of("0");
    let whats: Vec<(String, What)> = wrong.faults().into_iter().map(|fault| (fault.number, fault.what)).collect();
    for one in
        [("1.1", What::NoBands), ("1.2", What::CodeTwice), ("2.1", What::Flat), ("", What::TieUnknown), ("+1", What::NoCeiling)]
    {
        assert!(whats.contains(&(one.0.to_owned(), one.1.clone())), "{one:?} in {whats:?}");
    }
    assert_eq!(Set::default().faults()[0].what, What::Empty);
}

#[test]
fn what_does_not_apply_leaves_the_denominator() {
    let set = set();
    let all = set.score(&inputs(&[("a1", value("50")), ("a2", Given::Yes), ("b1", value("30"))], &[("won", 9), ("late", 3)]));
    assert_eq!((all.earned, all.base, all.bonus, all.penalty), (of("70"), Some(of("70")), of("1.5"), of("1.5")));
    assert_eq!(all.total, Some(of("70")));
    let some = set.score(&inputs(&[("a1", value("50")), ("a2", Given::NotApplicable), ("b1", value("30"))], &[]));
    assert_eq!((some.possible, some.base), (of("80"), Some(of("62.5"))));
    assert_eq!((some.line("a").expect("a line").possible, some.points("a"), some.points("a2")), (of("40"), Some(of("20")), None));
    let silent = set.score(&Inputs::default());
    assert_eq!((silent.base, silent.missing), (Some(of("0")), 3), "nobody said anything: nothing, and said so");
}

/// Scenario C4: all N/A is no zero and no division error; equal totals are told apart by the declared rule, then share a rank.
#[test]
fn c4_all_not_applicable_and_equal_totals() {
    let none = [("a1", Given::NotApplicable), ("a2", Given::NotApplicable), ("b1", Given::NotApplicable)];
    let sheet = |agency: &str, given: &[(&str, Given)]| Sheet {
        agency: agency.into(),
        name: agency.into(),
        edition: 1,
        inputs: inputs(given, &[]),
        absent: false,
    };
    let (first, second) = (
        [("a1", value("50")), ("a2", Given::Yes), ("b1", value("20"))],
        [("a1", value("100")), ("a2", Given::No), ("b1", value("20"))],
    );
    let third = [("a1", value("100")), ("a2", Given::No), ("b1", value("20"))];
    let last = [("a1", value("50")), ("b1", value("40"))];
    let round = Round {
        editions: [(1, set())].into(),
        sheets: vec![sheet("n", &none), sheet("x", &first), sheet("y", &second), sheet("z", &third), sheet("w", &last)],
        ties: set().ties,
    };
    let results = round.results();
    let places: Vec<(&str, Option<u32>, bool, &str)> =
        results.iter().map(|one| (one.place.agency.as_str(), one.place.rank, one.place.shared, one.place.by.as_str())).collect();
    assert_eq!(
        places,
        [
            ("w", Some(1), false, "b"),
            ("y", Some(2), true, "b"),
            ("z", Some(2), true, "a1"),
            ("x", Some(4), false, "a1"),
            ("n", None, false, "")
        ]
    );
    assert_eq!(results[4].score.total, None);
}

#[test]
fn a_tree_is_changed_by_one_verb_at_a_time() {
    let mut set = set();
    let order =
        |set: &Set| set.numbered().into_iter().map(|(number, node)| format!("{number} {}", node.code)).collect::<Vec<_>>();
    assert!(set.shift("a2", Move::Up) && !set.shift("a2", Move::Up));
    assert_eq!(order(&set), ["1 a", "1.1 a2", "1.2 a1", "2 b", "2.1 b1"]);
    assert!(set.shift("b1", Move::Out) && !set.shift("b1", Move::Out));
    assert_eq!(order(&set), ["1 a", "1.1 a2", "1.2 a1", "2 b", "3 b1"]);
    assert!(set.shift("b1", Move::In) && !set.shift("a1", Move::In));
    assert!(set.add("b", criterion(&set.fresh_code("b"), "1", Rule::YesNo)) && !set.add("b1", criterion("q", "1", Rule::YesNo)));
    assert_eq!(order(&set)[5], "2.2 b2");
    assert_eq!(set.remove("b").map(|gone| gone.code).as_deref(), Some("b"));
    assert_eq!((set.ties.clone(), set.remove("b1")), (vec!["a1".to_owned()], None));
}

fn round(values: &[(u32, bool, bool)]) -> Round {
    let sheet = |(at, (value, yes, applies)): (usize, &(u32, bool, bool))| {
        let given = [
            ("a1", if *applies { Given::Value { amount: Amount::from(u64::from(*value)) } } else { Given::NotApplicable }),
            ("a2", if *yes { Given::Yes } else { Given::No }),
            ("b1", Given::Value { amount: Amount::from(u64::from(*value % 41)) }),
        ];
        let inputs = inputs(&given, &[("late", value % 7)]);
        Sheet { agency: format!("{at:03}"), name: "Xã".into(), edition: 1, inputs, absent: false }
    };
    Round { editions: [(1, set())].into(), sheets: values.iter().enumerate().map(sheet).collect(), ties: set().ties }
}

#[test]
fn a_publication_counts_to_itself_and_a_forged_one_does_not() {
    let text = round(&[(30, true, true), (80, false, true), (5, true, false)]).published().text().expect("text");
    assert!(Published::recounts(&text));
    assert!(!Published::recounts(&text.replacen("\"total\":\"", "\"total\":\"9", 1)), "a total that nothing leads to");
    assert!(!Published::recounts(&text.replacen(':', ": ", 1)), "another writing of the same");
    assert!(!Published::recounts("{}"));
    assert!(!text.contains("absent"), "what could not be said before is not written where it is not so");
}

/// Nothing handed in is no zero, unless the set says so beforehand.
#[test]
fn who_handed_nothing_in_has_no_total_and_no_rank_and_stands_last() {
    let mut round = round(&[(0, false, true), (80, true, true), (50, true, true)]);
    (round.sheets[0].absent, round.sheets[0].inputs) = (true, Inputs::default());
    let places = |round: &Round| -> Vec<(String, Option<u32>, Option<Amount>)> {
        round.results().into_iter().map(|one| (one.place.agency, one.place.rank, one.score.total)).collect()
    };
    let left_out = places(&round);
    assert_eq!((left_out[2].0.as_str(), left_out[2].1, left_out[2].2), ("000", None, None));
    assert_eq!((left_out[0].1, left_out[1].1), (Some(1), Some(2)));
    let text = round.clone().published().text().expect("text");
    assert!(Published::recounts(&text) && text.contains("\"absent\":true") && !text.contains("counts_absent"));
    round.editions.get_mut(&1).expect("the set").counts_absent = true;
    let counted = places(&round);
    assert_eq!((counted[2].0.as_str(), counted[2].1, counted[2].2), ("000", Some(3), Some(of("0"))));
    assert!(Published::recounts(&round.published().text().expect("text")));
}

#[test]
fn bands_that_go_against_their_direction_are_a_fault() {
    let mut wrong = set();
    let band = |mark: &str, points: &str| scoring::Band { mark: of(mark), points: of(points) };
    let Body::Criterion(one) = &mut wrong.node_mut("b1").expect("a node").body else { panic!("a criterion") };
    one.rule = Rule::Bands { better: Better::Higher, bands: vec![band("90", "1"), band("50", "2")] };
    let whats: Vec<What> = wrong.faults().into_iter().map(|fault| fault.what).collect();
    assert_eq!(whats, [What::BandAgainst]);
}

#[test]
fn a_correction_says_what_it_changed() {
    let (before, mut after) = (round(&[(30, true, true), (80, false, true)]), round(&[(30, true, true), (80, false, true)]));
    after.sheets[1].inputs.given.insert("a2".into(), Given::Yes);
    let found = after.published().differences(&before.clone().published());
    let said: Vec<(&str, &str, &str, &str)> =
        found.iter().map(|one| (one.agency.as_str(), one.code.as_str(), one.from.as_str(), one.to.as_str())).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].1.is_empty() && said[1] == ("001", "a2", "no", "yes"), "{said:?}");
    assert_eq!(before.clone().published().differences(&before.published()), []);
}

proptest! {
    #[test]
    fn no_score_is_above_the_whole_and_the_bonus(values in proptest::collection::vec((0_u32..200, any::<bool>(), any::<bool>()), 1..30)) {
        for result in round(&values).results() {
            let score = result.score;
            prop_assert!(score.earned <= score.possible && score.possible <= of("100"));
            prop_assert!(score.base.is_none_or(|base| base <= of("100")));
            prop_assert!(score.total.is_none_or(|total| total >= of("0") && total <= of("101.5")));
            prop_assert!(score.lines.iter().all(|line| line.points.is_none_or(|points| points <= line.possible)));
        }
    }

    #[test]
    fn whoever_counts_again_has_the_same_bytes(values in proptest::collection::vec((0_u32..200, any::<bool>(), any::<bool>()), 0..30)) {
        let text = round(&values).published().text().expect("text");
        prop_assert!(Published::recounts(&text));
        prop_assert_eq!(sha256(&text), sha256(&round(&values).published().text().expect("text")));
    }

    #[test]
    fn ranks_begin_at_one_and_never_fall(values in proptest::collection::vec((0_u32..60, any::<bool>(), any::<bool>()), 1..40)) {
        let results = round(&values).results();
        let ranks: Vec<u32> = results.iter().filter_map(|one| one.place.rank).collect();
        prop_assert_eq!(ranks.first(), Some(&1));
        prop_assert!(ranks.is_sorted());
        for (at, rank) in ranks.iter().enumerate() {
            prop_assert!(*rank as usize <= at + 1);
            let same = ranks.iter().filter(|one| *one == rank).count() > 1;
            prop_assert_eq!(results[at].place.shared, same);
        }
        let totals: Vec<_> = results.iter().filter_map(|one| one.score.total).collect();
        prop_assert!(totals.windows(2).all(|pair| pair[0] >= pair[1]));
    }
}
