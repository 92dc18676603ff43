//! An agency's own plans, and what of its duties they cover.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Datelike;
use serde::Deserialize;
use uuid::Uuid;

use crate::agency_plans::AgencyPlan;
use crate::agency_plans::agency_plan::{OVER_ALL, State as PlanState};
use crate::agency_plans::coverage::Coverage;
use crate::base::{App, time};
use crate::plans::Plan;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    own: String,
}

/// One plan of the agency.
pub struct Row {
    pub href: String,
    pub name: String,
    pub title: String,
    pub years: String,
    pub day: String,
    pub mark: &'static str,
    pub word: String,
    pub covers: String,
}

/// What of the agency's duties under one plan of the province is covered this year.
pub struct Covered {
    pub plan: String,
    pub covered: usize,
    pub held: usize,
    pub href: String,
    pub make: String,
}

#[derive(Template)]
#[template(path = "agency_plans/staff/own.html")]
pub struct Own {
    l: Locale,
    shell: Shell,
    agency: String,
    year: i32,
    covered: Vec<Covered>,
    rows: Vec<Row>,
    writes: bool,
    oversees: bool,
}

/// `GET /desk/agency-plans`: one's own; who looks over everything comes to the board first.
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Response> {
    let oversees = who.is_any(&OVER_ALL);
    let Some(agency) = who.agency.filter(|_| !oversees || !ask.own.is_empty()) else {
        return Ok(Redirect::to("/desk/agency-plans/board").into_response());
    };
    let l = shell.l;
    let year = time::local_date(app.clock.now()).year();
    let plans = AgencyPlan::of(&app.db, agency).await?;
    let ids: Vec<Uuid> = plans.iter().map(|plan| plan.id).collect();
    let duties = AgencyPlan::duties(&app.db, &ids).await?;
    let row = |plan: &AgencyPlan| Row {
        href: AgencyPlan::desk_path(plan.id),
        name: plan.name(),
        title: plan.title.clone(),
        years: plan.years(),
        day: plan.issued_on.map(time::day).unwrap_or_default(),
        mark: plan.state.mark(),
        word: l.t(&plan.state.key()),
        covers: l.t1("agency-plan-covers", "count", duties.iter().filter(|row| row.agency_plan == plan.id).count()),
    };
    let rows = plans.iter().map(row).collect();
    let mut covered = Vec::new();
    for plan in Plan::adopted(&app.db).await? {
        let coverage = Coverage::load(&app.db, plan.id, year).await?;
        let Some(of) = coverage.agencies.iter().find(|of| of.agency == agency) else { continue };
        covered.push(Covered {
            plan: plan.title(),
            covered: of.covered.len(),
            held: of.held.len(),
            href: of.plan.map(AgencyPlan::desk_path).unwrap_or_default(),
            make: format!("/desk/agency-plans/new?plan={}", plan.slug),
        });
    }
    let writes = AgencyPlan::may_write(&who, agency);
    Ok(Page(Own { agency: who.agency_name.clone(), year, covered, rows, writes, oversees, l, shell }).into_response())
}

impl Own {
    fn has_issued(&self) -> bool {
        self.rows.iter().any(|row| row.mark == PlanState::Issued.mark())
    }
}
