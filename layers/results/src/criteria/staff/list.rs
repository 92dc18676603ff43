//! The sets of the province, as far as the person may see them, and the sheets of their own agency first.

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use crate::base::{App, Who, time};
use crate::criteria::rights;
use crate::criteria::set::CriteriaSet;
use crate::criteria::sheet::{self, Sheet};
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell};

/// A set, or a sheet of it, as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub class: String,
    pub mark: &'static str,
    pub word: String,
    pub until: String,
    pub demo: bool,
}

#[derive(Template)]
#[template(path = "criteria/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    own: Vec<Row>,
    rows: Vec<Row>,
    may_write: bool,
}

fn row(l: Locale, set: &CriteriaSet, href: String) -> Row {
    let until = set.score_until.filter(|_| set.state == crate::criteria::set::State::Scoring);
    Row {
        href,
        title: set.title.clone(),
        class: format!("{} · {}", set.year, set.class_name(l.0)),
        mark: set.state.mark(),
        word: l.t(&set.state.key()),
        until: until.map(|day| l.t1("criteria-until", "day", time::day(day))).unwrap_or_default(),
        demo: set.demo,
    }
}

/// The sheets of the person's agency.
async fn own(app: &App, who: &Who) -> Result<Vec<Sheet>> {
    let Some(agency) = who.agency else { return Ok(Vec::new()) };
    Ok(sheet::Entity::find().filter(sheet::Column::Agency.eq(agency)).all(&app.db).await?)
}

/// `GET /desk/criteria`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<List>> {
    let l = shell.l;
    let mut sets = CriteriaSet::all(&app.db).await?;
    sets.retain(|set| rights::sees(&who, set));
    let sheets = own(&app, &who).await?;
    let of = |set: &CriteriaSet| sheets.iter().find(|sheet| sheet.criteria_set == set.id);
    let mine = sets.iter().filter_map(|set| of(set).map(|sheet| row(l, set, Sheet::path(sheet.id))));
    Ok(Page(List {
        own: mine.collect(),
        rows: sets.iter().map(|set| row(l, set, CriteriaSet::path(set.id))).collect(),
        may_write: rights::keeps(&who),
        l,
        shell,
    }))
}
