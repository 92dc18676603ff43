//! Characters with places, out of the decoder of text.

use crate::normal::symbol;
use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// Characters of a page; a dense page has 5,000.
const GLYPHS_MAX: usize = 400_000;

/// A character on an upright page, in points from its upper left corner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    pub x: f32,
    /// The line it stands on.
    pub y: f32,
    pub width: f32,
    /// Height of its font.
    pub size: f32,
    pub sign: char,
}

/// Collects what the decoder gives.
pub(super) struct Collector {
    width: f32,
    height: f32,
    pub glyphs: Vec<Glyph>,
    /// Characters the fonts gave no meaning.
    pub unknown: usize,
}

impl Collector {
    pub fn new((width, height): (f32, f32)) -> Self {
        Self { width, height, glyphs: Vec::new(), unknown: 0 }
    }

    fn take(&mut self, sign: char, x: f32, width: f32, y: f32, size: f32) {
        let signs: &[char] = match sign {
            '\u{fb00}' => &['f', 'f'],
            '\u{fb01}' => &['f', 'i'],
            '\u{fb02}' => &['f', 'l'],
            '\u{fb03}' => &['f', 'f', 'i'],
            '\u{fb04}' => &['f', 'f', 'l'],
            _ => &[symbol(sign)],
        };
        let mut at = x;
        let share = width / f32::from(u8::try_from(signs.len()).unwrap_or(1));
        for sign in signs {
            self.glyphs.push(Glyph { x: at, y, width: share, size, sign: *sign });
            at += share;
        }
    }
}

impl OutputDev for Collector {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(&mut self, trm: &Transform, width: f64, _: f64, font_size: f64, text: &str) -> Result<(), OutputError> {
        let along = trm.m11.hypot(trm.m12);
        let size = single(trm.m21.hypot(trm.m22) * font_size.abs());
        let upright = trm.m12.abs() <= 0.1 * along && trm.m11 * font_size > 0.0;
        let finite = [trm.m31, trm.m32, width, along].iter().all(|number| number.is_finite());
        if !upright || !finite || !(0.5..=400.0).contains(&size) || self.glyphs.len() > GLYPHS_MAX {
            return Ok(());
        }
        let (x, y) = (single(trm.m31), self.height - single(trm.m32));
        if !(0.0..=self.width).contains(&x) || !(0.0..=self.height).contains(&y) {
            return Ok(());
        }
        let advance = single(width * font_size.abs() * along).max(0.0);
        self.unknown += usize::from(text.is_empty());
        let count = f32::from(u8::try_from(text.chars().count()).unwrap_or(u8::MAX).max(1));
        for (place, sign) in (0u8..).zip(text.chars()) {
            let meaningless = matches!(sign, '\u{fffd}' | '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{e000}'..='\u{f8ff}');
            self.unknown += usize::from(meaningless && !matches!(sign, '\u{f000}'..='\u{f0ff}'));
            self.take(sign, x + advance * f32::from(place) / count, advance / count, y, size);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Places on a page need no more than single precision.
#[expect(clippy::cast_possible_truncation, reason = "points on a page are far from the bounds of f32")]
fn single(number: f64) -> f32 {
    number as f32
}
