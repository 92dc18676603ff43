//! What is done with a question: one address an act.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::show::{self, Refusal};
use crate::base::App;
use crate::questions::question::acting::{Act, Wanted};
use crate::questions::question::answering::WHY;
use crate::questions::question::{Question, Whole, public_words};
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Page, Path, Result, Said, Shell};

/// `POST /desk/questions/{id}/{act}`: a refusal comes back with what was typed. The text is in a field named like the act, so that a page
/// can hold several forms; draft and answer share one.
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
        text: field(if act == Act::Draft { Act::Answer.code() } else { act.code() }),
        why: field(WHY),
        to: field("to").parse().ok(),
        shows: fields.contains_key("shows"),
        public_title: fields.get(public_words::TITLE).cloned(),
        public_body: fields.get(public_words::BODY).cloned(),
    };
    let (status, errors) = match Whole::act(&app, &who, id, &wanted).await {
        Ok(()) if act == Act::Protect => return Ok(Said::to("/desk/questions", said(act)).into_response()),
        Ok(()) => return Ok(Said::to(Question::desk_path(id), said(act)).into_response()),
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, Mistakes::told(&obstacles, shell.l)),
        Err(Error::Stale) => (StatusCode::CONFLICT, Mistakes::one("", shell.l.t("question-stale"))),
        Err(error) => return Err(error),
    };
    let whole = Whole::find_for(&app, &who, id).await?;
    let mut page = show::page(&app, &who, shell, whole).await?;
    let Wanted { text, why, to, public_title, public_body, .. } = wanted;
    page.refusal = Refusal { act: Some(act), text, why, to, public_title, public_body, errors };
    Ok(Page(page).status(status))
}

const fn said(act: Act) -> &'static str {
    match act {
        Act::Route => "question-was-routed",
        Act::TakeBack => "question-was-taken-back",
        Act::PassOn => "question-was-passed-on",
        Act::More => "question-was-asked-back",
        Act::Lapse => "question-was-lapsed",
        Act::Join => "question-was-joined",
        Act::Part => "question-was-parted",
        Act::Drop => "question-was-dropped",
        Act::Restore => "question-was-restored",
        Act::Draft => "question-was-drafted",
        Act::Answer | Act::Correct | Act::Approve => "question-was-answered",
        Act::Return => "question-was-returned",
        Act::Show => "question-was-shown",
        Act::Hide => "question-was-hidden",
        Act::Protect => "question-was-protected",
    }
}
