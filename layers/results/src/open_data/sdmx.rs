//! Observations as SDMX says them: SDMX-CSV 2.0 (Data Message Field Guide: columns STRUCTURE, STRUCTURE_ID, ACTION, then the components) and
//! SDMX-JSON 2.0 (Data Message Field Guide: flat observations, key by position in the values of each dimension). What has no figure is an
//! empty value with its OBS_STATUS, never a zero.

pub mod structure;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use ::measures::{Amount, Standing};

use super::field::{FIELDS, Field, Role, STATUSES};
use super::observation::{Observation, Observed};
use super::period;
use crate::base::time;
use crate::web::download::harmless;
use crate::web::{Locale, Result};

/// Who keeps the structures; the codes are the platform's, the same in every province.
pub const AGENCY: &str = "LANTOA";
pub const DATAFLOW: &str = "MEASURES";
pub const VERSION: &str = "1.0.0";
/// Media types (SDMX REST API 2.0, "Representations").
pub const CSV: &str = "application/vnd.sdmx.data+csv; version=2.0.0";
pub const JSON: &str = "application/vnd.sdmx.data+json; version=2.0.0";
pub const STRUCTURE: &str = "application/vnd.sdmx.structure+json; version=2.0.0";
const DATA_SCHEMA: &str =
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/v2.0.0/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json";

/// `LANTOA:MEASURES(1.0.0)`
#[must_use]
pub fn structure_id() -> String {
    format!("{AGENCY}:{DATAFLOW}({VERSION})")
}

/// The name of a structure of ours for ever (SDMX 3.0, Section 6, "URN").
#[must_use]
pub fn urn(package: &str, class: &str, id: &str) -> String {
    format!("urn:sdmx:org.sdmx.infomodel.{package}.{class}={AGENCY}:{id}({VERSION})")
}

/// A component of an observation as it is; empty where there is none.
#[must_use]
pub fn cell(one: &Observation, code: &str) -> String {
    let plain = |amount: Option<Amount>| amount.map(Amount::plain).unwrap_or_default();
    match code {
        "AREA" => one.area.clone(),
        "INDICATOR" => one.indicator.clone(),
        "TIME_PERIOD" => period::notation(one.period),
        "OBS_VALUE" => plain(one.value),
        "NUMERATOR" => plain(one.numerator),
        "DENOMINATOR" => plain(one.denominator),
        "OBS_STATUS" => one.status.to_owned(),
        "ANSWERED" => one.answered.code().to_owned(),
        "UNIT_MEASURE" => one.unit.clone(),
        "GAPS" => one.gaps.to_string(),
        "CLOSED" => one.closed.to_string(),
        "DEFINITION_VERSION" => one.version.map(|version| version.to_string()).unwrap_or_default(),
        "LAST_UPDATE" => time::machine(one.updated_at),
        _ => String::new(),
    }
}

/// The same as it stands in a sheet: the unit, which somebody typed, is no formula there.
fn cell_of_sheet(one: &Observation, code: &str) -> String {
    let said = cell(one, code);
    if code == "UNIT_MEASURE" { harmless(&said) } else { said }
}

/// SDMX-CSV 2.0. The action is I (information) of all there is, R (replace) of what changed since a moment.
///
/// # Errors
/// Never, in memory.
pub fn csv(observed: &Observed) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["STRUCTURE", "STRUCTURE_ID", "ACTION"].into_iter().chain(FIELDS.iter().map(|one| one.code)))?;
    let head = ["dataflow".to_owned(), structure_id(), if observed.is_delta { "R" } else { "I" }.to_owned()];
    for one in &observed.list {
        writer.write_record(head.iter().cloned().chain(FIELDS.iter().map(|field| cell_of_sheet(one, field.code))))?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}

/// Who sends a message, and when what it says was newest: the same data make the same bytes.
#[must_use]
pub fn meta(l: Locale, sender: &str, schema: &str, (id, at): (&str, DateTime<Utc>)) -> Value {
    json!({
        "schema": schema,
        "id": id,
        "test": false,
        "prepared": time::machine(at),
        "contentLanguages": [l.0.tag()],
        "sender": { "id": AGENCY, "name": sender },
    })
}

/// The values of a component that are used, in their order: what an observation has of it is a place in them.
struct Values {
    field: &'static Field,
    places: BTreeMap<String, usize>,
}

impl Values {
    fn of(field: &'static Field, observed: &Observed) -> Self {
        let cells = observed.list.iter().map(|one| cell(one, field.code));
        let mut places: BTreeMap<String, usize> = cells.filter(|cell| !cell.is_empty()).map(|cell| (cell, 0)).collect();
        for (at, place) in places.values_mut().enumerate() {
            *place = at;
        }
        Self { field, places }
    }

    /// None where the observation has nothing of it.
    fn place(&self, one: &Observation) -> Option<usize> {
        self.places.get(&cell(one, self.field.code)).copied()
    }
}

fn named(l: Locale, observed: &Observed, code: &str, id: &str) -> Value {
    match code {
        "AREA" => json!({ "id": id, "name": observed.areas.get(id) }),
        "INDICATOR" => {
            let (name, meaning) = observed.indicators.get(id).cloned().unwrap_or_default();
            json!({ "id": id, "name": name, "description": meaning })
        }
        "TIME_PERIOD" => {
            let (start, end) = period::read(id).map(|(_, period)| period::ends(period)).unwrap_or_default();
            json!({ "id": id, "name": id, "start": format!("{start}T00:00:00"), "end": format!("{end}T23:59:59") })
        }
        "OBS_STATUS" => json!({ "id": id, "name": STATUSES.iter().find(|(one, _)| *one == id).map(|(_, key)| l.t(key)) }),
        "ANSWERED" => {
            let standing = Standing::ALL.into_iter().find(|one| one.code() == id);
            json!({ "id": id, "name": standing.map(|one| l.t(&format!("measure-standing-{}", one.code()))) })
        }
        _ => json!({ "value": id }),
    }
}

fn component(l: Locale, observed: &Observed, values: &Values, position: Option<usize>) -> Value {
    let field = values.field;
    let mut found = Map::new();
    found.insert("id".into(), json!(field.code));
    found.insert("name".into(), json!(l.t(&field.key())));
    if let Some(position) = position {
        found.insert("keyPosition".into(), json!(position));
    }
    if field.role == Role::Attribute {
        found.insert("relationship".into(), json!({ "observation": {} }));
    }
    if field.role != Role::Measure {
        let all: Vec<Value> = values.places.keys().map(|id| named(l, observed, field.code, id)).collect();
        found.insert("values".into(), json!(all));
    }
    Value::Object(found)
}

/// SDMX-JSON 2.0. Values of measures stand in observations as they are, null where there is none; those of dimensions and attributes by
/// their place in the structure.
///
/// # Errors
/// Never, in memory.
pub fn json(l: Locale, sender: &str, observed: &Observed) -> Result<Vec<u8>> {
    let of = |role: Role| -> Vec<Values> {
        FIELDS.iter().filter(|one| one.role == role).map(|one| Values::of(one, observed)).collect()
    };
    let (dimensions, measures, attributes) = (of(Role::Dimension), of(Role::Measure), of(Role::Attribute));
    let mut observations = Map::new();
    for one in &observed.list {
        let key: Vec<String> = dimensions.iter().map(|values| values.place(one).unwrap_or_default().to_string()).collect();
        let figures = [one.value, one.numerator, one.denominator].into_iter().map(|amount| json!(amount.map(Amount::as_f64)));
        let places = attributes.iter().map(|values| json!(values.place(one)));
        observations.insert(key.join(":"), figures.chain(places).collect::<Vec<Value>>().into());
    }
    let shown = |all: &[Values]| -> Vec<Value> { all.iter().map(|values| component(l, observed, values, None)).collect() };
    let keyed = dimensions.iter().enumerate().map(|(at, values)| component(l, observed, values, Some(at)));
    let keyed: Vec<Value> = keyed.collect();
    let links = json!([
        { "rel": "dataflow", "urn": urn("datastructure", "Dataflow", DATAFLOW) },
        { "rel": "datastructure", "urn": urn("datastructure", "DataStructure", DATAFLOW) },
    ]);
    let action = if observed.is_delta { "Replace" } else { "Information" };
    let structure = json!({
        "links": links,
        "dimensions": { "observation": keyed },
        "measures": { "observation": shown(&measures) },
        "attributes": { "observation": shown(&attributes) },
    });
    let at = observed.newest().unwrap_or_default();
    Ok(serde_json::to_vec(&json!({
        "meta": meta(l, sender, DATA_SCHEMA, ("measures", at)),
        "data": {
            "structures": [structure],
            "dataSets": [{ "structure": 0, "action": action, "observations": observations }],
        },
    }))?)
}
