//! What was answered, and answering: the same verb, and the same refusals, as on the page.

use std::collections::{BTreeMap, HashMap};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::form_values::{self, Paper, Sent as SentValue};
use super::sending;
use super::slots::reached;
use crate::base::App;
use crate::duties::Slot;
use crate::duties::answer::{self, Answer};
use crate::duties::form::certificate::Certificate;
use crate::duties::form::field::Definition;
use crate::duties::form::values::{self, Filled};
use crate::duties::form::{Form, canonical};
use crate::duties::proof::{self, Proof};
use crate::duties::review::{Remarks, Review, Verdict};
use crate::duties::standing::{self, Story};
use crate::people::person;
use crate::web::api::access::{AnswersReader, AnswersWriter};
use crate::web::api::problem::{Problem, Wrong};
use crate::web::api::{AboutToken, Asked, Listing, Sent, private};
use crate::web::{Error, Obstacle, Path, Result, Shell};

/// A version of what was answered; immutable.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Answer)]
pub struct Shown {
    pub id: Uuid,
    pub slot: Uuid,
    /// From 1.
    pub version: i32,
    /// `reported`, or `nothing` for nothing to report.
    pub outcome: String,
    pub text: String,
    pub figures: Vec<Figure>,
    /// Version of the form that it was made with; null without one.
    pub form_version: Option<i32>,
    /// What the fields of the form were given; empty without one.
    pub values: Vec<form_values::Shown>,
    /// Why there is nothing to report.
    pub reason: String,
    /// Why it came after the last day.
    pub late_reason: String,
    /// Whether whoever answered holds the lateness for excusable.
    pub excusable: Option<bool>,
    /// The body that answered.
    pub agency: Uuid,
    /// Who answered, by name.
    pub person: String,
    pub at: DateTime<Utc>,
    /// The day in Vietnam.
    pub on_day: NaiveDate,
    pub proofs: Vec<Proved>,
    /// SHA-256 of the canonical data of this version.
    pub data_sha256: String,
    /// Signed papers that certify this version.
    pub certificates: Vec<Paper>,
    /// What another body said to it; null until then.
    pub review: Option<Reviewed>,
}

/// A figure. Zero is a value.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub name: String,
    /// Not negative; at most 100 where the unit is `%`.
    pub value: f64,
    #[serde(default)]
    pub unit: String,
}

/// A proof that belongs to an answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Proof)]
pub struct Proved {
    pub id: Uuid,
    /// `file`, `link`
    pub kind: String,
    pub name: String,
    /// Of a link; empty for a file.
    pub address: String,
    pub size_bytes: i64,
    /// Hexadecimal, of the file's bytes or of the address.
    pub sha256: String,
}

/// A review.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Review)]
pub struct Reviewed {
    /// `accept`, `return`
    pub verdict: String,
    pub at: DateTime<Utc>,
    /// What is said to the whole, the text, the figures, the proofs; each may be empty.
    pub whole: String,
    pub text: String,
    pub figures: String,
    pub proofs: String,
    /// What is said to single fields of the form.
    pub fields: Vec<FieldRemark>,
}

/// What is said to a field of the form.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldRemark {
    /// What the field asks.
    pub label: String,
    pub words: String,
}

/// What is handed in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    pub outcome: Said,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// What the fields of the duty's form are given, by code.
    #[serde(default)]
    pub values: BTreeMap<String, SentValue>,
    /// Why a field has no value, or another than is recorded, by code.
    #[serde(default)]
    pub reasons: BTreeMap<String, String>,
    /// What is said to warnings: `rule.0`, `so_lop.odd`.
    #[serde(default)]
    pub explanations: BTreeMap<String, String>,
    /// Why there is nothing to report.
    #[serde(default)]
    pub reason: String,
    /// Why it comes after the last day.
    #[serde(default)]
    pub late_reason: String,
    /// Whether the lateness is held for excusable.
    pub excusable: Option<bool>,
    /// Version of the last answer that was seen; 0 when there was none.
    pub seen_version: i32,
    /// The proofs of the last version hold for this one too; so it is unless said.
    #[serde(default = "yes")]
    pub keeps_proofs: bool,
}

const fn yes() -> bool {
    true
}

/// What an answer says.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Outcome)]
pub enum Said {
    Reported,
    Nothing,
}

/// The answers to a slot, the earliest version first
#[utoipa::path(
    get, path = "/api/v1/slots/{id}/answers", operation_id = "answers", tag = "answers",
    security(("token" = ["answers:read"])),
    params(("id" = Uuid, Path, description = "Id of the slot.")),
    responses((status = 200, body = Listing<Shown>), AboutToken),
)]
pub async fn list(access: AnswersReader, State(app): State<App>, Path(id): Path<Uuid>, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let slot = reached(&app, &access, id).await?;
    Ok(private(StatusCode::OK, Listing::whole(all(&app, &slot).await?), None))
}

/// Answer a slot
///
/// Hands in the next version, in the name of the person the token acts for. Where the agency has an approver it is refused
/// (`clearance-needed`): present it instead. The same `Idempotency-Key` with the same content is
/// the same answer: 200 instead of 201, and nothing is done.
#[utoipa::path(
    post, path = "/api/v1/slots/{id}/answers", operation_id = "answer", tag = "answers",
    security(("token" = ["answers:write"])),
    params(
        ("id" = Uuid, Path, description = "Id of the slot."),
        ("Idempotency-Key" = String, Header, min_length = 1, max_length = 64,
            description = "Made anew for each answer, the same for each retry."),
    ),
    request_body = NewAnswer,
    responses(
        (status = 200, body = Shown, description = "It had been handed in with this key."),
        (status = 201, body = Shown),
        (status = 409, body = Problem, content_type = "application/problem+json",
            description = "Somebody answered meanwhile, or the key brought another content."),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Refused, each reason at its field."),
        AboutToken,
    ),
)]
pub async fn submit(
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
    let is_known = answer::Entity::find().filter(answer::Column::Key.eq(&key)).count(&app.db).await? > 0;
    let submission = match sending::submission(&app, &shell, &slot, key.clone(), sent).await? {
        Ok(submission) => submission,
        Err(wrong) => return Ok(wrong.into_response()),
    };
    match Answer::submit(&app, &access.who, &slot, &submission).await {
        Ok(()) => {
            let status = if is_known { StatusCode::OK } else { StatusCode::CREATED };
            let made = answer::Entity::find().filter(answer::Column::Key.eq(&key)).one(&app.db).await?.ok_or(Error::NotFound)?;
            let shown = all(&app, &slot).await?.into_iter().find(|shown| shown.id == made.id).ok_or(Error::NotFound)?;
            Ok(private(status, shown, None))
        }
        Err(Error::Refused(obstacles)) => Ok(refusal(&app, &shell, &slot, &obstacles).await?.into_response()),
        Err(error) => Err(error),
    }
}

/// Why it was not taken, each reason at its place: fields are called as those of the form are.
pub(super) async fn refusal(app: &App, shell: &Shell, slot: &Slot, obstacles: &[Obstacle]) -> Result<Problem> {
    let form = asked_with(app, slot).await?;
    let pointer = |obstacle: &Obstacle| match form_values::pointer(obstacle.field, &form) {
        _ if obstacle.key == "form-changed" => "/values".to_owned(),
        _ if obstacle.field.is_empty() => String::new(),
        Some(pointer) => pointer,
        None => format!("/{}", obstacle.field),
    };
    let wrong = obstacles.iter().map(|obstacle| Wrong::at_pointer(shell.l, obstacle, &pointer(obstacle)));
    Ok(refused(shell).because(wrong.collect()))
}

/// The form that a slot is asked with, as far as refusals need it.
pub(super) async fn asked_with(app: &App, slot: &Slot) -> Result<Definition> {
    let filled = values::of(&app.db, &[slot.id]).await?;
    match filled.into_values().max_by_key(|filled| filled.version) {
        Some(filled) => Ok(filled.definition),
        None => Ok(Form::newest(&app.db, slot.duty).await?.map(|form| form.definition()).unwrap_or_default()),
    }
}

pub(super) fn refused(shell: &Shell) -> Problem {
    Problem::new(shell.l, &shell.origin, StatusCode::UNPROCESSABLE_ENTITY, "refused")
}

async fn all(app: &App, slot: &Slot) -> Result<Vec<Shown>> {
    let story = standing::story(&app.db, slot.id).await?;
    let proofs = Proof::of(&app.db, slot.id).await?;
    let people: Vec<Uuid> = story.answers.iter().map(|answer| answer.person).collect();
    let names = person::names(&app.db, &people).await?;
    let filled = values::of(&app.db, &[slot.id]).await?;
    let papers = Certificate::of(&app.db, slot.id).await?;
    let one = |answer: &Answer| {
        let data_sha256 = canonical::sha256(slot, answer, filled.get(&answer.id), &proofs);
        let certificates = form_values::papers(&papers, answer.id);
        Shown { data_sha256, certificates, ..shown(answer, &story, (&proofs, filled.get(&answer.id)), &names) }
    };
    Ok(story.answers.iter().map(one).collect())
}

fn shown(answer: &Answer, story: &Story, (proofs, filled): (&[Proof], Option<&Filled>), names: &HashMap<Uuid, String>) -> Shown {
    let figures = answer.figures().into_iter();
    Shown {
        id: answer.id,
        slot: answer.slot,
        version: answer.version,
        outcome: answer.outcome.to_value(),
        text: answer.text.clone(),
        figures: figures.map(|figure| Figure { name: figure.name, value: figure.value, unit: figure.unit }).collect(),
        form_version: filled.map(|filled| filled.version),
        values: filled.map(form_values::shown).unwrap_or_default(),
        data_sha256: String::new(),
        certificates: Vec::new(),
        reason: answer.reason.clone(),
        late_reason: answer.late_reason.clone(),
        excusable: answer.excusable,
        agency: answer.agency,
        person: names.get(&answer.person).cloned().unwrap_or_default(),
        at: answer.at,
        on_day: answer.on_day,
        proofs: proofs.iter().filter(|proof| proof.answer == Some(answer.id)).map(proved).collect(),
        review: story.review_of(answer.id).map(reviewed),
    }
}

fn proved(proof: &Proof) -> Proved {
    Proved {
        id: proof.id,
        kind: if proof.kind == proof::Kind::Link { "link" } else { "file" }.into(),
        name: proof.name.clone(),
        address: proof.address.clone(),
        size_bytes: proof.size_bytes,
        sha256: proof.sha256.clone(),
    }
}

fn reviewed(review: &Review) -> Reviewed {
    let Remarks { whole, text, figures, proofs, fields } = serde_json::from_str(&review.remarks).unwrap_or_default();
    let verdict = if review.verdict == Verdict::Accept { "accept" } else { "return" };
    let fields = fields.into_iter().map(|(label, words)| FieldRemark { label, words });
    Reviewed { verdict: verdict.into(), at: review.at, whole, text, figures, proofs, fields: fields.collect() }
}
