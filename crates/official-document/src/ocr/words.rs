//! Words with places, as `tesseract … tsv` prints them, onto a page like that of a PDF.

use crate::pdf::{Glyph, Page};

/// The columns of a row: level page block paragraph line word left top width height sureness text.
const COLUMNS: usize = 12;
/// Levels: 1 the page, 4 a line, 5 a word.
const PAGE: &str = "1";
const LINE: &str = "4";
const WORD: &str = "5";
/// The line that letters stand on lies at this share of the height of a line.
const BASE: f32 = 0.78;

/// The page, its longer side so many points, and how sure the program is of each word, in hundredths.
pub(super) fn page(table: &str, points: f32) -> (Page, Vec<f32>) {
    let mut drawing = Drawing { scale: 1.0, width: 0.0, height: 0.0, base: 0.0, size: 12.0 };
    let (mut glyphs, mut sureness) = (Vec::new(), Vec::new());
    for row in table.lines().filter_map(Row::read) {
        match row.level {
            PAGE => drawing = Drawing::of(&row, points),
            LINE => {
                drawing.base = (row.top + row.height * BASE) * drawing.scale;
                drawing.size = row.height * drawing.scale * BASE;
            }
            WORD if !row.text.trim().is_empty() => {
                sureness.push(row.sureness);
                drawing.word(&row, &mut glyphs);
            }
            _ => {}
        }
    }
    (Page::of_glyphs(drawing.width, drawing.height, glyphs), sureness)
}

/// From pixels to points.
struct Drawing {
    scale: f32,
    width: f32,
    height: f32,
    /// The line that the words of the present line stand on, and their size.
    base: f32,
    size: f32,
}

impl Drawing {
    fn of(page: &Row, points: f32) -> Self {
        let scale = points / page.width.max(page.height).max(1.0);
        Self { scale, width: page.width * scale, height: page.height * scale, base: 0.0, size: 12.0 }
    }

    /// The characters of a word share its width; a space follows it.
    fn word(&self, row: &Row, glyphs: &mut Vec<Glyph>) {
        let count = f32::from(u16::try_from(row.text.chars().count()).unwrap_or(u16::MAX));
        let width = row.width * self.scale / count.max(1.0);
        for (place, sign) in (0u16..).zip(row.text.chars()) {
            let x = row.left * self.scale + width * f32::from(place);
            glyphs.push(Glyph { x, y: self.base, width, size: self.size, sign });
        }
    }
}

struct Row<'a> {
    level: &'a str,
    left: f32,
    top: f32,
    width: f32,
    height: f32,
    sureness: f32,
    text: &'a str,
}

impl<'a> Row<'a> {
    /// A row of the table; nothing for its head.
    fn read(line: &'a str) -> Option<Self> {
        let cells: Vec<&str> = line.splitn(COLUMNS, '\t').collect();
        let number = |place: usize| cells.get(place)?.parse::<f32>().ok().filter(|number| number.is_finite());
        Some(Self {
            level: cells.first()?,
            left: number(6)?,
            top: number(7)?,
            width: number(8)?,
            height: number(9)?,
            sureness: number(10)?.max(0.0),
            text: cells.get(11).copied().unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t
4\t1\t1\t1\t1\t0\t300\t400\t700\t60\t-1\t
5\t1\t1\t1\t1\t1\t300\t400\t250\t60\t91.5\tKẾ
5\t1\t1\t1\t1\t2\t580\t400\t420\t60\t88.5\tHOẠCH
";

    #[test]
    fn words_come_to_stand_on_a_page() {
        let (page, sureness) = page(TABLE, 842.0);
        let words: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(words, ["KẾ HOẠCH"]);
        assert_eq!(sureness, [91.5, 88.5]);
        assert!((page.height - 842.0).abs() < 0.1 && (page.lines[0].left - 72.0).abs() < 0.1);
    }

    #[test]
    fn a_table_that_is_none_is_an_empty_page() {
        assert!(page("rác\n\t\t\n5\t1\t1\t1\t1\t1\tx\t0\t0\t0\t0\ta", 842.0).0.lines.is_empty());
    }
}
