//! The lines of an agency's sheet: each group, criterion, bonus and penalty with what was typed, said, appraised and proved.

use std::collections::HashMap;

use ::scoring::{Body, Criterion, ExtraSource, Given, Node, Rule, Score, Set, Source};

use super::standing::{NOT_YET, extra_numbers};
use super::tree::rule_words;
use crate::criteria::appeal::Appeal;
use crate::criteria::gathering::Gathered;
use crate::criteria::sheet::{Sheet, Typed};
use crate::duties::staff::link_state::LinkState;
use crate::web::Locale;

/// A group, a criterion, a bonus or a penalty as a line.
pub struct Line {
    pub number: String,
    pub code: String,
    pub name: String,
    pub note: String,
    pub rule: String,
    pub most: String,
    pub is_group: bool,
    /// A bonus or a penalty.
    pub is_extra: bool,
    /// `yes_no`, `number`, or empty: nothing is typed for it.
    pub asks: &'static str,
    pub unit: String,
    pub may_not_apply: bool,
    pub typed: String,
    pub typed_note: String,
    pub typed_na: bool,
    pub own: String,
    pub own_points: String,
    pub appraised: String,
    pub points: String,
    /// Another than the agency said.
    pub differs: bool,
    pub evidence: usize,
    pub lost: usize,
    pub appealed: bool,
    pub href: String,
    pub error: String,
}

/// An answer in words.
#[must_use]
pub fn shown(l: Locale, given: Given, unit: &str) -> String {
    match given {
        Given::Value { amount } => format!("{} {unit}", amount.shown()).trim().to_owned(),
        Given::Yes => l.t("criteria-yes"),
        Given::No => l.t("criteria-no"),
        Given::NotApplicable => l.t("criteria-not-applicable"),
        Given::Missing => l.t("criteria-missing"),
    }
}

/// Points in words; what does not apply has none.
#[must_use]
pub fn points(l: Locale, points: Option<::measures::Amount>) -> String {
    points.map_or_else(|| l.t("criteria-not-applicable"), ::measures::Amount::shown)
}

/// What lines are made of.
pub(super) struct Making<'a> {
    pub l: Locale,
    pub gathered: &'a Gathered,
    pub sheet: &'a Sheet,
    pub own: Score,
    /// Of what was appraised, and what the system counts.
    pub score: Score,
    pub typed: Typed,
    pub links: HashMap<String, LinkState>,
    pub appeals: Vec<Appeal>,
}

impl Making<'_> {
    fn text(&self, key: &str) -> String {
        self.typed.get(key).cloned().unwrap_or_default()
    }

    fn blank(&self, number: String, code: &str, name: &str) -> Line {
        let evidence = self.gathered.evidence.get(&(self.sheet.id, code.to_owned())).map_or(&[][..], Vec::as_slice);
        let is_lost = |hash: &str| self.links.get(hash).is_some_and(|link| link.mark == "late");
        Line {
            number,
            code: code.to_owned(),
            name: name.to_owned(),
            note: String::new(),
            rule: String::new(),
            most: String::new(),
            is_group: false,
            is_extra: false,
            asks: "",
            unit: String::new(),
            may_not_apply: false,
            typed: self.text(code),
            typed_note: self.text(&format!("{code}.note")),
            typed_na: !self.text(&format!("{code}.na")).is_empty(),
            own: String::new(),
            own_points: String::new(),
            appraised: String::new(),
            points: String::new(),
            differs: false,
            lost: evidence.iter().filter(|one| is_lost(&one.sha256)).count(),
            evidence: evidence.len(),
            appealed: self.appeals.iter().any(|appeal| appeal.code == code),
            href: Sheet::path_of(self.sheet.id, code),
            error: String::new(),
        }
    }

    fn is_settled(&self, code: &str) -> bool {
        self.gathered.is_settled(self.sheet, code)
    }

    /// Whether anything in it is settled.
    fn has_points(&self, node: &Node) -> bool {
        match &node.body {
            Body::Group { nodes } => nodes.iter().any(|node| self.has_points(node)),
            Body::Criterion(_) => self.is_settled(&node.code),
        }
    }

    fn node(&self, number: String, node: &Node) -> Line {
        let own = if self.sheet.submission > 0 { points(self.l, self.own.points(&node.code)) } else { NOT_YET.into() };
        let appraised = if self.has_points(node) { points(self.l, self.score.points(&node.code)) } else { NOT_YET.into() };
        let line = Line {
            note: node.note.clone(),
            rule: rule_words(self.l, node),
            most: node.points.shown(),
            own_points: own,
            points: appraised,
            ..self.blank(number, &node.code, &node.name)
        };
        match &node.body {
            Body::Group { .. } => Line { is_group: true, ..line },
            Body::Criterion(criterion) => self.criterion(line, criterion),
        }
    }

    fn criterion(&self, line: Line, criterion: &Criterion) -> Line {
        let (settled, appraised) = (self.is_settled(&line.code), self.gathered.given(self.sheet, &line.code));
        let is_own = criterion.source == Source::Own;
        let own = if is_own { self.gathered.own(self.sheet, &line.code) } else { Given::Missing };
        Line {
            asks: match (&criterion.rule, is_own) {
                (_, false) => "",
                (Rule::YesNo, true) => "yes_no",
                (_, true) => "number",
            },
            unit: criterion.unit.clone(),
            may_not_apply: criterion.may_not_apply,
            own: if is_own { shown(self.l, own, &criterion.unit) } else { String::new() },
            appraised: if settled { shown(self.l, appraised, &criterion.unit) } else { NOT_YET.into() },
            differs: settled && is_own && own != appraised,
            ..line
        }
    }

    fn extra(&self, number: String, extra: &::scoring::Extra) -> Line {
        let is_own = extra.source == ExtraSource::Own;
        let times = self.gathered.times(self.sheet, &extra.code, extra.source);
        let (own, settled) = (self.gathered.own(self.sheet, &extra.code), self.is_settled(&extra.code));
        let stands = |shown: String| if settled { shown } else { NOT_YET.to_owned() };
        Line {
            is_extra: true,
            rule: self.l.t2("criteria-extra-words", "each", extra.each.shown(), "most", extra.most.shown()),
            most: extra.most.shown(),
            asks: if is_own { "number" } else { "" },
            unit: self.l.t("criteria-times"),
            own: if is_own { shown(self.l, own, "") } else { String::new() },
            appraised: stands(times.to_string()),
            points: stands(extra.each.times(i128::from(times)).min(extra.most).shown()),
            ..self.blank(number, &extra.code, &extra.name)
        }
    }

    /// All of them in their order, bonuses and penalties last.
    pub fn lines(&self, set: &Set) -> Vec<Line> {
        let mut lines: Vec<Line> = set.numbered().into_iter().map(|(number, node)| self.node(number, node)).collect();
        lines.extend(extra_numbers(self.l, &set.extras).into_iter().zip(&set.extras).map(|(at, extra)| self.extra(at, extra)));
        lines
    }
}
