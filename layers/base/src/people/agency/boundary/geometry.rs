//! A geometry of GeoJSON: taken apart without trusting it, held to what a commune of Vietnam can be.

use std::fmt;

use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::Area;
use crate::web::Obstacle;

/// More points than a map of a province needs by far.
const POINTS_MAX: usize = 50_000;
/// Degrees within which Vietnam lies, with its islands.
const LONGITUDES: (f64, f64) = (101.0, 118.0);
const LATITUDES: (f64, f64) = (6.0, 24.0);

/// Why a shape can not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wrong {
    /// An area without coordinates.
    Missing,
    /// A point, a line, a collection.
    NotAnArea,
    /// Rings that are no rings of numbers.
    Damaged,
    /// A ring whose last point is not its first.
    Open,
    /// Metres of a projection (VN-2000) in place of degrees.
    Metres,
    /// Latitude before longitude.
    Swapped,
    /// Not in Vietnam.
    Elsewhere,
    TooDetailed,
}

impl Wrong {
    /// What is said of it.
    #[must_use]
    pub fn obstacle(self) -> Obstacle {
        let key = match self {
            Self::Missing => "agency-boundary-wrong-missing",
            Self::NotAnArea => "agency-boundary-wrong-no-area",
            Self::Damaged => "agency-boundary-wrong-damaged",
            Self::Open => "agency-boundary-wrong-open",
            Self::Metres => "agency-boundary-wrong-metres",
            Self::Swapped => "agency-boundary-wrong-swapped",
            Self::Elsewhere => "agency-boundary-wrong-elsewhere",
            Self::TooDetailed => return Obstacle::new("agency-boundary-wrong-detailed").with("n", POINTS_MAX),
        };
        Obstacle::new(key)
    }
}

/// A box round a shape, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bounds {
    /// How far a place lies outside, in degrees.
    #[must_use]
    pub fn distance(&self, (longitude, latitude): (f64, f64)) -> f64 {
        let outside = |value: f64, least: f64, most: f64| (least - value).max(value - most).max(0.0);
        outside(longitude, self.west, self.east).hypot(outside(latitude, self.south, self.north))
    }
}

/// A geometry as the file has it.
#[derive(Debug, Deserialize)]
pub struct Geometry {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    coordinates: Option<Nested>,
}

/// A ring: longitude and latitude of each point, the last the same as the first.
pub type Ring = Vec<(f64, f64)>;
/// An outline with the holes in it.
pub type Polygon = Vec<Ring>;

/// Checks the geometry and writes it in the form in which it is kept.
///
/// # Errors
/// [`Wrong`]
pub fn read(geometry: &Geometry) -> Result<Area, Wrong> {
    let polygons = polygons(geometry)?;
    let points = polygons.iter().flatten().map(Vec::len).sum();
    if points > POINTS_MAX {
        return Err(Wrong::TooDetailed);
    }
    let bounds = bounds(&polygons);
    in_vietnam(&bounds)?;
    if polygons.iter().flatten().any(|ring| ring.first() != ring.last()) {
        return Err(Wrong::Open);
    }
    let has_area = polygons.iter().flatten().all(|ring| ring.len() >= 4 && double_area(ring) != 0.0);
    if !has_area {
        return Err(Wrong::Damaged);
    }
    Ok(Area { geometry: text(&polygons), points, bounds })
}

/// Where a point is; None for anything else.
#[must_use]
pub fn place(geometry: &Geometry) -> Option<(f64, f64)> {
    geometry.coordinates.as_ref().filter(|_| geometry.kind == "Point").and_then(position)
}

/// The polygons of a geometry that was checked before.
#[must_use]
pub fn kept(text: &str) -> Vec<Polygon> {
    serde_json::from_str::<Geometry>(text).ok().and_then(|geometry| polygons(&geometry).ok()).unwrap_or_default()
}

/// Twice the signed area of a ring (Gauss).
#[must_use]
pub fn double_area(ring: &[(f64, f64)]) -> f64 {
    ring.windows(2).map(|pair| pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1).sum()
}

fn polygons(geometry: &Geometry) -> Result<Vec<Polygon>, Wrong> {
    let coordinates = geometry.coordinates.as_ref();
    let polygons = match geometry.kind.as_str() {
        "Polygon" => polygon(coordinates.ok_or(Wrong::Missing)?).map(|polygon| vec![polygon]),
        "MultiPolygon" => coordinates.ok_or(Wrong::Missing)?.list().and_then(|list| list.iter().map(polygon).collect()),
        _ => return Err(Wrong::NotAnArea),
    };
    polygons
        .filter(|polygons: &Vec<Polygon>| polygons.iter().all(|rings| !rings.is_empty()) && !polygons.is_empty())
        .ok_or(Wrong::Damaged)
}

fn polygon(nested: &Nested) -> Option<Polygon> {
    nested.list()?.iter().map(|ring| ring.list()?.iter().map(position).collect()).collect()
}

/// Longitude and latitude, to six decimals (RFC 7946, section 11.2); a height after them is left out.
fn position(nested: &Nested) -> Option<(f64, f64)> {
    let round = |number: f64| (number * 1e6).round() / 1e6;
    match nested.list()? {
        [Nested::Number(longitude), Nested::Number(latitude), ..] => {
            Some((round(*longitude), round(*latitude))).filter(|at| at.0.is_finite() && at.1.is_finite())
        }
        _ => None,
    }
}

fn bounds(polygons: &[Polygon]) -> Bounds {
    let nothing = Bounds { west: f64::INFINITY, south: f64::INFINITY, east: f64::NEG_INFINITY, north: f64::NEG_INFINITY };
    polygons.iter().flatten().flatten().fold(nothing, |bounds, (longitude, latitude)| Bounds {
        west: bounds.west.min(*longitude),
        south: bounds.south.min(*latitude),
        east: bounds.east.max(*longitude),
        north: bounds.north.max(*latitude),
    })
}

fn in_vietnam(bounds: &Bounds) -> Result<(), Wrong> {
    let within = |least: f64, most: f64, (from, to): (f64, f64)| from <= least && most <= to;
    let here =
        |longitudes, latitudes| within(bounds.west, bounds.east, longitudes) && within(bounds.south, bounds.north, latitudes);
    if here(LONGITUDES, LATITUDES) {
        Ok(())
    } else if here(LATITUDES, LONGITUDES) {
        Err(Wrong::Swapped)
    } else if bounds.east.abs().max(bounds.west.abs()) > 360.0 || bounds.north.abs().max(bounds.south.abs()) > 360.0 {
        Err(Wrong::Metres)
    } else {
        Err(Wrong::Elsewhere)
    }
}

fn text(polygons: &[Polygon]) -> String {
    let ring = |ring: &Ring| {
        let points: Vec<String> = ring.iter().map(|(longitude, latitude)| format!("[{longitude},{latitude}]")).collect();
        format!("[{}]", points.join(","))
    };
    let polygon = |rings: &Polygon| format!("[{}]", rings.iter().map(ring).collect::<Vec<_>>().join(","));
    match polygons {
        [one] => format!("{{\"type\":\"Polygon\",\"coordinates\":{}}}", polygon(one)),
        many => {
            let many: Vec<String> = many.iter().map(polygon).collect();
            format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[{}]}}", many.join(","))
        }
    }
}

/// Numbers in lists in lists; anything else in their place is nothing.
#[derive(Debug)]
enum Nested {
    Number(f64),
    List(Vec<Nested>),
    Nothing,
}

impl Nested {
    fn list(&self) -> Option<&[Nested]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numbers;
        impl<'de> Visitor<'de> for Numbers {
            type Value = Nested;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("coordinates")
            }
            fn visit_f64<E>(self, number: f64) -> Result<Nested, E> {
                Ok(Nested::Number(number))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Nested, E> {
                Ok(Nested::Number(number as f64))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Nested, E> {
                Ok(Nested::Number(number as f64))
            }
            fn visit_str<E>(self, _: &str) -> Result<Nested, E> {
                Ok(Nested::Nothing)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Nested, E> {
                Ok(Nested::Nothing)
            }
            fn visit_unit<E>(self) -> Result<Nested, E> {
                Ok(Nested::Nothing)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Nested, A::Error> {
                let mut numbers = Vec::new();
                while let Some(one) = list.next_element()? {
                    numbers.push(one);
                }
                Ok(Nested::List(numbers))
            }
        }
        deserializer.deserialize_any(Numbers)
    }
}
