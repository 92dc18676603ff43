//! `/nhiem-vu-khcn/{id}`: a task, and where it was publicised.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::entity::prelude::*;

use crate::base::{App, time};
use crate::people::agency::brief::Known;
use crate::registers::evidence::{self, Evidence, Standing};
use crate::registers::kind::ST_TASK;
use crate::registers::record::{Column, Record};
use crate::registers::staff::list::days;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// Where it was publicised.
pub struct Place {
    pub name: String,
    pub href: String,
    pub on: String,
    pub machine: String,
}

#[derive(Template)]
#[template(path = "registers/portal/show.html")]
pub struct Show {
    l: Locale,
    shell: Shell,
    task: Record,
    days: String,
    agency: String,
    agency_href: String,
    places: Vec<Place>,
    canonical: String,
}

/// `GET /nhiem-vu-khcn/{id}`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let task = evidence::shown(ST_TASK).filter(Column::Id.eq(id)).one(&app.db).await?.ok_or(Error::NotFound)?;
    let found = Evidence::of(&app.db, id).await?;
    let (standing, articles) = evidence::standing(&app, &found).await?;
    let is_open = |one: &&Evidence| {
        one.kind != evidence::Kind::Asset && standing.get(&one.id).is_some_and(|standing| *standing != Standing::Dead)
    };
    let place = |one: &Evidence| Place {
        name: one.name.clone(),
        href: one.href(&articles),
        on: time::day(one.on_day),
        machine: one.on_day.to_string(),
    };
    let known = Known::now(&app).await?;
    let body = known.get(&task.agency);
    let nonce = shell.nonce.clone();
    let page = Show {
        days: days(&task),
        agency: body.map(|body| body.name.clone()).unwrap_or_default(),
        agency_href: body.map(|body| body.public_path()).unwrap_or_default(),
        places: found.iter().filter(is_open).map(place).collect(),
        canonical: format!("{}{}", app.config.public_url(), Record::public_path(id)),
        task,
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}
