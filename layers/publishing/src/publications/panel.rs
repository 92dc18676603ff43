//! The latest publications of an agency on its public page.

use askama::Template;
use futures_util::future::BoxFuture;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::portal::list::{Entry, entries, out};
use super::publication::Column;
use crate::base::{App, Drawing, Panel, Place};
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Result};

/// So many at most.
const ROWS: u64 = 3;

pub const PANEL: Panel = Panel { draw };

#[derive(Template)]
#[template(path = "publications/portal/panel.html")]
struct Latest {
    l: Locale,
    entries: Vec<Entry>,
}

fn draw(app: &App, l: Locale, place: Place) -> BoxFuture<'_, Result<Option<Drawing>>> {
    Box::pin(latest(app, l, place))
}

/// The newest of an agency: one statement, and one more where they have covers. The province's home has its own list.
async fn latest(app: &App, l: Locale, place: Place) -> Result<Option<Drawing>> {
    let Place::Agency(agency) = place else { return Ok(None) };
    let rows = out(l).filter(Column::Agency.eq(agency)).limit(ROWS).all(&app.db).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let known = Known::now(app).await?;
    let more = known.get(&agency).map(|body| format!("/an-pham?agency={}", body.slug)).unwrap_or_default();
    let entries = entries(app, l, &rows, &known).await?;
    let html = Latest { l, entries }.render().map_err(|error| Error::Internal(error.into()))?;
    Ok(Some(Drawing { id: "publications", title: l.t("publications-title"), html, more: (more, l.t("panel-publications-more")) }))
}
