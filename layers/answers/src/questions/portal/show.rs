//! One published question with its answer, for ever at the same address.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::base::{App, time};
use crate::people::agency::brief::Known;
use crate::questions::question::{Question, Whole};
use crate::web::{Error, Locale, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "questions/portal/show.html")]
pub struct Show {
    l: Locale,
    shell: Shell,
    question: Question,
    answer: String,
    agency: String,
    agency_href: String,
    answered: String,
    machine: String,
    /// The day on which the answer was corrected; empty when it was not.
    corrected: String,
    asked: String,
    /// Somebody said that it does not solve it: it is looked at again, and the answer holds no more.
    again: bool,
    others: usize,
    canonical: String,
}

/// `GET /hoi-dap/cau-hoi/{slug}`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response> {
    let question = Question::published(&app.db, &slug).await?;
    let others = Question::joined(&app.db, question.id).await?.len();
    let whole = Whole::of(&app.db, question).await?;
    let answer = whole.given().ok_or(Error::NotFound)?;
    let known = Known::now(&app).await?;
    let body = known.get(&answer.agency);
    let at = answer.approved_at.unwrap_or(answer.written_at);
    let first = whole.question.answered_at.unwrap_or(at);
    let nonce = shell.nonce.clone();
    let page = Show {
        answer: answer.shown_text.clone(),
        agency: body.map(|body| body.name.clone()).unwrap_or_default(),
        agency_href: body.map(|body| body.public_path()).unwrap_or_default(),
        answered: time::day(time::local_date(first)),
        machine: time::machine(first),
        corrected: if answer.correction.is_empty() { String::new() } else { time::day(time::local_date(at)) },
        asked: time::day(time::local_date(whole.question.asked_at)),
        again: !whole.question.is_answered(),
        others,
        canonical: format!("{}{}", app.config.public_url(), whole.question.public_path()),
        question: whole.question,
        l: shell.l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}
