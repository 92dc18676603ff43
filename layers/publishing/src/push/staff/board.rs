//! What was announced, which sections announce, and the limits that hold for all.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveEnum, Iterable, PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, Who, time};
use crate::news::{Section, article};
use crate::people::agency::brief::Known;
use crate::push::order::delivery::{Counts, Delivery, State as Way};
use crate::push::order::{Column, Entity, Order, State, resuming};
use crate::push::rule::{self, DAILY_MAX, Rule};
use crate::push::setting::{Mode, Setting};
use crate::push::{Subscription, rights};
use crate::web::download::{CSV, Download, harmless};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell, address, grouped};

const ROWS: u64 = 50;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// [`State::code`]; empty: all.
    state: String,
    page: Option<u64>,
}

/// An order as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub kind: String,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    pub when: String,
    pub counts: String,
    /// Its article is made up for the demo province.
    pub demo: bool,
}

/// A section that the agency's articles may stand in.
pub struct Line {
    pub id: Uuid,
    pub name: String,
    pub mode: Mode,
    pub version: i32,
}

#[derive(Template)]
#[template(path = "push/staff/board.html")]
pub struct Board {
    l: Locale,
    shell: Shell,
    ask: Ask,
    rows: Vec<Row>,
    paging: Paging,
    lines: Vec<Line>,
    may_switch: bool,
    rule: Rule,
    keeps_rule: bool,
    subscribers: u64,
    errors: Mistakes,
    typed: [String; 3],
    stale: bool,
    /// So many wait for the person since a restore.
    held: u64,
    /// Why they were not dropped all at once; empty when nobody tried.
    refused: String,
}

impl Board {
    fn states(&self) -> Vec<(String, String, bool)> {
        let codes = std::iter::once(String::new()).chain(State::iter().map(State::code));
        let tab = |code: String| {
            let key = if code.is_empty() { "push-order-any".to_owned() } else { format!("push-order-{code}") };
            (self.query(&code, ""), self.l.t(&key), code == self.ask.state)
        };
        codes.map(tab).collect()
    }

    fn modes(&self) -> Vec<(String, String)> {
        Mode::iter().map(|mode| (mode.code(), self.l.t(&mode.key()))).collect()
    }

    fn is_mode(&self, line: &Line, code: &str) -> bool {
        line.mode.code() == code
    }

    fn daily_max(&self) -> i32 {
        DAILY_MAX
    }

    fn csv(&self) -> String {
        self.query(&self.ask.state, "").replacen("/desk/push", "/desk/push/csv", 1)
    }

    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| self.query(&self.ask.state, &to.to_string())).unwrap_or_default()
    }

    fn query(&self, state: &str, page: &str) -> String {
        format!("/desk/push{}", address::query(&[("state", state), ("page", page)]))
    }
}

fn asked(who: &Who, ask: &Ask) -> Select<Entity> {
    let mut orders = Entity::find();
    if !rights::oversees(who) {
        let roles = [crate::base::Role::Approver, crate::base::Role::AgencyAdministrator];
        orders = orders.filter(Column::Agency.is_in(who.agencies_as(&roles)));
    }
    if let Some(state) = State::iter().find(|one| one.code() == ask.state) {
        orders = orders.filter(Column::State.eq(state));
    }
    orders.order_by_desc(Column::MadeAt).order_by_desc(Column::Id)
}

/// `GET /desk/push`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Board>> {
    Ok(Page(page(&app, &who, shell, ask).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, ask: Ask) -> Result<Board> {
    if !rights::is_concerned(who) {
        return Err(Error::Forbidden);
    }
    let l = shell.l;
    let wanted = asked(who, &ask);
    let paging = Paging::new(ask.page, ROWS, wanted.clone().count(&app.db).await?);
    let orders = wanted.offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let (known, rule) = (Known::now(app).await?, Rule::now(&app.db).await?);
    let ids: Vec<Uuid> = orders.iter().map(|one| one.id).collect();
    let counts = Delivery::counts_of(&app.db, &ids).await?;
    let none = Counts::default();
    let made_up = made_up(app, &orders).await?;
    let shown = |order: &Order| Row {
        demo: made_up.contains(&order.article),
        ..row(l, order, &known, counts.get(&order.id).unwrap_or(&none))
    };
    let rows = orders.iter().map(shown).collect();
    let agency = who.agency.filter(|agency| rights::may_switch(who, *agency));
    Ok(Board {
        rows,
        paging,
        lines: match agency {
            Some(agency) => lines(app, l, agency).await?,
            None => Vec::new(),
        },
        may_switch: agency.is_some(),
        typed: [rule.daily_max.to_string(), rule::clock(rule.quiet_from_min), rule::clock(rule.quiet_until_min)],
        rule,
        keeps_rule: who.is_any(rights::RuleKeeper::ROLES),
        subscribers: Subscription::active(&app.db).await?,
        errors: Mistakes::default(),
        stale: false,
        held: resuming::count_restored(&app.db, who).await?,
        refused: String::new(),
        ask,
        l,
        shell,
    })
}

fn row(l: Locale, order: &Order, known: &Known, counts: &Counts) -> Row {
    Row {
        href: Order::desk_path(order.id),
        title: order.title.clone(),
        kind: l.t(&order.kind.key()),
        agency: known.get(&order.agency).map(|body| body.label()).unwrap_or_default(),
        mark: order.state.mark(),
        word: l.t(&order.state.key()),
        when: time::minute(order.finished_at.unwrap_or(order.due_at)),
        counts: l.t2("push-counts", "count", grouped(counts.of(Way::Confirmed)), "all", grouped(order.matched)),
        demo: false,
    }
}

/// The articles of these orders that are made up for the demo province.
async fn made_up(app: &App, orders: &[Order]) -> Result<HashSet<Uuid>> {
    let articles = article::Entity::find()
        .select_only()
        .column(article::Column::Id)
        .filter(article::Column::Id.is_in(orders.iter().map(|order| order.article)))
        .filter(article::Column::Demo.eq(true));
    let found: Vec<Uuid> = articles.into_tuple().all(&app.db).await?;
    Ok(found.into_iter().collect())
}

async fn lines(app: &App, l: Locale, agency: Uuid) -> Result<Vec<Line>> {
    let settings: HashMap<Uuid, Setting> = Setting::of_agency(&app.db, agency).await?;
    let line = |section: Section| {
        let set = settings.get(&section.id);
        Line {
            name: section.label(l).to_owned(),
            id: section.id,
            mode: set.map(|one| one.mode).unwrap_or_default(),
            version: set.map_or(0, |one| one.version),
        }
    };
    Ok(Section::of_agency(&app.db, agency).await?.into_iter().map(line).collect())
}

/// `GET /desk/push/csv`
pub async fn csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Download> {
    if !rights::is_concerned(&who) {
        return Err(Error::Forbidden);
    }
    let (l, known) = (shell.l, Known::now(&app).await?);
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let states: Vec<Way> = Way::iter().collect();
    let head = [
        "push-column-title",
        "push-column-kind",
        "push-column-agency",
        "push-column-state",
        "push-column-due",
        "push-matched",
        "push-over",
    ];
    let head = head.iter().map(|key| l.t(key)).chain(states.iter().map(|state| l.t(&state.key())));
    writer.write_record(head)?;
    let orders = asked(&who, &ask).all(&app.db).await?;
    let ids: Vec<Uuid> = orders.iter().map(|one| one.id).collect();
    let (counted, none) = (Delivery::counts_of(&app.db, &ids).await?, Counts::default());
    for order in orders {
        let counts = counted.get(&order.id).unwrap_or(&none);
        let fixed = [
            harmless(&order.title),
            l.t(&order.kind.key()),
            harmless(known.get(&order.agency).map(|body| body.name.as_str()).unwrap_or_default()),
            l.t(&order.state.key()),
            time::minute(order.due_at),
            order.matched.to_string(),
            order.over_limit.to_string(),
        ];
        writer.write_record(fixed.into_iter().chain(states.iter().map(|state| counts.of(*state).to_string())))?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: format!("thong-bao-day-{}.csv", time::local_date(app.clock.now())), media_type: CSV, bytes })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Switch {
    mode: String,
    version: i32,
}

/// `POST /desk/push/sections/{section}`
pub async fn switch(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(section): Path<Uuid>,
    Form(given): Form<Switch>,
) -> Result<Response> {
    let agency = who.agency.ok_or(Error::Forbidden)?;
    let mode = Mode::iter().find(|mode| mode.to_value() == given.mode).ok_or_else(|| Error::bad("failure-bad-request"))?;
    match Setting::switch(&app, &who, (agency, section), mode, given.version).await {
        Ok(()) => Ok(Said::to("/desk/push", "push-was-switched").into_response()),
        Err(Error::Stale) => {
            let page = page(&app, &who, shell, Ask::default()).await?;
            Ok(Page(Board { stale: true, ..page }).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GivenRule {
    daily: String,
    from: String,
    until: String,
    version: i32,
}

/// `POST /desk/push/rule`: a refusal comes back with what was typed.
pub async fn set_rule(
    who: rights::RuleKeeper,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(given): Form<GivenRule>,
) -> Result<Response> {
    let typed = (given.daily.as_str(), given.from.as_str(), given.until.as_str());
    let (status, obstacles) = match Rule::set(&app, &who, typed, given.version).await {
        Ok(()) => return Ok(Said::to("/desk/push", "push-rule-was-set").into_response()),
        Err(error) => error.handed_back()?,
    };
    let page = page(&app, &who, shell, Ask::default()).await?;
    let (errors, stale) = (Mistakes::told(&obstacles, page.l), status == StatusCode::CONFLICT);
    Ok(Page(Board { errors, stale, typed: [given.daily, given.from, given.until], ..page }).status(status))
}

/// `POST /desk/push/restored/{act}`: `sending` or `drop` for all that a restore stopped.
pub async fn settle_restored(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(code): Path<String>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let why = fields.get("why").map(String::as_str).unwrap_or_default();
    let (dropped, said) = match code.as_str() {
        "sending" => (None, "push-restored-were-sent"),
        "drop" => (Some(why), "push-restored-were-dropped"),
        _ => return Err(Error::NotFound),
    };
    match resuming::settle_restored(&app, &who, dropped).await {
        Ok(count) => Ok(Said::to("/desk/push", said).with("count", count).into_response()),
        Err(Error::Refused(obstacles)) => {
            let refused = obstacles.iter().map(|one| one.text(shell.l)).collect::<Vec<_>>().join(" ");
            let page = page(&app, &who, shell, Ask::default()).await?;
            Ok(Page(Board { refused, ..page }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
