//! The structure of the feed as an SDMX-JSON 2.0 structure message: dataflow, data structure, code lists and concepts, made from the same
//! definitions as the columns (SDMX-JSON 2.0, Structure Message Field Guide).

use serde_json::{Value, json};

use ::measures::Standing;

use super::{AGENCY, DATAFLOW, VERSION, meta, urn};
use crate::base::App;
use crate::measures::Measure;
use crate::open_data::field::{ALL, FIELDS, Field, Form, Role, STATUSES};
use crate::people::agency::brief::Known;
use crate::web::{Locale, Result};

const CONCEPTS: &str = "CS_MEASURES";
const SCHEMA: &str = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/v2.0.0/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json";

fn concept(field: &Field) -> String {
    format!("{}.{}", urn("conceptscheme", "Concept", CONCEPTS), field.code)
}

fn representation(field: &Field) -> Value {
    match field.form {
        Form::Coded(list) => json!({ "enumeration": urn("codelist", "Codelist", list) }),
        form => json!({ "format": { "dataType": form.data_type() } }),
    }
}

fn component(field: &Field) -> Value {
    json!({ "id": field.code, "conceptIdentity": concept(field), "localRepresentation": representation(field) })
}

fn with(mut one: Value, name: &str, value: Value) -> Value {
    one[name] = value;
    one
}

/// The components in their lists.
fn components() -> Value {
    let of = |role: Role| FIELDS.iter().filter(move |one| one.role == role);
    let place = |(at, one): (usize, &Field)| with(component(one), "position", json!(at + 1));
    let is_time = |one: &&Field| one.form == Form::Period;
    let dimensions: Vec<Value> = of(Role::Dimension).filter(|one| !is_time(one)).enumerate().map(place).collect();
    let observed = json!({ "observation": {} });
    let attribute =
        |one: &Field| with(with(component(one), "usage", json!("optional")), "attributeRelationship", observed.clone());
    json!({
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": dimensions,
            "timeDimension": of(Role::Dimension).find(is_time).map(component),
        },
        "measureList": { "id": "MeasureDescriptor", "measures": of(Role::Measure).map(component).collect::<Vec<_>>() },
        "attributeList": { "id": "AttributeDescriptor", "attributes": of(Role::Attribute).map(attribute).collect::<Vec<_>>() },
    })
}

fn code(id: &str, name: &str) -> Value {
    json!({ "id": id, "name": name })
}

fn list(l: Locale, id: &str, key: &str, codes: Vec<Value>) -> Value {
    json!({ "id": id, "agencyID": AGENCY, "version": VERSION, "name": l.t(key), "codes": codes })
}

/// The message.
///
/// # Errors
/// The database failed.
pub async fn message(app: &App, l: Locale) -> Result<Vec<u8>> {
    let (known, measures) = (Known::now(app).await?, Measure::public(&app.db).await?);
    let mut bodies: Vec<_> = known.values().collect();
    bodies.sort_by_key(|one| known.rank(one.id));
    let areas = std::iter::once(code(ALL, &l.t("measure-all"))).chain(bodies.iter().map(|one| code(&one.code, &one.name)));
    let indicator = |one: &Measure| with(code(&one.code, &one.title), "description", json!(one.meaning));
    let answered = |one: Standing| code(one.code(), &l.t(&format!("measure-standing-{}", one.code())));
    let concepts = FIELDS.iter().map(|one| with(code(one.code, &l.t(&one.key())), "description", json!(l.t(&one.meaning()))));
    let newest = measures.iter().map(|one| one.changed_at).max().unwrap_or_default();
    Ok(serde_json::to_vec(&json!({
        "meta": meta(l, &app.site().owner, SCHEMA, ("structure", newest)),
        "data": {
            "dataflows": [{
                "id": DATAFLOW, "agencyID": AGENCY, "version": VERSION, "name": l.t("open-data-feed"),
                "structure": urn("datastructure", "DataStructure", DATAFLOW),
            }],
            "dataStructures": [{
                "id": DATAFLOW, "agencyID": AGENCY, "version": VERSION, "name": l.t("open-data-feed"),
                "dataStructureComponents": components(),
            }],
            "codelists": [
                list(l, "CL_AREA", "open-data-field-area", areas.collect()),
                list(l, "CL_INDICATOR", "open-data-field-indicator", measures.iter().map(indicator).collect()),
                list(l, "CL_OBS_STATUS", "open-data-field-obs-status", STATUSES.iter().map(|(id, key)| code(id, &l.t(key))).collect()),
                list(l, "CL_ANSWERED", "open-data-field-answered", Standing::ALL.into_iter().map(answered).collect()),
            ],
            "conceptSchemes": [{
                "id": CONCEPTS, "agencyID": AGENCY, "version": VERSION, "name": l.t("open-data-feed"),
                "concepts": concepts.collect::<Vec<_>>(),
            }],
        },
    }))?)
}
