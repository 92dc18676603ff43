//! What platforms told the agency's accounts, and what was not believed.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, time};
use crate::channels::Account;
use crate::channels::inbound::{arrival, clearing, distrust};
use crate::channels::rights::{OVERSEERS, own_agency};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address};

const ROWS: u64 = 50;
const REFUSALS_SHOWN: u64 = 30;
const BODY_LETTERS_SHOWN: usize = 2_000;

/// A call as a row.
pub struct Row {
    pub event: String,
    pub channel: String,
    pub when: String,
    pub machine: String,
    pub times: i32,
    pub woke: i32,
    pub body: String,
}

/// So many that were refused for that reason on a day.
pub struct Refusal {
    pub reason: String,
    pub channel: String,
    pub times: i32,
    pub when: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
}

#[derive(Template)]
#[template(path = "channels/staff/arrivals.html")]
pub struct Arrivals {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    refusals: Vec<Refusal>,
    paging: Paging,
}

impl Arrivals {
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/channels/arrivals{}", address::query(&[("page", &to.to_string())]))
    }

    fn kept_days(&self) -> i64 {
        clearing::KEPT_D
    }
}

/// `GET /desk/channels/arrivals`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Arrivals>> {
    let l = shell.l;
    let own = if who.is_any(OVERSEERS) { None } else { Some(own_agency(&who)?) };
    let (mut came, mut refused) = (arrival::Entity::find(), distrust::Entity::find());
    if let Some(agency) = own {
        came = came.filter(arrival::Column::Agency.eq(agency));
        refused = refused.filter(distrust::Column::Agency.eq(agency));
    }
    let paging = Paging::new(ask.page, ROWS, came.clone().count(&app.db).await?);
    let came = came.order_by_desc(arrival::Column::At).order_by_desc(arrival::Column::Id).offset(paging.offset()).limit(ROWS);
    let refused = refused.order_by_desc(distrust::Column::LastAt).limit(REFUSALS_SHOWN).all(&app.db).await?;
    let accounts = Account::of(&app.db, own).await?;
    let name = |id: Uuid| accounts.iter().find(|account| account.id == id).map(Account::label).unwrap_or_default();
    let row = |one: arrival::Model| Row {
        channel: name(one.account),
        when: time::minute(one.at),
        machine: time::machine(one.at),
        times: one.times,
        woke: one.woke,
        body: one.body.chars().take(BODY_LETTERS_SHOWN).collect(),
        event: one.event,
    };
    let refusal = |one: distrust::Model| Refusal {
        reason: l.t(&format!("channel-distrust-{}", one.reason)),
        channel: name(one.account),
        times: one.times,
        when: time::minute(one.last_at),
    };
    let rows = came.all(&app.db).await?.into_iter().map(row).collect();
    Ok(Page(Arrivals { l, rows, refusals: refused.into_iter().map(refusal).collect(), paging, shell }))
}
