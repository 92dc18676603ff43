//! What is in the way of issuing a tree, in words, each with its place.

use ::scoring::{Fault, Set, What};

use crate::web::Obstacle;

/// Why the tree can not be issued; empty when it can.
#[must_use]
pub fn obstacles(set: &Set) -> Vec<Obstacle> {
    set.faults().iter().map(|fault| obstacle(set, fault)).collect()
}

/// Where it is: `2.1 Tin bài`; the whole has no number.
fn place(set: &Set, fault: &Fault) -> String {
    let node = set.numbered().into_iter().find(|(number, _)| *number == fault.number).map(|(_, node)| node.name.clone());
    let name = node.or_else(|| set.extra_of(&fault.code).map(|extra| extra.name.clone())).unwrap_or_default();
    format!("{} {name}", fault.number).trim().to_owned()
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
