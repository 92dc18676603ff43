//! Slots and quiet hours as a person types them, one a line: `05:00-05:30 Buổi sáng`, `06:00-06:30 CN Buổi sáng`, `22:00-05:00`.

use chrono::{NaiveTime, Weekday};
use loudspeakers::schedule::{Quiet, Slot};

use crate::loudspeakers::bulletin::writing::tidy_line;
use crate::web::Obstacle;

pub const NAME_LETTERS_MAX: usize = 120;
const SLOTS_MAX: usize = 24;
const QUIET_MAX: usize = 4;

/// Days as they are written, in the order of the week.
const DAYS: [(&str, Weekday); 7] = [
    ("T2", Weekday::Mon),
    ("T3", Weekday::Tue),
    ("T4", Weekday::Wed),
    ("T5", Weekday::Thu),
    ("T6", Weekday::Fri),
    ("T7", Weekday::Sat),
    ("CN", Weekday::Sun),
];

/// The slots of a programme.
///
/// # Errors
/// The first line that can not be read, or two slots of one name on one day.
pub fn read(text: &str) -> Result<Vec<Slot>, Obstacle> {
    let slots = lines(text, SLOTS_MAX, slot).map_err(|line| Obstacle::new("loud-station-slots").with("line", line))?;
    let meet = |one: &Slot, other: &Slot| {
        let days = |slot: &Slot| if slot.weekdays.is_empty() { all_days() } else { slot.weekdays.clone() };
        one.name == other.name && days(one).iter().any(|day| days(other).contains(day))
    };
    let twice = slots.iter().enumerate().find(|(at, one)| slots[..*at].iter().any(|other| meet(one, other)));
    match twice {
        Some((_, slot)) => Err(Obstacle::new("loud-station-slots-twice").with("name", &slot.name)),
        None => Ok(slots),
    }
}

/// The quiet hours of a programme.
///
/// # Errors
/// The first line that can not be read.
pub fn read_quiet(text: &str) -> Result<Vec<Quiet>, Obstacle> {
    let quiet = lines(text, QUIET_MAX, |line| {
        let (begins, ends, _) = span(line)?;
        (begins != ends).then_some(Quiet { begins, ends })
    });
    quiet.map_err(|line| Obstacle::new("loud-station-quiet").with("line", line))
}

/// A slot as it is read again.
#[must_use]
pub fn line(slot: &Slot) -> String {
    let days = days(&slot.weekdays);
    let between = if days.is_empty() { "" } else { " " };
    format!("{}{between}{days} {}", hours(slot.begins, slot.ends), slot.name)
}

/// `05:00-05:30`.
#[must_use]
pub fn hours(begins: NaiveTime, ends: NaiveTime) -> String {
    format!("{}-{}", begins.format("%H:%M"), ends.format("%H:%M"))
}

/// `T2-T7`, `T2,T4,CN`; empty for every day.
#[must_use]
pub fn days(weekdays: &[Weekday]) -> String {
    let on = |at: usize| DAYS.get(at).is_some_and(|(_, day)| weekdays.contains(day));
    let mut words: Vec<String> = Vec::new();
    let mut at = 0;
    while at < DAYS.len() {
        let run = (at..DAYS.len()).take_while(|next| on(*next)).count();
        match run {
            0 => at += 1,
            1 | 2 => {
                words.push(DAYS[at].0.to_owned());
                at += 1;
            }
            _ => {
                words.push(format!("{}-{}", DAYS[at].0, DAYS[at + run - 1].0));
                at += run;
            }
        }
    }
    words.join(",")
}

/// Each line read; Err is the first that can not be, by its number.
fn lines<T>(text: &str, most: usize, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, usize> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        found.push(read(line.trim()).filter(|_| found.len() < most).ok_or(at + 1)?);
    }
    Ok(found)
}

/// `05:00-05:30`, with what stands behind it.
fn span(line: &str) -> Option<(NaiveTime, NaiveTime, &str)> {
    let (begins, rest) = line.split_once(['-', '–'])?;
    let rest = rest.trim_start();
    let (ends, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    Some((time(begins)?, time(ends)?, rest.trim()))
}

fn slot(line: &str) -> Option<Slot> {
    let (begins, ends, rest) = span(line)?;
    let (first, behind) = rest.split_once(' ').unwrap_or((rest, ""));
    let (weekdays, name) = if is_days(first) { (weekdays(first)?, behind) } else { (Vec::new(), rest) };
    let name = tidy_line(name);
    let name = if name.is_empty() { begins.format("%H:%M").to_string() } else { name };
    (begins < ends && name.chars().count() <= NAME_LETTERS_MAX).then_some(Slot { name, begins, ends, weekdays })
}

/// Whether a word is meant as days: then it must be some, and is no name.
fn is_days(word: &str) -> bool {
    let first = word.split([',', '-', '–']).next().unwrap_or_default().to_uppercase();
    first == "CN" || first.strip_prefix('T').is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// The days that a word names, in the order of the week; none for all seven.
fn weekdays(word: &str) -> Option<Vec<Weekday>> {
    let place = |text: &str| DAYS.iter().position(|(name, _)| text.eq_ignore_ascii_case(name));
    let mut on = [false; 7];
    for part in word.split(',') {
        let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (from, to) = (place(from)?, place(to)?);
        if from > to {
            return None;
        }
        on[from..=to].fill(true);
    }
    if on.iter().all(|one| *one) {
        return Some(Vec::new());
    }
    Some(DAYS.iter().zip(on).filter(|(_, is_on)| *is_on).map(|((_, day), _)| *day).collect())
}

fn all_days() -> Vec<Weekday> {
    DAYS.iter().map(|(_, day)| *day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_written_as_it_is_read() {
        for text in [
            "05:00-05:30 Buổi sáng",
            "05:00-05:30 T2-T7 Buổi sáng",
            "06:00-06:30 CN Buổi sáng",
            "17:00-17:30 T2,T4,CN Chiều",
            "17:00-17:30 T2,T3 CNTT và bạn",
            "17:00-17:30 T2-T4,T6-CN Chiều",
        ] {
            let slots = read(text).expect("a slot");
            assert_eq!(slots.iter().map(line).collect::<Vec<_>>(), [text]);
        }
        let slot = |text: &str| read(text).expect("a slot").remove(0);
        assert_eq!(slot("05:00-05:30 t2–t7").weekdays.len(), 6);
        assert_eq!((slot("05:00-05:30 T2-CN Sáng").weekdays.len(), slot("05:00-05:30 cn").name.as_str()), (0, "05:00"));
        assert_eq!(slot("05:00-05:30 CNTT").name, "CNTT");
    }

    #[test]
    fn what_is_no_slot_is_said() {
        let key = |text: &str| read(text).expect_err("no slots").key;
        for text in ["7 giờ", "05:30-05:00 Sáng", "05:00-05:30 T8 Sáng", "05:00-05:30 T7-T2 Sáng", "05:00-05:30 T2, T4 Sáng"]
        {
            assert_eq!(key(text), "loud-station-slots", "{text}");
        }
        assert_eq!(key("05:00-05:30 Sáng\n06:00-06:30 CN Sáng"), "loud-station-slots-twice");
        assert!(read("05:00-05:30 T2-T7 Sáng\n06:00-06:30 CN Sáng").is_ok());
        assert!(read_quiet("22:00-22:00").is_err() && read_quiet("22:00-05:00\n").is_ok());
    }
}
