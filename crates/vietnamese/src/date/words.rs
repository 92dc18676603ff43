//! Dates and periods in words, for speaking.

use chrono::{Datelike, NaiveDate};

use super::{Period, PeriodKind};
use crate::number::integer_in_words;

/// The date as a newsreader says it: the first ten days of a month are *mùng*.
///
/// ```
/// use chrono::NaiveDate;
/// let date = NaiveDate::from_ymd_opt(2026, 6, 20).unwrap();
/// assert_eq!(
///     vietnamese::date::date_in_words(date),
///     "ngày hai mươi tháng sáu năm hai nghìn không trăm hai mươi sáu"
/// );
/// ```
pub fn date_in_words(date: NaiveDate) -> String {
    format!("{} {}", day_in_words(date.day(), date.month()), year_in_words(date))
}

/// A day without its year; `day` 1 to 31 and `month` 1 to 12 are not checked.
///
/// ```
/// assert_eq!(vietnamese::date::day_in_words(5, 4), "ngày mùng năm tháng tư");
/// assert_eq!(vietnamese::date::day_in_words(15, 10), "ngày mười lăm tháng mười");
/// ```
pub fn day_in_words(day: u32, month: u32) -> String {
    let first = if (1..=10).contains(&day) { "mùng " } else { "" };
    format!("ngày {first}{} {}", integer_in_words(day), bare_month_in_words(month))
}

/// The time of day, hours 0 to 23 and minutes 0 to 59 (not checked); a full hour has no minutes.
///
/// ```
/// assert_eq!(vietnamese::date::time_in_words(7, 30), "bảy giờ ba mươi phút");
/// assert_eq!(vietnamese::date::time_in_words(17, 0), "mười bảy giờ");
/// ```
pub fn time_in_words(hour: u32, minute: u32) -> String {
    match minute {
        0 => format!("{} giờ", integer_in_words(hour)),
        _ => format!("{} giờ {} phút", integer_in_words(hour), integer_in_words(minute)),
    }
}

fn bare_month_in_words(month: u32) -> String {
    // The fourth month is never "tháng bốn".
    match month {
        4 => "tháng tư".to_owned(),
        month => format!("tháng {}", integer_in_words(month)),
    }
}

fn month_in_words(date: NaiveDate) -> String {
    format!("{} {}", bare_month_in_words(date.month()), year_in_words(date))
}

fn year_in_words(date: NaiveDate) -> String {
    format!("năm {}", integer_in_words(date.year().unsigned_abs()))
}

impl Period {
    /// The period in words.
    ///
    /// ```
    /// use vietnamese::date::parse_period;
    /// assert_eq!(
    ///     parse_period("quý II/2026").unwrap().in_words(),
    ///     "quý hai năm hai nghìn không trăm hai mươi sáu"
    /// );
    /// ```
    pub fn in_words(&self) -> String {
        let (start, end) = (self.start, self.end);
        let year = year_in_words(start);
        match self.kind {
            PeriodKind::Day => date_in_words(start),
            PeriodKind::Month => month_in_words(start),
            PeriodKind::Quarter if self.start_quarter() == 4 => format!("quý tư {year}"),
            PeriodKind::Quarter => format!("quý {} {year}", integer_in_words(self.start_quarter())),
            PeriodKind::Half if start.month() == 1 => format!("sáu tháng đầu {year}"),
            PeriodKind::Half => format!("sáu tháng cuối {year}"),
            PeriodKind::Year => year,
            PeriodKind::Days => format!("từ {} đến {}", date_in_words(start), date_in_words(end)),
            PeriodKind::Months if self.is_nine_months() => format!("chín tháng đầu {year}"),
            PeriodKind::Months => {
                format!("từ {} đến {}", month_in_words(start), month_in_words(end))
            }
            PeriodKind::Years => format!("từ {year} đến {}", year_in_words(end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::date::parse_period;

    #[test]
    fn says_periods() {
        for (period, words) in [
            ("24/4/2025", "ngày hai mươi tư tháng tư năm hai nghìn không trăm hai mươi lăm"),
            ("1/1/2000", "ngày mùng một tháng một năm hai nghìn"),
            ("05/6/2026", "ngày mùng năm tháng sáu năm hai nghìn không trăm hai mươi sáu"),
            ("10/10/2026", "ngày mùng mười tháng mười năm hai nghìn không trăm hai mươi sáu"),
            ("11/4/2026", "ngày mười một tháng tư năm hai nghìn không trăm hai mươi sáu"),
            ("tháng 5/2026", "tháng năm năm hai nghìn không trăm hai mươi sáu"),
            ("quý IV/2026", "quý tư năm hai nghìn không trăm hai mươi sáu"),
            ("năm 1945", "năm một nghìn chín trăm bốn mươi lăm"),
            ("6 tháng đầu năm 2010", "sáu tháng đầu năm hai nghìn không trăm mười"),
            ("9 tháng đầu năm 2010", "chín tháng đầu năm hai nghìn không trăm mười"),
            ("2025 - 2030", "từ năm hai nghìn không trăm hai mươi lăm đến năm hai nghìn không trăm ba mươi"),
        ] {
            assert_eq!(parse_period(period).unwrap().in_words(), words);
        }
    }
}
