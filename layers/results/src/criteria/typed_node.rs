//! A group, a criterion, a bonus or a penalty as somebody typed it, read into what the leaf counts with. Pure.

use ::measures::Amount;
use ::scoring::{Band, Better, Body, Criterion, Extra, ExtraSource, Node, Rule, Sign, Source};

use super::reading;
use crate::web::Obstacle;

pub const NAME_LETTERS_MAX: usize = 500;
pub const NOTE_LETTERS_MAX: usize = 2_000;
const UNIT_LETTERS_MAX: usize = 40;

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedNode {
    pub name: String,
    pub note: String,
    pub points: String,
    /// `bands`, `linear`, `yes_no`, `points`; empty: a group.
    pub rule: String,
    /// `lower`, or anything else: higher is better.
    pub better: String,
    /// A line each: mark, colon, points.
    pub bands: String,
    pub none_at: String,
    pub all_at: String,
    pub unit: String,
    /// `own`, `survey`, or the code of a measure after `measure:`.
    pub source: String,
    pub may_not_apply: bool,
}

fn points(typed: &str, field: &'static str, wrong: &mut Vec<Obstacle>) -> Amount {
    reading::number(typed).unwrap_or_else(|obstacle| {
        wrong.push(obstacle.at(field));
        Amount::default()
    })
}

impl TypedNode {
    /// How a node is typed again.
    #[must_use]
    pub fn of(node: &Node) -> Self {
        let plain = Self { name: node.name.clone(), note: node.note.clone(), points: node.points.shown(), ..Self::default() };
        let Body::Criterion(criterion) = &node.body else { return plain };
        let source = match &criterion.source {
            Source::Own => "own".into(),
            Source::Survey => "survey".into(),
            Source::Measure { code } => format!("measure:{code}"),
        };
        let plain = Self { unit: criterion.unit.clone(), source, may_not_apply: criterion.may_not_apply, ..plain };
        match &criterion.rule {
            Rule::YesNo => Self { rule: "yes_no".into(), ..plain },
            Rule::Points => Self { rule: "points".into(), ..plain },
            Rule::Linear { none_at, all_at } => {
                Self { rule: "linear".into(), none_at: none_at.shown(), all_at: all_at.shown(), ..plain }
            }
            Rule::Bands { better, bands } => {
                let lines: Vec<String> =
                    bands.iter().map(|band| format!("{}: {}", band.mark.shown(), band.points.shown())).collect();
                let better = if *better == Better::Lower { "lower" } else { "higher" };
                Self { rule: "bands".into(), better: better.into(), bands: lines.join("\n"), ..plain }
            }
        }
    }

    /// Reads it. What does not sum, and the like, is said when it is to be issued; here only what can not be read.
    ///
    /// # Errors
    /// Everything that is wrong, each at its field.
    pub fn read(&self, code: &str, inside: Vec<Node>) -> Result<Node, Vec<Obstacle>> {
        let mut wrong = Vec::new();
        let name = self.name.trim();
        if name.is_empty() {
            wrong.push(Obstacle::new("criteria-needs-name").at("name"));
        }
        if name.chars().count() > NAME_LETTERS_MAX {
            wrong.push(Obstacle::new("criteria-name-long").with("n", NAME_LETTERS_MAX).at("name"));
        }
        if self.note.chars().count() > NOTE_LETTERS_MAX {
            wrong.push(Obstacle::new("criteria-too-long").at("note"));
        }
        let worth = points(&self.points, "points", &mut wrong);
        let body = if self.rule.is_empty() { Body::Group { nodes: inside } } else { Body::Criterion(self.criterion(&mut wrong)) };
        let node = Node { code: code.to_owned(), name: name.to_owned(), note: self.note.trim().to_owned(), points: worth, body };
        if wrong.is_empty() { Ok(node) } else { Err(wrong) }
    }

    fn criterion(&self, wrong: &mut Vec<Obstacle>) -> Criterion {
        let unit: String = self.unit.trim().chars().take(UNIT_LETTERS_MAX).collect();
        let source = match self.source.split_once(':') {
            Some(("measure", code)) if !code.trim().is_empty() => Source::Measure { code: code.trim().to_owned() },
            _ if self.source == "survey" => Source::Survey,
            _ => Source::Own,
        };
        let rule = match self.rule.as_str() {
            "yes_no" => Rule::YesNo,
            "bands" => self.banded(wrong),
            "linear" => {
                Rule::Linear { none_at: points(&self.none_at, "none_at", wrong), all_at: points(&self.all_at, "all_at", wrong) }
            }
            _ => Rule::Points,
        };
        Criterion { rule, source, unit, may_not_apply: self.may_not_apply }
    }

    fn banded(&self, wrong: &mut Vec<Obstacle>) -> Rule {
        let (mut bands, before) = (Vec::new(), wrong.len());
        for line in self.bands.lines().filter(|line| !line.trim().is_empty()) {
            let Some((mark, worth)) = line.split_once(':') else {
                wrong.push(Obstacle::new("criteria-band-wrong").with("value", line.trim()).at("bands"));
                continue;
            };
            bands.push(Band { mark: points(mark, "bands", wrong), points: points(worth, "bands", wrong) });
        }
        let better = if self.better == "lower" { Better::Lower } else { Better::Higher };
        if wrong.len() == before && !::scoring::bands_agree(better, &bands) {
            wrong.push(Obstacle::new("criteria-bands-against").at("bands"));
        }
        Rule::Bands { better, bands }
    }
}

/// A bonus or a penalty as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedExtra {
    pub name: String,
    /// `penalty`, or anything else: a bonus.
    pub sign: String,
    pub each: String,
    pub most: String,
    /// `late`: counted by the system; anything else: said by the agency.
    pub source: String,
}

impl TypedExtra {
    /// Reads it.
    ///
    /// # Errors
    /// Everything that is wrong, each at its field.
    pub fn read(&self, code: &str) -> Result<Extra, Vec<Obstacle>> {
        let mut wrong = Vec::new();
        let name = self.name.trim();
        if name.is_empty() {
            wrong.push(Obstacle::new("criteria-needs-name").at("extra-name"));
        }
        if name.chars().count() > NAME_LETTERS_MAX {
            wrong.push(Obstacle::new("criteria-name-long").with("n", NAME_LETTERS_MAX).at("extra-name"));
        }
        let (each, most) = (points(&self.each, "each", &mut wrong), points(&self.most, "most", &mut wrong));
        let sign = if self.sign == "penalty" { Sign::Penalty } else { Sign::Bonus };
        let source = if self.source == "late" { ExtraSource::Late } else { ExtraSource::Own };
        let extra = Extra { code: code.to_owned(), name: name.to_owned(), sign, each, most, source };
        if wrong.is_empty() { Ok(extra) } else { Err(wrong) }
    }
}

/// The ceilings and the rule for ties as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedRules {
    pub bonus: String,
    pub penalty: String,
    /// Codes or numbers of groups and criteria, by commas.
    pub ties: String,
    /// Whether who hands nothing in counts.
    pub counts_absent: bool,
}
