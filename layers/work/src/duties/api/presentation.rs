//! Presenting an answer to the agency's own approver: what the page's button does, for programs.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::answers::{self, NewAnswer};
use super::sending;
use super::slots::reached;
use crate::base::App;
use crate::duties::clearance::{self, Clearance, State as Stands};
use crate::duties::{Slot, answer};
use crate::people::person;
use crate::web::api::access::AnswersWriter;
use crate::web::api::problem::Problem;
use crate::web::api::{AboutToken, Asked, Sent, private};
use crate::web::{Error, Path, Result, Shell};

/// What waits for the word of the agency's approver, or has it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Presentation)]
pub struct Shown {
    pub id: Uuid,
    pub slot: Uuid,
    /// `waiting`, `cleared` (it is handed in), `returned`, `withdrawn`
    pub state: String,
    /// Who presented it, by name.
    pub person: String,
    pub at: DateTime<Utc>,
    /// When it was decided or taken back; null while it waits.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was sent back.
    pub reason: String,
    /// Id of what was handed in; null until it is cleared.
    pub answer: Option<Uuid>,
    /// Where people work on it.
    pub page: String,
}

/// Present an answer to the agency's approver
///
/// Keeps it as the draft that people see on the page, in the name of the person the token acts for, and tells the approvers. It is
/// handed in when one of them clears it; that day decides whether in time. A draft that people are writing is left alone: 409. The
/// same `Idempotency-Key` is the same presentation: 200 instead of 201, with where it stands now.
#[utoipa::path(
    post, path = "/api/v1/slots/{id}/presentation", operation_id = "presentation", tag = "answers",
    security(("token" = ["answers:write"])),
    params(
        ("id" = Uuid, Path, description = "Id of the slot."),
        ("Idempotency-Key" = String, Header, min_length = 1, max_length = 64,
            description = "Made anew for each answer, the same for each retry."),
    ),
    request_body = NewAnswer,
    responses(
        (status = 200, body = Shown, description = "It had been presented with this key."),
        (status = 201, body = Shown),
        (status = 409, body = Problem, content_type = "application/problem+json",
            description = "Somebody answered or is writing another draft, or the key brought another content."),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json",
            description = "Refused, each reason at its field; `clearance-not-needed` where it can be handed in at once."),
        AboutToken,
    ),
)]
pub async fn present(
    access: AnswersWriter,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    asked: Asked,
    Sent(sent): Sent<NewAnswer>,
) -> Result<Response> {
    asked.only(&[])?;
    let slot = reached(&app, &access, id).await?;
    let key = sending::key(&slot, &headers)?;
    let known = of_key(&app, &key).await?;
    // The answer gets the key once it is cleared: one that was handed in with it before would stand in the way.
    let is_used = answer::Entity::find().filter(answer::Column::Key.eq(&key)).count(&app.db).await? > 0;
    if known.is_none() && is_used {
        return Err(Error::Stale);
    }
    let submission = match sending::submission(&app, &shell, &slot, key.clone(), sent).await? {
        Ok(submission) => submission,
        Err(wrong) => return Ok(wrong.into_response()),
    };
    match Clearance::present_for(&app, &access.who, &slot, &submission, &sending::keys_of(&slot)).await {
        Ok(()) => {}
        Err(Error::Refused(obstacles)) => return Ok(answers::refusal(&app, &shell, &slot, &obstacles).await?.into_response()),
        Err(error) => return Err(error),
    }
    let made = match of_key(&app, &key).await? {
        Some(made) => (if known.is_none() { StatusCode::CREATED } else { StatusCode::OK }, made),
        // The same words were waiting already, under another key.
        None => (StatusCode::OK, Clearance::of(&app.db, slot.id).await?.pop().ok_or(Error::NotFound)?),
    };
    Ok(private(made.0, shown(&app, made.1).await?, None))
}

async fn of_key(app: &App, key: &str) -> Result<Option<Clearance>> {
    Ok(clearance::Entity::find().filter(clearance::Column::Key.eq(key)).one(&app.db).await?)
}

async fn shown(app: &App, made: Clearance) -> Result<Shown> {
    let names = person::names(&app.db, &[made.person]).await?;
    let state = match made.state {
        Stands::Waiting => "waiting",
        Stands::Cleared => "cleared",
        Stands::Returned => "returned",
        Stands::Withdrawn => "withdrawn",
    };
    Ok(Shown {
        id: made.id,
        slot: made.slot,
        state: state.into(),
        person: names.get(&made.person).cloned().unwrap_or_default(),
        at: made.at,
        decided_at: made.decided_at,
        reason: made.reason,
        answer: made.answer,
        page: format!("{}{}", app.config.public_url(), Slot::desk_path(made.slot)),
    })
}
