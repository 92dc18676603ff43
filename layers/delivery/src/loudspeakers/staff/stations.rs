//! The stations, with how their clusters stand now.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use crate::base::App;
use crate::loudspeakers::cluster::{Cluster, Standing};
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::station::Station;
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell};

/// A station as a row.
pub struct Row {
    pub href: String,
    pub name: String,
    pub agency: String,
    pub hamlets: usize,
    pub total: usize,
    pub marks: Vec<(&'static str, String)>,
    pub demo: bool,
}

#[derive(Template)]
#[template(path = "loudspeakers/staff/stations.html")]
pub struct Stations {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    keeps: bool,
    oversees: bool,
}

/// `GET /desk/loudspeakers/stations`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<Stations>> {
    let l = shell.l;
    let scope = rights::scope(&app, &who).await?;
    let stations = Station::of(&app.db, scope).await?;
    let ids: Vec<Uuid> = stations.iter().map(|one| one.id).collect();
    let now = app.clock.now();
    let mut standing: HashMap<Uuid, Vec<Standing>> = HashMap::new();
    for one in Cluster::of(&app.db, &ids).await? {
        standing.entry(one.station).or_default().push(one.standing(now));
    }
    let known = Known::now(&app).await?;
    let row = |one: &Station| {
        let all = standing.get(&one.id).map(Vec::as_slice).unwrap_or_default();
        Row {
            href: Station::path(one.id),
            name: one.name.clone(),
            agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
            hamlets: one.hamlets().len(),
            total: all.len(),
            marks: marks(l, all),
            demo: one.demo,
        }
    };
    Ok(Page(Stations {
        rows: stations.iter().map(row).collect(),
        keeps: who.agency.is_some_and(|agency| rights::may(&who, Verb::Keep, agency)),
        oversees: scope.is_none(),
        l,
        shell,
    }))
}

/// How many stand how, the worst first.
#[must_use]
pub fn marks(l: Locale, all: &[Standing]) -> Vec<(&'static str, String)> {
    let of = <Standing as sea_orm::Iterable>::iter().map(|one| (one, all.iter().filter(|other| **other == one).count()));
    of.filter(|(_, count)| *count > 0).map(|(one, count)| (one.mark(), format!("{}: {count}", l.t(&one.key())))).collect()
}
