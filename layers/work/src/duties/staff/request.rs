//! One request: what is asked, who answered, and its end.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::mine::{Known as About, Row};
use super::requests::{self, Watcher};
use crate::base::{App, Who, fact, time};
use crate::duties::closing::Closing;
use crate::duties::duty::Duty;
use crate::duties::progress::{Tally, Which};
use crate::duties::request::{self, Request};
use crate::duties::{Slot, slot, standing};
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::plans::Plan;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

const HISTORY_MAX: u64 = 50;

/// What is asked, as slot and request show it.
pub struct Asked {
    pub what: String,
    /// The body that asks.
    pub by: String,
    pub on: String,
    /// Why it was taken back; empty while it holds.
    pub withdrawn: String,
}

impl Asked {
    /// What a duty asks on demand; None when it is not a request.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, duty: &Duty) -> Result<Option<Self>> {
        let Some(request) = Request::of_duty(&app.db, duty).await? else { return Ok(None) };
        Ok(Some(Self::new(&request, &*Known::now(app).await?)))
    }

    fn new(request: &Request, known: &Known) -> Self {
        let by = request.agency.and_then(|id| known.get(&id)).map(|agency| agency.name.clone()).unwrap_or_default();
        Self { what: request.what.clone(), by, on: time::minute(request.at), withdrawn: request.withdrawn_why.clone() }
    }
}

#[derive(Template)]
#[template(path = "duties/staff/request.html")]
pub struct RequestPage {
    l: Locale,
    shell: Shell,
    id: Uuid,
    title: String,
    asked: Asked,
    due: String,
    plan: String,
    /// The duty it stands on, as a link and its words; empty when it stands on none.
    stands_on: (String, String),
    rate: String,
    figures: Vec<(String, String, &'static str)>,
    rows: Vec<Row>,
    closing: String,
    may_withdraw: bool,
    why: String,
    errors: Mistakes,
    conflict: bool,
    events: Events,
    printed: String,
}

/// `GET /desk/requests/{id}`
pub async fn show(who: Watcher, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<RequestPage>> {
    let found = Request::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, found).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, (request, duty, plan): (Request, Duty, Plan)) -> Result<RequestPage> {
    let l = shell.l;
    let known = Known::now(app).await?;
    let (rows, tally) = rows(app, l, duty.id, &known).await?;
    let facts = fact::Model::history(&app.db, duty.id, HISTORY_MAX).await?;
    let on = match request.stands_on {
        Some(id) => Some(Duty::find(&app.db, id).await?),
        None => None,
    };
    let stands_on = on.map(|on| {
        let href = format!("{}#{}", Plan::desk_path(plan.id), crate::plans::view::anchor(&on.path));
        (href, format!("{} · {}", on.path, crate::web::cut(&on.title, 140)))
    });
    Ok(RequestPage {
        id: duty.id,
        asked: Asked::new(&request, &known),
        due: time::day(request.due_on),
        plan: plan.title(),
        stands_on: stands_on.unwrap_or_default(),
        rate: requests::rate(l, &tally),
        figures: figures(l, &tally),
        rows,
        closing: Closing::desk_path(duty.id, &request.due_on.to_string()),
        may_withdraw: request.withdrawn_at.is_none() && request::may_run(who, &plan),
        why: String::new(),
        errors: Mistakes::default(),
        conflict: false,
        events: Events::of(&app.db, l, &facts, &known).await?,
        printed: time::minute(app.clock.now()),
        title: duty.title,
        l,
        shell,
    })
}

/// Every slot, void ones too, by name; what is late stands first.
async fn rows(app: &App, l: Locale, duty: Uuid, known: &Known) -> Result<(Vec<Row>, Tally)> {
    let today = time::local_date(app.clock.now());
    let mut slots: Vec<Slot> = slot::Entity::find().filter(slot::Column::Duty.eq(duty)).all(&app.db).await?;
    slots.sort_by_key(|slot| known.rank(slot.agency));
    let stories = standing::brief(&app.db, &slots).await?;
    let about = About::of(app, &slots).await?;
    let none = standing::Story::default();
    let mut tally = Tally::default();
    let mut rows = Vec::new();
    for slot in &slots {
        let story = stories.get(&slot.id).unwrap_or(&none);
        let standing = story.standing(slot, today);
        if slot.voided_on.is_none() {
            tally += requests::counted(slot, story, today);
        }
        rows.push((standing != standing::Standing::Overdue, about.row(l, slot, standing, today)));
    }
    rows.sort_by_key(|(in_time, _)| *in_time);
    Ok((rows.into_iter().map(|(_, row)| row).collect(), tally))
}

fn figures(l: Locale, tally: &Tally) -> Vec<(String, String, &'static str)> {
    let shown = [
        (Which::Expected, ""),
        (Which::Submitted, "waiting"),
        (Which::OnTime, "on-time"),
        (Which::Overdue, "late"),
        (Which::Returned, "returned"),
        (Which::Accepted, "on-time"),
    ];
    let figure = |(which, state): (Which, &'static str)| {
        let count = which.of(tally);
        (
            vietnamese::number::format_integer(count),
            l.t(&format!("progress-{}", which.code())),
            if count == 0 { "" } else { state },
        )
    };
    shown.into_iter().map(figure).collect()
}

/// The form of a withdrawal.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    why: String,
}

/// `POST /desk/requests/{id}/withdrawal`: a refusal comes back with what was typed.
pub async fn withdraw(
    who: Watcher,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let found = Request::find_for(&app, &who, id).await?;
    let why = vietnamese::normalise(&given.why).replace("\r\n", "\n").replace('\0', "");
    let (status, obstacles) = match found.0.withdraw(&app, &who, &found.2, &why).await {
        Ok(()) => return Ok(Said::to(Request::desk_path(id), "request-was-withdrawn").into_response()),
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, obstacles),
        Err(Error::Stale) => (StatusCode::CONFLICT, vec![Obstacle::new("request-withdrawn-already")]),
        Err(error) => return Err(error),
    };
    let mut page = page(&app, &who, shell, found).await?;
    page.why = why;
    page.conflict = status == StatusCode::CONFLICT;
    let at = if page.conflict { "" } else { "why" };
    page.errors = obstacles.iter().map(|obstacle| (at, obstacle.text(page.l))).collect();
    Ok(Page(page).status(status))
}
