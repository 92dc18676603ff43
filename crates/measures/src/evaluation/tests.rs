use proptest::prelude::*;

use super::*;
use crate::Of;

fn amount(of: u64) -> Amount {
    Amount::from(of)
}

fn part(of: Of, at_least: Option<u64>) -> Part {
    Part { minus: false, of, at_least: at_least.map(Amount::from) }
}

fn source() -> Of {
    Of::Source { code: "things".into() }
}

fn field() -> Of {
    Of::Field { duty: "duty".into(), field: "field".into() }
}

fn count(parts: Vec<Part>, every: Every) -> Definition {
    Definition { numerator: Term { parts }, every, ..Definition::default() }
}

fn ratio(above: Part, below: Part, every: Every) -> Definition {
    Definition { shape: Shape::Ratio, denominator: Some(Term { parts: vec![below] }), ..count(vec![above], every) }
}

fn year(agencies: usize) -> Year {
    Year { begun: MONTHS, exists: vec![0xFFF; agencies], asked: vec![true; agencies] }
}

/// So many in the first months of each agency.
fn counts(rows: &[&[u64]]) -> Counts {
    let mut counts = Counts { cells: vec![None; rows.len() * MONTHS], ..Counts::default() };
    for (agency, row) in rows.iter().enumerate() {
        for (month, count) in row.iter().enumerate() {
            counts.cells[agency * MONTHS + month] = Some(Cell::Given(amount(*count)));
        }
    }
    counts
}

#[test]
fn what_happens_adds_up_within_its_period() {
    let things = counts(&[&[1, 2, 3, 4], &[0, 5]]);
    let quarter = evaluate(&count(vec![part(source(), None)], Every::Quarter), &year(2), &[Input::Counts(&things)]);
    let figure = |months: &Months, month| months.of(month).and_then(|value| value.figure());
    assert_eq!((figure(&quarter.agencies[0], 3), figure(&quarter.agencies[0], 4)), (Some(amount(6)), Some(amount(4))));
    assert_eq!((figure(&quarter.whole, 3), figure(&quarter.whole, 4)), (Some(amount(11)), Some(amount(4))));
    assert_eq!(quarter.agencies[1].of(1).map(|value| value.standing), Some(Standing::Zero), "seen, and none");
    let ever = Counts { before: vec![amount(10), amount(0)], ..counts(&[&[1], &[0]]) };
    let ever = evaluate(&count(vec![part(source(), None)], Every::Ever), &year(2), &[Input::Counts(&ever)]);
    assert_eq!(figure(&ever.whole, 12), Some(amount(11)));
}

#[test]
fn a_share_of_agencies_can_not_exceed_them() {
    let things = counts(&[&[9], &[0, 1], &[0]]);
    let definition = ratio(part(source(), Some(1)), part(Of::Agency, None), Every::Ever);
    let mut year = year(3);
    // The third opens in July.
    year.exists[2] = 0xFC0;
    let outcome = evaluate(&definition, &year, &[Input::Counts(&things), Input::Agency]);
    let at = |month| outcome.whole.of(month).expect("a value");
    assert_eq!((at(1).numerator, at(1).denominator), (amount(1), Some(amount(2))));
    assert_eq!((at(2).numerator, at(2).denominator), (amount(2), Some(amount(2))));
    assert_eq!((at(7).numerator, at(7).denominator), (amount(2), Some(amount(3))));
    assert_eq!(outcome.agencies[2].of(1), None, "not asked before it exists");
}

#[test]
fn an_agency_that_ends_keeps_what_it_did() {
    let things = counts(&[&[4, 4], &[1, 1, 1]]);
    let mut year = year(2);
    year.exists[0] = 0b11;
    let outcome = evaluate(&count(vec![part(source(), None)], Every::Year), &year, &[Input::Counts(&things)]);
    assert_eq!(outcome.whole.of(12).and_then(|value| value.figure()), Some(amount(11)));
    assert_eq!(outcome.agencies[0].of(3), None);
}

#[test]
fn what_was_declared_since_the_beginning_stays_when_who_declared_it_ends() {
    let said = Counts { before: vec![amount(10), amount(0)], ..counts(&[&[5], &[1, 1]]) };
    let mut year = year(2);
    year.exists[0] = 0b11;
    for roll_up in [RollUp::Sum, RollUp::Last] {
        let ever = Definition { roll_up, ..count(vec![part(field(), None)], Every::Ever) };
        let whole = evaluate(&ever, &year, &[Input::Answers(&said)]).whole;
        let figures = [1, 2, 3].map(|month| whole.of(month).and_then(|value| value.figure()));
        assert_eq!(figures, [Some(amount(16)), Some(amount(17)), Some(amount(17))], "{roll_up:?}");
    }
}

#[test]
fn what_several_claim_counts_once() {
    let mut things = counts(&[&[1], &[1]]);
    let mut months = [Amount::default(); MONTHS];
    months[0] = amount(1);
    things.whole = Some((months, amount(3)));
    let once = evaluate(&count(vec![part(source(), None)], Every::Year), &year(2), &[Input::Counts(&things)]);
    assert_eq!(once.whole.of(12).and_then(|value| value.figure()), Some(amount(1)));
    assert_eq!(once.agencies[1].of(12).and_then(|value| value.figure()), Some(amount(1)));
    let ever = evaluate(&count(vec![part(source(), None)], Every::Ever), &year(2), &[Input::Counts(&things)]);
    assert_eq!(ever.whole.of(12).and_then(|value| value.figure()), Some(amount(4)));
}

#[test]
fn four_answers_are_never_mixed_up() {
    let mut said = counts(&[&[], &[], &[], &[]]);
    said.cells[5] = Some(Cell::Given(amount(7)));
    said.cells[MONTHS + 5] = Some(Cell::Given(amount(0)));
    said.cells[2 * MONTHS + 5] = Some(Cell::Nothing);
    said.cells[3 * MONTHS + 5] = Some(Cell::Unanswered);
    let definition = count(vec![part(field(), None)], Every::HalfYear);
    let outcome = evaluate(&definition, &year(4), &[Input::Answers(&said)]);
    let standing = |agency: usize| outcome.agencies[agency].of(6).expect("a value").standing;
    assert_eq!(
        [standing(0), standing(1), standing(2), standing(3)],
        [Standing::Value, Standing::Zero, Standing::Nothing, Standing::Unanswered]
    );
    let whole = outcome.whole.of(6).expect("a value");
    assert_eq!((whole.figure(), whole.gaps), (Some(amount(7)), 1));
    assert_eq!(outcome.whole.of(12).map(|value| value.standing), Some(Standing::Unanswered), "nobody was asked yet");
    let zero = evaluate(&Definition { missing: Missing::Zero, ..definition.clone() }, &year(4), &[Input::Answers(&said)]);
    assert_eq!(zero.agencies[3].of(6).map(|value| value.standing), Some(Standing::Zero));
    let last = evaluate(&Definition { missing: Missing::Last, ..definition }, &year(4), &[Input::Answers(&said)]);
    assert_eq!(last.agencies[0].of(12).and_then(|value| value.figure()), Some(amount(7)));
    assert_eq!(last.agencies[3].of(12).map(|value| value.standing), Some(Standing::Unanswered));
}

/// A year of half-years, or a month in which two answers are due: what was given is not lost with what was not.
#[test]
fn who_was_silent_once_is_counted_by_the_rule() {
    let mut said = Counts { before: vec![amount(10); 2], ..counts(&[&[], &[]]) };
    (said.cells[5], said.cells[11]) = (Some(Cell::Given(amount(7))), Some(Cell::Unanswered));
    said.cells[MONTHS + 5] = Some(Cell::Part { given: amount(5), last: amount(3), silent: 2 });
    let of = |missing, every, agency: usize| {
        let definition = Definition { missing, ..count(vec![part(field(), None)], every) };
        let outcome = evaluate(&definition, &year(2), &[Input::Answers(&said)]);
        outcome.agencies[agency].of(12).and_then(|value| value.figure())
    };
    let figures = |every, agency| [Missing::Gap, Missing::Zero, Missing::Last].map(|missing| of(missing, every, agency));
    assert_eq!(figures(Every::Year, 0), [None, Some(amount(7)), Some(amount(14))]);
    assert_eq!(figures(Every::Year, 1), [None, Some(amount(5)), Some(amount(11))]);
    // All since the beginning stays what it was: it neither shrinks to the last answer nor grows by what nobody said.
    assert_eq!(figures(Every::Ever, 0), [None, Some(amount(17)), Some(amount(17))]);
    assert_eq!(figures(Every::Ever, 1), [None, Some(amount(15)), Some(amount(15))]);
}

#[test]
fn what_nobody_ever_said_is_no_zero() {
    let never = Counts { before: vec![Amount::NONE; 2], ..counts(&[&[], &[]]) };
    let definition = Definition { missing: Missing::Last, ..count(vec![part(field(), None)], Every::Year) };
    let outcome = evaluate(&definition, &year(2), &[Input::Answers(&never)]);
    assert_eq!(outcome.agencies[0].of(12).map(|value| value.standing), Some(Standing::Unanswered));
    assert_eq!(outcome.whole.of(12).map(|value| (value.standing, value.gaps)), Some((Standing::Unanswered, 2)));
    let before = Counts { before: vec![amount(4), Amount::NONE], ..counts(&[&[], &[]]) };
    let outcome = evaluate(&definition, &year(2), &[Input::Answers(&before)]);
    assert_eq!(outcome.whole.of(12).map(|value| (value.figure(), value.gaps)), Some((Some(amount(4)), 1)));
    // Before there was anybody to be asked.
    let nobody = Year { exists: vec![0; 2], ..year(2) };
    let outcome = evaluate(&definition, &nobody, &[Input::Answers(&before)]);
    assert_eq!(outcome.whole.of(1).map(|value| value.standing), Some(Standing::Unanswered));
}

#[test]
fn who_did_not_say_of_how_many_is_a_gap_and_who_owed_nothing_is_none() {
    let (mut part_of, mut whole) = (counts(&[&[91], &[0], &[0]]), counts(&[&[98], &[0], &[0]]));
    let definition = ratio(part(source(), None), part(source(), None), Every::Month);
    let january = |part_of: &Counts, whole: &Counts| {
        let outcome = evaluate(&definition, &year(3), &[Input::Counts(part_of), Input::Counts(whole)]);
        outcome.whole.of(1).map(|value| (value.numerator, value.gaps))
    };
    assert_eq!(january(&part_of, &whole), Some((amount(91), 0)));
    (part_of.stands, whole.stands) = (true, true);
    assert_eq!(january(&part_of, &whole), Some((amount(91), 2)));
}

#[test]
fn without_a_denominator_there_is_no_figure() {
    let (part_of, whole) = (counts(&[&[0]]), counts(&[&[0]]));
    let definition = ratio(part(source(), None), part(source(), None), Every::Year);
    let outcome = evaluate(&definition, &year(1), &[Input::Counts(&part_of), Input::Counts(&whole)]);
    assert_eq!(outcome.whole.of(12).map(|value| (value.standing, value.figure())), Some((Standing::NoDenominator, None)));
    // A class without members.
    let nobody = Year { asked: vec![false], ..year(1) };
    let shares = ratio(part(source(), Some(1)), part(Of::Agency, None), Every::Year);
    let outcome = evaluate(&shares, &nobody, &[Input::Counts(&part_of), Input::Agency]);
    assert_eq!(outcome.whole.of(12).map(|value| value.standing), Some(Standing::NoDenominator));
    let unseen = evaluate(&shares, &year(1), &[Input::Unseen, Input::Agency]);
    assert_eq!(unseen.whole.of(12).map(|value| value.standing), Some(Standing::Unseen));
}

#[test]
fn a_fixed_number_is_there_once_and_another_measure_is_asked() {
    let things = counts(&[&[1], &[2]]);
    let of_plan = ratio(part(source(), None), part(Of::Number(amount(12)), None), Every::Year);
    let outcome = evaluate(&of_plan, &year(2), &[Input::Counts(&things), Input::Fixed(amount(12))]);
    assert_eq!(outcome.whole.of(12).and_then(|value| value.figure()), Some(amount(25)));
    let doubled = count(vec![part(Of::Measure { code: "other".into() }, None)], Every::Year);
    let again = evaluate(&doubled, &year(2), &[Input::Measure(&outcome)]);
    assert_eq!(again.whole.of(12).and_then(|value| value.figure()), Some(amount(25)));
}

#[test]
fn the_lowest_and_the_highest_of_a_group() {
    let things = counts(&[&[4], &[9], &[0]]);
    let of = |roll_up| Definition { roll_up, ..count(vec![part(source(), None)], Every::Year) };
    let figure =
        |roll_up| evaluate(&of(roll_up), &year(3), &[Input::Counts(&things)]).whole.of(12).and_then(|value| value.figure());
    assert_eq!((figure(RollUp::Min), figure(RollUp::Max)), (Some(amount(0)), Some(amount(9))));
    assert_eq!((figure(RollUp::Last), figure(RollUp::None)), (Some(amount(13)), None));
}

proptest! {
    /// The province is the sum of its parts, whatever they are, and is never above 100 % of them.
    #[test]
    fn groups_are_counted_from_parts(rows in prop::collection::vec(prop::collection::vec((0_u64..50, 0_u64..50), MONTHS), 1..6)) {
        let pick = |of: fn(&(u64, u64)) -> u64| {
            let rows: Vec<Vec<u64>> = rows.iter().map(|row| row.iter().map(of).collect()).collect();
            counts(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
        };
        let (less, more) = (pick(|(one, _)| *one), pick(|(one, other)| one + other));
        let definition = ratio(part(source(), None), part(source(), None), Every::Quarter);
        let outcome = evaluate(&definition, &year(rows.len()), &[Input::Counts(&less), Input::Counts(&more)]);
        for month in 1..=12 {
            let whole = outcome.whole.of(month).expect("a value");
            let each: Vec<Value> = outcome.agencies.iter().filter_map(|months| months.of(month)).collect();
            prop_assert_eq!(whole.numerator, each.iter().map(|value| value.numerator).sum::<Amount>());
            prop_assert_eq!(whole.denominator, Some(each.iter().filter_map(|value| value.denominator).sum::<Amount>()));
            if let Some(figure) = whole.figure() {
                prop_assert!(figure <= Amount::from(100));
            }
        }
    }
}
