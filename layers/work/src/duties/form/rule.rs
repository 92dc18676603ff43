//! Rules across fields: `left is right`, where a side is a field, a sum of fields, or a number. Pure.

use serde::{Deserialize, Serialize};

use super::field::{Definition, Kind};
use super::values::{Value, Values};
use crate::web::Obstacle;
use ::measures::Amount;

/// One rule, as data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// `so_nam + so_nu`, `ty_le.part`, `100`; the field of a condition.
    pub left: String,
    pub is: Is,
    pub right: String,
    /// What is said when it does not hold.
    pub message: String,
    /// Whether the answer can not be handed in then; otherwise an explanation is asked for.
    pub blocking: bool,
    pub on_gap: OnGap,
}

/// How the sides stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Is {
    #[default]
    AtMost,
    AtLeast,
    Equal,
    /// Where the left is "yes" (or more than nothing), the right has to be given.
    Requires,
}

/// What a rule says when one of its values is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnGap {
    /// Nothing: what is not known breaks no rule.
    #[default]
    Skip,
    /// That it does not hold.
    Fail,
}

impl Is {
    pub const ALL: [Self; 4] = [Self::AtMost, Self::AtLeast, Self::Equal, Self::Requires];

    /// The word in forms and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AtMost => "at-most",
            Self::AtLeast => "at-least",
            Self::Equal => "equal",
            Self::Requires => "requires",
        }
    }
}

/// A number of a side.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    Field(String),
    /// The first number of a ratio.
    Part(String),
    /// The second.
    Whole(String),
    Number(Amount),
}

impl Term {
    fn code(&self) -> Option<&str> {
        match self {
            Self::Field(code) | Self::Part(code) | Self::Whole(code) => Some(code),
            Self::Number(_) => None,
        }
    }

    fn of(&self, values: &Values) -> Option<Amount> {
        match (self, self.code().and_then(|code| values.value(code))) {
            (Self::Number(number), _) => Some(*number),
            (Self::Field(_), Some(Value::Number(number))) => Some(*number),
            (Self::Part(_), Some(Value::Ratio(part, _))) => Some(*part),
            (Self::Whole(_), Some(Value::Ratio(_, whole))) => Some(*whole),
            _ => None,
        }
    }
}

/// Reads one side against the fields there are.
fn side(text: &str, form: &Definition) -> Result<Vec<Term>, Obstacle> {
    let unknown = |term: &str| Obstacle::new("form-rule-unknown").with("term", term);
    let term = |term: &str| {
        let (code, part) = term.split_once('.').unwrap_or((term, ""));
        if let Some((_, field)) = form.field(code) {
            return match (field.kind, part) {
                (Kind::Number | Kind::Percent, "") => Ok(Term::Field(code.into())),
                (Kind::Ratio, "part") => Ok(Term::Part(code.into())),
                (Kind::Ratio, "whole") => Ok(Term::Whole(code.into())),
                (Kind::Ratio, _) => Err(Obstacle::new("form-rule-ratio").with("term", term)),
                _ => Err(Obstacle::new("form-rule-no-number").with("term", term)),
            };
        }
        let number = vietnamese::number::parse_number(term).ok().and_then(|reading| Amount::exactly(reading.value));
        number.map(Term::Number).ok_or_else(|| unknown(term))
    };
    let terms: Vec<&str> = text.split('+').map(str::trim).collect();
    if terms.iter().any(|term| term.is_empty()) {
        return Err(Obstacle::new("form-rule-side"));
    }
    terms.into_iter().map(term).collect()
}

impl Rule {
    /// Why it can not be a rule of that form; None when it can.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, form: &Definition) -> Result<(), Obstacle> {
        if self.message.trim().is_empty() {
            return Err(Obstacle::new("form-rule-message"));
        }
        if self.is == Is::Requires {
            let known = |code: &str| form.field(code.trim()).is_some();
            let unknown = [&self.left, &self.right].into_iter().find(|code| !known(code));
            return unknown.map_or(Ok(()), |code| Err(Obstacle::new("form-rule-unknown").with("term", code)));
        }
        let (left, right) = (side(&self.left, form)?, side(&self.right, form)?);
        let names_a_field = left.iter().chain(&right).any(|term| term.code().is_some());
        if names_a_field { Ok(()) } else { Err(Obstacle::new("form-rule-side")) }
    }

    /// The fields that it is about.
    #[must_use]
    pub fn codes(&self, form: &Definition) -> Vec<String> {
        if self.is == Is::Requires {
            // What is to be done is done at the right one.
            return vec![self.right.trim().to_owned()];
        }
        let terms = [&self.left, &self.right].into_iter().filter_map(|text| side(text, form).ok()).flatten();
        let mut codes: Vec<String> = terms.filter_map(|term| term.code().map(str::to_owned)).collect();
        codes.dedup();
        codes
    }

    /// Whether these values break it. A gap counts as the rule says, never as zero.
    #[must_use]
    pub fn is_broken(&self, form: &Definition, values: &Values) -> bool {
        if self.is == Is::Requires {
            let asks = match values.value(self.left.trim()) {
                Some(Value::Yes(yes)) => *yes,
                Some(Value::Number(number)) => *number > Amount::default(),
                Some(_) => true,
                None => return self.on_gap == OnGap::Fail && values.value(self.right.trim()).is_none(),
            };
            return asks && values.value(self.right.trim()).is_none();
        }
        let sum = |text: &str| -> Option<Amount> {
            let terms = side(text, form).ok()?;
            terms.iter().map(|term| term.of(values)).sum()
        };
        match (sum(&self.left), sum(&self.right)) {
            (Some(left), Some(right)) => match self.is {
                Is::AtMost => left > right,
                Is::AtLeast => left < right,
                Is::Equal => left != right,
                Is::Requires => false,
            },
            _ => self.on_gap == OnGap::Fail,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::field::Field;
    use super::super::values::Entry;
    use super::*;

    fn form() -> Definition {
        let field = |code: &str, kind| Field { code: code.into(), kind, ..Field::default() };
        let fields = vec![field("nam", Kind::Number), field("nu", Kind::Number), field("tong", Kind::Number)];
        let more = [field("ty_le", Kind::Ratio), field("co", Kind::YesNo), field("vi_sao", Kind::Text)];
        Definition { fields: fields.into_iter().chain(more).collect(), rules: Vec::new() }
    }

    fn rule(left: &str, is: Is, right: &str) -> Rule {
        Rule { left: left.into(), is, right: right.into(), message: "Sai".into(), ..Rule::default() }
    }

    fn values(given: &[(&str, Value)]) -> Values {
        let entry = |value: &Value| Entry { value: Some(value.clone()), ..Entry::default() };
        Values { entries: given.iter().map(|(code, value)| ((*code).into(), entry(value))).collect(), ..Values::default() }
    }

    fn number(of: u64) -> Value {
        Value::Number(Amount::from(of))
    }

    #[test]
    fn sums_of_fields_are_compared() {
        let form = form();
        let equal = rule("nam + nu", Is::Equal, "tong");
        assert_eq!(equal.check(&form), Ok(()));
        assert_eq!(equal.codes(&form), ["nam", "nu", "tong"]);
        assert!(!equal.is_broken(&form, &values(&[("nam", number(2)), ("nu", number(3)), ("tong", number(5))])));
        assert!(equal.is_broken(&form, &values(&[("nam", number(2)), ("nu", number(3)), ("tong", number(6))])));
        assert!(rule("nam", Is::AtMost, "1,5").is_broken(&form, &values(&[("nam", number(2))])));
        let ratio = values(&[("ty_le", Value::Ratio(Amount::from(3), Amount::from(4))), ("nam", number(4))]);
        assert!(!rule("ty_le.whole", Is::AtLeast, "nam").is_broken(&form, &ratio));
        assert!(rule("ty_le.part", Is::AtLeast, "nam").is_broken(&form, &ratio));
    }

    #[test]
    fn a_gap_is_no_zero_and_counts_as_the_rule_says() {
        let form = form();
        let gap = values(&[("tong", number(5))]);
        let skips = rule("nam", Is::AtLeast, "tong");
        assert!(!skips.is_broken(&form, &gap), "as a zero it would be broken");
        assert!(
            Rule { on_gap: OnGap::Fail, ..rule("nam", Is::AtMost, "tong") }.is_broken(&form, &gap),
            "as a zero it would hold"
        );
    }

    #[test]
    fn a_yes_may_ask_for_another_field() {
        let form = form();
        let requires = rule("co", Is::Requires, "vi_sao");
        assert!(requires.is_broken(&form, &values(&[("co", Value::Yes(true))])));
        assert!(!requires.is_broken(&form, &values(&[("co", Value::Yes(false))])));
        assert!(!requires.is_broken(&form, &values(&[("co", Value::Yes(true)), ("vi_sao", Value::Text("x".into()))])));
    }

    #[test]
    fn what_is_no_rule_is_said() {
        let wrong = |left, is, right| rule(left, is, right).check(&form()).map_err(|obstacle| obstacle.key);
        assert_eq!(wrong("nam +", Is::Equal, "nu"), Err("form-rule-side"));
        assert_eq!(wrong("xyz", Is::Equal, "nu"), Err("form-rule-unknown"));
        assert_eq!(wrong("ty_le", Is::Equal, "nu"), Err("form-rule-ratio"));
        assert_eq!(wrong("co", Is::Equal, "nu"), Err("form-rule-no-number"));
        assert_eq!(wrong("1", Is::Equal, "2"), Err("form-rule-side"));
        assert_eq!(
            Rule { message: " ".into(), ..rule("nam", Is::Equal, "nu") }.check(&form()).map_err(|one| one.key),
            Err("form-rule-message")
        );
    }
}
