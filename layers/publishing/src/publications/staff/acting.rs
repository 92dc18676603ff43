//! What is done with a publication: one address an act.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::show;
use crate::base::{App, Who};
use crate::news::staff::show::Refusal;
use crate::publications::publication::Publication;
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Page, Path, Result, Said, Shell};

/// What may be done at `/desk/publications/{id}/acts/…`: the word of the address, the field of the words, what is said after.
const ACTS: [(&str, &str, &str); 6] = [
    ("submission", "", "publication-was-submitted"),
    ("approval", "", "publication-was-approved"),
    ("return", "reason", "publication-was-returned"),
    ("recall", "", "publication-was-recalled"),
    ("publication", "", "publication-was-published"),
    ("withdrawal", "withdrawal", "publication-was-withdrawn"),
];

/// `POST /desk/publications/{id}/acts/{act}`: a refusal comes back with what was typed.
pub async fn act(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let (word, field, said) = ACTS.into_iter().find(|(word, ..)| *word == code).ok_or(Error::NotFound)?;
    Publication::find_for(&app, &who, id).await?;
    let text = fields.get(field).cloned().unwrap_or_default();
    let seen = fields.get("version").and_then(|version| version.parse().ok()).ok_or_else(|| Error::bad("failure-bad-request"))?;
    let (status, errors) = match done(&app, &who, (word, &text), id, seen).await {
        Ok(()) => return Ok(Said::to(Publication::desk_path(id), said).into_response()),
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, Mistakes::told(&obstacles, shell.l)),
        Err(Error::Stale) => (StatusCode::CONFLICT, Mistakes::one("", shell.l.t("publication-stale"))),
        Err(error) => return Err(error),
    };
    let publication = Publication::find_for(&app, &who, id).await?;
    let mut page = show::page(&app, &who, shell, publication).await?;
    page.refusal = Refusal { act: word.into(), text, errors };
    Ok(Page(page).status(status))
}

async fn done(app: &App, who: &Who, (word, text): (&str, &str), id: Uuid, seen: i32) -> Result<()> {
    match word {
        "submission" => Publication::submit(app, who, id, seen).await,
        "approval" => Publication::approve(app, who, id, seen).await,
        "return" => Publication::send_back(app, who, id, text, seen).await,
        "recall" => Publication::recall(app, who, id, seen).await,
        "publication" => Publication::publish(app, who, id, seen).await.map(|_| ()),
        _ => Publication::withdraw(app, who, id, text, seen).await,
    }
}
