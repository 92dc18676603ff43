//! Times whose year is not written ("trước ngày 31/3"): the year of the document, where it leaves no choice, and a doubt so
//! that a person confirms it.

use chrono::{Datelike, NaiveDate};
use official_document::Document;

use super::model::{Deadline, DeadlineKind, Doubt, Point, Provision};
use super::words::{Phrases, Shape, Words, phrases};

/// Years a plan of today may be for.
const YEARS: std::ops::RangeInclusive<u32> = 2000..=2100;

/// Where the year was taken from.
const ISSUED: &str = "năm ban hành";
const NAMED: &str = "năm ghi trong tên văn bản";

/// Gives every deadline without a year that of the document. One that lies before the day of issue, or that two years fit,
/// stays unknown.
pub(super) fn settle(document: &Document, provisions: &mut [Provision]) {
    let issued = document.header.issued_on;
    let named = document.header.subject.as_ref().and_then(|subject| year_named(&Words::new(&subject.value)));
    for one in provisions.iter_mut().filter(|one| says_this_year(&one.deadline) || lacks_year(&one.deadline)) {
        if says_this_year(&one.deadline) {
            let year = named.or(issued.map(|day| day.year()));
            put_year(one, year, if named.is_some() { NAMED } else { ISSUED });
            continue;
        }
        let fits = |year: &i32| last_day(&one.deadline, *year).is_some_and(|day| issued.is_none_or(|from| from < day));
        let years = (issued.map(|day| day.year()).filter(fits), named.filter(fits));
        let (year, from) = match years {
            (Some(year), other) if other.is_none_or(|other| other == year) => (Some(year), ISSUED),
            (None, Some(year)) => (Some(year), NAMED),
            _ => continue,
        };
        put_year(one, year, from);
    }
}

fn put_year(one: &mut Provision, year: Option<i32>, from: &str) {
    let Some(year) = year else { return };
    one.deadline.year = Some(year);
    one.deadline.kind = form(&one.deadline);
    if let Some(first) = &mut one.deadline.from {
        first.year = Some(year);
    }
    one.doubts.retain(|doubt| doubt.kind != "unknown_deadline");
    let message = format!("Năm không ghi trong câu; lấy theo {from} {year}. Hãy xác nhận.");
    one.doubts.push(Doubt::new("deadline", "year_from_document", message));
}

/// "trong năm": that of the document.
fn says_this_year(deadline: &Deadline) -> bool {
    let raw = deadline.raw.as_deref().unwrap_or_default().to_lowercase();
    let told = [
        "trong năm",
        "trong năm nay",
        "ngay trong năm",
        "hoàn thành trong năm",
        "ngay trong năm nay",
        "thực hiện trong năm",
        "cuối năm",
    ];
    deadline.kind == DeadlineKind::Unknown
        && deadline.month.is_none()
        && deadline.quarter.is_none()
        && told.contains(&raw.trim_end_matches(['.', ';']))
}

/// A day, month or quarter is written and nothing where a year would stand: a garbled year ("2O26") is no missing one.
fn lacks_year(deadline: &Deadline) -> bool {
    let point = deadline.month.is_some() || deadline.quarter.is_some();
    let order = |point: &Point| (point.month, point.quarter) <= (deadline.month, deadline.quarter) && point.year.is_none();
    let one_year = deadline.from.as_ref().is_none_or(order);
    let alone = deadline.year.is_none() && one_year && deadline.dates.is_empty() && deadline.interval.is_none();
    deadline.kind == DeadlineKind::Unknown && point && alone && deadline.raw.as_deref().is_some_and(is_plain)
}

/// Every number is short, and no letters and digits are mixed.
fn is_plain(raw: &str) -> bool {
    let words = Words::new(raw);
    (0..words.len()).all(|at| {
        let digits = words.key(at).bytes().any(|byte| byte.is_ascii_digit());
        !digits || words.shape(at) == Some(Shape::Number) && words.key(at).len() <= 2
    })
}

fn form(deadline: &Deadline) -> DeadlineKind {
    match (deadline.day, deadline.month) {
        _ if deadline.from.is_some() => DeadlineKind::Range,
        (Some(_), _) => DeadlineKind::Date,
        (None, Some(_)) => DeadlineKind::Month,
        (None, None) if deadline.quarter.is_some() => DeadlineKind::Quarter,
        (None, None) => DeadlineKind::Year,
    }
}

/// The last day on which it may be done, in that year; of "trước tháng 9" the first of the month, which is too late.
fn last_day(deadline: &Deadline, year: i32) -> Option<NaiveDate> {
    let (first, last) = match (deadline.month, deadline.quarter) {
        (Some(month), _) => (month, month),
        (None, Some(quarter)) => (3 * quarter - 2, 3 * quarter),
        (None, None) => return None,
    };
    match deadline.day {
        Some(day) => NaiveDate::from_ymd_opt(year, last, day),
        None if deadline.before => NaiveDate::from_ymd_opt(year, first, 1),
        // The 28th is in every month, and a plan issued after it gives nobody until its end.
        None => NaiveDate::from_ymd_opt(year, last, 28),
    }
}

/// "Kế hoạch … năm 2026": the one year that the name of the document tells; "đến năm 2030" and years of cited documents
/// tell none.
fn year_named(words: &Words<'_>) -> Option<i32> {
    let years = || (0..words.len()).filter(|at| words.whole(*at).is_some_and(|number| YEARS.contains(&number)));
    let place = years().next().filter(|_| years().count() == 1)?;
    let plain = words.key(place.wrapping_sub(1)) == "năm"
        && place.checked_sub(2).is_none_or(|before| {
            words.any(before, phrases!("đến|từ|hết|trước|sau")).is_none() && words.shape(before) != Some(Shape::Number)
        });
    plain.then(|| words.whole(place).and_then(|year| i32::try_from(year).ok())).flatten()
}

#[cfg(test)]
mod tests {
    use official_document::read_text;

    use super::super::{Gazetteer, recognise};

    fn deadline(issued: &str, subject: &str, text: &str) -> (String, Vec<String>) {
        let whole = format!(
            "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 1/KH-UBND\nMẫu, {issued}\n\nKẾ HOẠCH\n{subject}\n\nI. TỔ CHỨC THỰC HIỆN\n\
             1. Sở Y tế\n- {text}\n- Mở lớp.\n"
        );
        let found = recognise(&read_text(&whole), Gazetteer::standard());
        let one = &found.provisions[0];
        let read = &one.deadline;
        let numbers = [read.year.map(i64::from), read.quarter.map(i64::from), read.month.map(i64::from), read.day.map(i64::from)];
        let numbers: Vec<String> = numbers.into_iter().flatten().map(|number| number.to_string()).collect();
        let doubts =
            one.doubts.iter().map(|doubt| doubt.kind.clone()).filter(|kind| kind.contains("year") || kind.contains("deadline"));
        (format!("{:?} {}", read.kind, numbers.join(" ")), doubts.collect())
    }

    #[test]
    fn a_missing_year_is_that_of_the_document_and_is_doubted() {
        let day = "ngày 09 tháng 3 năm 2026";
        for (text, expected) in [
            ("Lập danh sách, báo cáo trước ngày 31/3.", "Date 2026 3 31"),
            ("Ban hành quy chế, trình trước ngày 15 tháng 9.", "Date 2026 9 15"),
            ("Tổ chức hội thi trong quý III.", "Quarter 2026 3"),
            ("Tổ chức hội thi trong tháng 9.", "Month 2026 9"),
            ("Trình trong quý III; phối hợp bố trí kinh phí.", "Quarter 2026 3"),
            ("Mỗi khối vận động 10 người tham gia trong năm.", "Year 2026"),
            ("Trình trong 6 tháng cuối năm.", "Month 2026 12"),
            ("Tổ chức tập huấn từ ngày 01/7 đến ngày 15/8.", "Range 2026 8 15"),
        ] {
            assert_eq!(deadline(day, "Phòng cháy", text), (expected.to_owned(), vec!["year_from_document".to_owned()]), "{text}");
        }
        for text in ["Lập danh sách trước ngày 09/3.", "Lập danh sách trước ngày 31/02.", "Hoàn thành trước ngày 30/6/2O26."]
        {
            let (read, doubts) = deadline(day, "Phòng cháy", text);
            assert!(read.starts_with("Unknown"), "{text}: {read}");
            assert_eq!(doubts, ["unknown_deadline"], "{text}");
        }
    }

    #[test]
    fn the_name_of_the_document_tells_the_year_that_it_is_for() {
        let text = "Lập danh sách, báo cáo trước ngày 31/3.";
        let december = "ngày 15 tháng 12 năm 2026";
        assert_eq!(deadline(december, "Phòng cháy năm 2027", text).0, "Date 2027 3 31");
        assert_eq!(deadline(december, "Phòng cháy đến năm 2030", text).0, "Unknown 3 31");
        let late = "Lập danh sách, báo cáo trước ngày 20/12.";
        assert_eq!(deadline(december, "Phòng cháy năm 2027", late).0, "Unknown 12 20", "two years fit");
    }
}
