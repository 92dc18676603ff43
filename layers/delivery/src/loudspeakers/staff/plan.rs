//! Choosing where and when a bulletin is aired; and, on a red page, that it breaks in as an emergency.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use loudspeakers::schedule::Slot;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::form_id;
use crate::base::time::VIETNAM;
use crate::base::{App, Who, new_id};
use crate::channels::staff::{ids, one};
use crate::loudspeakers::Cluster;
use crate::loudspeakers::airing::Airing;
use crate::loudspeakers::airing::emergency::WITHIN_MIN;
use crate::loudspeakers::airing::planning::{self, DAYS_MAX, Wanted};
use crate::loudspeakers::bulletin::Bulletin;
use crate::loudspeakers::cluster::{Kind, State};
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::station::{Station, slots};
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// A station as a choice.
pub struct Choice {
    pub id: String,
    pub name: String,
    pub note: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "loudspeakers/staff/plan.html")]
pub struct Plan {
    l: Locale,
    shell: Shell,
    bulletin: Bulletin,
    given: Wanted,
    choices: Vec<Choice>,
    /// Begin of slots, with their names, as suggestions.
    slots: Vec<(String, String)>,
    emergency: bool,
    /// Loudspeakers and boards that the choice reaches, and how many of them can be reached now.
    reached: Option<(usize, usize, usize)>,
    errors: Mistakes,
}

impl Plan {
    fn heading(&self) -> String {
        self.l.t(if self.emergency { "loud-emergency" } else { "loud-plan" })
    }

    fn action(&self) -> String {
        format!("{}/{}", Bulletin::path(self.bulletin.id), if self.emergency { "emergency" } else { "plan" })
    }

    fn back(&self) -> String {
        Bulletin::path(self.bulletin.id)
    }

    fn days_max(&self) -> i64 {
        DAYS_MAX
    }
}

async fn page(app: &App, who: &Who, shell: Shell, id: Uuid, (given, emergency): (Wanted, bool)) -> Result<Plan> {
    let bulletin = Bulletin::find_for(app, who, id).await?;
    rights::require(who, Verb::Write, bulletin.agency)?;
    let known = Known::now(app).await?;
    let own = (!rights::is_provincial(&known, bulletin.agency)).then_some(bulletin.agency);
    let stations = Station::of(&app.db, own).await?;
    let all: Vec<Uuid> = stations.iter().map(|one| one.id).collect();
    let clusters = Cluster::of(&app.db, &all).await?;
    // Without a sound it goes to boards alone.
    let (kind, key) =
        if bulletin.sound.is_some() { (Kind::Speaker, "loud-clusters-count") } else { (Kind::Board, "loud-boards-count") };
    let count = |station: Uuid| {
        let of = clusters.iter().filter(|one| one.station == station && one.state == State::Active && one.kind == kind);
        of.count()
    };
    let choices = stations.iter().map(|one| Choice {
        id: one.id.to_string(),
        name: one.name.clone(),
        note: shell.l.t1(key, "count", count(one.id)),
        chosen: given.stations.contains(&one.id) || stations.len() == 1,
    });
    let slots = suggested(&stations);
    let reached = match planning::expected(app, bulletin.agency, &bulletin, given.targets()).await {
        Ok(expected) if given.all || !given.stations.is_empty() => {
            let now = app.clock.now();
            let here = expected.speakers.iter().chain(&expected.boards).filter(|one| one.is_here(now)).count();
            Some((expected.speakers.len(), expected.boards.len(), here))
        }
        _ => None,
    };
    let choices = choices.collect();
    Ok(Plan { l: shell.l, shell, bulletin, given, choices, slots, emergency, reached, errors: Mistakes::default() })
}

/// When slots begin, with their names and the days on which they are there.
fn suggested(stations: &[Station]) -> Vec<(String, String)> {
    let named = |slot: Slot| {
        let days = slots::days(&slot.weekdays);
        let name = if days.is_empty() { slot.name } else { format!("{} ({days})", slot.name) };
        (slot.begins.format("%H:%M").to_string(), name)
    };
    let mut slots: Vec<(String, String)> = stations.iter().flat_map(|one| one.programme().slots).map(named).collect();
    slots.sort();
    slots.dedup_by(|one, other| one.0 == other.0);
    slots
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    all: String,
}

/// `GET /desk/loudspeakers/bulletins/{id}/plan`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Plan>> {
    let tomorrow = app.clock.now().with_timezone(&VIETNAM).date_naive() + chrono::TimeDelta::days(1);
    let given = Wanted { id: new_id(), date: tomorrow.to_string(), time: "05:00".into(), days: "1".into(), ..Wanted::default() };
    Ok(Page(page(&app, &who, shell, id, (given, false)).await?))
}

/// `GET /desk/loudspeakers/bulletins/{id}/emergency`
pub async fn emergency(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Page<Plan>> {
    let within = WITHIN_MIN.to_string();
    let given = Wanted { id: new_id(), all: ask.all == "on", within, ..Wanted::default() };
    Ok(Page(page(&app, &who, shell, id, (given, true)).await?))
}

fn wanted(fields: &[(String, String)]) -> Wanted {
    Wanted {
        id: form_id(fields),
        all: !one(fields, "all").is_empty(),
        stations: ids(fields, "stations"),
        hamlets: one(fields, "hamlets").to_owned(),
        date: one(fields, "date").to_owned(),
        time: one(fields, "time").to_owned(),
        days: one(fields, "days").to_owned(),
        within: one(fields, "within").to_owned(),
    }
}

async fn back(
    app: &App,
    who: &Who,
    shell: Shell,
    (id, emergency): (Uuid, bool),
    given: Wanted,
    error: Error,
) -> Result<Response> {
    let l = shell.l;
    let (status, errors) = match error {
        Error::Refused(found) => (StatusCode::UNPROCESSABLE_ENTITY, Mistakes::told(&found, l)),
        Error::Stale => (StatusCode::CONFLICT, Mistakes::one("", l.t("channel-stale-next"))),
        error => return Err(error),
    };
    let page = page(app, who, shell, id, (given, emergency)).await?;
    Ok(Page(Plan { errors, ..page }).status(status))
}

/// `POST /desk/loudspeakers/bulletins/{id}/plan`
pub async fn plan(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let given = wanted(&fields);
    match Airing::plan(&app, &who, id, &given).await {
        Ok(planned) => {
            let to = planned.first().map_or_else(|| Bulletin::path(id), |first| Airing::path(*first));
            Ok(Said::to(to, "loud-planned").with("count", planned.len()).into_response())
        }
        Err(error) => back(&app, &who, shell, (id, false), given, error).await,
    }
}

/// `POST /desk/loudspeakers/bulletins/{id}/emergency`: proposes; another person releases.
pub async fn propose(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let given = wanted(&fields);
    let done = if one(&fields, "sure").is_empty() {
        Err(Error::Refused(vec![Obstacle::new("loud-emergency-sure").at("sure")]))
    } else {
        Airing::propose(&app, &who, id, &given).await
    };
    match done {
        Ok(airing) => Ok(Said::to(Airing::path(airing), "loud-proposed").into_response()),
        Err(error) => back(&app, &who, shell, (id, true), given, error).await,
    }
}
