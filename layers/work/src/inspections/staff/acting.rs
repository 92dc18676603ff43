//! What is done with a visit: filled in, found, published; remedied and looked at again.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::visit::{self, Refusal};
use crate::base::{App, Who, time};
use crate::inspections::checking::Checked;
use crate::inspections::inspection::{Inspection, speaks_for};
use crate::inspections::publishing;
use crate::inspections::remedying;
use crate::inspections::reply::Kind;
use crate::inspections::visit::Visit;
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Page, Path, Result, Said, Shell};

type Fields = HashMap<String, String>;

fn field(fields: &Fields, name: &str) -> String {
    fields.get(name).cloned().unwrap_or_default()
}

fn number(fields: &Fields, name: &str) -> Result<i32> {
    field(fields, name).parse().map_err(|_| Error::bad("failure-bad-request"))
}

/// The visit, for who inspects.
async fn led(app: &App, who: &Who, id: Uuid, agency: &str) -> Result<(Inspection, Visit)> {
    let (inspection, visit) = Inspection::visit_for(app, who, id, agency).await?;
    let leads = inspection.is_led_by(who, &*Known::now(app).await?, time::local_date(app.clock.now()));
    if leads { Ok((inspection, visit)) } else { Err(Error::Forbidden) }
}

/// The visit, for who publishes its conclusion.
async fn decided(app: &App, who: &Who, id: Uuid, agency: &str) -> Result<(Inspection, Visit)> {
    let (inspection, visit) = Inspection::visit_for(app, who, id, agency).await?;
    let decides = inspection.is_decided_by(who, &*Known::now(app).await?, time::local_date(app.clock.now()));
    if decides { Ok((inspection, visit)) } else { Err(Error::Forbidden) }
}

/// On to the visit, or back to it with what was typed and why it was refused.
async fn answer(
    app: &App,
    who: &Who,
    shell: Shell,
    (inspection, agency): (Inspection, &str),
    done: Result<&'static str>,
    refusal: Refusal,
) -> Result<Response> {
    let (status, errors) = match done {
        Ok(said) => return Ok(Said::to(Inspection::visit_path(inspection.id, agency), said).into_response()),
        Err(Error::Refused(obstacles)) => {
            let of = |field: &str| match &refusal.reply {
                Some(reply) if !field.is_empty() => format!("{field}-{}", reply.finding),
                _ => field.to_owned(),
            };
            let errors = obstacles.iter().map(|one| (of(one.field), one.text(shell.l))).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, errors)
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, Mistakes::one("stale", shell.l.t("visit-stale"))),
        Err(error) => return Err(error),
    };
    let found = Inspection::visit_for(app, who, inspection.id, agency).await?;
    Ok(Page(visit::page(app, who, shell, found, Refusal { errors, ..refusal }).await?).status(status))
}

/// `POST /desk/inspections/{id}/visits/{agency}`: what was seen of each item.
pub async fn check(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, agency)): Path<(Uuid, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let (inspection, visit) = led(&app, &who, id, &agency).await?;
    let item = |(name, verdict): (&String, &String)| {
        let of = name.strip_prefix("verdict-")?;
        Some((of.parse().ok()?, (verdict.clone(), field(&fields, &format!("note-{of}")))))
    };
    let checked = Checked {
        version: number(&fields, "version")?,
        visited_on: field(&fields, "visited_on"),
        conclusion: field(&fields, "conclusion"),
        more: field(&fields, "more"),
        items: fields.iter().filter_map(item).collect(),
    };
    let done = visit.check(&app, &who, inspection.id, &checked).await.map(|()| "visit-was-kept");
    let refusal = Refusal { checked: Some(checked), ..Refusal::default() };
    answer(&app, &who, shell, (inspection, &agency), done, refusal).await
}

/// `POST /desk/inspections/{id}/visits/{agency}/findings`
pub async fn find(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, agency)): Path<(Uuid, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let (inspection, visit) = led(&app, &who, id, &agency).await?;
    let wanted = publishing::Wanted {
        version: number(&fields, "version")?,
        item: field(&fields, "item").parse().ok(),
        text: field(&fields, "text"),
        remedy: field(&fields, "remedy"),
        due_on: field(&fields, "due_on"),
    };
    let done = visit.find(&app, &who, inspection.id, &wanted).await.map(|()| "finding-was-added");
    let refusal = Refusal { finding: Some(wanted), ..Refusal::default() };
    answer(&app, &who, shell, (inspection, &agency), done, refusal).await
}

/// `POST /desk/inspections/{id}/visits/{agency}/findings/{finding}/removal`
pub async fn take_back(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, agency, finding)): Path<(Uuid, String, Uuid)>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let (inspection, visit) = led(&app, &who, id, &agency).await?;
    let seen = number(&fields, "version")?;
    let done = visit.take_back(&app, &who, inspection.id, (finding, seen)).await.map(|()| "finding-was-removed");
    answer(&app, &who, shell, (inspection, &agency), done, Refusal::default()).await
}

/// `POST /desk/inspections/{id}/visits/{agency}/publication`
pub async fn publish(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, agency)): Path<(Uuid, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let (inspection, visit) = decided(&app, &who, id, &agency).await?;
    let seen = number(&fields, "version")?;
    let done = visit.publish(&app, &who, inspection.id, seen).await.map(|()| "visit-was-published");
    answer(&app, &who, shell, (inspection, &agency), done, Refusal::default()).await
}

/// `POST /desk/inspections/{id}/visits/{agency}/findings/{finding}`: a remedy of the agency, a re-check of the inspector.
pub async fn say(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, agency, finding)): Path<(Uuid, String, Uuid)>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let (inspection, visit) = Inspection::visit_for(&app, &who, id, &agency).await?;
    let agencies = Known::now(&app).await?;
    let today = time::local_date(app.clock.now());
    let (kind, may) = match field(&fields, "kind").as_str() {
        "remedy" => (Kind::Remedy, speaks_for(&who, visit.agency, &agencies, today)),
        "remedied" => (Kind::Remedied, inspection.is_led_by(&who, &agencies, today)),
        "not_yet" => (Kind::NotYet, inspection.is_led_by(&who, &agencies, today)),
        _ => return Err(Error::bad("failure-bad-request")),
    };
    if !may {
        return Err(Error::Forbidden);
    }
    let wanted = remedying::Wanted {
        finding,
        seen: number(&fields, "seen")?,
        kind,
        text: field(&fields, &format!("text-{finding}")),
        due_on: field(&fields, &format!("due_on-{finding}")),
    };
    let done = visit.say(&app, &who, inspection.id, &wanted).await.map(|()| said(kind));
    let refusal = Refusal { reply: Some(wanted), ..Refusal::default() };
    answer(&app, &who, shell, (inspection, &agency), done, refusal).await
}

const fn said(kind: Kind) -> &'static str {
    match kind {
        Kind::Remedy => "finding-was-answered",
        Kind::Remedied => "finding-was-remedied",
        Kind::NotYet => "finding-was-not-remedied",
    }
}
