//! Maps of a document: what each commune has of a figure, on the map of the house, with the same as a table behind the signature. Where
//! neither boundaries nor points are known, or nothing is known of any commune, there is no map and nothing takes its place.

use std::collections::{BTreeMap, HashMap};

use sea_orm::entity::prelude::*;

use super::Report;
use super::composed::{Annex, Drawing, Piece, Sheet, Span};
use super::figures::{FIELD, MEASURE};
use super::material::Material;
use crate::base::{App, time};
use crate::duties::Slot;
use crate::duties::form::field::Field;
use crate::duties::form::roll_up::{Gave, Sheets};
use crate::duties::form::values::{self, Value};
use crate::measures::{self, Yearly, words};
use crate::people::agency::Standing;
use crate::people::agency::directory::{self, Line};
use crate::people::map::{Map, Place};
use crate::reports::template::outline::{Of, Outline, filled};
use crate::web::chart::{Bands, Fill, worded};
use crate::web::{Error, Locale};

/// Who is in and who is not.
pub const DONE: &str = "progress:done";
/// How deep these two are.
const IN: usize = 5;
const ABSENT: usize = 2;

/// A map, and the table of the same; None where another annex has it already.
#[derive(Clone, Debug)]
pub struct Mapped {
    pub drawing: Drawing,
    pub annex: Option<Annex>,
}

/// What a commune has.
struct Had {
    /// None: nobody knows, or it is not asked.
    value: Option<f64>,
    words: String,
    href: String,
}

/// What the communes have of one figure.
struct Figures {
    of: HashMap<Uuid, Had>,
    unit: String,
    /// It is a question of in or not in.
    is_progress: bool,
}

/// Whether a map can be made of that.
#[must_use]
pub fn is_known(code: &str, material: &Material) -> bool {
    match code.strip_prefix(FIELD) {
        Some(field) => material.form().is_some_and(|form| form.field(field).is_some()),
        None => code == DONE || code.starts_with(MEASURE),
    }
}

/// The maps that a document asks for, by the code of their figure: four statements, none where it asks for none. An agency's own report
/// has none: it speaks of itself.
///
/// # Errors
/// The database failed.
pub async fn of(
    app: &App,
    report: &Report,
    material: &Material,
    (outline, known): (&Outline, &BTreeMap<String, String>),
) -> Result<HashMap<String, Mapped>, Error> {
    let wanted = outline.maps();
    if wanted.is_empty() || report.own {
        return Ok(HashMap::new());
    }
    let today = time::local_date(app.clock.now());
    let mut communes = directory::all(&app.db).await?;
    communes.retain(|line| line.kind.is_local() && line.standing(today) == Standing::Open);
    communes.sort_by(|one, other| vietnamese::order::compare(&one.short_name, &other.short_name));
    let map = Map::of(&app.db, &communes, None).await?;
    if map.places.is_empty() {
        return Ok(HashMap::new());
    }
    let codes: Vec<String> = wanted.iter().filter_map(|(code, _)| code.strip_prefix(MEASURE)).map(str::to_owned).collect();
    let measured = match codes.as_slice() {
        [] => HashMap::new(),
        codes => measures::yearly_all(app, codes, material.year).await?,
    };
    let lists_agencies = outline.sections.iter().any(|section| section.of == Of::Agencies);
    let l = Locale::default();
    let mut found = HashMap::new();
    for (code, caption) in wanted {
        let figures = match (code.strip_prefix(MEASURE), code.strip_prefix(FIELD)) {
            (Some(measure), _) => of_measure(l, measure, &communes, &measured),
            (_, Some(field)) => of_field(l, material, field),
            _ if code == DONE => of_progress(l, material),
            _ => continue,
        };
        if !communes.iter().any(|line| figures.value(line.id).is_some()) {
            continue;
        }
        let caption = if caption.is_empty() { l.t("report-map-caption") } else { filled(&caption, known).0 };
        let mut mapped = figures.mapped(l, &map, &communes, &caption);
        if figures.is_progress && lists_agencies {
            mapped.annex = None;
        }
        found.insert(code, mapped);
    }
    Ok(found)
}

fn of_measure(l: Locale, code: &str, communes: &[Line], measured: &HashMap<(String, Option<Uuid>), Yearly>) -> Figures {
    let own = |line: &Line| Some((line.id, measured.get(&(code.to_owned(), Some(line.id)))?));
    let had = |yearly: &Yearly| Had {
        value: yearly.value.map(::measures::Amount::as_f64),
        words: match yearly.value {
            Some(value) => with_unit(value.shown(), &yearly.unit),
            None => words::standing(l, yearly.standing),
        },
        href: yearly.href.clone(),
    };
    let all: Vec<(Uuid, &Yearly)> = communes.iter().filter_map(own).collect();
    let unit = all.first().map(|(_, yearly)| yearly.unit.clone()).unwrap_or_default();
    Figures { of: all.into_iter().map(|(id, yearly)| (id, had(yearly))).collect(), unit, is_progress: false }
}

fn of_field(l: Locale, material: &Material, code: &str) -> Figures {
    let sheets = material.sheets.as_ref();
    let Some((sheets, field)) = sheets.and_then(|sheets| Some((sheets, sheets.form.field(code)?.1))) else {
        return Figures { of: HashMap::new(), unit: String::new(), is_progress: false };
    };
    let of = sheets.slots.iter().map(|slot| (slot.agency, declared(l, sheets, slot, field)));
    let unit = if sheets.slots.iter().any(|slot| matches!(sheets.value(slot, field), Some(Value::Ratio(..)))) {
        "%".to_owned()
    } else {
        values::unit(field)
    };
    Figures { of: of.collect(), unit, is_progress: false }
}

/// What an agency said: a ratio is mapped by its percentage, an answer in words is none.
fn declared(l: Locale, sheets: &Sheets, slot: &Slot, field: &Field) -> Had {
    let value = sheets.value(slot, field);
    let number = match value {
        Some(Value::Number(number)) => Some(number.as_f64()),
        Some(Value::Ratio(part, whole)) => part.percent_of(*whole).map(::measures::Amount::as_f64),
        _ => None,
    };
    let words = match sheets.gave(slot, field) {
        Gave::Value => value.map(|value| with_unit(value.shown(l), &values::unit(field))).unwrap_or_default(),
        Gave::Gap => l.t("report-cell-gap"),
        Gave::Nothing => l.t("report-cell-nothing"),
        Gave::Unanswered => l.t("report-map-unanswered"),
    };
    Had { value: number, words, href: Slot::desk_path(slot.id) }
}

fn of_progress(l: Locale, material: &Material) -> Figures {
    let had = |line: &crate::duties::closing::Line| Had {
        value: Some(if line.outcome.is_in() { 1.0 } else { 0.0 }),
        words: l.t(&line.outcome.key()),
        href: Slot::desk_path(line.slot),
    };
    let of = material.lines.iter().map(|line| (line.agency, had(line)));
    Figures { of: of.collect(), unit: String::new(), is_progress: true }
}

fn with_unit(value: String, unit: &str) -> String {
    if unit.is_empty() { value } else { format!("{value} {unit}") }
}

impl Figures {
    fn value(&self, agency: Uuid) -> Option<f64> {
        self.of.get(&agency).and_then(|had| had.value).filter(|value| value.is_finite())
    }

    fn mapped(&self, l: Locale, map: &Map, communes: &[Line], caption: &str) -> Mapped {
        let values: Vec<Option<f64>> = communes.iter().map(|line| self.value(line.id)).collect();
        let known: Vec<f64> = values.iter().copied().flatten().collect();
        let bands = Bands::of(&values, &self.unit);
        let fill = |value: Option<f64>| match value {
            None => Fill::Gap,
            Some(value) if self.is_progress => Fill::Level(if value > 0.0 { IN } else { ABSENT }),
            Some(value) => Fill::Level(bands.level(bands.band(value))),
        };
        let mut key: Vec<(Fill, String)> = if self.is_progress {
            let done = known.iter().filter(|value| **value > 0.0).count();
            let counted = [(IN, "report-map-in", done), (ABSENT, "report-map-absent", known.len() - done)];
            counted.map(|(level, key, count)| (Fill::Level(level), l.t1(key, "count", count))).into()
        } else {
            bands.legend().into_iter().map(|(level, words)| (Fill::Level(level), words)).collect()
        };
        if !self.is_progress && known.len() < values.len() {
            key.push((Fill::Gap, l.t("chart-gap")));
        }
        // Who owes nothing is not on the map of who is in.
        let svg = map.printed(caption, &key, |place: &Place| {
            let value = self.value(place.id);
            (value.is_some() || !self.is_progress).then(|| fill(value))
        });
        let alt = format!("{caption}. {}", self.says(l, &known, communes.len()));
        let title = l.t1("report-map-annex", "name", caption);
        Mapped {
            drawing: Drawing { svg, alt, caption: caption.to_owned() },
            annex: Some(Annex { pieces: vec![Piece::Table(self.sheet(l, communes, &title))], title, ..Annex::default() }),
        }
    }

    /// What the map says, in words.
    fn says(&self, l: Locale, known: &[f64], all: usize) -> String {
        if self.is_progress {
            let done = known.iter().filter(|value| **value > 0.0).count();
            return l.t2("report-map-says-in", "count", done, "all", known.len());
        }
        let least = known.iter().copied().fold(f64::INFINITY, f64::min);
        let most = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let words = [
            ("count", known.len().to_string()),
            ("all", all.to_string()),
            ("least", worded(least, &self.unit)),
            ("most", worded(most, &self.unit)),
        ];
        l.with("report-map-says", &words)
    }

    /// A row for each commune, also where nothing is known.
    fn sheet(&self, l: Locale, communes: &[Line], title: &str) -> Sheet {
        let row = |(number, line): (usize, &Line)| {
            let had = self.of.get(&line.id);
            vec![
                Span::text(number.to_string()),
                Span::text(line.name.clone()),
                had.map_or_else(
                    || Span::text(l.t("report-map-not-asked")),
                    |had| Span::link(had.words.clone(), had.href.clone()),
                ),
            ]
        };
        Sheet {
            caption: title.to_owned(),
            head: ["report-column-number", "report-column-agency", "report-map-column"].iter().map(|key| l.t(key)).collect(),
            rows: (1..).zip(communes).map(row).collect(),
            figures: vec![0, 2],
        }
    }
}
