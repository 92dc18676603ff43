//! Bringing a register in from a file: read aside, kept for a day, shown before anything is written.

use askama::Template;
use axum::Form;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, post};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::{App, Who};
use crate::people::agency::brief::Known;
use crate::people::agency::table::file::{self, FILE_BYTES_MAX};
use crate::registers::importing::comparison::{Comparison, Line, Outcome};
use crate::registers::importing::{self, Confirmed, Upload, reading};
use crate::registers::kind::{self, Kind};
use crate::registers::rights;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

/// Rows of one sort that are shown; the sums count all.
const SHOWN_MAX: usize = 200;

/// A choice of a register.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "registers/staff/import.html")]
pub struct Import {
    l: Locale,
    shell: Shell,
    registers: Vec<Choice>,
    error: String,
}

fn form(shell: Shell, chosen: &str, error: String) -> Import {
    let l = shell.l;
    let choice = |one: &Kind| Choice { value: one.code.clone(), label: l.t(&one.key()), chosen: one.code == chosen };
    Import { registers: kind::all().iter().map(choice).collect(), error, l, shell }
}

fn writer(who: &Who) -> Result<Uuid> {
    let agency = who.agency.ok_or(Error::Forbidden)?;
    rights::require(rights::writes(who, agency))?;
    Ok(agency)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    register: String,
}

/// `GET /desk/registers/import`
pub async fn show(who: Signed, shell: Shell, Query(wanted): Query<Wanted>) -> Result<Page<Import>> {
    writer(&who)?;
    Ok(Page(form(shell, &wanted.register, String::new())))
}

/// `POST /desk/registers/import`, which takes larger bodies than the rest of the house.
pub fn taking() -> MethodRouter<App> {
    post(create).layer(DefaultBodyLimit::max(FILE_BYTES_MAX + 64 * 1024))
}

/// Reads the file and goes on to the preview; a file that can not be used comes back with the form.
pub async fn create(who: Signed, shell: Shell, Shared(app): Shared<App>, mut parts: Multipart) -> Result<Response> {
    let agency = writer(&who)?;
    let too_large = |_| Error::TooLarge((FILE_BYTES_MAX / 1024 / 1024) as u64);
    let (mut name, mut bytes, mut register) = (String::new(), Vec::new(), String::new());
    while let Some(field) = parts.next_field().await.map_err(too_large)? {
        match field.name() {
            Some("file") => {
                name = field.file_name().unwrap_or_default().to_owned();
                bytes = field.bytes().await.map_err(too_large)?.to_vec();
            }
            Some("register") => register = field.text().await.map_err(too_large)?,
            _ => {}
        }
    }
    let kind = kind::of(&register).ok_or_else(|| Error::bad("failure-bad-request"))?;
    match file::aside(move || reading::read(&bytes, kind)).await? {
        Ok(sheet) => {
            let id = Upload::keep(&app, &who, (agency, register.as_str()), &name, &sheet).await?;
            Ok(Redirect::to(&format!("/desk/registers/import/{id}")).into_response())
        }
        Err(obstacle) => {
            let error = obstacle.text(shell.l);
            Ok(Page(form(shell, &register, error)).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// A row of the file on the page.
pub struct Row {
    pub number: u32,
    pub code: String,
    pub title: String,
    pub agency: String,
    /// What is wrong with it, or which fields change.
    pub details: Vec<String>,
    pub doubts: Vec<String>,
}

#[derive(Template)]
#[template(path = "registers/staff/preview.html")]
pub struct Preview {
    l: Locale,
    shell: Shell,
    upload: Upload,
    register: String,
    seen: String,
    unknown: Vec<String>,
    obstacles: Vec<String>,
    /// The records changed between preview and confirmation.
    differs: bool,
    doubts: usize,
    same: usize,
    wrong: (usize, Vec<Row>),
    changed: (usize, Vec<Row>),
    new: (usize, Vec<Row>),
}

impl Preview {
    /// Those with rows in them, wrong ones first: the mark and title of each.
    fn sections(&self) -> Vec<(&'static str, &'static str, &(usize, Vec<Row>))> {
        let all = [
            ("wrong", "agency-file-wrong", &self.wrong),
            ("changed", "register-file-changed", &self.changed),
            ("new", "register-file-new", &self.new),
        ];
        all.into_iter().filter(|(_, _, (count, _))| *count > 0).collect()
    }
}

fn row(l: Locale, known: &Known, line: &Line) -> Row {
    let named = |field: &String| l.t(&format!("register-field-{}", field.replace('_', "-")));
    let details = match &line.outcome {
        Outcome::Wrong(wrong) => wrong.iter().map(|obstacle| obstacle.text(l)).collect(),
        Outcome::Changed(fields) => fields.iter().map(named).collect(),
        Outcome::New | Outcome::Same => Vec::new(),
    };
    Row {
        number: line.number,
        code: line.code.clone(),
        title: line.title.clone(),
        agency: known.get(&line.agency).map(|body| body.label()).unwrap_or_default(),
        details,
        doubts: line.doubts.iter().map(|doubt| doubt.text(l)).collect(),
    }
}

async fn drawn(app: &App, who: &Who, shell: Shell, upload: Upload, differs: bool) -> Result<Preview> {
    let l = shell.l;
    let comparison: Comparison = upload.compared(app, &app.db, who).await?;
    let known = Known::now(app).await?;
    let some = |fits: fn(&Outcome) -> bool| {
        let lines = || comparison.lines.iter().filter(move |line| fits(&line.outcome));
        (lines().count(), lines().take(SHOWN_MAX).map(|line| row(l, &known, line)).collect())
    };
    Ok(Preview {
        register: kind::name(l, &upload.register),
        seen: comparison.mark(),
        unknown: comparison.unknown.clone(),
        obstacles: importing::obstacles(&comparison).iter().map(|one| one.text(l)).collect(),
        differs,
        doubts: comparison.doubts(),
        same: comparison.count(|outcome| *outcome == Outcome::Same),
        wrong: some(|outcome| matches!(outcome, Outcome::Wrong(_))),
        changed: some(|outcome| matches!(outcome, Outcome::Changed(_))),
        new: some(|outcome| matches!(outcome, Outcome::New)),
        upload,
        l,
        shell,
    })
}

/// `GET /desk/registers/import/{id}`
pub async fn preview(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let upload = Upload::find_for(&app.db, &who, id).await?;
    if upload.done_at.is_some() {
        return Ok(Said::to("/desk/registers", "agency-file-done-before").into_response());
    }
    Ok(Page(drawn(&app, &who, shell, upload, false).await?).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    seen: String,
    doubts: String,
}

/// `POST /desk/registers/import/{id}/confirmation`
pub async fn confirm(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    let upload = Upload::find_for(&app.db, &who, id).await?;
    let home = format!("/desk/registers?register={}", upload.register);
    match importing::confirm(&app, &who, &upload, (pressed.seen.as_str(), !pressed.doubts.is_empty())).await? {
        Confirmed::Done { .. } => Ok(Said::to(home, "register-file-done").into_response()),
        Confirmed::Already => Ok(Said::to(home, "agency-file-done-before").into_response()),
        Confirmed::Differs => Ok(Page(drawn(&app, &who, shell, upload, true).await?).status(StatusCode::CONFLICT)),
    }
}
