//! Several agencies into one: the form, what will happen, and doing it.

mod typed;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use self::typed::Typed;
use super::filled::Filled;
use super::preview::{Preview, Step};
use super::{Choice, Group, Keeper, PATH, because, grouped, kinds};
use crate::base::{App, time};
use crate::people::Agency;
use crate::people::agency::directory::{self, Line};
use crate::people::agency::draft::Mistakes;
use crate::people::agency::merging::Merger;
use crate::people::agency::opening::Failure;
use crate::web::{Error, Locale, Obstacle, Page, Result, Said, Shell};

#[derive(Template)]
#[template(path = "people/staff/agencies/merging.html")]
pub struct Merging {
    l: Locale,
    shell: Shell,
    filled: Filled<Typed>,
    chosen: Vec<Line>,
    /// Those that could end too.
    others: Vec<Group>,
    heirs: Vec<Group>,
    kinds: Vec<Choice>,
}

impl Merging {
    async fn of(app: &App, shell: Shell, typed: Typed, mistakes: Mistakes) -> Result<Self> {
        let l = shell.l;
        let lines = directory::all(&app.db).await?;
        let today = time::local_date(app.clock.now());
        let chosen: Vec<Line> = typed.from.iter().filter_map(|id| lines.iter().find(|line| line.id == *id)).cloned().collect();
        let open = || lines.iter().filter(|line| line.closed_on.is_none_or(|last| today <= last));
        let id = |line: &Line| line.id.to_string();
        Ok(Self {
            others: grouped(l, open().filter(|line| !typed.from.contains(&line.id)), id, |_| false),
            heirs: grouped(l, open(), id, |line| line.id.to_string() == typed.into),
            kinds: kinds(l, &typed.kind),
            chosen,
            filled: Filled::of(l, PATH.to_owned(), typed, mistakes),
            l,
            shell,
        })
    }
}

async fn again(app: &App, shell: Shell, typed: Typed, mistakes: Mistakes) -> Result<Response> {
    Ok(Page(Merging::of(app, shell, typed, mistakes).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `GET /desk/agencies/merging?from=…&from=…`
pub async fn show(
    _who: Keeper,
    shell: Shell,
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Page<Merging>> {
    Ok(Page(Merging::of(&app, shell, Typed::of(pairs), Mistakes::default()).await?))
}

/// `POST /desk/agencies/merging`: adds to the list, shows what will happen, or does it.
pub async fn change(
    who: Keeper,
    shell: Shell,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let typed = Typed::of(pairs);
    let step = Step::of(&typed.step);
    if step == Step::Form {
        return Ok(Page(Merging::of(&app, shell, typed, Mistakes::default()).await?).into_response());
    }
    let mut mistakes = Mistakes::default();
    let merger = typed.read(&app, &mut mistakes).await?;
    let by = because(&who, &typed.why, &mut mistakes);
    let Some(merger) = merger.filter(|_| mistakes.is_empty()) else {
        return again(&app, shell, typed, mistakes).await;
    };
    let seen = seen(&merger);
    if step == Step::Preview || typed.seen.is_empty() {
        let obstacles = merger.obstacles(&app.db).await?;
        return preview(&app, shell, &typed, &merger, obstacles).await;
    }
    if typed.seen != seen {
        return Err(Error::Stale);
    }
    match merger.execute(&app, &by).await {
        Ok(heir) => Ok(Said::to(Agency::desk_path(heir), "agency-merged").with("n", merger.predecessors.len()).into_response()),
        Err(Failure::Mistakes(mistakes)) => again(&app, shell, typed, mistakes).await,
        Err(Failure::Error(Error::Refused(obstacles))) => preview(&app, shell, &typed, &merger, obstacles).await,
        Err(Failure::Error(error)) => Err(error),
    }
}

/// The agencies as they were when the preview was made: id and version of each.
fn seen(merger: &Merger) -> Vec<String> {
    merger.predecessors.iter().map(|agency| format!("{}:{}", agency.id, agency.version)).collect()
}

async fn preview(app: &App, shell: Shell, typed: &Typed, merger: &Merger, obstacles: Vec<Obstacle>) -> Result<Response> {
    let mut fields = typed.fields();
    fields.extend(seen(merger).into_iter().map(|one| ("seen", one)));
    Ok(Preview {
        title: shell.l.t("agency-merge-title"),
        about: None,
        action: format!("{PATH}/merging"),
        fields,
        effects: merger.effects(&app.db).await?,
        obstacles,
        label: shell.l.t("agency-merge-do"),
        icon: "merge",
        is_final: true,
        l: shell.l,
        shell,
    }
    .answer())
}
