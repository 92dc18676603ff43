//! A set: groups and criteria with points that sum, what is added and taken off, how ties are settled. Data, versioned by whoever keeps it.

use std::collections::BTreeSet;

use measures::Amount;
use serde::{Deserialize, Serialize};

use crate::exact::minus;
use crate::rule::{Rule, bands_agree};

/// What all criteria together are worth.
pub const WHOLE: u64 = 100;
pub const NODES_MAX: usize = 300;
/// Groups within groups within groups.
pub const DEPTH_MAX: usize = 4;
pub const EXTRAS_MAX: usize = 30;
pub const BANDS_MAX: usize = 12;

/// The whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    pub nodes: Vec<Node>,
    pub extras: Vec<Extra>,
    /// What bonuses together can bring at most.
    pub bonus_most: Amount,
    /// What penalties together can cost at most.
    pub penalty_most: Amount,
    /// Codes of groups and criteria by which equal totals are told apart, in this order; what is equal in all of them shares a rank.
    pub ties: Vec<String>,
    /// An agency that handed nothing in is scored all the same, and what it was asked is worth nothing then. Unless that is said it has no
    /// total and no rank. What is as it was before this could be said is not written, so that old texts stay the bytes that they are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counts_absent: bool,
}

/// A group or a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its own for ever, also in the set of another year.
    pub code: String,
    pub name: String,
    /// How it is understood: what counts, where it is said.
    #[serde(default)]
    pub note: String,
    /// What it is worth at most; of a group: what its parts come to.
    pub points: Amount,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    Group { nodes: Vec<Node> },
    Criterion(Criterion),
}

/// What is asked and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub rule: Rule,
    pub source: Source,
    /// `%` holds the value to 0–100.
    pub unit: String,
    /// Whether it may be said that it does not concern an agency.
    pub may_not_apply: bool,
}

impl Criterion {
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.unit.trim() == "%"
    }
}

/// Where the value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// Counted by the system.
    Measure { code: String },
    /// Said by the agency, with evidence or an explanation.
    Own,
    /// Found by a survey: with how many were asked, and until when.
    Survey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    Bonus,
    Penalty,
}

/// Something that is added or taken off for each time it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    pub code: String,
    pub name: String,
    pub sign: Sign,
    pub each: Amount,
    pub most: Amount,
    pub source: ExtraSource,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtraSource {
    /// Said by the agency, with evidence.
    Own,
    /// Reports that came late or not at all, as the system counts them.
    Late,
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `2.1`; `+1` and `-1` for bonuses and penalties; empty: the whole.
    pub number: String,
    pub code: String,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The parts come to another sum than the whole.
    Sum {
        is: Amount,
        should: Amount,
    },
    Empty,
    Unnamed,
    /// Worth nothing, or less.
    Worthless,
    /// More decimals than a hundredth.
    TooFine,
    CodeTwice,
    NoBands,
    /// A band is worth more than the criterion.
    BandOver,
    BandTwice,
    /// A better mark brings fewer points than a worse one.
    BandAgainst,
    /// The two marks are the same.
    Flat,
    /// A mark of a percentage is no percentage.
    NoPercent,
    TooDeep,
    TooMany,
    /// Ties are told apart by something that is not there.
    TieUnknown,
    /// Bonuses or penalties without a ceiling.
    NoCeiling,
}

impl Set {
    /// What the whole is worth.
    #[must_use]
    pub fn points(&self) -> Amount {
        Amount::from(WHOLE)
    }

    /// What the groups at the top come to now.
    #[must_use]
    pub fn sum(&self) -> Amount {
        self.nodes.iter().map(|node| node.points).sum()
    }

    /// What the criteria come to now, whatever their groups say.
    #[must_use]
    pub fn criteria_sum(&self) -> Amount {
        self.criteria().map(|(node, _)| node.points).sum()
    }

    /// How much the criteria lack to the whole; less than nothing: so much too much.
    #[must_use]
    pub fn left(&self) -> Amount {
        minus(self.points(), self.criteria_sum())
    }

    /// Every node with its number, in order: `1`, `1.1`, `1.1.1`, `1.2` …
    #[must_use]
    pub fn numbered(&self) -> Vec<(String, &Node)> {
        let mut found = Vec::new();
        number(&self.nodes, "", &mut found);
        found
    }

    /// Every criterion, in order.
    pub fn criteria(&self) -> impl Iterator<Item = (&Node, &Criterion)> {
        self.numbered().into_iter().filter_map(|(_, node)| match &node.body {
            Body::Criterion(criterion) => Some((node, criterion)),
            Body::Group { .. } => None,
        })
    }

    /// The criterion of that code.
    #[must_use]
    pub fn criterion(&self, code: &str) -> Option<(&Node, &Criterion)> {
        self.criteria().find(|(node, _)| node.code == code)
    }

    /// The bonus or penalty of that code.
    #[must_use]
    pub fn extra_of(&self, code: &str) -> Option<&Extra> {
        self.extras.iter().find(|extra| extra.code == code)
    }

    /// Everything that is in the way of issuing it, each with its place.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut found = Faults::default();
        let all = self.numbered();
        if self.criteria().next().is_none() {
            found.say("", "", What::Empty);
        } else if self.sum() != self.points() {
            found.say("", "", What::Sum { is: self.sum(), should: self.points() });
        }
        if all.len() > NODES_MAX || self.extras.len() > EXTRAS_MAX {
            found.say("", "", What::TooMany);
        }
        let mut codes = BTreeSet::new();
        for (number, node) in &all {
            found.node(number, node);
            if node.code.is_empty() || !codes.insert(node.code.as_str()) {
                found.say(number, &node.code, What::CodeTwice);
            }
        }
        self.extra_faults(&mut codes, &mut found);
        for code in self.ties.iter().filter(|code| all.iter().all(|(_, node)| node.code != **code)) {
            found.say("", code, What::TieUnknown);
        }
        found.0
    }

    fn extra_faults<'a>(&'a self, codes: &mut BTreeSet<&'a str>, found: &mut Faults) {
        let none = Amount::default();
        for (sign, mark, most) in [(Sign::Bonus, "+", self.bonus_most), (Sign::Penalty, "-", self.penalty_most)] {
            for (at, extra) in (1..).zip(self.extras.iter().filter(|extra| extra.sign == sign)) {
                let number = format!("{mark}{at}");
                if extra.name.trim().is_empty() {
                    found.say(&number, &extra.code, What::Unnamed);
                }
                if extra.each <= none || extra.most <= none {
                    found.say(&number, &extra.code, What::Worthless);
                }
                if extra.each.decimals() > 2 || extra.most.decimals() > 2 {
                    found.say(&number, &extra.code, What::TooFine);
                }
                if extra.code.is_empty() || !codes.insert(extra.code.as_str()) {
                    found.say(&number, &extra.code, What::CodeTwice);
                }
                if most <= none {
                    found.say(&number, &extra.code, What::NoCeiling);
                }
            }
        }
    }
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn say(&mut self, number: &str, code: &str, what: What) {
        self.0.push(Fault { number: number.to_owned(), code: code.to_owned(), what });
    }

    fn node(&mut self, number: &str, node: &Node) {
        if node.name.trim().is_empty() {
            self.say(number, &node.code, What::Unnamed);
        }
        if node.points <= Amount::default() {
            self.say(number, &node.code, What::Worthless);
        }
        if node.points.decimals() > 2 {
            self.say(number, &node.code, What::TooFine);
        }
        if number.split('.').count() > DEPTH_MAX {
            self.say(number, &node.code, What::TooDeep);
        }
        match &node.body {
            Body::Group { nodes } if nodes.is_empty() => self.say(number, &node.code, What::Empty),
            Body::Group { nodes } => {
                let sum: Amount = nodes.iter().map(|node| node.points).sum();
                if sum != node.points {
                    self.say(number, &node.code, What::Sum { is: sum, should: node.points });
                }
            }
            Body::Criterion(criterion) => self.rule(number, node, criterion),
        }
    }

    fn rule(&mut self, number: &str, node: &Node, criterion: &Criterion) {
        let (none, hundred) = (Amount::default(), Amount::from(100));
        let odd = |mark: &Amount| criterion.is_percent() && !(none..=hundred).contains(mark);
        match &criterion.rule {
            Rule::Bands { better, bands } => {
                if bands.is_empty() {
                    self.say(number, &node.code, What::NoBands);
                }
                if bands.len() > BANDS_MAX {
                    self.say(number, &node.code, What::TooMany);
                }
                if bands.iter().any(|band| band.points > node.points || band.points < none) {
                    self.say(number, &node.code, What::BandOver);
                }
                if bands.iter().any(|band| band.points.decimals() > 2) {
                    self.say(number, &node.code, What::TooFine);
                }
                if bands.iter().map(|band| band.mark).collect::<BTreeSet<_>>().len() < bands.len() {
                    self.say(number, &node.code, What::BandTwice);
                }
                if !bands_agree(*better, bands) {
                    self.say(number, &node.code, What::BandAgainst);
                }
                if bands.iter().any(|band| odd(&band.mark)) {
                    self.say(number, &node.code, What::NoPercent);
                }
            }
            Rule::Linear { none_at, all_at } if none_at == all_at => self.say(number, &node.code, What::Flat),
            Rule::Linear { none_at, all_at } if odd(none_at) || odd(all_at) => self.say(number, &node.code, What::NoPercent),
            Rule::Linear { .. } | Rule::YesNo | Rule::Points => {}
        }
    }
}

fn number<'a>(nodes: &'a [Node], before: &str, found: &mut Vec<(String, &'a Node)>) {
    for (at, node) in (1..).zip(nodes) {
        let number = if before.is_empty() { at.to_string() } else { format!("{before}.{at}") };
        found.push((number.clone(), node));
        if let Body::Group { nodes } = &node.body {
            self::number(nodes, &number, found);
        }
    }
}
