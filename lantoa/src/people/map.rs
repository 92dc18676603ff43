//! The communes on a map: as equal tiles, so that a small ward is as large as a wide commune, or as outlines once their
//! boundaries are there. Each is a link; the page has the same places as a list.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::entity::prelude::*;

use super::agency::Kind;
use super::agency::boundary;
use super::agency::directory::Line;
use super::cartogram;
use super::outline::{self, Picture};
use crate::web::Result;

/// From one tile to the next, in units of the picture; the tile itself is two less.
const STEP: i32 = 36;

/// What is drawn.
#[derive(Debug, Default)]
pub struct Map {
    pub width: i32,
    pub height: i32,
    /// Outlines; tiles otherwise.
    pub is_outlined: bool,
    pub places: Vec<Place>,
    /// Communes of which neither place nor boundary is known.
    pub unplaced: usize,
}

/// One commune on it.
#[derive(Debug)]
pub struct Place {
    pub name: String,
    pub initials: String,
    pub href: String,
    pub x: i32,
    pub y: i32,
    /// Of an outline.
    pub path: String,
    pub is_ward: bool,
    /// Not among those that are looked for.
    pub is_faint: bool,
}

impl Place {
    /// For its colour and shape.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        if self.is_ward { "ward" } else { "commune" }
    }
}

impl Map {
    /// Draws the communes. `found`: those that are looked for; None: all of them. One statement, and none while the
    /// agencies stay as they are.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, communes: &[Line], found: Option<&HashSet<Uuid>>) -> Result<Self> {
        let picture = picture(on, communes).await?;
        let outlined = picture.as_ref().filter(|picture| picture.width > 0);
        let mut map = outlined.map_or_else(|| in_tiles(communes), |picture| in_outlines(communes, picture));
        map.unplaced = communes.len() - map.places.len();
        if let Some(found) = found {
            let faint: HashSet<String> =
                communes.iter().filter(|line| !found.contains(&line.id)).map(Line::public_path).collect();
            for place in &mut map.places {
                place.is_faint = faint.contains(&place.href);
            }
        }
        Ok(map)
    }
}

fn place(line: &Line, (x, y): (i32, i32), path: String, initials: String) -> Place {
    Place {
        name: line.short_name.clone(),
        initials,
        href: line.public_path(),
        x,
        y,
        path,
        is_ward: line.kind == Kind::Ward,
        is_faint: false,
    }
}

fn in_tiles(communes: &[Line]) -> Map {
    let placed: Vec<(&Line, (f64, f64))> =
        communes.iter().filter_map(|line| Some((line, line.longitude.zip(line.latitude)?))).collect();
    let tiles = cartogram::tiles(&placed.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    let side = |last: Option<i32>| last.map_or(0, |last| (last + 1) * STEP);
    let tile = |((line, _), tile): (&(&Line, _), &cartogram::Tile)| {
        place(line, (tile.column * STEP + 1, tile.row * STEP + 1), String::new(), line.initials())
    };
    Map {
        width: side(tiles.iter().map(|tile| tile.column).max()),
        height: side(tiles.iter().map(|tile| tile.row).max()),
        places: placed.iter().zip(tiles.iter()).map(tile).collect(),
        ..Map::default()
    }
}

fn in_outlines(communes: &[Line], picture: &Picture) -> Map {
    let drawn = communes.iter().zip(&picture.outlines).filter_map(|(line, outline)| {
        let outline = outline.as_ref()?;
        let initials = if outline.has_room { line.initials() } else { String::new() };
        Some(place(line, (outline.x, outline.y), outline.path.clone(), initials))
    });
    Map { width: picture.width, height: picture.height, is_outlined: true, places: drawn.collect(), unplaced: 0 }
}

/// The outlines, when at least half of the communes have a boundary. The last answer is kept: an agency that changes
/// has another version.
async fn picture(on: &impl ConnectionTrait, communes: &[Line]) -> Result<Option<Arc<Picture>>> {
    type Kept = Option<(Vec<(Uuid, i32)>, Option<Arc<Picture>>)>;
    static LAST: Mutex<Kept> = Mutex::new(None);
    let kept = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
    let key: Vec<(Uuid, i32)> = communes.iter().map(|line| (line.id, line.version)).collect();
    if let Some((known, picture)) = kept().as_ref()
        && *known == key
    {
        return Ok(picture.clone());
    }
    let boundaries: HashMap<Uuid, String> =
        boundary::of(on, communes.iter().map(|line| line.id).collect()).await?.into_iter().collect();
    let enough = !boundaries.is_empty() && boundaries.len() * 2 >= communes.len();
    let picture = match enough {
        true => Some(Arc::new(drawn_aside(communes.to_vec(), boundaries).await?)),
        false => None,
    };
    *kept() = Some((key, picture.clone()));
    Ok(picture)
}

/// Megabytes of boundaries take a moment, in which others are served.
async fn drawn_aside(communes: Vec<Line>, boundaries: HashMap<Uuid, String>) -> Result<Picture> {
    Ok(tokio::task::spawn_blocking(move || draw(&communes, &boundaries)).await?)
}

fn draw(communes: &[Line], boundaries: &HashMap<Uuid, String>) -> Picture {
    let places: Vec<outline::Place> = communes
        .iter()
        .map(|line| outline::Place {
            area: boundaries.get(&line.id).map(|text| boundary::geometry::kept(text)).unwrap_or_default(),
            at: line.longitude.zip(line.latitude),
            letters: i32::try_from(line.initials().chars().count()).unwrap_or(3),
        })
        .collect();
    outline::draw(&places)
}
