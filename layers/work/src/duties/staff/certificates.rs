//! Signed papers of an answer: the print view with its code, the upload, and what each paper certifies.

use std::collections::HashMap;

use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use serde::Deserialize;
use uuid::Uuid;

use super::form_fields::{self, Given as Shown};
use super::slot::find_for;
use crate::base::{App, Who, time};
use crate::duties::answer::{Answer, Outcome};
use crate::duties::form::canonical::{self, CODE_LETTERS};
use crate::duties::form::certificate::{Certificate, Given};
use crate::duties::form::values::{self, Filled};
use crate::duties::proof::{FILE_BYTES_MAX, Proof};
use crate::duties::standing::{self, Story};
use crate::duties::{Duty, Slot, view};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::web::download::Download;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

/// A paper and what it certifies.
#[derive(Clone, Debug)]
pub struct Paper {
    pub id: Uuid,
    pub number: String,
    pub signed_on: String,
    pub sha256: String,
    pub version: i32,
    /// Whether its version is the one that counts.
    pub is_current: bool,
    /// Whether a later paper took its place.
    pub is_replaced: bool,
}

/// The papers of an answer that stand, in words.
#[must_use]
pub fn papers(certificates: &[Certificate], story: &Story) -> Vec<Paper> {
    listed(certificates, story).into_iter().filter(|paper| !paper.is_replaced).collect()
}

/// All papers of an answer, those that were replaced too.
fn listed(certificates: &[Certificate], story: &Story) -> Vec<Paper> {
    let last = story.last().map_or(0, |last| last.version);
    let paper = |one: &Certificate| {
        let version = story.answers.iter().find(|answer| answer.id == one.answer).map_or(0, |answer| answer.version);
        Paper {
            id: one.id,
            number: one.number.clone(),
            signed_on: time::day(one.signed_on),
            sha256: one.sha256.clone(),
            version,
            is_current: version == last,
            is_replaced: one.is_replaced(certificates),
        }
    };
    certificates.iter().map(paper).collect()
}

#[derive(Template)]
#[template(path = "duties/staff/certificates.html")]
pub struct Certificates {
    l: Locale,
    shell: Shell,
    here: String,
    title: String,
    about: String,
    /// The version that counts, and the code of its data.
    version: i32,
    code: String,
    papers: Vec<Paper>,
    may_bind: bool,
    given: Given,
    errors: Mistakes,
}

impl Certificates {
    /// Browsers let go of a file that was refused with its form; that it was chosen wrongly is said as an error.
    fn paper_help(&self) -> String {
        let is_lost = !self.errors.is_empty() && self.errors.of("paper").is_empty();
        if is_lost { self.l.t("certificate-paper-again") } else { String::new() }
    }

    /// The heading of the form, which names the paper that is replaced.
    fn binding(&self) -> String {
        let old = self.papers.iter().find(|paper| paper.id.to_string() == self.given.replaces);
        old.map_or_else(|| self.l.t("certificate-bind"), |old| self.l.t1("certificate-replace-what", "number", &old.number))
    }
}

/// What the pages of papers are made of.
struct Read {
    slot: Slot,
    duty: Duty,
    agency: String,
    story: Story,
    filled: HashMap<Uuid, Filled>,
    proofs: Vec<Proof>,
}

impl Read {
    async fn of(app: &App, who: &Who, id: Uuid) -> Result<Self> {
        let (slot, _) = find_for(app, who, id).await?;
        let agencies = Known::now(app).await?;
        Ok(Self {
            duty: Duty::find(&app.db, slot.duty).await?,
            agency: agencies.get(&slot.agency).map(|agency| agency.name.clone()).unwrap_or_default(),
            story: standing::story(&app.db, id).await?,
            filled: values::of(&app.db, &[id]).await?,
            proofs: Proof::of(&app.db, id).await?,
            slot,
        })
    }

    fn hash(&self, answer: &Answer) -> String {
        canonical::sha256(&self.slot, answer, self.filled.get(&answer.id), &self.proofs)
    }
}

/// Which paper is to be replaced, if any.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    replaces: String,
}

/// `GET /desk/duties/{slot}/papers`
pub async fn show(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Page<Certificates>> {
    let read = Read::of(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, read, Given { replaces: ask.replaces, ..Given::default() }).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, read: Read, given: Given) -> Result<Certificates> {
    let l = shell.l;
    let last = read.story.last().ok_or(Error::NotFound)?;
    let certificates = Certificate::of(&app.db, read.slot.id).await?;
    Ok(Certificates {
        here: Slot::desk_path(read.slot.id),
        about: [read.agency.clone(), view::period(l, &read.slot.period)].join(" · "),
        version: last.version,
        code: read.hash(last).chars().take(CODE_LETTERS).collect(),
        papers: listed(&certificates, &read.story),
        may_bind: read.slot.in_charge(app).await?.may_answer(who),
        given,
        errors: Mistakes::default(),
        title: read.duty.title,
        l,
        shell,
    })
}

/// `/desk/duties/{slot}/papers`, which takes larger bodies than the rest of the house.
pub fn routes() -> MethodRouter<App> {
    get(show).post(bind).layer(DefaultBodyLimit::max(FILE_BYTES_MAX + 64 * 1024))
}

/// `POST /desk/duties/{slot}/papers`: a refusal comes back with what was typed.
async fn bind(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>, parts: Multipart) -> Result<Response> {
    let read = Read::of(&app, &who, id).await?;
    let given = sent(parts).await?;
    match Certificate::bind(&app, &who, &read.slot, given.clone()).await {
        Ok(()) => Ok(Said::to(format!("{}/papers", Slot::desk_path(id)), "certificate-bound").into_response()),
        Err(Error::Refused(wrong)) => {
            let mut page = page(&app, &who, shell, read, given).await?;
            page.errors = Mistakes::told(&wrong, page.l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

async fn sent(mut parts: Multipart) -> Result<Given> {
    let wrong = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge((FILE_BYTES_MAX / 1024 / 1024) as u64),
        _ => Error::bad("upload-broken"),
    };
    let mut given = Given::default();
    while let Some(part) = parts.next_field().await.map_err(wrong)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "paper" {
            given.name = part.file_name().unwrap_or_default().to_owned();
            given.bytes = part.bytes().await.map_err(wrong)?.to_vec();
            continue;
        }
        let text = part.text().await.map_err(wrong)?;
        match name.as_str() {
            "number" => given.number = text,
            "signed_on" => given.signed_on = text,
            "code" => given.code = text,
            "replaces" => given.replaces = text,
            "reason" => given.reason = vietnamese::normalise(&text).replace("\r\n", "\n").replace('\0', ""),
            _ => {}
        }
    }
    Ok(given)
}

/// `GET /desk/duties/{slot}/papers/{paper}`: the signed file, to be saved.
pub async fn file(who: Signed, State(app): State<App>, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Download> {
    find_for(&app, &who, id).await?;
    let (paper, bytes) = Certificate::find(&app.db, id, paper).await?;
    Ok(Download { name: paper.name, media_type: "application/pdf", bytes })
}

#[derive(Template)]
#[template(path = "duties/staff/certificate_print.html")]
pub struct Print {
    l: Locale,
    shell: Shell,
    here: String,
    title: String,
    agency: String,
    period: String,
    version: i32,
    who: String,
    at: String,
    nothing: bool,
    answer: Answer,
    given: Vec<Shown>,
    proofs: Vec<Proof>,
    sha256: String,
    code: String,
}

/// `GET /desk/duties/{slot}/print/{version}`: one version as a paper to be signed.
pub async fn print(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, version)): Path<(Uuid, i32)>,
) -> Result<Page<Print>> {
    let read = Read::of(&app, &who, id).await?;
    let answer = read.story.answers.iter().find(|answer| answer.version == version).ok_or(Error::NotFound)?.clone();
    let names = person::names(&app.db, &[answer.person]).await?;
    let (l, sha256) = (shell.l, read.hash(&answer));
    Ok(Page(Print {
        here: Slot::desk_path(id),
        period: view::period(l, &read.slot.period),
        version,
        who: names.get(&answer.person).cloned().unwrap_or_else(|| l.t("ledger-somebody")),
        at: time::minute(answer.at),
        nothing: answer.outcome == Outcome::Nothing,
        given: read.filled.get(&answer.id).map(|filled| form_fields::given(l, filled)).unwrap_or_default(),
        proofs: read.proofs.iter().filter(|proof| proof.answer == Some(answer.id)).cloned().collect(),
        code: sha256.chars().take(CODE_LETTERS).collect(),
        sha256,
        title: read.duty.title,
        agency: read.agency,
        answer,
        l,
        shell,
    }))
}

/// `GET /desk/duties/{slot}/data/{version}`: the canonical data itself, whose hash the paper bears.
pub async fn data(who: Signed, State(app): State<App>, Path((id, version)): Path<(Uuid, i32)>) -> Result<Download> {
    let read = Read::of(&app, &who, id).await?;
    let answer = read.story.answers.iter().find(|answer| answer.version == version).ok_or(Error::NotFound)?;
    let text = canonical::json(&read.slot, answer, read.filled.get(&answer.id), &read.proofs);
    Ok(Download { name: format!("so-lieu-ban-{version}.json"), media_type: "application/json", bytes: text.into_bytes() })
}
