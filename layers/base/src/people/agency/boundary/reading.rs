//! GeoJSON into shapes: each feature with the code and the name that it bears, under whatever heading.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::geometry::{self, Geometry};
use super::{Collection, Shape};
use crate::web::Obstacle;

const FEATURES_MAX: usize = 5000;
const CODE_DIGITS: usize = 5;

/// A file as it may come: a collection, or one feature alone.
#[derive(Deserialize)]
struct File {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    features: Vec<Feature>,
    #[serde(default)]
    crs: Value,
    #[serde(flatten)]
    alone: Feature,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    #[serde(default)]
    geometry: Option<Geometry>,
}

/// Reads the shapes.
///
/// # Errors
/// No GeoJSON, no features, or another system of coordinates than WGS 84.
pub fn read(text: &str) -> Result<Collection, Obstacle> {
    let file: File = serde_json::from_str(text).map_err(|error| broken(text, &error))?;
    if !is_wgs_84(&file.crs) {
        return Err(Obstacle::new("agency-boundary-file-crs"));
    }
    let features = match file.kind.as_str() {
        "FeatureCollection" => file.features,
        "Feature" => vec![file.alone],
        "Topology" => return Err(Obstacle::new("agency-boundary-file-topology")),
        _ => return Err(Obstacle::new("agency-boundary-file-other")),
    };
    if features.is_empty() {
        return Err(Obstacle::new("agency-boundary-file-empty"));
    }
    if features.len() > FEATURES_MAX {
        return Err(Obstacle::new("agency-boundary-file-many").with("n", FEATURES_MAX));
    }
    Ok(Collection { shapes: (1..).zip(&features).map(|(number, feature)| shape(number, feature)).collect() })
}

/// JSON that ends early or is none; the line helps to find it.
fn broken(text: &str, error: &serde_json::Error) -> Obstacle {
    match error.classify() {
        serde_json::error::Category::Eof => Obstacle::new("agency-boundary-file-cut"),
        serde_json::error::Category::Data if text.contains("\"type\"") => Obstacle::new("agency-boundary-file-other"),
        _ => Obstacle::new("agency-boundary-file-broken").with("n", error.line()),
    }
}

/// The older form of GeoJSON could name a system of coordinates; RFC 7946 knows one.
fn is_wgs_84(crs: &Value) -> bool {
    match crs.pointer("/properties/name").and_then(Value::as_str) {
        Some(name) => name.ends_with("CRS84") || name.ends_with(":4326") || name.ends_with("/4326"),
        None => true,
    }
}

fn shape(number: usize, feature: &Feature) -> Shape {
    let nothing = Map::new();
    let properties = feature.properties.as_ref().unwrap_or(&nothing);
    Shape {
        number,
        code: code(&feature.id, properties).unwrap_or_default(),
        name: name(properties).unwrap_or_default(),
        area: feature.geometry.as_ref().map(geometry::read),
        place: feature.geometry.as_ref().and_then(geometry::place),
    }
}

/// Five digits: the feature's id, or else a property whose heading speaks of a code.
fn code(id: &Value, properties: &Map<String, Value>) -> Option<String> {
    const HEADINGS: [&str; 5] = ["ma", "code", "id", "pcode", "key"];
    let heading = |key: &str| {
        let key = vietnamese::fold(key).to_lowercase();
        HEADINGS.iter().any(|word| key.split(|letter: char| !letter.is_alphanumeric()).any(|part| part == *word))
            || ["maxa", "madvhc", "mahc", "code"].iter().any(|word| key.contains(word))
    };
    let named = properties.iter().filter(|(key, _)| heading(key)).map(|(_, value)| value);
    std::iter::once(id).chain(named).find_map(five_digits)
}

fn five_digits(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => format!("{:0>CODE_DIGITS$}", number.as_u64()?),
        _ => return None,
    };
    (text.len() == CODE_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// The first text under a heading that speaks of a name: the plainest heading first.
fn name(properties: &Map<String, Value>) -> Option<String> {
    const HEADINGS: [&str; 7] = ["name", "ten", "tenxa", "ten_xa", "ten xa", "name:vi", "shapename"];
    let folded = |key: &String| vietnamese::fold(key).to_lowercase();
    let rank = |key: &String| {
        let key = folded(key);
        let exact = HEADINGS.iter().position(|heading| *heading == key);
        exact.or_else(|| (key.starts_with("ten") || key.contains("name")).then_some(HEADINGS.len()))
    };
    let mut named: Vec<(usize, &str)> = properties
        .iter()
        .filter_map(|(key, value)| Some((rank(key)?, value.as_str()?.trim())))
        .filter(|(_, name)| !name.is_empty())
        .collect();
    named.sort_by_key(|(rank, _)| *rank);
    named.first().map(|(_, name)| name.chars().filter(|letter| !letter.is_control()).take(120).collect())
}
