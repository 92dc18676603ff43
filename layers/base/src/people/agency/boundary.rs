//! Boundaries of communes and wards, from GeoJSON (RFC 7946): every shape is checked, found its agency by the five
//! digits or by its name, and kept beside it.

pub mod geometry;
pub mod importing;
pub mod matching;
pub mod reading;
#[cfg(test)]
mod tests;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::directory::Line;
use super::{Column, Entity};
use crate::web::Result;
use geometry::{Bounds, Wrong};

/// The shapes of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Collection {
    pub shapes: Vec<Shape>,
}

/// One shape as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// Its place in the file, from 1.
    pub number: usize,
    /// The five digits, or empty.
    pub code: String,
    /// What the file calls it, or empty.
    pub name: String,
    /// None when the feature has no geometry: it says nothing of a boundary, so there is nothing to change.
    pub area: Option<std::result::Result<Area, Wrong>>,
    /// A point in place of an area: longitude and latitude.
    #[serde(default)]
    pub place: Option<(f64, f64)>,
}

/// A checked area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// GeoJSON geometry: a polygon or several, six decimals of a degree (a tenth of a metre).
    pub geometry: String,
    pub points: usize,
    pub bounds: Bounds,
}

/// The boundaries of these agencies, as they are kept.
///
/// # Errors
/// The database failed.
pub async fn of(on: &impl ConnectionTrait, agencies: Vec<Uuid>) -> Result<Vec<(Uuid, String)>, DbErr> {
    let rows: Vec<(Uuid, Option<String>)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Boundary])
        .filter(Column::Id.is_in(agencies))
        .filter(Column::Boundary.is_not_null())
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, boundary)| Some((id, boundary?))).collect())
}

/// What the ledger says of a boundary: how many points, and a hash by which it can be told from another.
#[must_use]
pub fn mark(geometry: &str) -> String {
    if geometry.is_empty() {
        return String::new();
    }
    let points = geometry.as_bytes().windows(2).filter(|pair| pair[0] == b'[' && pair[1] != b'[').count();
    let hash: String = Sha256::digest(geometry).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{points} điểm ({hash})")
}

/// The agencies as a GeoJSON file: the boundary, or else the place, or else nothing but the names.
///
/// # Errors
/// The database failed.
pub async fn export(on: &impl ConnectionTrait, lines: &[Line]) -> Result<Vec<u8>> {
    let boundaries: std::collections::HashMap<Uuid, String> =
        of(on, lines.iter().map(|line| line.id).collect()).await?.into_iter().collect();
    let features = lines.iter().map(|line| feature(line, boundaries.get(&line.id))).collect::<Vec<_>>();
    let collection = serde_json::json!({ "type": "FeatureCollection", "features": features });
    Ok(serde_json::to_vec(&collection)?)
}

fn feature(line: &Line, boundary: Option<&String>) -> serde_json::Value {
    let place = line.longitude.zip(line.latitude).map(|at| serde_json::json!({ "type": "Point", "coordinates": [at.0, at.1] }));
    let geometry = boundary.and_then(|text| serde_json::from_str(text).ok()).or(place);
    serde_json::json!({
        "type": "Feature", "id": line.code, "geometry": geometry,
        "properties": { "code": line.code, "name": line.name, "short_name": line.short_name, "kind": line.kind.to_value(), "area_km2": line.area_km2 },
    })
}
