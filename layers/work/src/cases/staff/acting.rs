//! What is done with a case: one address an act.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::show::{self, Refusal};
use crate::base::App;
use crate::cases::Case;
use crate::cases::case::Whole;
use crate::cases::case::acting::{Act, Wanted};
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Page, Path, Result, Said, Shell};

/// `POST /desk/cases/{id}/{act}`: a refusal comes back with what was typed. The text is in a field named like the act, so
/// that a page can hold several forms.
pub async fn act(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let act = Act::from_code(&code).ok_or(Error::NotFound)?;
    Whole::find_for(&app, &who, id).await?;
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let wanted = Wanted {
        act,
        version: field("version").parse().map_err(|_| Error::bad("failure-bad-request"))?,
        text: field(act.code()),
        to: field("to").parse().ok(),
    };
    let (status, errors) = match Whole::act(&app, &who, id, &wanted).await {
        Ok(()) => return Ok(Said::to(Case::desk_path(id), said(act)).into_response()),
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, Mistakes::told(&obstacles, shell.l)),
        Err(Error::Stale) => (StatusCode::CONFLICT, Mistakes::one("", shell.l.t("case-stale"))),
        Err(error) => return Err(error),
    };
    let whole = Whole::find_for(&app, &who, id).await?;
    let mut page = show::page(&app, &who, shell, whole).await?;
    page.refusal = Refusal { act: Some(act), text: wanted.text, to: wanted.to, errors };
    Ok(Page(page).status(status))
}

const fn said(act: Act) -> &'static str {
    match act {
        Act::TakeUp => "case-was-taken",
        Act::Answer => "case-was-answered",
        Act::Ask => "case-was-questioned",
        Act::PassUp => "case-was-passed-up",
        Act::PassOn => "case-was-passed-on",
        Act::Reply => "case-was-replied",
        Act::Solve => "case-was-solved",
        Act::Reopen => "case-was-reopened",
        Act::Withdraw => "case-was-withdrawn",
        Act::Lapse => "case-was-lapsed",
    }
}
