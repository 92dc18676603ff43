//! What someone says an agency is, in a form or in a row of a table: read, and held against what can be.
//! A mistake names its field and says how to mend it.

pub mod value;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Confidence, Kind};
use crate::web::Obstacle;
use value::{Read, Text};

/// The fields of an agency as texts, named as in the form and in the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub kind: String,
    /// The code of the agency above.
    pub parent: String,
    pub official_code: String,
    pub open_from: String,
    pub confidence: String,
    pub latitude: String,
    pub longitude: String,
    pub area_km2: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    pub note: String,
    /// One a line.
    pub aliases: String,
    pub why: String,
    pub version: String,
}

/// An agency as it shall be.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub kind: Kind,
    pub parent: Option<String>,
    pub official_code: Option<String>,
    pub open_from: NaiveDate,
    pub confidence: Confidence,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub area_km2: Option<f64>,
    pub contacts: Contacts,
    pub note: String,
    pub aliases: Vec<String>,
}

/// How an agency is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
}

/// What is wrong, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(pub Vec<(&'static str, Obstacle)>);

impl Mistakes {
    /// Notes one.
    pub fn add(&mut self, field: &'static str, obstacle: Obstacle) {
        self.0.push((field, obstacle));
    }

    /// The value, or a note of what is wrong with the field.
    pub fn take<T: Default>(&mut self, field: &'static str, read: Read<T>) -> T {
        read.unwrap_or_else(|obstacle| {
            self.add(field, obstacle);
            T::default()
        })
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first mistake of a field, in words; empty when it has none.
    #[must_use]
    pub fn of(&self, field: &str, l: crate::web::Locale) -> String {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, obstacle)| obstacle.text(l)).unwrap_or_default()
    }
}

impl Fields {
    /// Reads every field.
    ///
    /// # Errors
    /// All mistakes at once.
    pub fn read(&self) -> Result<Draft, Mistakes> {
        let mut wrong = Mistakes::default();
        let kind = wrong.take("kind", value::kind(&self.kind).map(Some));
        let open_from = wrong.take("open_from", value::day(&self.open_from).map(Some));
        let confidence = wrong.take("confidence", value::confidence(&self.confidence).map(Some));
        let name = wrong.take("name", value::text(&self.name, Text::needed(200)));
        let draft = Draft {
            code: wrong.take("code", value::code(&self.code)),
            short_name: wrong.take("short_name", value::text(&self.short_name, Text::needed(80))),
            kind: kind.unwrap_or(Kind::Other),
            parent: wrong.take("parent", value::text(&self.parent, Text::free(30))).into_option(),
            official_code: wrong.take("official_code", value::official_code(&self.official_code)).into_option(),
            open_from: open_from.unwrap_or_default(),
            confidence: confidence.unwrap_or(Confidence::High),
            latitude: wrong.take("latitude", value::number(&self.latitude, -90.0, 90.0)),
            longitude: wrong.take("longitude", value::number(&self.longitude, -180.0, 180.0)),
            area_km2: wrong.take("area_km2", value::number(&self.area_km2, 0.0, 1e6)),
            contacts: self.contacts(&mut wrong),
            note: wrong.take("note", value::note(&self.note)),
            aliases: wrong.take("aliases", value::lines(&self.aliases, &name)),
            name,
        };
        if draft.latitude.is_some() != draft.longitude.is_some() && wrong.of("latitude", crate::web::Locale::default()).is_empty()
        {
            wrong.add("latitude", Obstacle::new("agency-wrong-half-a-place"));
        }
        if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
    }

    /// Reads the contacts alone.
    pub fn contacts(&self, wrong: &mut Mistakes) -> Contacts {
        Contacts {
            email: wrong.take("email", value::email(&self.email)).into_option(),
            phone: wrong.take("phone", value::phone(&self.phone)).into_option(),
            address: wrong.take("address", value::text(&self.address, Text::free(300))).into_option(),
        }
    }

    /// The fields of an agency as it is, for the form that changes it. `parent` is the code of the one above.
    #[must_use]
    pub fn of(agency: &super::Agency, parent: &str, aliases: &[String]) -> Self {
        let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            code: agency.code.clone(),
            name: agency.name.clone(),
            short_name: agency.short_name.clone(),
            kind: agency.kind.to_value(),
            parent: parent.to_owned(),
            official_code: text(&agency.official_code),
            open_from: agency.open_from.to_string(),
            confidence: agency.confidence.to_value(),
            latitude: number(agency.latitude),
            longitude: number(agency.longitude),
            area_km2: number(agency.area_km2),
            email: text(&agency.email),
            phone: text(&agency.phone),
            address: text(&agency.address),
            note: agency.note.clone(),
            aliases: aliases.join("\n"),
            why: String::new(),
            version: agency.version.to_string(),
        }
    }
}

/// An empty text is no value.
trait IntoOption {
    fn into_option(self) -> Option<String>;
}

impl IntoOption for String {
    fn into_option(self) -> Option<String> {
        (!self.is_empty()).then_some(self)
    }
}
