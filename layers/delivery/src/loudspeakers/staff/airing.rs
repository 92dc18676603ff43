//! One airing: where it stands on each cluster, what is believed, who heard it, and what the reader may do: stop it, release it, air it
//! again.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::{csv, version};
use crate::base::{App, Who, fact, time};
use crate::channels::staff::one;
use crate::library::Picture;
use crate::loudspeakers::airing::restored::RESTORED;
use crate::loudspeakers::airing::{Airing, Precedence, State, planning};
use crate::loudspeakers::bulletin::Bulletin;
use crate::loudspeakers::cluster::{self, Cluster};
use crate::loudspeakers::covering;
use crate::loudspeakers::order::{self, Order};
use crate::loudspeakers::play::{self, Play, Verdict};
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::staff::{day, media};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::people::telling::Events;
use crate::web::download::{CSV, Download};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell, address};

const HISTORY_MAX: u64 = 60;
const ROWS: u64 = 100;

/// A play as a row.
pub struct Row {
    pub href: String,
    pub name: String,
    pub agency: String,
    pub mark: &'static str,
    pub verdict: String,
    pub why: String,
    pub share: String,
    pub state: String,
    pub begun: String,
    pub acknowledged: String,
}

#[derive(Template)]
#[template(path = "loudspeakers/staff/airing.html")]
pub struct AiringPage {
    l: Locale,
    shell: Shell,
    airing: Airing,
    agency: String,
    mark: &'static str,
    word: String,
    proposer: String,
    releaser: String,
    bulletin: Bulletin,
    /// Verdicts, with how many plays.
    counts: Vec<(&'static str, String, String, usize)>,
    chosen: String,
    rows: Vec<Row>,
    paging: Paging,
    /// Those that took it, and all that are told.
    boards: (usize, usize),
    /// What boards would show, while it waits for a second person.
    picture: Option<Picture>,
    /// Clusters that have the sound already, and all that were told to fetch it.
    fetched: (usize, usize),
    coverage: Vec<(String, String, String)>,
    rule: String,
    missed: usize,
    repeats: Vec<(String, String)>,
    may_stop: bool,
    may_release: bool,
    may_refuse: bool,
    may_repeat: bool,
    obstacles: Vec<Obstacle>,
    here_now: usize,
    errors: Mistakes,
    why: String,
    act: String,
    events: Events,
}

impl AiringPage {
    fn here(&self) -> String {
        Airing::path(self.airing.id)
    }

    fn to(&self, act: &str) -> String {
        format!("{}/acts/{act}", self.here())
    }

    fn notice(&self) -> String {
        if self.airing.notice == RESTORED { self.l.t("loud-airing-restored") } else { self.airing.notice.clone() }
    }

    fn begins(&self) -> String {
        time::minute(self.airing.begins_at)
    }

    fn length(&self) -> String {
        format!("{}:{:02}", self.airing.duration_s / 60, self.airing.duration_s % 60)
    }

    fn is_emergency(&self) -> bool {
        self.airing.precedence == Precedence::Emergency
    }

    fn is_proposed(&self) -> bool {
        self.airing.state == State::Proposed
    }

    fn words(&self, obstacle: &Obstacle) -> String {
        obstacle.text(self.l)
    }

    fn show(&self, verdict: &str) -> String {
        format!("{}{}", self.here(), address::query(&[("verdict", verdict)]))
    }

    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("{}{}", self.here(), address::query(&[("verdict", &self.chosen), ("page", &to.to_string())]))
    }

    fn problems(&self) -> Vec<&str> {
        self.errors.besides(&["why"])
    }

    /// How many clusters and boards an emergency reaches.
    fn reach(&self) -> usize {
        usize::try_from(self.airing.clusters).unwrap_or_default() + self.boards.1
    }

    fn typed(&self, act: &str) -> &str {
        if self.act == act { &self.why } else { "" }
    }

    fn is_refused(&self, act: &str) -> bool {
        self.act == act && !self.errors.is_empty()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    verdict: String,
    page: Option<u64>,
}

/// `GET /desk/loudspeakers/airings/{id}`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Page<AiringPage>> {
    Ok(Page(page(&app, &who, shell, id, ask).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, id: Uuid, ask: Ask) -> Result<AiringPage> {
    let (l, now) = (shell.l, app.clock.now());
    let airing = Airing::find_for(app, who, id).await?;
    let known = Known::now(app).await?;
    let bulletin = Bulletin::find(&app.db, airing.bulletin).await?;
    let plays = play::Entity::find().filter(play::Column::Airing.eq(id)).order_by_asc(play::Column::Id).all(&app.db).await?;
    let counts = counted(l, &plays);
    let (shown, paging) = chosen(&plays, &ask)?;
    let mut facts = fact::Model::history(&app.db, id, HISTORY_MAX).await?;
    facts.retain(|fact| fact.kind != "AccessRefused");
    let people: Vec<Uuid> = airing.made_by.into_iter().chain(airing.released_by).collect();
    let names = person::names(&app.db, &people).await?;
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let missed = if airing.state == State::Settled { airing.missed(&app.db).await?.len() } else { 0 };
    let can = |verb: Verb| rights::may(who, verb, airing.agency);
    let own = [airing.made_by, airing.released_by].contains(&Some(who.person));
    let clusters = clusters(app, &plays).await?;
    Ok(AiringPage {
        agency: known.get(&airing.agency).map(|body| body.name.clone()).unwrap_or_default(),
        mark: if day::is_on_air(&airing, now) { "on-time" } else { airing.state.mark() },
        word: day::word(l, &airing, now),
        proposer: name(airing.made_by),
        releaser: name(airing.released_by),
        counts,
        rows: rows(app, l, &shown, &clusters, &known).await?,
        paging,
        boards: boards(app, &airing, &bulletin).await?,
        picture: media::picture(app, bulletin.picture.filter(|_| airing.state == State::Proposed), &Airing::path(id)).await?,
        fetched: fetched(app, &plays).await?,
        coverage: if airing.state == State::Settled { coverage(app, &airing, &known).await? } else { Vec::new() },
        rule: covering::rule_words(l),
        missed,
        repeats: play_repeats(app, &airing).await?,
        may_stop: airing.is_stoppable() && (own || can(Verb::Stop)),
        may_release: airing.state == State::Proposed && can(Verb::Release),
        may_refuse: airing.state == State::Proposed && (can(Verb::Release) || airing.made_by == Some(who.person)),
        may_repeat: missed > 0 && bulletin.is_ready() && can(Verb::Write),
        obstacles: airing.obstacles_to_release(app, who),
        here_now: clusters.values().filter(|one| one.is_here(now)).count(),
        chosen: ask.verdict,
        errors: Mistakes::default(),
        why: String::new(),
        act: String::new(),
        events: Events::of(&app.db, l, &facts, &known).await?,
        bulletin,
        airing,
        l,
        shell,
    })
}

/// The plays of the verdict that was asked for, a page of them.
fn chosen(plays: &[Play], ask: &Ask) -> Result<(Vec<Play>, Paging)> {
    let of = |one: &&Play| ask.verdict.is_empty() || one.verdict.to_value() == ask.verdict;
    let paging = Paging::new(ask.page, ROWS, plays.iter().filter(of).count() as u64);
    let (first, most) = (usize::try_from(paging.offset())?, usize::try_from(ROWS)?);
    Ok((plays.iter().filter(of).skip(first).take(most).cloned().collect(), paging))
}

fn counted(l: Locale, plays: &[Play]) -> Vec<(&'static str, String, String, usize)> {
    let all =
        [Verdict::Played, Verdict::Partly, Verdict::Contradicted, Verdict::Acknowledged, Verdict::Unreported, Verdict::Open];
    let of = all.into_iter().map(|verdict| {
        let count = plays.iter().filter(|one| one.verdict == verdict).count();
        (verdict.mark(), verdict.to_value(), l.t(&verdict.key()), count)
    });
    of.filter(|(.., count)| *count > 0).collect()
}

async fn clusters(app: &App, plays: &[Play]) -> Result<HashMap<Uuid, Cluster>> {
    let mut found = HashMap::new();
    for some in plays.chunks(400) {
        let of = cluster::Entity::find().filter(cluster::Column::Id.is_in(some.iter().map(|one| one.cluster)));
        found.extend(of.all(&app.db).await?.into_iter().map(|one| (one.id, one)));
    }
    Ok(found)
}

async fn orders(app: &App, plays: &[Play]) -> Result<HashMap<Uuid, Order>> {
    let mut found = HashMap::new();
    for some in plays.chunks(400) {
        let of = order::Entity::find()
            .filter(order::Column::Play.is_in(some.iter().map(|one| one.id)))
            .filter(order::Column::Kind.eq(order::Kind::Play))
            .filter(order::Column::AcknowledgedAt.is_not_null());
        found.extend(of.all(&app.db).await?.into_iter().filter_map(|one| Some((one.play?, one))));
    }
    Ok(found)
}

async fn rows(app: &App, l: Locale, plays: &[Play], clusters: &HashMap<Uuid, Cluster>, known: &Known) -> Result<Vec<Row>> {
    let orders = orders(app, plays).await?;
    let row = |one: &Play| Row {
        href: Cluster::path(one.cluster),
        name: clusters.get(&one.cluster).map(|cluster| cluster.name.clone()).unwrap_or_default(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        mark: one.verdict.mark(),
        verdict: l.t(&one.verdict.key()),
        why: why(l, one),
        share: if one.share_milli > 0 { format!("{} %", one.share_milli / 10) } else { String::new() },
        state: l.t(&one.state.key()),
        begun: one.begun_at.map(time::minute).unwrap_or_default(),
        acknowledged: orders.get(&one.id).and_then(|order| order.acknowledged_at).map(time::minute).unwrap_or_default(),
    };
    Ok(plays.iter().map(row).collect())
}

/// Why it was missed, or what speaks against its report.
fn why(l: Locale, play: &Play) -> String {
    match (play.why.as_str(), play.verdict_why.as_str()) {
        ("", "") => String::new(),
        ("", why) => l.t(&format!("loud-against-{why}")),
        (why, _) => l.t(&format!("loud-missed-{}", why.replace('_', "-"))),
    }
}

/// Boards that took it, and all that were told; all that would be while it waits for a second person.
async fn boards(app: &App, airing: &Airing, bulletin: &Bulletin) -> Result<(usize, usize)> {
    if airing.state == State::Proposed {
        return match planning::expected(app, airing.agency, bulletin, airing.targets()).await {
            Ok(expected) => Ok((0, expected.boards.len())),
            Err(Error::Refused(_) | Error::NotFound) => Ok((0, 0)),
            Err(error) => Err(error),
        };
    }
    let of = order::Entity::find().filter(order::Column::Play.eq(airing.id)).filter(order::Column::Kind.eq(order::Kind::Board));
    let told = of.all(&app.db).await?;
    Ok((told.iter().filter(|one| one.acknowledged_at.is_some()).count(), told.len()))
}

/// Clusters that fetched the sound ahead of time, and all that were told to.
async fn fetched(app: &App, plays: &[Play]) -> Result<(usize, usize)> {
    let (mut taken, mut told) = (0, 0);
    for some in plays.chunks(400) {
        let of = order::Entity::find()
            .filter(order::Column::Play.is_in(some.iter().map(|one| one.id)))
            .filter(order::Column::Kind.eq(order::Kind::Fetch));
        let of = of.all(&app.db).await?;
        taken += of.iter().filter(|one| one.state == order::State::Acknowledged).count();
        told += of.len();
    }
    Ok((taken, told))
}

async fn play_repeats(app: &App, airing: &Airing) -> Result<Vec<(String, String)>> {
    use crate::loudspeakers::airing::{Column, Entity};
    let of = Entity::find().filter(Column::Root.eq(airing.root)).filter(Column::Id.ne(airing.id)).order_by_asc(Column::BeginsAt);
    Ok(of.all(&app.db).await?.iter().map(|one| (Airing::path(one.id), time::minute(one.begins_at))).collect())
}

async fn coverage(app: &App, airing: &Airing, known: &Known) -> Result<Vec<(String, String, String)>> {
    let found = covering::of_root(app, airing.root).await?;
    let mut lines: Vec<(usize, (String, String, String))> = found
        .communes
        .iter()
        .map(|(id, both)| {
            let id: Uuid = id.parse().unwrap_or_default();
            let name = known.get(&id).map(|body| body.label()).unwrap_or_default();
            (known.rank(id), (name, covering::said(both.clusters), covering::said(both.hamlets)))
        })
        .collect();
    lines.sort_by_key(|(rank, _)| *rank);
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

/// `GET /desk/loudspeakers/airings/{id}/proof.csv`: proof of play, a line for each cluster.
pub async fn proof(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let l = shell.l;
    let airing = Airing::find_for(&app, &who, id).await?;
    let plays = play::Entity::find().filter(play::Column::Airing.eq(id)).order_by_asc(play::Column::Id).all(&app.db).await?;
    let (clusters, known) = (clusters(&app, &plays).await?, Known::now(&app).await?);
    let rows = rows(&app, l, &plays, &clusters, &known).await?;
    let heads = ["device", "cluster", "commune", "state", "begun", "acknowledged", "verdict", "share", "why"];
    let heads = heads.map(|name| l.t(&format!("loud-column-{name}")));
    let lines = plays.iter().zip(rows).map(|(play, row)| {
        let device = clusters.get(&play.cluster).map(|one| one.device.clone()).unwrap_or_default();
        [device, row.name, row.agency, row.state, row.begun, row.acknowledged, row.verdict, row.share, row.why]
    });
    let day = time::local_date(airing.begins_at);
    Ok(Download { name: format!("bang-chung-phat-{day}.csv"), media_type: CSV, bytes: csv(heads, lines)? })
}

/// `POST /desk/loudspeakers/airings/{id}/acts/{act}`
pub async fn act(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    Airing::find_for(&app, &who, id).await?;
    let why = one(&fields, "why").to_owned();
    let (done, said) = match act.as_str() {
        "stop" => (Airing::stop(&app, &who, id, &why, version(&fields)?).await, "loud-airing-was-stopped"),
        "release" => (Airing::release(&app, &who, id, version(&fields)?).await, "loud-emergency-was-released"),
        "refuse" => (Airing::refuse(&app, &who, id, &why, version(&fields)?).await, "loud-emergency-was-refused"),
        "again" => (Airing::air_again(&app, &who, id).await.map(drop), "loud-airing-was-repeated"),
        _ => return Err(Error::NotFound),
    };
    let (status, errors) = match done {
        Ok(()) => return Ok(Said::to(Airing::path(id), said).into_response()),
        Err(Error::Refused(found)) => (StatusCode::UNPROCESSABLE_ENTITY, Mistakes::told(&found, shell.l)),
        Err(Error::Stale) => (StatusCode::CONFLICT, Mistakes::one("", shell.l.t("channel-stale-next"))),
        Err(error) => return Err(error),
    };
    let page = page(&app, &who, shell, id, Ask::default()).await?;
    Ok(Page(AiringPage { errors, why, act, ..page }).status(status))
}
