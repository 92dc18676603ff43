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
use crate::web::chart::map::{self, STEP};
use crate::web::chart::printed_map::{self, Meaning};
use crate::web::chart::{Bands, Fill, Shape, worded};
use crate::web::{Locale, Markup, Result};

/// What is drawn.
#[derive(Debug, Default)]
pub struct Map {
    pub width: i32,
    pub height: i32,
    pub places: Vec<Place>,
    /// Communes of which neither place nor boundary is known.
    pub unplaced: usize,
}

/// One commune on it.
#[derive(Debug)]
pub struct Place {
    pub id: Uuid,
    /// Its public page.
    pub href: String,
    pub shape: Shape,
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
                place.shape.is_faint = faint.contains(&place.href);
            }
        }
        Ok(map)
    }

    /// The picture for paper: what fills each place (None: it is left out), and what that means.
    #[must_use]
    pub fn printed(&self, title: &str, key: &[Meaning], of: impl Fn(&Place) -> Option<Fill>) -> String {
        let places: Vec<(Shape, Fill)> = self.places.iter().filter_map(|place| Some((place.shape.clone(), of(place)?))).collect();
        printed_map::drawn(title, (self.width, self.height), &places, key)
    }

    /// The picture: where each place leads, and what fills it.
    #[must_use]
    pub fn drawn(&self, label: &str, of: impl Fn(&Place) -> (String, Fill)) -> Markup {
        let place = |place: &Place| {
            let (href, fill) = of(place);
            (Shape { href, kind: "", ..place.shape.clone() }, fill)
        };
        map::drawn(label, (self.width, self.height), &self.places.iter().map(place).collect::<Vec<_>>())
    }

    /// The picture with wards and communes told apart, each leading to its public page.
    #[must_use]
    pub fn drawn_by_kind(&self, label: &str) -> Markup {
        let places: Vec<(Shape, Fill)> = self.places.iter().map(|place| (place.shape.clone(), Fill::Plain)).collect();
        map::drawn(label, (self.width, self.height), &places)
    }

    /// The picture coloured by figures in bands, with what each colour means; a commune without a figure has no colour. Where neither
    /// boundaries nor points are known, tiles stand in rows by name.
    #[must_use]
    pub fn drawn_by_figures(
        &self,
        l: Locale,
        label: &str,
        communes: &[Line],
        figures: &HashMap<Uuid, f64>,
        unit: &str,
    ) -> Markup {
        let mut shapes: Vec<Shape> = self.places.iter().map(|place| place.shape.clone()).collect();
        let (mut size, mut ids) = ((self.width, self.height), self.places.iter().map(|place| place.id).collect::<Vec<_>>());
        if shapes.is_empty() {
            let marks = marks(communes).into_iter();
            shapes = communes.iter().zip(marks).map(|(line, mark)| shape(line, (0, 0), String::new(), mark)).collect();
            size = map::in_rows(&mut shapes);
            let id = |shape: &Shape| communes.iter().find(|line| line.public_path() == shape.href).map(|line| line.id);
            ids = shapes.iter().filter_map(id).collect();
        }
        let values: Vec<Option<f64>> = ids.iter().map(|id| figures.get(id).copied()).collect();
        for (shape, value) in shapes.iter_mut().zip(&values) {
            let figure = value.map_or_else(|| l.t("chart-gap"), |value| worded(value, unit));
            (shape.name, shape.kind) = (format!("{}: {figure}", shape.name), "");
        }
        let bands = Bands::of(&values, unit);
        let svg = map::map_svg(label, size, &shapes, &values, &bands);
        let legend = map::legend(&bands, values.contains(&None).then(|| l.t("chart-gap")));
        Markup(format!("{legend}{svg}{}", map::key(&shapes)))
    }
}

fn place(line: &Line, at: (i32, i32), path: String, initials: String) -> Place {
    Place { id: line.id, href: line.public_path(), shape: shape(line, at, path, initials) }
}

fn shape(line: &Line, (x, y): (i32, i32), path: String, code: String) -> Shape {
    let kind = if line.kind == Kind::Ward { "ward" } else { "commune" };
    Shape { name: line.short_name.clone(), code, href: line.public_path(), x, y, path, kind, is_faint: false }
}

/// The letters of each commune on a map.
fn marks(communes: &[Line]) -> Vec<String> {
    told_apart(&communes.iter().map(Line::initials).collect::<Vec<_>>())
}

/// Letters that several have are two of them and a number, which is as wide as three letters: `AS`, `MT1`, `MT2`.
fn told_apart(initials: &[String]) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut mark = |own: &String| {
        if initials.iter().filter(|one| *one == own).count() == 1 {
            return own.clone();
        }
        let stem: String = own.chars().take(2).collect();
        let count = counts.entry(stem.clone()).or_default();
        loop {
            *count += 1;
            let mark = format!("{stem}{count}");
            if !initials.contains(&mark) {
                return mark;
            }
        }
    };
    initials.iter().map(&mut mark).collect()
}

fn in_tiles(communes: &[Line]) -> Map {
    let marked = communes.iter().zip(marks(communes));
    let placed: Vec<((&Line, String), (f64, f64))> =
        marked.filter_map(|(line, mark)| Some(((line, mark), line.longitude.zip(line.latitude)?))).collect();
    let tiles = cartogram::tiles(&placed.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    let side = |last: Option<i32>| last.map_or(0, |last| (last + 1) * STEP);
    let tile = |(((line, mark), _), tile): (&((&Line, String), _), &cartogram::Tile)| {
        place(line, (tile.column * STEP + 1, tile.row * STEP + 1), String::new(), mark.clone())
    };
    Map {
        width: side(tiles.iter().map(|tile| tile.column).max()),
        height: side(tiles.iter().map(|tile| tile.row).max()),
        places: placed.iter().zip(tiles.iter()).map(tile).collect(),
        ..Map::default()
    }
}

fn in_outlines(communes: &[Line], picture: &Picture) -> Map {
    let drawn = communes.iter().zip(marks(communes)).zip(&picture.outlines).filter_map(|((line, mark), outline)| {
        let outline = outline.as_ref()?;
        let mark = if outline.has_room { mark } else { String::new() };
        Some(place(line, (outline.x, outline.y), outline.path.clone(), mark))
    });
    Map { width: picture.width, height: picture.height, places: drawn.collect(), unplaced: 0 }
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
        .zip(marks(communes))
        .map(|(line, mark)| outline::Place {
            area: boundaries.get(&line.id).map(|text| boundary::geometry::kept(text)).unwrap_or_default(),
            at: line.longitude.zip(line.latitude),
            letters: i32::try_from(mark.chars().count()).unwrap_or(3),
        })
        .collect();
    outline::draw(&places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_places_have_the_same_letters() {
        let initials = ["MT", "AS", "MT", "TP1", "TPT", "TPT", "MT"].map(str::to_owned);
        assert_eq!(told_apart(&initials), ["MT1", "AS", "MT2", "TP1", "TP2", "TP3", "MT3"]);
    }
}
