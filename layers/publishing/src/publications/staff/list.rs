//! The desk's publications: those of the person's agency, or of all for who oversees.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, containing, time};
use crate::news::rights::{OVERSEERS, Verb, may};
use crate::people::agency::brief::Known;
use crate::publications::publication::{Column, Entity, Publication};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell, address};

const ROWS: u64 = 50;
/// The most words that are looked for.
const WORDS_MAX: usize = 12;

/// What the address asks to see.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    q: String,
    page: Option<u64>,
}

/// A publication as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    pub edition: i32,
    pub when: String,
    pub demo: bool,
}

#[derive(Template)]
#[template(path = "publications/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    rows: Vec<Row>,
    paging: Paging,
    may_write: bool,
    site_lacks: usize,
}

impl List {
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/publications{}", address::query(&[("q", &self.ask.q), ("page", &to.to_string())]))
    }

    fn narrowed(&self) -> bool {
        !self.ask.q.trim().is_empty()
    }
}

/// `GET /desk/publications`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let mut rows = Entity::find();
    if !who.is_any(OVERSEERS) {
        rows = rows.filter(Column::Agency.eq(who.agency.ok_or(Error::Forbidden)?));
    }
    for word in vietnamese::fold(&ask.q).split_whitespace().take(WORDS_MAX) {
        rows = rows.filter(Column::Words.like(containing(word)));
    }
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::ChangedAt).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let rows = rows.all(&app.db).await?;
    let known = Known::now(&app).await?;
    let row = |one: &Publication| Row {
        href: Publication::desk_path(one.id),
        title: one.title.clone(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        edition: one.edition,
        when: time::minute(one.changed_at),
        demo: one.demo,
    };
    Ok(Page(List {
        rows: rows.iter().map(row).collect(),
        paging,
        may_write: who.agency.is_some_and(|own| may(&who, Verb::Write, own)),
        site_lacks: app.site().missing().len(),
        ask,
        l,
        shell,
    }))
}
