//! What is to be written: a document as the office thinks of it, without the signs of the form.

use chrono::NaiveDate;

use crate::model::PartKind;
use crate::paper::Run;

/// An official document to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub language: Language,
    pub heading: Heading,
    /// Who decides, of a decision: "GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ", over the bases; the type with a colon follows them.
    pub enactment: Option<String>,
    /// Without dashes and final signs; one stands beside "Kính gửi:", several under it.
    pub addressees: Vec<String>,
    /// "Căn cứ …", without final signs.
    pub bases: Vec<String>,
    pub blocks: Vec<Block>,
    /// "./." after the last word of the body.
    pub closing_mark: bool,
    /// Without dashes and final signs.
    pub recipients: Vec<String>,
    /// "Lưu: VT, KHCN"; the last recipient. Empty: none.
    pub archive: String,
    pub signature: Signers,
    pub appendices: Vec<Annex>,
}

/// What the words are in, for screen readers and spell checkers; the words of the form are Vietnamese.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Vietnamese,
    English,
}

/// What stands over the body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heading {
    pub superior: Option<String>,
    pub issuer: String,
    /// None in a draft: a gap is left for it.
    pub number: Option<u32>,
    /// "BC-SKHCN"; of a letter "SKHCN-CĐS".
    pub symbol: String,
    pub place: String,
    /// None in a draft: gaps are left for it.
    pub date: Option<NaiveDate>,
    pub title: Title,
    pub urgency: Option<Urgency>,
    /// Address, telephone, e-mail, at the foot of the first page. Empty: none.
    pub contact: String,
}

/// What the document is and what it is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Title {
    /// A type with a name, e.g. "Báo cáo".
    Named { type_name: String, subject: String },
    /// A letter (công văn); without "V/v".
    Letter { subject: String },
}

impl Default for Title {
    fn default() -> Self {
        Self::Letter { subject: String::new() }
    }
}

/// The stamps of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    Urgent,
    VeryUrgent,
    Express,
}

/// Who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signers {
    /// "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH" …, one line each.
    pub authority: Vec<String>,
    pub position: String,
    pub name: Option<String>,
}

/// An appendix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annex {
    /// "Phụ lục I".
    pub label: String,
    pub title: String,
    /// "Kèm theo Báo cáo số … ngày … của …", with or without brackets. Empty: none.
    pub issued_with: String,
    pub blocks: Vec<Block>,
    /// On its side, even if no table asks for it.
    pub landscape: bool,
}

/// A piece of the body.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// "I." and a title; "a)" and a sentence. Words that are strong or end without a sign make a heading of it.
    Part {
        kind: PartKind,
        marker: String,
        runs: Vec<Run>,
    },
    Paragraph(Vec<Run>),
    Table(Grid),
    Figure(Picture),
}

/// A table. Columns of figures stand at the right; a column that is called "TT" or "STT" in the middle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Over the table. Empty: none.
    pub caption: String,
    /// Repeated on every page.
    pub head: Vec<Vec<HeadCell>>,
    pub rows: Vec<GridRow>,
}

/// A cell of the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadCell {
    pub text: String,
    pub columns: usize,
    pub rows: usize,
}

impl HeadCell {
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), columns: 1, rows: 1 }
    }
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridRow {
    pub cells: Vec<Vec<Run>>,
    /// It names the rows under it: one cell goes over the whole width, the second of two over the rest; a full row is a sum.
    pub group: bool,
}

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    pub svg: String,
    /// Said to who does not see it; without it the caption is.
    pub alt: String,
    /// Under it. Empty: none.
    pub caption: String,
    /// No wider than the page.
    pub width_mm: u32,
}

impl Grid {
    /// A table with one row of headings.
    #[must_use]
    pub fn new(caption: &str, head: &[&str]) -> Self {
        let head = vec![head.iter().map(|text| HeadCell::new(text)).collect()];
        Self { caption: caption.to_owned(), head, rows: Vec::new() }
    }

    /// A row of plain cells.
    pub fn row(&mut self, cells: &[&str]) {
        self.rows.push(GridRow { cells: cells.iter().map(|text| vec![Run::text(text)]).collect(), group: false });
    }

    /// A row that names those under it.
    pub fn group(&mut self, cells: &[&str]) {
        self.rows.push(GridRow { cells: cells.iter().map(|text| vec![Run::text(text)]).collect(), group: true });
    }
}

impl Block {
    /// A part of plain words.
    #[must_use]
    pub fn part(kind: PartKind, marker: &str, text: &str) -> Self {
        Self::Part { kind, marker: marker.to_owned(), runs: vec![Run::text(text)] }
    }

    /// A paragraph of plain words.
    #[must_use]
    pub fn paragraph(text: &str) -> Self {
        Self::Paragraph(vec![Run::text(text)])
    }
}

impl Draft {
    /// The letters of it that the fonts do not have, each once: they are shown as □.
    #[must_use]
    pub fn unprintable(&self) -> Vec<char> {
        let whole = format!("{self:?}");
        let all: String = whole.chars().filter(|letter| !letter.is_ascii()).collect();
        super::settle::unprintable(&super::settle::normal(&all))
    }
}
