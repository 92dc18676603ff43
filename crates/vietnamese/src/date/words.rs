//! Dates and periods in words, for speaking.

use chrono::{Datelike, NaiveDate};

use super::{Period, PeriodKind};
use crate::number::integer_in_words;

/// The date as a newsreader says it.
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
    format!("ngày {} {}", integer_in_words(date.day()), month_in_words(date))
}

fn month_in_words(date: NaiveDate) -> String {
    // The fourth month is never "tháng bốn".
    let month = match date.month() {
        4 => "tư".to_owned(),
        month => integer_in_words(month),
    };
    format!("tháng {month} {}", year_in_words(date))
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
            ("1/1/2000", "ngày một tháng một năm hai nghìn"),
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
