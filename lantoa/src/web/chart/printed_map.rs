//! A map for paper: outlines with their letters, and under them what each filling means. It carries its looks itself, as everything on paper
//! does, and black and white is enough to read it: the more, the deeper; what nobody knows has no filling and a broken edge.

use super::canvas::{escaped, place};
use super::map::{Fill, Shape};
use super::paper::colour;

/// Room for a line of the key, and for the text in it, in units of the picture.
const LINE: i32 = 36;
const SAMPLE: i32 = 22;
const LETTERS: i32 = 22;
/// From here on letters are light on a deep filling.
const DEEP: usize = 4;
/// So wide is a column of the key at least.
const COLUMN: i32 = 320;

/// What a filling means.
pub type Meaning = (Fill, String);

/// Draws places in a picture of that width and height; `title` is what it is called, and stands nowhere on it: on paper a caption does.
#[must_use]
pub fn drawn(title: &str, (wide, high): (i32, i32), places: &[(Shape, Fill)], key: &[Meaning]) -> String {
    let count = i32::try_from(key.len()).unwrap_or_default();
    let columns = (wide / COLUMN).clamp(1, count.max(1));
    let whole = high + (count + columns - 1) / columns * LINE + 8;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {wide} {whole}\" width=\"{wide}\" height=\"{whole}\" \
         font-family=\"'Times New Roman', 'Tinos', serif\"><title>{}</title>",
        escaped(title)
    );
    for (shape, fill) in places {
        svg.push_str(&one(shape, *fill));
    }
    for (turn, (fill, words)) in (0..).zip(key) {
        let (x, y) = (turn % columns * (wide / columns) + 1, high + turn / columns * LINE + 8);
        svg.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{SAMPLE}\" height=\"{SAMPLE}\"{}/><text x=\"{}\" y=\"{}\" font-size=\"{LETTERS}\" \
             fill=\"{}\">{}</text>",
            filled(*fill),
            x + SAMPLE + 8,
            y + SAMPLE - 4,
            colour("ink"),
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
    let look = filled(fill);
    let name = escaped(&shape.name);
    let area = format!(
        "<path d=\"{}\" fill-rule=\"evenodd\" stroke-linejoin=\"round\"{look}><title>{name}</title></path>",
        escaped(&shape.path)
    );
    if shape.code.is_empty() {
        return area;
    }
    let is_deep = matches!(fill, Fill::Level(level) if level >= DEEP);
    let ink = if is_deep { "#ffffff" } else { colour("ink") };
    let down = place(f64::from(shape.y) + 5.0);
    format!(
        "{area}<text x=\"{}\" y=\"{down}\" font-size=\"15\" text-anchor=\"middle\" fill=\"{ink}\">{}</text>",
        shape.x,
        escaped(&shape.code)
    )
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
        assert!(!svg.contains("var(") && !svg.contains("class="), "it needs no style sheet");
        assert!(drawn("", (0, 0), &[], &[]).ends_with("</svg>"));
    }
}
