//! One actor: what is said of it, who follows, what is on its way host by host, whom it blocks.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use sea_orm::{EntityTrait, Iterable};
use uuid::Uuid;

use super::one;
use crate::base::{App, Who, fact, time};
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::syndication::Actor;
use crate::syndication::actor::Form as Way;
use crate::syndication::actor::keeping::{Wanted, suggested};
use crate::syndication::block::Block;
use crate::syndication::day::{self, Day};
use crate::syndication::delivery::{self, State};
use crate::syndication::follower::Follower;
use crate::syndication::host::{self, Host};
use crate::syndication::rights::{self, PROVINCE};
use crate::web::download::{CSV, Download, harmless};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

const HISTORY_MAX: u64 = 20;
const DAYS: i64 = 30;
const HOSTS_SHOWN: usize = 100;

/// How it stands with one host.
#[derive(Clone, Debug, Default)]
pub struct HostRow {
    pub host: String,
    pub told: i64,
    pub waits: i64,
    pub failed: i64,
    /// Until when it rests, and why; empty of one that answers.
    pub rests: String,
    pub says: String,
}

#[derive(Template)]
#[template(path = "syndication/staff/actor.html")]
pub struct ActorPage {
    l: Locale,
    shell: Shell,
    scope: Uuid,
    whose: String,
    /// None before it is switched on for the first time.
    actor: Option<Actor>,
    handle: String,
    host: String,
    given: Wanted,
    keeps: bool,
    errors: Mistakes,
    conflict: bool,
    followers: u64,
    on_hosts: u64,
    days: Vec<Day>,
    hosts: Vec<HostRow>,
    hosts_total: usize,
    blocks: Vec<Block>,
    block_host: String,
    block_why: String,
    events: Events,
}

impl ActorPage {
    fn path(&self) -> String {
        Actor::desk_path(self.scope)
    }

    fn is_on(&self) -> bool {
        self.actor.as_ref().is_some_and(Actor::is_on)
    }

    fn mark(&self) -> &'static str {
        if self.is_on() { "on-time" } else { "draft" }
    }

    fn word(&self) -> String {
        self.l.t(match &self.actor {
            None => "syndication-not-yet",
            Some(actor) if actor.is_on() => "syndication-is-on",
            Some(_) => "syndication-is-off",
        })
    }

    fn version(&self) -> i32 {
        self.actor.as_ref().map_or(0, |actor| actor.version)
    }

    fn forms(&self) -> Vec<(String, String)> {
        Way::iter().map(|one| (one.code(), self.l.t(&one.key()))).collect()
    }

    fn day(&self, day: &Day) -> String {
        time::day(day.day)
    }
}

async fn page(app: &App, who: &Who, shell: Shell, scope: Uuid, given: Option<Wanted>) -> Result<ActorPage> {
    Actor::shown_to(who, scope)?;
    let known = Known::now(app).await?;
    if scope != PROVINCE && !known.contains_key(&scope) {
        return Err(Error::NotFound);
    }
    let l = shell.l;
    let whose = known.get(&scope).map_or_else(|| l.t("syndication-province"), |body| body.name.clone());
    let actor = Actor::of(&app.db, scope).await?;
    let given = given.unwrap_or_else(|| match &actor {
        Some(actor) => as_it_is(actor),
        None => Wanted {
            username: known.get(&scope).map_or_else(|| "tin".to_owned(), |body| suggested(&body.slug)),
            name: whose.clone(),
            form: Way::Note.code(),
            ..Wanted::default()
        },
    });
    let mut found = ActorPage {
        l,
        scope,
        whose,
        handle: actor.as_ref().map(|one| one.handle(app)).unwrap_or_default(),
        host: crate::syndication::actor::host(app),
        given,
        keeps: rights::keeps(who, scope),
        errors: Mistakes::default(),
        conflict: false,
        followers: 0,
        on_hosts: 0,
        days: Vec::new(),
        hosts: Vec::new(),
        hosts_total: 0,
        blocks: Vec::new(),
        block_host: String::new(),
        block_why: String::new(),
        events: Events::default(),
        actor: None,
        shell,
    };
    if let Some(actor) = actor {
        let facts = fact::Model::history(&app.db, actor.id, HISTORY_MAX).await?;
        found.events = Events::of(&app.db, l, &facts, &known).await?;
        found.tell_of(app, actor).await?;
    }
    Ok(found)
}

fn as_it_is(actor: &Actor) -> Wanted {
    Wanted {
        username: actor.username.clone(),
        name: actor.name.clone(),
        summary: actor.summary.clone(),
        form: actor.form.code(),
        version: actor.version,
    }
}

impl ActorPage {
    /// Who follows, how that went, and where deliveries stand.
    async fn tell_of(&mut self, app: &App, actor: Actor) -> Result<()> {
        self.followers = Follower::count(&app.db, actor.id).await?;
        self.on_hosts = Follower::hosts(&app.db, actor.id).await?;
        let from = time::local_date(app.clock.now()) - TimeDelta::days(DAYS);
        self.days = day::since(&app.db, actor.id, from, DAYS.unsigned_abs()).await?;
        self.hosts = by_host(app, actor.id).await?;
        self.hosts_total = self.hosts.len();
        self.hosts.truncate(HOSTS_SHOWN);
        self.blocks = Block::of(&app.db, actor.id).await?;
        self.actor = Some(actor);
        Ok(())
    }
}

/// How deliveries stand host by host, those with the most failures first.
async fn by_host(app: &App, actor: Uuid) -> Result<Vec<HostRow>> {
    let mut rows: BTreeMap<String, HostRow> = BTreeMap::new();
    for count in delivery::by_host(&app.db, actor).await? {
        let row = rows.entry(count.host.clone()).or_insert_with(|| HostRow { host: count.host.clone(), ..HostRow::default() });
        match count.state {
            State::Told => row.told = count.n,
            State::Planned => row.waits = count.n,
            State::Failed => row.failed = count.n,
            State::Dropped => {}
        }
    }
    let known: Vec<Host> = host::Entity::find().all(&app.db).await?;
    for host in known.into_iter().filter(|host| host.failures > 0) {
        if let Some(row) = rows.get_mut(&host.host) {
            row.rests = host.rests_until.map(time::minute).unwrap_or_default();
            row.says = host.says;
        }
    }
    let mut rows: Vec<HostRow> = rows.into_values().collect();
    rows.sort_by_key(|row| (-row.failed, -row.waits));
    Ok(rows)
}

/// `GET /desk/syndication/{scope}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(scope): Path<Uuid>) -> Result<Page<ActorPage>> {
    Ok(Page(page(&app, &who, shell, scope, None).await?))
}

/// `POST /desk/syndication/{scope}`: switches it on for the first time, or changes what is said of it. A refusal comes back with
/// what was typed.
pub async fn keep(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(scope): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let wanted = Wanted {
        username: one(&fields, "username").to_owned(),
        name: one(&fields, "name").to_owned(),
        summary: one(&fields, "summary").to_owned(),
        form: one(&fields, "form").to_owned(),
        version: one(&fields, "version").parse().unwrap_or_default(),
    };
    rights::require(&who, scope)?;
    if scope != PROVINCE && !Known::now(&app).await?.contains_key(&scope) {
        return Err(Error::NotFound);
    }
    let is_new = Actor::of(&app.db, scope).await?.is_none();
    let done =
        if is_new { Actor::open(&app, &who, scope, &wanted).await } else { Actor::change(&app, &who, scope, &wanted).await };
    let said = if is_new { "syndication-was-opened" } else { "syndication-was-kept" };
    let (status, obstacles) = match done {
        Ok(()) => return Ok(Said::to(Actor::desk_path(scope), said).into_response()),
        Err(Error::Refused(obstacles)) if obstacles.iter().all(|one| !one.field.is_empty()) => {
            (StatusCode::UNPROCESSABLE_ENTITY, obstacles)
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, Vec::new()),
        Err(error) => return Err(error),
    };
    let mut page = page(&app, &who, shell, scope, Some(wanted)).await?;
    page.given.version = page.version();
    page.errors = Mistakes::told(&obstacles, page.l);
    page.conflict = status == StatusCode::CONFLICT;
    Ok(Page(page).status(status))
}

/// `POST /desk/syndication/{scope}/switch`
pub async fn switch(
    who: Signed,
    Shared(app): Shared<App>,
    Path(scope): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Said> {
    let on = one(&fields, "on") == "on";
    Actor::switch(&app, &who, scope, on, one(&fields, "version").parse().unwrap_or_default()).await?;
    Ok(Said::to(Actor::desk_path(scope), if on { "syndication-goes-on" } else { "syndication-was-stopped" }))
}

/// `POST /desk/syndication/{scope}/blocks`
pub async fn block(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(scope): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let (host, why) = (one(&fields, "host"), one(&fields, "why"));
    match Block::add(&app, &who, scope, host, why).await {
        Ok(()) => Ok(Said::to(Actor::desk_path(scope), "syndication-was-blocked").into_response()),
        Err(Error::Refused(obstacles)) => {
            let mut page = page(&app, &who, shell, scope, None).await?;
            page.errors = Mistakes::told(&obstacles, page.l);
            (page.block_host, page.block_why) = (host.to_owned(), why.to_owned());
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/syndication/{scope}/blocks/{id}/removal`
pub async fn unblock(who: Signed, Shared(app): Shared<App>, Path((scope, id)): Path<(Uuid, Uuid)>) -> Result<Said> {
    Block::remove(&app, &who, scope, id).await?;
    Ok(Said::to(Actor::desk_path(scope), "syndication-was-unblocked"))
}

/// `GET /desk/syndication/{scope}/hosts.csv`
pub async fn hosts(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(scope): Path<Uuid>) -> Result<Download> {
    Actor::shown_to(&who, scope)?;
    let actor = Actor::of(&app.db, scope).await?.ok_or(Error::NotFound)?;
    let l = shell.l;
    let mut sheet = csv::Writer::from_writer(vec![0xEF, 0xBB, 0xBF]);
    let heads = [
        "syndication-host",
        "syndication-told",
        "syndication-waits",
        "syndication-failed",
        "syndication-rests",
        "syndication-says",
    ];
    sheet.write_record(heads.map(|head| l.t(head)))?;
    for row in by_host(&app, actor.id).await? {
        let numbers = [row.told, row.waits, row.failed].map(|number| number.to_string());
        let [told, waits, failed] = numbers;
        sheet.write_record([harmless(&row.host), told, waits, failed, row.rests.clone(), harmless(&row.says)])?;
    }
    let bytes = sheet.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: format!("{}-may-chu.csv", actor.username), media_type: CSV, bytes })
}
