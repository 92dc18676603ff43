//! `/nhiem-vu-khcn`: the tasks that were publicised, the latest begun first; how many there are of how many, and of how many there is
//! only the number.

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Datelike;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, containing, time};
use crate::people::agency::brief::Known;
use crate::registers::evidence;
use crate::registers::kind::ST_TASK;
use crate::registers::record::{Column, Entity, Record, State};
use crate::registers::secret_count::SecretCount;
use crate::registers::staff::list::days;
use crate::web::download::{CSV, Download, harmless};
use crate::web::paging::Paging;
use crate::web::{Locale, Page, Result, Shell, address};

const ROWS: u64 = 20;
const EXPORTED_MAX: u64 = 20_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    agency: String,
    q: String,
    page: Option<u64>,
}

/// A task as a row.
pub struct Entry {
    pub href: String,
    pub title: String,
    pub code: String,
    pub lead: String,
    pub days: String,
    pub agency: String,
    pub demo: bool,
}

#[derive(Template)]
#[template(path = "registers/portal/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    entries: Vec<Entry>,
    /// Slug, name, and whether it is chosen.
    agencies: Vec<(String, String, bool)>,
    paging: Paging,
    canonical: String,
    publicised: u64,
    all: u64,
    /// How many secret tasks the confirmed numbers of this year add up to; None while there is none.
    secret: Option<i64>,
    /// Agencies whose number waits for a signature, and is in no sum.
    unsigned: usize,
    year: i32,
}

impl List {
    fn turn(&self, by: i64) -> String {
        let query = |to: u64| address::query(&[("agency", &self.ask.agency), ("q", &self.ask.q), ("page", &to.to_string())]);
        self.paging.turn(by).map(|to| format!("/nhiem-vu-khcn{}", query(to))).unwrap_or_default()
    }

    /// Of those that may be publicised, in percent, rounded down; none of nothing.
    fn percent(&self) -> Option<u64> {
        (self.all > 0).then(|| self.publicised * 100 / self.all)
    }
}

fn wanted(ask: &Ask, known: &Known) -> Select<Entity> {
    let mut rows = evidence::shown(ST_TASK);
    if let Some(agency) = known.values().find(|one| one.slug == ask.agency) {
        rows = rows.filter(Column::Agency.eq(agency.id));
    }
    let words = vietnamese::fold(ask.q.trim());
    if words.is_empty() { rows } else { rows.filter(Column::Words.like(containing(&words))) }
}

/// How many tasks are confirmed and have begun.
async fn begun(app: &App) -> Result<u64, DbErr> {
    let today = time::local_date(app.clock.now());
    let all = Entity::find().filter(Column::Register.eq(ST_TASK)).filter(Column::State.eq(State::Confirmed));
    all.filter(Column::FromOn.lte(today)).count(&app.db).await
}

/// `GET /nhiem-vu-khcn`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let (known, today) = (Known::now(&app).await?, time::local_date(app.clock.now()));
    let rows = wanted(&ask, &known);
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::FromOn).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let tasks = rows.all(&app.db).await?;
    let shown = evidence::shown(ST_TASK).filter(Column::FromOn.lte(today));
    let owners: Vec<Uuid> =
        evidence::shown(ST_TASK).select_only().column(Column::Agency).distinct().into_tuple().all(&app.db).await?;
    let mut agencies: Vec<(String, String, bool)> = owners
        .iter()
        .filter_map(|id| known.get(id))
        .map(|body| (body.slug.clone(), body.label(), body.slug == ask.agency))
        .collect();
    agencies.sort_by(|one, other| vietnamese::order::compare_natural(&one.1, &other.1));
    let secret = SecretCount::of_year(&app.db, today.year()).await?;
    // What nobody held against its paper yet is not said to the public.
    let (signed, unsigned): (Vec<_>, Vec<_>) = secret.into_iter().partition(|one| one.signed_by.is_some());
    let entry = |one: &Record| Entry {
        href: Record::public_path(one.id),
        title: one.title.clone(),
        code: one.code.clone(),
        lead: one.lead.clone(),
        days: days(one),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        demo: one.demo,
    };
    let nonce = shell.nonce.clone();
    let page = List {
        entries: tasks.iter().map(entry).collect(),
        agencies,
        paging,
        canonical: format!("{}/nhiem-vu-khcn", app.config.public_url()),
        publicised: shown.count(&app.db).await?,
        all: begun(&app).await?,
        secret: signed.iter().map(|one| i64::from(one.count)).reduce(|sum, one| sum + one),
        unsigned: unsigned.len(),
        year: today.year(),
        ask,
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

/// `GET /nhiem-vu-khcn.csv`: the same list, whole.
pub async fn csv(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let l = shell.l;
    let known = Known::now(&app).await?;
    let rows = wanted(&ask, &known).order_by_desc(Column::FromOn).order_by_desc(Column::Id).limit(EXPORTED_MAX);
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = ["register-code", "register-title", "register-agency", "register-lead", "register-from", "register-until"];
    writer.write_record(heads.map(|key| l.t(key)).into_iter().chain([l.t("register-public-page")]))?;
    for one in rows.all(&app.db).await? {
        let agency = known.get(&one.agency).map(|body| body.name.clone()).unwrap_or_default();
        let until = one.until_on.map(|day| day.to_string()).unwrap_or_default();
        let href = format!("{}{}", app.config.public_url(), Record::public_path(one.id));
        let cells = [one.code, one.title, agency, one.lead, one.from_on.to_string(), until, href];
        writer.write_record(cells.map(|cell| harmless(&cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: "nhiem-vu-khcn.csv".into(), media_type: CSV, bytes })
}
