//! What stands in the page where a form is written, and what it means.

use crate::duties::answer::figures;
use crate::duties::form::field::{Definition, FIELDS_MAX, Field, Kind, Missing, RULES_MAX, RollUp};
use crate::duties::form::rule::{Is, OnGap, Rule};
use crate::duties::form::source::Source;
use crate::web::Obstacle;
use ::measures::Amount;

use super::fields::Fields;

const LABEL_LETTERS_MAX: usize = 180;
const CODE_LETTERS_MAX: usize = 40;
const TEXT_LETTERS_MAX: usize = 1_000;
/// In [`FieldGiven::days`].
const PAST: &str = "past";

/// A field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldGiven {
    pub code: String,
    pub label: String,
    pub help: String,
    pub kind: String,
    pub unit: String,
    pub decimals: String,
    pub options: String,
    pub missing: String,
    pub least: String,
    pub most: String,
    /// Of a day: `past` when none to come is taken.
    pub days: String,
    pub roll_up: String,
    pub source: String,
}

/// A rule as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleGiven {
    pub left: String,
    pub is: String,
    pub right: String,
    pub message: String,
    pub blocking: bool,
    pub fails: bool,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The version that was seen; 0 when there was none.
    pub seen: i32,
    pub fields: Vec<FieldGiven>,
    pub rules: Vec<RuleGiven>,
}

/// Which row, `f` a field or `r` a rule, and what is wrong there.
pub type Wrong = (char, usize, Obstacle);

impl Given {
    /// What was sent: the values of a row have one place in each list.
    #[must_use]
    pub fn sent(fields: &Fields) -> Self {
        let all = |name: &str| -> Vec<String> {
            fields.all(name).map(|text| vietnamese::normalise(text).replace("\r\n", "\n").replace('\0', "")).collect()
        };
        let at = |list: &[String], place: usize| list.get(place).cloned().unwrap_or_default();
        let names = [
            "code", "label", "help", "kind", "unit", "decimals", "options", "missing", "least", "most", "days", "roll_up",
            "source",
        ];
        let [code, label, help, kind, unit, decimals, options, missing, least, most, days, roll_up, source] = names.map(all);
        let field = |place: usize| FieldGiven {
            code: at(&code, place),
            label: at(&label, place),
            help: at(&help, place),
            kind: at(&kind, place),
            unit: at(&unit, place),
            decimals: at(&decimals, place),
            options: at(&options, place),
            missing: at(&missing, place),
            least: at(&least, place),
            most: at(&most, place),
            days: at(&days, place),
            roll_up: at(&roll_up, place),
            source: at(&source, place),
        };
        let [left, is, right, message, blocking, gap] =
            ["rule_left", "rule_is", "rule_right", "rule_message", "rule_blocking", "rule_gap"].map(all);
        let rule = |place: usize| RuleGiven {
            left: at(&left, place),
            is: at(&is, place),
            right: at(&right, place),
            message: at(&message, place),
            blocking: at(&blocking, place) == "yes",
            fails: at(&gap, place) == "fail",
        };
        Self {
            seen: fields.one("seen").parse().unwrap_or_default(),
            fields: (0..label.len().min(FIELDS_MAX + 1)).map(field).collect(),
            rules: (0..left.len().min(RULES_MAX + 1)).map(rule).collect(),
        }
    }

    /// A form as it is.
    #[must_use]
    pub fn of(seen: i32, form: &Definition) -> Self {
        let bound = |amount: Option<Amount>| amount.map(Amount::shown).unwrap_or_default();
        let field = |field: &Field| FieldGiven {
            code: field.code.clone(),
            label: field.label.clone(),
            help: field.help.clone(),
            kind: field.kind.code().into(),
            unit: field.unit.clone(),
            decimals: field.decimals.to_string(),
            options: field.options.join("\n"),
            missing: field.missing.code().into(),
            least: bound(field.least),
            most: bound(field.most),
            days: if field.happened { PAST } else { "" }.into(),
            roll_up: field.roll_up.code().into(),
            source: field.source.clone(),
        };
        let rule = |rule: &Rule| RuleGiven {
            left: rule.left.clone(),
            is: rule.is.code().into(),
            right: rule.right.clone(),
            message: rule.message.clone(),
            blocking: rule.blocking,
            fails: rule.on_gap == OnGap::Fail,
        };
        Self { seen, fields: form.fields.iter().map(field).collect(), rules: form.rules.iter().map(rule).collect() }
    }

    /// Does what a button of the page says: `add`, `up-2`, `down-2`, `remove-2`, `add-rule`, `remove-rule-1`.
    pub fn act(&mut self, act: &str) {
        let (verb, place) = act.rsplit_once('-').unwrap_or((act, ""));
        let place: Option<usize> = place.parse().ok();
        match (act, verb, place) {
            ("add", ..) if self.fields.len() < FIELDS_MAX => self.fields.push(FieldGiven::default()),
            ("add-rule", ..) if self.rules.len() < RULES_MAX => self.rules.push(RuleGiven::default()),
            (_, "up", Some(at)) if at > 0 && at < self.fields.len() => self.fields.swap(at - 1, at),
            (_, "down", Some(at)) if at + 1 < self.fields.len() => self.fields.swap(at, at + 1),
            (_, "remove", Some(at)) if at < self.fields.len() => drop(self.fields.remove(at)),
            (_, "remove-rule", Some(at)) if at < self.rules.len() => drop(self.rules.remove(at)),
            _ => {}
        }
    }

    /// What it means.
    ///
    /// # Errors
    /// Everything that is wrong, by row.
    pub fn read(&self) -> Result<Definition, Vec<Wrong>> {
        let mut wrong: Vec<Wrong> = Vec::new();
        let mut form = Definition::default();
        for (at, given) in self.fields.iter().enumerate() {
            let field = given.read().unwrap_or_else(|refused| {
                let (field, mistakes) = *refused;
                wrong.extend(mistakes.into_iter().map(|one| ('f', at, one)));
                field
            });
            if form.field(&field.code).is_some() {
                wrong.push(('f', at, Obstacle::new("form-code-twice").with("code", &field.code).at("code")));
            }
            form.fields.push(field);
        }
        if self.fields.len() > FIELDS_MAX {
            wrong.push(('f', FIELDS_MAX, Obstacle::new("form-too-many").with("n", FIELDS_MAX).at("label")));
        }
        if self.rules.len() > RULES_MAX {
            wrong.push(('r', RULES_MAX, Obstacle::new("form-too-many-rules").with("n", RULES_MAX).at("left")));
        }
        for (at, given) in self.rules.iter().enumerate() {
            let rule = given.rule();
            if let Err(obstacle) = rule.check(&form) {
                let field = if obstacle.key == "form-rule-message" { "message" } else { "left" };
                wrong.push(('r', at, obstacle.at(field)));
            }
            form.rules.push(rule);
        }
        if wrong.is_empty() { Ok(form) } else { Err(wrong) }
    }

    /// As much of it as can be shown as a preview.
    #[must_use]
    pub fn preview(&self) -> Definition {
        let fields = self.fields.iter().take(FIELDS_MAX).map(|given| given.read().unwrap_or_else(|refused| refused.0));
        Definition { fields: fields.collect(), rules: Vec::new() }
    }
}

impl RuleGiven {
    fn rule(&self) -> Rule {
        let is = Is::ALL.into_iter().find(|is| is.code() == self.is).unwrap_or_default();
        Rule {
            left: self.left.trim().to_owned(),
            is,
            right: self.right.trim().to_owned(),
            message: self.message.trim().to_owned(),
            blocking: self.blocking,
            on_gap: if self.fails { OnGap::Fail } else { OnGap::Skip },
        }
    }
}

impl FieldGiven {
    /// The field, or as much of it as can be read with everything that is wrong.
    fn read(&self) -> Result<Field, Box<(Field, Vec<Obstacle>)>> {
        let mut wrong = Vec::new();
        let label = self.label.trim().to_owned();
        if label.is_empty() {
            wrong.push(Obstacle::new("form-label-missing").at("label"));
        }
        if label.chars().count() > LABEL_LETTERS_MAX || self.help.chars().count() > TEXT_LETTERS_MAX {
            wrong.push(Obstacle::new("form-label-long").with("n", LABEL_LETTERS_MAX).at("label"));
        }
        let kind = Kind::ALL.into_iter().find(|kind| kind.code() == self.kind).unwrap_or_default();
        let roll_up = RollUp::ALL.into_iter().find(|one| one.code() == self.roll_up).unwrap_or(kind.roll_ups()[0]);
        // A percentage that is to be added is refused; of a kind with one way only that way is taken.
        let one_way = kind.roll_ups().len() == 1;
        if !one_way && !kind.roll_ups().contains(&roll_up) {
            wrong.push(Obstacle::new("form-roll-up-wrong").at("roll_up"));
        }
        // Percentages of several agencies are neither added nor averaged, whatever they are called.
        if kind == Kind::Number && figures::is_percent(&self.unit) {
            wrong.push(Obstacle::new("form-unit-percent").at("kind"));
        }
        let options: Vec<String> =
            self.options.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        if matches!(kind, Kind::Choice | Kind::Ratio) && options.len() < 2 {
            wrong.push(Obstacle::new("form-options-few").at("options"));
        }
        if !self.source.is_empty() && (kind != Kind::Number || Source::of_code(&self.source).is_none()) {
            wrong.push(Obstacle::new("form-source-wrong").at("source"));
        }
        let least = bound(&self.least, "least", &mut wrong);
        let most = bound(&self.most, "most", &mut wrong);
        if least.zip(most).is_some_and(|(least, most)| least > most) {
            wrong.push(Obstacle::new("form-bounds-crossed").at("least"));
        }
        if kind.is_figure() && [least, most].into_iter().flatten().any(|bound| bound < Amount::default()) {
            wrong.push(Obstacle::new("form-bounds-negative").at("least"));
        }
        let field = Field {
            code: self.code(&label, &mut wrong),
            help: self.help.trim().to_owned(),
            unit: self.unit.trim().chars().take(CODE_LETTERS_MAX).collect(),
            decimals: self.decimals.trim().parse::<u32>().unwrap_or_default().min(6),
            missing: Missing::ALL.into_iter().find(|one| one.code() == self.missing).unwrap_or_default(),
            roll_up: if one_way { kind.roll_ups()[0] } else { roll_up },
            source: self.source.clone(),
            happened: kind == Kind::Day && self.days == PAST,
            label,
            kind,
            options,
            least,
            most,
        };
        if wrong.is_empty() { Ok(field) } else { Err(Box::new((field, wrong))) }
    }

    /// As typed, or made from the label.
    fn code(&self, label: &str, wrong: &mut Vec<Obstacle>) -> String {
        let typed = self.code.trim();
        if typed.is_empty() {
            let made = vietnamese::slug(label).unwrap_or_default().replace('-', "_");
            let made: String = made.chars().take(CODE_LETTERS_MAX).collect();
            let made = made.trim_matches('_');
            return if made.starts_with(|letter: char| letter.is_ascii_lowercase()) { made.into() } else { format!("o_{made}") };
        }
        let good = typed.len() <= CODE_LETTERS_MAX
            && typed.starts_with(|letter: char| letter.is_ascii_lowercase())
            && typed != "rule"
            && typed.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !good {
            wrong.push(Obstacle::new("form-code-wrong").with("n", CODE_LETTERS_MAX).at("code"));
        }
        typed.to_owned()
    }
}

fn bound(text: &str, field: &'static str, wrong: &mut Vec<Obstacle>) -> Option<Amount> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let read = vietnamese::number::parse_number(text).ok().and_then(|reading| Amount::exactly(reading.value));
    if read.is_none() {
        wrong.push(Obstacle::new("form-bound-wrong").with("value", text.chars().take(40).collect::<String>()).at(field));
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(labels: &[&str]) -> Given {
        let field = |label: &&str| FieldGiven { label: (*label).into(), ..FieldGiven::default() };
        Given { fields: labels.iter().map(field).collect(), ..Given::default() }
    }

    #[test]
    fn buttons_move_and_remove() {
        let mut form = given(&["a", "b", "c"]);
        let labels = |form: &Given| form.fields.iter().map(|field| field.label.clone()).collect::<String>();
        for (act, after) in [
            ("down-0", "bac"),
            ("up-2", "bca"),
            ("up-0", "bca"),
            ("down-2", "bca"),
            ("remove-1", "ba"),
            ("add", "ba"),
            ("remove-9", "ba"),
        ] {
            form.act(act);
            assert_eq!(labels(&form), after, "{act}");
        }
        assert_eq!(form.fields.len(), 3);
    }

    #[test]
    fn a_code_is_made_from_the_label_and_stands_once() {
        let form = given(&["Số lớp tập huấn", "1 lớp"]).read().expect("a form");
        assert_eq!(form.fields.iter().map(|field| field.code.as_str()).collect::<Vec<_>>(), ["so_lop_tap_huan", "o_1_lop"]);
        let wrong = given(&["Số lớp", "Số lớp"]).read().unwrap_err();
        assert_eq!((wrong[0].0, wrong[0].1, wrong[0].2.key), ('f', 1, "form-code-twice"));
    }

    #[test]
    fn a_percentage_is_neither_added_nor_averaged() {
        for roll_up in ["sum", "average"] {
            let mut form = given(&["Tỷ lệ"]);
            (form.fields[0].kind, form.fields[0].roll_up) = ("percent".into(), roll_up.into());
            assert_eq!(form.read().unwrap_err()[0].2.key, "form-roll-up-wrong");
        }
    }
}
