//! The end of an agency that nobody takes over: the form, what will happen, and doing it.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::filled::Filled;
use super::preview::{Preview, Step};
use super::{Keeper, because};
use crate::base::App;
use crate::people::Agency;
use crate::people::agency::closing::Closing as Change;
use crate::people::agency::draft::{Mistakes, value};
use crate::web::{Error, Locale, Obstacle, Page, Path, Result, Said, Shell};

/// The form as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    last_day: String,
    why: String,
    version: i32,
    step: String,
}

#[derive(Template)]
#[template(path = "people/staff/agencies/closing.html")]
pub struct Closing {
    l: Locale,
    shell: Shell,
    agency: Agency,
    filled: Filled<Typed>,
}

impl Closing {
    fn of(shell: Shell, agency: Agency, typed: Typed, mistakes: Mistakes) -> Self {
        let filled = Filled::of(shell.l, Agency::desk_path(agency.id), typed, mistakes);
        Self { l: shell.l, shell, agency, filled }
    }
}

/// `GET /desk/agencies/{id}/closing`
pub async fn show(_who: Keeper, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Closing>> {
    let agency = Agency::find(&app.db, id).await?;
    let typed = Typed { version: agency.version, ..Typed::default() };
    Ok(Page(Closing::of(shell, agency, typed, Mistakes::default())))
}

/// `POST /desk/agencies/{id}/closing`: shows what will happen, or does it.
pub async fn change(
    who: Keeper,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let agency = Agency::find(&app.db, id).await?;
    if agency.version != typed.version {
        return Err(Error::Stale);
    }
    let mut mistakes = Mistakes::default();
    let change = Change { last_day: mistakes.take("last_day", value::day(&typed.last_day)) };
    let by = because(&who, &typed.why, &mut mistakes);
    let step = Step::of(&typed.step);
    if step == Step::Form {
        return Ok(Page(Closing::of(shell, agency, typed, Mistakes::default())).into_response());
    }
    if !mistakes.is_empty() {
        let page = Closing::of(shell, agency, typed, mistakes);
        return Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    if step == Step::Preview {
        return preview(&app, shell, &agency, &typed, change, change.obstacles(&agency)).await;
    }
    match Agency::close(&app, id, change, typed.version, &by).await {
        Ok(()) => Ok(Said::to(Agency::desk_path(id), "agency-closed").into_response()),
        Err(Error::Refused(obstacles)) => preview(&app, shell, &agency, &typed, change, obstacles).await,
        Err(error) => Err(error),
    }
}

async fn preview(
    app: &App,
    shell: Shell,
    agency: &Agency,
    typed: &Typed,
    change: Change,
    obstacles: Vec<Obstacle>,
) -> Result<Response> {
    let effects = change.effects(&app.db, agency).await?;
    let here = Agency::desk_path(agency.id);
    Ok(Preview {
        title: shell.l.t("agency-close"),
        about: Some((agency.short_name.clone(), here.clone())),
        action: format!("{here}/closing"),
        fields: vec![("last_day", typed.last_day.clone()), ("why", typed.why.clone()), ("version", typed.version.to_string())],
        effects,
        obstacles,
        label: shell.l.t("agency-close"),
        icon: "archive",
        is_final: false,
        l: shell.l,
        shell,
    }
    .answer())
}
