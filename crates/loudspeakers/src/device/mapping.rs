//! Own names and the platform's terms, as data.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::messages::Term;
use super::{Problem, Received, reading, writing};

/// All terms of one platform. Comes from JSON, goes to JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    pub unknown_fields: UnknownFields,
    /// Of one message.
    pub bytes_max: usize,
    /// Fields by the name of a message or of a part of one.
    pub terms: BTreeMap<String, Vec<Field>>,
}

/// What becomes of a message with fields that nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownFields {
    /// It is taken, and they are told.
    Report,
    Refuse,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub own: String,
    /// Paths within the message, steps parted by points. All are read, the first that is there counts; the first is written.
    pub theirs: Vec<String>,
    #[serde(rename = "as")]
    pub form: Form,
    #[serde(default)]
    pub required: bool,
}

/// How a value is written. Reading takes numbers and flags as strings and as what they are, epochs in s and ms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Text,
    Texts,
    Integer,
    Integers,
    IntegerText,
    NumberText,
    Flag,
    /// `"0"` or `"1"`.
    FlagText,
    EpochS,
    EpochMs,
    /// `dd-mm-yyyy HH:MM:SS` at +07:00.
    LocalTime,
    /// `dd-mm-yyyy`.
    Date,
    /// `HH:MM`.
    Time,
    /// Seconds as `hh:mm:ss`.
    Duration,
    /// Own word to theirs.
    Choice(Choice),
    /// A part by its name among the terms.
    Object(String),
    List(String),
}

/// Own word to theirs.
pub type Choice = BTreeMap<String, String>;

impl Mapping {
    /// The terms of `data/mapping.json`.
    ///
    /// # Errors
    /// [`Problem::Mapping`]: cannot happen while this crate's tests pass.
    pub fn built_in() -> Result<Self, Problem> {
        Self::from_json(include_str!("../../data/mapping.json"))
    }

    /// Reads and checks a mapping.
    ///
    /// # Errors
    /// [`Problem::Mapping`]: it is no mapping, names a part that is not there, or contains itself.
    pub fn from_json(json: &str) -> Result<Self, Problem> {
        let mapping: Self = serde_json::from_str(json).map_err(|error| Problem::Mapping(error.to_string()))?;
        for name in mapping.terms.keys() {
            mapping.check(name, &mut Vec::new())?;
        }
        Ok(mapping)
    }

    fn check<'a>(&'a self, name: &'a str, within: &mut Vec<&'a str>) -> Result<(), Problem> {
        if within.contains(&name) {
            return Err(Problem::Mapping(format!("{name} contains itself")));
        }
        within.push(name);
        for field in self.fields(name)? {
            if field.theirs.is_empty() || field.theirs.iter().any(|path| path.is_empty()) {
                return Err(Problem::Mapping(format!("{name}.{} has no term", field.own)));
            }
            if let Form::Object(part) | Form::List(part) = &field.form {
                self.check(part, within)?;
            }
        }
        within.pop();
        Ok(())
    }

    pub(super) fn fields(&self, name: &str) -> Result<&[Field], Problem> {
        self.terms.get(name).map(Vec::as_slice).ok_or_else(|| Problem::Mapping(format!("no term {name}")))
    }

    /// Understands a message.
    ///
    /// # Errors
    /// [`Problem`]: too large, no JSON, a field missing or of another kind, unknown fields where they are refused.
    pub fn read<T: Term + DeserializeOwned>(&self, payload: &[u8]) -> Result<Received<T>, Problem> {
        if payload.len() > self.bytes_max {
            return Err(Problem::Large { bytes: payload.len(), max: self.bytes_max });
        }
        let theirs: Value = serde_json::from_slice(payload).map_err(|error| Problem::NotJson { says: error.to_string() })?;
        let mut unknown = Vec::new();
        let own = reading::own(self, T::NAME, &theirs, "", &mut unknown)?;
        if self.unknown_fields == UnknownFields::Refuse && !unknown.is_empty() {
            return Err(Problem::UnknownFields(unknown));
        }
        let value = serde_json::from_value(own).map_err(|error| Problem::Mapping(error.to_string()))?;
        Ok(Received { value, unknown })
    }

    /// Says a message in the platform's terms. What is `None` is left out.
    ///
    /// # Errors
    /// [`Problem::Mapping`]: a field that has a value has no term, or a word no choice.
    pub fn write<T: Term + Serialize>(&self, message: &T) -> Result<Vec<u8>, Problem> {
        let own = serde_json::to_value(message).map_err(|error| Problem::Mapping(error.to_string()))?;
        let theirs = writing::theirs(self, T::NAME, &own)?;
        serde_json::to_vec(&theirs).map_err(|error| Problem::Mapping(error.to_string()))
    }
}
