//! Written answers: of the agency, or of all for who oversees. Filters stand in the address.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, Iterable, PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::assistant::curated::{Column, Curated, Entity, State};
use crate::assistant::waiting;
use crate::base::{App, Who, containing, time};
use crate::people::agency::brief::Known;
use crate::registers::rights;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address};

const ROWS: u64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    state: String,
    /// Only what waits for somebody's word.
    waiting: String,
    q: String,
    page: Option<u64>,
}

/// An answer as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    pub days: String,
    pub waits: bool,
    /// A change of it was sent back.
    pub sent_back: bool,
}

/// A choice of a filter.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "assistant/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    rows: Vec<Row>,
    states: Vec<Choice>,
    paging: Paging,
    may_write: bool,
}

impl List {
    fn turn(&self, by: i64) -> String {
        let query = |page: u64| {
            let page = page.to_string();
            address::query(&[("state", &self.ask.state), ("waiting", &self.ask.waiting), ("q", &self.ask.q), ("page", &page)])
        };
        self.paging.turn(by).map(|to| format!("/desk/assistant/answers{}", query(to))).unwrap_or_default()
    }

    fn is_narrowed(&self) -> bool {
        [&self.ask.state, &self.ask.waiting, &self.ask.q].iter().any(|one| !one.trim().is_empty())
    }
}

fn wanted(who: &Who, ask: &Ask) -> Condition {
    let mut all = Condition::all();
    if !who.is_any(rights::OVERSEERS) {
        // Who works for no agency sees none.
        all = all.add(Column::Agency.eq(who.agency.unwrap_or_default()));
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

/// Between which days it holds.
#[must_use]
pub fn days(one: &Curated) -> String {
    let from = time::day(one.from_on);
    one.until_on.map_or_else(|| from.clone(), |until| format!("{from} – {}", time::day(until)))
}

/// `GET /desk/assistant/answers`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let rows = Entity::find().filter(wanted(&who, &ask));
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::ChangedAt).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let answers = rows.all(&app.db).await?;
    let known = Known::now(&app).await?;
    let row = |one: &Curated| Row {
        href: Curated::path(one.id),
        title: one.title.clone(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        mark: one.state.mark(),
        word: l.t(&one.word()),
        days: days(one),
        waits: one.state != State::Drafted && one.waits(),
        sent_back: one.state != State::Drafted && one.is_sent_back(),
    };
    let state = |one: State| Choice { value: one.to_value(), label: l.t(&one.key()), chosen: ask.state == one.to_value() };
    Ok(Page(List {
        rows: answers.iter().map(row).collect(),
        states: State::iter().map(state).collect(),
        paging,
        may_write: who.agency.is_some_and(|own| rights::writes(&who, own)),
        ask,
        l,
        shell,
    }))
}
