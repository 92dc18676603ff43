//! Campaigns that run, on the province's home and on the page of the agency that leads them.

use askama::Template;
use futures_util::future::BoxFuture;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::list::{Entry, entries};
use crate::base::{App, Drawing, Panel, Place};
use crate::campaigns::campaign::{Column, State};
use crate::campaigns::showing;
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Result};

/// So many at most.
const ROWS: u64 = 3;

pub const PANEL: Panel = Panel { draw };

#[derive(Template)]
#[template(path = "campaigns/portal/panel.html")]
struct Few {
    entries: Vec<Entry>,
}

fn draw(app: &App, l: Locale, place: Place) -> BoxFuture<'_, Result<Option<Drawing>>> {
    Box::pin(drawn(app, l, place))
}

/// One statement.
async fn drawn(app: &App, l: Locale, place: Place) -> Result<Option<Drawing>> {
    let mut running = showing::shown().filter(Column::State.eq(State::Running));
    match place {
        Place::Home => {}
        Place::Agency(agency) => running = running.filter(Column::Agency.eq(agency)),
        Place::Leader { .. } | Place::Measure { .. } => return Ok(None),
    }
    let campaigns = running.limit(ROWS).all(&app.db).await?;
    if campaigns.is_empty() {
        return Ok(None);
    }
    let known = Known::now(app).await?;
    let html = Few { entries: entries(l, &campaigns, &known) }.render().map_err(|error| Error::Internal(error.into()))?;
    let more = ("/chien-dich".into(), l.t("campaigns-public-all"));
    Ok(Some(Drawing { id: "campaigns", title: l.t("campaigns-public-title"), html, more }))
}
