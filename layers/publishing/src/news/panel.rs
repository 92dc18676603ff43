//! The latest articles on the pages of earlier capabilities: the province's home, and an agency's page.

use std::collections::HashMap;

use askama::Template;
use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect};

use super::article::{Column, Language};
use super::listing::{self, Line};
use super::portal::list::{Entry, entry, lead_pictures};
use super::section::Section;
use crate::base::{App, Drawing, Panel, Place, time};
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Result};

/// So many at most: a row of them.
const ROWS: u64 = 3;

pub const PANEL: Panel = Panel { draw };

#[derive(Template)]
#[template(path = "news/portal/panel.html")]
struct Latest {
    l: Locale,
    entries: Vec<Entry>,
    /// An agency's page need not say whose they are.
    names_agency: bool,
}

fn draw(app: &App, l: Locale, place: Place) -> BoxFuture<'_, Result<Option<Drawing>>> {
    Box::pin(latest(app, l, place))
}

/// The newest of the place: two statements, and two more where they have pictures.
async fn latest(app: &App, l: Locale, place: Place) -> Result<Option<Drawing>> {
    let within = match place {
        Place::Home => Condition::all(),
        Place::Agency(agency) => listing::shown_by(agency),
        Place::Leader { .. } | Place::Measure { .. } => return Ok(None),
    };
    let listed = listing::listed(time::local_date(app.clock.now())).filter(within);
    let listed = listed.filter(Column::Language.eq(Language::from(l.0))).limit(ROWS);
    let lines = listed.into_partial_model::<Line>().all(&app.db).await?;
    if lines.is_empty() {
        return Ok(None);
    }
    let sections = Section::all(&app.db).await?;
    let by_id: HashMap<Uuid, &Section> = sections.iter().map(|one| (one.id, one)).collect();
    let known = Known::now(app).await?;
    let pictures = lead_pictures(app, &lines).await?;
    let entries = lines.iter().map(|line| entry(l, line, &by_id, &known, &pictures)).collect();
    let (names_agency, more) = match place {
        Place::Agency(agency) => {
            (false, known.get(&agency).map(|body| format!("{}/tin-tuc", body.public_path())).unwrap_or_default())
        }
        _ => (true, "/tin-tuc".to_owned()),
    };
    let html = Latest { l, entries, names_agency }.render().map_err(|error| Error::Internal(error.into()))?;
    Ok(Some(Drawing { id: "news", title: l.t("panel-news"), html, more: (more, l.t("panel-news-more")) }))
}
