//! Writes plain documents in the layout of Nghị định 30/2020/NĐ-CP, Appendix I (A4, margins, letters) as Office Open XML
//! (ECMA-376): headings, paragraphs with links, tables. What is written is text, whatever letters it has.

use std::fmt::Write as _;
use std::io::{self, Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A stretch of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    text: String,
    href: String,
    strong: bool,
}

impl Run {
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Words that lead to an address.
    #[must_use]
    pub fn link(text: &str, href: &str) -> Self {
        Self { text: text.to_owned(), href: href.to_owned(), strong: false }
    }

    #[must_use]
    pub fn strong(text: &str) -> Self {
        Self { text: text.to_owned(), strong: true, ..Self::default() }
    }
}

/// A document that is being written.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    title: String,
    body: String,
    links: Vec<String>,
    /// Whether the section that is being written lies on its side.
    is_wide: bool,
    /// Where the headings begin that stand over what comes next, and whether the last thing written was one of them.
    headed_at: Option<usize>,
    is_heading: bool,
}

impl Paper {
    #[must_use]
    pub fn new(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }

    /// A heading of level 1 to 3.
    pub fn heading(&mut self, level: u8, text: &str) {
        let level = level.clamp(1, 3);
        let run = run(text, "");
        if !self.is_heading || self.headed_at.is_none() {
            self.headed_at = Some(self.body.len());
        }
        self.is_heading = true;
        let _ = write!(self.body, "<w:p><w:pPr><w:pStyle w:val=\"Heading{level}\"/></w:pPr>{run}</w:p>");
    }

    /// A paragraph. One right under a heading stays on the page of what follows it.
    pub fn paragraph(&mut self, runs: Vec<Run>) {
        let properties = if self.is_heading { "<w:pPr><w:keepNext/></w:pPr>" } else { "" };
        let paragraph = self.made(&runs, properties);
        self.is_heading = false;
        self.body.push_str(&paragraph);
    }

    /// A table with a heading row. One of many columns lies on a page turned on its side, with the headings over it; columns of
    /// figures stand at the right.
    pub fn table(&mut self, head: &[String], rows: Vec<Vec<Run>>) {
        self.turn(head.len() > UPRIGHT_COLUMNS);
        let columns: Vec<Column> = head.iter().enumerate().map(|(at, head)| Column::of(head, at, &rows)).collect();
        let widths = widths(if self.is_wide { WIDE } else { UPRIGHT }, &columns);
        let columns: Vec<(usize, bool)> = widths.into_iter().zip(columns.iter().map(|column| column.is_figures)).collect();
        self.body
            .push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(self.body, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
        }
        self.body.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
        for (width, _) in &columns {
            let _ = write!(self.body, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.body.push_str("</w:tblGrid>");
        let heads: Vec<Run> = head.iter().map(|text| Run::strong(text)).collect();
        self.row(&heads, &columns, "<w:trPr><w:tblHeader/></w:trPr>");
        for cells in rows {
            self.row(&cells, &columns, "");
        }
        self.body.push_str("</w:tbl><w:p/>");
        (self.headed_at, self.is_heading) = (None, false);
    }

    /// `columns`: how wide each is, in twentieths of a point, and whether it holds figures.
    fn row(&mut self, cells: &[Run], columns: &[(usize, bool)], properties: &str) {
        let _ = write!(self.body, "<w:tr>{properties}");
        for (cell, (width, is_figures)) in cells.iter().zip(columns) {
            let side = if *is_figures { "<w:jc w:val=\"right\"/>" } else { "" };
            let paragraph = self.made(std::slice::from_ref(cell), &format!("<w:pPr><w:spacing w:after=\"40\"/>{side}</w:pPr>"));
            let _ = write!(self.body, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{paragraph}</w:tc>");
        }
        self.body.push_str("</w:tr>");
    }

    /// Ends the section where the next one lies otherwise: before the headings that belong to what comes. A title and a line
    /// under it make no page of their own.
    fn turn(&mut self, is_wide: bool) {
        if self.is_wide == is_wide {
            return;
        }
        let at = self.headed_at.unwrap_or(self.body.len());
        let before = &self.body[..at];
        if before.contains("<w:tbl>") || before.matches("<w:p>").count() > TITLE_PARAGRAPHS {
            self.body.insert_str(at, &format!("<w:p><w:pPr>{}</w:pPr></w:p>", section(self.is_wide)));
        }
        self.is_wide = is_wide;
    }

    fn made(&mut self, runs: &[Run], properties: &str) -> String {
        let mut made = format!("<w:p>{properties}");
        for one in runs {
            if one.href.is_empty() {
                made.push_str(&run(&one.text, if one.strong { "<w:rPr><w:b/></w:rPr>" } else { "" }));
                continue;
            }
            self.links.push(one.href.clone());
            let inner = run(&one.text, "<w:rPr><w:color w:val=\"1F4E79\"/><w:u w:val=\"single\"/></w:rPr>");
            let _ = write!(made, "<w:hyperlink r:id=\"l{}\">{inner}</w:hyperlink>", self.links.len());
        }
        made.push_str("</w:p>");
        made
    }

    /// The file.
    ///
    /// # Errors
    /// The package can not be put together.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut links = String::new();
        for (place, href) in (1..).zip(&self.links) {
            let href = escaped(href);
            let _ = write!(
                links,
                "<Relationship Id=\"l{place}\" Type=\"{RELATION}/hyperlink\" Target=\"{href}\" TargetMode=\"External\"/>"
            );
        }
        let relations = format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"s\" Type=\"{RELATION}/styles\" Target=\"styles.xml\"/>{links}</Relationships>"
        );
        let document = format!(
            "{HEAD}<w:document xmlns:w=\"{WORDS}\" xmlns:r=\"{RELATION}\"><w:body>{}{}</w:body></w:document>",
            self.body,
            section(self.is_wide)
        );
        let core = format!(
            "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>",
            escaped(&self.title)
        );
        let files = [
            ("[Content_Types].xml", TYPES.to_owned()),
            ("_rels/.rels", ROOT.to_owned()),
            ("docProps/core.xml", core),
            ("word/document.xml", document),
            ("word/styles.xml", format!("{HEAD}<w:styles xmlns:w=\"{WORDS}\">{STYLES}</w:styles>")),
            ("word/_rels/document.xml.rels", relations),
        ];
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            package.start_file(name, SimpleFileOptions::default()).map_err(io::Error::other)?;
            package.write_all(text.as_bytes())?;
        }
        Ok(package.finish().map_err(io::Error::other)?.into_inner())
    }
}

/// What a column holds, in letters.
#[derive(Clone, Copy, Debug)]
struct Column {
    longest_word: usize,
    longest_text: usize,
    is_figures: bool,
}

impl Column {
    fn of(head: &str, at: usize, rows: &[Vec<Run>]) -> Self {
        let cells = || rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.text.as_str());
        let letters = |text: &str| text.chars().count();
        let texts = || cells().chain([head]);
        Self {
            longest_word: texts().flat_map(str::split_whitespace).map(letters).max().unwrap_or_default(),
            longest_text: texts().map(letters).max().unwrap_or_default(),
            is_figures: cells().all(is_figure_or_gap)
                && cells().any(|text| text.contains(|letter: char| letter.is_ascii_digit())),
        }
    }
}

/// `1.234,5`, `62%`, `dưới 1%`, `3/4`, a dash, or nothing; not a day.
fn is_figure_or_gap(text: &str) -> bool {
    let text = text.strip_prefix("dưới ").or_else(|| text.strip_prefix("less than ")).unwrap_or(text);
    text.matches('/').count() < 2 && text.chars().all(|letter| letter.is_ascii_digit() || " .,%/–-".contains(letter))
}

/// The widths of columns that share `whole` twentieths of a point: each has room for its longest word, and what is left goes to
/// those that say more. Of many columns the first, which names the row, has a third, or what long figures leave of it.
fn widths(whole: usize, columns: &[Column]) -> Vec<usize> {
    let least = |column: &Column| column.longest_word * LETTER + CELL_EDGES;
    let needed = |columns: &[Column]| columns.iter().map(least).sum::<usize>();
    let mut widths = Vec::new();
    let mut shared = columns;
    if let ([first, others @ ..], true) = (columns, columns.len() > 4) {
        let third = whole / 3;
        widths.push(third.min(whole.saturating_sub(needed(others))).max(least(first).min(third)));
        shared = others;
    }
    let room = whole - widths.iter().sum::<usize>();
    let needed = needed(shared);
    let wanted = |column: &Column| column.longest_text.min(LINE_LETTERS) * LETTER;
    let all_wanted = shared.iter().map(wanted).sum::<usize>().max(1);
    let width = |column: &Column| match room.checked_sub(needed) {
        Some(spare) => least(column) + spare * wanted(column) / all_wanted,
        None => room * least(column) / needed,
    };
    widths.extend(shared.iter().map(width));
    widths
}

/// Words as a run; line ends and tabs stay.
fn run(text: &str, properties: &str) -> String {
    let mut made = format!("<w:r>{properties}");
    for (place, line) in text.split('\n').enumerate() {
        if place > 0 {
            made.push_str("<w:br/>");
        }
        for (place, piece) in line.split('\t').enumerate() {
            if place > 0 {
                made.push_str("<w:tab/>");
            }
            if !piece.is_empty() {
                let _ = write!(made, "<w:t xml:space=\"preserve\">{}</w:t>", escaped(piece));
            }
        }
    }
    made.push_str("</w:r>");
    made
}

/// Text in XML 1.0: letters that it has no place for (section 2.2) are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            letter => out.push(letter),
        }
    }
    out
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";
const ROOT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"d\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"c\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";
/// What is left of A4 between its margins, upright and on its side, in twentieths of a point.
const UPRIGHT: usize = 9354;
const WIDE: usize = 14286;
/// A table of more columns lies on a page turned on its side.
const UPRIGHT_COLUMNS: usize = 6;
/// The title and the line under it.
const TITLE_PARAGRAPHS: usize = 2;
/// A bold letter at 14 points, and the edges of a cell, in twentieths of a point.
const LETTER: usize = 150;
const CELL_EDGES: usize = 230;
/// A longer text than this takes several lines anyway.
const LINE_LETTERS: usize = 40;

/// A4; 20 mm above and below, 30 mm left, 15 mm right (NĐ 30/2020/NĐ-CP, Appendix I, part I.1), in twentieths of a point.
fn section(is_wide: bool) -> String {
    let size = if is_wide { "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"" } else { "w:w=\"11906\" w:h=\"16838\"" };
    format!(
        "<w:sectPr><w:pgSz {size}/><w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
    )
}

/// Times New Roman, 14 points, as the same appendix asks.
const STYLES: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"240\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"32\"/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"240\"/><w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Heading3\"><w:name w:val=\"heading 3\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"120\"/><w:outlineLvl w:val=\"2\"/></w:pPr><w:rPr><w:b/><w:i/></w:rPr></w:style><w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/></w:style>";

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
        let narrow = paper.body.clone();
        assert!(!narrow.contains("sectPr"), "one section until a page is turned");
        assert_eq!(narrow.matches("<w:jc w:val=\"right\"/>").count(), 2, "the figure and its heading");
        paper.heading(2, "Theo cơ quan");
        let head: Vec<String> =
            ["Cơ quan", "Phải nộp", "Đã nộp", "Đúng hạn", "Muộn", "Quá hạn", "Ngày"].map(str::to_owned).into();
        let cells = ["Ủy ban nhân dân phường Mỹ Tho", "12", "10", "9", "1", "–", "20/6/2026"];
        paper.table(&head, vec![cells.map(Run::text).into()]);
        let wide = paper.body.strip_prefix(&narrow).expect("what was written stays");
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
        assert!(!paper.body.contains("sectPr") && paper.is_wide, "one section, on its side: {}", paper.body);
        assert_eq!(paper.body.matches("<w:jc w:val=\"right\"/>").count(), 12, "a share below one per cent is a figure");
    }

    #[test]
    fn the_first_column_gives_way_to_long_figures() {
        let name = Column { longest_word: 6, longest_text: 40, is_figures: false };
        let money = Column { longest_word: 11, longest_text: 11, is_figures: true };
        let shared = widths(WIDE, &[name, money, money, money, money, money, money]);
        assert!(shared.iter().sum::<usize>() <= WIDE, "{shared:?}");
        assert!(shared[1..].iter().all(|width| *width >= 11 * LETTER + CELL_EDGES), "no number is broken: {shared:?}");
        assert!(shared[0] >= 6 * LETTER + CELL_EDGES, "{shared:?}");
    }

    #[test]
    fn columns_that_need_more_than_there_is_share_it() {
        let column = Column { longest_word: 30, longest_text: 30, is_figures: false };
        let shared = widths(UPRIGHT, &[column; 4]);
        assert!(shared.len() == 4 && shared.iter().sum::<usize>() <= UPRIGHT, "{shared:?}");
        assert_eq!(widths(UPRIGHT, &[]), Vec::<usize>::new());
    }
}
