//! What is done with a case and with its copies: one address an act.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::show::{self, Refusal};
use crate::base::{App, Who};
use crate::retractions::Retraction;
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Page, Path, Result, Said, Shell};

type Fields = HashMap<String, String>;

fn field(fields: &Fields, name: &str) -> String {
    fields.get(name).cloned().unwrap_or_default()
}

fn version(fields: &Fields) -> Result<i32> {
    field(fields, "version").parse().map_err(|_| Error::bad("failure-bad-request"))
}

/// `POST /desk/retractions/{id}/acts/{act}`: a refusal comes back with what was typed.
pub async fn act(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    Retraction::find_for(&app, &who, id).await?;
    let seen = version(&fields)?;
    let (text, due) = (field(&fields, if code == "closing" { "closing" } else { "why" }), field(&fields, "due"));
    let (outcome, said) = match code.as_str() {
        "assignment" => {
            let typed = field(&fields, "person");
            let to = if typed.is_empty() { None } else { Some(typed.parse().unwrap_or_default()) };
            (Retraction::assign(&app, &who, id, to, seen).await, "retraction-was-assigned")
        }
        "deadline" => (Retraction::move_due(&app, &who, id, (&due, &text), seen).await, "retraction-due-was-moved"),
        "closing" => (Retraction::close(&app, &who, id, &text, seen).await, "retraction-was-closed"),
        _ => return Err(Error::NotFound),
    };
    let refusal = Refusal { act: code, text, due, ..Refusal::default() };
    answered(&app, &who, shell, id, (outcome, said), refusal).await
}

/// `POST /desk/retractions/{id}/copies/{copy}/{act}`
pub async fn decide(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, copy, code)): Path<(Uuid, Uuid, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    Retraction::find_for(&app, &who, id).await?;
    let (seen, text) = (version(&fields)?, field(&fields, "why"));
    let (outcome, said) = match code.as_str() {
        "leaving" => (Retraction::leave(&app, &who, (id, copy), &text, seen).await, "retraction-copy-was-left"),
        "taking-up" => (Retraction::take_up(&app, &who, (id, copy), seen).await, "retraction-copy-was-taken-up"),
        _ => return Err(Error::NotFound),
    };
    let refusal = Refusal { act: copy.to_string(), text, ..Refusal::default() };
    answered(&app, &who, shell, id, (outcome, said), refusal).await
}

async fn answered(
    app: &App,
    who: &Who,
    shell: Shell,
    id: Uuid,
    (outcome, said): (Result<()>, &'static str),
    refusal: Refusal,
) -> Result<Response> {
    let (status, errors) = match outcome {
        Ok(()) => return Ok(Said::to(Retraction::desk_path(id), said).into_response()),
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, Mistakes::told(&obstacles, shell.l)),
        Err(Error::Stale) => (StatusCode::CONFLICT, Mistakes::one("", shell.l.t("retraction-stale"))),
        Err(error) => return Err(error),
    };
    let mut page = show::page(app, who, shell, id).await?;
    page.refusal = Refusal { errors, ..refusal };
    Ok(Page(page).status(status))
}
