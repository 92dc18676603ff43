//! What people type of an agency's plan, and how it is read. Pure.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::people::agency::draft::value;
use crate::web::Obstacle;

const NUMBER_LETTERS_MAX: usize = 60;
const TITLE_LETTERS_MAX: usize = 500;
const NOTE_LETTERS_MAX: usize = 4_000;
/// A plan of more years than this is a strategy.
const YEARS_MAX: i32 = 15;

/// The fields of the form, as typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub number: String,
    pub title: String,
    pub issued_on: String,
    pub from_year: String,
    pub until_year: String,
    pub note: String,
    pub duties: Vec<Uuid>,
}

/// The fields as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub number: String,
    pub title: String,
    pub issued_on: Option<NaiveDate>,
    pub from_year: i32,
    pub until_year: i32,
    pub note: String,
    pub duties: Vec<Uuid>,
}

impl Typed {
    /// Reads what was typed on that day.
    ///
    /// # Errors
    /// What is wrong, each at its field.
    pub fn read(&self, today: NaiveDate) -> Result<Content, Vec<Obstacle>> {
        let mut wrong = Vec::new();
        let number = short(&self.number, NUMBER_LETTERS_MAX).map_err(|n| wrong.push(long("number", n))).unwrap_or_default();
        let title = short(&self.title, TITLE_LETTERS_MAX).map_err(|n| wrong.push(long("title", n))).unwrap_or_default();
        let note = short(&self.note, NOTE_LETTERS_MAX).map_err(|n| wrong.push(long("note", n))).unwrap_or_default();
        if self.title.trim().is_empty() {
            wrong.push(Obstacle::new("agency-plan-without-title").at("title"));
        }
        let issued_on = value::day_if_any(&self.issued_on).unwrap_or_else(|obstacle| {
            wrong.push(obstacle.at("issued_on"));
            None
        });
        if issued_on.is_some_and(|day| day > today) {
            wrong.push(Obstacle::new("agency-plan-in-future").at("issued_on"));
        }
        let from_year = year(&self.from_year);
        let until_year = if self.until_year.trim().is_empty() { from_year } else { year(&self.until_year) };
        match (from_year, until_year) {
            (None, _) => wrong.push(Obstacle::new("agency-plan-no-year").at("from_year")),
            (_, None) => wrong.push(Obstacle::new("agency-plan-no-year").at("until_year")),
            (Some(from), Some(until)) if until < from || until - from >= YEARS_MAX => {
                wrong.push(Obstacle::new("agency-plan-years").with("n", YEARS_MAX).at("until_year"));
            }
            _ => {}
        }
        let (Some(from_year), Some(until_year), true) = (from_year, until_year, wrong.is_empty()) else { return Err(wrong) };
        Ok(Content { number, title, issued_on, from_year, until_year, note, duties: self.duties.clone() })
    }
}

fn short(text: &str, most: usize) -> Result<String, usize> {
    let text = vietnamese::normalise(text).replace("\r\n", "\n").replace('\0', "").trim().to_owned();
    if text.chars().count() > most { Err(most) } else { Ok(text) }
}

fn long(field: &'static str, most: usize) -> Obstacle {
    Obstacle::new("agency-plan-too-long").with("n", most).at(field)
}

fn year(typed: &str) -> Option<i32> {
    typed.trim().parse().ok().filter(|year| (2000..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(title: &str, from: &str, until: &str, day: &str) -> Typed {
        Typed { title: title.into(), from_year: from.into(), until_year: until.into(), issued_on: day.into(), ..Typed::default() }
    }

    fn wrong(typed: &Typed) -> Vec<(&'static str, &'static str)> {
        let today = "2026-03-02".parse().expect("a day");
        typed.read(today).err().unwrap_or_default().iter().map(|one| (one.key, one.field)).collect()
    }

    #[test]
    fn each_mistake_stands_at_its_field() {
        assert_eq!(wrong(&typed("Kế hoạch", "2026", "", "2/3/2026")), []);
        assert_eq!(wrong(&typed(" ", "2026", "", "")), [("agency-plan-without-title", "title")]);
        assert_eq!(wrong(&typed("Kế hoạch", "năm nay", "", "")), [("agency-plan-no-year", "from_year")]);
        assert_eq!(wrong(&typed("Kế hoạch", "2026", "2025", "")), [("agency-plan-years", "until_year")]);
        assert_eq!(wrong(&typed("Kế hoạch", "2026", "2060", "")), [("agency-plan-years", "until_year")]);
        assert_eq!(wrong(&typed("Kế hoạch", "2026", "", "3/3/2026")), [("agency-plan-in-future", "issued_on")]);
        assert_eq!(wrong(&typed("Kế hoạch", "2026", "", "31/6/2026")), [("agency-wrong-day", "issued_on")]);
        assert_eq!(wrong(&typed(&"ẵ".repeat(501), "2026", "", "")), [("agency-plan-too-long", "title")]);
    }
}
