//! Bringing values of another system in: read aside, kept for a day, shown before anything is written; and taking them back.

use askama::Template;
use axum::Form;
use axum::extract::{DefaultBodyLimit, Multipart, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, post};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::list::{self, Typed};
use crate::base::{App, Who, time};
use crate::measures::Measure;
use crate::open_data::field::STATUSES;
use crate::open_data::intake::comparison::{Line, Outcome};
use crate::open_data::intake::{self, About, Confirmed, Import, reading};
use crate::open_data::outside::{self, OutsideValue};
use crate::open_data::rights::{self, Importer};
use crate::people::agency::brief::Known;
use crate::people::agency::table::file::{self, FILE_BYTES_MAX};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

/// Rows of one sort that are shown; the sums count all.
const SHOWN_MAX: usize = 200;
const HOME: &str = "/desk/open-data";

/// `POST /desk/open-data/imports`, which takes larger bodies than the rest of the house.
pub fn taking() -> MethodRouter<App> {
    post(create).layer(DefaultBodyLimit::max(FILE_BYTES_MAX + 64 * 1024))
}

/// What a form brought.
#[derive(Default)]
struct Brought {
    name: String,
    bytes: Vec<u8>,
    typed: Typed,
}

impl Brought {
    async fn of(mut parts: Multipart) -> Result<Self> {
        let too_large = |_| Error::TooLarge((FILE_BYTES_MAX / 1024 / 1024) as u64);
        let mut brought = Self::default();
        while let Some(field) = parts.next_field().await.map_err(too_large)? {
            match field.name() {
                Some("file") => {
                    brought.name = field.file_name().unwrap_or_default().to_owned();
                    brought.bytes = field.bytes().await.map_err(too_large)?.to_vec();
                }
                Some("source") => brought.typed.source = field.text().await.map_err(too_large)?,
                Some("taken_on") => brought.typed.taken_on = field.text().await.map_err(too_large)?,
                Some("decimals") => brought.typed.decimals = field.text().await.map_err(too_large)?,
                _ => {}
            }
        }
        Ok(brought)
    }
}

/// Reads the file and goes on to the preview; what can not be used comes back with the form.
async fn create(who: Importer, shell: Shell, Shared(app): Shared<App>, parts: Multipart) -> Result<Response> {
    let Brought { name, bytes, mut typed } = Brought::of(parts).await?;
    let l = shell.l;
    let today = time::local_date(app.clock.now());
    let about = About::read(&typed.source, &typed.taken_on, &typed.decimals, today);
    let digest = intake::digest(&bytes);
    let sheet = file::aside(move || reading::read(&bytes)).await?;
    match (about, sheet) {
        (Ok(about), Ok(sheet)) => {
            let id = Import::keep(&app, &who.0, &about, (&name, &digest), &sheet).await?;
            Ok(Redirect::to(&Import::desk_path(id)).into_response())
        }
        (about, sheet) => {
            let about = about.err().into_iter().flatten().map(|one| (one.field, one.text(l)));
            typed.errors = about.chain(sheet.err().map(|one| ("file", one.text(l)))).collect();
            Ok(Page(list::page(&app, &who.0, shell, typed).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// A row of the file on the page.
pub struct Row {
    pub number: u32,
    pub indicator: String,
    pub area: String,
    pub period: String,
    pub value: String,
    pub ours: String,
    /// What is wrong with it, or what is different.
    pub details: Vec<String>,
    pub doubts: Vec<String>,
}

#[derive(Template)]
#[template(path = "open_data/staff/preview.html")]
pub struct Preview {
    l: Locale,
    shell: Shell,
    import: Import,
    seen: String,
    unknown: Vec<String>,
    obstacles: Vec<String>,
    /// Something changed between preview and confirmation.
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

fn row(l: Locale, line: &Line) -> Row {
    let named = |code: &&str| l.t(&format!("open-data-field-{}", code.to_lowercase().replace('_', "-")));
    Row {
        number: line.number,
        indicator: line.indicator.clone(),
        area: line.area.clone(),
        period: line.period.clone(),
        value: line.value.clone(),
        ours: line.ours.clone(),
        details: match &line.outcome {
            Outcome::Wrong(wrong) => wrong.iter().map(|one| one.text(l)).collect(),
            Outcome::Changed(codes) => codes.iter().map(named).collect(),
            Outcome::New | Outcome::Same => Vec::new(),
        },
        doubts: line.doubts.iter().map(|one| one.text(l)).collect(),
    }
}

async fn preview(app: &App, shell: Shell, import: Import, differs: bool) -> Result<Preview> {
    let l = shell.l;
    let comparison = import.compared(app, &app.db).await?;
    let some = |fits: fn(&Outcome) -> bool| {
        let lines = || comparison.lines.iter().filter(move |line| fits(&line.outcome));
        (lines().count(), lines().take(SHOWN_MAX).map(|line| row(l, line)).collect())
    };
    Ok(Preview {
        seen: comparison.mark(),
        unknown: comparison.unknown.clone(),
        obstacles: intake::obstacles(&comparison).iter().map(|one| one.text(l)).collect(),
        differs,
        doubts: comparison.doubts(),
        same: comparison.count(|outcome| *outcome == Outcome::Same),
        wrong: some(|outcome| matches!(outcome, Outcome::Wrong(_))),
        changed: some(|outcome| matches!(outcome, Outcome::Changed(_))),
        new: some(|outcome| matches!(outcome, Outcome::New)),
        import,
        l,
        shell,
    })
}

/// A value that was brought in.
pub struct Kept {
    pub measure: String,
    pub href: String,
    pub area: String,
    pub period: String,
    pub value: String,
    pub unit: String,
    pub status: String,
}

#[derive(Template)]
#[template(path = "open_data/staff/show.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    import: Import,
    taken_on: String,
    done_at: String,
    withdrawn_at: String,
    values: Vec<Kept>,
    is_live: bool,
    may_withdraw: bool,
    error: String,
}

fn kept(l: Locale, known: &Known, measures: &[Measure], value: &OutsideValue) -> Kept {
    let measure = measures.iter().find(|one| one.id == value.measure);
    let status = STATUSES.iter().find(|(code, _)| *code == value.status);
    Kept {
        measure: measure.map(|one| one.title.clone()).unwrap_or_default(),
        href: measure.map(Measure::desk_path).unwrap_or_default(),
        area: match value.of_agency() {
            None => l.t("measure-all"),
            Some(agency) => known.get(&agency).map(|body| body.label()).unwrap_or_default(),
        },
        period: value.period.clone(),
        value: value.amount().map(|amount| amount.shown()).unwrap_or_else(|| "–".into()),
        unit: value.unit.clone(),
        status: status.map(|(_, key)| l.t(key)).unwrap_or_default(),
    }
}

async fn page(app: &App, who: &Who, shell: Shell, import: Import, error: String) -> Result<Shown> {
    let l = shell.l;
    let known = Known::now(app).await?;
    let measures = Measure::all(&app.db).await?;
    let values = outside::of_import(&app.db, import.id).await?;
    Ok(Shown {
        values: values.iter().take(SHOWN_MAX).map(|value| kept(l, &known, &measures, value)).collect(),
        taken_on: time::day(import.taken_on),
        done_at: import.done_at.map(time::minute).unwrap_or_default(),
        withdrawn_at: import.withdrawn_at.map(time::minute).unwrap_or_default(),
        is_live: import.is_live(),
        may_withdraw: import.is_live() && rights::imports(who),
        error,
        import,
        l,
        shell,
    })
}

/// `GET /desk/open-data/imports/{id}`: the preview for who brought it, what was written for everybody who may look.
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    if !rights::sees(&who) {
        return Err(Error::Forbidden);
    }
    let import = Import::find_for(&app.db, &who, id).await?;
    if import.done_at.is_none() {
        return Ok(Page(preview(&app, shell, import, false).await?).into_response());
    }
    Ok(Page(page(&app, &who, shell, import, String::new()).await?).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    seen: String,
    doubts: String,
}

/// `POST /desk/open-data/imports/{id}/confirmation`
pub async fn confirm(
    who: Importer,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    let import = Import::find_for(&app.db, &who.0, id).await?;
    match import.confirm(&app, &who.0, (pressed.seen.as_str(), !pressed.doubts.is_empty())).await? {
        Confirmed::Done { rows } => {
            Ok(Said::to(Import::desk_path(id), "open-data-import-done").with("count", rows).into_response())
        }
        Confirmed::Already => Ok(Said::to(Import::desk_path(id), "agency-file-done-before").into_response()),
        Confirmed::Differs => Ok(Page(preview(&app, shell, import, true).await?).status(StatusCode::CONFLICT)),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Withdrawn {
    why: String,
}

/// `POST /desk/open-data/imports/{id}/withdrawal`
pub async fn withdraw(
    who: Importer,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(pressed): Form<Withdrawn>,
) -> Result<Response> {
    let import = Import::find_for(&app.db, &who.0, id).await?;
    match import.withdraw(&app, &who.0, &pressed.why).await {
        Ok(()) => Ok(Said::to(HOME, "open-data-import-taken-back").into_response()),
        Err(Error::Refused(wrong)) => {
            let error = wrong.first().map(|one| one.text(shell.l)).unwrap_or_default();
            Ok(Page(page(&app, &who.0, shell, import, error).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
