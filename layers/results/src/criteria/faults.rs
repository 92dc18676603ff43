//! What is in the way of issuing a tree, in words, each with its place.

use ::scoring::{Fault, Set, What};

use crate::web::Obstacle;

/// Why the tree can not be issued; empty when it can.
#[must_use]
pub fn obstacles(set: &Set) -> Vec<Obstacle> {
    set.faults().iter().map(|fault| obstacle(set, fault)).collect()
}

/// Where it is: `2.1 Tin bài`; a bonus or a penalty by its name, as the tree lists it; what is not there by its code; the whole is nowhere.
fn place(set: &Set, fault: &Fault) -> String {
    if let Some((number, node)) = set.numbered().into_iter().find(|(number, _)| *number == fault.number) {
        return format!("{number} {}", node.name).trim().to_owned();
    }
    let name = set.extra_of(&fault.code).map(|extra| extra.name.clone()).filter(|name| !name.trim().is_empty());
    name.unwrap_or_else(|| fault.code.clone())
}

fn obstacle(set: &Set, fault: &Fault) -> Obstacle {
    if let What::Sum { is, should } = &fault.what {
        let key = if fault.number.is_empty() { "criteria-fault-sum" } else { "criteria-fault-group-sum" };
        return Obstacle::new(key).with("name", place(set, fault)).with("is", is.shown()).with("should", should.shown());
    }
    let key = match fault.what {
        What::Sum { .. } => "criteria-fault-sum",
        What::Empty if fault.number.is_empty() => "criteria-fault-empty",
        What::Empty => "criteria-fault-group-empty",
        What::Unnamed => "criteria-fault-unnamed",
        What::Worthless => "criteria-fault-worthless",
        What::TooFine => "criteria-fault-fine",
        What::CodeTwice => "criteria-fault-code",
        What::NoBands => "criteria-fault-no-bands",
        What::BandOver => "criteria-fault-band-over",
        What::BandTwice => "criteria-fault-band-twice",
        What::BandAgainst => "criteria-fault-band-against",
        What::Flat => "criteria-fault-flat",
        What::NoPercent => "criteria-fault-no-percent",
        What::TooDeep => "criteria-fault-deep",
        What::TooMany => "criteria-fault-many",
        What::TieUnknown => "criteria-fault-tie",
        What::NoCeiling => "criteria-fault-ceiling",
    };
    Obstacle::new(key).with("name", place(set, fault))
}

#[cfg(test)]
mod tests {
    use ::measures::Amount;
    use ::scoring::{Extra, ExtraSource, Sign};

    use super::*;

    #[test]
    fn a_bonus_is_named_and_has_no_number_that_stands_nowhere() {
        let one = Amount::from(1);
        let bonus = |name: &str| Extra {
            code: "td1".into(),
            name: name.into(),
            sign: Sign::Bonus,
            each: one,
            most: one,
            source: ExtraSource::Own,
        };
        for (name, place) in [("Sáng kiến", "Sáng kiến"), (" ", "td1")] {
            let set = Set { extras: vec![bonus(name)], ..Set::default() };
            let found = obstacles(&set).into_iter().find(|one| one.key == "criteria-fault-ceiling");
            assert_eq!(found.map(|one| one.arguments), Some(vec![("name", place.to_owned())]));
        }
    }
}
