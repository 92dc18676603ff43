//! A map for paper: outlines, or equal tiles, with their letters, and under them what each filling means. It carries its looks itself, as
//! everything on paper does, and black and white is enough to read it: the more, the deeper; what nobody knows has no filling and a broken
//! edge.

use super::canvas::{escaped, place};
use super::map::{Fill, STEP, Shape};
use super::paper::colour;

/// The key is laid out for a picture of this width, and as much smaller or larger as the picture is.
const WIDE: f64 = 1000.0;
const LINE: f64 = 36.0;
const SAMPLE: f64 = 22.0;
const COLUMN: f64 = 320.0;
/// From here on letters are light on a deep filling.
const DEEP: usize = 4;

/// What a filling means.
pub type Meaning = (Fill, String);

/// Draws places in a picture of that width and height; `title` is what it is called, and stands nowhere on it: on paper a caption does.
#[must_use]
pub fn drawn(title: &str, (wide, high): (i32, i32), places: &[(Shape, Fill)], key: &[Meaning]) -> String {
    let scale = f64::from(wide) / WIDE;
    let columns = ((WIDE / COLUMN) as usize).clamp(1, key.len().max(1));
    let whole = f64::from(high) + (key.len().div_ceil(columns) as f64 * LINE + 8.0) * scale;
    let whole = place(whole.ceil());
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {wide} {whole}\" width=\"{wide}\" height=\"{whole}\" \
         font-family=\"'Times New Roman', 'Tinos', serif\"><title>{}</title>",
        escaped(title)
    );
    for (shape, fill) in places {
        svg.push_str(&one(shape, *fill));
    }
    for (turn, (fill, words)) in key.iter().enumerate() {
        let (x, y) = ((turn % columns) as f64 * WIDE / columns as f64 + 2.0, (turn / columns) as f64 * LINE + 8.0);
        let at = |x: f64, y: f64| (place(x * scale), place(f64::from(high) + y * scale));
        let ((left, top), (from, base)) = (at(x, y), at(x + SAMPLE + 8.0, y + SAMPLE - 4.0));
        let (side, ink) = (place(SAMPLE * scale), colour("ink"));
        svg.push_str(&format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{side}\" height=\"{side}\"{}/>\
             <text x=\"{from}\" y=\"{base}\" font-size=\"{side}\" fill=\"{ink}\">{}</text>",
            filled(*fill),
            escaped(words)
        ));
    }
    svg.push_str("</svg>");
    svg
}

fn filled(fill: Fill) -> String {
    let edge = colour("line-strong");
    match fill {
        Fill::Level(level) => format!(" fill=\"{}\" stroke=\"{edge}\" stroke-width=\"1\"", colour(&format!("band-{level}"))),
        Fill::Plain | Fill::State(_) | Fill::Gap => {
            format!(" fill=\"#ffffff\" stroke=\"{edge}\" stroke-width=\"1\" stroke-dasharray=\"6 4\"")
        }
    }
}

fn one(shape: &Shape, fill: Fill) -> String {
    let (look, name) = (filled(fill), escaped(&shape.name));
    let (area, x, y, size) = if shape.path.is_empty() {
        let (x, y, side, half) = (shape.x, shape.y, STEP - 2, STEP / 2 - 1);
        let area = format!("<rect x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\"{look}><title>{name}</title></rect>");
        (area, x + half, y + half, 13)
    } else {
        let path = escaped(&shape.path);
        let area =
            format!("<path d=\"{path}\" fill-rule=\"evenodd\" stroke-linejoin=\"round\"{look}><title>{name}</title></path>");
        (area, shape.x, shape.y, 15)
    };
    if shape.code.is_empty() {
        return area;
    }
    let is_deep = matches!(fill, Fill::Level(level) if level >= DEEP);
    let ink = if is_deep { "#ffffff" } else { colour("ink") };
    // The line of writing lies a third of the letters' size under their middle.
    let base = place(f64::from(y) + f64::from(size) / 3.0);
    let code = escaped(&shape.code);
    format!("{area}<text x=\"{x}\" y=\"{base}\" font-size=\"{size}\" text-anchor=\"middle\" fill=\"{ink}\">{code}</text>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(name: &str, code: &str) -> Shape {
        Shape { name: name.into(), code: code.into(), x: 50, y: 40, path: "M0 0h100v80h-100z".into(), ..Shape::default() }
    }

    #[test]
    fn figures_and_gaps_are_told_apart_without_colour_and_every_filling_has_its_words() {
        let places = [(shape("Xã <A>", "A"), Fill::Level(5)), (shape("Xã B", ""), Fill::Gap)];
        let key = [(Fill::Level(5), "80 – 100\u{a0}%".to_owned()), (Fill::Gap, "Không có số".to_owned())];
        let svg = drawn("Tỷ lệ", (640, 500), &places, &key);
        assert!(svg.contains("Xã &#60;A&#62;") || svg.contains("Xã &lt;A&gt;"), "{svg}");
        assert!(svg.contains("fill=\"#094a48\"") && svg.contains(">80 – 100\u{a0}%<") && svg.contains(">Không có số<"), "{svg}");
        assert_eq!(
            (svg.matches("stroke-dasharray").count(), svg.matches("<path").count(), svg.matches("<rect").count()),
            (2, 2, 2)
        );
        let tile = (Shape { path: String::new(), ..shape("Xã C", "C") }, Fill::Level(1));
        let svg_of_tile = drawn("", (36, 36), &[tile], &[]);
        assert!(
            svg_of_tile.contains("<rect x=\"50\" y=\"40\" width=\"34\"") && svg_of_tile.contains("x=\"67\""),
            "{svg_of_tile}"
        );
        assert!(!svg.contains("var(") && !svg.contains("class="), "it needs no style sheet");
        assert!(drawn("", (0, 0), &[], &[]).ends_with("</svg>"));
    }
}
