//! One agency into several: the form with a line for each successor, what will happen, and doing it.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::ActiveEnum;
use serde::Deserialize;
use uuid::Uuid;

use super::filled::Filled;
use super::preview::{Preview, Step};
use super::{Keeper, because};
use crate::base::App;
use crate::people::Agency;
use crate::people::agency::Kind;
use crate::people::agency::directory::{self, Line};
use crate::people::agency::dividing::Division;
use crate::people::agency::draft::{Fields, Mistakes, value};
use crate::people::agency::merging::Heir;
use crate::people::agency::name::unit_and_place;
use crate::people::agency::opening::Failure;
use crate::web::{Error, Locale, Obstacle, Page, Path, Result, Said, Shell};

/// Successors of one agency at most.
const SUCCESSORS_MAX: usize = 30;

/// The form as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    successors: String,
    on: String,
    why: String,
    version: i32,
    step: String,
}

#[derive(Template)]
#[template(path = "people/staff/agencies/dividing.html")]
pub struct Dividing {
    l: Locale,
    shell: Shell,
    agency: Agency,
    filled: Filled<Typed>,
}

impl Dividing {
    fn of(shell: Shell, agency: Agency, typed: Typed, mistakes: Mistakes) -> Self {
        let filled = Filled::of(shell.l, Agency::desk_path(agency.id), typed, mistakes);
        Self { l: shell.l, shell, agency, filled }
    }
}

/// `GET /desk/agencies/{id}/dividing`
pub async fn show(_who: Keeper, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Dividing>> {
    let agency = Agency::find(&app.db, id).await?;
    let typed = Typed { version: agency.version, ..Typed::default() };
    Ok(Page(Dividing::of(shell, agency, typed, Mistakes::default())))
}

/// `POST /desk/agencies/{id}/dividing`: shows what will happen, or does it.
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
    let on = mistakes.take("on", value::day(&typed.on));
    let lines = directory::all(&app.db).await?;
    let successors = successors(shell.l, &lines, &agency, &typed, &mut mistakes);
    let by = because(&who, &typed.why, &mut mistakes);
    let step = Step::of(&typed.step);
    if step == Step::Form {
        return Ok(Page(Dividing::of(shell, agency, typed, Mistakes::default())).into_response());
    }
    if !mistakes.is_empty() {
        return Ok(again(shell, agency, typed, mistakes));
    }
    let division = Division { predecessor: agency, successors, on };
    if step == Step::Preview {
        let obstacles = division.obstacles(&app.db).await?;
        return preview(&app, shell, &division, &typed, obstacles).await;
    }
    match division.execute(&app, &by).await {
        Ok(heirs) => Ok(Said::to(Agency::desk_path(id), "agency-divided").with("n", heirs.len()).into_response()),
        Err(Failure::Mistakes(mistakes)) => Ok(again(shell, division.predecessor, typed, mistakes)),
        Err(Failure::Error(Error::Refused(obstacles))) => preview(&app, shell, &division, &typed, obstacles).await,
        Err(Failure::Error(error)) => Err(error),
    }
}

fn again(shell: Shell, agency: Agency, typed: Typed, mistakes: Mistakes) -> Response {
    Page(Dividing::of(shell, agency, typed, mistakes)).status(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Who takes over, one a line: `code; full name; short name` is a new one of the same kind, a code alone one that is there.
fn successors(l: Locale, lines: &[Line], agency: &Agency, typed: &Typed, mistakes: &mut Mistakes) -> Vec<Heir> {
    let parent = lines.iter().find(|line| Some(line.id) == agency.parent).map(|line| line.code.clone()).unwrap_or_default();
    let mut heirs = Vec::new();
    let written = typed.successors.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
    for (number, line) in written {
        if heirs.len() == SUCCESSORS_MAX {
            mistakes.add("successors", Obstacle::new("agency-wrong-many").with("n", SUCCESSORS_MAX));
            break;
        }
        let wrong = || Obstacle::new("agency-divide-line-wrong").with("n", number + 1);
        let parts: Vec<&str> = line.split(';').map(str::trim).collect();
        match parts[..] {
            [code] => match lines.iter().find(|line| line.code == code.to_uppercase()) {
                Some(there) => heirs.push(Heir::Existing(there.id)),
                None => mistakes.add("successors", wrong()),
            },
            [code, name, short_name] => {
                let kind = kind_of(agency.kind, name).to_value();
                let (code, name, short_name) = (code.to_owned(), name.to_owned(), short_name.to_owned());
                let fields = Fields { code, name, short_name, kind, parent: parent.clone(), ..Fields::default() };
                match (Fields { open_from: "2000-01-01".into(), ..fields }).read() {
                    Ok(draft) => heirs.push(Heir::New(Box::new(draft))),
                    Err(Mistakes(found)) => found.into_iter().for_each(|(_, what)| {
                        let said = Obstacle::new("agency-divide-line").with("n", number + 1).with("what", what.text(l));
                        mistakes.add("successors", said);
                    }),
                }
            }
            _ => mistakes.add("successors", wrong()),
        }
    }
    if heirs.is_empty() && mistakes.of("successors", l).is_empty() {
        mistakes.add("successors", Obstacle::new("agency-wrong-missing"));
    }
    heirs
}

/// A part is of the kind of the whole; of a commune or ward the name says which of the two it is.
fn kind_of(whole: Kind, name: &str) -> Kind {
    let local = [Kind::Commune, Kind::Ward].into_iter().find(|kind| unit_and_place(*kind, name).is_some());
    local.filter(|_| whole.is_local()).unwrap_or(whole)
}

async fn preview(app: &App, shell: Shell, division: &Division, typed: &Typed, obstacles: Vec<Obstacle>) -> Result<Response> {
    let effects = division.effects(&app.db).await?;
    let here = Agency::desk_path(division.predecessor.id);
    Ok(Preview {
        title: shell.l.t("agency-divide-title"),
        about: Some((division.predecessor.short_name.clone(), here.clone())),
        action: format!("{here}/dividing"),
        fields: vec![
            ("successors", typed.successors.clone()),
            ("on", typed.on.clone()),
            ("why", typed.why.clone()),
            ("version", typed.version.to_string()),
        ],
        effects,
        obstacles,
        label: shell.l.t("agency-divide-do"),
        icon: "split",
        is_final: true,
        l: shell.l,
        shell,
    }
    .answer())
}
