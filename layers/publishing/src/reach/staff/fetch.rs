//! One question and its answer, word for word: the end of every drill down. Beside it whether the day's readings are what the ledger
//! has sealed.

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{figure_name, number};
use crate::base::{App, time};
use crate::reach::fetch::{self, Fetch};
use crate::reach::reading::{self, Reading};
use crate::reach::subject::{self, Subject};
use crate::reach::{digest, settling, watch};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// Whether the day is sealed, and holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    NotYet,
    Holds,
    Differs,
}

/// A figure of the answer.
pub struct Row {
    pub name: String,
    pub metric: String,
    pub value: String,
    pub says: String,
}

#[derive(Template)]
#[template(path = "reach/staff/fetch.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    subject: Subject,
    fetch: Fetch,
    channel: String,
    rows: Vec<Row>,
    sealed: Sealed,
}

impl Shown {
    fn here(&self) -> String {
        subject::path(self.subject.id)
    }

    fn at(&self) -> String {
        time::minute(self.fetch.at)
    }

    fn outcome(&self) -> String {
        self.l.t1(&self.fetch.outcome.key(), "at", self.at())
    }

    fn sealed_key(&self) -> &'static str {
        match self.sealed {
            Sealed::NotYet => "reach-sealed-not-yet",
            Sealed::Holds => "reach-sealed-holds",
            Sealed::Differs => "reach-sealed-differs",
        }
    }

    fn sealed_mark(&self) -> &'static str {
        match self.sealed {
            Sealed::NotYet => "waiting",
            Sealed::Holds => "on-time",
            Sealed::Differs => "late",
        }
    }
}

/// `GET /desk/reach/fetches/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Shown>> {
    let l = shell.l;
    let fetch = fetch::Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
    let subject = Subject::find_for(&app, &who, fetch.subject).await?;
    let of = reading::Entity::find().filter(reading::Column::Fetch.eq(id)).order_by_asc(reading::Column::Id);
    let rows: Vec<Reading> = of.all(&app.db).await?;
    let watch = watch::Entity::find_by_id(fetch.watch).one(&app.db).await?;
    let sealed = match settling::of(&app.db, fetch.agency, fetch.day).await? {
        None => Sealed::NotYet,
        Some(day) if digest::of_day(&app.db, fetch.agency, fetch.day).await?.sha256 == day.sha256 => Sealed::Holds,
        Some(_) => Sealed::Differs,
    };
    let row = |one: &Reading| Row {
        name: figure_name(l, &one.figure),
        metric: format!("{} · {}", one.metric, one.definition),
        value: number(one.value),
        says: one.says.clone(),
    };
    let place = |watch: &watch::Watch| format!("{} · {}", watch::channel_name(l, &watch.channel), watch.place);
    let channel = watch.map(|watch| if watch.is_own() { l.t("reach-own") } else { place(&watch) });
    Ok(Page(Shown {
        channel: channel.unwrap_or_default(),
        rows: rows.iter().map(row).collect(),
        sealed,
        subject,
        fetch,
        l,
        shell,
    }))
}
