//! What a document is once it has been read: one structure, whatever file it came from.
//!
//! Every node carries the [`Span`] of [`Document::text`] it was read from, so that a reader can always be shown the
//! words themselves. Names follow Nghị định 30/2020/NĐ-CP, Phụ lục I ("NĐ 30" below).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A range of bytes in [`Document::text`]; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The words of `text` in this span; empty when the span lies outside or cuts a character.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Nothing lies inside.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// A document as read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The text every span points into: of a .txt file the decoded text byte for byte (without a byte order mark, CRLF
    /// kept), of other files the text the reader took out, one paragraph a line.
    pub text: String,
    /// Where the text came from.
    pub source: Source,
    /// The fields above the body (NĐ 30, elements 1 to 5).
    pub header: Header,
    /// "Kính gửi": whom a letter or a submission addresses (NĐ 30, element 9a).
    pub addressees: Vec<Passage>,
    /// "Căn cứ …": the legal bases.
    pub bases: Vec<Passage>,
    /// Other lines between the title and the first part ("Thực hiện … ban hành Kế hoạch … như sau:").
    pub preamble: Vec<Passage>,
    /// The body.
    pub parts: Vec<Part>,
    /// "Nơi nhận" without its label (NĐ 30, element 9b).
    pub recipients: Vec<Passage>,
    /// Who signs (NĐ 30, element 7).
    pub signature: Option<Signature>,
    /// "Phụ lục" and documents issued together with this one.
    pub appendices: Vec<Appendix>,
    /// Notes at the foot of pages, without their marks.
    pub footnotes: Vec<Passage>,
    /// What the reader doubts.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// The words a span points at.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Every part of the body and of the appendices, in the order of the text, with its depth (0 = outermost).
    pub fn walk(&self) -> impl Iterator<Item = (usize, &Part)> {
        let appended = self.appendices.iter().flat_map(|appendix| &appendix.parts);
        self.parts.iter().chain(appended).flat_map(Part::walk)
    }
}

/// Where a text came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The kind of file.
    pub media: Media,
    /// Pages, when the file has pages.
    pub pages: Option<u32>,
    /// The encoding a text file was decoded from ("utf-8", "utf-16le", "tcvn3" …).
    pub encoding: Option<String>,
}

/// The kind of file a text was read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Media {
    /// A text file.
    #[default]
    Text,
    /// Office Open XML (ISO/IEC 29500).
    Docx,
    /// A PDF with a text layer.
    Pdf,
    /// A picture or a PDF without text, read by character recognition: every word is a guess.
    Ocr,
}

/// The fields above the body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// "Cơ quan chủ quản": the body above the issuer, when it is named.
    pub superior: Option<Field>,
    /// "Cơ quan ban hành".
    pub issuer: Option<Field>,
    /// The number alone: "118"; absent in a draft.
    pub number: Option<Field>,
    /// Number and symbol without inner spaces: "118/KH-UBND", "3260-KH/ĐĐQH15"; "/KH-UBND" in a draft.
    pub symbol: Option<Field>,
    /// The type in words, in sentence case: "Kế hoạch".
    pub type_name: Option<Field>,
    /// The abbreviation of the type: "KH". A letter ("công văn") has none.
    pub type_code: Option<Field>,
    /// "Địa danh": where it was issued.
    pub place: Option<Field>,
    /// "ngày 13 tháng 8 năm 2025", as written.
    pub date: Option<Field>,
    /// The date as a day of the calendar, when it is complete and exists.
    pub issued_on: Option<NaiveDate>,
    /// "Trích yếu": what the document is about.
    pub subject: Option<Field>,
}

/// A value of the header and the words it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The value, NFC, on one line.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}

/// A stretch of text: NFC, on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// What a part is, by its marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// "Phần thứ nhất", "Phần I", and the capital letter "A." that stands above Roman numbers.
    Phan,
    /// "Chương I".
    Chuong,
    /// "Mục 1".
    Muc,
    /// "Tiểu mục 1".
    TieuMuc,
    /// "Điều 1.".
    Dieu,
    /// "I.".
    Roman,
    /// "1.", "1.1.", "1)", "(1)"; a "khoản" under an article.
    Number,
    /// "a)", "đ)", "a.", "(a)", "ii)"; a "điểm" under a clause.
    Letter,
    /// "-", "–", "•", "*" and other bullets.
    Dash,
    /// "+".
    Plus,
    /// No marker.
    Paragraph,
    /// A table; its rows are in [`Part::table`].
    Table,
}

/// A node of the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// The marker as written (NFC): "III.", "1.", "đ)", "-", "Điều 5."; empty for a paragraph or a table.
    pub marker: String,
    /// The marker as a step of a path: "III", "1", "1.2", "đ", "Điều 5"; empty for bullets, paragraphs, tables.
    pub label: String,
    /// Its own words without marker and children: NFC, one line, no-break spaces as spaces, no invisible characters.
    pub text: String,
    /// Marker and own words in [`Document::text`], not the children.
    pub span: Span,
    /// What stands under it.
    pub children: Vec<Part>,
    /// The rows, when `kind` is [`PartKind::Table`].
    pub table: Option<Table>,
    /// How the source sets it, a hint.
    pub emphasis: Emphasis,
}

impl Part {
    /// This part and everything under it in the order of the text, with depths (this one 0).
    pub fn walk(&self) -> impl Iterator<Item = (usize, &Part)> {
        let mut open = vec![(0, self)];
        std::iter::from_fn(move || {
            let (depth, part) = open.pop()?;
            open.extend(part.children.iter().rev().map(|child| (depth + 1, child)));
            Some((depth, part))
        })
    }
}

/// How the source sets a part; all false when the source does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emphasis {
    /// All its words are bold.
    pub bold: bool,
    /// All its words are italic.
    pub italic: bool,
    /// It is written in capitals.
    pub caps: bool,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The header cells; of several header rows the cells over one column are joined by " / ". Empty strings when the
    /// table has no header row.
    pub columns: Vec<String>,
    /// The rows under the header. A row continued over a page is one row.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// As many cells as the table has columns; cells merged downwards repeat their text.
    pub cells: Vec<Cell>,
    /// The row names the group of rows under it: one cell over the whole width, or a Roman number and a title.
    pub group: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its words, NFC; paragraphs inside a cell are separated by a line feed.
    pub text: String,
    /// Where they stand; from the first to the last word when a page break tears the cell.
    pub span: Span,
}

/// Who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "TL. …": in whose name.
    pub authority: Option<String>,
    /// The post of the signer: "PHÓ CHỦ TỊCH".
    pub position: Option<String>,
    /// The signer's name; often only in the picture of the seal.
    pub name: Option<String>,
    /// From the first to the last line of the block.
    pub span: Span,
}

/// An appendix, or a document issued together with this one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Appendix {
    /// "Phụ lục I"; empty for a document issued together with this one.
    pub label: String,
    /// Its title on one line.
    pub title: String,
    /// Its body.
    pub parts: Vec<Part>,
    /// From its label to its last word.
    pub span: Span,
}

/// A doubt of the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// A stable name in kebab-case: "truncated", "number-missing", "ocr" …
    pub code: String,
    /// A sentence in Vietnamese for the person who reads the document.
    pub message: String,
    /// Where, when the doubt has a place.
    pub span: Option<Span>,
}
