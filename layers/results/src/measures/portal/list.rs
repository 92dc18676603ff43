//! `/chi-so`: every public measure with what it came to this year.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Datelike;
use serde::Serialize;

use ::measures::Amount;

use crate::base::{App, time};
use crate::measures::measure::Measure;
use crate::measures::staff::list::{Line, line, rows};
use crate::measures::table::Table;
use crate::web::download::Download;
use crate::web::{Locale, Page, Result, Shell};

pub const JSON: &str = "application/json";

#[derive(Template)]
#[template(path = "measures/portal/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    /// With its public address, and what exactly counts.
    lines: Vec<(Line, String, String)>,
    year: i32,
    canonical: String,
    printed: String,
}

/// A measure in a year, for programs.
#[derive(Serialize)]
pub struct Entry {
    code: String,
    title: String,
    meaning: String,
    unit: String,
    year: i32,
    figure: Option<f64>,
    numerator: Option<f64>,
    denominator: Option<f64>,
    answered: String,
    /// Agencies of which there is no figure.
    gaps: u32,
    href: String,
}

/// `GET /chi-so`
pub async fn show(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let (l, now) = (shell.l, time::local_date(app.clock.now()));
    let measures = Measure::public(&app.db).await?;
    let rows = rows(&app, &measures, now.year()).await?;
    let one = |measure: &Measure| {
        let line = line(l, measure, rows.get(&measure.id).map(Vec::as_slice).unwrap_or_default(), (now.year(), now.month()));
        (line, measure.public_path(), measure.meaning.clone())
    };
    let nonce = shell.nonce.clone();
    let page = List {
        lines: measures.iter().map(one).collect(),
        year: now.year(),
        canonical: format!("{}/chi-so", app.config.public_url()),
        printed: time::day(now),
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

async fn entries(app: &App) -> Result<Vec<Entry>> {
    let year = time::local_date(app.clock.now()).year();
    let measures = Measure::public(&app.db).await?;
    let rows = rows(app, &measures, year).await?;
    let origin = app.config.public_url();
    let one = |measure: &Measure| {
        let definition = measure.definition();
        let row = rows.get(&measure.id).and_then(|rows| rows.iter().find(|row| row.year == year));
        let value = row.and_then(|row| row.year_of(&definition));
        let figure = value.filter(|value| value.standing.is_figure());
        Entry {
            code: measure.code.clone(),
            title: measure.title.clone(),
            meaning: measure.meaning.clone(),
            unit: definition.unit,
            year,
            figure: figure.and_then(|value| value.figure()).map(Amount::as_f64),
            numerator: figure.map(|value| value.numerator.as_f64()),
            denominator: figure.and_then(|value| value.denominator).map(Amount::as_f64),
            answered: value.map_or("not-counted", |value| value.standing.code()).to_owned(),
            gaps: figure.map(|value| value.gaps).unwrap_or_default(),
            href: format!("{origin}{}", measure.public_path()),
        }
    };
    Ok(measures.iter().map(one).collect())
}

async fn table(app: &App, l: Locale) -> Result<Table> {
    let heads = [
        "measure-code",
        "measure",
        "measure-year",
        "measure-value",
        "measure-field-unit",
        "measure-field-numerator",
        "measure-field-denominator",
        "measure-answered",
        "measure-gaps-head",
        "measure-address",
    ];
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let row = |one: Entry| {
        let (figure, numerator, denominator) = (number(one.figure), number(one.numerator), number(one.denominator));
        let (year, gaps) = (one.year.to_string(), one.gaps.to_string());
        [one.code, one.title, year, figure, one.unit, numerator, denominator, one.answered, gaps, one.href].into()
    };
    let rows = entries(app).await?.into_iter().map(row).collect();
    Ok(Table { heads: heads.map(|key| l.t(key)).into(), numbers: &[2, 3, 5, 6, 8], rows })
}

/// `GET /chi-so.csv`
pub async fn csv(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    Ok(table(&app, shell.l).await?.csv("chi-so.csv".into())?.kept(&headers))
}

/// `GET /chi-so.xlsx`
pub async fn xlsx(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    Ok(table(&app, shell.l).await?.xlsx("chi-so.xlsx".into(), &shell.l.t("measure"))?.kept(&headers))
}

/// `GET /chi-so.json`
pub async fn json(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let bytes = serde_json::to_vec(&entries(&app).await?)?;
    Ok(Download { name: "chi-so.json".into(), media_type: JSON, bytes }.kept(&headers))
}
