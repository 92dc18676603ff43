//! What is wrong with a definition, before it is kept; and what of it should be known though it may be kept.

use std::collections::{HashMap, HashSet};

use crate::definition::PARTS_MAX;
use crate::{Amount, Definition, Of, Shape, Term};

/// What there is to be counted.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Codes of sources.
    pub sources: HashSet<String>,
    /// Duty and code of fields that are figures.
    pub fields: HashSet<(String, String)>,
    /// The other measures, by code.
    pub measures: HashMap<String, Definition>,
    pub classes: HashSet<String>,
    /// Codes of agencies.
    pub agencies: HashSet<String>,
    /// Sources of which the first is always a part of the second.
    pub subsets: HashSet<(String, String)>,
}

/// Which of the two terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Above,
    Below,
}

/// Why a definition can not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    NoUnit,
    NoParts(Side),
    TooManyParts(Side),
    UnknownSource(String),
    UnknownField(String),
    UnknownMeasure(String),
    UnknownClass(String),
    UnknownAgency(String),
    /// It counts itself, by way of these measures.
    CountsItself(Vec<String>),
    /// The denominator is zero whatever happens.
    ZeroBelow,
    /// The percentage of another measure, added up as if it were a number of things.
    RatioAddedUp(String),
    /// "At least" nothing, which is always so.
    BoundNotPositive,
    /// A percentage below 0 or above 100, or a count below 0.
    TargetOutOfBounds(Amount),
    TargetYear(i32),
}

/// Why the definition of that code can not be kept; empty when it can.
#[must_use]
pub fn flaws(code: &str, definition: &Definition, there: &Surroundings) -> Vec<Flaw> {
    let mut found = Vec::new();
    if definition.unit.trim().is_empty() {
        found.push(Flaw::NoUnit);
    }
    sides(definition, &mut found);
    parts(definition, there, &mut found);
    if let Some(way) = way_back(code, definition, there) {
        found.push(Flaw::CountsItself(way));
    }
    if let Some(class) = definition.class.as_ref().filter(|class| !there.classes.contains(*class)) {
        found.push(Flaw::UnknownClass(class.clone()));
    }
    let strangers = definition.excluded.iter().filter(|code| !there.agencies.contains(*code));
    found.extend(strangers.map(|code| Flaw::UnknownAgency(code.clone())));
    if let Some(target) = definition.target {
        let above = definition.shape == Shape::Ratio && target.value > Amount::from(100);
        if above || target.value.is_negative() {
            found.push(Flaw::TargetOutOfBounds(target.value));
        }
        if !(2000..=2100).contains(&target.year) {
            found.push(Flaw::TargetYear(target.year));
        }
    }
    found
}

fn sides(definition: &Definition, found: &mut Vec<Flaw>) {
    let mut look = |term: Option<&Term>, side| match term.map_or(0, |term| term.parts.len()) {
        0 => found.push(Flaw::NoParts(side)),
        count if count > PARTS_MAX => found.push(Flaw::TooManyParts(side)),
        _ => {}
    };
    look(Some(&definition.numerator), Side::Above);
    if definition.shape == Shape::Ratio {
        look(definition.denominator.as_ref(), Side::Below);
    }
    let fixed = |term: &Term| {
        let constant = |part: &crate::Part| match (&part.of, part.at_least) {
            (Of::Number(amount), None) => Some(if part.minus { amount.times(-1) } else { *amount }),
            _ => None,
        };
        term.parts.iter().map(constant).sum::<Option<Amount>>()
    };
    let below = definition.below().filter(|term| !term.parts.is_empty());
    if below.and_then(fixed).is_some_and(|sum| sum.is_zero() || sum.is_negative()) {
        found.push(Flaw::ZeroBelow);
    }
}

fn parts(definition: &Definition, there: &Surroundings, found: &mut Vec<Flaw>) {
    for part in definition.parts() {
        match &part.of {
            Of::Source { code } if !there.sources.contains(code) => found.push(Flaw::UnknownSource(code.clone())),
            Of::Measure { code } if !there.measures.contains_key(code) => found.push(Flaw::UnknownMeasure(code.clone())),
            Of::Measure { code }
                if part.at_least.is_none() && there.measures.get(code).is_some_and(|one| one.shape == Shape::Ratio) =>
            {
                found.push(Flaw::RatioAddedUp(code.clone()));
            }
            Of::Field { duty, field } if !there.fields.contains(&(duty.clone(), field.clone())) => {
                found.push(Flaw::UnknownField(field.clone()));
            }
            _ => {}
        }
        if part.at_least.is_some_and(|least| least.is_zero() || least.is_negative()) {
            found.push(Flaw::BoundNotPositive);
        }
    }
}

/// The measures by way of which it counts itself, from the first to the one that counts it.
fn way_back(code: &str, definition: &Definition, there: &Surroundings) -> Option<Vec<String>> {
    let mut seen = HashSet::new();
    let mut ways: Vec<Vec<String>> = definition.measures().map(|one| vec![one.to_owned()]).collect();
    while let Some(way) = ways.pop() {
        let last = way.last()?.clone();
        if last == code {
            return Some(way);
        }
        if !seen.insert(last.clone()) {
            continue;
        }
        for next in there.measures.get(&last).into_iter().flat_map(Definition::measures) {
            ways.push(way.iter().cloned().chain([next.to_owned()]).collect());
        }
    }
    None
}

/// Measures in an order in which each comes after those that it counts; those that count themselves are left out.
#[must_use]
pub fn in_order(definitions: &HashMap<String, Definition>) -> Vec<String> {
    let mut codes: Vec<&String> = definitions.keys().collect();
    codes.sort();
    let (mut ordered, mut done) = (Vec::new(), HashSet::new());
    loop {
        let is_ready = |code: &&&String| {
            let counted = definitions.get(**code).into_iter().flat_map(Definition::measures);
            counted.filter(|one| definitions.contains_key(*one)).all(|one| done.contains(one))
        };
        let ready: Vec<String> = codes.iter().filter(is_ready).map(|code| (*code).clone()).collect();
        if ready.is_empty() {
            return ordered;
        }
        codes.retain(|code| !ready.contains(code));
        done.extend(ready.iter().cloned());
        ordered.extend(ready);
    }
}

/// Whether the numerator is a part of the denominator however it is counted. Where it is not, a value of more than the whole is shown as
/// that, and never as a percentage.
#[must_use]
pub fn is_subset(definition: &Definition, there: &Surroundings) -> bool {
    let Some(below) = definition.below() else { return true };
    let ([above], [below]) = (definition.numerator.parts.as_slice(), below.parts.as_slice()) else { return false };
    if above.minus || below.minus {
        return false;
    }
    match (&above.of, &below.of) {
        (_, Of::Agency) => above.at_least.is_some(),
        (Of::Source { code }, Of::Source { code: whole }) if above.at_least == below.at_least => {
            code == whole || there.subsets.contains(&(code.clone(), whole.clone()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Op, Part, Target};

    fn of(of: Of) -> Part {
        Part { minus: false, of, at_least: None }
    }

    fn measure(code: &str) -> Definition {
        let parts = vec![of(Of::Measure { code: code.into() })];
        Definition { unit: "bài".into(), numerator: Term { parts }, ..Definition::default() }
    }

    fn source(code: &str) -> Of {
        Of::Source { code: code.into() }
    }

    fn there() -> Surroundings {
        Surroundings {
            sources: ["done", "due"].map(String::from).into(),
            subsets: [("done".to_owned(), "due".to_owned())].into(),
            measures: [("b".to_owned(), measure("c")), ("c".to_owned(), measure("a")), ("d".to_owned(), measure("d"))].into(),
            ..Surroundings::default()
        }
    }

    #[test]
    fn what_counts_itself_is_found_however_far_round() {
        assert_eq!(
            flaws("a", &measure("a"), &Surroundings { measures: [("a".into(), measure("a"))].into(), ..there() }).pop(),
            Some(Flaw::CountsItself(vec!["a".into()]))
        );
        assert_eq!(flaws("a", &measure("b"), &there()), [Flaw::CountsItself(["b", "c", "a"].map(String::from).into())]);
        assert_eq!(flaws("x", &measure("d"), &there()), [], "that another counts itself is said there");
        let definitions = [("a", "b"), ("b", "x"), ("c", "c")].map(|(code, counts)| (code.to_owned(), measure(counts)));
        assert_eq!(in_order(&definitions.into()), ["b", "a"]);
    }

    #[test]
    fn what_divides_by_zero_or_asks_for_120_per_cent_is_refused() {
        let below = Term { parts: vec![of(Of::Number(Amount::from(0)))] };
        let definition = Definition {
            unit: "%".into(),
            shape: Shape::Ratio,
            numerator: Term { parts: vec![of(source("done"))] },
            denominator: Some(below),
            target: Some(Target { op: Op::AtLeast, value: Amount::from(120), year: 20_300 }),
            class: Some("nobody".into()),
            excluded: vec!["X1".into()],
            ..Definition::default()
        };
        let found = flaws("a", &definition, &there());
        assert_eq!(
            found,
            [
                Flaw::ZeroBelow,
                Flaw::UnknownClass("nobody".into()),
                Flaw::UnknownAgency("X1".into()),
                Flaw::TargetOutOfBounds(Amount::from(120)),
                Flaw::TargetYear(20_300)
            ]
        );
        let empty = Definition { shape: Shape::Ratio, ..Definition::default() };
        assert_eq!(flaws("a", &empty, &there()), [Flaw::NoUnit, Flaw::NoParts(Side::Above), Flaw::NoParts(Side::Below)]);
        let unknown =
            Definition { unit: "x".into(), numerator: Term { parts: vec![of(source("nothing"))] }, ..Definition::default() };
        assert_eq!(flaws("a", &unknown, &there()), [Flaw::UnknownSource("nothing".into())]);
    }

    #[test]
    fn percentages_are_not_added_up() {
        let there =
            Surroundings { measures: [("share".into(), Definition { shape: Shape::Ratio, ..measure("b") })].into(), ..there() };
        assert_eq!(flaws("a", &measure("share"), &there), [Flaw::RatioAddedUp("share".into())]);
        let least = Part { at_least: Some(Amount::from(80)), ..of(Of::Measure { code: "share".into() }) };
        let counted = Definition { unit: "agency".into(), numerator: Term { parts: vec![least] }, ..Definition::default() };
        assert_eq!(flaws("a", &counted, &there), [], "agencies with at least so much are things that can be counted");
    }

    #[test]
    fn it_is_known_which_shares_can_not_exceed_the_whole() {
        let ratio = |above: Part, below: Part| Definition {
            shape: Shape::Ratio,
            numerator: Term { parts: vec![above] },
            denominator: Some(Term { parts: vec![below] }),
            ..Definition::default()
        };
        let issued = Part { at_least: Some(Amount::from(1)), ..of(source("done")) };
        assert!(is_subset(&ratio(issued, of(Of::Agency)), &there()));
        assert!(is_subset(&ratio(of(source("done")), of(source("due"))), &there()));
        assert!(!is_subset(&ratio(of(source("due")), of(source("done"))), &there()));
        assert!(!is_subset(&ratio(of(source("done")), of(Of::Agency)), &there()));
    }
}
