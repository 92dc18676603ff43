//! One cluster: what it is, how it stands, what it was told and what it said; its key.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::Deserialize;

use super::{form_id, version};
use crate::base::{App, Who, fact, new_id, time};
use crate::channels::staff::one;
use crate::loudspeakers::cluster::keeping::Wanted;
use crate::loudspeakers::cluster::{Cluster, Kind, State};
use crate::loudspeakers::heard::{self, Heard, TAKEN};
use crate::loudspeakers::order::{self, Order};
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::station::Station;
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

const LINES_MAX: u64 = 20;

#[derive(Template)]
#[template(path = "loudspeakers/staff/cluster.html")]
pub struct ClusterPage {
    l: Locale,
    shell: Shell,
    /// None while it is added.
    cluster: Option<Cluster>,
    station: Station,
    given: Wanted,
    keeps: bool,
    mark: &'static str,
    word: String,
    orders: Vec<Order>,
    heard: Vec<Heard>,
    /// Shown once, when it was just made.
    key: String,
    errors: Mistakes,
    conflict: bool,
    events: Events,
}

impl ClusterPage {
    fn heading(&self) -> String {
        self.cluster.as_ref().map_or_else(|| self.l.t("loud-cluster-new"), |one| one.name.clone())
    }

    fn action(&self) -> String {
        self.cluster.as_ref().map_or_else(|| "/desk/loudspeakers/clusters".into(), |one| Cluster::path(one.id))
    }

    fn to(&self, act: &str) -> String {
        format!("{}/acts/{act}", self.action())
    }

    fn kinds(&self) -> Vec<(String, String)> {
        <Kind as sea_orm::Iterable>::iter().map(|one| (one.to_value(), self.l.t(&one.key()))).collect()
    }

    fn minute(&self, at: &DateTimeUtc) -> String {
        time::minute(*at)
    }

    fn order_kind(&self, order: &Order) -> String {
        self.l.t(&format!("loud-order-{}", order.kind.to_value()))
    }

    fn order_state(&self, order: &Order) -> String {
        self.l.t(&format!("loud-order-state-{}", order.state.to_value()))
    }

    fn verdict(&self, heard: &Heard) -> String {
        let key = if heard.verdict == TAKEN { "loud-heard-taken".into() } else { format!("loud-trouble-{}", heard.verdict) };
        self.l.t(&key)
    }

    fn kind_of(&self, heard: &Heard) -> String {
        self.l.t(&heard.kind.key())
    }

    fn trouble(&self) -> String {
        self.cluster.as_ref().map(|one| one.trouble_words(self.l)).unwrap_or_default()
    }

    fn is_stopped(&self) -> bool {
        self.cluster.as_ref().is_some_and(|one| one.state == State::Stopped)
    }

    fn has_key(&self) -> bool {
        self.cluster.as_ref().is_some_and(|one| !one.credentials.is_empty())
    }
}

async fn page(app: &App, who: &Who, shell: Shell, id: Uuid) -> Result<ClusterPage> {
    let (l, now) = (shell.l, app.clock.now());
    let cluster = Cluster::find_for(app, who, id).await?;
    let station = Station::find(&app.db, cluster.station).await?;
    let orders = order::Entity::find().filter(order::Column::Cluster.eq(id)).order_by_desc(order::Column::MadeAt);
    let orders = orders.order_by_desc(order::Column::Id).limit(LINES_MAX).all(&app.db).await?;
    let said = heard::Entity::find().filter(heard::Column::Cluster.eq(id)).order_by_desc(heard::Column::ReceivedAt);
    let said = said.order_by_desc(heard::Column::Id).limit(LINES_MAX).all(&app.db).await?;
    let mut facts = fact::Model::history(&app.db, id, LINES_MAX).await?;
    facts.retain(|fact| fact.kind != "AccessRefused");
    let known = Known::now(app).await?;
    let standing = cluster.standing(now);
    Ok(ClusterPage {
        keeps: rights::may(who, Verb::Keep, cluster.agency),
        given: Wanted::of(&cluster),
        mark: standing.mark(),
        word: l.t(&standing.key()),
        orders,
        heard: said,
        key: String::new(),
        errors: Mistakes::default(),
        conflict: false,
        events: Events::of(&app.db, l, &facts, &known).await?,
        station,
        cluster: Some(cluster),
        l,
        shell,
    })
}

async fn blank(app: &App, who: &Who, shell: Shell, station: &str) -> Result<ClusterPage> {
    let agency = rights::own_agency(who)?;
    rights::require(who, Verb::Keep, agency)?;
    let station = match station.parse::<Uuid>() {
        Ok(id) => Station::find_for(app, who, id).await?,
        Err(_) => Station::of(&app.db, Some(agency)).await?.into_iter().next().ok_or(Error::NotFound)?,
    };
    Ok(ClusterPage {
        keeps: true,
        given: Wanted { id: new_id(), kind: Kind::Speaker.to_value(), volume: "70".into(), ..Wanted::default() },
        mark: "draft",
        word: String::new(),
        orders: Vec::new(),
        heard: Vec::new(),
        key: String::new(),
        errors: Mistakes::default(),
        conflict: false,
        events: Events::default(),
        station,
        cluster: None,
        l: shell.l,
        shell,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    station: String,
}

/// `GET /desk/loudspeakers/clusters/new`
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<ClusterPage>> {
    Ok(Page(blank(&app, &who, shell, &ask.station).await?))
}

/// `GET /desk/loudspeakers/clusters/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<ClusterPage>> {
    Ok(Page(page(&app, &who, shell, id).await?))
}

fn wanted(fields: &[(String, String)]) -> Wanted {
    let text = |name: &str| one(fields, name).to_owned();
    Wanted {
        id: form_id(fields),
        device: text("device"),
        name: text("name"),
        kind: text("kind"),
        hamlet: text("hamlet"),
        volume: text("volume"),
        latitude: text("latitude"),
        longitude: text("longitude"),
        screen: text("screen"),
        version: text("version").parse().unwrap_or_default(),
    }
}

/// `POST /desk/loudspeakers/clusters`
pub async fn add(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let given = wanted(&fields);
    let station: Uuid = one(&fields, "station").parse().map_err(|_| Error::NotFound)?;
    match Cluster::add(&app, &who, station, &given).await {
        Ok(()) => Ok(Said::to(Cluster::path(given.id), "loud-cluster-added").into_response()),
        Err(Error::Refused(found)) => {
            let errors = Mistakes::told(&found, shell.l);
            let page = blank(&app, &who, shell, &station.to_string()).await?;
            Ok(Page(ClusterPage { given, errors, ..page }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/loudspeakers/clusters/{id}`
pub async fn change(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let given = Wanted { id, ..wanted(&fields) };
    let (status, found) = match Cluster::change(&app, &who, id, &given).await {
        Ok(()) => return Ok(Said::to(Cluster::path(id), "loud-cluster-kept").into_response()),
        Err(error) => error.handed_back()?,
    };
    let (errors, conflict) = (Mistakes::told(&found, shell.l), status == StatusCode::CONFLICT);
    let page = page(&app, &who, shell, id).await?;
    Ok(Page(ClusterPage { given, errors, conflict, ..page }).status(status))
}

/// `POST /desk/loudspeakers/clusters/{id}/acts/{act}`: `key` shows a new key once; `stop` and `resume` take it out of service and back.
pub async fn act(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let state = match act.as_str() {
        "key" => {
            let key = Cluster::make_key(&app, &who, id).await?;
            let page = page(&app, &who, shell, id).await?;
            return Ok(Page(ClusterPage { key, ..page }).into_response());
        }
        "stop" => State::Stopped,
        "resume" => State::Active,
        _ => return Err(Error::NotFound),
    };
    Cluster::set_service(&app, &who, id, state, version(&fields)?).await?;
    let said = if state == State::Stopped { "loud-cluster-was-stopped" } else { "loud-cluster-goes-on" };
    Ok(Said::to(Cluster::path(id), said).into_response())
}
