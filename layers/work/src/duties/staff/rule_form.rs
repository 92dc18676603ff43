//! The form of a duty's rule: what is typed, and what it means.

use chrono::NaiveDate;

use super::fields::Fields;
use crate::base::{App, time};
use crate::duties::changing::Wanted;
use crate::duties::duty::Duty;
use crate::duties::holder::{Holder, Part};
use crate::duties::naming::{self, Named};
use crate::duties::rule::{CutOff, DayOfYear, Often, Rule, Shift};
use crate::duties::{deriving, view};
use crate::people::agency::draft::value;
use crate::web::{Obstacle, Result};

/// More days a year than working months is a slip.
const DAYS_MAX: usize = 12;
const WORKING_DAYS_MAX: u32 = 250;

/// What stands in the form.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub version: i32,
    /// `once`, `monthly`, `yearly`, `continuous`, `on_request`, `never`, `unknown`.
    pub often: String,
    pub by: String,
    pub day: String,
    pub days: String,
    pub working_days: String,
    pub before: bool,
    pub fourteenth: bool,
    /// `none`, `previous`, `next`.
    pub shift: String,
    pub from: String,
    pub until: String,
    /// Those that are there: what they are, and `lead`, `support` or `none`.
    pub holders: Vec<(Named, String)>,
    /// Names to be added, one a line.
    pub leads: String,
    pub supports: String,
}

impl Given {
    /// What was sent.
    #[must_use]
    pub fn sent(fields: &Fields) -> Self {
        let named = fields.all("holder").map(Named::from_code).zip(fields.all("part"));
        Self {
            version: fields.one("version").parse().unwrap_or_default(),
            often: fields.one("often").to_owned(),
            by: fields.text("by"),
            day: fields.text("day"),
            days: fields.text("days"),
            working_days: fields.text("working_days"),
            before: fields.one("before") == "before",
            fourteenth: fields.one("cut_off") == "fourteenth",
            shift: fields.one("shift").to_owned(),
            from: fields.text("from"),
            until: fields.text("until"),
            holders: named.filter_map(|(named, part)| Some((named?, part.to_owned()))).collect(),
            leads: fields.text("leads"),
            supports: fields.text("supports"),
        }
    }

    /// The duty as it is. A change holds for what is due from today on, unless somebody says otherwise.
    #[must_use]
    pub fn of(duty: &Duty, holders: &[Holder], today: NaiveDate) -> Self {
        let rule = duty.rule();
        let plain = Rule::plain(Often::Never);
        let shown = rule.as_ref().unwrap_or(&plain);
        let days = |days: &[DayOfYear]| view::list(days);
        let mut given = Self {
            version: duty.version,
            often: rule.as_ref().map_or("unknown", |rule| code(&rule.often)).to_owned(),
            working_days: deriving::REQUEST_DAYS.to_string(),
            before: shown.before,
            fourteenth: shown.cut_off == CutOff::Fourteenth,
            shift: shift_code(shown.shift).to_owned(),
            from: time::day(duty.starts_on.max(today)),
            until: time::day(duty.ends_on),
            holders: Wanted::of(duty, holders).holders.into_iter().map(|(part, named)| (named, part_code(part).into())).collect(),
            ..Self::default()
        };
        match &shown.often {
            Often::Once { by } => given.by = time::day(*by),
            Often::Monthly { day } => given.day = day.to_string(),
            Often::Yearly { days: on } | Often::Continuous { checks: on } => given.days = days(on),
            Often::OnRequest { working_days } => given.working_days = working_days.to_string(),
            Often::Never => {}
        }
        given
    }

    /// Whether that choice is taken.
    #[must_use]
    pub fn is(&self, often: &str) -> bool {
        self.often == often
    }

    /// What it means, or why it means nothing.
    ///
    /// # Errors
    /// The database failed.
    pub async fn wanted(&self, app: &App, duty: &Duty, holders: &[Holder]) -> Result<std::result::Result<Wanted, Vec<Obstacle>>> {
        let today = time::local_date(app.clock.now());
        let mut wrong = Vec::new();
        let rule = self.rule().unwrap_or_else(|obstacle| {
            wrong.push(obstacle);
            None
        });
        let mut day = |given: &str, field: &'static str, none: NaiveDate| {
            value::day(given).unwrap_or_else(|obstacle| {
                wrong.push(obstacle.at(field));
                none
            })
        };
        let once = matches!(rule, Some(Rule { often: Often::Once { .. }, .. }));
        let starts_on = if once { duty.starts_on } else { day(&self.from, "from", duty.starts_on) };
        let ends_on = if once { duty.ends_on } else { day(&self.until, "until", duty.ends_on) };
        let held = self.held(app, today, &mut wrong).await?;
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        let mut wanted = Wanted { rule, starts_on, ends_on, holders: held };
        let before = Wanted::of(duty, holders);
        // The first day was proposed, not changed: whoever saves without a change changes nothing.
        if starts_on == duty.starts_on.max(today) && (Wanted { starts_on: before.starts_on, ..wanted.clone() }) == before {
            wanted.starts_on = before.starts_on;
        }
        Ok(Ok(wanted))
    }

    /// Those that stay, then those that are added; whoever is named twice is held once, leading where one of them leads.
    async fn held(&self, app: &App, today: NaiveDate, wrong: &mut Vec<Obstacle>) -> Result<Vec<(Part, Named)>> {
        let mut held: Vec<(Part, Named)> =
            self.holders.iter().filter_map(|(named, part)| Some((part_of(part)?, named.clone()))).collect();
        for (part, field, text) in [(Part::Lead, "leads", &self.leads), (Part::Support, "supports", &self.supports)] {
            let names = naming::read(app, text, today, field).await?;
            wrong.extend(names.obstacles);
            for named in names.named {
                match held.iter_mut().find(|one| one.1 == named) {
                    Some(there) => there.0 = there.0.min(part),
                    None => held.push((part, named)),
                }
            }
        }
        held.sort_by_key(|(part, _)| *part);
        Ok(held)
    }

    fn rule(&self) -> std::result::Result<Option<Rule>, Obstacle> {
        let often = match self.often.as_str() {
            "unknown" => return Ok(None),
            "once" => Often::Once { by: value::day(&self.by).map_err(|wrong| wrong.at("by"))? },
            "monthly" => Often::Monthly { day: whole(&self.day, 31).ok_or_else(|| Obstacle::new("rule-day-wrong").at("day"))? },
            "yearly" => Often::Yearly { days: days_of_year(&self.days)? },
            "continuous" => Often::Continuous { checks: days_of_year(&self.days)? },
            "on_request" => {
                let days = whole(&self.working_days, WORKING_DAYS_MAX);
                let wrong = || Obstacle::new("rule-working-days-wrong").with("n", WORKING_DAYS_MAX).at("working_days");
                return Ok(Some(Rule::plain(Often::OnRequest { working_days: days.ok_or_else(wrong)? })));
            }
            "never" => return Ok(Some(Rule::plain(Often::Never))),
            _ => return Err(Obstacle::new("rule-without-often").at("often")),
        };
        let cut_off = if self.fourteenth { CutOff::Fourteenth } else { CutOff::Calendar };
        let shift = match self.shift.as_str() {
            "previous" => Shift::Previous,
            "next" => Shift::Next,
            _ => Shift::None,
        };
        // Once is about no stretch of time.
        let cut_off = if matches!(often, Often::Once { .. }) { CutOff::Calendar } else { cut_off };
        Ok(Some(Rule { often, before: self.before, cut_off, shift }))
    }
}

const fn code(often: &Often) -> &'static str {
    match often {
        Often::Once { .. } => "once",
        Often::Monthly { .. } => "monthly",
        Often::Yearly { .. } => "yearly",
        Often::Continuous { .. } => "continuous",
        Often::OnRequest { .. } => "on_request",
        Often::Never => "never",
    }
}

const fn shift_code(shift: Shift) -> &'static str {
    match shift {
        Shift::None => "none",
        Shift::Previous => "previous",
        Shift::Next => "next",
    }
}

const fn part_code(part: Part) -> &'static str {
    match part {
        Part::Lead => "lead",
        Part::Support => "support",
    }
}

fn part_of(code: &str) -> Option<Part> {
    match code {
        "lead" => Some(Part::Lead),
        "support" => Some(Part::Support),
        _ => None,
    }
}

/// A whole number from 1, as Vietnamese writes it.
fn whole(text: &str, most: u32) -> Option<u32> {
    let number = vietnamese::number::parse_number(text.trim()).ok()?.value.as_f64();
    (1..=most).find(|whole| (f64::from(*whole) - number).abs() < f64::EPSILON)
}

/// `20/6, 20/12`, `20/6 và 20/12`: days that some year has, in their order.
fn days_of_year(text: &str) -> std::result::Result<Vec<DayOfYear>, Obstacle> {
    let wrong = |value: &str| Obstacle::new("rule-days-wrong").with("value", value.trim()).at("days");
    let text = text.to_lowercase().replace(" và ", ",");
    let mut days = Vec::new();
    for one in text.split([',', ';', '\n']).map(str::trim).filter(|one| !one.is_empty()) {
        let (day, month) = one.split_once(['/', '-']).ok_or_else(|| wrong(one))?;
        let (day, month) = (whole(day, 31).ok_or_else(|| wrong(one))?, whole(month, 12).ok_or_else(|| wrong(one))?);
        // A leap year: 29/2 is a day that some year has.
        NaiveDate::from_ymd_opt(2024, month, day).ok_or_else(|| wrong(one))?;
        days.push(DayOfYear { month, day });
    }
    days.sort_unstable();
    days.dedup();
    match days.len() {
        0 => Err(Obstacle::new("rule-days-missing").at("days")),
        count if count > DAYS_MAX => Err(Obstacle::new("rule-days-many").with("n", DAYS_MAX).at("days")),
        _ => Ok(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        let read = |text: &str| days_of_year(text).map(|days| view::list(&days)).map_err(|wrong| wrong.key);
        assert_eq!(read("20/12, 20/6"), Ok("20/6, 20/12".into()));
        assert_eq!(read("20/06 và 20/12"), Ok("20/6, 20/12".into()));
        assert_eq!(read("29/2"), Ok("29/2".into()));
        assert_eq!(read("31/6"), Err("rule-days-wrong"));
        assert_eq!(read("20/13"), Err("rule-days-wrong"));
        assert_eq!(read("hai mươi"), Err("rule-days-wrong"));
        assert_eq!(read(" "), Err("rule-days-missing"));
    }

    #[test]
    fn numbers_are_whole_and_within_bounds() {
        assert_eq!(["40", "0", "-1", "1,5", "x", ""].map(|text| whole(text, 31)), [None; 6]);
        assert_eq!(["1", "31", "０５"].map(|text| whole(text, 31)), [Some(1), Some(31), Some(5)]);
    }
}
