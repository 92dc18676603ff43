//! One station: its facts, its programme, its clusters, a file of clusters, keys for their devices.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;

use super::{csv, form_id};
use crate::base::{App, Who, fact, new_id, time};
use crate::channels::staff::one;
use crate::loudspeakers::cluster::importing::{self, HEADS, Outcome};
use crate::loudspeakers::cluster::{Cluster, Standing};
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::staff::stations;
use crate::loudspeakers::station::keeping::Wanted;
use crate::loudspeakers::station::{Reair, Station, usual_programme};
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::web::download::{CSV, Download};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

const HISTORY_MAX: u64 = 60;

#[derive(Template)]
#[template(path = "loudspeakers/staff/station.html")]
pub struct StationPage {
    l: Locale,
    shell: Shell,
    /// None while it is added.
    station: Option<Station>,
    agency: String,
    given: Wanted,
    keeps: bool,
    marks: Vec<(&'static str, String)>,
    clusters: usize,
    keyless: usize,
    bad: Vec<(u64, String)>,
    errors: Mistakes,
    conflict: bool,
    events: Events,
}

impl StationPage {
    fn heading(&self) -> String {
        self.station.as_ref().map_or_else(|| self.l.t("loud-station-new"), |one| one.name.clone())
    }

    fn action(&self) -> String {
        self.station.as_ref().map_or_else(|| "/desk/loudspeakers/stations".into(), |one| Station::path(one.id))
    }

    fn clusters_href(&self) -> String {
        format!("/desk/loudspeakers/clusters?station={}", self.given.id)
    }

    fn reairs(&self) -> Vec<(String, String)> {
        <Reair as sea_orm::Iterable>::iter().map(|one| (one.to_value(), self.l.t(&one.key()))).collect()
    }

    fn heads(&self) -> String {
        HEADS.join("; ")
    }
}

async fn page(app: &App, who: &Who, shell: Shell, id: Uuid) -> Result<StationPage> {
    let l = shell.l;
    let station = Station::find_for(app, who, id).await?;
    let known = Known::now(app).await?;
    let clusters = Cluster::of(&app.db, &[id]).await?;
    let now = app.clock.now();
    let standing: Vec<Standing> = clusters.iter().map(|one| one.standing(now)).collect();
    let mut facts = fact::Model::history(&app.db, id, HISTORY_MAX).await?;
    facts.retain(|fact| fact.kind != "AccessRefused");
    Ok(StationPage {
        agency: known.get(&station.agency).map(|body| body.name.clone()).unwrap_or_default(),
        given: Wanted::of(&station),
        keeps: rights::may(who, Verb::Keep, station.agency),
        marks: stations::marks(l, &standing),
        clusters: clusters.len(),
        keyless: clusters.iter().filter(|one| one.credentials.is_empty()).count(),
        bad: Vec::new(),
        errors: Mistakes::default(),
        conflict: false,
        events: Events::of(&app.db, l, &facts, &known).await?,
        station: Some(station),
        l,
        shell,
    })
}

async fn blank(app: &App, who: &Who, shell: Shell) -> Result<StationPage> {
    let agency = rights::own_agency(who)?;
    rights::require(who, Verb::Keep, agency)?;
    let known = Known::now(app).await?;
    let usual = Station {
        id: new_id(),
        agency,
        name: String::new(),
        hamlets: "[]".into(),
        programme: serde_json::to_string(&usual_programme())?,
        reair: Reair::Propose,
        reair_max: 2,
        reair_within_min: 120,
        demo: false,
        made_at: app.clock.now(),
        version: 0,
    };
    Ok(StationPage {
        agency: known.get(&agency).map(|body| body.name.clone()).unwrap_or_default(),
        given: Wanted::of(&usual),
        keeps: true,
        marks: Vec::new(),
        clusters: 0,
        keyless: 0,
        bad: Vec::new(),
        errors: Mistakes::default(),
        conflict: false,
        events: Events::default(),
        station: None,
        l: shell.l,
        shell,
    })
}

/// `GET /desk/loudspeakers/stations/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<StationPage>> {
    Ok(Page(page(&app, &who, shell, id).await?))
}

/// `GET /desk/loudspeakers/stations/new`
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<StationPage>> {
    Ok(Page(blank(&app, &who, shell).await?))
}

fn wanted(fields: &[(String, String)]) -> Wanted {
    let text = |name: &str| one(fields, name).to_owned();
    Wanted {
        id: form_id(fields),
        name: text("name"),
        hamlets: text("hamlets"),
        slots: text("slots"),
        quiet: text("quiet"),
        reair: text("reair"),
        reair_max: text("reair_max"),
        reair_within_min: text("reair_within_min"),
        version: text("version").parse().unwrap_or_default(),
    }
}

/// `POST /desk/loudspeakers/stations`
pub async fn add(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let given = wanted(&fields);
    match Station::add(&app, &who, &given).await {
        Ok(()) => Ok(Said::to(Station::path(given.id), "loud-station-added").into_response()),
        Err(Error::Refused(found)) => {
            let errors = Mistakes::told(&found, shell.l);
            let page = blank(&app, &who, shell).await?;
            Ok(Page(StationPage { given, errors, ..page }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/loudspeakers/stations/{id}`
pub async fn change(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let given = Wanted { id, ..wanted(&fields) };
    let (status, found) = match Station::change(&app, &who, id, &given).await {
        Ok(()) => return Ok(Said::to(Station::path(id), "loud-station-kept").into_response()),
        Err(error) => error.handed_back()?,
    };
    let (errors, conflict) = (Mistakes::told(&found, shell.l), status == StatusCode::CONFLICT);
    let page = page(&app, &who, shell, id).await?;
    Ok(Page(StationPage { given, errors, conflict, ..page }).status(status))
}

/// `POST /desk/loudspeakers/stations/{id}/import`: clusters from a CSV file, all or none.
pub async fn import(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    mut parts: Multipart,
) -> Result<Response> {
    let broken = |_| Error::bad("upload-broken");
    let mut bytes = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(broken)? {
        if field.name() == Some("file") {
            bytes = field.bytes().await.map_err(broken)?.to_vec();
        }
    }
    let done = match bytes.is_empty() {
        true => Err(Error::refused("loud-import-empty")),
        false => importing::import(&app, &who, shell.l, id, &bytes).await,
    };
    let (errors, bad) = match done {
        Ok(Outcome::Taken { created, changed }) => {
            let said = Said::to(Station::path(id), "loud-imported").with("created", created).with("changed", changed);
            return Ok(said.into_response());
        }
        Ok(Outcome::Refused(bad)) => (Mistakes::one("file", shell.l.t1("loud-import-refused", "count", bad.len())), bad),
        Err(Error::Refused(found)) => (Mistakes::told(&found, shell.l), Vec::new()),
        Err(error) => return Err(error),
    };
    let page = page(&app, &who, shell, id).await?;
    Ok(Page(StationPage { errors, bad, ..page }).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `POST /desk/loudspeakers/stations/{id}/keys`: keys for the clusters that have none, as a file; they are shown this once.
pub async fn keys(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let made = Cluster::make_keys(&app, &who, id).await?;
    if made.is_empty() {
        return Ok(Said::to(Station::path(id), "loud-keys-none").into_response());
    }
    let heads = ["device", "cluster", "key"].map(|name| shell.l.t(&format!("loud-column-{name}")));
    let rows = made.into_iter().map(|(one, key)| [one.device, one.name, key]);
    let day = time::local_date(app.clock.now());
    Ok(Download { name: format!("khoa-thiet-bi-{day}.csv"), media_type: CSV, bytes: csv(heads, rows)? }.into_response())
}
