//! The evaluation: questions of which somebody says what would be right, asked one after another, judged and kept. It asks in this process,
//! or of a server that runs and has the index open.

pub mod judging;
pub mod questions;

use std::time::Instant;

use anyhow::Context;
use axum::http::Request;
use serde::{Deserialize, Serialize};

use self::judging::Tally;
use self::questions::{Expected, Question};
use super::asking::{self, Asked};
use super::model;
use super::run::{MISSED_MAX, Missed, Run};
use crate::base::{App, digest, outgoing};
use crate::plans::plan::{self, text};
use crate::web::{Locale, cut};
use sea_orm::entity::prelude::*;

/// Goes with the questions of an evaluation that asks a server: they are not counted as what somebody could not be answered.
pub const HEADER: &str = "x-lantoa-evaluation";

/// Who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Means {
    /// This process.
    Here,
    /// The server at that address: `http://127.0.0.1:8080`.
    At(String),
}

/// What came back, as far as it is judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub answered: bool,
    pub answer: String,
    pub sources: Vec<Source>,
}

/// A source of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub external_id: Option<String>,
    pub quote: String,
}

/// Asks all questions of a file and keeps how it went.
///
/// # Errors
/// The file has none, nobody answers, or the database failed.
pub async fn evaluate(app: &App, l: Locale, (name, bytes): (&str, &[u8]), means: &Means) -> anyhow::Result<Run> {
    let asked = questions::read(bytes)?;
    let mut tally = Tally::default();
    let mut missed = Vec::new();
    let mut times_us = Vec::new();
    for question in &asked {
        let begun = Instant::now();
        let reply = ask(app, l, &question.text, means).await?;
        times_us.push(i64::try_from(begun.elapsed().as_micros()).unwrap_or(i64::MAX));
        let verdict = judging::judge(&question.expected, &reply, &lines(app, question).await?);
        tally.add(&question.expected, verdict);
        if verdict.is_missed() && missed.len() < MISSED_MAX {
            missed.push(Missed {
                id: question.id.clone(),
                question: cut(&question.text, 300),
                verdict: verdict.code().to_owned(),
                said: cut(&reply.answer, 300),
            });
        }
    }
    times_us.sort_unstable();
    let at = |percent: usize| times_us.get((times_us.len().max(1) - 1) * percent / 100).copied().unwrap_or_default();
    let run = Run {
        id: uuid::Uuid::nil(),
        name: name.to_owned(),
        sha256: digest::sha256(bytes),
        at: app.clock.now(),
        means: app.config.assistant.model.as_ref().map(|model| model.model.clone()).unwrap_or_default(),
        answerable: tally.answerable,
        answered_right: tally.answered_right,
        wrongly_answered: tally.wrongly_answered,
        wrongly_refused: tally.wrongly_refused,
        unanswerable: tally.unanswerable,
        rightly_refused: tally.rightly_refused,
        source_right: tally.source_right,
        open: tally.open,
        p50_us: at(50),
        p95_us: at(95),
        missed: serde_json::to_string(&missed)?,
    };
    let id = Run::keep(app, run.clone()).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(Run { id, ..run })
}

async fn ask(app: &App, l: Locale, question: &str, means: &Means) -> anyhow::Result<Reply> {
    match means {
        Means::Here => {
            let asked = Asked { question: question.to_owned(), before: Vec::new() };
            let said = asking::answer(app, l, &asked).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
            let said = model::written(app, said, "").await;
            let source = |one: &super::said::Cited| Source { external_id: one.external_id.clone(), quote: quote(one) };
            Ok(Reply { answered: said.is_answered(), answer: said.text(), sources: said.sources.iter().map(source).collect() })
        }
        Means::At(base) => {
            let body = serde_json::json!({ "question": question }).to_string().into_bytes();
            let request = Request::post(format!("{}/api/v1/assistant/answers", base.trim_end_matches('/')))
                .header("content-type", "application/json")
                .header(HEADER, "1")
                .body(body)?;
            let answer = outgoing::send(request).await.with_context(|| format!("no answer from {base}"))?;
            anyhow::ensure!(answer.status().is_success(), "{base} answered {}", answer.status());
            Ok(serde_json::from_slice(answer.body())?)
        }
    }
}

/// A quote with what leads into it: both stand in the document.
fn quote(one: &super::said::Cited) -> String {
    if one.lead.is_empty() { one.quote.clone() } else { format!("{}\n{}", one.lead, one.quote) }
}

/// The lines of a plan that a question names as its source, from the plan's own text.
async fn lines(app: &App, question: &Question) -> anyhow::Result<Vec<String>> {
    let Expected::Plan { number, lines, .. } = &question.expected else { return Ok(Vec::new()) };
    let adopted = plan::Entity::find().filter(plan::Column::State.eq(plan::State::Adopted)).all(&app.db).await?;
    let is_it = |one: &&plan::Plan| one.number.split('/').next().is_some_and(|figures| figures.trim_start_matches('0') == number);
    let Some(plan) = adopted.iter().find(is_it) else { return Ok(Vec::new()) };
    let document = text::Model::find(&app.db, plan.id).await.and_then(|text| text.document());
    let document = document.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let all: Vec<&str> = document.text.split('\n').collect();
    Ok(lines.iter().filter_map(|line| all.get(line.checked_sub(1)?).map(|line| (*line).to_owned())).collect())
}
