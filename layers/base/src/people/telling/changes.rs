//! Fields before and after, in words.

use chrono::NaiveDate;
use uuid::Uuid;

use super::Teller;
use crate::base::fact::Change;
use crate::base::time;
use crate::web::cut;

/// Longer values are cut: the ledger keeps them whole.
const LETTERS_MAX: usize = 300;

/// How the values of a field are kept.
#[derive(Clone, Copy)]
pub(super) enum Kept {
    Text,
    /// `2026-06-20`
    Day,
    /// The id of an agency.
    Agency,
    /// A code; its words have a key that begins so.
    Code(&'static str),
}

/// The Fluent key of a field, and how its values are kept.
pub(super) type Field = (String, Kept);

/// A field of an agency.
pub(super) fn of_agency(field: &str) -> Field {
    let kept = match field {
        "kind" => Kept::Code("agency-kind-"),
        "confidence" => Kept::Code("agency-confidence-"),
        "parent" => Kept::Agency,
        "open_from" | "closed_on" => Kept::Day,
        _ => Kept::Text,
    };
    (format!("agency-field-{}", field.replace('_', "-")), kept)
}

/// A field of a person.
pub(super) fn of_person(field: &str) -> Field {
    match field {
        "email" => ("sign-in-email".into(), Kept::Text),
        "agency" => ("person-agency".into(), Kept::Agency),
        _ => (format!("person-{field}"), Kept::Text),
    }
}

/// A field of a file in the library.
pub(super) fn of_asset(field: &str) -> Field {
    let kept = match field {
        "sharing" => Kept::Code("asset-sharing-"),
        "decorative" | "public" => Kept::Code("asset-is-"),
        "source" => Kept::Code("asset-source-"),
        _ => Kept::Text,
    };
    (format!("asset-field-{}", field.replace('_', "-")), kept)
}

/// A field of a duty's rule.
pub(super) fn of_duty(field: &str) -> Field {
    (format!("duty-field-{}", field.replace('_', "-")), Kept::Text)
}

/// A field of a plan's head.
pub(super) fn of_plan(field: &str) -> Field {
    match field {
        "type_name" => ("field-type".into(), Kept::Text),
        _ => (format!("field-{}", field.replace('_', "-")), Kept::Text),
    }
}

/// A field of a provision.
pub(super) fn of_provision(field: &str) -> Field {
    let kept = match field {
        "kind" => Kept::Code("provision-kind-"),
        "role" => Kept::Code("role-"),
        _ => Kept::Text,
    };
    (if field == "party" { "ledger-field-party".into() } else { format!("field-{field}") }, kept)
}

/// `2026-06-20` as `20/6/2026`; anything else as it is.
pub(super) fn day(text: &str) -> String {
    text.parse::<NaiveDate>().map_or_else(|_| text.to_owned(), time::day)
}

impl Teller<'_> {
    /// One line for each field: `Tên: cũ → mới`.
    pub(super) fn each(&self, changes: &[Change], field: fn(&str) -> Field) -> Vec<String> {
        changes.iter().map(|change| self.change(change, field(&change.field))).collect()
    }

    fn change(&self, change: &Change, (key, kept): Field) -> String {
        // A field that an older version of the product had is called by its own name.
        let field = if self.l.has(&key) { self.l.t(&key) } else { change.field.clone() };
        let words = [("field", field), ("from", self.value(&change.from, kept)), ("to", self.value(&change.to, kept))];
        self.l.with("agency-change", &words)
    }

    fn value(&self, value: &str, kept: Kept) -> String {
        if value.is_empty() {
            return self.l.t("ledger-empty-value");
        }
        match kept {
            Kept::Text => cut(value, LETTERS_MAX),
            Kept::Day => day(value),
            Kept::Agency => self.place(Some(value.parse::<Uuid>().unwrap_or_default())),
            Kept::Code(prefix) => {
                let key = format!("{prefix}{}", value.replace('_', "-"));
                if self.l.has(&key) { self.l.t(&key) } else { value.to_owned() }
            }
        }
    }
}
