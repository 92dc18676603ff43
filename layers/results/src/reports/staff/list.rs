//! Regimes with how their periods stand, and the documents that the person may see. Filters stand in the address.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::{Query, State as Shared};
use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, Iterable, PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, Role, Who, time};
use crate::duties::closing::{Closing, Standing};
use crate::duties::view;
use crate::people::agency::brief::Known;
use crate::reports::kind::Kind;
use crate::reports::report::{Column, Entity, Report, State};
use crate::reports::{regime, rights};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address};

const ROWS: u64 = 50;
/// Periods of a regime that are shown.
const PERIODS: usize = 3;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    state: String,
    kind: String,
    page: Option<u64>,
}

/// A period of a regime.
pub struct Period {
    pub href: String,
    pub name: String,
    pub due: String,
    pub left: String,
    pub done: i64,
    pub expected: i64,
    pub mark: &'static str,
}

/// A regime.
pub struct OfRegime {
    pub href: String,
    pub name: String,
    pub rule: String,
    pub plan: String,
    pub periods: Vec<Period>,
}

/// A document as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    pub when: String,
    pub number: String,
}

/// A choice of a filter.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "reports/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    regimes: Vec<OfRegime>,
    rows: Vec<Row>,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    paging: Paging,
    narrowed: bool,
    may_write: bool,
    keeps: bool,
}

impl List {
    fn turn(&self, by: i64) -> String {
        let query =
            |page: u64| address::query(&[("state", &self.ask.state), ("kind", &self.ask.kind), ("page", &page.to_string())]);
        self.paging.turn(by).map(|to| format!("/desk/reports{}", query(to))).unwrap_or_default()
    }
}

fn wanted(who: &Who, ask: &Ask) -> Condition {
    let mut all = Condition::all();
    if !who.is(Role::Auditor) {
        let issued = Column::State.is_in([State::Issued, State::Replaced]);
        let mut seen = Condition::any().add(Column::Agency.eq(who.agency.unwrap_or_default()));
        seen = if who.is_any(rights::OVERSEERS) {
            seen.add(issued)
        } else {
            seen.add(Condition::all().add(issued).add(Column::Public.eq(true)))
        };
        all = all.add(seen);
    }
    all = match State::iter().find(|state| state.to_value() == ask.state) {
        Some(state) => all.add(Column::State.eq(state)),
        None => all.add(Column::State.ne(State::Dropped)),
    };
    match Kind::of_code(&ask.kind) {
        Some(kind) => all.add(Column::Kind.eq(kind)),
        None => all,
    }
}

/// How a period stands: nothing of it is overdue once it is closed, or all are in.
fn period(l: Locale, one: &Standing, is_closed: bool, today: NaiveDate) -> Period {
    let is_complete = one.answered >= one.expected;
    let (mark, left) = match (is_closed, is_complete) {
        (true, _) => ("issued", l.t("report-period-closed")),
        (false, true) => ("on-time", l.t("report-period-complete")),
        (false, false) => {
            let mark = if one.is_ripe(today) { "late" } else { "open" };
            // A period that was opened late leaves time beyond its day.
            (mark, view::left(l, one.open_until.map_or(one.due_on, |until| until.max(one.due_on)), today))
        }
    };
    Period {
        href: format!("/desk/reports/regimes/{}?period={}", one.duty, one.period),
        name: view::period(l, &one.period),
        due: time::day(one.due_on),
        left,
        done: one.answered,
        expected: one.expected,
        mark,
    }
}

/// The regimes with their latest periods: whoever works for an agency sees them; how far others are, only who oversees.
async fn regimes(app: &App, l: Locale, who: &Who) -> Result<Vec<OfRegime>> {
    if !who.is_any(rights::OVERSEERS) && !who.is(Role::Reviewer) {
        return Ok(Vec::new());
    }
    let today = regime::today(app);
    let found = regime::all(app).await?;
    let mut plans: Vec<Uuid> = found.iter().map(|(_, plan)| plan.id).collect();
    plans.dedup();
    let mut periods: HashMap<Uuid, Vec<Standing>> = HashMap::new();
    for period in regime::periods(app, &plans, today).await? {
        periods.entry(period.duty).or_default().push(period);
    }
    let duties: Vec<Uuid> = found.iter().map(|(duty, _)| duty.id).collect();
    let closed: HashSet<(Uuid, String)> =
        Closing::of_duties(&app.db, &duties).await?.into_iter().map(|one| (one.duty, one.period)).collect();
    let is_closed = |one: &Standing| closed.contains(&(one.duty, one.period.clone()));
    let mut kept = regime::Regime::of_all(app, &found).await?;
    let mut all = Vec::new();
    for (duty, plan) in &found {
        let Some(kept) = kept.remove(&duty.id) else { continue };
        let own = periods.get(&duty.id).map(Vec::as_slice).unwrap_or_default();
        all.push(OfRegime {
            href: format!("/desk/reports/regimes/{}", duty.id),
            name: kept.name,
            rule: duty.rule().map(|rule| view::rule(l, &rule)).unwrap_or_default(),
            plan: plan.title(),
            periods: own.iter().take(PERIODS).map(|one| period(l, one, is_closed(one), today)).collect(),
        });
    }
    Ok(all)
}

/// `GET /desk/reports`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let rows = Entity::find().filter(wanted(&who, &ask));
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::ChangedAt).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let reports = rows.all(&app.db).await?;
    let known = Known::now(&app).await?;
    let row = |one: &Report| Row {
        href: Report::path(one.id),
        title: one.called(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        when: one.issued_on.map_or_else(|| time::minute(one.changed_at), time::day),
        number: one.number_shown(),
    };
    let state = |one: State| Choice { value: one.to_value(), label: l.t(&one.key()), chosen: ask.state == one.to_value() };
    let kind = |one: Kind| Choice { value: one.to_value(), label: l.t(&one.key()), chosen: ask.kind == one.to_value() };
    Ok(Page(List {
        regimes: regimes(&app, l, &who).await?,
        rows: reports.iter().map(row).collect(),
        states: State::iter().map(state).collect(),
        kinds: <Kind as Iterable>::iter().map(kind).collect(),
        paging,
        narrowed: !ask.state.is_empty() || !ask.kind.is_empty(),
        may_write: who.agency.is_some_and(|own| rights::writes(&who, own)),
        keeps: rights::keeps(&who),
        ask,
        l,
        shell,
    }))
}
