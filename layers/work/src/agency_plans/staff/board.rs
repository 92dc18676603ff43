//! The coordinator's board of agencies' plans: who has none, who covers how much, which duties nobody covers.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use chrono::Datelike;
use sea_orm::entity::prelude::*;
use serde::Deserialize;
use vietnamese::number::format_integer;

use super::form::province_plan;
use super::narrowing::Named;
use crate::agency_plans::AgencyPlan;
use crate::agency_plans::coverage::{Coverage, OfAgency, Stage};
use crate::base::{App, time};
use crate::duties::{Duty, held};
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::web::download::{CSV, Download, harmless};
use crate::web::unread::UNREAD_LETTERS;
use crate::web::{Locale, Page, Result, Shell, address, cut};

crate::admits! {
    /// Who looks over everything.
    Overseer: Coordinator Leader Auditor Finance
}

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// Slug of a plan of the province; the newest one in force when empty.
    pub plan: String,
    pub year: String,
    /// How far the agencies are, as [`Stage::code`] says; all when empty.
    pub state: String,
    /// Words of the name of an agency.
    pub q: String,
}

impl Ask {
    fn read_year(&self) -> Option<i32> {
        self.year.parse().ok().filter(|year| (2000..2100).contains(year))
    }

    /// What of the address is not understood, as it stands there: it narrows nothing, which the page says.
    #[must_use]
    pub fn unread(&self) -> Vec<String> {
        let year = self.year.is_empty() || self.read_year().is_some();
        let state = self.state.is_empty() || Stage::from_code(&self.state).is_some();
        let odd = [(year, &self.year), (state, &self.state)].into_iter().filter(|(is_read, _)| !is_read);
        odd.map(|(_, value)| cut(value, UNREAD_LETTERS)).collect()
    }
}

/// The plan of the province, the year, and what is covered.
pub struct Counted {
    pub plan: Plan,
    pub year: i32,
    pub coverage: Coverage,
    pub duties: Vec<Duty>,
    pub agencies: Arc<Known>,
}

impl Counted {
    /// Counts what is asked for.
    ///
    /// # Errors
    /// Refused when no plan is in force; not found; or the database failed.
    pub async fn of(app: &App, ask: &Ask) -> Result<Self> {
        let plan = province_plan(app, &ask.plan).await?;
        let this = time::local_date(app.clock.now()).year();
        let year = ask.read_year().unwrap_or(this);
        let coverage = Coverage::load(&app.db, plan.id, year).await?;
        let duties = held::of_plan(&app.db, plan.id).await?;
        Ok(Self { plan, year, coverage, duties, agencies: Known::now(app).await? })
    }

    /// The list behind a figure.
    #[must_use]
    pub fn list(&self, which: &str, duty: &str) -> String {
        let year = self.year.to_string();
        let pairs = [("plan", self.plan.slug.as_str()), ("year", &year), ("which", which), ("duty", duty)];
        format!("/desk/agency-plans/list{}", address::query(&pairs))
    }

    /// The board narrowed to a stage and words of a name; to nothing where they are empty.
    #[must_use]
    pub fn board(&self, state: &str, q: &str) -> String {
        format!("/desk/agency-plans/board{}", self.query(state, q))
    }

    fn query(&self, state: &str, q: &str) -> String {
        let year = self.year.to_string();
        address::query(&[("plan", &self.plan.slug), ("year", &year), ("state", state), ("q", q)])
    }

    /// The agencies that are asked for, in the order of their names.
    #[must_use]
    pub fn narrowed(&self, ask: &Ask) -> Vec<&OfAgency> {
        let (stage, named) = (Stage::from_code(&ask.state), Named::of(&ask.q));
        let fits = |of: &&OfAgency| stage.is_none_or(|stage| of.stage == stage) && named.fits(self.agencies.get(&of.agency));
        self.sorted().into_iter().filter(fits).collect()
    }

    /// The short name of an agency.
    #[must_use]
    pub fn named(&self, agency: Uuid) -> String {
        self.agencies.get(&agency).map(|agency| agency.label()).unwrap_or_default()
    }

    /// Agencies in the order of their names.
    #[must_use]
    pub fn sorted(&self) -> Vec<&OfAgency> {
        let mut sorted: Vec<&OfAgency> = self.coverage.agencies.iter().collect();
        sorted.sort_by_key(|of| self.agencies.rank(of.agency));
        sorted
    }
}

/// A figure that opens its list.
pub struct Figure {
    pub label: String,
    pub value: String,
    pub href: String,
    pub state: &'static str,
}

/// One agency.
pub struct AgencyRow {
    pub name: String,
    pub href: String,
    pub mark: &'static str,
    pub word: String,
    pub covered: String,
}

/// One duty.
pub struct DutyRow {
    pub path: String,
    pub title: String,
    pub covering: usize,
    pub holding: usize,
    pub href: String,
}

#[derive(Template)]
#[template(path = "agency_plans/staff/board.html")]
pub struct Board {
    l: Locale,
    shell: Shell,
    heading: String,
    plan: String,
    plans: Vec<(String, String, bool)>,
    years: Vec<(i32, bool)>,
    figures: Vec<Figure>,
    q: String,
    /// Code and name of each stage, and whether it is asked for.
    states: Vec<(&'static str, String, bool)>,
    /// What the agencies are narrowed by, each with the address without it.
    chosen: Vec<(String, String)>,
    all: String,
    /// A year or a stage in the address that is none.
    unread: String,
    agencies: Vec<AgencyRow>,
    duties: Vec<DutyRow>,
    csv: String,
    printed: String,
    has_own: bool,
}

/// The mark of the design system's set of states.
#[must_use]
pub const fn mark(stage: Stage) -> &'static str {
    match stage {
        Stage::None => "late",
        Stage::Draft => "draft",
        Stage::Issued => "issued",
    }
}

/// `GET /desk/agency-plans/board`
pub async fn show(who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Board>> {
    let counted = Counted::of(&app, &ask).await?;
    let l = shell.l;
    let plans = Plan::adopted(&app.db).await?;
    let first = counted.duties.iter().map(|duty| duty.starts_on.year()).min().unwrap_or(counted.year);
    let last = counted.duties.iter().map(|duty| duty.ends_on.year()).max().unwrap_or(counted.year);
    let stage = Stage::from_code(&ask.state);
    let state = stage.map(Stage::code).unwrap_or_default();
    Ok(Page(Board {
        heading: heading(l, &counted),
        plan: counted.plan.title(),
        plans: plans.iter().map(|plan| (plan.slug.clone(), plan.title(), plan.id == counted.plan.id)).collect(),
        years: (first..=last).map(|year| (year, year == counted.year)).collect(),
        figures: figures(l, &counted),
        states: Stage::ALL.map(|one| (one.code(), l.t(one.key()), stage == Some(one))).into(),
        chosen: chosen(l, &counted, stage, &ask.q),
        all: counted.board("", ""),
        unread: ask.unread().join(", "),
        agencies: counted.narrowed(&ask).into_iter().map(|of| agency_row(l, &counted, of)).collect(),
        duties: duty_rows(&counted),
        csv: format!("/desk/agency-plans/board/csv{}", counted.query(state, &ask.q)),
        q: ask.q,
        printed: time::minute(app.clock.now()),
        has_own: who.agency.is_some(),
        l,
        shell,
    }))
}

/// What the agencies are narrowed by, each with the address that takes it off and leaves the other.
fn chosen(l: Locale, counted: &Counted, stage: Option<Stage>, q: &str) -> Vec<(String, String)> {
    let (q, mut chosen) = (q.trim(), Vec::new());
    if !q.is_empty() {
        chosen.push((q.to_owned(), counted.board(stage.map(Stage::code).unwrap_or_default(), "")));
    }
    if let Some(stage) = stage {
        chosen.push((l.t(stage.key()), counted.board("", q)));
    }
    chosen
}

/// The finding in one line.
fn heading(l: Locale, counted: &Counted) -> String {
    let (issued, all) = (counted.coverage.at(Stage::Issued), counted.coverage.agencies.len());
    let words = [("issued", issued.to_string()), ("all", all.to_string()), ("year", counted.year.to_string())];
    l.with("agency-plans-board-heading", &words)
}

fn figures(l: Locale, counted: &Counted) -> Vec<Figure> {
    let coverage = &counted.coverage;
    let (covered, held) = coverage.total();
    let uncovered = coverage.uncovered().len();
    let figure = |which: &str, value: String, state: &'static str| Figure {
        label: l.t(&format!("agency-plans-{which}")),
        value,
        href: counted.list(which, ""),
        state,
    };
    let none = coverage.at(Stage::None);
    vec![
        figure("issued", coverage.at(Stage::Issued).to_string(), ""),
        figure("draft", coverage.at(Stage::Draft).to_string(), ""),
        figure("without", none.to_string(), if none > 0 { "late" } else { "" }),
        figure("covered", format!("{}/{}", format_integer(to_i64(covered)), format_integer(to_i64(held))), ""),
        figure("uncovered", uncovered.to_string(), if uncovered > 0 { "late" } else { "" }),
    ]
}

fn to_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn agency_row(l: Locale, counted: &Counted, of: &OfAgency) -> AgencyRow {
    AgencyRow {
        name: counted.named(of.agency),
        href: of.plan.map(AgencyPlan::desk_path).unwrap_or_default(),
        mark: mark(of.stage),
        word: l.t(of.stage.key()),
        covered: if of.stage == Stage::Issued { format!("{}/{}", of.covered.len(), of.held.len()) } else { String::new() },
    }
}

fn duty_rows(counted: &Counted) -> Vec<DutyRow> {
    let mut holding: HashMap<Uuid, (usize, usize)> = HashMap::new();
    for of in &counted.coverage.agencies {
        for duty in &of.held {
            let counts = holding.entry(*duty).or_default();
            *counts = (counts.0 + usize::from(of.covered.contains(duty)), counts.1 + 1);
        }
    }
    let row = |duty: &Duty| {
        let (covering, holding) = *holding.get(&duty.id)?;
        let href = counted.list("duty", &duty.id.to_string());
        Some(DutyRow { path: duty.path.clone(), title: duty.title.clone(), covering, holding, href })
    };
    counted.duties.iter().filter_map(row).collect()
}

/// `GET /desk/agency-plans/board/csv`: one line an agency and duty it holds; of those agencies that the board is narrowed to.
pub async fn csv(_who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let counted = Counted::of(&app, &ask).await?;
    let l = shell.l;
    let plans = AgencyPlan::under(&app.db, counted.plan.id).await?;
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = [
        "agencies-head-name",
        "agencies-head-code",
        "field-state",
        "agency-plan-number",
        "agency-plan-path",
        "agency-plan-duty",
        "agency-plan-is-covered",
    ];
    writer.write_record(heads.map(|key| l.t(key)))?;
    for of in counted.narrowed(&ask) {
        let agency = counted.agencies.get(&of.agency);
        let number = of.plan.and_then(|id| plans.iter().find(|plan| plan.id == id)).map(AgencyPlan::name).unwrap_or_default();
        for duty in counted.duties.iter().filter(|duty| of.held.contains(&duty.id)) {
            let covered = if of.covered.contains(&duty.id) { "agency-plan-yes" } else { "agency-plan-no" };
            writer.write_record([
                harmless(agency.map(|agency| agency.name.as_str()).unwrap_or_default()),
                harmless(agency.map(|agency| agency.code.as_str()).unwrap_or_default()),
                l.t(of.stage.key()),
                harmless(&number),
                duty.path.clone(),
                harmless(&duty.title),
                l.t(covered),
            ])?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: format!("ke-hoach-co-quan-{}-{}.csv", counted.plan.slug, counted.year), media_type: CSV, bytes })
}
