//! Classes of agencies: "các sở, ban, ngành, địa phương" is not a body but a rule over bodies, and who is in
//! it depends on the day. The rules ship in `data/classes.json`.
//!
//! A code names one class (`sectors`) or several together (`sectors+localities`); with `concerned:` in front
//! only those of them are meant whom the matter concerns, so a person chooses among the members.

pub mod phrase;

use std::sync::LazyLock;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::Agency;
use super::agency::Kind;
use crate::web::Lang;

/// In front of a code: only the members whom the matter concerns.
pub const CONCERNED: &str = "concerned:";

/// One class of the shipped file.
#[derive(Debug, Deserialize)]
pub struct Class {
    pub code: String,
    name: String,
    name_en: String,
    kinds: Vec<String>,
    #[serde(default)]
    codes: Vec<String>,
    pub(super) phrases: Vec<String>,
    pub(super) parts: Vec<String>,
}

/// The shipped file: classes, and the words that go with them.
#[derive(Debug, Deserialize)]
pub(super) struct Book {
    pub classes: Vec<Class>,
    pub qualifiers: Vec<String>,
    pub fillers: Vec<String>,
    pub concerned: Vec<String>,
    pub elsewhere: Vec<String>,
    pub heads: Vec<String>,
}

pub(super) static BOOK: LazyLock<Book> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/classes.json")).expect("data/classes.json is read by a test"));

/// Every single class, in the order of the file.
#[must_use]
pub fn all() -> &'static [Class] {
    &BOOK.classes
}

impl Class {
    /// Whether an agency of that kind and code is in the class.
    #[must_use]
    pub fn admits(&self, kind: Kind, code: &str) -> bool {
        self.kinds.contains(&kind.to_value()) || self.codes.iter().any(|one| one == code)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.name,
            Lang::En => &self.name_en,
        }
    }
}

/// The classes that a code puts together; empty when the code is unknown.
#[must_use]
pub fn parts(code: &str) -> Vec<&'static Class> {
    let codes: Vec<&str> = code.trim_start_matches(CONCERNED).split('+').collect();
    let found: Vec<_> = all().iter().filter(|class| codes.contains(&class.code.as_str())).collect();
    if found.len() == codes.len() { found } else { Vec::new() }
}

/// Whether a person has to choose among the members.
#[must_use]
pub fn is_for_those_concerned(code: &str) -> bool {
    code.starts_with(CONCERNED)
}

/// What the class is called, e.g. `Các sở, ban, ngành; Ủy ban nhân dân các xã, phường`; the code itself when unknown.
#[must_use]
pub fn label(code: &str, lang: Lang) -> String {
    let names: Vec<&str> = parts(code).into_iter().map(|class| class.name(lang)).collect();
    let names = if names.is_empty() { code.to_owned() } else { names.join("; ") };
    match (is_for_those_concerned(code), lang) {
        (true, Lang::Vi) => format!("{names} (có liên quan)"),
        (true, Lang::En) => format!("{names} (those concerned)"),
        (false, _) => names,
    }
}

/// The agencies of a class that exist on a day, by code. Of a class "of those concerned", all who may be concerned.
/// An unknown class has no members.
///
/// # Errors
/// The database failed.
pub async fn members(on: &impl ConnectionTrait, class: &str, day: NaiveDate) -> Result<Vec<Agency>, DbErr> {
    let parts = parts(class);
    let mut agencies = Agency::open_on(on, day).await?;
    agencies.retain(|agency| parts.iter().any(|class| class.admits(agency.kind, &agency.code)));
    Ok(agencies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_names_kinds_that_exist() {
        for class in all() {
            assert!(!class.kinds.is_empty() && !class.name.is_empty() && !class.name_en.is_empty());
            for kind in &class.kinds {
                assert!(Kind::try_from_value(kind).is_ok(), "{}: {kind}", class.code);
            }
        }
    }

    #[test]
    fn codes_are_put_together_and_named() {
        assert_eq!(parts("sectors+localities").len(), 2);
        assert_eq!(label("departments", Lang::Vi), "Các sở");
        assert_eq!(
            label("concerned:sectors+unions", Lang::En),
            "Departments and provincial bodies; Mass organisations (those concerned)"
        );
        assert!(parts("sectors+nonsense").is_empty() && parts("").is_empty());
        assert_eq!(label("nonsense", Lang::Vi), "nonsense");
    }
}
