//! Boundaries as a small picture: every point is moved to a grid, so that neighbours keep their common border, and
//! what then falls on one point or one line is left out. A province of a hundred communes weighs some 20 kB.

use super::agency::boundary::geometry::{Polygon, double_area};

/// The longer side of the picture, in its own units.
const SIDE: f64 = 1000.0;
/// More points than this are drawn on a coarser grid.
const POINTS_MAX: usize = 7000;
/// Half the room that a letter takes, across and down.
const LETTER: Point = (7, 8);
/// Places for the letters that are tried in each direction.
const TRIES: i32 = 8;
/// Half the side of the square that stands for a place without a boundary.
const MARK: i32 = 10;
const MARGIN: i32 = 4;

/// One place of the picture: what is known of it.
pub struct Place {
    pub area: Vec<Polygon>,
    /// Longitude and latitude, for one without an area.
    pub at: Option<(f64, f64)>,
    /// How many letters stand for it.
    pub letters: i32,
}

/// A place as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The path (SVG 2, section 9.3).
    pub path: String,
    /// Where its letters stand.
    pub x: i32,
    pub y: i32,
    /// Whether there is room for them.
    pub has_room: bool,
}

/// All places, each where it is drawn; None for one of which nothing is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: i32,
    pub height: i32,
    pub outlines: Vec<Option<Outline>>,
}

type Point = (i32, i32);

/// Draws them.
#[must_use]
pub fn draw(places: &[Place]) -> Picture {
    let Some(paper) = Paper::of(places) else {
        return Picture { width: 0, height: 0, outlines: places.iter().map(|_| None).collect() };
    };
    for step in [1, 2, 3, 4, 6, 8] {
        let areas: Vec<Vec<Vec<Point>>> = places.iter().map(|place| paper.rings(&place.area, step)).collect();
        let points: usize = areas.iter().flatten().map(Vec::len).sum();
        if points <= POINTS_MAX || step == 8 {
            let outlines = places.iter().zip(areas).map(|(place, rings)| paper.outline(place, &rings)).collect();
            return Picture { width: paper.width, height: paper.height, outlines };
        }
    }
    Picture { width: paper.width, height: paper.height, outlines: Vec::new() }
}

/// Degrees to units of the picture: a cylinder at the mean latitude is exact enough for a province.
struct Paper {
    west: f64,
    north: f64,
    narrow: f64,
    scale: f64,
    width: i32,
    height: i32,
}

impl Paper {
    fn of(places: &[Place]) -> Option<Self> {
        let corners = places.iter().flat_map(|place| place.area.iter().flatten().flatten().copied().chain(place.at));
        let points: Vec<(f64, f64)> = corners.filter(|at| at.0.is_finite() && at.1.is_finite()).collect();
        let least = |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick).fold(f64::INFINITY, f64::min);
        let most = |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
        let (west, east, south, north) = (least(|at| at.0), most(|at| at.0), least(|at| at.1), most(|at| at.1));
        if points.is_empty() {
            return None;
        }
        let narrow = ((south + north) / 2.0).to_radians().cos();
        let (wide, high) = ((east - west) * narrow, north - south);
        let scale = SIDE / wide.max(high).max(1e-6);
        let side = |degrees: f64| (degrees * scale).round() as i32 + 2 * MARGIN + 2 * MARK;
        Some(Self { west, north, narrow, scale, width: side(wide), height: side(high) })
    }

    fn point(&self, (longitude, latitude): (f64, f64), step: i32) -> Point {
        let place = |degrees: f64| (degrees * self.scale / f64::from(step)).round() as i32 * step + MARGIN + MARK;
        (place((longitude - self.west) * self.narrow), place(self.north - latitude))
    }

    /// The rings on the grid that are still rings, the largest first.
    fn rings(&self, area: &[Polygon], step: i32) -> Vec<Vec<Point>> {
        let mut rings: Vec<(f64, Vec<Point>)> = Vec::new();
        for ring in area.iter().flatten() {
            let points = plain(ring.iter().map(|at| self.point(*at, step)));
            if points.len() >= 3 {
                rings.push((double_area(ring).abs(), points));
            }
        }
        rings.sort_by(|a, b| b.0.total_cmp(&a.0));
        rings.into_iter().map(|(_, points)| points).collect()
    }

    fn outline(&self, place: &Place, rings: &[Vec<Point>]) -> Option<Outline> {
        let Some(largest) = rings.first() else {
            let (x, y) = place.at.or_else(|| inside(&place.area)).map(|at| self.point(at, 1))?;
            let path = format!("M{} {}h{}v{}h{}z", x - MARK, y - MARK, 2 * MARK, 2 * MARK, -2 * MARK);
            return Some(Outline { path, x, y, has_room: false });
        };
        let path: String = rings.iter().map(|ring| path(ring)).collect();
        let letters = place_for_letters(largest, place.letters);
        let (x, y) = letters.unwrap_or_else(|| middle(largest));
        let has_room = letters.is_some();
        Some(Outline { path, x, y, has_room })
    }
}

/// Without points that repeat, go back on themselves or lie on the line of their neighbours; the ring is not closed.
fn plain(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut ring: Vec<Point> = Vec::new();
    for point in points {
        if ring.last() == Some(&point) {
            continue;
        }
        while let [.., a, b] = ring.as_slice()
            && in_line(*a, *b, point)
        {
            ring.pop();
        }
        if ring.last() != Some(&point) {
            ring.push(point);
        }
    }
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

fn in_line(a: Point, b: Point, c: Point) -> bool {
    (b.0 - a.0) * (c.1 - a.1) == (b.1 - a.1) * (c.0 - a.0)
}

/// Steps relative to the point before, a sign serving as the space before it.
fn path(ring: &[Point]) -> String {
    let Some((first, rest)) = ring.split_first() else { return String::new() };
    let mut path = format!("M{} {}l", first.0, first.1);
    let mut last = *first;
    for (at, point) in rest.iter().enumerate() {
        let (dx, dy) = (point.0 - last.0, point.1 - last.1);
        let before = if at == 0 || dx < 0 { "" } else { " " };
        let between = if dy < 0 { "" } else { " " };
        path.push_str(&format!("{before}{dx}{between}{dy}"));
        last = *point;
    }
    path.push('z');
    path
}

/// The centre of gravity of a ring, or of its points when it has no area.
fn middle(ring: &[Point]) -> Point {
    let (mut double, mut x, mut y) = (0.0, 0.0, 0.0);
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (a, b) = ((f64::from(a.0), f64::from(a.1)), (f64::from(b.0), f64::from(b.1)));
        let cross = a.0 * b.1 - b.0 * a.1;
        double += cross;
        x += (a.0 + b.0) * cross;
        y += (a.1 + b.1) * cross;
    }
    if double == 0.0 {
        return ring.first().copied().unwrap_or_default();
    }
    ((x / (3.0 * double)).round() as i32, (y / (3.0 * double)).round() as i32)
}

/// The point nearest to the middle round which the letters stay within the ring.
fn place_for_letters(ring: &[Point], letters: i32) -> Option<Point> {
    let least = |pick: fn(&Point) -> i32| ring.iter().map(pick).min().unwrap_or_default();
    let most = |pick: fn(&Point) -> i32| ring.iter().map(pick).max().unwrap_or_default();
    let (west, north) = (least(|at| at.0), least(|at| at.1));
    let (wide, high) = (most(|at| at.0) - west, most(|at| at.1) - north);
    let centre = middle(ring);
    let grid = (1..TRIES).flat_map(|row| (1..TRIES).map(move |column| (column, row)));
    let mut tries: Vec<Point> = grid.map(|(column, row)| (west + wide * column / TRIES, north + high * row / TRIES)).collect();
    tries.sort_by_key(|at| (at.0 - centre.0).pow(2) + (at.1 - centre.1).pow(2));
    let across = LETTER.0 * letters.max(1);
    let fits =
        |at: &Point| [-1, 0, 1].iter().all(|y| (-2..=2).all(|x| holds(ring, (at.0 + x * across / 2, at.1 + y * LETTER.1))));
    std::iter::once(centre).chain(tries).find(fits)
}

/// Whether a ring goes round a point: a line to the east crosses it an odd number of times.
fn holds(ring: &[Point], (x, y): Point) -> bool {
    let crosses = |(a, b): (&Point, &Point)| {
        let (a, b) = if a.1 <= b.1 { (a, b) } else { (b, a) };
        let right =
            |(x0, y0): Point, (x1, y1): Point| i64::from(x1 - x0) * i64::from(y - y0) - i64::from(x - x0) * i64::from(y1 - y0);
        a.1 <= y && y < b.1 && right(*a, *b) > 0
    };
    ring.iter().zip(ring.iter().cycle().skip(1)).filter(|pair| crosses(*pair)).count() % 2 == 1
}

/// A place in an area.
fn inside(area: &[Polygon]) -> Option<(f64, f64)> {
    area.first()?.first()?.first().copied()
}

#[cfg(test)]
mod tests;
