//! A document as it was put together: what is shown, frozen and written to files. The same data makes the preview, the DOCX, the PDF and
//! the JSON, so that they say the same.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Head;
use super::arranging::Counted;
use crate::reports::kind::Kind;

/// Words in a paragraph or a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Span {
    pub text: String,
    /// Where it comes from: an address of this site, empty for words alone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub href: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub strong: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub italic: bool,
}

impl Span {
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, ..Self::default() }
    }

    #[must_use]
    pub fn italic(text: impl Into<String>) -> Self {
        Self { text: text.into(), italic: true, ..Self::default() }
    }
}

/// A part of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    Heading(Caption),
    Paragraph(Vec<Span>),
    Table(Sheet),
    Picture(Drawing),
}

/// What stands over a part: `1.` and its title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Caption {
    /// 1 to 3.
    pub level: u8,
    pub marker: String,
    pub text: String,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sheet {
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<Span>>,
    /// Columns that hold figures, from 0.
    pub figures: Vec<usize>,
}

/// A drawing with what it shows in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Drawing {
    pub svg: String,
    pub alt: String,
    pub caption: String,
}

/// In [`Annex::lists`].
pub const AGENCIES: &str = "agencies";

/// What stands behind the signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Annex {
    /// `Phụ lục I`
    pub label: String,
    pub title: String,
    pub pieces: Vec<Piece>,
    pub landscape: bool,
    /// [`AGENCIES`]: a row for each agency, which is what figures of who is in count; empty otherwise.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lists: String,
}

/// A figure as it stands in the document, beside what the ledger has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    pub code: String,
    pub label: String,
    /// As the ledger has it; empty when it has none.
    pub recorded: String,
    /// As a person typed it; empty when nobody did.
    pub declared: String,
    pub unit: String,
    /// Agencies that what is recorded lacks.
    #[serde(skip_serializing_if = "is_none")]
    pub gaps: u32,
    /// Where what it counts is looked at.
    pub href: String,
}

fn is_none(count: &u32) -> bool {
    *count == 0
}

impl Shown {
    /// What is printed.
    #[must_use]
    pub fn value(&self) -> &str {
        if self.declared.is_empty() { &self.recorded } else { &self.declared }
    }

    /// Whether a person says another thing than the ledger.
    #[must_use]
    pub fn differs(&self) -> bool {
        !self.declared.is_empty() && self.declared != self.recorded
    }
}

/// What is noted beside the text on the desk: a number that nothing recorded supports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remark {
    /// The Fluent key; takes `name`, `declared`, `recorded`.
    pub key: String,
    pub name: String,
    pub declared: String,
    pub recorded: String,
    pub href: String,
}

/// The document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composed {
    pub kind: Kind,
    pub edition: i32,
    pub head: Head,
    pub number: Option<u32>,
    pub date: Option<NaiveDate>,
    pub subject: String,
    pub addressees: Vec<String>,
    pub bases: Vec<String>,
    pub pieces: Vec<Piece>,
    pub recipients: Vec<String>,
    pub archive: String,
    pub annexes: Vec<Annex>,
    /// The figures that it holds, for the comparison of versions.
    pub figures: Vec<Shown>,
    /// Keys of all sentences with their words, for the same.
    pub sentences: Vec<(String, String)>,
    /// Agencies that are in, with the version of their answer.
    pub present: Vec<(String, i32)>,
    pub absent: Vec<String>,
    pub remarks: Vec<Remark>,
    pub counted: Counted,
}

impl Composed {
    /// `BC-SKHCN`
    #[must_use]
    pub fn symbol(&self) -> String {
        self.kind.symbol(&self.head.symbol)
    }

    /// `05/BC-SKHCN`, with room for a number that is not given yet.
    #[must_use]
    pub fn number_shown(&self) -> String {
        match self.number {
            Some(number) => format!("{number:02}/{}", self.symbol()),
            None => format!("…/{}", self.symbol()),
        }
    }

    /// `Đồng Tháp, ngày 03 tháng 02 năm 2026`; the day stays open until there is one.
    #[must_use]
    pub fn dated(&self) -> String {
        use chrono::Datelike;
        let place = &self.head.place;
        match self.date {
            Some(day) => {
                let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
                format!("{place}, ngày {:02} tháng {month} năm {}", day.day(), day.year())
            }
            None => format!("{place}, ngày … tháng … năm …"),
        }
    }

    /// With its number and its day: what is issued.
    #[must_use]
    pub fn numbered(self, number: u32, date: NaiveDate) -> Self {
        Self { number: Some(number), date: Some(date), ..self }
    }

    /// The words of a heading with its mark.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.kind.type_name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_are_written_as_the_decree_says() {
        let mut one = Composed {
            kind: Kind::Report,
            edition: 1,
            head: Head { symbol: "SKHCN".into(), place: "Đồng Tháp".into(), ..Head::default() },
            number: None,
            date: None,
            subject: String::new(),
            addressees: Vec::new(),
            bases: Vec::new(),
            pieces: Vec::new(),
            recipients: Vec::new(),
            archive: String::new(),
            annexes: Vec::new(),
            figures: Vec::new(),
            sentences: Vec::new(),
            present: Vec::new(),
            absent: Vec::new(),
            remarks: Vec::new(),
            counted: Counted::default(),
        };
        assert_eq!(one.number_shown(), "…/BC-SKHCN");
        one = one.numbered(5, NaiveDate::from_ymd_opt(2026, 2, 3).expect("a day"));
        assert_eq!((one.number_shown().as_str(), one.dated().as_str()), ("05/BC-SKHCN", "Đồng Tháp, ngày 03 tháng 02 năm 2026"));
        one = one.numbered(120, NaiveDate::from_ymd_opt(2026, 6, 19).expect("a day"));
        assert_eq!((one.number_shown().as_str(), one.dated().as_str()), ("120/BC-SKHCN", "Đồng Tháp, ngày 19 tháng 6 năm 2026"));
        one.kind = Kind::Letter;
        assert_eq!(one.number_shown(), "120/SKHCN");
        let decides = |one: &Composed| crate::reports::report::drafting::enactment(one);
        assert_eq!(decides(&one), None);
        one.kind = Kind::Decision;
        one.head = Head { position: "Giám đốc".into(), issuer: "Sở Minh Họa".into(), ..one.head };
        assert_eq!(decides(&one).as_deref(), Some("GIÁM ĐỐC SỞ MINH HỌA"));
    }
}
