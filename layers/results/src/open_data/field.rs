//! The components of an observation, defined once: the columns of the feed, the structure that describes it, the columns that a file with
//! values of another system has, and the page that documents all of them.

/// What a component is in the data structure (SDMX 3.0, Section 2, Information Model: Data Structure Definition).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Together they name the observation.
    Dimension,
    /// What was observed.
    Measure,
    /// What is said about it.
    Attribute,
}

impl Role {
    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Dimension => "open-data-role-dimension",
            Self::Measure => "open-data-role-measure",
            Self::Attribute => "open-data-role-attribute",
        }
    }
}

/// How a component is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// By the code list of that id.
    Coded(&'static str),
    /// A period of time.
    Period,
    Decimal,
    Integer,
    Boolean,
    Text,
    DateTime,
}

impl Form {
    /// The data type in the structure (SDMX-JSON 2.0, Structure Message, `dataType`); empty of what has a code list.
    #[must_use]
    pub const fn data_type(self) -> &'static str {
        match self {
            Self::Coded(_) => "",
            Self::Period => "ObservationalTimePeriod",
            Self::Decimal => "Decimal",
            Self::Integer => "Integer",
            Self::Boolean => "Boolean",
            Self::Text => "String",
            Self::DateTime => "DateTime",
        }
    }
}

/// A component.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub code: &'static str,
    pub role: Role,
    pub form: Form,
    /// Whether a file that comes in may have it.
    pub comes_in: bool,
    /// Other heads that people write, without marks.
    also: &'static [&'static str],
}

const fn field(code: &'static str, role: Role, form: Form, comes_in: bool, also: &'static [&'static str]) -> Field {
    Field { code, role, form, comes_in, also }
}

/// Every component, in the order of the columns.
pub static FIELDS: [Field; 13] = [
    field("AREA", Role::Dimension, Form::Coded("CL_AREA"), true, &["ma co quan", "co quan", "ma don vi", "don vi", "orgunit"]),
    field(
        "INDICATOR",
        Role::Dimension,
        Form::Coded("CL_INDICATOR"),
        true,
        &["ma chi so", "chi so", "ma chi tieu", "dataelement"],
    ),
    field("TIME_PERIOD", Role::Dimension, Form::Period, true, &["ky", "ky so lieu", "thoi ky", "period"]),
    field("OBS_VALUE", Role::Measure, Form::Decimal, true, &["gia tri", "so lieu", "value"]),
    field("NUMERATOR", Role::Measure, Form::Decimal, true, &["tu so"]),
    field("DENOMINATOR", Role::Measure, Form::Decimal, true, &["mau so"]),
    field("OBS_STATUS", Role::Attribute, Form::Coded("CL_OBS_STATUS"), true, &["tinh trang", "trang thai"]),
    field("ANSWERED", Role::Attribute, Form::Coded("CL_ANSWERED"), false, &[]),
    field("UNIT_MEASURE", Role::Attribute, Form::Text, true, &["don vi tinh", "unit"]),
    field("GAPS", Role::Attribute, Form::Integer, false, &[]),
    field("CLOSED", Role::Attribute, Form::Boolean, false, &[]),
    field("DEFINITION_VERSION", Role::Attribute, Form::Integer, false, &[]),
    field("LAST_UPDATE", Role::Attribute, Form::DateTime, false, &[]),
];

impl Field {
    fn word(&self) -> String {
        self.code.to_lowercase().replace('_', "-")
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(&self) -> String {
        format!("open-data-field-{}", self.word())
    }

    /// The Fluent key of what it means.
    #[must_use]
    pub fn meaning(&self) -> String {
        format!("open-data-field-{}-means", self.word())
    }

    /// The component that a head of a file that comes in names; what stands in brackets is an explanation.
    #[must_use]
    pub fn of_head(head: &str) -> Option<&'static Self> {
        let bounded: String = head.chars().take(100).collect();
        let plain = bounded.split(['(', '*', ':']).next().unwrap_or_default().trim();
        let asked = vietnamese::fold(plain).split_whitespace().collect::<Vec<_>>().join(" ");
        FIELDS.iter().find(|one| one.comes_in && (one.code.eq_ignore_ascii_case(plain) || one.also.contains(&asked.as_str())))
    }
}

/// All together, in the code list of areas: the code that SDMX uses for a total (SDMX Guidelines for the Creation of Code Lists).
pub const ALL: &str = "_T";

/// Codes of CL_OBS_STATUS (SDMX cross-domain code list, version 2.2) that are given out or taken, with the Fluent key of each.
pub const STATUSES: [(&str, &str); 7] = [
    ("A", "open-data-status-a"),
    ("P", "open-data-status-p"),
    ("E", "open-data-status-e"),
    ("L", "open-data-status-l"),
    ("M", "open-data-status-m"),
    ("O", "open-data-status-o"),
    ("Q", "open-data-status-q"),
];

/// Whether the code says that there is no value.
#[must_use]
pub fn is_missing(status: &str) -> bool {
    matches!(status, "L" | "M" | "O" | "Q")
}

/// The code of an answer. The four honest answers stay apart: a value and a zero are figures, "nothing to report" is a value that can not
/// be, unanswered is one that was not collected.
#[must_use]
pub const fn status(standing: ::measures::Standing, is_over: bool) -> &'static str {
    use ::measures::Standing;
    match standing {
        Standing::Value | Standing::Zero if is_over => "A",
        Standing::Value | Standing::Zero => "P",
        Standing::Nothing | Standing::NoDenominator | Standing::NotAdded => "M",
        Standing::Unanswered => "L",
        Standing::Unseen => "O",
        Standing::NotPart => "Q",
    }
}

#[cfg(test)]
mod tests {
    use ::measures::Standing;

    use super::*;
    use crate::web::{Lang, Locale};

    #[test]
    fn every_component_has_its_words() {
        for l in [Lang::Vi, Lang::En].map(Locale) {
            for one in &FIELDS {
                assert!(l.has(&one.key()) && l.has(&one.meaning()), "{}", one.key());
                assert!(l.has(one.role.key()));
            }
            assert!(STATUSES.iter().all(|(_, key)| l.has(key)));
            assert!(Standing::ALL.iter().all(|one| l.has(&format!("measure-standing-{}", one.code()))));
        }
    }

    #[test]
    fn what_is_no_figure_has_a_status_that_says_missing() {
        for standing in Standing::ALL {
            for is_over in [true, false] {
                let code = status(standing, is_over);
                assert_eq!(is_missing(code), !standing.is_figure(), "{code}");
                assert!(STATUSES.iter().any(|(one, _)| *one == code));
            }
        }
        assert_ne!(status(Standing::Nothing, true), status(Standing::Unanswered, true));
    }

    #[test]
    fn heads_are_read_as_people_write_them() {
        let code = |head: &str| Field::of_head(head).map(|one| one.code);
        assert_eq!(
            (code("Mã cơ quan (*)"), code("obs_value"), code("Kỳ số liệu")),
            (Some("AREA"), Some("OBS_VALUE"), Some("TIME_PERIOD"))
        );
        assert_eq!((code("LAST_UPDATE"), code("Ghi chú"), code("")), (None, None, None));
    }
}
