//! What an agency's answers come to.

use std::collections::BTreeMap;

use measures::Amount;
use serde::{Deserialize, Serialize};

use crate::exact::{minus, share};
use crate::set::{Body, Node, Set, Sign};

/// What counts for a criterion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Given {
    Value {
        amount: Amount,
    },
    Yes,
    No,
    /// It does not concern the agency: it leaves the denominator.
    NotApplicable,
    /// Nobody said anything: worth nothing, and it stays in the denominator.
    #[default]
    Missing,
}

/// Everything that a score is counted from, besides the set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// By code of the criterion; what is not there is [`Given::Missing`].
    pub given: BTreeMap<String, Given>,
    /// How many times, by code of the bonus or penalty.
    pub times: BTreeMap<String, u32>,
}

/// A criterion, or a group with everything below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub code: String,
    /// What could be had of it: less than the set says where something in it does not apply.
    pub possible: Amount,
    /// None: nothing of it applies.
    pub points: Option<Amount>,
    /// Criteria in it of which nobody said anything.
    pub missing: u32,
}

/// What it comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Every group and criterion, in the order of the tree.
    pub lines: Vec<Line>,
    pub earned: Amount,
    pub possible: Amount,
    /// Earned in the whole set's points: `earned × whole ÷ possible`. None: nothing applies, the agency is not assessed.
    pub base: Option<Amount>,
    pub bonus: Amount,
    pub penalty: Amount,
    /// Base and bonus less penalty, never below nothing. None: the agency is not assessed.
    pub total: Option<Amount>,
    pub missing: u32,
}

impl Score {
    /// The points of a group or criterion; None where it does not apply, or is not there.
    #[must_use]
    pub fn points(&self, code: &str) -> Option<Amount> {
        self.line(code).and_then(|line| line.points)
    }

    /// The line of a group or criterion.
    #[must_use]
    pub fn line(&self, code: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.code == code)
    }
}

impl Set {
    /// Counts. The same set and inputs make the same score, whoever counts and whenever.
    #[must_use]
    pub fn score(&self, inputs: &Inputs) -> Score {
        let mut lines = Vec::new();
        let all: Vec<Line> = self.nodes.iter().map(|node| counted(node, inputs, &mut lines)).collect();
        let earned = all.iter().filter_map(|line| line.points).sum();
        let possible = all.iter().map(|line| line.possible).sum();
        let base = share(self.points(), earned, possible);
        let (bonus, penalty) = (self.extra(Sign::Bonus, inputs), self.extra(Sign::Penalty, inputs));
        let total = base.map(|base| minus(base + bonus, penalty).max(Amount::default()));
        let missing = all.iter().map(|line| line.missing).sum();
        Score { lines, earned, possible, base, bonus, penalty, total, missing }
    }

    /// What the bonuses or penalties come to, each with its own limit, all together with that of their kind.
    fn extra(&self, sign: Sign, inputs: &Inputs) -> Amount {
        let one = |extra: &crate::set::Extra| {
            let times = inputs.times.get(&extra.code).copied().unwrap_or_default();
            extra.each.times(i128::from(times)).min(extra.most)
        };
        let sum: Amount = self.extras.iter().filter(|extra| extra.sign == sign).map(one).sum();
        let most = if sign == Sign::Bonus { self.bonus_most } else { self.penalty_most };
        sum.clamp(Amount::default(), most.max(Amount::default()))
    }
}

/// Counts a node, writes it and everything below it into `lines` in the order of the tree.
fn counted(node: &Node, inputs: &Inputs, lines: &mut Vec<Line>) -> Line {
    let place = lines.len();
    let blank = Line { code: node.code.clone(), possible: Amount::default(), points: None, missing: 0 };
    lines.push(blank.clone());
    let line = match &node.body {
        Body::Criterion(criterion) => {
            let given = inputs.given.get(&node.code).copied().unwrap_or_default();
            let points = criterion.rule.points(&given, node.points);
            let possible = if points.is_some() { node.points } else { Amount::default() };
            Line { possible, points, missing: u32::from(given == Given::Missing), ..blank }
        }
        Body::Group { nodes } => {
            let below: Vec<Line> = nodes.iter().map(|node| counted(node, inputs, lines)).collect();
            let applies = below.iter().any(|line| line.points.is_some());
            Line {
                possible: below.iter().map(|line| line.possible).sum(),
                points: applies.then(|| below.iter().filter_map(|line| line.points).sum()),
                missing: below.iter().map(|line| line.missing).sum(),
                ..blank
            }
        }
    };
    lines[place] = line.clone();
    line
}
