//! The list behind a figure of the board.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use uuid::Uuid;

use super::board::{Ask, Counted, Overseer, mark};
use crate::agency_plans::AgencyPlan;
use crate::agency_plans::coverage::{OfAgency, Stage};
use crate::base::App;
use crate::web::{Error, Locale, Page, Result, Shell, address};

/// Which list: the board's own question and where on it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Where {
    plan: String,
    year: String,
    /// `issued`, `draft`, `without`, `covered`, `uncovered` or `duty`.
    which: String,
    duty: String,
}

/// One agency, or one duty.
pub struct Row {
    pub name: String,
    pub note: String,
    pub href: String,
    pub mark: &'static str,
    pub word: String,
}

#[derive(Template)]
#[template(path = "agency_plans/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    heading: String,
    about: String,
    back: String,
    rows: Vec<Row>,
}

/// `GET /desk/agency-plans/list`
pub async fn show(_who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Where>) -> Result<Page<List>> {
    let counted = Counted::of(&app, &Ask { plan: ask.plan.clone(), year: ask.year.clone() }).await?;
    let l = shell.l;
    let mut about = counted.plan.title();
    let rows = match ask.which.as_str() {
        "uncovered" => duties(l, &counted),
        "duty" => {
            let duty = ask.duty.parse::<Uuid>().map_err(|_| Error::NotFound)?;
            let found = counted.duties.iter().find(|one| one.id == duty).ok_or(Error::NotFound)?;
            about = format!("{}. {}", found.path, found.title);
            of_duty(l, &counted, duty)
        }
        which => counted.sorted().into_iter().filter(|of| is_asked(which, of)).map(|of| agency(l, &counted, of)).collect(),
    };
    let known = ["issued", "draft", "without", "covered", "uncovered", "duty"];
    let which = if known.contains(&ask.which.as_str()) { ask.which.as_str() } else { "holding" };
    Ok(Page(List {
        heading: l.t1(&format!("agency-plans-list-{which}"), "count", rows.len()),
        about,
        back: format!("/desk/agency-plans/board{}", address::query(&[("plan", &ask.plan), ("year", &ask.year)])),
        rows,
        l,
        shell,
    }))
}

fn is_asked(which: &str, of: &OfAgency) -> bool {
    match which {
        "issued" => of.stage == Stage::Issued,
        "draft" => of.stage == Stage::Draft,
        "without" => of.stage == Stage::None,
        "covered" => !of.covered.is_empty(),
        _ => true,
    }
}

fn agency(l: Locale, counted: &Counted, of: &OfAgency) -> Row {
    let note = match of.stage {
        Stage::Issued => l.t2("agency-plan-covers-of", "n", of.covered.len(), "count", of.held.len()),
        _ => l.t1("agency-plan-holds", "count", of.held.len()),
    };
    let href = of.plan.map_or_else(|| public(counted, of.agency), AgencyPlan::desk_path);
    Row { name: counted.named(of.agency), note, href, mark: mark(of.stage), word: l.t(of.stage.key()) }
}

fn public(counted: &Counted, agency: Uuid) -> String {
    counted.agencies.get(&agency).map(crate::people::agency::brief::Brief::duties_path).unwrap_or_default()
}

fn of_duty(l: Locale, counted: &Counted, duty: Uuid) -> Vec<Row> {
    let holders = counted.sorted().into_iter().filter(|of| of.held.contains(&duty));
    let row = |of: &OfAgency| {
        let covers = of.covered.contains(&duty);
        Row {
            mark: if covers { "issued" } else { "late" },
            word: l.t(if covers { "agency-plan-yes" } else { "agency-plan-no" }),
            ..agency(l, counted, of)
        }
    };
    let mut rows: Vec<Row> = holders.map(row).collect();
    rows.sort_by_key(|row| row.mark);
    rows
}

fn duties(l: Locale, counted: &Counted) -> Vec<Row> {
    let uncovered = counted.coverage.uncovered();
    let row = |duty: &crate::duties::Duty| Row {
        name: duty.title.clone(),
        note: duty.path.clone(),
        href: counted.list("duty", &duty.id.to_string()),
        mark: "late",
        word: l.t("agency-plan-no"),
    };
    counted.duties.iter().filter(|duty| uncovered.contains(&duty.id)).map(row).collect()
}
