//! Who gets a newsletter, as a list to look through and to take away. Who does not keep it sees no whole address.

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::response::{IntoResponse, Response};
use letters::Address;
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;
use uuid::Uuid;

use crate::base::installation_key::InstallationKey;
use crate::base::{App, time};
use crate::channels::rights::{Verb, may};
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::subscriber::{Column, Entity, State, Subscriber, exporting};
use crate::newsletters::token;
use crate::web::download::{CSV, Download};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Path, Result, Shell, address};

const ROWS: u64 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    show: String,
    /// A whole address.
    q: String,
    page: Option<u64>,
}

/// A subscriber as a row.
pub struct Row {
    pub address: String,
    pub name: String,
    pub mark: &'static str,
    pub word: String,
    pub since: String,
    pub origin: String,
}

#[derive(Template)]
#[template(path = "newsletters/staff/subscribers.html")]
pub struct Subscribers {
    l: Locale,
    shell: Shell,
    newsletter: Newsletter,
    ask: Ask,
    rows: Vec<Row>,
    paging: Paging,
    keeps: bool,
}

impl Subscribers {
    fn here(&self) -> String {
        format!("{}/subscribers", Newsletter::path(self.newsletter.id))
    }

    fn shows(&self) -> Vec<(String, String)> {
        let all = [(String::new(), self.l.t("subscriber-show-all"))];
        let states =
            State::iter().filter(|state| *state != State::Erased).map(|state| (state.to_value(), self.l.t(&state.key())));
        all.into_iter().chain(states).collect()
    }

    fn href(&self, show: &str) -> String {
        format!("{}{}", self.here(), address::query(&[("show", show)]))
    }

    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        let pairs = [("show", self.ask.show.as_str()), ("q", &self.ask.q), ("page", &to.to_string())];
        format!("{}{}", self.here(), address::query(&pairs))
    }
}

/// `GET /desk/newsletters/{id}/subscribers`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Page<Subscribers>> {
    let newsletter = Newsletter::find_for(&app, &who, id).await?;
    let l = shell.l;
    let keeps = may(&who, Verb::Keep, newsletter.agency);
    let mut rows = Entity::find().filter(Column::Newsletter.eq(id)).filter(Column::State.ne(State::Erased));
    if let Some(state) = State::iter().find(|state| state.to_value() == ask.show) {
        rows = rows.filter(Column::State.eq(state));
    }
    if !ask.q.trim().is_empty() {
        // By the key of the mailbox: however it is written, and by an index.
        let key = Address::read(&ask.q)
            .ok()
            .map(|address| Ok::<_, anyhow::Error>(token::address_key(&InstallationKey::of(&app)?, &address)));
        rows = rows.filter(Column::AddressKey.eq(key.transpose()?.unwrap_or_default()));
    }
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let row = |one: Subscriber| Row {
        address: if keeps { one.address.clone() } else { one.veiled() },
        name: if keeps { one.name.clone() } else { String::new() },
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        since: time::minute(one.left_at.or(one.confirmed_at).unwrap_or(one.asked_at)),
        origin: l.t(&format!("subscriber-origin-{}", one.origin)),
    };
    let rows = rows.into_iter().map(row).collect();
    Ok(Page(Subscribers { l, shell, newsletter, ask, rows, paging, keeps }))
}

/// `GET /desk/newsletters/{id}/subscribers/export`
pub async fn export(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let (name, bytes) = exporting::table(&app, &who, shell.l, id).await?;
    Ok(Download { name, media_type: CSV, bytes }.into_response())
}
