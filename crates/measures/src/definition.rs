//! What a measure counts, as data: kept as JSON, version by version, and never as a formula in a language of its own.

use serde::{Deserialize, Serialize};

use crate::Amount;

/// The most parts of a numerator, and of a denominator.
pub const PARTS_MAX: usize = 6;

/// A definition. Immutable once it is kept as a version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Definition {
    /// `%` for a ratio.
    pub unit: String,
    pub shape: Shape,
    pub numerator: Term,
    /// Of a ratio.
    pub denominator: Option<Term>,
    pub roll_up: RollUp,
    pub missing: Missing,
    /// Which class of agencies it is asked of; None: of all.
    pub class: Option<String>,
    /// Codes of agencies that it is not asked of.
    pub excluded: Vec<String>,
    pub every: Every,
    pub better: Better,
    pub target: Option<Target>,
}

/// What its value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// The numerator itself.
    #[default]
    Count,
    /// How many in a hundred of the denominator the numerator is.
    Ratio,
}

/// A sum of parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Term {
    pub parts: Vec<Part>,
}

/// One summand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// It is taken off instead of added.
    #[serde(default, skip_serializing_if = "is_false")]
    pub minus: bool,
    pub of: Of,
    /// With it the part is 1 of an agency that has at least so many, else 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Amount>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Something that the product keeps, by the code of its source.
    Source { code: String },
    /// A field of the report form of a duty: what agencies declared.
    Field { duty: String, field: String },
    /// Another measure.
    Measure { code: String },
    /// One for each agency that it is asked of and that exists then.
    Agency,
    /// Always the same.
    Number(Amount),
}

/// How periods become a year, and agencies a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollUp {
    /// Periods are added, and so are agencies.
    #[default]
    Sum,
    /// The last period counts; agencies are added.
    Last,
    /// The lowest period; the lowest agency.
    Min,
    /// The highest period; the highest agency.
    Max,
    /// Neither is put together.
    None,
}

/// What it means that nothing was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A gap: no value, and it is counted as one.
    #[default]
    Gap,
    Zero,
    /// What was last answered.
    Last,
}

/// The stretch of time of one value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    Month,
    Quarter,
    HalfYear,
    #[default]
    Year,
    /// From the beginning until then.
    Ever,
}

/// Which direction is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    #[default]
    Higher,
    Lower,
}

/// A comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    #[default]
    AtLeast,
    AtMost,
    Equal,
}

/// What is to be reached, and by when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub op: Op,
    /// In the unit of the measure.
    pub value: Amount,
    /// By the end of that year.
    pub year: i32,
}

macro_rules! coded {
    ($name:ident: $($variant:ident = $code:literal),+) => {
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in forms, addresses and keys of words.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }

            #[must_use]
            pub fn of_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

coded!(Shape: Count = "count", Ratio = "ratio");
coded!(RollUp: Sum = "sum", Last = "last", Min = "min", Max = "max", None = "none");
coded!(Missing: Gap = "gap", Zero = "zero", Last = "last");
coded!(Every: Month = "month", Quarter = "quarter", HalfYear = "half-year", Year = "year", Ever = "ever");
coded!(Better: Higher = "higher", Lower = "lower");
coded!(Op: AtLeast = "at-least", AtMost = "at-most", Equal = "equal");

impl Definition {
    /// Every part, those of the numerator first.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.numerator.parts.iter().chain(self.denominator.iter().flat_map(|term| &term.parts))
    }

    /// The denominator, where there is to be one.
    #[must_use]
    pub fn below(&self) -> Option<&Term> {
        self.denominator.as_ref().filter(|_| self.shape == Shape::Ratio)
    }

    /// Codes of the measures that it counts.
    pub fn measures(&self) -> impl Iterator<Item = &str> {
        self.parts().filter_map(|part| match &part.of {
            Of::Measure { code } => Some(code.as_str()),
            _ => None,
        })
    }

    /// Codes of the sources that it counts.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.parts().filter_map(|part| match &part.of {
            Of::Source { code } => Some(code.as_str()),
            _ => None,
        })
    }

    /// Duty and field of what agencies declare for it.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts().filter_map(|part| match &part.of {
            Of::Field { duty, field } => Some((duty.as_str(), field.as_str())),
            _ => None,
        })
    }

    /// Whether it is asked of some agencies alone.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.class.is_some() || !self.excluded.is_empty()
    }
}

impl Target {
    /// Whether the value is what it should be.
    #[must_use]
    pub fn is_met_by(&self, value: Amount) -> bool {
        match self.op {
            Op::AtLeast => value >= self.value,
            Op::AtMost => value <= self.value,
            Op::Equal => value == self.value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_is_written_and_read() {
        let text = r#"{"unit":"%","shape":"ratio","numerator":{"parts":[{"of":{"source":{"code":"plans"}},"at_least":"1"}]},
            "denominator":{"parts":[{"of":"agency"}]},"every":"ever","target":{"op":"at_least","value":"100","year":2025}}"#;
        let read: Definition = serde_json::from_str(text).expect("a definition");
        assert_eq!((read.shape, read.every, read.roll_up, read.missing), (Shape::Ratio, Every::Ever, RollUp::Sum, Missing::Gap));
        assert_eq!(read.sources().collect::<Vec<_>>(), ["plans"]);
        assert_eq!(read.below().map(|term| term.parts.len()), Some(1));
        let again: Definition = serde_json::from_str(&serde_json::to_string(&read).expect("JSON")).expect("the same");
        assert_eq!(again, read);
        assert_eq!(Every::of_code("half-year"), Some(Every::HalfYear));
        let target = read.target.expect("a target");
        assert!(target.is_met_by(Amount::from(100)) && !target.is_met_by(Amount::from(99)));
    }
}
