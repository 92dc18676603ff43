//! Messages of devices that were refused, each with the reason: unknown devices, clocks that were never set, repeated messages.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, PaginatorTrait, QueryOrder, QuerySelect, QueryTrait};
use serde::Deserialize;

use crate::base::{App, time};
use crate::loudspeakers::cluster;
use crate::loudspeakers::heard::{Column, Entity, Heard, Refusal, TAKEN};
use crate::loudspeakers::rights;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address};

const ROWS: u64 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    why: String,
    page: Option<u64>,
}

#[derive(Template)]
#[template(path = "loudspeakers/staff/refused.html")]
pub struct Refused {
    l: Locale,
    shell: Shell,
    why: String,
    rows: Vec<Heard>,
    paging: Paging,
}

impl Refused {
    fn reasons(&self) -> Vec<(&'static str, String)> {
        Refusal::iter().map(|one| (one.code(), self.word(one.code()))).collect()
    }

    fn word(&self, code: &str) -> String {
        self.l.t(&format!("loud-trouble-{code}"))
    }

    fn kind_of(&self, row: &Heard) -> String {
        self.l.t(&row.kind.key())
    }

    fn minute(&self, row: &Heard) -> String {
        time::minute(row.received_at)
    }

    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/loudspeakers/refused{}", address::query(&[("why", &self.why), ("page", &to.to_string())]))
    }
}

/// `GET /desk/loudspeakers/refused`: of unknown devices only who sees the whole province knows.
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Refused>> {
    let scope = rights::scope(&app, &who).await?;
    let mut rows = Entity::find().filter(Column::Verdict.ne(TAKEN));
    if let Some(agency) = scope {
        let own = cluster::Entity::find().select_only().column(cluster::Column::Id).filter(cluster::Column::Agency.eq(agency));
        rows = rows.filter(Column::Cluster.in_subquery(own.into_query()));
    }
    if let Some(refusal) = Refusal::from_code(&ask.why) {
        rows = rows.filter(Column::Verdict.eq(refusal.code()));
    }
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::ReceivedAt).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    Ok(Page(Refused { l: shell.l, shell, why: ask.why, rows: rows.all(&app.db).await?, paging }))
}
