//! Writing dates and periods.
//!
//! Days below 10 and the months 1 and 2 take a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 4): it keeps
//! anyone from adding a digit in front.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::{Period, PeriodKind};
use crate::roman::to_roman;

/// `ngày 20 tháng 6 năm 2026`, `ngày 03 tháng 02 năm 2026`.
///
/// ```
/// use chrono::NaiveDate;
/// let date = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
/// assert_eq!(vietnamese::date::long_date(date), "ngày 03 tháng 02 năm 2026");
/// assert_eq!(vietnamese::date::short_date(date), "03/02/2026");
/// ```
pub fn long_date(date: NaiveDate) -> String {
    format!("ngày {:02} tháng {} năm {}", date.day(), month_number(date), date.year())
}

/// `20/6/2026`, `03/02/2026`.
pub fn short_date(date: NaiveDate) -> String {
    format!("{:02}/{}/{}", date.day(), month_number(date), date.year())
}

fn month_number(date: NaiveDate) -> String {
    match date.month() {
        month @ 1..=2 => format!("{month:02}"),
        month => month.to_string(),
    }
}

fn month_of(date: NaiveDate) -> String {
    format!("tháng {}/{}", month_number(date), date.year())
}

/// The form that reads back: `20/6/2026`, `tháng 6/2026`, `quý II/2026`, `6 tháng đầu năm 2026`, `năm 2026`,
/// `từ ngày 11/9/2026 đến ngày 31/12/2026`, `tháng 6/2026 - tháng 9/2026`, `9 tháng đầu năm 2026`, `2025 - 2030`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.start, self.end);
        match self.kind {
            PeriodKind::Day => f.write_str(&short_date(start)),
            PeriodKind::Month => f.write_str(&month_of(start)),
            PeriodKind::Quarter => {
                let quarter = to_roman(self.start_quarter()).unwrap_or_default();
                write!(f, "quý {quarter}/{}", start.year())
            }
            PeriodKind::Half if start.month() == 1 => write!(f, "6 tháng đầu năm {}", start.year()),
            PeriodKind::Half => write!(f, "6 tháng cuối năm {}", start.year()),
            PeriodKind::Year => write!(f, "năm {}", start.year()),
            PeriodKind::Days => write!(f, "từ ngày {} đến ngày {}", short_date(start), short_date(end)),
            PeriodKind::Months if self.is_nine_months() => {
                write!(f, "9 tháng đầu năm {}", start.year())
            }
            PeriodKind::Months => write!(f, "{} - {}", month_of(start), month_of(end)),
            PeriodKind::Years => write!(f, "{} - {}", start.year(), end.year()),
        }
    }
}

impl Period {
    /// January to September, which reports call *9 tháng đầu năm*.
    pub(super) fn is_nine_months(&self) -> bool {
        self.start.year() == self.end.year() && (self.start.month(), self.end.month()) == (1, 9)
    }
}
