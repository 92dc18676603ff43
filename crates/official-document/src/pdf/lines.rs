//! Characters into lines of text.

use super::glyphs::Glyph;
use crate::marker::Marker;

/// Characters of one line stand on one level, within this share of their size.
const LEVEL: f32 = 0.3;
/// A gap wider than this share of the size is a space between words.
const WORD_GAP: f32 = 0.17;
/// A gap wider than this share of the size parts two columns.
const COLUMN_GAP: f32 = 2.5;
/// A gap wider than this share of the size may part two columns where the lines around have them.
const CROSSING_GAP: f32 = 0.4;
/// A raised figure is at most this share of the size of the words around it.
const RAISED_SIZE: f32 = 0.8;

/// A line of text in one column, in points from the upper left corner of the page.
#[derive(Clone, Debug)]
pub(crate) struct TextLine {
    pub left: f32,
    pub right: f32,
    /// The level its characters stand on.
    pub y: f32,
    pub size: f32,
    pub text: String,
    /// Where each character of `text` begins.
    xs: Vec<f32>,
}

impl TextLine {
    /// Two lines, parted before the character at this place.
    pub fn parted(mut self, place: usize) -> (Self, Self) {
        let byte = self.text.char_indices().nth(place).map_or(self.text.len(), |(byte, _)| byte);
        let words = self.text.split_off(byte);
        let xs = self.xs.split_off(place.min(self.xs.len()));
        let left = xs.first().copied().unwrap_or(self.right);
        let below = Self { left, text: words, xs, ..self };
        self.text.truncate(self.text.trim_end().len());
        let end = self.xs.get(self.text.chars().count()).or(self.xs.last()).copied();
        self.right = end.unwrap_or(left).min(left);
        (self, below)
    }

    /// The character before which a gap wider than a space between words lies in this strip, if one does.
    pub fn gap_in(&self, left: f32, right: f32) -> Option<usize> {
        let characters: Vec<char> = self.text.chars().collect();
        let gap = |place: &usize| {
            let (before, next) = (self.xs[place - 1], self.xs[*place]);
            let wide = characters[place - 1] == ' ' && next - before >= self.size * CROSSING_GAP;
            wide && before < right && next > left
        };
        (1..characters.len().min(self.xs.len())).find(gap)
    }

    fn begun(sign: char, glyph: &Glyph, y: f32, size: f32) -> Self {
        Self { left: glyph.x, right: glyph.x + glyph.width, y, size, text: sign.to_string(), xs: vec![glyph.x] }
    }

    /// Takes the next character; a gap before it is a space, when the file does not write it as one.
    fn push(&mut self, sign: char, glyph: &Glyph, gap: f32) {
        if gap > WORD_GAP * self.size && !self.text.ends_with(' ') {
            self.space();
        }
        self.text.push(sign);
        self.xs.push(glyph.x);
        self.right = self.right.max(glyph.x + glyph.width);
    }

    fn space(&mut self) {
        self.text.push(' ');
        self.xs.push(self.right);
    }

    /// The width of its first word, estimated.
    pub fn first_word(&self) -> f32 {
        let characters = |text: &str| f32::from(u16::try_from(text.chars().count()).unwrap_or(u16::MAX));
        let word = self.text.split(' ').next().unwrap_or_default();
        (self.right - self.left) * characters(word) / characters(&self.text).max(1.0)
    }
}

/// Lines from top to bottom, those of one level from left to right.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<TextLine> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut levels: Vec<Level> = Vec::new();
    for glyph in glyphs {
        match levels.last_mut().filter(|level| level.holds(&glyph)) {
            Some(level) => level.push(glyph),
            None => levels.push(Level { y: glyph.y, size: glyph.size, glyphs: vec![glyph] }),
        }
    }
    let levels = with_raised(levels);
    levels.into_iter().flat_map(Level::lines).filter(|line| !line.text.is_empty()).collect()
}

struct Level {
    y: f32,
    size: f32,
    glyphs: Vec<Glyph>,
}

impl Level {
    fn holds(&self, glyph: &Glyph) -> bool {
        glyph.y - self.y <= LEVEL * self.size.max(glyph.size) && (glyph.size > self.size * 0.5) && (self.size > glyph.size * 0.5)
    }

    fn push(&mut self, glyph: Glyph) {
        // The level is that of the largest characters: raised figures do not lift it.
        if glyph.size > self.size * 1.05 {
            (self.y, self.size) = (glyph.y, glyph.size);
        }
        self.glyphs.push(glyph);
    }

    fn extent(&self) -> (f32, f32) {
        let left = self.glyphs.iter().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min);
        let right = self.glyphs.iter().map(|glyph| glyph.x + glyph.width).fold(f32::NEG_INFINITY, f32::max);
        (left, right)
    }

    /// Small characters a little above this level, within or right beside it.
    fn lifts(&self, small: &Self) -> bool {
        let (left, right) = self.extent();
        let (small_left, small_right) = small.extent();
        let above = (0.0..=self.size * 0.7).contains(&(self.y - small.y));
        above && small.size <= self.size * RAISED_SIZE && small_left >= left - self.size && small_right <= right + self.size
    }

    fn lines(mut self) -> Vec<TextLine> {
        self.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        let mut lines: Vec<TextLine> = Vec::new();
        let mut before: Option<Glyph> = None;
        for glyph in self.glyphs {
            if glyph.sign.is_whitespace() || before.is_some_and(|before| is_drawn_twice(before, glyph)) {
                lines.last_mut().filter(|_| glyph.sign.is_whitespace()).into_iter().for_each(TextLine::space);
                continue;
            }
            let raised = glyph.size <= self.size * RAISED_SIZE && self.y - glyph.y > self.size * 0.12;
            let sign = if raised { superscript(glyph.sign) } else { glyph.sign };
            let gap = before.map_or(0.0, |before| glyph.x - before.x - before.width);
            match lines.last_mut().filter(|line| gap <= COLUMN_GAP * self.size || is_marker(&line.text)) {
                Some(line) => line.push(sign, &glyph, gap),
                None => lines.push(TextLine::begun(sign, &glyph, self.y, self.size)),
            }
            before = Some(glyph);
        }
        lines.iter_mut().for_each(|line| line.text.truncate(line.text.trim_end().len()));
        lines
    }
}

/// Bold made by drawing the same character again beside itself.
fn is_drawn_twice(before: Glyph, glyph: Glyph) -> bool {
    before.sign == glyph.sign && !glyph.sign.is_whitespace() && glyph.x - before.x < glyph.size * 0.1
}

/// Nothing but a marker so far: the gap after it parts no columns.
fn is_marker(text: &str) -> bool {
    let text = text.trim();
    Marker::of(text).is_some_and(|marker| marker.length == text.len())
}

fn superscript(sign: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = sign.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
    digit.and_then(|digit| RAISED.get(digit)).copied().unwrap_or(sign)
}

/// Raised figures back into the line they belong to.
fn with_raised(levels: Vec<Level>) -> Vec<Level> {
    let mut kept: Vec<Level> = Vec::with_capacity(levels.len());
    for mut level in levels {
        while let Some(small) = kept.pop_if(|small| level.lifts(small)) {
            level.glyphs.extend(small.glyphs);
        }
        kept.push(level);
    }
    kept
}

#[cfg(test)]
impl TextLine {
    /// A line of the given words between two places.
    pub fn of(text: &str, left: f32, right: f32, y: f32) -> Self {
        let count = text.chars().count();
        let xs = (0..count).map(|place| left + (right - left) * f32::from(u16::try_from(place).unwrap_or(0)) / 100.0).collect();
        Self { left, right, y, size: 13.0, text: text.into(), xs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let place = |(place, sign): (u8, char)| Glyph { x: x + f32::from(place) * size / 2.0, y, width: size / 2.0, size, sign };
        (0u8..).zip(text.chars()).map(place).collect()
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        lines(glyphs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn words_columns_and_lines() {
        let mut page = glyphs("dòng", 50.0, 120.0, 12.0);
        page.extend(glyphs("UBND", 50.0, 100.0, 12.0));
        page.extend(glyphs("XÃ", 80.0, 100.5, 12.0));
        page.extend(glyphs("CỘNG", 200.0, 99.0, 13.0));
        assert_eq!(texts(page), ["UBND XÃ", "CỘNG", "dòng"]);
    }

    #[test]
    fn a_gap_after_a_marker_is_no_column() {
        let mut page = glyphs("a)", 50.0, 100.0, 12.0);
        page.extend(glyphs("Việc", 110.0, 100.0, 12.0));
        assert_eq!(texts(page), ["a) Việc"]);
    }

    #[test]
    fn raised_figures_and_double_drawing() {
        let mut page = glyphs("tuyến", 50.0, 100.0, 14.0);
        page.extend(glyphs("1", 85.0, 95.0, 8.0));
        page.extend(glyphs(".", 89.5, 100.0, 14.0));
        page.extend(glyphs("t", 50.4, 100.0, 14.0));
        assert_eq!(texts(page), ["tuyến¹."]);
    }
}
