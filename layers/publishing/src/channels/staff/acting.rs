//! What is done with a piece, and what a person decides about one of its deliveries: one address an act.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::{one, piece, pieces, variant};
use crate::base::{App, Who};
use crate::channels::delivery::holding;
use crate::channels::delivery::resolving::Decision;
use crate::channels::{Delivery, Piece};
use crate::news::staff::show::Refusal;
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Page, Path, Result, Said, Shell};

/// What may be done at `/desk/channels/pieces/{id}/acts/…`: the word of the address, and what is said after.
const ACTS: [(&str, &str); 5] = [
    ("submission", "channel-piece-was-submitted"),
    ("recall", "channel-piece-was-recalled"),
    ("return", "channel-piece-was-returned"),
    ("approval", "channel-piece-was-approved"),
    ("withdrawal", "channel-piece-was-withdrawn"),
];

/// `POST /desk/channels/pieces/{id}/acts/{act}`: a refusal comes back with what was typed.
pub async fn act(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let (word, said) = ACTS.into_iter().find(|(word, _)| *word == code).ok_or(Error::NotFound)?;
    Piece::find_for(&app, &who, id).await?;
    let text = fields.get("why").cloned().unwrap_or_default();
    let seen = fields.get("version").and_then(|version| version.parse().ok()).ok_or_else(|| Error::bad("failure-bad-request"))?;
    let (status, errors) = match done(&app, &who, (word, &text), id, seen).await {
        Ok(()) => return Ok(Said::to(Piece::path(id), said).into_response()),
        Err(Error::Refused(obstacles)) => {
            // Obstacles of variants stand at fields of other pages.
            let own = |field: &'static str| if field == "why" { field } else { "" };
            let errors = obstacles.iter().map(|one| (own(one.field), one.text(shell.l))).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, errors)
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, Mistakes::one("", shell.l.t("channel-stale-next"))),
        Err(error) => return Err(error),
    };
    let piece = Piece::find_for(&app, &who, id).await?;
    let mut page = piece::page(&app, &who, shell, piece).await?;
    page.refusal = Refusal { act: word.into(), text, errors };
    Ok(Page(page).status(status))
}

async fn done(app: &App, who: &Who, (word, text): (&str, &str), id: Uuid, seen: i32) -> Result<()> {
    match word {
        "submission" => Piece::submit(app, who, id, seen).await,
        "recall" => Piece::take_back(app, who, id, seen).await,
        "return" => Piece::send_back(app, who, id, text, seen).await,
        "approval" => Piece::approve(app, who, id, seen).await,
        _ => Piece::withdraw(app, who, id, text, seen).await,
    }
}

/// `POST /desk/channels/pieces/{id}/variants/{variant}/acts/{act}`: what a person decided about a delivery.
pub async fn decide(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, of, code)): Path<(Uuid, Uuid, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let decision = Decision::read(&code, |field| one(&fields, field).to_owned()).ok_or(Error::NotFound)?;
    let seen = one(&fields, "version").parse().map_err(|_| Error::bad("failure-bad-request"))?;
    match Delivery::decide(&app, &who, (id, of), &decision, seen).await {
        Ok(()) => {
            let to = format!("{}/variants/{of}", Piece::path(id));
            Ok(Said::to(to, decision.said()).into_response())
        }
        Err(error) => variant::back(&app, &who, shell, (id, of), fields, error).await,
    }
}

/// `POST /desk/channels/restored/{act}`: `sending` or `drop` for all that is held since a restore.
pub async fn decide_all(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(code): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let said = match code.as_str() {
        "sending" => "channel-restored-were-sent",
        "drop" => "channel-restored-were-dropped",
        _ => return Err(Error::NotFound),
    };
    let decision = Decision::read(&code, |field| one(&fields, field).to_owned()).ok_or(Error::NotFound)?;
    match holding::decide_all(&app, &who, &decision).await {
        Ok(count) => Ok(Said::to("/desk/channels/pieces?show=stuck", said).with("count", count).into_response()),
        Err(Error::Refused(obstacles)) => {
            let refused = obstacles.iter().map(|one| one.text(shell.l)).collect::<Vec<_>>().join(" ");
            let ask = pieces::Ask { show: "stuck".into(), page: None };
            let mut page = pieces::page(&app, &who, shell, ask).await?;
            page.refused = refused;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
