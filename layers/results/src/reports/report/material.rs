//! What a document is made of: who owes, who is in, what they wrote, what their forms say. Of a closed period it is what the closing
//! names, whatever was handed in since.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use sea_orm::entity::prelude::*;

use super::Report;
use super::narrative::Narrative;
use super::placing::Provision;
use crate::base::{App, time};
use crate::duties::closing::{Closing, Line, line};
use crate::duties::collation;
use crate::duties::duty::Kind;
use crate::duties::form::field::Definition;
use crate::duties::form::filling::Sheet;
use crate::duties::form::roll_up::Sheets;
use crate::duties::progress::by_duty::by_duty;
use crate::duties::progress::{Scope, Tally, Which};
use crate::duties::standing::Story;
use crate::duties::{Duty, slot};
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::web::{Error, address};
use ::measures::Amount;

/// How far a task is in a year.
pub struct Due {
    pub tally: Tally,
    /// The list of what was handed in.
    pub href: String,
}

/// What was found.
pub struct Material {
    pub plan: Option<Plan>,
    pub duty: Option<Duty>,
    /// Of an agency's own report, its own line alone.
    pub lines: Vec<Line>,
    pub provisions: Vec<Provision>,
    /// How far each task of the plan is in the year, by its path; nothing for an agency's own report.
    pub work: HashMap<String, Due>,
    pub narrative: Narrative,
    /// None where no form is asked.
    pub sheets: Option<Sheets>,
    /// What the system counts for the fields of an agency's form before it answers, by code.
    pub recorded: HashMap<String, Amount>,
    /// The version of the last closing of the period; 0 when there is none.
    pub last_closing: i32,
    pub known: Arc<Known>,
    pub year: i32,
}

impl Material {
    /// Reads it: some twenty statements, whatever the number of agencies.
    ///
    /// # Errors
    /// Not found when the closing is not there, or the agency owes nothing in the period; or the database failed.
    pub async fn of(app: &App, report: &Report) -> Result<Self, Error> {
        let known = Known::now(app).await?;
        let year = report.period.get(..4).and_then(|year| year.parse().ok());
        let year = year.unwrap_or_else(|| time::local_date(report.made_at).year());
        let mut found = Self {
            plan: None,
            duty: None,
            lines: Vec::new(),
            provisions: Vec::new(),
            work: HashMap::new(),
            narrative: Narrative::default(),
            sheets: None,
            recorded: HashMap::new(),
            last_closing: 0,
            known,
            year,
        };
        if let Some(plan) = report.plan {
            found.plan = Some(Plan::find(&app.db, plan).await?);
        }
        if let Some(duty) = report.duty {
            found.of_period(app, report, Duty::find(&app.db, duty).await?).await?;
        }
        Ok(found)
    }

    async fn of_period(&mut self, app: &App, report: &Report, duty: Duty) -> Result<(), Error> {
        let version = (report.closing > 0).then_some(report.closing);
        let mut lines = line::read(app, duty.id, &report.period, version).await?;
        if report.own {
            lines.retain(|line| line.agency == report.agency);
        }
        if lines.is_empty() {
            return Err(Error::NotFound);
        }
        let closings = Closing::of(&app.db, duty.id, &report.period).await?;
        self.last_closing = closings.last().map_or(0, |last| last.version);
        let mut work = Duty::of_plan(&app.db, duty.plan).await?;
        work.retain(|one| one.kind == Kind::Work && !one.path.is_empty());
        if !report.own {
            self.work = self.due(app, duty.plan, &work).await?;
        }
        self.provisions = work.into_iter().map(|one| Provision { path: one.path, title: one.title }).collect();
        self.narrative = Narrative::of(collation::of_lines(app, &lines).await?, &self.provisions);
        let answers: HashSet<Uuid> = lines.iter().filter(|line| line.outcome.is_in()).filter_map(|line| line.answer).collect();
        let sheets = Sheets::closed(&app.db, duty.id, &report.period, &answers).await?;
        if !sheets.form.fields.is_empty() {
            self.sheets = Some(sheets);
        }
        if let (true, [only]) = (report.own && answers.is_empty(), lines.as_slice()) {
            self.recorded = recorded(app, only.slot).await?;
        }
        self.lines = lines;
        self.duty = Some(duty);
        Ok(())
    }

    /// What the tasks of the plan owe in the year of the document, as the list of the desk counts it: one statement.
    async fn due(&self, app: &App, plan: Uuid, work: &[Duty]) -> Result<HashMap<String, Due>, Error> {
        let day = |month, day| NaiveDate::from_ymd_opt(self.year, month, day).unwrap_or_default();
        let scope = Scope {
            plan,
            part: String::new(),
            agency: None,
            body: None,
            duty: None,
            kind: Some(Kind::Work),
            from: day(1, 1),
            until: day(12, 31),
            today: time::local_date(app.clock.now()),
        };
        let tallies = by_duty(&app.db, &scope).await?;
        let (slug, year) = (self.plan.as_ref().map(|plan| plan.slug.clone()).unwrap_or_default(), self.year.to_string());
        let mut due: HashMap<String, Due> = HashMap::new();
        for duty in work {
            let Some(tally) = tallies.get(&duty.id) else { continue };
            let id = duty.id.to_string();
            let asked =
                [("plan", slug.as_str()), ("year", year.as_str()), ("which", Which::Submitted.code()), ("duty", id.as_str())];
            let href = format!("/desk/progress/slots{}", address::query(&asked));
            due.entry(duty.path.clone()).or_insert_with(|| Due { tally: Tally::default(), href }).tally += *tally;
        }
        Ok(due)
    }

    /// The form that is asked.
    #[must_use]
    pub fn form(&self) -> Option<&Definition> {
        self.sheets.as_ref().map(|sheets| &sheets.form)
    }

    /// How many lines are like that.
    #[must_use]
    pub fn count(&self, is: impl Fn(&Line) -> bool) -> usize {
        self.lines.iter().filter(|line| is(line)).count()
    }
}

async fn recorded(app: &App, slot: Uuid) -> Result<HashMap<String, Amount>, Error> {
    let slot = slot::Entity::find_by_id(slot).one(&app.db).await?.ok_or(Error::NotFound)?;
    let today = time::local_date(app.clock.now());
    let sheet = Sheet::of(&app.db, &slot, &Story::default(), &HashMap::new(), today).await?;
    Ok(sheet.map(|sheet| sheet.recorded).unwrap_or_default())
}
