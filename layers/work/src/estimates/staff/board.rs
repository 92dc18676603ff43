//! The board of finance and coordinator: where each agency's estimate of a year stands. Who made none is shown as that.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use chrono::Datelike;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::own::standing;
use super::summary::years;
use crate::agency_plans::staff::form::province_plan;
use crate::agency_plans::staff::narrowing::Named;
use crate::base::{App, time};
use crate::duties::held;
use crate::estimates::estimate::{State as Stands, Submission};
use crate::estimates::money::Unit;
use crate::estimates::rollup::{self, Sums};
use crate::estimates::{Estimate, estimate};
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::web::{Locale, Page, Result, Shell, address, unread};

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
    /// Next year when empty: that is the one being prepared.
    pub year: String,
    /// One of the states; all when empty.
    pub state: String,
    /// Words of the name of an agency.
    pub q: String,
    pub unit: String,
}

impl Ask {
    /// What of the address is not understood, as it stands there: it narrows nothing, which the page says.
    #[must_use]
    pub fn unread(&self) -> String {
        let year = self.year.is_empty() || read_year(&self.year).is_some();
        let state = self.state.is_empty() || CODES.contains(&self.state.as_str());
        unread(&[(year, &self.year), (state, &self.state)])
    }
}

/// A year that an estimate can be of.
#[must_use]
pub fn read_year(asked: &str) -> Option<i32> {
    asked.parse().ok().filter(|year| (2000..2100).contains(year))
}

/// A figure that opens its list.
pub struct Figure {
    pub label: String,
    pub value: usize,
    pub href: String,
    pub state: &'static str,
}

/// One agency.
pub struct Row {
    pub name: String,
    pub href: String,
    pub mark: &'static str,
    pub word: String,
    pub sums: [Option<String>; 4],
    code: &'static str,
    /// Its name has the words that are asked for.
    is_named: bool,
}

#[derive(Template)]
#[template(path = "estimates/staff/board.html")]
pub struct Board {
    l: Locale,
    shell: Shell,
    heading: String,
    plan: String,
    year: i32,
    plans: Vec<(String, String, bool)>,
    years: Vec<(i32, bool)>,
    figures: Vec<Figure>,
    rows: Vec<Row>,
    totals: [Option<String>; 4],
    q: String,
    /// Code and name of each state, and whether it is asked for.
    states: Vec<(&'static str, String, bool)>,
    /// What the list is narrowed by, each with the address without it.
    chosen: Vec<(String, String)>,
    all: String,
    /// A year or a state in the address that is none.
    unread: String,
    summary: String,
    unit: Unit,
    printed: String,
    has_own: bool,
}

/// The year asked for; the next one when none is.
#[must_use]
pub fn year(app: &App, asked: &str) -> i32 {
    let next = time::local_date(app.clock.now()).year() + 1;
    read_year(asked).unwrap_or(next)
}

/// The states in the order of the way, with the one that is none.
const CODES: [&str; 7] = ["none", "draft", "returned", "submitted", "appraised", "approved", "spent"];

/// What waits for somebody stands first; each group stays in the order of names.
const ORDER: [&str; 7] = ["submitted", "appraised", "returned", "draft", "approved", "spent", "none"];

/// `GET /desk/estimates/board`
pub async fn show(who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Board>> {
    let l = shell.l;
    let plan = province_plan(&app, &ask.plan).await?;
    let year = year(&app, &ask.year);
    let unit = Unit::from_code(&ask.unit);
    let mut rows = rows(&app, l, &plan, (year, unit), &Named::of(&ask.q)).await?;
    let figures = figures(l, &plan, year, unit, &rows.0);
    let state = CODES.into_iter().find(|code| *code == ask.state);
    rows.0.retain(|row| row.is_named && state.is_none_or(|state| row.code == state));
    let made = figures.iter().skip(3).map(|figure| figure.value).sum::<usize>();
    let all: usize = figures.iter().map(|figure| figure.value).sum();
    let words = [("made", made.to_string()), ("all", all.to_string()), ("year", year.to_string())];
    let plans = Plan::adopted(&app.db).await?;
    let here = |path: &str| format!("{path}{}", address::query(&[("plan", &plan.slug), ("year", &year.to_string())]));
    Ok(Page(Board {
        heading: l.with("estimates-board-heading", &words),
        plans: plans.iter().map(|one| (one.slug.clone(), one.title(), one.id == plan.id)).collect(),
        years: years(&app, &plan, year).await?,
        figures,
        rows: rows.0,
        totals: rows.1.four().map(|sum| sum.map(|sum| unit.show(sum))),
        states: CODES.map(|code| (code, l.t(&format!("estimate-state-{code}")), state == Some(code))).into(),
        chosen: chosen(l, &plan, (year, unit), state, &ask.q),
        unread: ask.unread(),
        all: narrowed(&plan, (year, unit), "", ""),
        q: ask.q,
        summary: here("/desk/estimates/summary"),
        unit,
        printed: time::minute(app.clock.now()),
        has_own: who.agency.is_some(),
        plan: plan.title(),
        year,
        l,
        shell,
    }))
}

/// The board narrowed to a state and words of a name; to nothing where they are empty.
fn narrowed(plan: &Plan, (year, unit): (i32, Unit), state: &str, q: &str) -> String {
    let year = year.to_string();
    let pairs = [("plan", plan.slug.as_str()), ("year", &year), ("state", state), ("q", q), ("unit", unit.code())];
    format!("/desk/estimates/board{}#agencies", address::query(&pairs))
}

/// What the list is narrowed by, each with the address that takes it off and leaves the other.
fn chosen(l: Locale, plan: &Plan, shown: (i32, Unit), state: Option<&str>, q: &str) -> Vec<(String, String)> {
    let (q, mut chosen) = (q.trim(), Vec::new());
    if !q.is_empty() {
        chosen.push((q.to_owned(), narrowed(plan, shown, state.unwrap_or_default(), "")));
    }
    if let Some(state) = state {
        chosen.push((l.t(&format!("estimate-state-{state}")), narrowed(plan, shown, "", q)));
    }
    chosen
}

/// Every agency that holds a duty in the year, or made an estimate for it; and the sums of what was submitted.
async fn rows(app: &App, l: Locale, plan: &Plan, (year, unit): (i32, Unit), named: &Named) -> Result<(Vec<Row>, Sums)> {
    let holdings = held::holdings(&app.db, plan.id, Some(year)).await?;
    let estimates = Estimate::in_year(&app.db, plan.id, year).await?;
    let ids: Vec<Uuid> = estimates.iter().map(|estimate| estimate.id).collect();
    let submitted = Submission::latest(&app.db, &ids).await?;
    let counted: Vec<rollup::Line> = estimate::counted(&app.db, &estimates).await?;
    let sums = rollup::by(&counted, |line| line.agency);
    let of: HashMap<Uuid, &Estimate> = estimates.iter().map(|estimate| (estimate.agency, estimate)).collect();
    let known = Known::now(app).await?;
    let mut agencies: Vec<Uuid> = holdings.iter().map(|holding| holding.agency).chain(of.keys().copied()).collect();
    agencies.sort_by_key(|agency| (known.rank(*agency), *agency));
    agencies.dedup();
    let row = |agency: &Uuid| {
        let name = known.get(agency).map(|agency| agency.label()).unwrap_or_default();
        let is_named = named.fits(known.get(agency));
        let Some(estimate) = of.get(agency) else {
            let word = l.t("estimate-state-none");
            return Row { name, href: String::new(), mark: "open", word, sums: [const { None }; 4], code: "none", is_named };
        };
        let was_submitted = submitted.contains_key(&estimate.id);
        let (mark, word) = standing(l, estimate, was_submitted);
        let four = sums.get(agency).map_or([None; 4], Sums::four);
        Row {
            name,
            href: if was_submitted { Estimate::desk_path(estimate.id) } else { String::new() },
            mark,
            word,
            sums: four.map(|sum| sum.map(|sum| unit.show(sum))),
            code: code(estimate, was_submitted),
            is_named,
        }
    };
    let mut rows: Vec<Row> = agencies.iter().map(row).collect();
    rows.sort_by_key(|row| ORDER.iter().position(|code| *code == row.code));
    Ok((rows, rollup::total(&counted)))
}

fn code(estimate: &estimate::Model, was_submitted: bool) -> &'static str {
    match estimate.state {
        Stands::Draft if was_submitted => "returned",
        Stands::Draft => "draft",
        Stands::Submitted => "submitted",
        Stands::Appraised => "appraised",
        Stands::Approved => "approved",
        Stands::Spent => "spent",
    }
}

fn figures(l: Locale, plan: &Plan, year: i32, unit: Unit, rows: &[Row]) -> Vec<Figure> {
    let figure = |code: &'static str| {
        let value = rows.iter().filter(|row| row.code == code).count();
        Figure {
            label: l.t(&format!("estimate-state-{code}")),
            value,
            href: narrowed(plan, (year, unit), code, ""),
            state: match code {
                "none" if value > 0 => "late",
                "submitted" | "appraised" if value > 0 => "waiting",
                _ => "",
            },
        }
    };
    CODES.into_iter().map(figure).collect()
}
