//! The picture of an article where others point to it (OpenGraph): title, section, agency, the site's mark; 1200 × 630 pixels,
//! drawn here with the site's own faces. Vietnamese breaks between words, never within one that fits a line.

use std::borrow::Cow;
use std::io::Cursor;
use std::sync::LazyLock;

use ab_glyph::{Font, FontVec, GlyphId, ScaleFont, point};
use anyhow::Context;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{Rgb, RgbImage, RgbaImage};

use crate::web::assets;

pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;
const MARGIN: f32 = 80.0;
const LINES_MAX: usize = 4;
const TITLE_PX: f32 = 60.0;
const TITLE_LEADING: f32 = 82.0;
const SMALL_PX: f32 = 30.0;
const GROUND: [u8; 3] = [18, 60, 64];
const WATER: [u8; 3] = [28, 84, 88];
const INK: [u8; 3] = [251, 249, 243];
const SOFT: [u8; 3] = [190, 214, 208];
/// So far from the ground of the icon, in one of the colours, a point is all mark: the ink of it is farther.
const CLEAR: f32 = 150.0;
/// The width that text has.
const MEASURE: f32 = 1200.0 - 2.0 * MARGIN;

/// A face in the parts that ship: the letters of one, then those of the next.
struct Face(Vec<FontVec>);

struct Faces {
    strong: Face,
    plain: Face,
    mark: RgbaImage,
}

/// None where assets were not built.
static FACES: LazyLock<Option<Faces>> = LazyLock::new(|| {
    let face = |weight: u32| {
        let part = |subset: &str| FontVec::try_from_vec(assets::bytes(&format!("card-{subset}-{weight}.ttf"))?.into_owned()).ok();
        Some(Face(vec![part("latin")?, part("vietnamese")?]))
    };
    let mark = cut_out(image::load_from_memory(&assets::bytes("card-mark.png")?).ok()?.into_rgba8());
    Some(Faces { strong: face(700)?, plain: face(500)?, mark })
});

/// The mark without the ground that its icon has: what differs from the colour of the corner, as much as it does. Edges, which
/// are half ground, become half transparent in the colour that they lead to.
fn cut_out(mut icon: RgbaImage) -> RgbaImage {
    let Some(ground) = icon.pixels().next().map(|corner| corner.0) else { return icon };
    for pixel in icon.pixels_mut() {
        let far = (0..3).map(|at| pixel.0[at].abs_diff(ground[at])).max().unwrap_or_default();
        let part = (f32::from(far) / CLEAR).clamp(0.0, 1.0);
        if part > 0.0 {
            for (ink, under) in pixel.0.iter_mut().zip(ground).take(3) {
                let own = (f32::from(*ink) - f32::from(under) * (1.0 - part)) / part;
                *ink = own.clamp(0.0, 255.0).round() as u8;
            }
        }
        pixel.0[3] = (f32::from(pixel.0[3]) * part).round() as u8;
    }
    icon
}

impl Face {
    /// The part that has the letter; None where no part has: it is left out.
    fn glyph(&self, letter: char) -> Option<(&FontVec, GlyphId)> {
        self.0.iter().map(|font| (font, font.glyph_id(letter))).find(|(_, glyph)| glyph.0 != 0)
    }

    fn width(&self, text: &str, px: f32) -> f32 {
        let of = |letter| self.glyph(letter).map_or(0.0, |(font, glyph)| scaled(font, px).h_advance(glyph));
        text.chars().map(of).sum()
    }

    fn draw(&self, picture: &mut RgbImage, text: &str, px: f32, (x, baseline): (f32, f32), ink: [u8; 3]) {
        let mut x = x;
        for (font, id) in text.chars().filter_map(|letter| self.glyph(letter)) {
            let advance = scaled(font, px).h_advance(id);
            let glyph = id.with_scale_and_position(scaled(font, px).scale, point(x, baseline));
            if let Some(outline) = font.outline_glyph(glyph) {
                let bounds = outline.px_bounds();
                outline.draw(|dx, dy, part| {
                    let at = |from: f32, by: u32| from as i64 + i64::from(by);
                    blend(picture, (at(bounds.min.x, dx), at(bounds.min.y, dy)), ink, part);
                });
            }
            x += advance;
        }
    }
}

/// A face whose em is so many pixels.
fn scaled(font: &FontVec, px: f32) -> ab_glyph::PxScaleFont<&FontVec> {
    let scale = font.pt_to_px_scale(px * 0.75).unwrap_or_else(|| px.into());
    font.as_scaled(scale)
}

fn blend(picture: &mut RgbImage, (x, y): (i64, i64), ink: [u8; 3], part: f32) {
    let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
    if x >= picture.width() || y >= picture.height() {
        return;
    }
    let under = picture.get_pixel(x, y).0;
    let part = part.clamp(0.0, 1.0);
    let mix = |at: usize| (f32::from(under[at]) * (1.0 - part) + f32::from(ink[at]) * part).round() as u8;
    picture.put_pixel(x, y, Rgb([mix(0), mix(1), mix(2)]));
}

/// Text in lines of that measure: broken between words, a word that is longer than a line within it; what is too much ends
/// with an ellipsis.
fn lines(text: &str, most: usize, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace().flat_map(|word| parts(word, &fits)) {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if line.is_empty() || fits(&longer) {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, word));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && !fits(&format!("{last}…")) {
                let at = last.rfind(' ').unwrap_or_else(|| last.char_indices().next_back().map_or(0, |(at, _)| at));
                last.truncate(at);
            }
            last.push('…');
        }
    }
    lines
}

fn parts(word: &str, fits: &impl Fn(&str) -> bool) -> Vec<String> {
    if fits(word) {
        return vec![word.to_owned()];
    }
    let mut parts = vec![String::new()];
    for letter in word.chars() {
        let last = parts.last_mut().map(|last| format!("{last}{letter}")).unwrap_or_default();
        match parts.last_mut() {
            Some(part) if part.is_empty() || fits(&last) => *part = last,
            _ => parts.push(letter.to_string()),
        }
    }
    parts
}

/// What stands on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub section: String,
    pub agency: String,
    pub site: String,
}

/// Whether it can be drawn.
#[must_use]
pub fn is_there() -> bool {
    FACES.is_some()
}

/// The picture as PNG; None where assets were not built.
///
/// # Errors
/// It can not be encoded.
pub fn drawn(words: &Words) -> anyhow::Result<Option<Vec<u8>>> {
    let Some(faces) = FACES.as_ref() else { return Ok(None) };
    let mut picture = ground();
    let title = lines(&words.title, LINES_MAX, |line| faces.strong.width(line, TITLE_PX) <= MEASURE);
    let one = |text: &str, measure: f32| -> Cow<'_, str> {
        lines(text, 1, |line| faces.plain.width(line, SMALL_PX) <= measure).into_iter().next().unwrap_or_default().into()
    };
    faces.plain.draw(&mut picture, &one(&words.section, MEASURE), SMALL_PX, (MARGIN, 110.0), SOFT);
    for (at, line) in title.iter().enumerate() {
        let baseline = 205.0 + TITLE_LEADING * at as f32;
        faces.strong.draw(&mut picture, line, TITLE_PX, (MARGIN, baseline), INK);
    }
    let room = MEASURE - 150.0;
    faces.plain.draw(&mut picture, &one(&words.agency, room), SMALL_PX, (MARGIN, 532.0), INK);
    faces.plain.draw(&mut picture, &one(&words.site, room), SMALL_PX * 0.85, (MARGIN, 574.0), SOFT);
    let (x, y) = (i64::from(WIDTH) - 80 - i64::from(faces.mark.width()), i64::from(HEIGHT) - 48 - i64::from(faces.mark.height()));
    for (dx, dy, pixel) in faces.mark.enumerate_pixels() {
        let [red, green, blue, alpha] = pixel.0;
        blend(&mut picture, (x + i64::from(dx), y + i64::from(dy)), [red, green, blue], f32::from(alpha) / 255.0);
    }
    let mut png = Cursor::new(Vec::new());
    picture
        .write_with_encoder(PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Up))
        .context("encoding")?;
    Ok(Some(png.into_inner()))
}

/// The site's deep colour, with water along the lower edge.
fn ground() -> RgbImage {
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let wave = 470.0 + 14.0 * (x as f32 / 210.0).sin() + 6.0 * (x as f32 / 83.0).sin();
        Rgb(if y as f32 > wave { WATER } else { GROUND })
    })
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn vietnamese_breaks_between_words_and_ends_with_an_ellipsis() {
        let fits = |line: &str| line.chars().count() <= 10;
        assert_eq!(lines("Mô hình trồng xoài số", 4, fits), ["Mô hình", "trồng xoài", "số"]);
        assert_eq!(lines("một hai ba bốn năm sáu bảy tám", 2, fits), ["một hai ba", "bốn năm…"]);
        assert_eq!(lines("Chuyểnđổisốquốcgia", 4, fits), ["Chuyểnđổis", "ốquốcgia"]);
        assert!(lines("  ", 4, fits).is_empty());
    }

    #[test]
    fn the_mark_stands_without_its_ground() {
        let ground = image::Rgba([18, 60, 64, 255]);
        let ink = image::Rgba([233, 228, 214, 255]);
        let icon = RgbaImage::from_fn(3, 1, |x, _| match x {
            0 => ground,
            1 => image::Rgba([125, 144, 139, 255]),
            _ => ink,
        });
        let mark = cut_out(icon);
        assert_eq!((mark.get_pixel(0, 0).0[3], *mark.get_pixel(2, 0)), (0, ink));
        let edge = mark.get_pixel(1, 0).0;
        assert!((100..200).contains(&edge[3]) && edge[0] > 150, "half of an edge: {edge:?}");
    }

    #[test]
    fn it_is_of_the_size_that_others_ask_for_and_says_something() {
        let words = Words {
            title: "ẮẰẲẴẶ Đồng Tháp — kế hoạch".into(), section: "Chuyển đổi số".into(), ..Words::default()
        };
        let Some(png) = drawn(&words).expect("a picture") else { return };
        let picture = image::load_from_memory(&png).expect("a PNG").into_rgb8();
        assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
        let inked = |from: u32, to: u32| (from..to).any(|y| (80..1100).any(|x| picture.get_pixel(x, y).0 == INK));
        assert!(inked(150, 210) && !inked(240, 480), "one line of title");
    }
}
