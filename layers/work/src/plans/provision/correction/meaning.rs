//! What the form of a provision means. Whatever is not understood is refused beside its field: a value that is
//! guessed at would be kept as if a person had meant it.

use std::ops::RangeInclusive;

use super::{Correction, Model};
use crate::plans::due;
use crate::plans::party::Part;
use crate::plans::recognise::{Deadline, DeadlineKind, Interval, Kind, Role, Target};
use crate::web::Obstacle;

/// A form that is understood.
pub(super) struct Meant {
    pub kind: Kind,
    pub text: String,
    pub role: Role,
    pub parties: Vec<(Part, String)>,
    pub deadline: Deadline,
    pub target: Option<Target>,
    pub result: Option<String>,
}

const TEXT_MAX: usize = 20_000;
const NAMES_MAX: usize = 200;
const YEARS: RangeInclusive<u32> = 1990..=2100;
const OPERATORS: [&str; 6] = ["=", ">=", ">", "<=", "<", "range"];

/// What was found wrong so far.
#[derive(Default)]
struct Reading {
    obstacles: Vec<Obstacle>,
}

impl Correction {
    /// The meaning, or everything that is wrong, each with its field.
    pub(super) fn meant(&self, old: &Model) -> Result<Meant, Vec<Obstacle>> {
        let mut reading = Reading::default();
        let meant = Meant {
            kind: reading.take(kind(&self.kind)).unwrap_or(Kind::Task),
            text: reading.take(text(&self.text)).unwrap_or_default(),
            role: reading.take(variant(&self.role, "role", "provision-role-unknown")).unwrap_or_default(),
            parties: reading.take(self.parties()).unwrap_or_default(),
            deadline: self.deadline(&old.deadline(), &mut reading),
            target: reading.take(self.target(old.target())).flatten(),
            result: Some(clean(&self.result)).filter(|result| !result.is_empty()),
        };
        if reading.obstacles.is_empty() { Ok(meant) } else { Err(reading.obstacles) }
    }

    fn parties(&self) -> Result<Vec<(Part, String)>, Obstacle> {
        let named = [(Part::Lead, &self.leads), (Part::Support, &self.cooperates), (Part::Recipient, &self.recipients)];
        let lines = named.into_iter().flat_map(|(part, lines)| lines.lines().map(move |line| (part, clean(line))));
        let parties: Vec<_> = lines.filter(|(_, name)| !name.is_empty()).collect();
        let many = parties.len() > NAMES_MAX;
        if many { Err(Obstacle::new("provision-names-many").at("leads").with("n", NAMES_MAX)) } else { Ok(parties) }
    }

    fn deadline(&self, old: &Deadline, reading: &mut Reading) -> Deadline {
        let before = reading.obstacles.len();
        let kind = reading.take(variant(&self.deadline_kind, "deadline_kind", "due-kind-unknown"));
        let interval = match self.interval.as_str() {
            "" => None,
            code => reading.take(variant::<Interval>(code, "interval", "due-interval-unknown")),
        };
        let year = reading.take(number(&self.year, "year", "due-year-odd", YEARS)).flatten();
        let mut deadline = Deadline {
            kind: kind.unwrap_or_default(),
            year: year.and_then(|year| i32::try_from(year).ok()),
            month: reading.take(number(&self.month, "month", "due-month-odd", 1..=12)).flatten(),
            day: reading.take(number(&self.day, "day", "due-day-odd", 1..=31)).flatten(),
            quarter: reading.take(number(&self.quarter, "quarter", "due-quarter-odd", 1..=4)).flatten(),
            interval,
            before: !self.before.is_empty(),
            ..old.clone()
        };
        // What the document said is not refused when it stays as it was read.
        if reading.obstacles.len() == before && deadline != *old {
            reading.obstacles.extend(missing(&deadline));
        }
        if deadline.kind != old.kind {
            deadline.from = None;
            deadline.dates.clear();
        }
        deadline
    }

    fn target(&self, old: Option<Target>) -> Result<Option<Target>, Obstacle> {
        let words = |text: &str| Some(clean(text)).filter(|text| !text.is_empty());
        let op = words(&self.target_op);
        if op.as_deref().is_some_and(|op| !OPERATORS.contains(&op)) {
            return Err(Obstacle::new("target-op-unknown").at("target_op").with("text", &self.target_op));
        }
        let Some(value) = words(&self.target_value) else {
            let keeps_words = old.is_some_and(|old| old.value.is_none()) && words(&self.target_subject).is_some();
            return Ok(keeps_words.then(|| Target { subject: words(&self.target_subject), ..Target::default() }));
        };
        let wrong = |_| Obstacle::new("target-not-a-number").at("target_value").with("text", &value);
        let number = vietnamese::number::parse_number(&value).map_err(wrong)?;
        let value_to = old.as_ref().and_then(|old| old.value_to).filter(|_| op.as_deref() == Some("range"));
        if op.as_deref() == Some("range") && value_to.is_none() {
            return Err(Obstacle::new("target-range-open").at("target_op"));
        }
        Ok(Some(Target {
            op: op.or_else(|| Some("=".into())),
            value: Some(number.value.as_f64()),
            value_to,
            unit: words(&self.target_unit),
            subject: words(&self.target_subject),
            exclude: words(&self.target_exclude),
            ..old.unwrap_or_default()
        }))
    }
}

impl Reading {
    fn take<T>(&mut self, read: Result<T, Obstacle>) -> Option<T> {
        read.map_err(|obstacle| self.obstacles.push(obstacle)).ok()
    }
}

/// The kind with that code.
///
/// # Errors
/// There is none; the obstacle stands at `kind`.
pub fn kind(code: &str) -> Result<Kind, Obstacle> {
    Kind::of_code(code).ok_or_else(|| Obstacle::new("provision-kind-unknown").at("kind").with("text", code))
}

/// The text as it is kept: neither empty nor longer than a provision can be.
///
/// # Errors
/// It is; the obstacle stands at `text`.
pub fn text(typed: &str) -> Result<String, Obstacle> {
    let text = clean(typed);
    match text.chars().count() {
        0 => Err(Obstacle::new("provision-text-missing").at("text")),
        1..=TEXT_MAX => Ok(text),
        _ => Err(Obstacle::new("provision-text-long").at("text").with("n", TEXT_MAX)),
    }
}

/// NFC, no control characters, trimmed.
pub fn clean(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    vietnamese::normalise(&text).trim().to_owned()
}

fn variant<T: serde::de::DeserializeOwned>(code: &str, field: &'static str, key: &'static str) -> Result<T, Obstacle> {
    serde_json::from_value(serde_json::Value::String(code.into())).map_err(|_| Obstacle::new(key).at(field).with("text", code))
}

/// A whole number within bounds; None when nothing is typed.
fn number(
    typed: &str,
    field: &'static str,
    out_of_bounds: &'static str,
    bounds: RangeInclusive<u32>,
) -> Result<Option<u32>, Obstacle> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Obstacle::new("due-not-a-number").at(field).with("text", typed));
    }
    let number = typed.parse().ok().filter(|number| bounds.contains(number));
    number.map(Some).ok_or_else(|| Obstacle::new(out_of_bounds).at(field).with("text", typed))
}

/// What a deadline of this kind needs and does not have, or a day that no calendar has.
fn missing(deadline: &Deadline) -> Option<Obstacle> {
    use DeadlineKind::{Date, Month, Quarter, Range, RecurringFrom, Year};
    let kind = deadline.kind;
    if matches!(kind, Year | Month | Quarter | Date | Range | RecurringFrom) && deadline.year.is_none() {
        return Some(Obstacle::new("due-year-missing").at("year"));
    }
    if kind == Quarter && deadline.quarter.is_none() {
        return Some(Obstacle::new("due-quarter-missing").at("quarter"));
    }
    if matches!(kind, Month | Date) && deadline.month.is_none() {
        return Some(Obstacle::new("due-month-missing").at("month"));
    }
    if kind == Date && deadline.day.is_none() {
        return Some(Obstacle::new("due-day-missing").at("day"));
    }
    let dated = matches!(kind, Year | Month | Quarter | Date | Range);
    (dated && due::last_day(deadline).is_none()).then(|| Obstacle::new("due-no-such-day").at("day"))
}
