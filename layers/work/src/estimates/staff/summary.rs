//! The roll-up: what all agencies ask for and get, by source, duty, part of the plan, agency and year. Every sum opens the
//! lines it is made of.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::extract::{Query, State};
use chrono::Datelike;
use sea_orm::entity::prelude::*;

use super::board::{Ask, Overseer, year};
use crate::agency_plans::staff::form::province_plan;
use crate::base::{App, time};
use crate::duties::held;
use crate::estimates::money::Unit;
use crate::estimates::rollup::{self, Sums};
use crate::estimates::source::Source;
use crate::estimates::table;
use crate::estimates::{Estimate, estimate};
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::web::download::{Download, XLSX};
use crate::web::{Locale, Page, Result, Shell, address};

/// One group with its sums.
pub struct Row {
    pub name: String,
    pub href: String,
    pub sums: [Option<i64>; 4],
    /// Of how many lines each sum is made, and how many there are.
    pub known: [usize; 4],
    pub lines: usize,
}

/// One way to add up.
pub struct Group {
    pub code: &'static str,
    pub title: String,
    pub rows: Vec<Row>,
}

/// The roll-up of a plan and a year.
pub struct Summary {
    pub plan: Plan,
    pub year: i32,
    pub groups: Vec<Group>,
    pub total: [Option<i64>; 4],
    pub lines: usize,
}

#[derive(Template)]
#[template(path = "estimates/staff/summary.html")]
pub struct SummaryPage {
    l: Locale,
    shell: Shell,
    summary: Summary,
    heading: String,
    /// A year in the address that is none.
    unread: String,
    plans: Vec<(String, String, bool)>,
    years: Vec<(i32, bool)>,
    unit: Unit,
    xlsx: String,
    board: String,
    /// The lines that the totals are made of.
    all_lines: String,
    printed: String,
    has_own: bool,
}

impl SummaryPage {
    /// Says of how many lines a sum is made, where that is not all of them.
    fn part(&self, row: &Row, at: usize) -> String {
        let known = row.known[at];
        if known == 0 || known == row.lines { String::new() } else { self.l.t2("estimates-part", "n", known, "count", row.lines) }
    }

    fn shown(&self, sum: &Option<i64>) -> Option<String> {
        sum.map(|sum| self.unit.show(sum))
    }
}

/// The years in which a plan asks something, with the chosen one.
///
/// # Errors
/// The database failed.
pub async fn years(app: &App, plan: &Plan, chosen: i32) -> Result<Vec<(i32, bool)>> {
    let duties = held::of_plan(&app.db, plan.id).await?;
    let first = duties.iter().map(|duty| duty.starts_on.year()).min().unwrap_or(chosen).min(chosen);
    let last = duties.iter().map(|duty| duty.last_day().year()).max().unwrap_or(chosen).max(chosen);
    Ok((first..=last).map(|year| (year, year == chosen)).collect())
}

impl Summary {
    /// Adds up what is asked for.
    ///
    /// # Errors
    /// Refused when no plan is in force; not found; or the database failed.
    pub async fn of(app: &App, l: Locale, ask: &Ask) -> Result<Self> {
        let plan = province_plan(app, &ask.plan).await?;
        let year = year(app, &ask.year);
        let estimates = Estimate::under(&app.db, plan.id).await?;
        let all = estimate::counted(&app.db, &estimates).await?;
        let lines: Vec<rollup::Line> = all.iter().filter(|line| line.year == year).cloned().collect();
        let adding = Adding {
            l,
            plan: &plan,
            year,
            lines: &lines,
            duties: held::of_plan(&app.db, plan.id).await?.into_iter().map(|duty| (duty.id, (duty.path, duty.title))).collect(),
        };
        let sources = Source::all(&app.db).await?;
        let known = Known::now(app).await?;
        let groups = vec![adding.sources(&sources), adding.parts(), adding.duties(), adding.agencies(&known), adding.years(&all)];
        Ok(Self { total: rollup::total(&lines).four(), lines: lines.len(), groups, year, plan })
    }
}

struct Adding<'a> {
    l: Locale,
    plan: &'a Plan,
    year: i32,
    lines: &'a [rollup::Line],
    duties: HashMap<Uuid, (String, String)>,
}

impl Adding<'_> {
    fn row(&self, name: String, (key, value): (&str, &str), sums: Option<&Sums>) -> Row {
        let year = self.year.to_string();
        let href =
            format!("/desk/estimates/lines{}", address::query(&[("plan", &self.plan.slug), ("year", &year), (key, value)]));
        let href = if sums.is_some() { href } else { String::new() };
        let sums = sums.copied().unwrap_or_default();
        Row { name, href, sums: sums.four(), known: sums.known(), lines: sums.lines }
    }

    fn group(&self, code: &'static str, rows: Vec<Row>) -> Group {
        Group { code, title: self.l.t(&format!("estimates-by-{code}")), rows }
    }

    /// Every source, also those of which nobody asks anything.
    fn sources(&self, sources: &[Source]) -> Group {
        let sums = rollup::by(self.lines, |line| line.source.clone());
        let row = |source: &Source| self.row(source.name.clone(), ("source", &source.code), sums.get(&source.code));
        self.group("source", sources.iter().map(row).collect())
    }

    fn parts(&self) -> Group {
        let part = |line: &rollup::Line| self.part(line.duty);
        let sums: BTreeMap<String, Sums> = rollup::by(self.lines, part);
        let row = |(part, sums): (&String, &Sums)| self.row(self.l.t1("progress-part", "part", part), ("part", part), Some(sums));
        self.group("part", sums.iter().map(row).collect())
    }

    /// `III` of `III.1.b`.
    fn part(&self, duty: Uuid) -> String {
        self.duties.get(&duty).map(|(path, _)| part_of(path).to_owned()).unwrap_or_default()
    }

    fn duties(&self) -> Group {
        let sums = rollup::by(self.lines, |line| line.duty);
        let mut rows: Vec<(&Uuid, &Sums)> = sums.iter().collect();
        let path = |duty: &Uuid| self.duties.get(duty).map(|(path, _)| path.as_str()).unwrap_or_default();
        rows.sort_by(|one, other| vietnamese::order::compare_natural(path(one.0), path(other.0)));
        let row = |(duty, sums): (&Uuid, &Sums)| {
            let (path, title) = self.duties.get(duty).cloned().unwrap_or_default();
            self.row(super::view::choice(&path, &title), ("duty", &duty.to_string()), Some(sums))
        };
        self.group("duty", rows.into_iter().map(row).collect())
    }

    fn agencies(&self, known: &Known) -> Group {
        let sums = rollup::by(self.lines, |line| line.agency);
        let mut rows: Vec<(&Uuid, &Sums)> = sums.iter().collect();
        rows.sort_by_key(|(agency, _)| known.rank(**agency));
        let row = |(agency, sums): (&Uuid, &Sums)| {
            let (name, slug) = known.get(agency).map(|one| (one.label(), one.slug.clone())).unwrap_or_default();
            self.row(name, ("agency", &slug), Some(sums))
        };
        self.group("agency", rows.into_iter().map(row).collect())
    }

    fn years(&self, all: &[rollup::Line]) -> Group {
        let sums = rollup::by(all, |line| line.year);
        let row = |(year, sums): (&i32, &Sums)| {
            let pairs = [("plan", self.plan.slug.as_str()), ("year", &year.to_string())];
            Row {
                name: year.to_string(),
                href: format!("/desk/estimates/lines{}", address::query(&pairs)),
                sums: sums.four(),
                known: sums.known(),
                lines: sums.lines,
            }
        };
        self.group("year", sums.iter().map(row).collect())
    }
}

/// `III` of `III.1.b`.
#[must_use]
pub fn part_of(path: &str) -> &str {
    path.split('.').next().unwrap_or_default()
}

/// `GET /desk/estimates/summary`
pub async fn show(who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<SummaryPage>> {
    let l = shell.l;
    let summary = Summary::of(&app, l, &ask).await?;
    let plans = Plan::adopted(&app.db).await?;
    let unit = Unit::from_code(&ask.unit);
    let year = summary.year.to_string();
    let here = |path: &str| format!("{path}{}", address::query(&[("plan", &summary.plan.slug), ("year", &year)]));
    Ok(Page(SummaryPage {
        heading: match summary.total[0] {
            Some(asked) => l.t2("estimates-summary-heading", "year", &year, "sum", crate::estimates::money::shown(asked)),
            None => l.t1("estimates-summary-nothing", "year", &year),
        },
        unread: ask.unread(),
        plans: plans.iter().map(|one| (one.slug.clone(), one.title(), one.id == summary.plan.id)).collect(),
        years: years(&app, &summary.plan, summary.year).await?,
        xlsx: here("/desk/estimates/summary/xlsx"),
        board: here("/desk/estimates/board"),
        all_lines: here("/desk/estimates/lines"),
        printed: time::minute(app.clock.now()),
        has_own: who.agency.is_some(),
        unit,
        summary,
        l,
        shell,
    }))
}

/// `GET /desk/estimates/summary/xlsx`: the roll-up, a sheet for each way to add up, and all lines.
pub async fn xlsx(_who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let summary = Summary::of(&app, shell.l, &ask).await?;
    let bytes = table::summary(shell.l, &summary)?;
    let name = format!("tong-hop-du-toan-{}-{}.xlsx", summary.year, summary.plan.slug);
    Ok(Download { name, media_type: XLSX, bytes })
}
