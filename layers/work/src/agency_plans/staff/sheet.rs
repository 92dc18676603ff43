//! One plan of an agency: a draft to be written on, or what was issued with the duties it covers.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::form::{self, Filled};
use crate::agency_plans::AgencyPlan;
use crate::agency_plans::agency_plan::State as PlanState;
use crate::agency_plans::agency_plan::draft::Typed;
use crate::base::{App, fact, time};
use crate::duties::held::{self, Held};
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::plans::Plan;
use crate::web::download::Download;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

const HISTORY_MAX: u64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    propose: String,
}

#[derive(Template)]
#[template(path = "agency_plans/staff/sheet.html")]
pub struct Sheet {
    l: Locale,
    shell: Shell,
    plan: AgencyPlan,
    agency: String,
    under: String,
    under_href: String,
    covered: Vec<Held>,
    missing: Vec<Held>,
    replaced_by: String,
    issued_on: String,
    size: String,
    printed: String,
    events: Events,
}

impl Sheet {
    fn here(&self) -> String {
        AgencyPlan::desk_path(self.plan.id)
    }
}

/// `GET /desk/agency-plans/{id}`
pub async fn show(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Response> {
    let plan = AgencyPlan::find_for(&app.db, &who, id).await?;
    let under = Plan::find(&app.db, plan.plan).await?;
    if plan.state == PlanState::Draft && AgencyPlan::may_write(&who, plan.agency) {
        return draft(&app, shell, &plan, &under, !ask.propose.is_empty()).await;
    }
    Ok(Page(sheet(&app, shell, plan, &under).await?).into_response())
}

async fn draft(app: &App, shell: Shell, plan: &AgencyPlan, under: &Plan, proposes: bool) -> Result<Response> {
    let duties = AgencyPlan::duties(&app.db, &[plan.id]).await?.iter().map(|row| row.duty).collect();
    let typed = Typed {
        number: plan.number.clone(),
        title: plan.title.clone(),
        issued_on: plan.issued_on.map(time::day).unwrap_or_default(),
        from_year: plan.from_year.to_string(),
        until_year: plan.until_year.to_string(),
        note: plan.note.clone(),
        duties,
    };
    let mut filled = Filled { typed, ..Filled::default() };
    if proposes {
        let held = held::by(&app.db, plan.plan, plan.agency, None).await?;
        match plan.propose(app, &held).await {
            Ok(ids) => filled.proposed = Some(ids),
            Err(Error::Refused(wrong)) => filled.errors = wrong,
            Err(error) => return Err(error),
        }
    }
    let status = if filled.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page(form::page(app, shell, (plan.agency, under), Some(plan), filled).await?).status(status))
}

async fn sheet(app: &App, shell: Shell, plan: AgencyPlan, under: &Plan) -> Result<Sheet> {
    let agencies = Known::now(app).await?;
    let duties: Vec<Uuid> = AgencyPlan::duties(&app.db, &[plan.id]).await?.iter().map(|row| row.duty).collect();
    let held = held::by(&app.db, plan.plan, plan.agency, None).await?;
    let (covered, missing) = held.into_iter().partition(|held| duties.contains(&held.duty));
    let mut facts = fact::Model::history(&app.db, plan.id, HISTORY_MAX).await?;
    facts.retain(|fact| fact.kind != "AccessRefused");
    Ok(Sheet {
        agency: agencies.get(&plan.agency).map(|agency| agency.name.clone()).unwrap_or_default(),
        under: under.title(),
        under_href: Plan::desk_path(under.id),
        replaced_by: plan.replaced_by.map(AgencyPlan::desk_path).unwrap_or_default(),
        issued_on: plan.issued_on.map(time::day).unwrap_or_default(),
        size: vietnamese::number::format_integer((plan.file_size_bytes + 1023) / 1024),
        printed: time::minute(app.clock.now()),
        events: Events::of(&app.db, shell.l, &facts, &agencies).await?,
        covered,
        missing,
        l: shell.l,
        shell,
        plan,
    })
}

/// `GET /desk/agency-plans/{id}/file`: the document, as one to be saved.
pub async fn file(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let plan = AgencyPlan::find_for(&app.db, &who, id).await?;
    let bytes = plan.bytes(&app.db).await?;
    let mut answer = Download { name: plan.file_name, media_type: "application/octet-stream", bytes }.into_response();
    if let Ok(kind) = HeaderValue::from_str(&plan.file_type) {
        answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    Ok(answer)
}

#[derive(Debug, Deserialize)]
pub struct Seen {
    seen: i32,
}

/// `POST /desk/agency-plans/{id}/issuance`
pub async fn issue(who: Signed, State(app): State<App>, Path(id): Path<Uuid>, Form(form): Form<Seen>) -> Result<Said> {
    let plan = AgencyPlan::find_for(&app.db, &who, id).await?;
    if let Err(error) = plan.issue(&app, &who, form.seen).await {
        // The same press twice: the first one has issued it.
        let newest = AgencyPlan::find_for(&app.db, &who, id).await?;
        if !newest.was_issued_by(form.seen) || matches!(error, Error::Forbidden) {
            return Err(error);
        }
    }
    Ok(Said::to(AgencyPlan::desk_path(id), "agency-plan-issued"))
}

/// `POST /desk/agency-plans/{id}/removal`
pub async fn remove(who: Signed, State(app): State<App>, Path(id): Path<Uuid>, Form(form): Form<Seen>) -> Result<Said> {
    let plan = AgencyPlan::find_for(&app.db, &who, id).await?;
    plan.remove(&app, &who, form.seen).await?;
    Ok(Said::to("/desk/agency-plans?own=1", "agency-plan-removed"))
}
