//! Another name from a day on: the form, what will happen, and doing it.

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
use crate::base::{App, time};
use crate::people::Agency;
use crate::people::agency::draft::Mistakes;
use crate::people::agency::draft::value::{self, Text};
use crate::people::agency::name;
use crate::people::agency::renaming::Renaming as Change;
use crate::web::{Error, Locale, Obstacle, Page, Path, Result, Said, Shell};

/// The form as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    name: String,
    short_name: String,
    from: String,
    why: String,
    version: i32,
    step: String,
}

#[derive(Template)]
#[template(path = "people/staff/agencies/renaming.html")]
pub struct Renaming {
    l: Locale,
    shell: Shell,
    agency: Agency,
    filled: Filled<Typed>,
}

impl Renaming {
    fn of(shell: Shell, agency: Agency, typed: Typed, mistakes: Mistakes) -> Self {
        let filled = Filled::of(shell.l, Agency::desk_path(agency.id), typed, mistakes);
        Self { l: shell.l, shell, agency, filled }
    }
}

/// `GET /desk/agencies/{id}/renaming`
pub async fn show(_who: Keeper, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Renaming>> {
    let agency = Agency::find(&app.db, id).await?;
    let typed =
        Typed { name: agency.name.clone(), short_name: agency.short_name.clone(), version: agency.version, ..Typed::default() };
    Ok(Page(Renaming::of(shell, agency, typed, Mistakes::default())))
}

/// `POST /desk/agencies/{id}/renaming`: shows what will happen, or does it.
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
    let change = Change {
        name: mistakes.take("name", value::text(&typed.name, Text::needed(200))),
        short_name: mistakes.take("short_name", value::text(&typed.short_name, Text::needed(80))),
        from: mistakes.take("from", value::day(&typed.from)),
    };
    let by = because(&who, &typed.why, &mut mistakes);
    let step = Step::of(&typed.step);
    if step == Step::Form {
        return Ok(Page(Renaming::of(shell, agency, typed, Mistakes::default())).into_response());
    }
    if !mistakes.is_empty() {
        let page = Renaming::of(shell, agency, typed, mistakes);
        return Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    if step == Step::Preview {
        let obstacles = change.obstacles(&agency, &name::Model::of(&app.db, id).await?);
        return preview(&app, shell, &agency, &typed, &change, obstacles).await;
    }
    match Agency::rename(&app, id, &change, typed.version, &by).await {
        Ok(()) => Ok(Said::to(Agency::desk_path(id), "agency-renamed").with("name", change.name).into_response()),
        Err(Error::Refused(obstacles)) => preview(&app, shell, &agency, &typed, &change, obstacles).await,
        Err(error) => Err(error),
    }
}

async fn preview(
    app: &App,
    shell: Shell,
    agency: &Agency,
    typed: &Typed,
    change: &Change,
    obstacles: Vec<Obstacle>,
) -> Result<Response> {
    let effects = change.effects(&app.db, agency, time::local_date(app.clock.now())).await?;
    let here = Agency::desk_path(agency.id);
    Ok(Preview {
        title: shell.l.t("agency-rename"),
        about: Some((agency.short_name.clone(), here.clone())),
        action: format!("{here}/renaming"),
        fields: vec![
            ("name", typed.name.clone()),
            ("short_name", typed.short_name.clone()),
            ("from", typed.from.clone()),
            ("why", typed.why.clone()),
            ("version", typed.version.to_string()),
        ],
        effects,
        obstacles,
        label: shell.l.t("agency-rename-do"),
        icon: "pencil-line",
        is_final: false,
        l: shell.l,
        shell,
    }
    .answer())
}
