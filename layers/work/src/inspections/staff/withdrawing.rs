//! Taking an inspection back.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::report::{self, Refusal};
use crate::base::App;
use crate::inspections::Inspection;
use crate::web::who::Signed;
use crate::web::{Error, Page, Path, Result, Said, Shell};

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    reason: String,
}

/// `POST /desk/inspections/{id}/withdrawal`: a refusal comes back with what was typed.
pub async fn withdraw(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let inspection = Inspection::find_for(&app, &who, id).await?;
    let (status, refusal) = match inspection.withdraw(&app, &who, &given.reason).await {
        Ok(()) => return Ok(Said::to(Inspection::desk_path(id), "inspection-was-withdrawn").into_response()),
        Err(Error::Refused(obstacles)) => {
            let error = obstacles.iter().map(|one| one.text(shell.l)).collect::<Vec<_>>().join(" ");
            (StatusCode::UNPROCESSABLE_ENTITY, Refusal { reason: given.reason, error, stale: false })
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, Refusal { reason: given.reason, error: String::new(), stale: true }),
        Err(error) => return Err(error),
    };
    let inspection = Inspection::find_for(&app, &who, id).await?;
    Ok(Page(report::page(&app, &who, shell, inspection, refusal).await?).status(status))
}
