//! The readings of an article, the newest first: what each value on its page was read from.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use super::{figure_name, number};
use crate::base::{App, time};
use crate::reach::reading::{Column, Entity, Reading};
use crate::reach::subject::{self, Subject};
use crate::reach::watch::channel_name;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Path, Result, Shell, address};

const ROWS: u64 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    watch: String,
    place: String,
    figure: String,
    page: Option<u64>,
}

/// A reading as a row.
pub struct Row {
    pub at: String,
    pub channel: String,
    pub name: String,
    pub metric: String,
    pub value: String,
    pub says: String,
    pub is_missing: bool,
    pub is_lower: bool,
    pub is_redefined: bool,
    pub href: String,
}

#[derive(Template)]
#[template(path = "reach/staff/readings.html")]
pub struct Readings {
    l: Locale,
    shell: Shell,
    subject: Subject,
    ask: Ask,
    rows: Vec<Row>,
    paging: Paging,
}

impl Readings {
    fn here(&self) -> String {
        subject::path(self.subject.id)
    }

    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        let to = to.to_string();
        let pairs = [("watch", self.ask.watch.as_str()), ("place", &self.ask.place), ("figure", &self.ask.figure), ("page", &to)];
        format!("{}/readings{}", self.here(), address::query(&pairs))
    }
}

/// `GET /desk/reach/items/{id}/readings`: narrowed to a copy and a figure where the address says so.
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Page<Readings>> {
    let l = shell.l;
    let subject = Subject::find_for(&app, &who, id).await?;
    let mut of = Entity::find().filter(Column::Subject.eq(id));
    if let Ok(watch) = ask.watch.parse::<Uuid>() {
        of = of.filter(Column::Watch.eq(watch)).filter(Column::Place.eq(&ask.place));
    }
    if !ask.figure.is_empty() {
        of = of.filter(Column::Figure.eq(&ask.figure));
    }
    let paging = Paging::new(ask.page, ROWS, of.clone().count(&app.db).await?);
    let of = of.order_by_desc(Column::At).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let row = |one: &Reading| Row {
        at: time::minute(one.at),
        channel: format!("{} · {}", channel_name(l, &one.channel), one.place),
        name: figure_name(l, &one.figure),
        metric: format!("{} · {}", one.metric, one.definition),
        value: number(one.value),
        says: one.says.clone(),
        is_missing: one.value.is_none(),
        is_lower: one.is_lower,
        is_redefined: one.is_redefined,
        href: format!("/desk/reach/fetches/{}", one.fetch),
    };
    let rows = of.all(&app.db).await?.iter().map(row).collect();
    Ok(Page(Readings { subject, ask, rows, paging, l, shell }))
}
