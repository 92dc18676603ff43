//! Places on a map: outlines where their boundaries are known, equal tiles otherwise. Each is a link; the page has them as a list too.

use super::bands::Bands;
use super::canvas::escaped;
use crate::web::Markup;

/// From one tile to the next, in units of the picture; the tile itself is two less.
pub const STEP: i32 = 36;

/// A place as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    pub name: String,
    /// Two or three letters; empty where there is no room for them.
    pub code: String,
    pub href: String,
    /// Of a tile its corner, of an outline where its letters stand.
    pub x: i32,
    pub y: i32,
    /// The outline; empty for a tile.
    pub path: String,
    /// `ward`, `commune`, or empty.
    pub kind: &'static str,
    /// Not among those that are looked for.
    pub is_faint: bool,
}

/// What fills it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// Its kind alone.
    #[default]
    Plain,
    /// A state of the design system.
    State(&'static str),
    /// A colour of [`Bands`].
    Level(usize),
    /// Nobody knows its figure: no colour of any band.
    Gap,
}

impl Fill {
    fn attributes(self) -> String {
        match self {
            Self::Plain => String::new(),
            Self::State(state) => format!(" data-state=\"{state}\""),
            Self::Level(level) => format!(" data-level=\"{level}\""),
            Self::Gap => " data-no-figure".to_owned(),
        }
    }
}

/// Draws places in a picture of that width and height.
#[must_use]
pub fn drawn(label: &str, (width, height): (i32, i32), places: &[(Shape, Fill)]) -> Markup {
    let mut html = format!(
        "<div class=\"map-box\"><svg class=\"cartogram\" viewBox=\"0 0 {width} {height}\" role=\"group\" aria-label=\"{}\">",
        escaped(label)
    );
    for (shape, fill) in places {
        html.push_str(&place(shape, *fill));
    }
    html.push_str("</svg></div>");
    Markup(html)
}

/// Draws places by the band of their figures; `values` in the order of the shapes. The name of each says its figure.
#[must_use]
pub fn map_svg(label: &str, size: (i32, i32), shapes: &[Shape], values: &[Option<f64>], bands: &Bands) -> String {
    let place = |(turn, shape): (usize, &Shape)| match values.get(turn).copied().flatten() {
        Some(value) => (shape.clone(), Fill::Level(bands.level(bands.band(value)))),
        None => (shape.clone(), Fill::Gap),
    };
    drawn(label, size, &shapes.iter().enumerate().map(place).collect::<Vec<_>>()).0
}

/// What each colour means; `gap`: the words of places that have none, where there are such.
#[must_use]
pub fn legend(bands: &Bands, gap: Option<String>) -> String {
    let sample = |attribute: String, words: &str| {
        format!(
            "<span{attribute}><svg width=\"18\" height=\"18\" aria-hidden=\"true\"><rect width=\"16\" height=\"16\" x=\"1\" y=\"1\"/>\
             </svg>{}</span>",
            escaped(words)
        )
    };
    let known = bands.legend().into_iter().map(|(level, words)| sample(Fill::Level(level).attributes(), &words));
    let all: String = known.chain(gap.map(|words| sample(Fill::Gap.attributes(), &words))).collect();
    format!("<p class=\"legend\">{all}</p>")
}

/// What the letters of each place stand for, with its figure where its name has one: for paper, where nothing can be pointed at.
#[must_use]
pub fn key(shapes: &[Shape]) -> String {
    let lettered = shapes.iter().filter(|shape| !shape.code.is_empty());
    let all: String =
        lettered.map(|shape| format!("<span><b>{}</b> {}</span>", escaped(&shape.code), escaped(&shape.name))).collect();
    format!("<p class=\"map-key\">{all}</p>")
}

/// Places of which neither boundary nor point is known, as tiles in rows by their names; gives width and height.
pub fn in_rows(shapes: &mut [Shape]) -> (i32, i32) {
    shapes.sort_by(|a, b| vietnamese::order::compare(&a.name, &b.name));
    let columns = (1..).find(|side: &usize| side * side * 2 >= shapes.len() * 3).unwrap_or(1);
    for (turn, shape) in shapes.iter_mut().enumerate() {
        let at = |steps: usize| i32::try_from(steps).unwrap_or_default() * STEP + 1;
        (shape.x, shape.y) = (at(turn % columns), at(turn / columns));
        shape.path.clear();
    }
    let side = |tiles: usize| i32::try_from(tiles).unwrap_or_default() * STEP;
    (side(columns.min(shapes.len())), side(shapes.len().div_ceil(columns)))
}

fn place(shape: &Shape, fill: Fill) -> String {
    let kind = if shape.kind.is_empty() { String::new() } else { format!(" data-kind=\"{}\"", shape.kind) };
    let faint = if shape.is_faint { " data-faint" } else { "" };
    let (code, x, y) = (escaped(&shape.code), shape.x, shape.y);
    let inside = match (shape.path.as_str(), code.as_str()) {
        ("", _) => format!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"34\" height=\"34\" overflow=\"visible\"><rect width=\"34\" height=\"34\"/>\
             <text x=\"17\" y=\"17.5\" font-size=\"13\">{code}</text></svg>"
        ),
        (path, "") => format!("<path d=\"{}\"/>", escaped(path)),
        (path, _) => format!("<path d=\"{}\"/><text class=\"on-outline\" x=\"{x}\" y=\"{y}\">{code}</text>", escaped(path)),
    };
    let (href, name) = (escaped(&shape.href), escaped(&shape.name));
    format!("<a href=\"{href}\"{}{kind}{faint}><title>{name}</title>{inside}</a>", fill.attributes())
}
