//! Questions on the pages of earlier capabilities: the province's home, and an agency's page.

use askama::Template;
use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::list::{Entry, entries};
use crate::base::{App, Drawing, Panel, Place};
use crate::people::agency::brief::Known;
use crate::questions::question::{Column, valid};
use crate::questions::searched;
use crate::web::{Error, Locale, Result};

/// So many at most.
const ROWS: u64 = 3;

pub const PANEL: Panel = Panel { draw };

#[derive(Template)]
#[template(path = "questions/portal/panel.html")]
struct Few {
    l: Locale,
    entries: Vec<Entry>,
    ask_href: String,
}

fn draw(app: &App, l: Locale, place: Place) -> BoxFuture<'_, Result<Option<Drawing>>> {
    Box::pin(drawn(app, l, place))
}

/// Two statements, one where nothing was published.
async fn drawn(app: &App, l: Locale, place: Place) -> Result<Option<Drawing>> {
    let agency = match place {
        Place::Home => None,
        Place::Agency(agency) => Some(agency),
        Place::Leader { .. } | Place::Measure { .. } => return Ok(None),
    };
    let mut rows = valid();
    if let Some(agency) = agency {
        rows = rows.filter(Column::Holder.eq(agency));
    }
    let rows = rows.order_by_desc(Column::AnsweredAt).order_by_desc(Column::Id).limit(ROWS).all(&app.db).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let given = searched::given(&app.db, &rows).await?;
    let known = Known::now(app).await?;
    let slug = agency.and_then(|agency| known.get(&agency)).map(|body| body.slug.clone());
    let (more, ask_href) = match slug {
        Some(slug) => (format!("/hoi-dap/cau-hoi?agency={slug}"), format!("/hoi-dap/gui?co_quan={slug}")),
        None => ("/hoi-dap/cau-hoi".to_owned(), "/hoi-dap/gui".to_owned()),
    };
    let few = Few { l, entries: entries(&rows, &given, &known), ask_href };
    let html = few.render().map_err(|error| Error::Internal(error.into()))?;
    Ok(Some(Drawing { id: "questions", title: l.t("panel-questions"), html, more: (more, l.t("questions-all")) }))
}
