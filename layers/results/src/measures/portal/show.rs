//! `/chi-so/{code}`: one measure with its years, its agencies and how it is counted; `.csv` and `.json` behind the address are its data.

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Datelike;
use serde::Deserialize;

use ::measures::Definition;

use super::list::JSON;
use crate::base::{App, time};
use crate::measures::heading::Heading;
use crate::measures::kept::{self, Row};
use crate::measures::measure::Measure;
use crate::measures::picture::{self, Place};
use crate::measures::staff::list::{Line, line, rows};
use crate::measures::staff::show::parts;
use crate::measures::table;
use crate::measures::words::{self, Names};
use crate::people::agency::brief::Known;
use crate::web::download::Download;
use crate::web::{Error, Locale, Markup, Page, Path, Result, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    nam: Option<i32>,
}

/// A year, or an agency, with its value.
pub struct Figure {
    pub name: String,
    pub href: String,
    pub value: String,
    /// What is counted, one by one.
    pub records: String,
    pub is_figure: bool,
    pub parts: String,
    /// Agencies of which there is no figure.
    pub gaps: u32,
    pub is_frozen: bool,
    pub restated: String,
    /// By which version of the definition, where it is not the newest.
    pub counted_by: String,
}

#[derive(Template)]
#[template(path = "measures/portal/show.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    measure: Measure,
    line: Line,
    /// What its figure counts.
    records: String,
    /// Month by month; None while there is no figure.
    picture: Option<Markup>,
    year: i32,
    years: Vec<Figure>,
    agencies: Vec<Figure>,
    /// Agencies of which there is no figure, with the reason as their value.
    silent: Vec<Figure>,
    settings: Vec<(String, String)>,
    canonical: String,
    printed: String,
}

fn figure(l: Locale, measure: &Measure, definition: &Definition, row: &Row, (name, href): (String, String)) -> Figure {
    let (value, unit) = (row.year_of(definition), definition.unit.as_str());
    let last = row.months().last().map(|(month, _)| month).unwrap_or_default();
    let of = row.of_agency().map(|agency| format!("&agency={agency}")).unwrap_or_default();
    Figure {
        name,
        href,
        records: format!("{}/ho-so?part=0&year={}{of}", measure.public_path(), row.year),
        is_figure: value.as_ref().is_some_and(|value| value.figure().is_some()),
        value: words::value(l, value.as_ref(), unit),
        parts: value.as_ref().map(parts).unwrap_or_default(),
        gaps: value.filter(|value| value.figure().is_some()).map(|value| value.gaps).unwrap_or_default(),
        is_frozen: last > 0 && last <= row.through(),
        restated: row.restated(last).map(|now| words::value(l, Some(&now), unit)).unwrap_or_default(),
        counted_by: words::counted_by(l, row.version_of_year(definition), measure.version),
    }
}

/// `GET /chi-so/{code}`
pub async fn show(
    shell: Shell,
    Shared(app): Shared<App>,
    Path(name): Path<String>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let (l, now) = (shell.l, time::local_date(app.clock.now()));
    let (code, kind) = name.split_once('.').unwrap_or((name.as_str(), ""));
    let measure = Measure::of_code(&app.db, code).await?;
    if !measure.is_public() {
        return Err(Error::NotFound);
    }
    let year = ask.nam.filter(|year| (2000..=2100).contains(year)).unwrap_or_else(|| now.year());
    match kind {
        "" => {}
        "csv" => return Ok(table::csv(&app, l, &measure, &[year]).await?.kept(&headers)),
        "xlsx" => return Ok(table::xlsx(&app, l, &measure, &[year]).await?.kept(&headers)),
        "json" => {
            let bytes = serde_json::to_vec(&table::lines(&app, &measure, &[year]).await?)?;
            return Ok(Download { name: format!("{code}-{year}.json"), media_type: JSON, bytes }.kept(&headers));
        }
        _ => return Err(Error::NotFound),
    }
    let nonce = shell.nonce.clone();
    let page = page(&app, shell, measure, year).await?;
    Page(page).public(&headers, &nonce)
}

async fn page(app: &App, shell: Shell, measure: Measure, year: i32) -> Result<Shown> {
    let (l, now) = (shell.l, time::local_date(app.clock.now()));
    let definition = measure.definition();
    let known = Known::now(app).await?;
    let mut of = rows(app, std::slice::from_ref(&measure), now.year()).await?;
    let province = of.remove(&measure.id).unwrap_or_default();
    let mut bodies = kept::of(&app.db, &[measure.id], &[year], None).await?;
    bodies.retain(|row| row.of_agency().is_some() && row.months().last().is_some());
    bodies.sort_by_key(|row| known.rank(row.agency));
    let of_year = |row: &Row| {
        let href = format!("{}?nam={}", measure.public_path(), row.year);
        figure(l, &measure, &definition, row, (row.year.to_string(), href))
    };
    let of_agency = |row: &Row| {
        let body = known.get(&row.agency);
        let name = body.map(|body| body.label()).unwrap_or_default();
        figure(l, &measure, &definition, row, (name, body.map(|body| body.public_path()).unwrap_or_default()))
    };
    let names = Names::of_definition(app, &definition).await?;
    let settings = words::settings(l, &names, &definition);
    let (agencies, silent): (Vec<Figure>, Vec<Figure>) = bodies.iter().map(of_agency).partition(|figure| figure.is_figure);
    let here = format!("{}?nam={year}", measure.public_path());
    let place = Place {
        here,
        data_href: format!("{}.csv?nam={year}", measure.public_path()),
        records: format!("{}/ho-so?part=0", measure.public_path()),
        is_lively: false,
    };
    let heading = Heading::of(&definition, &province, (now.year(), now.month()));
    Ok(Shown {
        picture: picture::drawn(l, &measure, &province, &heading, place)?,
        // The figure above is that of this year, whatever year the agencies are shown of.
        records: format!("{}/ho-so?part=0&year={}", measure.public_path(), now.year()),
        line: line(l, &measure, &province, (now.year(), now.month())),
        years: province.iter().map(of_year).collect(),
        agencies,
        silent,
        settings: settings.into_iter().map(|(name, value)| (l.t(&format!("measure-field-{name}")), value)).collect(),
        canonical: format!("{}{}", app.config.public_url(), measure.public_path()),
        printed: time::day(now),
        year,
        measure,
        l,
        shell,
    })
}
