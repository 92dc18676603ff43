//! The scores of communes on the map of the house, beside the list: everything that is said to the drawing of maps is in this file.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::base::App;
use crate::criteria::publication::Body;
use crate::people::agency::directory;
use crate::people::map::Map;
use crate::web::{Locale, Markup, Result};

/// The map; None where fewer than two of those that are scored are communes or wards. An agency that is not assessed is a gap.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, l: Locale, body: &Body) -> Result<Option<Markup>> {
    let mut figures: HashMap<Uuid, f64> = HashMap::new();
    let mut scored: HashSet<Uuid> = HashSet::new();
    for result in &body.counted.results {
        let Ok(agency) = result.place.agency.parse() else { continue };
        scored.insert(agency);
        if let Some(total) = result.score.total {
            figures.insert(agency, total.as_f64());
        }
    }
    let mut communes = directory::all(&app.db).await?;
    communes.retain(|line| line.kind.is_local() && scored.contains(&line.id));
    if communes.len() < 2 {
        return Ok(None);
    }
    let map = Map::of(&app.db, &communes, None).await?;
    let unit = l.t("criteria-points-unit");
    Ok(Some(map.drawn_by_figures(l, &l.t("criteria-map"), &communes, &figures, &unit)))
}
