//! What is done with an article: one address an act.

use std::collections::HashMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::show::{self, Refusal};
use crate::base::{App, Who};
use crate::news::article::Article;
use crate::news::article::retracting::{Fate, Going};
use crate::news::article::reviewing::Choice;
use crate::news::link::Link;
use crate::news::step::Act as StepAct;
use crate::news::view;
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// What may be done at `/desk/news/{id}/acts/…`: the word of the address, the field of the words, and what is said after.
const ACTS: [(&str, &str, &str); 9] = [
    ("submission", "", "article-was-submitted"),
    ("passing", "", "article-was-passed"),
    ("return", "reason", "article-was-returned"),
    ("recall", "", "article-was-recalled"),
    ("override", "override", "article-was-overridden"),
    ("publication", "", "article-was-published"),
    ("schedule", "at", "article-was-scheduled"),
    ("unscheduling", "", "article-was-unscheduled"),
    ("withdrawal", "withdrawal", "article-was-withdrawn"),
];

/// `POST /desk/news/{id}/acts/{act}`: a refusal comes back with what was typed.
pub async fn act(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let takedown = ("takedown", "takedown", "article-was-taken-down");
    let known = ACTS.into_iter().chain([takedown]).find(|(word, ..)| *word == code);
    let (word, field, said) = known.ok_or(Error::NotFound)?;
    let approves = Article::find_for(&app, &who, id).await?.awaited().is_some_and(|step| step.act == StepAct::Approve);
    let said = if word == "passing" && approves { "article-was-approved" } else { said };
    let text = fields.get(field).cloned().unwrap_or_default();
    let seen = fields.get("version").and_then(|version| version.parse().ok()).ok_or_else(|| Error::bad("failure-bad-request"))?;
    let fate = fields.get("fate").and_then(|code| Fate::from_code(code));
    match done(&app, &who, (word, Going { why: &text, fate }), id, seen).await {
        Ok(()) => Ok(Said::to(Article::desk_path(id), said).into_response()),
        Err(Error::Refused(obstacles)) => refused(&app, &who, shell, id, (word, text), &obstacles).await,
        Err(Error::Stale) => {
            let article = Article::find_for(&app, &who, id).await?;
            let mut page = show::page(&app, &who, shell, article).await?;
            page.refusal = Refusal { act: word.into(), text, errors: Mistakes::one("", page.l.t("article-stale")) };
            Ok(Page(page).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}

async fn done(app: &App, who: &Who, (word, typed): (&str, Going<'_>), id: Uuid, seen: i32) -> Result<()> {
    let text = typed.why;
    match word {
        "submission" => Article::submit(app, who, id, seen).await,
        "passing" => Article::decide(app, who, id, &Choice::Pass, seen).await,
        "return" => Article::decide(app, who, id, &Choice::SendBack(text.into()), seen).await,
        "recall" => Article::recall(app, who, id, seen).await,
        "override" => Article::override_steps(app, who, id, text, seen).await,
        "publication" => Article::publish(app, who, id, seen).await,
        "schedule" => {
            let none = || Error::Refused(vec![Obstacle::new("article-no-minute").at("at")]);
            let at = view::minute(text).ok().flatten().ok_or_else(none)?;
            Article::schedule(app, who, id, at, seen).await
        }
        "unscheduling" => Article::unschedule(app, who, id, seen).await,
        "withdrawal" => Article::withdraw(app, who, id, typed, seen).await,
        _ => Article::take_down(app, who, id, typed, seen).await,
    }
}

async fn refused(
    app: &App,
    who: &Who,
    shell: Shell,
    id: Uuid,
    (act, text): (&str, String),
    obstacles: &[Obstacle],
) -> Result<Response> {
    let article = Article::find_for(app, who, id).await?;
    let mut page = show::page(app, who, shell, article).await?;
    let errors = Mistakes::told(obstacles, page.l);
    page.refusal = Refusal { act: act.into(), text, errors };
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `POST /desk/news/{id}/link`: makes a one-time link and shows its address, this once.
pub async fn link(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let article = Article::find_for(&app, &who, id).await?;
    let recipient = fields.get("recipient").cloned().unwrap_or_default();
    match Link::make(&app, &who, &article, &recipient).await {
        Ok(address) => {
            let mut page = show::page(&app, &who, shell, article).await?;
            page.link = address;
            Ok(Page(page).into_response())
        }
        Err(Error::Refused(obstacles)) => refused(&app, &who, shell, id, ("link", recipient), &obstacles).await,
        Err(error) => Err(error),
    }
}
