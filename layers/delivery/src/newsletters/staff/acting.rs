//! What is done with an issue: one address an act.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::{issue, list};
use crate::base::{App, Who};
use crate::channels::rights::{Verb, require};
use crate::news::staff::show::Refusal;
use crate::newsletters::issue::Issue;
use crate::newsletters::issue::resolving::Decision;
use crate::newsletters::issue::steering;
use crate::newsletters::sending::trial;
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Page, Path, Result, Said, Shell};

/// What may be done: the word of the address, and what is said after.
const ACTS: [(&str, &str); 8] = [
    ("submission", "issue-was-submitted"),
    ("recall", "issue-was-recalled"),
    ("return", "issue-was-returned"),
    ("approval", "issue-was-approved"),
    ("pause", "issue-was-paused"),
    ("resumption", "issue-was-resumed"),
    ("cancellation", "issue-was-cancelled"),
    ("trial", "issue-was-tried"),
];

/// `POST /desk/newsletters/issues/{id}/acts/{act}`: a refusal comes back with what was typed.
pub async fn act(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let (word, said) = ACTS.into_iter().find(|(word, _)| *word == code).ok_or(Error::NotFound)?;
    Issue::find_for(&app, &who, id).await?;
    let why = fields.get("why").cloned().unwrap_or_default();
    let outcome = done(&app, &who, (word, &why), id, seen(&fields)?).await;
    back(&app, &who, shell, id, (word, said, why), outcome).await
}

async fn done(app: &App, who: &Who, (word, why): (&str, &str), id: Uuid, seen: i32) -> Result<()> {
    match word {
        "submission" => Issue::submit(app, who, id, seen).await,
        "recall" => Issue::recall(app, who, id, seen).await,
        "return" => Issue::send_back(app, who, id, why, seen).await,
        "approval" => Issue::approve(app, who, id, seen).await,
        "pause" => Issue::pause(app, who, id, seen).await,
        "resumption" => Issue::resume(app, who, id, seen).await,
        "cancellation" => Issue::cancel(app, who, id, why, seen).await,
        _ => {
            let issue = Issue::find_for(app, who, id).await?;
            require(who, Verb::Write, issue.agency)?;
            trial::send(app, who, &issue).await.map(|_| ())
        }
    }
}

/// `POST /desk/newsletters/issues/{id}/unknown/{how}`: `leave` or `again`; one letter, or all.
pub async fn resolve(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, how)): Path<(Uuid, String)>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let decision = Decision::of_code(&how).ok_or(Error::NotFound)?;
    Issue::find_for(&app, &who, id).await?;
    let why = fields.get("why").cloned().unwrap_or_default();
    let subscriber = match fields.get("subscriber").map(String::as_str).unwrap_or_default() {
        "" => None,
        id => Some(id.parse().map_err(|_| Error::bad("failure-bad-request"))?),
    };
    let outcome = Issue::resolve(&app, &who, (id, subscriber), (decision, &why), seen(&fields)?).await;
    let said = if decision == Decision::Leave { "letters-were-left" } else { "letters-go-again" };
    back(&app, &who, shell, id, ("unknown", said, why), outcome).await
}

/// `POST /desk/newsletters/restored/{act}`: `resumption` or `cancellation` of all that is held since a restore.
pub async fn settle_restored(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(code): Path<String>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let why = fields.get("why").map(String::as_str).unwrap_or_default();
    let (cancelled, said) = match code.as_str() {
        "resumption" => (None, "issue-restored-were-resumed"),
        "cancellation" => (Some(why), "issue-restored-were-cancelled"),
        _ => return Err(Error::NotFound),
    };
    match steering::settle_restored(&app, &who, cancelled).await {
        Ok(count) => Ok(Said::to("/desk/newsletters?show=stuck", said).with("count", count).into_response()),
        Err(Error::Refused(obstacles)) => {
            let refused = obstacles.iter().map(|one| one.text(shell.l)).collect::<Vec<_>>().join(" ");
            let ask = list::Ask { show: "stuck".into(), page: None };
            let mut page = list::page(&app, &who, shell, ask).await?;
            page.refused = refused;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

fn seen(fields: &HashMap<String, String>) -> Result<i32> {
    fields.get("version").and_then(|version| version.parse().ok()).ok_or_else(|| Error::bad("failure-bad-request"))
}

async fn back(
    app: &App,
    who: &Who,
    shell: Shell,
    id: Uuid,
    (word, said, why): (&str, &'static str, String),
    outcome: Result<()>,
) -> Result<Response> {
    let (status, errors) = match outcome {
        Ok(()) => return Ok(Said::to(Issue::path(id), said).into_response()),
        Err(Error::Refused(obstacles)) => {
            let own = |field: &'static str| if field == "why" { field } else { "" };
            (StatusCode::UNPROCESSABLE_ENTITY, obstacles.iter().map(|one| (own(one.field), one.text(shell.l))).collect())
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, Mistakes::one("", shell.l.t("channel-stale-next"))),
        Err(error) => return Err(error),
    };
    let issue = Issue::find_for(app, who, id).await?;
    let mut page = issue::page(app, who, shell, issue).await?;
    page.refusal = Refusal { act: word.into(), text: why, errors };
    Ok(Page(page).status(status))
}
