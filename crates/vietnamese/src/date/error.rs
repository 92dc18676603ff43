//! What can be wrong with a date.

use std::fmt;

/// Why a text is no date or period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Not written like a date or a period.
    NotADate,
    /// The month has no such day: 31/6.
    NoSuchDay {
        /// The day asked for.
        day: u32,
        /// The month, 1 to 12.
        month: u32,
        /// The year.
        year: i32,
    },
    /// A month beyond 12, or 0.
    NoSuchMonth(u32),
    /// A quarter beyond IV, or 0.
    NoSuchQuarter(u32),
    /// The year is missing: 20/6.
    MissingYear,
    /// The year has two digits: 20/6/26.
    TwoDigitYear(u32),
    /// A range that ends before it starts.
    EndBeforeStart,
}

impl DateError {
    /// Cause and remedy, for the person who typed it.
    pub fn in_vietnamese(&self) -> String {
        match self {
            DateError::NotADate => {
                "Không đọc được ngày tháng. Viết theo mẫu 20/6/2026, tháng 6/2026, quý II/2026 hoặc năm 2026.".into()
            }
            DateError::NoSuchDay { day, month, year } => {
                format!("Không có ngày {day} trong tháng {month}/{year}. Hãy kiểm tra lại ngày và tháng.")
            }
            DateError::NoSuchMonth(month) => format!("Không có tháng {month}. Tháng là số từ 1 đến 12."),
            DateError::NoSuchQuarter(quarter) => format!("Không có quý {quarter}. Quý là I, II, III hoặc IV."),
            DateError::MissingYear => "Thiếu năm. Hãy viết đủ năm, ví dụ 20/6/2026.".into(),
            DateError::TwoDigitYear(year) => {
                format!("Năm “{year:02}” chỉ có hai chữ số. Hãy viết đủ bốn chữ số, ví dụ 2026.")
            }
            DateError::EndBeforeStart => "Thời điểm kết thúc đứng trước thời điểm bắt đầu. Hãy đổi lại thứ tự.".into(),
        }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateError::NotADate => f.write_str("not a date or period"),
            DateError::NoSuchDay { day, month, year } => {
                write!(f, "no day {day} in {month}/{year}")
            }
            DateError::NoSuchMonth(month) => write!(f, "no month {month}"),
            DateError::NoSuchQuarter(quarter) => write!(f, "no quarter {quarter}"),
            DateError::MissingYear => f.write_str("the year is missing"),
            DateError::TwoDigitYear(year) => write!(f, "the year {year:02} needs four digits"),
            DateError::EndBeforeStart => f.write_str("the range ends before it starts"),
        }
    }
}

impl std::error::Error for DateError {}
