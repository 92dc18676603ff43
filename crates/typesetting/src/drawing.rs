//! A drawing (SVG) as every program shows it: letters become outlines, styles are settled, scripts and what lies elsewhere are
//! gone. As SVG and as picture points.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, WriteOptions, fontdb};

use crate::{Error, fonts};

/// No picture has more points a side.
const POINTS_MAX: f32 = 4_000.0;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts::FILES.iter().for_each(|file| fonts.load_font_data(file.to_vec()));
    for set in [
        fontdb::Database::set_sans_serif_family,
        fontdb::Database::set_cursive_family,
        fontdb::Database::set_fantasy_family,
        fontdb::Database::set_monospace_family,
    ] {
        set(&mut fonts, "Be Vietnam Pro");
    }
    fonts.set_serif_family("Liberation Serif");
    Arc::new(fonts)
});

/// A drawing that was read.
#[derive(Clone, Debug)]
pub struct Drawing {
    tree: Tree,
}

impl Drawing {
    /// Reads a drawing. Where a style says `var(--name, red)` it is red: there is no page around it.
    ///
    /// # Errors
    /// It is no SVG, has no size, or has too many elements.
    pub fn read(svg: &str) -> Result<Self, Error> {
        let options = Options {
            font_family: "Be Vietnam Pro".into(),
            fontdb: Arc::clone(&FONTS),
            // Neither files nor addresses are looked up; what is in the drawing itself is.
            image_href_resolver: ImageHrefResolver {
                resolve_data: ImageHrefResolver::default_data_resolver(),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        };
        let tree = Tree::from_str(&without_variables(svg), &options).map_err(|why| Error::Drawing(why.to_string()))?;
        Ok(Self { tree })
    }

    /// Height ÷ width.
    #[must_use]
    pub fn slope(&self) -> f32 {
        self.tree.size().height() / self.tree.size().width()
    }

    /// The drawing with letters as outlines.
    #[must_use]
    pub fn svg(&self) -> String {
        let options = WriteOptions { preserve_text: false, coordinates_precision: 3, ..WriteOptions::default() };
        self.tree.to_string(&options)
    }

    /// Picture points on white, so many across, as PNG.
    ///
    /// # Errors
    /// There is no room for them.
    pub fn png(&self, across: u32) -> Result<Vec<u8>, Error> {
        let size = self.tree.size();
        #[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
        let wanted = across as f32 / size.width();
        let scale = wanted.min(POINTS_MAX / size.width()).min(POINTS_MAX / size.height());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and POINTS_MAX")]
        let points = |side: f32| (side * scale).round().clamp(1.0, POINTS_MAX) as u32;
        let failed = |why: &str| Error::Drawing(why.to_owned());
        let mut pixels = Pixmap::new(points(size.width()), points(size.height())).ok_or_else(|| failed("no size"))?;
        pixels.fill(Color::WHITE);
        resvg::render(&self.tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        pixels.encode_png().map_err(|why| failed(&why.to_string()))
    }
}

/// `var(--water, #17586a)` as `#17586a`; `var(--water)` as the colour that is current.
fn without_variables(svg: &str) -> String {
    let mut settled = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find("var(--") {
        settled.push_str(&rest[..at]);
        let Some(length) = closing(&rest[at + 4..]) else {
            settled.push_str(&rest[at..]);
            return settled;
        };
        let inside = &rest[at + 4..at + 4 + length];
        settled.push_str(
            &inside.split_once(',').map_or_else(|| "currentColor".to_owned(), |(_, other)| without_variables(other.trim())),
        );
        rest = &rest[at + 5 + length..];
    }
    settled.push_str(rest);
    settled
}

/// Where the bracket closes that was opened before.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1;
    text.bytes().position(|byte| {
        open += i32::from(byte == b'(') - i32::from(byte == b')');
        open == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\" role=\"img\"><title>Tiến độ</title>\
        <script>alert(1)</script><image href=\"file:///etc/passwd\" width=\"5\" height=\"5\"/>\
        <rect width=\"40\" height=\"20\" fill=\"var(--water, rgb(255, 0, 0))\"/><text x=\"2\" y=\"12\" font-size=\"8\">Ẵ</text></svg>";

    #[test]
    fn letters_become_outlines_and_nothing_comes_from_elsewhere() {
        let drawing = Drawing::read(SVG).expect("a drawing");
        let svg = drawing.svg();
        assert!(!svg.contains("<text") && !svg.contains("script") && !svg.contains("passwd") && svg.contains("#ff0000"), "{svg}");
        assert!(svg.matches("<path").count() >= 2, "{svg}");
        assert!((drawing.slope() - 0.5).abs() < 0.001);
        let png = drawing.png(80).expect("a picture");
        assert_eq!((&png[1..4], &png[16..24]), (&b"PNG"[..], &[0, 0, 0, 80, 0, 0, 0, 40][..]));
    }

    #[test]
    fn variables_have_another_colour_or_none() {
        assert_eq!(without_variables("a var(--b, var(--c, red)) d var(--e) var(--f"), "a red d currentColor var(--f");
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        for wrong in ["", "<html/>", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"0\"/>"] {
            assert!(Drawing::read(wrong).is_err(), "{wrong}");
        }
    }
}
