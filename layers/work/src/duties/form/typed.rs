//! What people type into a form, and reading it: each mistake at its field. Pure.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::field::{self, Definition, FIELDS_MAX, Field, Kind, Missing, Names, RULES_MAX};
use super::history;
use super::values::{Entry, Value, Values, unit};
use crate::duties::answer::figures;
use crate::people::agency::draft::value as read;
use crate::plans::secrecy;
use crate::web::Obstacle;
use ::measures::Amount;

/// As typed, right or wrong, by `so_lop`, `so_lop.whole`, `so_lop.why`, `so_lop.odd`, `rule.3`. Nothing typed is not there.
pub type Typed = BTreeMap<String, String>;

/// The longest text of one field, letters.
const LETTERS_MAX: usize = 20_000;
/// The longest explanation, letters.
const WHY_LETTERS_MAX: usize = 2_000;

/// What a page sent: `codes` are the fields in their order, `text` the value of a name.
#[must_use]
pub fn sent<'a>(codes: impl Iterator<Item = &'a str>, text: impl Fn(&str) -> String) -> Typed {
    let mut typed = Typed::new();
    let mut keep = |key: String, name: &str| {
        let given = text(name);
        if !given.trim().is_empty() {
            typed.insert(key, given);
        }
    };
    for (at, code) in codes.take(FIELDS_MAX).enumerate() {
        let Names { value, whole, why, odd } = field::names(at);
        keep(code.to_owned(), value);
        keep(format!("{code}.whole"), whole);
        keep(format!("{code}.why"), why);
        keep(format!("{code}.odd"), odd);
    }
    for at in 0..RULES_MAX {
        keep(format!("rule.{at}"), field::rule_name(at));
    }
    typed
}

/// What was handed in, as it was typed: to be corrected, or carried over.
#[must_use]
pub fn again(values: &Values) -> Typed {
    let mut typed = Typed::new();
    for (code, entry) in &values.entries {
        if let Some((value, whole)) = entry.value.as_ref().map(Value::typed) {
            typed.insert(code.clone(), value);
            typed.extend(whole.map(|whole| (format!("{code}.whole"), whole)));
        }
        if !entry.why.is_empty() {
            typed.insert(format!("{code}.why"), entry.why.clone());
        }
    }
    typed.extend(values.explained.clone());
    typed
}

/// Figures that can be read in two ways.
#[must_use]
pub fn ambiguous(typed: &Typed) -> Vec<String> {
    typed.values().map(|value| value.trim().to_owned()).filter(|value| figures::is_ambiguous(value)).collect()
}

/// What is needed to read what was typed.
pub struct Reading<'a> {
    pub form: &'a Definition,
    pub typed: &'a Typed,
    /// What was read back to the person and meant so.
    pub sure: &'a [String],
    /// What the system itself counts, by code of the field.
    pub recorded: &'a HashMap<String, Amount>,
    /// What the agency gave in earlier periods, by code of the field, the newest first.
    pub earlier: &'a HashMap<String, Vec<Amount>>,
    /// The last day that has happened.
    pub today: NaiveDate,
}

/// A warning that holds now, beside its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Place of the field that it stands at.
    pub at: usize,
    /// What the explanation is called in the page, and what it is kept as.
    pub name: &'static str,
    pub key: String,
    pub words: Obstacle,
}

impl Reading<'_> {
    fn text(&self, key: &str) -> &str {
        self.typed.get(key).map_or("", |text| text.trim())
    }

    /// The values, and everything that is wrong: of fields, of rules, and warnings without an explanation.
    #[must_use]
    pub fn read(&self) -> (Values, Vec<Obstacle>) {
        let (mut values, mut wrong) = self.entries();
        let broken = self.broken(&values, true);
        wrong.extend(broken.into_iter().map(|(at, message)| said(&message).at(&field::names(at).value)));
        for warning in self.warnings(&values) {
            let words = self.text(&warning.key).to_owned();
            if says_nothing(&words) {
                let name = self.form.fields.get(warning.at).map_or("", |field| field.label.as_str());
                wrong.push(Obstacle::new("form-explain").with("name", name).at(warning.name));
            }
            self.too_long(&words, WHY_LETTERS_MAX, warning.name, &mut wrong);
            values.explained.insert(warning.key, words);
        }
        (values, wrong)
    }

    /// The warnings that hold for what was typed so far, whether it can be handed in or not.
    #[must_use]
    pub fn warned(&self) -> Vec<Warning> {
        self.warnings(&self.entries().0)
    }

    fn entries(&self) -> (Values, Vec<Obstacle>) {
        let (mut values, mut wrong) = (Values::default(), Vec::new());
        for (at, field) in self.form.fields.iter().enumerate().take(FIELDS_MAX) {
            let entry = self.entry(field, field::names(at), &mut wrong);
            values.entries.insert(field.code.clone(), entry);
        }
        (values, wrong)
    }

    fn entry(&self, field: &Field, names: &'static Names, wrong: &mut Vec<Obstacle>) -> Entry {
        let (text, why) = (self.text(&field.code), self.text(&format!("{}.why", field.code)));
        self.too_long(why, WHY_LETTERS_MAX, &names.why, wrong);
        let recorded = self.recorded.get(&field.code).copied();
        let blank = text.is_empty() && self.text(&format!("{}.whole", field.code)).is_empty();
        let mut entry = Entry { value: None, why: String::new(), recorded };
        if blank {
            match field.missing {
                Missing::Refused => wrong.push(Obstacle::new("form-field-missing").with("name", &field.label).at(&names.value)),
                Missing::WithReason if says_nothing(why) => {
                    wrong.push(Obstacle::new("form-missing-why").with("name", &field.label).at(&names.why));
                }
                Missing::WithReason | Missing::NoData => entry.why = why.to_owned(),
            }
            return entry;
        }
        match self.value(field, text, names) {
            Ok(value) => entry.value = Some(value),
            Err(obstacle) => wrong.push(obstacle),
        }
        // Another figure than the system counts needs its reason; both are kept.
        if let (Some(Value::Number(given)), Some(recorded)) = (&entry.value, recorded)
            && *given != recorded
        {
            if says_nothing(why) {
                wrong.push(
                    Obstacle::new("form-recorded-differs")
                        .with("name", &field.label)
                        .with("recorded", recorded.shown())
                        .at(&names.why),
                );
            }
            entry.why = why.to_owned();
        }
        entry
    }

    fn value(&self, field: &Field, text: &str, names: &'static Names) -> Result<Value, Obstacle> {
        let at = names.value.as_str();
        let no =
            |key| Obstacle::new(key).with("name", &field.label).with("value", text.chars().take(60).collect::<String>()).at(at);
        match field.kind {
            Kind::Number | Kind::Percent => {
                self.figure(field, text, &unit(field)).map_err(|wrong| wrong.at(at)).map(Value::Number)
            }
            Kind::Ratio => self.ratio(field, text, names),
            Kind::YesNo => match text {
                "yes" => Ok(Value::Yes(true)),
                "no" => Ok(Value::Yes(false)),
                _ => Err(no("form-no-choice")),
            },
            Kind::Choice if field.options.iter().any(|option| option == text) => Ok(Value::Choice(text.to_owned())),
            Kind::Choice => Err(no("form-no-choice")),
            Kind::Text => match (secrecy::of_text(text), text.chars().count() > LETTERS_MAX, says_nothing(text)) {
                (Some(mark), ..) => Err(Obstacle::new("answer-secret").with("mark", mark).at(at)),
                (_, true, _) => Err(Obstacle::new("answer-too-long").at(at)),
                (_, _, true) => Err(no("form-field-missing")),
                _ => Ok(Value::Text(text.to_owned())),
            },
            Kind::Day => match read::day(text) {
                Ok(day) if field.happened && day > self.today => Err(no("form-day-to-come")),
                day => day.map(Value::Day).map_err(|_| no("form-no-day")),
            },
        }
    }

    /// A number as Vietnamese writes it, within the bounds of the field.
    fn figure(&self, field: &Field, text: &str, unit: &str) -> Result<Amount, Obstacle> {
        // Before it is asked how it is meant: nobody is asked for what is refused either way.
        within(field, &field.label, text)?;
        let amount = self.amount(&field.label, text, unit)?;
        let bound =
            |key, bound: Amount| Obstacle::new(key).with("name", &field.label).with("value", text).with("bound", bound.shown());
        match (field.least, field.most) {
            (Some(least), _) if amount < least => Err(bound("form-below", least)),
            (_, Some(most)) if amount > most => Err(bound("form-above", most)),
            _ => Ok(amount),
        }
    }

    fn amount(&self, label: &str, text: &str, unit: &str) -> Result<Amount, Obstacle> {
        let row = (label.to_owned(), text.to_owned(), unit.to_owned());
        figures::read(&[row], self.sure).map_err(|mut wrong| wrong.remove(0))?;
        let digits = text.trim_end_matches(['%', '％']).trim();
        if digits.len() < text.trim().len() && unit != "%" {
            return Err(Obstacle::new("figure-no-number").with("name", label).with("value", text));
        }
        number(digits).ok_or_else(|| Obstacle::new("figure-no-number").with("name", label).with("value", text))
    }

    /// A part and its whole: the part is not the greater one, unless the field says that more than 100 % may be.
    fn ratio(&self, field: &Field, text: &str, names: &'static Names) -> Result<Value, Obstacle> {
        let call = |at: usize| field.options.get(at).map_or(field.label.as_str(), String::as_str);
        let whole = self.text(&format!("{}.whole", field.code));
        let gap = |at: &'static str, name: &str| Obstacle::new("form-field-missing").with("name", name).at(at);
        if text.is_empty() {
            return Err(gap(&names.value, call(0)));
        }
        if whole.is_empty() {
            return Err(gap(&names.whole, call(1)));
        }
        let amount = |name: &str, text: &str| within(field, name, text).and_then(|()| self.amount(name, text, ""));
        let part = amount(call(0), text).map_err(|wrong| wrong.at(&names.value))?;
        let whole = amount(call(1), whole).map_err(|wrong| wrong.at(&names.whole))?;
        let most = field.most.unwrap_or_else(|| Amount::from(100));
        let over = part > whole && part.percent_of(whole).is_none_or(|percent| percent > most);
        if over {
            let words = Obstacle::new("form-ratio-over").with("part", call(0)).with("whole", call(1));
            return Err(words.at(&names.value));
        }
        Ok(Value::Ratio(part, whole))
    }

    /// The rules that do not hold: place of each field, and the message.
    fn broken(&self, values: &Values, blocking: bool) -> Vec<(usize, String)> {
        let rules = self.form.rules.iter().filter(|rule| rule.blocking == blocking && rule.is_broken(self.form, values));
        let places = |rule: &super::rule::Rule| {
            let codes = rule.codes(self.form);
            let at = codes.iter().filter_map(|code| self.form.field(code).map(|(at, _)| at)).collect::<Vec<_>>();
            at.into_iter().map(|at| (at, rule.message.clone())).collect::<Vec<_>>()
        };
        rules.flat_map(places).collect()
    }

    /// Rules that ask for an explanation, and values far from those of earlier periods.
    fn warnings(&self, values: &Values) -> Vec<Warning> {
        let mut warnings = Vec::new();
        for (at, rule) in self.form.rules.iter().enumerate().take(RULES_MAX) {
            if !rule.blocking && rule.is_broken(self.form, values) {
                let first = rule.codes(self.form).first().and_then(|code| self.form.field(code)).map_or(0, |(place, _)| place);
                warnings.push(Warning {
                    at: first,
                    name: field::rule_name(at),
                    key: format!("rule.{at}"),
                    words: said(&rule.message),
                });
            }
        }
        for (at, field) in self.form.fields.iter().enumerate().take(FIELDS_MAX).filter(|(_, field)| field.kind.is_figure()) {
            let earlier = self.earlier.get(&field.code).map(Vec::as_slice).unwrap_or_default();
            if let Some(Value::Number(given)) = values.value(&field.code)
                && let Some(words) = history::odd(*given, earlier)
            {
                warnings.push(Warning { at, name: &field::names(at).odd, key: format!("{}.odd", field.code), words });
            }
        }
        warnings
    }

    fn too_long(&self, text: &str, most: usize, name: &'static str, wrong: &mut Vec<Obstacle>) {
        if text.chars().count() > most {
            wrong.push(Obstacle::new("answer-too-long").at(name));
        }
        wrong.extend(secrecy::of_text(text).map(|mark| Obstacle::new("answer-secret").with("mark", mark).at(name)));
    }
}

/// A number as Vietnamese writes it, exactly.
fn number(digits: &str) -> Option<Amount> {
    vietnamese::number::parse_number(digits).ok().and_then(|reading| Amount::exactly(reading.value))
}

/// Refuses more decimals than the field takes; of what is no number, nothing is said here.
fn within(field: &Field, name: &str, text: &str) -> Result<(), Obstacle> {
    let digits = text.trim_end_matches(['%', '％']).trim();
    if number(digits).is_none_or(|amount| amount.decimals() <= field.decimals as usize) {
        return Ok(());
    }
    let key = if field.decimals == 0 { "form-whole-only" } else { "form-decimals" };
    Err(Obstacle::new(key).with("name", name).with("value", text).with("n", field.decimals))
}

fn said(message: &str) -> Obstacle {
    Obstacle::new("form-rule-broken").with("message", message)
}

fn says_nothing(text: &str) -> bool {
    crate::duties::answer::submitting::says_nothing(text)
}

#[cfg(test)]
mod tests;
