//! Beginning a document: a template, and for a report the regime and the period.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::{App, new_id};
use crate::duties::request::may_run;
use crate::duties::slot;
use crate::duties::view;
use crate::reports::regime::{self, Regime};
use crate::reports::report::Report;
use crate::reports::report::writing::Wanted;
use crate::reports::rights;
use crate::reports::template::Template as Pattern;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Said, Shell, cut};

/// What of a regime's name finds room in a choice.
const NAME_LETTERS: usize = 70;

/// A period that a report can be made of.
pub struct Choice {
    /// `duty/period/own`
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// A template to begin from.
pub struct OfTemplate {
    pub code: String,
    pub name: String,
    pub kind: String,
    pub chosen: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    template: String,
    of: String,
}

#[derive(Template)]
#[template(path = "reports/staff/new.html")]
pub struct New {
    l: Locale,
    shell: Shell,
    id: Uuid,
    templates: Vec<OfTemplate>,
    periods: Vec<Choice>,
    /// Why it was refused, and where the report is that there is already.
    refused: String,
    there: String,
}

/// The periods of which the person's agency can make a report: its own, and those of all where it runs the plan.
async fn periods(app: &App, l: Locale, who: &Signed, chosen: &str) -> Result<Vec<Choice>> {
    let Some(agency) = who.agency else { return Ok(Vec::new()) };
    let (today, found) = (regime::today(app), regime::all(app).await?);
    let plans: Vec<Uuid> = found.iter().map(|(_, plan)| plan.id).collect();
    let standing = regime::periods(app, &plans, today).await?;
    let duties = found.iter().map(|(duty, _)| duty.id);
    let owed = slot::Entity::find().filter(slot::Column::Duty.is_in(duties)).filter(slot::Column::Agency.eq(agency));
    let owed = owed.filter(slot::Column::VoidedOn.is_null()).all(&app.db).await?;
    let kept = Regime::of_all(app, &found).await?;
    let mut all = Vec::new();
    for (duty, plan) in &found {
        let name = kept.get(&duty.id).map(|one| cut(&one.name, NAME_LETTERS)).unwrap_or_default();
        for one in standing.iter().filter(|one| one.duty == duty.id) {
            let (period, mine) =
                (view::period(l, &one.period), owed.iter().any(|slot| slot.duty == duty.id && slot.period == one.period));
            let mut offer = |own: bool, key: &str| {
                let value = format!("{}/{}/{own}", duty.id, one.period);
                let label = l.with(key, &[("name", name.clone()), ("period", period.clone())]);
                all.push(Choice { chosen: value == chosen, value, label });
            };
            if mine {
                offer(true, "report-of-own");
            }
            if plan.agency == agency && may_run(who, plan) {
                offer(false, "report-of-all");
            }
        }
    }
    Ok(all)
}

async fn page(app: &App, who: &Signed, shell: Shell, ask: &Ask, id: Uuid) -> Result<New> {
    let l = shell.l;
    let template = |one: &Pattern| OfTemplate {
        code: one.code.clone(),
        name: one.name.clone(),
        kind: l.t(&one.kind.key()),
        chosen: one.code == ask.template,
    };
    let templates = Pattern::all(&app.db).await?.iter().map(template).collect();
    let periods = periods(app, l, who, &ask.of).await?;
    Ok(New { periods, templates, id, refused: String::new(), there: String::new(), l, shell })
}

/// `GET /desk/reports/new`
pub async fn choose(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<New>> {
    let agency = who.agency.ok_or(Error::Forbidden)?;
    rights::require(rights::writes(&who, agency))?;
    Ok(Page(page(&app, &who, shell, &ask, new_id()).await?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Begun {
    id: String,
    template: String,
    /// As in [`Choice::value`]; empty for what belongs to no period.
    of: String,
}

/// `POST /desk/reports`: a refusal comes back with what was chosen, and the way to the report that is there.
pub async fn begin(who: Signed, shell: Shell, Shared(app): Shared<App>, Form(begun): Form<Begun>) -> Result<Response> {
    let agency = who.agency.ok_or(Error::Forbidden)?;
    let id: Uuid = begun.id.parse().map_err(|_| Error::bad("failure-bad-request"))?;
    let (mut duty, mut period, mut own) = (None, String::new(), false);
    if !begun.of.is_empty() {
        let parts: Vec<&str> = begun.of.split('/').collect();
        let [of, when, whose] = parts[..] else { return Err(Error::NotFound) };
        let (found, plan) = regime::find(&app, of.parse().map_err(|_| Error::NotFound)?).await?;
        own = whose == "true";
        // The report of all is that of the body which runs the plan.
        rights::require(own || (plan.agency == agency && may_run(&who, &plan)))?;
        duty = Some(found.id);
        period = when.to_owned();
    }
    let ask = Ask { template: begun.template.clone(), of: begun.of };
    let wanted = Wanted { id, template: begun.template, agency, own, duty, period, closing: 0 };
    match Report::begin_for(&app, &who, &wanted).await {
        Ok(made) => Ok(Said::to(Report::path(made), "report-was-begun").into_response()),
        Err(Error::Refused(found)) => {
            let refused = found.iter().map(|one| one.text(shell.l)).collect::<Vec<_>>().join(" ");
            let page = page(&app, &who, shell, &ask, id).await?;
            let page = New { refused, there: there(&app, &wanted).await?, ..page };
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// The address of what the agency has for the period already.
async fn there(app: &App, wanted: &Wanted) -> Result<String> {
    let Some(duty) = wanted.duty else { return Ok(String::new()) };
    let all = Report::of_period(&app.db, duty, &wanted.period).await?;
    let same = all.iter().find(|one| one.agency == wanted.agency && one.own == wanted.own);
    Ok(same.map(|one| Report::path(one.id)).unwrap_or_default())
}
