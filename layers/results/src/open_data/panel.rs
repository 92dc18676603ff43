//! What other systems say of a measure, on its page of the desk: beside what the platform has, and in no sum.

use askama::Template;
use futures_util::future::BoxFuture;

use super::intake::Import;
use super::outside::{self, OutsideValue};
use super::period;
use crate::base::{App, Drawing, Panel, Place, time};
use crate::measures::Measure;
use crate::measures::kept::PROVINCE;
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Result};

/// So many at most; an import's page has all of it.
const ROWS: usize = 60;

pub const PANEL: Panel = Panel { draw };

/// A value with ours in the same place.
struct Line {
    area: String,
    period: String,
    theirs: String,
    /// Empty where we have no figure.
    ours: String,
    differs: bool,
    source: String,
    taken_on: String,
    href: String,
}

#[derive(Template)]
#[template(path = "open_data/staff/panel.html")]
struct Beside {
    l: Locale,
    lines: Vec<Line>,
    more: usize,
}

fn draw(app: &App, l: Locale, place: Place) -> BoxFuture<'_, Result<Option<Drawing>>> {
    Box::pin(drawn(app, l, place))
}

/// One statement where nothing was brought in.
async fn drawn(app: &App, l: Locale, place: Place) -> Result<Option<Drawing>> {
    let Place::Measure { measure, year, agency } = place else { return Ok(None) };
    let mut values = outside::live(&app.db, Some(measure)).await?;
    let is_asked = |value: &OutsideValue| {
        let is_whose = agency.is_none_or(|agency| agency == value.agency);
        is_whose && period::read(&value.period).is_some_and(|(_, of)| of.year == year)
    };
    values.retain(|(value, _)| is_asked(value));
    if values.is_empty() {
        return Ok(None);
    }
    let measures = Measure::all(&app.db).await?;
    let Some(measure) = measures.iter().find(|one| one.id == measure) else { return Ok(None) };
    let ours = outside::ours(&app.db, &[measure], &[year]).await?;
    let known = Known::now(app).await?;
    values.sort_by_key(|(value, _)| (value.agency != PROVINCE, known.rank(value.agency), value.period.clone()));
    let more = values.len().saturating_sub(ROWS);
    let line = |(value, import): &(OutsideValue, Import)| {
        let own = ours.get(&(value.measure, value.agency, value.period.clone())).copied();
        Line {
            area: match value.of_agency() {
                None => l.t("measure-all"),
                Some(agency) => known.get(&agency).map(|body| body.label()).unwrap_or_default(),
            },
            period: value.period.clone(),
            theirs: value.amount().map(|amount| format!("{} {}", amount.shown(), value.unit)).unwrap_or_else(|| "–".into()),
            ours: own.map(|amount| amount.shown()).unwrap_or_default(),
            differs: own != value.amount(),
            source: import.source.clone(),
            taken_on: time::day(import.taken_on),
            href: Import::desk_path(import.id),
        }
    };
    let lines = values.iter().take(ROWS).map(line).collect();
    let html = Beside { l, lines, more }.render().map_err(|error| Error::Internal(error.into()))?;
    let more = ("/desk/open-data".to_owned(), l.t("open-data-beside-more"));
    Ok(Some(Drawing { id: "outside", title: l.t("open-data-beside"), html, more }))
}
