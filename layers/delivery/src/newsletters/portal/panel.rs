//! Newsletters on the pages of earlier capabilities: the province's home, and an agency's page.

use askama::Template;
use futures_util::future::BoxFuture;

use super::list::{Entry, entries};
use crate::base::{App, Drawing, Panel, Place};
use crate::newsletters::newsletter::Newsletter;
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Result};

/// So many at most.
const ROWS: usize = 3;

pub const PANEL: Panel = Panel { draw };

#[derive(Template)]
#[template(path = "newsletters/portal/panel.html")]
struct Few {
    entries: Vec<Entry>,
}

fn draw(app: &App, l: Locale, place: Place) -> BoxFuture<'_, Result<Option<Drawing>>> {
    Box::pin(drawn(app, l, place))
}

/// One statement.
async fn drawn(app: &App, l: Locale, place: Place) -> Result<Option<Drawing>> {
    let agency = match place {
        Place::Home => None,
        Place::Agency(agency) => Some(agency),
        Place::Leader { .. } | Place::Measure { .. } => return Ok(None),
    };
    let mut open = Newsletter::open(&app.db, agency).await?;
    open.truncate(ROWS);
    if open.is_empty() {
        return Ok(None);
    }
    let known = Known::now(app).await?;
    let more = agency
        .and_then(|agency| known.get(&agency))
        .map_or_else(|| "/ban-tin".into(), |body| format!("/ban-tin?agency={}", body.slug));
    let html = Few { entries: entries(l, &open, &known) }.render().map_err(|error| Error::Internal(error.into()))?;
    Ok(Some(Drawing { id: "newsletters", title: l.t("panel-newsletters"), html, more: (more, l.t("newsletters-all")) }))
}
