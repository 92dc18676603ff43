//! Raising a case, from a slot or by itself.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::base::{App, Who, new_id};
use crate::cases::case::moving::Ground;
use crate::cases::case::raising::{TEXT_LETTERS_MAX, TITLE_LETTERS_MAX, Wanted, own_slot};
use crate::cases::case::{Case, Kind, acts_for};
use crate::cases::rung::{self, Rung};
use crate::duties::{Duty, Slot, view as duties_view};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Result, Said, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    slot: String,
}

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    key: String,
    slot: String,
    /// [`Kind`]; empty for a difficulty.
    kind: String,
    title: String,
    difficulty: String,
    proposal: String,
}

/// The slot it is about.
pub struct About {
    pub id: Uuid,
    pub title: String,
    pub period: String,
    pub href: String,
}

#[derive(Template)]
#[template(path = "cases/staff/new.html")]
pub struct New {
    l: Locale,
    shell: Shell,
    given: Given,
    about: Option<About>,
    /// Where it will go, and how long that body has.
    first: String,
    errors: Mistakes,
}

impl New {
    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }

    fn text_max(&self) -> usize {
        TEXT_LETTERS_MAX
    }
}

/// `GET /desk/cases/new`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<New>> {
    let given = Given { key: new_id().simple().to_string(), slot: ask.slot, ..Given::default() };
    Ok(Page(page(&app, &who, shell, given).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, given: Given) -> Result<New> {
    let agency = who.agency.filter(|own| acts_for(who, *own)).ok_or(Error::Forbidden)?;
    rung::settle(app).await?;
    let l = shell.l;
    let ground = Ground::of(app).await?;
    let ladder = Rung::ladder(&app.db, Kind::Difficulty).await?;
    let own = ladder.iter().find(|rung| rung.agency == agency).map_or(-1, |rung| rung.position);
    let first = rung::above(&ladder, own, &[agency], &ground.agencies, ground.today).map(|rung| {
        let name = ground.agencies.get(&rung.agency).map(|agency| agency.name.clone()).unwrap_or_default();
        l.t2("case-goes-to", "name", name, "hours", rung.hours)
    });
    let about = match slot_of(&given)? {
        Some(id) => Some(about(app, who, l, id).await?),
        None => None,
    };
    Ok(New { first: first.unwrap_or_else(|| l.t("case-nobody-above")), about, given, errors: Mistakes::default(), l, shell })
}

/// The slot named; a name that is no id names nothing.
fn slot_of(given: &Given) -> Result<Option<Uuid>> {
    if given.slot.is_empty() { Ok(None) } else { given.slot.parse().map(Some).map_err(|_| Error::NotFound) }
}

async fn about(app: &App, who: &Who, l: Locale, id: Uuid) -> Result<About> {
    let slot = own_slot(app, who, id).await?;
    let (_, title) = Duty::of_slot(app, id).await?;
    Ok(About { id, title, period: duties_view::period(l, &slot.period), href: Slot::desk_path(id) })
}

/// `POST /desk/cases`: raises it; a refusal comes back with what was typed.
pub async fn raise(who: Signed, shell: Shell, State(app): State<App>, Form(given): Form<Given>) -> Result<Response> {
    let wanted = Wanted {
        key: given.key.clone(),
        title: given.title.clone(),
        difficulty: given.difficulty.clone(),
        proposal: given.proposal.clone(),
        slot: slot_of(&given)?,
        kind: given.kind.clone(),
    };
    let obstacles = match Case::raise(&app, &who, &wanted).await {
        Ok(id) => return Ok(Said::to(Case::desk_path(id), "case-was-raised").into_response()),
        // Pressed twice at once: the first press has raised it.
        Err(Error::Stale) => return Ok(Said::to("/desk/cases?view=raised", "case-was-raised").into_response()),
        Err(Error::Refused(obstacles)) => obstacles,
        Err(error) => return Err(error),
    };
    let mut page = page(&app, &who, shell, given).await?;
    // The kind is not theirs to see: what is wrong with it is said of the whole form.
    let field = |one: &Obstacle| if one.field == "kind" { "" } else { one.field };
    page.errors = obstacles.iter().map(|one| (field(one), one.text(page.l))).collect();
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}
