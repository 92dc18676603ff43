//! From what a provision says to a due rule. Pure; the coordinator may change the rule afterwards.

use chrono::{Datelike, NaiveDate};

use super::rule::{DayOfYear, Frame, Often, Rule};
use crate::plans::due;
use crate::plans::programme::Entry;
use crate::plans::recognise::{Deadline, DeadlineKind, Interval};

/// How far a plan reaches that names no year: the end of the year after its own.
const YEARS_UNNAMED: i32 = 1;
/// A year beyond this many after the plan's own is a vision ("tầm nhìn đến năm 2045"), not a stretch of duties.
const YEARS_MAX: i32 = 10;

/// Working days for a request that names no day of its own.
pub const REQUEST_DAYS: u32 = 5;

/// When something without a day of its own is looked at: the plan's own days of reporting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checks {
    pub days: Vec<DayOfYear>,
    pub before: bool,
}

impl Default for Checks {
    /// The half-years of NĐ 09/2019/NĐ-CP: data to the 14th, reports six days later.
    fn default() -> Self {
        Self { days: vec![DayOfYear { month: 6, day: 20 }, DayOfYear { month: 12, day: 20 }], before: true }
    }
}

/// The stretch of a plan: from its date to the end of the last year it names.
#[must_use]
pub fn frame(issued_on: NaiveDate, subject: &str, entries: &[Entry]) -> Frame {
    let deadlines = entries.iter().map(|entry| &entry.deadline);
    let named = deadlines.filter_map(|deadline| due::last_day(deadline).map(|day| day.year()).or(deadline.year));
    let targets = entries.iter().filter_map(|entry| entry.target.as_ref()?.year);
    let furthest = issued_on.year() + YEARS_MAX;
    let last = named.chain(targets).chain(years_in(subject)).filter(|year| *year <= furthest).max();
    let last = last.unwrap_or(issued_on.year() + YEARS_UNNAMED).max(issued_on.year());
    Frame { from: issued_on, until: NaiveDate::from_ymd_opt(last, 12, 31).unwrap_or(issued_on) }
}

/// The years written in a text: "giai đoạn 2026 - 2030".
fn years_in(text: &str) -> impl Iterator<Item = i32> {
    let words = text.split(|letter: char| !letter.is_ascii_digit()).filter(|word| word.len() == 4);
    words.filter_map(|word| word.parse().ok()).filter(|year| (2000..2200).contains(year))
}

/// The days on which the plan asks for reports of everybody: those of its report cycle with most days a year.
#[must_use]
pub fn checks(entries: &[Entry]) -> Checks {
    let cycles = entries.iter().map(|entry| &entry.deadline).filter(|deadline| deadline.kind == DeadlineKind::ReportCycle);
    let best = cycles.filter(|deadline| deadline.dates.len() >= 2).max_by_key(|deadline| deadline.dates.len());
    best.map_or_else(Checks::default, |deadline| Checks { days: days(deadline), before: deadline.before })
}

/// The rule of a deadline; None when it is given in words that no calendar knows, so that a person decides. What is only
/// asked for "if" or "when" something happens is on request: nobody is asked every half-year whether there were difficulties.
#[must_use]
pub fn rule(deadline: &Deadline, checks: &Checks, text: &str) -> Option<Rule> {
    let often = match deadline.kind {
        DeadlineKind::None | DeadlineKind::Unknown if is_conditional(text) => Often::OnRequest { working_days: REQUEST_DAYS },
        DeadlineKind::Unknown => return None,
        DeadlineKind::None => continuous(checks),
        DeadlineKind::Year | DeadlineKind::Month | DeadlineKind::Quarter | DeadlineKind::Date | DeadlineKind::Range => {
            // `last_day` has taken "before" into account.
            return Some(Rule::plain(Often::Once { by: due::last_day(deadline)? }));
        }
        DeadlineKind::Recurring | DeadlineKind::RecurringFrom | DeadlineKind::ReportCycle => recurring(deadline, checks),
    };
    let before = match &often {
        Often::Continuous { .. } => checks.before,
        _ => deadline.before,
    };
    Some(Rule { before, ..Rule::plain(often) })
}

/// The first day on which a rule of that deadline can be owed.
#[must_use]
pub fn begins(deadline: &Deadline, frame: Frame) -> NaiveDate {
    let from = if deadline.kind == DeadlineKind::RecurringFrom { deadline.year } else { None };
    let month = deadline.month.or(deadline.quarter.map(|quarter| quarter * 3 - 2)).unwrap_or(1);
    let day = from.and_then(|year| NaiveDate::from_ymd_opt(year, month, deadline.day.unwrap_or(1)));
    day.map_or(frame.from, |day| day.max(frame.from))
}

/// How a sentence begins that holds only when something happens.
const CONDITIONS: [&str; 10] = [
    "nếu ",
    "khi có ",
    "khi phát sinh ",
    "khi cần ",
    "khi được yêu cầu",
    "trường hợp ",
    "trong trường hợp ",
    "trong quá trình",
    "quá trình ",
    "theo yêu cầu ",
];
/// "Trong quá trình thực hiện" alone is no condition: one of these has to follow before the clause is done.
const CLAUSES: [&str; 5] = [" nếu ", " khi có ", " khi phát sinh ", " trường hợp ", " có khó khăn"];
/// Letters within which a condition has to stand after "trong quá trình …".
const CLAUSE_LETTERS: usize = 90;

/// Whether every sentence of a provision holds only when something happens: "Trong quá trình thực hiện, nếu có khó khăn, …".
#[must_use]
pub fn is_conditional(text: &str) -> bool {
    let text = vietnamese::normalise(text).to_lowercase();
    let text = text.trim().trim_end_matches(['.', '/', ';', ' ']);
    let mut sentences =
        text.split(". ").map(str::trim).filter(|one| !one.is_empty() && !one.starts_with("trên đây là ")).peekable();
    sentences.peek().is_some() && sentences.all(holds_only_when)
}

fn holds_only_when(sentence: &str) -> bool {
    let during = sentence.starts_with("trong quá trình") || sentence.starts_with("quá trình ");
    let head: String = sentence.chars().take(CLAUSE_LETTERS).collect();
    CONDITIONS.iter().any(|words| sentence.starts_with(words)) && (!during || CLAUSES.iter().any(|words| head.contains(words)))
}

fn recurring(deadline: &Deadline, checks: &Checks) -> Often {
    if !deadline.dates.is_empty() {
        return Often::Yearly { days: days(deadline) };
    }
    match (deadline.interval, deadline.day, deadline.month) {
        (Some(Interval::Monthly), day, _) => Often::Monthly { day: day.unwrap_or(31) },
        (Some(Interval::Quarterly), ..) => Often::Yearly { days: last_days(&[3, 6, 9, 12]) },
        (Some(Interval::HalfYearly), ..) => Often::Yearly { days: last_days(&[6, 12]) },
        (Some(Interval::Yearly), Some(day), Some(month)) if deadline.kind != DeadlineKind::RecurringFrom => {
            Often::Yearly { days: vec![DayOfYear { month, day }] }
        }
        (Some(Interval::Yearly), ..) => Often::Yearly { days: last_days(&[12]) },
        _ if deadline.kind == DeadlineKind::ReportCycle => Often::Yearly { days: checks.days.clone() },
        _ => continuous(checks),
    }
}

fn continuous(checks: &Checks) -> Often {
    Often::Continuous { checks: checks.days.clone() }
}

fn days(deadline: &Deadline) -> Vec<DayOfYear> {
    let mut days: Vec<_> = deadline.dates.iter().map(|date| DayOfYear { month: date.month, day: date.day }).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The last day of each of these months.
fn last_days(months: &[u32]) -> Vec<DayOfYear> {
    months.iter().map(|month| DayOfYear { month: *month, day: 31 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_only_when_something_happens_is_on_request() {
        for text in [
            "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị phản ánh về Sở Xây dựng để tổng hợp./.",
            "Nếu có khó khăn, đề nghị các sở phản ánh về Sở Nội vụ; với việc vượt thẩm quyền, Sở báo cáo Ủy ban nhân dân tỉnh.",
            "Khi có yêu cầu, báo cáo đột xuất về Sở Tài chính.",
            "Trong quá trình triển khai có khó khăn thì báo cáo kịp thời.",
            "Trên đây là Kế hoạch của tỉnh. Trong quá trình thực hiện, trường hợp phát sinh vướng mắc, báo cáo Sở Y tế.",
        ] {
            assert!(is_conditional(text), "{text}");
            let rule = rule(&Deadline::default(), &Checks::default(), text).expect("a rule");
            assert_eq!(rule.often, Often::OnRequest { working_days: REQUEST_DAYS }, "{text}");
        }
        for text in [
            "Vận động người dân dùng nước tiết kiệm, nếu có khó khăn thì báo cáo.",
            "Trong quá trình thực hiện Kế hoạch, thường xuyên kiểm tra cơ sở.",
            "Tổ chức thực hiện Kế hoạch này. Nếu có khó khăn, báo cáo Sở Xây dựng.",
            "",
        ] {
            assert!(!is_conditional(text), "{text}");
        }
        let dated = Deadline { kind: DeadlineKind::Year, year: Some(2026), ..Deadline::default() };
        let rule = rule(&dated, &Checks::default(), "Nếu có khó khăn, báo cáo trong năm 2026.").expect("a rule");
        assert!(matches!(rule.often, Often::Once { .. }), "a date goes before");
    }
}
