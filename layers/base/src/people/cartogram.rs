//! Places on a map as equal tiles of a square grid: every commune gets the same room, and stands where its
//! neighbours expect it. The tiles are assigned so that the sum of squared displacements is the least there is.

mod assignment;

use std::sync::{Arc, Mutex, PoisonError};

/// How densely the grid is drawn: below 1, places are pushed together so that the tiles leave few gaps inside.
const SPREAD: f64 = 0.95;
/// Free cells around the outermost places.
const MARGIN: i32 = 2;
/// More places than this are put row by row instead: the best assignment takes cubic time.
const PLACES_MAX: usize = 600;

/// A tile: column from the west, row from the north, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    pub column: i32,
    pub row: i32,
}

/// One tile for each place (longitude, latitude in degrees), in the same order. The same places give the same
/// tiles; the last answer is kept, for the places of a province seldom change.
#[must_use]
pub fn tiles(places: &[(f64, f64)]) -> Arc<Vec<Tile>> {
    type Kept = Option<(Vec<(f64, f64)>, Arc<Vec<Tile>>)>;
    static LAST: Mutex<Kept> = Mutex::new(None);
    let kept = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, tiles)) = kept().as_ref()
        && known == places
    {
        return tiles.clone();
    }
    let tiles = Arc::new(place(places));
    *kept() = Some((places.to_vec(), tiles.clone()));
    tiles
}

fn place(places: &[(f64, f64)]) -> Vec<Tile> {
    if places.len() > PLACES_MAX || places.iter().any(|(x, y)| !x.is_finite() || !y.is_finite()) {
        return in_rows(places.len());
    }
    let points = scale(&project(places));
    let last = |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick).fold(0.0, f64::max).ceil() as i32;
    let (columns, rows) = (last(|point| point.0), last(|point| point.1));
    // A row more of margin for every place beyond what the rectangle holds, e.g. when all stand on one line.
    let margin = MARGIN + (points.len() as f64).sqrt().ceil() as i32 / 2;
    let cells: Vec<Tile> =
        (-margin..=rows + margin).flat_map(|row| (-margin..=columns + margin).map(move |column| Tile { column, row })).collect();
    let costs: Vec<Vec<i64>> =
        points.iter().map(|point| cells.iter().map(|cell| displacement(*point, *cell)).collect()).collect();
    let taken: Vec<Tile> = assignment::cheapest(&costs).into_iter().map(|cell| cells[cell]).collect();
    let first = |pick: fn(&Tile) -> i32| taken.iter().map(pick).min().unwrap_or_default();
    let (column, row) = (first(|tile| tile.column), first(|tile| tile.row));
    taken.into_iter().map(|tile| Tile { column: tile.column - column, row: tile.row - row }).collect()
}

/// Squared distance in millionths of a tile, whole so that every machine decides alike.
fn displacement(point: (f64, f64), cell: Tile) -> i64 {
    let (dx, dy) = (point.0 - f64::from(cell.column), point.1 - f64::from(cell.row));
    ((dx * dx + dy * dy) * 1e6).round() as i64
}

/// Degrees to a plane, east and south: at a province's size a cylinder at its mean latitude is exact enough.
fn project(places: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mean = places.iter().map(|place| place.1).sum::<f64>() / places.len().max(1) as f64;
    let narrow = mean.to_radians().cos();
    places.iter().map(|(longitude, latitude)| (longitude * narrow, -latitude)).collect()
}

/// As many tiles as places on the ground that they cover, from 0.
fn scale(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let area = hull_area(points);
    let factor = if area > 0.0 { (points.len() as f64 / area).sqrt() * SPREAD } else { 1.0 };
    let least = |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick).fold(f64::INFINITY, f64::min);
    let (west, north) = (least(|point| point.0), least(|point| point.1));
    points.iter().map(|(x, y)| ((x - west) * factor, (y - north) * factor)).collect()
}

/// The area of the convex hull (Andrew's monotone chain).
fn hull_area(points: &[(f64, f64)]) -> f64 {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut ring = half_hull(sorted.iter());
    ring.extend(half_hull(sorted.iter().rev()));
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
}

fn half_hull<'a>(points: impl Iterator<Item = &'a (f64, f64)>) -> Vec<(f64, f64)> {
    let mut hull: Vec<(f64, f64)> = Vec::new();
    for point in points {
        while let [.., a, b] = hull.as_slice() {
            if (b.0 - a.0) * (point.1 - a.1) - (b.1 - a.1) * (point.0 - a.0) > 0.0 {
                break;
            }
            hull.pop();
        }
        hull.push(*point);
    }
    hull.pop();
    hull
}

fn in_rows(count: usize) -> Vec<Tile> {
    let wide = (count as f64).sqrt().ceil().max(1.0) as usize;
    let tile = |at: usize| Tile { column: i32::try_from(at % wide).unwrap_or(0), row: i32::try_from(at / wide).unwrap_or(0) };
    (0..count).map(tile).collect()
}

#[cfg(test)]
mod tests;
