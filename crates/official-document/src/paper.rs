//! Writes plain documents in the layout of Nghị định 30/2020/NĐ-CP, Appendix I (A4, margins, letters) as Office Open XML
//! (ECMA-376): headings, paragraphs with links, tables. What is written is text, whatever letters it has.

use std::fmt::Write as _;
use std::io;

use crate::columns::{Column, is_figure_or_gap, widths};
use crate::ooxml::{LETTERS, Package, UPRIGHT, WIDE, run, section};

/// A stretch of words.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Run {
    pub text: String,
    /// Where it leads; empty: nowhere.
    pub href: String,
    pub strong: bool,
    pub italic: bool,
}

impl Run {
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Words that lead to an address.
    #[must_use]
    pub fn link(text: &str, href: &str) -> Self {
        Self { href: href.to_owned(), ..Self::text(text) }
    }

    #[must_use]
    pub fn strong(text: &str) -> Self {
        Self { strong: true, ..Self::text(text) }
    }

    #[must_use]
    pub fn italic(text: &str) -> Self {
        Self { italic: true, ..Self::text(text) }
    }
}

/// A document that is being written.
#[derive(Debug, Default)]
pub struct Paper {
    package: Package,
    /// Whether the section that is being written lies on its side.
    is_wide: bool,
    /// Where the headings begin that stand over what comes next, and whether the last thing written was one of them.
    headed_at: Option<usize>,
    is_heading: bool,
}

impl Paper {
    #[must_use]
    pub fn new(title: &str) -> Self {
        let styles = STYLES.replace("{letters}", LETTERS);
        Self { package: Package::new(title, styles), ..Self::default() }
    }

    /// A heading of level 1 to 3.
    pub fn heading(&mut self, level: u8, text: &str) {
        let level = level.clamp(1, 3);
        let run = run(text, "");
        if !self.is_heading || self.headed_at.is_none() {
            self.headed_at = Some(self.package.body.len());
        }
        self.is_heading = true;
        let _ = write!(self.package.body, "<w:p><w:pPr><w:pStyle w:val=\"Heading{level}\"/></w:pPr>{run}</w:p>");
    }

    /// A paragraph. One right under a heading stays on the page of what follows it.
    pub fn paragraph(&mut self, runs: Vec<Run>) {
        let properties = if self.is_heading { "<w:pPr><w:keepNext/></w:pPr>" } else { "" };
        let paragraph = self.made(&runs, properties);
        self.is_heading = false;
        self.package.body.push_str(&paragraph);
    }

    /// A table with a heading row. One of many columns lies on a page turned on its side, with the headings over it; columns of
    /// figures stand at the right.
    pub fn table(&mut self, head: &[String], rows: Vec<Vec<Run>>) {
        self.turn(head.len() > UPRIGHT_COLUMNS);
        let columns: Vec<Column> = head.iter().enumerate().map(|(at, head)| column(head, at, &rows)).collect();
        let widths = widths(if self.is_wide { WIDE } else { UPRIGHT }, &columns, true);
        let columns: Vec<(usize, bool)> = widths.into_iter().zip(columns.iter().map(|column| column.is_figures)).collect();
        self.package
            .body
            .push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(self.package.body, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
        }
        self.package.body.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
        for (width, _) in &columns {
            let _ = write!(self.package.body, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.package.body.push_str("</w:tblGrid>");
        let heads: Vec<Run> = head.iter().map(|text| Run::strong(text)).collect();
        self.row(&heads, &columns, "<w:trPr><w:tblHeader/></w:trPr>");
        for cells in rows {
            self.row(&cells, &columns, "");
        }
        self.package.body.push_str("</w:tbl><w:p/>");
        (self.headed_at, self.is_heading) = (None, false);
    }

    /// `columns`: how wide each is, in twentieths of a point, and whether it holds figures.
    fn row(&mut self, cells: &[Run], columns: &[(usize, bool)], properties: &str) {
        let _ = write!(self.package.body, "<w:tr>{properties}");
        for (cell, (width, is_figures)) in cells.iter().zip(columns) {
            let side = if *is_figures { "<w:jc w:val=\"right\"/>" } else { "" };
            let paragraph = self.made(std::slice::from_ref(cell), &format!("<w:pPr><w:spacing w:after=\"40\"/>{side}</w:pPr>"));
            let _ = write!(self.package.body, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{paragraph}</w:tc>");
        }
        self.package.body.push_str("</w:tr>");
    }

    /// Ends the section where the next one lies otherwise: before the headings that belong to what comes. A title and a line
    /// under it make no page of their own.
    fn turn(&mut self, is_wide: bool) {
        if self.is_wide == is_wide {
            return;
        }
        let at = self.headed_at.unwrap_or(self.package.body.len());
        let before = &self.package.body[..at];
        if before.contains("<w:tbl>") || before.matches("<w:p>").count() > TITLE_PARAGRAPHS {
            self.package.body.insert_str(at, &format!("<w:p><w:pPr>{}</w:pPr></w:p>", section(self.is_wide, "", "")));
        }
        self.is_wide = is_wide;
    }

    fn made(&mut self, runs: &[Run], properties: &str) -> String {
        self.package.made(runs, properties, look)
    }

    /// The file.
    ///
    /// # Errors
    /// The package can not be put together.
    pub fn bytes(mut self) -> io::Result<Vec<u8>> {
        self.package.body.push_str(&section(self.is_wide, "", ""));
        self.package.bytes()
    }
}

fn look(run: &Run) -> String {
    let mut look = String::new();
    look.push_str(if run.strong { "<w:b/>" } else { "" });
    look.push_str(if run.italic { "<w:i/>" } else { "" });
    look.push_str(if run.href.is_empty() { "" } else { "<w:color w:val=\"1F4E79\"/><w:u w:val=\"single\"/>" });
    if look.is_empty() { look } else { format!("<w:rPr>{look}</w:rPr>") }
}

/// What a column asks for, by its letters.
fn column(head: &str, at: usize, rows: &[Vec<Run>]) -> Column {
    let cells = || rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.text.as_str());
    let letters = |text: &str| text.chars().count();
    let texts = || cells().chain([head]);
    let longest_word = texts().flat_map(str::split_whitespace).map(letters).max().unwrap_or_default();
    let longest_text = texts().map(letters).max().unwrap_or_default();
    Column {
        word: longest_word * LETTER + CELL_EDGES,
        text: longest_text.min(LINE_LETTERS) * LETTER,
        is_figures: cells().all(is_figure_or_gap) && cells().any(|text| text.contains(|letter: char| letter.is_ascii_digit())),
    }
}

/// A table of more columns lies on a page turned on its side.
const UPRIGHT_COLUMNS: usize = 6;
/// The title and the line under it.
const TITLE_PARAGRAPHS: usize = 2;
/// A bold letter at 14 points, and the edges of a cell, in twentieths of a point.
const LETTER: usize = 150;
const CELL_EDGES: usize = 230;
/// A longer text than this takes several lines anyway.
const LINE_LETTERS: usize = 40;

/// Headings, and room under paragraphs.
const STYLES: &str = "<w:docDefaults>{letters}<w:pPrDefault><w:pPr><w:spacing w:after=\"120\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"240\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"32\"/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"240\"/><w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Heading3\"><w:name w:val=\"heading 3\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"120\"/><w:outlineLvl w:val=\"2\"/></w:pPr><w:rPr><w:b/><w:i/></w:rPr></w:style><w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/></w:style>";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut paper = Paper::new("Tổng hợp <thử>");
        paper.heading(1, "TỔNG HỢP KẾT QUẢ");
        let hostile = "Đạt 5 < 7 & \"tốt\" <script>alert(1)</script>\u{0}";
        paper.paragraph(vec![Run::text(hostile), Run::link("[Sở Xây dựng]", "https://example.org/?a=1&b=2")]);
        paper.table(&["Cơ quan".into(), "Tỷ lệ".into()], vec![vec![Run::text("Sở Xây dựng"), Run::text("62%")]]);
        let bytes = paper.bytes().expect("a file");
        let read = crate::read(&bytes, "tong-hop.docx", &crate::Limits::default()).expect("a document that can be read");
        let whole = format!("{read:?}");
        for words in ["TỔNG HỢP KẾT QUẢ", "<script>alert(1)</script>", "[Sở Xây dựng]", "62%"] {
            assert!(whole.contains(words), "{words} is not in {whole}");
        }
    }

    #[test]
    fn a_column_has_room_for_its_words_and_many_columns_a_wide_page() {
        let mut paper = Paper::new("Sơ kết");
        paper.heading(1, "SƠ KẾT");
        paper.table(&["Cơ quan".into(), "Tỷ lệ".into()], vec![vec![Run::text("Sở Xây dựng"), Run::text("62%")]]);
        let narrow = paper.package.body.clone();
        assert!(!narrow.contains("sectPr"), "one section until a page is turned");
        assert_eq!(narrow.matches("<w:jc w:val=\"right\"/>").count(), 2, "the figure and its heading");
        paper.heading(2, "Theo cơ quan");
        let head: Vec<String> =
            ["Cơ quan", "Phải nộp", "Đã nộp", "Đúng hạn", "Muộn", "Quá hạn", "Ngày"].map(str::to_owned).into();
        let cells = ["Ủy ban nhân dân phường Mỹ Tho", "12", "10", "9", "1", "–", "20/6/2026"];
        paper.table(&head, vec![cells.map(Run::text).into()]);
        let wide = paper.package.body.strip_prefix(&narrow).expect("what was written stays");
        assert!(wide.starts_with("<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"11906\""), "turned before the heading: {wide}");
        assert_eq!(wide.matches("<w:jc w:val=\"right\"/>").count(), 8, "four columns: gaps alone and days are no figures");
        let read = |piece: &str| piece.split('"').next().and_then(|width| width.parse::<usize>().ok()).expect("a width");
        let widths: Vec<usize> = wide.split("<w:gridCol w:w=\"").skip(1).map(read).collect();
        assert_eq!(widths.len(), 7);
        assert!(widths[0] == WIDE / 3 && widths.iter().sum::<usize>() <= WIDE, "{widths:?}");
        assert!(widths[6] >= 9 * LETTER, "a day stays in one line: {widths:?}");
        crate::read(&paper.bytes().expect("a file"), "so-ket.docx", &crate::Limits::default()).expect("a document that is read");
    }

    /// A title alone on an upright page would be a page of nothing.
    #[test]
    fn a_title_stands_on_the_wide_page_of_the_first_table() {
        let mut paper = Paper::new("Sơ kết");
        paper.heading(1, "SƠ KẾT");
        paper.paragraph(vec![Run::text("Kế hoạch · 20/6/2026")]);
        paper.heading(2, "Tiến độ");
        let head: Vec<String> = (1..=7).map(|place| format!("Cột {place}")).collect();
        let row = ["Sở Xây dựng", "1", "dưới 1%", "3", "4", "5", "6"].map(Run::text);
        paper.table(&head, vec![row.into()]);
        assert!(!paper.package.body.contains("sectPr") && paper.is_wide, "one section, on its side: {}", paper.package.body);
        assert_eq!(paper.package.body.matches("<w:jc w:val=\"right\"/>").count(), 12, "a share below one per cent is a figure");
    }
}
