//! A form about agencies as it was typed, with what is wrong with it and the way out: what every such page has.

use crate::people::agency::draft::Mistakes;
use crate::web::Locale;

/// The fields of the forms, in the order they stand there.
const IN_ORDER: [&str; 23] = [
    "predecessors",
    "successors",
    "into",
    "name",
    "short_name",
    "kind",
    "code",
    "open_from",
    "from",
    "parent",
    "official_code",
    "confidence",
    "aliases",
    "phone",
    "email",
    "address",
    "latitude",
    "longitude",
    "area_km2",
    "note",
    "last_day",
    "on",
    "why",
];

/// What was typed, and what is wrong with it.
pub struct Filled<T> {
    pub typed: T,
    pub mistakes: Mistakes,
    /// Where one goes who gives up.
    pub back: String,
    l: Locale,
}

impl<T> Filled<T> {
    #[must_use]
    pub fn of(l: Locale, back: String, typed: T, mistakes: Mistakes) -> Self {
        Self { typed, mistakes, back, l }
    }

    /// What is wrong with a field; empty when nothing is.
    #[must_use]
    pub fn error(&self, field: &str) -> String {
        self.mistakes.of(field, self.l)
    }

    /// What is wrong, to be said above the form, from its top to its end: the field to go to, and the field's name
    /// with the mistake.
    #[must_use]
    pub fn summary(&self) -> Vec<(&'static str, String)> {
        let l = self.l;
        let label = |field: &str| l.t(&format!("agency-field-{}", field.replace('_', "-")));
        let mut found: Vec<_> = self.mistakes.0.iter().collect();
        found.sort_by_key(|(field, _)| IN_ORDER.iter().position(|known| known == field));
        found.into_iter().map(|(field, wrong)| (*field, format!("{}: {}", label(field), wrong.text(l)))).collect()
    }
}
