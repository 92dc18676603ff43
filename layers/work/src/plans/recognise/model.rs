//! What the recogniser gives: the machine contract of `lantoa plan read --format json`. Field names and null
//! conventions are kept stable; additions are allowed, renames are not.

use official_document::Span;
use serde::{Deserialize, Serialize};

/// A document understood as a plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recognition {
    /// Facts of the header.
    pub document: Facts,
    /// Everything the plan says that someone must see, reach or do, in the order of the text.
    pub provisions: Vec<Provision>,
    /// What a coordinator should look at before adopting.
    pub warnings: Vec<Warning>,
    /// The lines that are no provisions themselves: headings, intro lines, labels; with the provisions they cover the
    /// body of the document.
    pub headings: Vec<Heading>,
    /// Which target is served by which task, by likeness of their words.
    pub links: Vec<Link>,
}

/// Facts of the header (NĐ 30/2020/NĐ-CP, Phụ lục I); null when the document does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// "Cơ quan chủ quản".
    pub superior: Option<String>,
    /// "Cơ quan ban hành".
    pub issuer: Option<String>,
    /// "118".
    pub number: Option<String>,
    /// "118/KH-UBND".
    pub symbol: Option<String>,
    /// "Kế hoạch".
    #[serde(rename = "type")]
    pub type_name: Option<String>,
    /// "KH".
    pub type_code: Option<String>,
    /// "Đồng Tháp".
    pub place: Option<String>,
    /// ISO 8601: "2025-08-13".
    pub date: Option<String>,
    /// "Trích yếu".
    pub subject: Option<String>,
}

/// What a provision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Quan điểm, mục đích, yêu cầu.
    Viewpoint,
    /// Mục tiêu, chỉ tiêu.
    Target,
    /// Nhiệm vụ, giải pháp.
    Task,
    /// Kinh phí.
    Funding,
    /// Tổ chức thực hiện.
    Responsibility,
}

impl Kind {
    /// The kind with this code, as in JSON.
    pub fn of_code(code: &str) -> Option<Self> {
        Some(match code {
            "viewpoint" => Self::Viewpoint,
            "target" => Self::Target,
            "task" => Self::Task,
            "funding" => Self::Funding,
            "responsibility" => Self::Responsibility,
            _ => return None,
        })
    }

    /// Something that a body owes.
    pub fn is_duty(self) -> bool {
        matches!(self, Self::Task | Self::Responsibility)
    }
}

/// What the leads do in this provision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// They do it or see that it is done.
    #[default]
    Lead,
    /// They support the bodies in `cooperates` ("Phối hợp với …").
    Support,
}

/// Where a value was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A heading above.
    Heading,
    /// A line ending in ":" before the items.
    IntroLine,
    /// The first words of the provision.
    Leading,
    /// Its last sentence or bracket.
    Trailing,
    /// Elsewhere in its words.
    Body,
    /// A column of a table.
    Column,
    /// A label such as "Đơn vị chủ trì:".
    Label,
}

/// One provision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provision {
    /// The labels of the parts above and its own, joined by points: "III.1.b.4", "II.2.c", "V.7.đ"; bullets count from 1
    /// under their parent; a paragraph that is alone under a heading takes the heading's path; a closing paragraph is
    /// "V.end"; articles "Điều 5.2.a"; rows of a table "III.4" or, in an appendix, "PL1.I.3". Unique in a document.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// The whole text, verbatim.
    pub text: String,
    /// Where it stands in the document's text, marker included.
    pub span: Span,
    /// "-", "a)", "4."; empty for a paragraph.
    pub marker: String,
    /// The headings above, outermost first.
    pub headings: Vec<String>,
    /// Who leads, as written.
    pub leads: Vec<String>,
    /// Who takes part, as written.
    pub cooperates: Vec<String>,
    /// To whom something is sent or reported, as written.
    pub recipients: Vec<String>,
    /// Whether the leads lead or support.
    pub role: Role,
    /// Where the leads were read; null when there are none.
    pub lead_source: Option<Origin>,
    /// When it is due.
    pub deadline: Deadline,
    /// What is to be reached.
    pub target: Option<Target>,
    /// general, milestone, ratio, count, text: what sort of target; null for other kinds.
    pub target_type: Option<TargetType>,
    /// "Sản phẩm", "Kết quả".
    pub result: Option<String>,
    /// "Kinh phí" of this provision alone.
    pub funding: Option<String>,
    /// What a person should check in this provision.
    pub doubts: Vec<Doubt>,
}

/// The form of a deadline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// None is given.
    #[default]
    None,
    /// Within a year.
    Year,
    /// Within a month.
    Month,
    /// Within a quarter.
    Quarter,
    /// On or before a day.
    Date,
    /// From one point to another; `year`, `month`, `quarter`, `day` are its end.
    Range,
    /// Again and again.
    Recurring,
    /// Again and again, or without an end, from a point on; `year` … are its start.
    RecurringFrom,
    /// A report due again and again.
    ReportCycle,
    /// One is given that can not be understood for certain.
    Unknown,
}

/// How often something recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// "Thường xuyên".
    Continuous,
    /// "Hằng ngày".
    Daily,
    /// "Hằng tuần".
    Weekly,
    /// "2 tuần một lần".
    Biweekly,
    /// "Hằng tháng".
    Monthly,
    /// "Hằng quý".
    Quarterly,
    /// "6 tháng".
    HalfYearly,
    /// "Hằng năm".
    Yearly,
}

/// When something is due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Its form.
    pub kind: DeadlineKind,
    /// Year, four digits.
    pub year: Option<i32>,
    /// Month, 1 to 12.
    pub month: Option<u32>,
    /// Day of the month, 1 to 31.
    pub day: Option<u32>,
    /// Quarter, 1 to 4.
    pub quarter: Option<u32>,
    /// How often it recurs.
    pub interval: Option<Interval>,
    /// "trước ngày 20": the 20th is too late.
    pub before: bool,
    /// The start of a range.
    pub from: Option<Point>,
    /// The days of a year of a recurring deadline that has several.
    pub dates: Vec<DayMonth>,
    /// The words it was read from.
    pub raw: Option<String>,
    /// Where they stand.
    pub source: Option<Origin>,
}

impl Deadline {
    /// A day, month, quarter, year or cycle is known.
    pub fn is_known(&self) -> bool {
        !matches!(self.kind, DeadlineKind::None | DeadlineKind::Unknown)
    }
}

/// A point of time as exact as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Year.
    pub year: Option<i32>,
    /// Quarter.
    pub quarter: Option<u32>,
    /// Month.
    pub month: Option<u32>,
    /// Day of the month.
    pub day: Option<u32>,
}

/// A day of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayMonth {
    /// Day of the month.
    pub day: u32,
    /// Month.
    pub month: u32,
}

/// What is to be reached.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// "=", ">=", ">", "<=", "<", "range"; null when the value is words.
    pub op: Option<String>,
    /// The number; the lower bound of a range.
    pub value: Option<f64>,
    /// The upper bound of a range.
    pub value_to: Option<f64>,
    /// "%", "lớp tập huấn" …
    pub unit: Option<String>,
    /// Of whom or what.
    pub subject: Option<String>,
    /// What does not count, with its brackets.
    pub exclude: Option<String>,
    /// The words it was read from.
    pub raw: Option<String>,
    /// The year a column gives it for.
    pub year: Option<i32>,
    /// Further bounds or years of the same target.
    pub more: Vec<Target>,
}

/// What sort of target a provision states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetType {
    /// A general aim ("mục tiêu chung").
    General,
    /// Something that will exist, without a number.
    Milestone,
    /// A percentage.
    Ratio,
    /// A number of things.
    Count,
    /// A value in words ("Nhóm 15").
    Text,
}

/// Something in a provision that a person should check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The field it is about: "leads", "deadline", "target", "kind", "path", "text".
    pub field: String,
    /// A stable name.
    pub kind: String,
    /// A sentence in Vietnamese.
    pub message: String,
}

impl Doubt {
    pub(super) fn new(field: &str, kind: &str, message: impl Into<String>) -> Self {
        Self { field: field.into(), kind: kind.into(), message: message.into() }
    }
}

/// Something about the plan that a coordinator should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The provision it is about; empty for the document.
    pub path: String,
    /// A stable name.
    pub kind: String,
    /// A sentence in Vietnamese.
    pub message: String,
}

impl Warning {
    pub(super) fn new(path: &str, kind: &str, message: impl Into<String>) -> Self {
        Self { path: path.into(), kind: kind.into(), message: message.into() }
    }
}

/// A line that is no provision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// As of a provision.
    pub path: String,
    /// Its marker.
    pub marker: String,
    /// Its text.
    pub text: String,
    /// Where it stands, marker included.
    pub span: Span,
}

/// A target and a provision that serves it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Path of the target.
    pub target: String,
    /// Path of the task or responsibility.
    pub duty: String,
    /// Likeness, 0 to 1.
    pub score: f64,
}
