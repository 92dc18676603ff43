//! Writing an answer: the draft that keeps itself, proofs, and the press of the button.

use axum::Form;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, post};
use serde::Deserialize;
use uuid::Uuid;

use super::slot::{self, Form as Given, find_for, with_rows};
use crate::base::{App, Who};
use crate::duties::Slot;
use crate::duties::answer::draft::{Content, Draft};
use crate::duties::answer::figures;
use crate::duties::answer::submitting::Submission;
use crate::duties::answer::{Answer, Outcome};
use crate::duties::clearance::Clearance;
use crate::duties::form::typed;
use crate::duties::proof::{self, FILE_BYTES_MAX, Proof};
use crate::plans::Plan;
use crate::web::download::Download;
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// Tells the page's script which version of the draft it has now.
const DRAFT_VERSION: HeaderName = HeaderName::from_static("x-draft");
/// Sent by the page's script: it wants no page back.
const SCRIPT: &str = "x-autosave";

/// The fields of the form; rows of figures come as equal names.
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    pub(super) fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn given(&self) -> Given {
        let rows = self.all("figure_name").zip(self.all("figure_value")).zip(self.all("figure_unit"));
        let rows = rows.map(|((name, value), unit)| (name.to_owned(), value.to_owned(), unit.to_owned()));
        let content = Content {
            outcome: Outcome::from_code(self.one("outcome")),
            text: lines(self.one("text")),
            rows: rows.filter(|row| !(row.0.trim().is_empty() && row.1.trim().is_empty())).collect(),
            reason: lines(self.one("reason")),
            late_reason: lines(self.one("late_reason")),
            excusable: match self.one("excusable") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            typed: typed::sent(self.all("field"), |name| lines(self.one(name))),
        };
        Given {
            key: self.one("key").to_owned(),
            seen: self.one("seen").parse().unwrap_or_default(),
            draft: self.one("draft").parse().unwrap_or_default(),
            content,
            keeps_proofs: self.one("keeps_proofs") == "on",
            sure: self.all("sure").map(ToOwned::to_owned).collect(),
        }
    }
}

/// What people type: composed (NFC), with plain line ends and without NUL, which PostgreSQL keeps in no text.
fn lines(text: &str) -> String {
    vietnamese::normalise(text).replace("\r\n", "\n").replace('\0', "")
}

/// `POST /desk/duties/{slot}/draft`: keeps what is typed; 409 when a colleague typed meanwhile.
pub async fn draft(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    if !slot.in_charge(&app).await?.may_answer(&who) {
        return Err(Error::Hidden(id));
    }
    let fields = Fields(fields);
    let (given, more) = (fields.given(), fields.one("more").to_owned());
    let scripted = headers.contains_key(SCRIPT);
    match Draft::keep(&app, &who, id, &given.content, (given.draft, given.seen)).await {
        Ok(version) if scripted => Ok((StatusCode::NO_CONTENT, [(DRAFT_VERSION, HeaderValue::from(version))]).into_response()),
        Ok(_) if !more.is_empty() => Ok(Redirect::to(&format!("{}#figures", Slot::desk_path(id))).into_response()),
        Ok(_) => Ok(Said::to(Slot::desk_path(id), "answer-kept").into_response()),
        Err(Error::Stale | Error::Refused(_)) if scripted => Ok(StatusCode::CONFLICT.into_response()),
        Err(Error::Stale) => stale(&app, &who, shell, (slot, plan), given).await,
        Err(Error::Refused(obstacles)) => refused(&app, &who, shell, (slot, plan), given, &obstacles).await,
        Err(error) => Err(error),
    }
}

/// The page with everything that was typed, over what the colleague wrote meanwhile.
pub(super) async fn stale(app: &App, who: &Who, shell: Shell, (slot, plan): (Slot, Plan), given: Given) -> Result<Response> {
    let theirs = Draft::find(&app.db, slot.id).await?;
    let seen = Answer::of(&app.db, &[slot.id]).await?.last().map_or(0, |last| last.version);
    let given = Given { draft: theirs.as_ref().map_or(0, |draft| draft.version), seen, ..given };
    let mut page = slot::page(app, who, shell, slot, &plan, Some(filled(given))).await?;
    page.conflict = page.l.t("answer-conflict-draft");
    page.theirs = theirs.map(|draft| draft.content());
    Ok(Page(page).status(StatusCode::CONFLICT))
}

/// The page with everything that was typed; where it is locked by now, the words stand over it to be copied.
async fn refused(
    app: &App,
    who: &Who,
    shell: Shell,
    (slot, plan): (Slot, Plan),
    given: Given,
    obstacles: &[Obstacle],
) -> Result<Response> {
    let lost = [given.content.text.as_str(), given.content.reason.as_str()].join("\n").trim().to_owned();
    // What can be read in two ways is read back; pressed again, it is meant so.
    let sure = given.content.rows.iter().map(|row| row.1.trim().to_owned()).filter(|value| figures::is_ambiguous(value));
    let sure = sure.chain(typed::ambiguous(&given.content.typed)).collect();
    let given = Given { sure, ..given };
    let mut page = slot::page(app, who, shell, slot, &plan, Some(filled(given))).await?;
    page.errors = Mistakes::told(obstacles, page.l);
    if page.form.is_none() {
        page.lost = lost;
        page.refusal.problems = obstacles.iter().map(|obstacle| obstacle.text(page.l)).collect();
    }
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

fn filled(given: Given) -> Given {
    Given { content: with_rows(given.content), ..given }
}

/// `POST /desk/duties/{slot}/answer`: hands it in. A refusal comes back with everything that was typed.
pub async fn submit(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    press(&app, &who, shell, id, fields, Act::HandIn).await
}

/// What the button of the form does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    HandIn,
    /// To whoever decides for the agency.
    Present,
}

pub(super) async fn press(
    app: &App,
    who: &Who,
    shell: Shell,
    id: Uuid,
    fields: Vec<(String, String)>,
    act: Act,
) -> Result<Response> {
    let (slot, plan) = find_for(app, who, id).await?;
    let given = Fields(fields).given();
    if given.key.is_empty() || given.key.len() > 64 {
        return Err(Error::bad("failure-bad-request"));
    }
    let submission = Submission {
        key: given.key.clone(),
        content: given.content.clone(),
        seen: given.seen,
        draft: Some(given.draft),
        keeps_proofs: given.keeps_proofs,
        sure: given.sure.clone(),
    };
    let done = match act {
        Act::HandIn => Answer::submit(app, who, &slot, &submission).await.map(|()| "answer-submitted"),
        Act::Present => Clearance::present(app, who, &slot, &submission).await.map(|()| "clearance-presented"),
    };
    match done {
        Ok(said) => Ok(Said::to(Slot::desk_path(id), said).into_response()),
        Err(Error::Refused(obstacles)) => refused(app, who, shell, (slot, plan), given, &obstacles).await,
        Err(Error::Stale) => {
            // What was typed stays in the form, now for the next version; what the colleague sent stands below it.
            let seen = Answer::of(&app.db, &[id]).await?.last().map_or(0, |last| last.version);
            let theirs = Draft::find(&app.db, id).await?;
            let draft = theirs.as_ref().map_or(0, |draft| draft.version);
            let key = if seen == given.seen { "answer-conflict-draft" } else { "answer-conflict" };
            let mut page = slot::page(app, who, shell, slot, &plan, Some(filled(Given { seen, draft, ..given }))).await?;
            page.conflict = page.l.t(key);
            page.theirs = theirs.map(|draft| draft.content());
            Ok(Page(page).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/duties/{slot}/files`, which takes larger bodies than the rest of the house.
pub fn taking() -> MethodRouter<App> {
    post(file).layer(DefaultBodyLimit::max(FILE_BYTES_MAX + 64 * 1024))
}

async fn file(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>, mut parts: Multipart) -> Result<Response> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    let done = taken(&app, &who, &slot, &mut parts).await;
    proved(&app, &who, shell, (slot, plan), done).await
}

async fn taken(app: &App, who: &Who, slot: &Slot, parts: &mut Multipart) -> Result<()> {
    let wrong = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge((FILE_BYTES_MAX / 1024 / 1024) as u64),
        _ => Error::bad("upload-broken"),
    };
    let mut added = false;
    while let Some(field) = parts.next_field().await.map_err(wrong)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(wrong)?.to_vec();
            Proof::add_file(app, who, slot, &name, bytes).await?;
            added = true;
        }
    }
    if !added {
        return Err(Error::Refused(vec![Obstacle::new("proof-empty").at(proof::FILE)]));
    }
    Ok(())
}

/// Back to the answer; why a proof was not taken stands at its field, below the draft as it was kept.
async fn proved(app: &App, who: &Who, shell: Shell, (slot, plan): (Slot, Plan), done: Result<()>) -> Result<Response> {
    let obstacles = match done {
        Ok(()) => return Ok(Said::to(format!("{}#answer", Slot::desk_path(slot.id)), "proof-added").into_response()),
        Err(Error::Refused(obstacles)) if obstacles.iter().all(|one| !one.field.is_empty()) => obstacles,
        Err(error) => return Err(error),
    };
    let mut page = slot::page(app, who, shell, slot, &plan, None).await?;
    if page.form.is_none() {
        return Err(Error::Refused(obstacles));
    }
    page.errors = Mistakes::told(&obstacles, page.l);
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

#[derive(Deserialize)]
pub struct Link {
    address: String,
}

/// `POST /desk/duties/{slot}/links`
pub async fn link(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(link): Form<Link>,
) -> Result<Response> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    let done = Proof::add_link(&app, &who, &slot, &link.address).await;
    proved(&app, &who, shell, (slot, plan), done).await
}

/// `POST /desk/duties/{slot}/proofs/{proof}/removal`
pub async fn take_back(who: Signed, State(app): State<App>, Path((id, proof)): Path<(Uuid, Uuid)>) -> Result<Said> {
    let (slot, _) = find_for(&app, &who, id).await?;
    Proof::take_back(&app, &who, &slot, proof).await?;
    Ok(Said::to(format!("{}#answer", Slot::desk_path(id)), "proof-taken-back"))
}

/// `GET /desk/duties/{slot}/proofs/{proof}`: the file, always as one to be saved, never shown by the browser.
pub async fn proof(who: Signed, State(app): State<App>, Path((id, proof)): Path<(Uuid, Uuid)>) -> Result<Response> {
    find_for(&app, &who, id).await?;
    let proof = Proof::find(&app.db, id, proof).await?;
    let bytes = proof.bytes(&app.db).await?;
    let mut answer = Download { name: proof.name, media_type: "application/octet-stream", bytes }.into_response();
    if let Ok(kind) = HeaderValue::from_str(&proof.media_type) {
        answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    Ok(answer)
}
