//! An administrator helps somebody in, or ends what is open.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::Administrator;
use super::new::Linked;
use super::standing::reason;
use crate::base::App;
use crate::people::person::keeping::{Keeper, Kept};
use crate::web::{Path, Result, Said, Shell};

/// `POST /desk/people/{id}/link`: a new invitation, or a link for a new password; shown this once.
pub async fn link(who: Administrator, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    Ok(Linked::page(shell, kept.let_in_again(&app, &keeper).await?))
}

#[derive(Deserialize)]
pub struct Reason {
    #[serde(default)]
    why: String,
}

/// `POST /desk/people/{id}/second-step/removal`
pub async fn reset_second_step(
    who: Administrator,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Reason>,
) -> Result<Said> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    kept.reset_second_step(&app, &keeper, &reason(&given.why)?).await?;
    Ok(Said::to(kept.person.path(), "person-second-step-reset-done"))
}

/// `POST /desk/people/{id}/passkeys/{passkey}/removal`
pub async fn remove_passkey(
    who: Administrator,
    State(app): State<App>,
    Path((id, passkey)): Path<(Uuid, Uuid)>,
    Form(given): Form<Reason>,
) -> Result<Said> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    kept.remove_passkey(&app, &keeper, passkey, &reason(&given.why)?).await?;
    Ok(Said::to(kept.person.path(), "person-passkey-removed"))
}

/// `POST /desk/people/{id}/sessions/{session}/revocation`
pub async fn end_session(who: Administrator, State(app): State<App>, Path((id, session)): Path<(Uuid, Uuid)>) -> Result<Said> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    kept.end_sessions(&app, &keeper, Some(session)).await?;
    Ok(Said::to(kept.person.path(), "session-revoked"))
}

/// `POST /desk/people/{id}/sessions/revocation`
pub async fn end_sessions(who: Administrator, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    let ended = kept.end_sessions(&app, &keeper, None).await?;
    Ok(Said::to(kept.person.path(), "person-sessions-ended").with("n", ended))
}
