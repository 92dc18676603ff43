//! The communes and wards that owe a report on the map of the house, in ink that prints: filled where they are in, empty where they are
//! not. Where neither boundaries nor points are known there is no map.

use std::collections::HashMap;
use std::fmt::Write;

use sea_orm::entity::prelude::*;

use super::composed::Drawing;
use super::material::Material;
use super::picturing::escaped;
use crate::base::App;
use crate::people::agency::directory;
use crate::people::map::Map;
use crate::reports::template::outline::{Of, Outline};
use crate::web::chart::map::STEP;
use crate::web::{Locale, Result};

/// A legend's line under the picture, in units of it.
const LEGEND: i32 = 30;
const IN: &str = "fill=\"#1b6b72\" stroke=\"#0f4a4f\"";
const OUT: &str = "fill=\"#fff\" stroke=\"#444\"";

/// The map, where the outline wants one.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, material: &Material, outline: &Outline) -> Result<Option<Map>> {
    if material.lines.is_empty() || !outline.sections.iter().any(|section| section.of == Of::Map) {
        return Ok(None);
    }
    let mut communes = directory::all(&app.db).await?;
    communes.retain(|line| line.kind.is_local() && material.lines.iter().any(|one| one.agency == line.id));
    let map = Map::of(&app.db, &communes, None).await?;
    Ok(Some(map).filter(|map| !map.places.is_empty()))
}

/// Draws it.
#[must_use]
pub fn drawn(l: Locale, material: &Material, map: &Map, caption: &str) -> Drawing {
    let is_in: HashMap<Uuid, bool> = material.lines.iter().map(|line| (line.agency, line.outcome.is_in())).collect();
    let title = l.t("report-map-title");
    let (width, height) = (map.width, map.height + LEGEND);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
         <title>{}</title><g font-family=\"'Times New Roman', 'Tinos', serif\" font-size=\"11\" text-anchor=\"middle\">",
        escaped(&title)
    );
    let (mut there, mut absent) = (0, 0);
    for place in &map.places {
        let has_reported = is_in.get(&place.id).copied().unwrap_or_default();
        let (look, ink) = if has_reported { (IN, "#fff") } else { (OUT, "#111") };
        there += usize::from(has_reported);
        absent += usize::from(!has_reported);
        let (x, y, code) = (place.shape.x, place.shape.y, escaped(&place.shape.code));
        let _ = match place.shape.path.as_str() {
            "" => write!(
                svg,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{0}\" height=\"{0}\" {look}/><text x=\"{1}\" y=\"{2}\" fill=\"{ink}\">{code}</text>",
                STEP - 2,
                x + STEP / 2 - 1,
                y + STEP / 2 + 3
            ),
            path => write!(svg, "<path d=\"{path}\" {look}/><text x=\"{x}\" y=\"{y}\" fill=\"{ink}\">{code}</text>"),
        };
    }
    let (is, not) = (l.t1("report-map-in", "count", there), l.t1("report-map-out", "count", absent));
    let y = map.height + 10;
    let _ = write!(
        svg,
        "<g text-anchor=\"start\" fill=\"#111\"><rect x=\"1\" y=\"{y}\" width=\"14\" height=\"14\" {IN}/><text x=\"20\" y=\"{0}\">{1}</text>\
         <rect x=\"{2}\" y=\"{y}\" width=\"14\" height=\"14\" {OUT}/><text x=\"{3}\" y=\"{0}\">{4}</text></g></g></svg>",
        y + 11,
        escaped(&is),
        width / 2,
        width / 2 + 19,
        escaped(&not)
    );
    Drawing { svg, alt: format!("{title}. {is}; {not}."), caption: caption.to_owned() }
}
