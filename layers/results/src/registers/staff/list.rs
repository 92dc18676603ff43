//! The registers of the agency, or of all for who oversees. Filters stand in the address; the filter of the page is that of the file.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, Iterable, PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, Who, containing, time};
use crate::people::agency::brief::Known;
use crate::registers::evidence::Evidence;
use crate::registers::kind::{self, Kind};
use crate::registers::record::{Column, Entity, Record, State};
use crate::registers::{rights, table, waiting};
use crate::web::download::{CSV, Download, XLSX};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell, address};

const ROWS: u64 = 50;
/// Of one file.
const EXPORTED_MAX: u64 = 20_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    register: String,
    agency: String,
    state: String,
    /// Only what waits for somebody's word.
    waiting: String,
    q: String,
    page: Option<u64>,
}

/// A record as a row.
pub struct Row {
    /// The record with the version that is shown: what is ticked is confirmed as it was seen.
    pub pick: String,
    pub href: String,
    pub code: String,
    pub title: String,
    pub register: String,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    pub when: String,
    /// A change waits, or it is a draft.
    pub waits: bool,
    /// The person may confirm it.
    pub may_confirm: bool,
    pub demo: bool,
}

/// A choice of a filter.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "registers/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    rows: Vec<Row>,
    registers: Vec<Choice>,
    states: Vec<Choice>,
    agencies: Vec<Choice>,
    paging: Paging,
    narrowed: bool,
    may_write: bool,
}

impl List {
    fn query(&self, page: &str) -> String {
        let ask = &self.ask;
        address::query(&[
            ("register", &ask.register),
            ("agency", &ask.agency),
            ("state", &ask.state),
            ("waiting", &ask.waiting),
            ("q", &ask.q),
            ("page", page),
        ])
    }

    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| format!("/desk/registers{}", self.query(&to.to_string()))).unwrap_or_default()
    }

    fn export(&self, format: &str) -> String {
        format!("/desk/registers/export/{format}{}", self.query(""))
    }

    fn may_confirm_some(&self) -> bool {
        self.rows.iter().any(|row| row.may_confirm)
    }
}

fn wanted(who: &Who, ask: &Ask) -> Condition {
    let mut all = Condition::all();
    if !who.is_any(rights::OVERSEERS) {
        // Who works for no agency sees none.
        all = all.add(Column::Agency.eq(who.agency.unwrap_or_default()));
    }
    if let Some(kind) = kind::of(&ask.register) {
        all = all.add(Column::Register.eq(kind.code.as_str()));
    }
    if let Ok(agency) = ask.agency.parse::<Uuid>() {
        all = all.add(Column::Agency.eq(agency));
    }
    all = match State::iter().find(|state| state.to_value() == ask.state) {
        Some(state) => all.add(Column::State.eq(state)),
        None => all.add(Column::State.ne(State::Withdrawn)),
    };
    if !ask.waiting.is_empty() {
        all = all.add(waiting::waits());
    }
    let words = vietnamese::fold(ask.q.trim());
    if words.is_empty() { all } else { all.add(Column::Words.like(containing(&words))) }
}

/// Between which days it stands.
#[must_use]
pub fn days(record: &Record) -> String {
    let from = time::day(record.from_on);
    record.until_on.map_or_else(|| from.clone(), |until| format!("{from} – {}", time::day(until)))
}

/// `GET /desk/registers`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let rows = Entity::find().filter(wanted(&who, &ask));
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::FromOn).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let records = rows.all(&app.db).await?;
    let known = Known::now(&app).await?;
    let body = |id: &Uuid| known.get(id).map(|body| body.label()).unwrap_or_default();
    let row = |one: &Record| Row {
        pick: format!("{}:{}", one.id, one.version),
        href: Record::path(one.id),
        code: one.code.clone(),
        title: one.title.clone(),
        register: kind::name(l, &one.register),
        agency: body(&one.agency),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        when: days(one),
        waits: one.state == State::Confirmed && one.waits(),
        may_confirm: one.waits() && rights::decides(&who, one.agency) && !one.writers().contains(&who.person),
        demo: one.demo,
    };
    let owners: Vec<Uuid> = if who.is_any(rights::OVERSEERS) {
        Entity::find().select_only().column(Column::Agency).distinct().into_tuple().all(&app.db).await?
    } else {
        Vec::new()
    };
    let register = |one: &Kind| Choice { value: one.code.clone(), label: l.t(&one.key()), chosen: ask.register == one.code };
    let state = |one: State| Choice { value: one.to_value(), label: l.t(&one.key()), chosen: ask.state == one.to_value() };
    let agency = |id: &Uuid| Choice { value: id.to_string(), label: body(id), chosen: ask.agency == id.to_string() };
    let mut agencies: Vec<Choice> = owners.iter().map(agency).collect();
    agencies.sort_by(|one, other| vietnamese::order::compare_natural(&one.label, &other.label));
    let asked = [&ask.register, &ask.agency, &ask.state, &ask.waiting, &ask.q];
    Ok(Page(List {
        rows: records.iter().map(row).collect(),
        registers: kind::all().iter().map(register).collect(),
        states: State::iter().map(state).collect(),
        agencies,
        paging,
        narrowed: asked.iter().any(|one| !one.trim().is_empty()),
        may_write: who.agency.is_some_and(|own| rights::writes(&who, own)),
        ask,
        l,
        shell,
    }))
}

/// `GET /desk/registers/export/{format}`: one register, as the filter has it.
pub async fn export(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(format): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Download> {
    let kind = kind::of(&ask.register).ok_or_else(|| Error::bad("register-export-one"))?;
    let rows = Entity::find().filter(wanted(&who, &ask)).order_by_asc(Column::Code).order_by_asc(Column::Id).limit(EXPORTED_MAX);
    let records = rows.all(&app.db).await?;
    let ids: Vec<Uuid> = records.iter().map(|record| record.id).collect();
    let evidence = Evidence::of_all(&app.db, &ids).await?;
    let addresses = |id: &Uuid| -> String {
        let pieces = evidence.get(id).into_iter().flatten().map(|piece| piece.address.as_str());
        pieces.filter(|address| !address.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let out: Vec<table::Out<'_>> = records.iter().map(|record| table::Out { record, evidence: addresses(&record.id) }).collect();
    let known = Known::now(&app).await?;
    let (media_type, bytes) = match format.as_str() {
        "csv" => (CSV, table::csv(shell.l, kind, &known, &out)?),
        "xlsx" => (XLSX, table::xlsx(shell.l, kind, &known, &out)?),
        _ => return Err(Error::NotFound),
    };
    let day = time::local_date(app.clock.now());
    Ok(Download { name: format!("{}-{day}.{format}", kind.code), media_type, bytes })
}
