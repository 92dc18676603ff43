//! Handing a question over to a person, with what the assistant found: only when who asked wants it.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::ask::{Conversation, Shown, page};
use crate::assistant::asking::{self, Asked};
use crate::assistant::following_up::TURNS_MAX;
use crate::assistant::gate;
use crate::base::App;
use crate::people::agency::brief::Known;
use crate::people::session::Origin;
use crate::questions::{self, Handover, Question, Sender};
use crate::web::{Error, Locale, Page, Result, Shell, cut};

/// Letters of a question before it.
const BEFORE_LETTERS: usize = 300;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    q: String,
    /// The questions before it, the oldest first, one a line.
    truoc: String,
    email: String,
    /// The body on whose portal it was asked, by its slug.
    co_quan: String,
    /// People do not see it; programs that fill everything in do.
    website: String,
}

#[derive(Template)]
#[template(path = "assistant/portal/handed.html")]
pub struct Handed {
    l: Locale,
    shell: Shell,
    asked: questions::Asked,
    href: String,
}

fn before(sent: &str) -> Vec<String> {
    let all: Vec<&str> = sent.lines().map(str::trim).filter(|one| !one.is_empty()).collect();
    let from = all.len().saturating_sub(TURNS_MAX);
    all[from..].iter().map(|one| cut(one, BEFORE_LETTERS)).collect()
}

/// `POST /hoi-dap/chuyen`
pub async fn hand(shell: Shell, Shared(app): Shared<App>, origin: Origin, Form(wanted): Form<Wanted>) -> Result<Response> {
    if !wanted.website.is_empty() {
        return Err(Error::refused("question-form-honey"));
    }
    gate::pass(&app, &origin.address)?;
    let l = shell.l;
    let before = before(&wanted.truoc);
    // What was found is found again: nothing that comes with the form is told to the officer as ours.
    let said = asking::answer(&app, l, &Asked { question: wanted.q.clone(), before: before.clone() }).await?;
    let question = match before.last() {
        Some(before) if said.asked.trim() != wanted.q.trim() => format!("{}\n\n{before}", wanted.q.trim()),
        _ => wanted.q.clone(),
    };
    // What was asked before is told to the officer, not asked again.
    let earlier: Vec<&str> = before.iter().map(String::as_str).filter(|one| *one != wanted.q.trim()).collect();
    let asked_before =
        if earlier.is_empty() { String::new() } else { l.t1("assistant-asked-before", "what", earlier.join("\n")) };
    let context = [asked_before, said.context()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    let known = Known::now(&app).await?;
    let handover = Handover {
        question,
        context,
        by_agency: known.values().find(|one| !wanted.co_quan.is_empty() && one.slug == wanted.co_quan).map(|one| one.id),
        from: Sender { email: wanted.email.clone(), address: origin.address, ..Sender::default() },
    };
    match Question::ask(&app, handover).await {
        Ok(asked) => {
            let href = format!("/hoi-dap/theo-doi/{}", asked.code);
            Ok(Page(Handed { l, shell, asked, href }).into_response())
        }
        Err(Error::Refused(obstacles)) => {
            let shown = Shown { question: wanted.q, said };
            let errors = obstacles.iter().map(|one| ("hand-email", one.text(l))).collect();
            let conversation =
                Conversation { errors, email: wanted.email, ..Conversation::new(shell, Some(shown), wanted.co_quan) };
            Ok(Page(page(&app, &conversation).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
