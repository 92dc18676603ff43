//! The newest publications on the province's home.

use askama::Template;
use futures_util::future::BoxFuture;

use super::list::{Entry, entries};
use crate::base::{App, Drawing, Panel, Place};
use crate::criteria::publication::Publication;
use crate::web::{Error, Locale, Result};

/// So many at most.
const ROWS: usize = 2;

pub const PANEL: Panel = Panel { draw };

#[derive(Template)]
#[template(path = "criteria/portal/panel.html")]
struct Few {
    entries: Vec<Entry>,
}

fn draw(app: &App, l: Locale, place: Place) -> BoxFuture<'_, Result<Option<Drawing>>> {
    Box::pin(drawn(app, l, place))
}

/// Two statements, none on an agency's page.
async fn drawn(app: &App, l: Locale, place: Place) -> Result<Option<Drawing>> {
    if place != Place::Home {
        return Ok(None);
    }
    let publications = Publication::newest(&app.db, None, ROWS).await?;
    if publications.is_empty() {
        return Ok(None);
    }
    let html = Few { entries: entries(l, &publications)? }.render().map_err(|error| Error::Internal(error.into()))?;
    let more = ("/bo-tieu-chi".into(), l.t("criteria-public-all"));
    Ok(Some(Drawing { id: "criteria", title: l.t("criteria-public-title"), html, more }))
}
