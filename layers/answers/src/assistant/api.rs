//! `POST /api/v1/assistant/answers`: a question, and what is said to it, with its sources. The contract is kept: fields are added, never
//! changed. Asked for `text/event-stream`, it says the sources first, then line by line, then the whole.

use std::collections::VecDeque;
use std::convert::Infallible;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asking::{self, Asked};
use super::model::{self, Speaking};
use super::said::{Cited, How, Line, Said};
use super::{evaluating, gap, gate};
use crate::base::App;
use crate::people::session::Origin;
use crate::questions;
use crate::web::api::{Sent, Usual};
use crate::web::{Lang, Locale, Result, address};

/// Turns that are looked at.
const TURNS_MAX: usize = 20;

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(answer))
}

/// A question.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct AssistantQuestion {
    pub question: String,
    /// What was asked before, the oldest first: so that "and by when?" is understood. Nothing of it is kept.
    #[serde(default)]
    pub conversation: Vec<AssistantTurn>,
    /// In which language the assistant's own words are: `vi`, or `en`. What it quotes stays as it stands.
    #[serde(default)]
    pub language: String,
}

/// A question of before.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct AssistantTurn {
    pub question: String,
}

/// What is said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AssistantAnswer {
    /// False: nothing that is published answers it. Then `near` may help, and a person does at `handover_url`.
    pub answered: bool,
    /// With the numbers of its sources: `[1]`.
    pub answer: String,
    /// The first is number 1.
    pub sources: Vec<AssistantSource>,
    /// True only where the question went to a person; that is never done without their wish.
    pub handed_over: bool,
    /// `exact`, `several`, `answered`, `quoted`, `written`, `near`, `refused`, or why it was no question for documents.
    pub how: String,
    /// Always true: a machine says it.
    pub machine: bool,
    pub near: Vec<AssistantPage>,
    /// Where a person is asked.
    pub handover_url: String,
    /// Document numbers in the question that no document has.
    pub unknown_numbers: Vec<String>,
}

/// A stretch of a document.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AssistantSource {
    /// What it is called in the system it was imported from; null for what was made here.
    pub external_id: Option<String>,
    /// What it is called here.
    pub id: String,
    pub kind: String,
    pub title: String,
    /// Where people read it, at the very passage.
    pub url: String,
    /// Its words, byte for byte.
    pub quote: String,
    /// What leads into the quote in the document, byte for byte; may be empty.
    pub lead: String,
}

/// A page that may help.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AssistantPage {
    pub title: String,
    pub url: String,
    pub kind: String,
}

impl AssistantAnswer {
    /// As the API says it.
    #[must_use]
    pub fn of(app: &App, said: &Said, question: &str) -> Self {
        let origin = app.config.public_url();
        let page = |one: &super::said::Nearby| AssistantPage {
            title: one.title.clone(),
            url: format!("{origin}{}", one.path),
            kind: one.kind.clone(),
        };
        Self {
            answered: said.is_answered(),
            answer: said.text(),
            sources: said.sources.iter().map(|one| source(&origin, one)).collect(),
            handed_over: false,
            how: said.how.code().to_owned(),
            machine: true,
            near: said.near.iter().map(page).collect(),
            handover_url: format!("{origin}{}", handover(question)),
            unknown_numbers: said.unknown_numbers.clone(),
        }
    }
}

/// Where a person is asked, with the question in the form already: without personal data, for addresses are kept by whoever carries them.
#[must_use]
pub fn handover(question: &str) -> String {
    let short: String = questions::mask(question).text.chars().take(500).collect();
    format!("/hoi-dap/gui{}", address::query(&[("q", short.trim())]))
}

fn source(origin: &str, one: &Cited) -> AssistantSource {
    AssistantSource {
        external_id: one.external_id.clone(),
        id: one.id.clone(),
        kind: one.kind.clone(),
        title: one.title.clone(),
        url: format!("{origin}{}", one.path),
        quote: one.quote.clone(),
        lead: one.lead.clone(),
    }
}

/// Asks the assistant
///
/// It answers from what is published and names its sources, or says that nothing answers. It is a machine.
#[utoipa::path(
    post, path = "/api/v1/assistant/answers", operation_id = "assistant-answers", tag = "assistant", security(()),
    request_body = AssistantQuestion,
    responses((status = 200, body = AssistantAnswer), Usual),
)]
async fn answer(
    State(app): State<App>,
    headers: HeaderMap,
    origin: Origin,
    Sent(sent): Sent<AssistantQuestion>,
) -> Result<Response> {
    gate::pass(&app, &origin.address)?;
    // Documents are Vietnamese, and so is what is said of them, unless somebody reads the interface in English.
    let l = Locale(if sent.language == Lang::En.tag() { Lang::En } else { Lang::Vi });
    let before = sent.conversation.into_iter().rev().take(TURNS_MAX).map(|turn| turn.question).collect::<Vec<_>>();
    let asked = Asked { question: sent.question, before: before.into_iter().rev().collect() };
    let said = asking::answer(&app, l, &asked).await?;
    // Questions of the evaluation are nobody's.
    if !headers.contains_key(evaluating::HEADER) {
        gap::count(&app, &said).await;
    }
    let writes = gate::may_write(&app, &origin.address);
    let wanted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if wanted.contains("text/event-stream") {
        let speaking = if writes { Speaking::begin(&app, &said).await } else { None };
        return Ok(streamed(Talk::new(app, l, said, asked.question, speaking)));
    }
    let said = if writes { model::written(&app, said, &l.t("assistant-written")).await } else { said };
    Ok(axum::Json(AssistantAnswer::of(&app, &said, &asked.question)).into_response())
}

/// An answer that is said piece by piece.
struct Talk {
    app: App,
    l: Locale,
    said: Said,
    question: String,
    speaking: Option<Speaking>,
    written: Vec<Line>,
    queue: VecDeque<Line>,
    has_begun: bool,
    has_ended: bool,
}

impl Talk {
    fn new(app: App, l: Locale, said: Said, question: String, speaking: Option<Speaking>) -> Self {
        let queue = if speaking.is_some() { VecDeque::new() } else { said.lines.iter().cloned().collect() };
        Self { app, l, said, question, speaking, written: Vec::new(), queue, has_begun: false, has_ended: false }
    }

    async fn next(&mut self) -> Option<Event> {
        if !self.has_begun {
            self.has_begun = true;
            let origin = self.app.config.public_url();
            let sources: Vec<AssistantSource> = self.said.sources.iter().map(|one| source(&origin, one)).collect();
            return event("sources", &json!({ "sources": sources, "intro": self.said.intro, "how": self.said.how.code() }));
        }
        if let Some(speaking) = &mut self.speaking {
            if let Some(line) = speaking.next().await {
                self.written.push(line.clone());
                return event("line", &json!({ "text": line.text, "sources": line.sources }));
            }
            self.speaking = None;
            // Where nothing of the model holds, the quotes stand.
            if self.written.is_empty() {
                self.queue = self.said.lines.iter().cloned().collect();
            } else {
                let (intro, lines) = (self.l.t("assistant-written"), std::mem::take(&mut self.written));
                self.said = Said { how: How::Written, intro, lines, ..std::mem::take(&mut self.said) };
            }
        }
        if let Some(line) = self.queue.pop_front() {
            return event("line", &json!({ "text": line.text, "sources": line.sources }));
        }
        if self.has_ended {
            return None;
        }
        self.has_ended = true;
        event("done", &json!(AssistantAnswer::of(&self.app, &self.said, &self.question)))
    }
}

fn event(name: &str, data: &serde_json::Value) -> Option<Event> {
    Some(Event::default().event(name).data(data.to_string()))
}

fn streamed(talk: Talk) -> Response {
    let events = futures_util::stream::unfold(talk, |mut talk| async move {
        let event = talk.next().await?;
        Some((Ok::<Event, Infallible>(event), talk))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}
