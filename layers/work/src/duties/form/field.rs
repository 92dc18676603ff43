//! A field of a report form: what is asked, in what shape, and what a gap means.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::rule::Rule;
use ::measures::Amount;

/// The most fields of a form.
pub const FIELDS_MAX: usize = 60;
/// The most rules of a form.
pub const RULES_MAX: usize = 30;

/// What a form asks. Immutable once it is kept as a version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    pub fields: Vec<Field>,
    #[serde(default)]
    pub rules: Vec<Rule>,
}

impl Definition {
    /// The field of that code, with its place.
    #[must_use]
    pub fn field(&self, code: &str) -> Option<(usize, &Field)> {
        self.fields.iter().enumerate().find(|(_, field)| field.code == code)
    }
}

/// One field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Field {
    /// `so_lop`: small letters without marks, digits, `_`; what rules, files and the API call it.
    pub code: String,
    pub label: String,
    pub help: String,
    pub kind: Kind,
    /// Of a number.
    pub unit: String,
    /// The most decimals of a number or per cent.
    pub decimals: u32,
    /// What can be chosen; of a ratio, what its two numbers are called.
    pub options: Vec<String>,
    pub missing: Missing,
    pub least: Option<Amount>,
    pub most: Option<Amount>,
    /// Of a day: it has happened, so no day to come is taken.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub happened: bool,
    pub roll_up: RollUp,
    /// Code of a [`super::source::Source`]; empty when nothing is recorded of it.
    pub source: String,
}

impl Field {
    /// Whether the values of many agencies become one.
    #[must_use]
    pub fn rolls_up(&self) -> bool {
        self.roll_up != RollUp::None && self.kind.roll_ups().contains(&self.roll_up)
    }
}

/// The shape of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Number,
    /// A share that somebody else counted: never added up, never averaged.
    Percent,
    /// A part and its whole, so that the share of many agencies can be counted from sums.
    Ratio,
    YesNo,
    Choice,
    Text,
    Day,
}

/// What it means when nothing is given. A gap is never a zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// It has to be given.
    #[default]
    Refused,
    /// It may be left out with a reason.
    WithReason,
    /// "Không có số liệu": it may be left out.
    NoData,
}

/// How the values of many agencies become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollUp {
    #[default]
    Sum,
    Average,
    /// What was handed in last.
    Last,
    Least,
    Most,
    None,
}

impl Kind {
    pub const ALL: [Self; 7] = [Self::Number, Self::Percent, Self::Ratio, Self::YesNo, Self::Choice, Self::Text, Self::Day];

    /// The word in forms, data and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Percent => "percent",
            Self::Ratio => "ratio",
            Self::YesNo => "yes-no",
            Self::Choice => "choice",
            Self::Text => "text",
            Self::Day => "day",
        }
    }

    /// How values of this kind can become one. Percentages are neither added nor averaged; a ratio is counted from summed parts.
    #[must_use]
    pub const fn roll_ups(self) -> &'static [RollUp] {
        match self {
            Self::Number => &[RollUp::Sum, RollUp::Average, RollUp::Last, RollUp::Least, RollUp::Most, RollUp::None],
            Self::Percent | Self::Day => &[RollUp::None, RollUp::Last, RollUp::Least, RollUp::Most],
            Self::Ratio | Self::YesNo | Self::Choice => &[RollUp::Sum, RollUp::None],
            Self::Text => &[RollUp::None],
        }
    }

    /// Whether it is typed as a figure.
    #[must_use]
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Number | Self::Percent)
    }
}

impl Missing {
    pub const ALL: [Self; 3] = [Self::Refused, Self::WithReason, Self::NoData];

    /// The word in forms, data and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::WithReason => "with-reason",
            Self::NoData => "no-data",
        }
    }
}

impl RollUp {
    pub const ALL: [Self; 6] = [Self::Sum, Self::Average, Self::Last, Self::Least, Self::Most, Self::None];

    /// The word in forms, data and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Average => "average",
            Self::Last => "last",
            Self::Least => "least",
            Self::Most => "most",
            Self::None => "none",
        }
    }
}

/// What a field and what belongs to it are called in the page that is filled in: by place, so that refusals know where they stand.
#[derive(Debug)]
pub struct Names {
    pub value: String,
    /// The second number of a ratio.
    pub whole: String,
    /// Why there is no value, or another than the recorded one.
    pub why: String,
    /// What is said to a value that is far from those of earlier periods.
    pub odd: String,
}

static NAMES: LazyLock<Vec<Names>> = LazyLock::new(|| {
    let names = |at: usize| Names {
        value: format!("f{at}"),
        whole: format!("f{at}-whole"),
        why: format!("f{at}-why"),
        odd: format!("f{at}-odd"),
    };
    (0..FIELDS_MAX).map(names).collect()
});

static RULE_NAMES: LazyLock<Vec<String>> = LazyLock::new(|| (0..RULES_MAX).map(|at| format!("x{at}")).collect());

/// What the field at that place is called.
#[must_use]
pub fn names(at: usize) -> &'static Names {
    &NAMES[at.min(FIELDS_MAX - 1)]
}

/// What the explanation of the rule at that place is called.
#[must_use]
pub fn rule_name(at: usize) -> &'static str {
    &RULE_NAMES[at.min(RULES_MAX - 1)]
}
