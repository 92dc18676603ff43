//! Estimates as files: out as they stand, a template to fill in, and in again: shown as understood first, kept whole or not
//! at all. What a browser sends back is read again from the start.

use askama::Template;
use axum::Form;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::view::Named;
use super::writing;
use crate::base::{App, Who};
use crate::duties::held;
use crate::estimates::estimate::typed::{Typed, Wrong};
use crate::estimates::estimate::{Line, State as Stands, line};
use crate::estimates::source::Source;
use crate::estimates::table::reading::{self, Content, Raw, Why};
use crate::estimates::{Estimate, money, table};
use crate::people::agency::table::file::{self, FILE_BYTES_MAX};
use crate::web::download::{Download, XLSX};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Obstacle, Page, Path, Result, Said, Shell};

/// `GET /desk/estimates/{id}/xlsx`: the lines as they stand; for others than the agency, as they were submitted last.
pub async fn xlsx(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let estimate = Estimate::find_for(&app.db, &who, id).await?;
    let named = Named::of(&app, &estimate).await?;
    let lines = super::sheet::lines_for(&app, &who, &estimate).await?;
    let bytes = table::own(shell.l, &named, &lines)?;
    let slug = vietnamese::slug(&named.agency).unwrap_or_default();
    Ok(Download { name: format!("du-toan-{}-{slug}.xlsx", estimate.year), media_type: XLSX, bytes })
}

/// `GET /desk/estimates/{id}/template`
pub async fn template(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let estimate = writable(&app, &who, id).await?;
    let held = held::by(&app.db, estimate.plan, estimate.agency, Some(estimate.year)).await?;
    let sources = Source::all(&app.db).await?;
    let lines = Line::of(&app.db, &[id]).await?;
    let bytes = table::template(shell.l, &held, &sources, &lines)?;
    Ok(Download { name: format!("mau-du-toan-{}.xlsx", estimate.year), media_type: XLSX, bytes })
}

/// The draft, when the person writes it.
async fn writable(app: &App, who: &Who, id: Uuid) -> Result<Estimate> {
    let estimate = Estimate::find_for(&app.db, who, id).await?;
    if !estimate.is_written_by(who) {
        return Err(Error::Forbidden);
    }
    if estimate.state == Stands::Draft { Ok(estimate) } else { Err(Error::refused("estimate-is-no-draft")) }
}

#[derive(Template)]
#[template(path = "estimates/staff/import.html")]
pub struct Import {
    l: Locale,
    shell: Shell,
    estimate: Estimate,
    error: String,
}

impl Import {
    fn here(&self) -> String {
        Estimate::desk_path(self.estimate.id)
    }
}

/// `GET /desk/estimates/{id}/import`
pub async fn import(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Import>> {
    let estimate = writable(&app, &who, id).await?;
    Ok(Page(Import { l: shell.l, shell, estimate, error: String::new() }))
}

/// A row of the file as understood.
pub struct Row {
    pub raw: Raw,
    /// Column and words of each mistake.
    pub wrong: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "estimates/staff/preview.html")]
pub struct Preview {
    l: Locale,
    shell: Shell,
    estimate: Estimate,
    rows: Vec<Row>,
    /// Each row of the file that is no line, and why.
    left_out: Vec<String>,
    mistakes: usize,
    total: String,
    /// How many lines the file takes the place of.
    replaced: usize,
    seen: i32,
    /// What is sent back with the confirmation.
    text: String,
    conflict: bool,
}

impl Preview {
    fn here(&self) -> String {
        Estimate::desk_path(self.estimate.id)
    }
}

/// `POST /desk/estimates/{id}/import`: reads the file and shows it; nothing is kept.
pub async fn preview(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    parts: Multipart,
) -> Result<Response> {
    let estimate = writable(&app, &who, id).await?;
    let bytes = file_of(parts).await?;
    match file::aside(move || reading::read(&bytes)).await? {
        Ok(content) => Ok(Page(page(&app, shell, estimate, content).await?.0).into_response()),
        Err(obstacle) => {
            let error = obstacle.text(shell.l);
            Ok(Page(Import { l: shell.l, shell, estimate, error }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

async fn file_of(mut parts: Multipart) -> Result<Vec<u8>> {
    let wrong = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge((FILE_BYTES_MAX / 1024 / 1024) as u64),
        _ => Error::bad("upload-broken"),
    };
    let mut bytes = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(wrong)? {
        if field.name() == Some("file") {
            bytes = field.bytes().await.map_err(wrong)?.to_vec();
        }
    }
    Ok(bytes)
}

/// The preview, and the lines as they would be kept when nothing is wrong.
async fn page(app: &App, shell: Shell, estimate: Estimate, content: Content) -> Result<(Preview, Vec<Typed>)> {
    let l = shell.l;
    let held = held::by(&app.db, estimate.plan, estimate.agency, Some(estimate.year)).await?;
    let sources = Source::all(&app.db).await?;
    let text = serde_json::to_string(&content)?;
    let left_out = left_out(l, &content.left_out);
    let raws = content.rows;
    let typed: Vec<Typed> = raws.iter().map(|raw| raw.typed(&held, &sources)).collect();
    let read = writing::read(app, &estimate, &typed).await?;
    let (wrong, total) = match read {
        // A sum that was never read is not shown.
        Ok(lines) => (Vec::new(), money::shown(lines.iter().map(|line| line.asked).sum())),
        Err(wrong) => (wrong, String::new()),
    };
    let mistakes = wrong.len();
    let said = |wrong: &Wrong| (l.t(column_key(wrong.obstacle.field)), wrong.obstacle.text(l));
    let mistakes_of = |at: usize| wrong.iter().filter(|wrong| wrong.at == at).map(said).collect();
    let rows = raws.into_iter().enumerate().map(|(at, raw)| Row { wrong: mistakes_of(at), raw }).collect();
    let replaced = Line::of(&app.db, &[estimate.id]).await?.len();
    let seen = estimate.version;
    let page = Preview { rows, left_out, mistakes, total, replaced, seen, text, conflict: false, l, shell, estimate };
    Ok((page, typed))
}

/// The rows that are no lines, in words: sums one by one, those with nothing filled in together.
fn left_out(l: Locale, rows: &[(u32, Why)]) -> Vec<String> {
    let of = |wanted: Why| rows.iter().filter(move |(_, why)| *why == wanted).map(|(number, _)| *number);
    let totals = of(Why::Total).map(|number| l.t1("estimate-import-left-total", "row", number));
    let blank: Vec<u32> = of(Why::Blank).collect();
    let blank = (!blank.is_empty()).then(|| l.t1("estimate-import-left-blank", "rows", ranges(&blank)));
    totals.chain(blank).collect()
}

/// `4–7, 9`; the numbers in rising order.
fn ranges(numbers: &[u32]) -> String {
    let runs = numbers.chunk_by(|one, next| one.checked_add(1) == Some(*next)).filter_map(|run| match run {
        [] => None,
        [one] => Some(one.to_string()),
        [first, .., last] => Some(format!("{first}–{last}")),
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// The head of the column that a field of the form stands in.
fn column_key(field: &str) -> &'static str {
    let field = if field == "duty" { "path" } else { field };
    table::COLUMNS.iter().find(|column| column.field == field).map_or("estimate-lines", |column| column.key)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Confirmed {
    text: String,
    seen: i32,
}

/// `POST /desk/estimates/{id}/import/confirmation`: all of it takes the place of what is there, or nothing does.
pub async fn confirm(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(form): Form<Confirmed>,
) -> Result<Response> {
    let estimate = writable(&app, &who, id).await?;
    let content: Content = serde_json::from_str(&form.text).map_err(|_| Error::bad("failure-bad-request"))?;
    if content.rows.len() > 2 * line::LINES_MAX {
        return Err(Error::Bad(Obstacle::new("estimate-too-many-lines").with("n", line::LINES_MAX)));
    }
    let (mut preview, typed) = page(&app, shell, estimate, content).await?;
    let Ok(lines) = writing::read(&app, &preview.estimate, &typed).await? else {
        return Ok(Page(preview).status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let count = lines.len();
    match preview.estimate.write(&app, &who, form.seen, lines).await {
        Ok(()) => Ok(Said::to(Estimate::desk_path(id), "estimate-imported").with("count", count).into_response()),
        Err(Error::Stale) => {
            preview.conflict = true;
            Ok(Page(preview).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}
