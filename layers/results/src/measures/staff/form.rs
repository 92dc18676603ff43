//! What is typed into the editor of a definition, and what it means. Choices and numbers only: there is no formula to be read.

use ::measures::definition::PARTS_MAX;
use ::measures::{Amount, Better, Definition, Every, Missing, Of, Op, Part, RollUp, Shape, Target, Term};

use crate::duties::answer::figures::is_ambiguous;
use crate::measures::defining::Typed;
use crate::measures::measure::Measure;
use crate::web::Obstacle;

/// A line of a numerator or denominator, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// `source:articles-published`, `field:<duty>:<field>`, `measure:<code>`, `agency`, `number`; empty: nothing.
    pub of: String,
    pub minus: bool,
    pub at_least: String,
    /// With `number`.
    pub number: String,
}

/// Everything that stands in the form.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub code: String,
    pub title: String,
    pub meaning: String,
    pub provision: String,
    pub public: bool,
    pub why: String,
    pub shape: String,
    pub unit: String,
    pub every: String,
    pub roll_up: String,
    pub missing: String,
    pub better: String,
    pub class: String,
    pub excluded: String,
    pub target_op: String,
    pub target_value: String,
    pub target_year: String,
    pub above: Vec<Row>,
    pub below: Vec<Row>,
}

fn one(fields: &[(String, String)], name: &str) -> String {
    let value = fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    vietnamese::normalise(value).replace('\0', "").trim().to_owned()
}

fn rows(fields: &[(String, String)], side: &str) -> Vec<Row> {
    let many = |name: &str| -> Vec<String> {
        let name = format!("{side}_{name}");
        fields.iter().filter(|(field, _)| *field == name).map(|(_, value)| value.trim().to_owned()).collect()
    };
    let (of, sign, least, number) = (many("of"), many("sign"), many("least"), many("number"));
    let cell = |column: &[String], at: usize| column.get(at).cloned().unwrap_or_default();
    let row = |at: usize| Row {
        of: cell(&of, at),
        minus: cell(&sign, at) == "minus",
        at_least: cell(&least, at),
        number: cell(&number, at),
    };
    (0..of.len().min(PARTS_MAX * 2)).map(row).filter(Row::says_something).collect()
}

impl Row {
    /// Whether anything was typed: also a number of which it was not said what it is for.
    fn says_something(&self) -> bool {
        [&self.of, &self.at_least, &self.number].into_iter().any(|typed| !typed.is_empty())
    }
}

impl Given {
    /// As it came.
    #[must_use]
    pub fn of(fields: &[(String, String)]) -> Self {
        let text = |name: &str| one(fields, name);
        Self {
            code: text("code"),
            title: text("title"),
            meaning: text("meaning"),
            provision: text("provision"),
            public: !text("public").is_empty(),
            why: text("why"),
            shape: text("shape"),
            unit: text("unit"),
            every: text("every"),
            roll_up: text("roll_up"),
            missing: text("missing"),
            better: text("better"),
            class: text("class"),
            excluded: text("excluded"),
            target_op: text("target_op"),
            target_value: text("target_value"),
            target_year: text("target_year"),
            above: rows(fields, "above"),
            below: rows(fields, "below"),
        }
    }

    /// As a measure has it.
    #[must_use]
    pub fn kept(measure: &Measure) -> Self {
        let definition = measure.definition();
        let below = definition.denominator.as_ref().map(|term| term.parts.iter().map(row).collect());
        Self {
            code: measure.code.clone(),
            title: measure.title.clone(),
            meaning: measure.meaning.clone(),
            provision: measure.provision.map(|id| id.to_string()).unwrap_or_default(),
            public: measure.public,
            above: definition.numerator.parts.iter().map(row).collect(),
            below: below.unwrap_or_default(),
            ..Self::settings(&definition)
        }
    }

    /// Only how a definition counts.
    #[must_use]
    pub fn settings(definition: &Definition) -> Self {
        let target = definition.target;
        Self {
            shape: definition.shape.code().into(),
            unit: definition.unit.clone(),
            every: definition.every.code().into(),
            roll_up: definition.roll_up.code().into(),
            missing: definition.missing.code().into(),
            better: definition.better.code().into(),
            class: definition.class.clone().unwrap_or_default(),
            excluded: definition.excluded.join(", "),
            target_op: target.map(|target| target.op.code().to_owned()).unwrap_or_default(),
            target_value: target.map(|target| target.value.shown()).unwrap_or_default(),
            target_year: target.map(|target| target.year.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// What it means, with what can not be read.
    #[must_use]
    pub fn read(&self) -> (Typed, Vec<Obstacle>) {
        let mut wrong = Vec::new();
        let shape = Shape::of_code(&self.shape).unwrap_or_default();
        let numerator = term(&self.above, "numerator", &mut wrong);
        let denominator = term(&self.below, "denominator", &mut wrong);
        let definition = Definition {
            unit: if shape == Shape::Ratio { "%".into() } else { self.unit.clone() },
            shape,
            numerator,
            denominator: (shape == Shape::Ratio).then_some(denominator),
            roll_up: RollUp::of_code(&self.roll_up).unwrap_or_default(),
            missing: Missing::of_code(&self.missing).unwrap_or_default(),
            class: Some(self.class.clone()).filter(|class| !class.is_empty()),
            excluded: self
                .excluded
                .split([',', ';', '\n'])
                .map(|code| code.trim().to_owned())
                .filter(|code| !code.is_empty())
                .collect(),
            every: Every::of_code(&self.every).unwrap_or_default(),
            better: Better::of_code(&self.better).unwrap_or_default(),
            target: self.target(&mut wrong),
        };
        let typed = Typed {
            code: self.code.clone(),
            title: self.title.clone(),
            meaning: self.meaning.clone(),
            provision: self.provision.parse().ok(),
            public: self.public,
            why: self.why.clone(),
            definition,
        };
        (typed, wrong)
    }

    fn target(&self, wrong: &mut Vec<Obstacle>) -> Option<Target> {
        if self.target_value.is_empty() {
            return None;
        }
        let value = amount(&self.target_value, "target_value", wrong)?;
        let Ok(year) = self.target_year.parse() else {
            wrong.push(Obstacle::new("measure-flaw-year").with("year", &self.target_year).at("target_year"));
            return None;
        };
        Some(Target { op: Op::of_code(&self.target_op).unwrap_or_default(), value, year })
    }
}

fn row(part: &Part) -> Row {
    let of = match &part.of {
        Of::Source { code } => format!("source:{code}"),
        Of::Field { duty, field } => format!("field:{duty}:{field}"),
        Of::Measure { code } => format!("measure:{code}"),
        Of::Agency => "agency".into(),
        Of::Number(_) => "number".into(),
    };
    let number = if let Of::Number(amount) = &part.of { amount.shown() } else { String::new() };
    Row { of, minus: part.minus, at_least: part.at_least.map(Amount::shown).unwrap_or_default(), number }
}

fn term(rows: &[Row], field: &'static str, wrong: &mut Vec<Obstacle>) -> Term {
    let mut parts = Vec::new();
    for row in rows {
        if row.of.is_empty() {
            let typed = if row.number.is_empty() { &row.at_least } else { &row.number };
            wrong.push(Obstacle::new("measure-part-of-nothing").with("value", typed).at(field));
            continue;
        }
        if !row.number.is_empty() && (row.of == "agency" || row.of.contains(':')) {
            wrong.push(Obstacle::new("measure-number-beside").with("value", &row.number).at(field));
        }
        let of = match row.of.split_once(':') {
            Some(("source", code)) => Of::Source { code: code.into() },
            Some(("measure", code)) => Of::Measure { code: code.into() },
            Some(("field", rest)) => {
                let (duty, field) = rest.split_once(':').unwrap_or((rest, ""));
                Of::Field { duty: duty.into(), field: field.into() }
            }
            _ if row.of == "agency" => Of::Agency,
            _ => match amount(&row.number, field, wrong) {
                Some(amount) => Of::Number(amount),
                None => continue,
            },
        };
        let at_least = if row.at_least.is_empty() { None } else { amount(&row.at_least, field, wrong) };
        parts.push(Part { minus: row.minus, of, at_least });
    }
    Term { parts }
}

/// A number as Vietnamese writes it; one that can be read in two ways is not guessed at.
fn amount(text: &str, field: &'static str, wrong: &mut Vec<Obstacle>) -> Option<Amount> {
    let digits = text.trim_end_matches(['%', '％']).trim();
    if is_ambiguous(digits) {
        wrong.push(Obstacle::new("measure-number-two-ways").with("value", text).at(field));
        return None;
    }
    let read = vietnamese::number::parse_number(digits).ok().and_then(|reading| Amount::exactly(reading.value));
    if read.is_none() {
        wrong.push(Obstacle::new("measure-number-wrong").with("value", text).at(field));
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_is_kept_is_read_as_it_was() {
        let given = Given::of(&pairs(&[
            ("shape", "ratio"),
            ("above_of", "source:agency-plans-issued"),
            ("above_sign", "plus"),
            ("above_least", "1"),
            ("above_number", ""),
            ("above_of", ""),
            ("below_of", "agency"),
            ("target_value", "80%"),
            ("target_year", "2030"),
            ("excluded", "X1, X2"),
        ]));
        let (typed, wrong) = given.read();
        assert_eq!(wrong, []);
        assert_eq!((typed.definition.unit.as_str(), typed.definition.parts().count()), ("%", 2));
        assert_eq!(typed.definition.excluded, ["X1", "X2"]);
        let rows: Vec<Row> = typed.definition.numerator.parts.iter().map(row).collect();
        assert_eq!(rows, given.above);
        let again = Given::settings(&typed.definition);
        assert_eq!((again.target_value.as_str(), again.shape.as_str(), again.excluded.as_str()), ("80", "ratio", "X1, X2"));
    }

    #[test]
    fn a_number_of_nothing_is_kept_and_told() {
        let given = Given::of(&pairs(&[
            ("shape", "count"),
            ("unit", "việc"),
            ("above_of", "agency"),
            ("above_of", ""),
            ("above_of", ""),
            ("above_least", ""),
            ("above_least", ""),
            ("above_least", "2"),
            ("above_number", ""),
            ("above_number", "5"),
        ]));
        let typed: Vec<(&str, &str)> = given.above.iter().map(|row| (row.number.as_str(), row.at_least.as_str())).collect();
        assert_eq!(typed, [("", ""), ("5", ""), ("", "2")]);
        let (read, wrong) = given.read();
        assert_eq!(read.definition.numerator.parts.len(), 1);
        let told: Vec<(&str, &str)> = wrong.iter().map(|one| (one.key, one.field)).collect();
        assert_eq!(told, [("measure-part-of-nothing", "numerator"); 2]);
    }

    #[test]
    fn a_number_with_two_readings_is_not_guessed_at() {
        let mut wrong = Vec::new();
        assert_eq!(amount("1.234", "unit", &mut wrong), Some(Amount::from(1_234)));
        assert_eq!(amount("1,234", "unit", &mut wrong), None);
        assert_eq!(amount("NaN", "unit", &mut wrong), None);
        let keys: Vec<&str> = wrong.iter().map(|one| one.key).collect();
        assert_eq!(keys, ["measure-number-two-ways", "measure-number-wrong"]);
    }
}
