//! What was typed about a record, in the form or in a file: read exactly, refused with every reason at its field. Pure.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use vietnamese::number::leading_number;

use super::kind::{Field, Kind};
use super::record::Content;
use crate::base::time;
use crate::news::view;
use crate::plans::secrecy;
use crate::web::Obstacle;

pub const TITLE_LETTERS_MAX: usize = 400;
pub const CODE_LETTERS_MAX: usize = 60;
pub const NOTE_LETTERS_MAX: usize = 2_000;
/// People of one province, and more.
pub const FIGURE_MAX: i64 = 10_000_000;
const DIGITS_MAX: usize = 12;
/// Nothing of the programme is older.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The fields as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub title: String,
    pub code: String,
    pub from_on: String,
    pub until_on: String,
    pub lead: String,
    pub category: String,
    /// Not empty: they agreed to be listed.
    pub listed: String,
    pub trained_on: String,
    pub part: String,
    pub whole: String,
    pub note: String,
}

impl From<&Content> for Typed {
    fn from(content: &Content) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let number = |number: Option<i64>| number.map(vietnamese::number::format_integer).unwrap_or_default();
        Self {
            title: content.title.clone(),
            code: content.code.clone(),
            from_on: content.from_on.to_string(),
            until_on: day(content.until_on),
            lead: content.lead.clone(),
            category: content.category.clone(),
            listed: if content.listed { "on".into() } else { String::new() },
            trained_on: day(content.trained_on),
            part: number(content.part),
            whole: number(content.whole),
            note: content.note.clone(),
        }
    }
}

/// What is wrong, as it is found.
struct Wrong(Vec<Obstacle>);

impl Wrong {
    fn say(&mut self, is: bool, key: &'static str, field: &'static str) {
        if is {
            self.0.push(Obstacle::new(key).at(field));
        }
    }

    fn long(&mut self, text: &str, most: usize, field: &'static str) {
        if text.chars().count() > most {
            self.0.push(Obstacle::new("register-too-long").with("n", most).at(field));
        }
    }

    fn day(&mut self, typed: &str, field: &'static str) -> Option<NaiveDate> {
        match view::day(typed) {
            Ok(None) => None,
            Ok(Some(day)) if YEARS.contains(&day.year()) => Some(day),
            _ => {
                self.0.push(Obstacle::new("register-day-wrong").with("value", shown(typed)).at(field));
                None
            }
        }
    }

    fn number(&mut self, typed: &str, field: &'static str) -> Option<i64> {
        if typed.trim().is_empty() {
            self.say(true, "register-needs-figure", field);
            return None;
        }
        let read = whole_number(typed.trim());
        if read.is_none() {
            self.0.push(Obstacle::new("register-figure-wrong").with("value", shown(typed)).at(field));
        }
        read
    }
}

fn shown(typed: &str) -> String {
    typed.trim().chars().take(40).collect()
}

/// A whole number from zero, as Vietnamese writes it.
fn whole_number(typed: &str) -> Option<i64> {
    if typed.chars().filter(char::is_ascii_digit).count() > DIGITS_MAX {
        return None;
    }
    let (reading, rest) = leading_number(typed)?;
    if !rest.trim().is_empty() || reading.value.is_negative() || reading.value.rounded(0) != reading.value {
        return None;
    }
    let digits: String = reading.value.to_fixed(0).chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|number| (0..=FIGURE_MAX).contains(number))
}

fn line(text: &str) -> String {
    vietnamese::normalise(text.trim()).replace(['\n', '\r', '\t', '\0'], " ")
}

impl Typed {
    /// Nothing was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let all = [&self.title, &self.code, &self.from_on, &self.until_on, &self.lead, &self.part, &self.whole, &self.note];
        all.iter().all(|one| one.trim().is_empty())
    }

    /// What it means for that kind; what the kind does not ask is left out.
    ///
    /// # Errors
    /// Every reason, each at its field.
    pub fn read(&self, kind: &Kind, today: NaiveDate) -> Result<Content, Vec<Obstacle>> {
        let mut wrong = Wrong(Vec::new());
        let (title, code) = (line(&self.title), if kind.coded { line(&self.code) } else { String::new() });
        wrong.say(title.is_empty(), "register-needs-title", "title");
        wrong.long(&title, TITLE_LETTERS_MAX, "title");
        wrong.say(kind.coded && code.is_empty(), "register-needs-code", "code");
        wrong.long(&code, CODE_LETTERS_MAX, "code");
        wrong.say(self.from_on.trim().is_empty(), "register-needs-day", "from_on");
        let from_on = wrong.day(&self.from_on, "from_on");
        let until_on = if kind.ends { wrong.day(&self.until_on, "until_on") } else { None };
        wrong.say(kind.has(Field::Term) && self.until_on.trim().is_empty(), "register-needs-term", "until_on");
        if let (Some(from), Some(until)) = (from_on, until_on)
            && until < from
        {
            wrong.0.push(Obstacle::new("register-ends-before").with("day", time::day(from)).at("until_on"));
        }
        let lead = if kind.has(Field::Lead) { line(&self.lead) } else { String::new() };
        wrong.long(&lead, TITLE_LETTERS_MAX, "lead");
        let category = self.category.trim();
        let known = kind.categories.iter().any(|one| one == category);
        wrong.say(kind.has(Field::Category) && !known, "register-needs-category", "category");
        let trained_on = if kind.has(Field::Trained) { wrong.day(&self.trained_on, "trained_on") } else { None };
        wrong.say(trained_on.is_some_and(|day| day > today), "register-trained-later", "trained_on");
        let (part, whole) = self.figures(kind, &mut wrong);
        let note = vietnamese::normalise(self.note.trim()).replace("\r\n", "\n").replace('\0', "");
        wrong.long(&note, NOTE_LETTERS_MAX, "note");
        if let Some(mark) = [&self.title, &self.note, &self.lead].into_iter().find_map(|text| secrecy::of_text(text)) {
            wrong.0.push(Obstacle::new("register-secret-mark").with("mark", mark).at("title"));
        }
        match from_on {
            Some(from_on) if wrong.0.is_empty() => Ok(Content {
                title,
                code,
                from_on,
                until_on,
                lead,
                category: if known { category.to_owned() } else { String::new() },
                listed: kind.has(Field::Listed) && !self.listed.trim().is_empty(),
                trained_on,
                part,
                whole,
                note,
            }),
            _ => Err(wrong.0),
        }
    }

    fn figures(&self, kind: &Kind, wrong: &mut Wrong) -> (Option<i64>, Option<i64>) {
        if !kind.has(Field::Figures) {
            return (None, None);
        }
        let (part, whole) = (wrong.number(&self.part, "part"), wrong.number(&self.whole, "whole"));
        // A rate does not exceed 100 %.
        wrong.say(part.zip(whole).is_some_and(|(part, whole)| part > whole), "register-more-than-all", "part");
        (part, whole)
    }
}

#[cfg(test)]
mod tests {
    use super::super::kind::{self, DISSEMINATION, ST_TASK};
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day")
    }

    fn keys(typed: &Typed, code: &str) -> Vec<&'static str> {
        let kind = kind::of(code).expect("a kind");
        typed.read(kind, today()).err().unwrap_or_default().iter().map(|one| one.key).collect()
    }

    #[test]
    fn what_can_not_be_is_refused_at_its_field() {
        let task = Typed { title: "Nhiệm vụ".into(), code: "KC-01".into(), from_on: "02/03/2026".into(), ..Typed::default() };
        assert!(keys(&task, ST_TASK).is_empty());
        assert_eq!(keys(&Typed { from_on: "31/2/2026".into(), ..task.clone() }, ST_TASK), ["register-day-wrong"]);
        assert_eq!(keys(&Typed { until_on: "2025-01-01".into(), ..task.clone() }, ST_TASK), ["register-ends-before"]);
        assert_eq!(keys(&Typed { code: " ".into(), ..task.clone() }, ST_TASK), ["register-needs-code"]);
        assert_eq!(keys(&Typed { title: "MẬT".into(), ..task.clone() }, ST_TASK), ["register-secret-mark"]);
        let session = Typed { part: "120".into(), whole: "100".into(), ..task };
        assert_eq!(keys(&session, DISSEMINATION), ["register-more-than-all"]);
        for wrong in ["-1", "1,5", "1e9", "mười", "99999999999999"] {
            assert_eq!(
                keys(&Typed { part: wrong.into(), ..session.clone() }, DISSEMINATION),
                ["register-figure-wrong"],
                "{wrong}"
            );
        }
        let kind = kind::of(DISSEMINATION).expect("a kind");
        let read = Typed { part: "1.234".into(), whole: "1.300".into(), ..session }.read(kind, today()).expect("a content");
        assert_eq!((read.part, read.whole, read.code.as_str()), (Some(1_234), Some(1_300), ""));
    }
}
