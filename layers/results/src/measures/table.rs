//! Values as tables to take away: a line for each month of each agency and of all together. What is no figure is an empty cell with its
//! reason, never a zero.

use serde::Serialize;
use utoipa::ToSchema;

use ::measures::{Amount, Value};

use super::kept::{self, Row};
use super::measure::Measure;
use crate::base::App;
use crate::people::agency::brief::Known;
use crate::web::download::{CSV, Download, harmless};
use crate::web::{Locale, Result};

/// A month of an agency, or of all together.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MeasureValue)]
pub struct Line {
    pub year: i32,
    pub month: u32,
    /// Code of the agency; null: all together.
    pub agency_code: Option<String>,
    pub agency_name: Option<String>,
    /// Per cent for ratios; null where there is no figure.
    pub figure: Option<f64>,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    /// `value`, `zero`, `nothing`, `unanswered`, `unseen`, `no-denominator`, `not-part`, `not-added`
    pub answered: String,
    /// How many of a group did not answer.
    pub gaps: u32,
    /// The period was closed: the figure does not change any more.
    pub is_closed: bool,
    /// What a closed month would be by the evidence of now, where that differs.
    pub restated: Option<f64>,
    /// Of the definition.
    pub definition_version: i32,
    /// From which evidence it was made.
    pub source_digest: String,
}

fn line(known: &Known, row: &Row, month: u32, value: Value) -> Line {
    let agency = row.of_agency().and_then(|id| known.get(&id));
    let part = |amount: Amount| Some(amount.as_f64()).filter(|_| value.standing.is_figure());
    Line {
        year: row.year,
        month,
        agency_code: agency.map(|body| body.code.clone()),
        agency_name: agency.map(|body| body.name.clone()),
        figure: value.figure().map(Amount::as_f64),
        numerator: part(value.numerator),
        denominator: value.denominator.and_then(part),
        answered: value.standing.code().to_owned(),
        gaps: value.gaps,
        is_closed: month <= row.through(),
        restated: row.restated(month).and_then(|now| now.figure()).map(Amount::as_f64),
        definition_version: row.version,
        source_digest: row.source_digest.clone(),
    }
}

/// Every month of these years: all together first, then agencies by name.
///
/// # Errors
/// The database failed.
pub async fn lines(app: &App, measure: &Measure, years: &[i32]) -> Result<Vec<Line>> {
    let known = Known::now(app).await?;
    let mut rows = kept::of(&app.db, &[measure.id], years, None).await?;
    rows.sort_by_key(|row| (row.year, row.of_agency().map(|agency| known.rank(agency))));
    let of = |row: &Row| -> Vec<Line> {
        let months = row.months();
        (1..=12).filter_map(|month| Some(line(&known, row, month, months.of(month)?))).collect()
    };
    Ok(rows.iter().flat_map(of).collect())
}

/// The same as CSV (RFC 4180) with a byte order mark.
///
/// # Errors
/// The database failed.
pub async fn csv(app: &App, l: Locale, measure: &Measure, years: &[i32]) -> Result<Download> {
    let unit = measure.definition().unit;
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = [
        "measure",
        "measure-year",
        "measure-month",
        "measure-agency-code",
        "measure-agency",
        "measure-value",
        "measure-field-unit",
        "measure-field-numerator",
        "measure-field-denominator",
        "measure-answered",
        "measure-gaps-head",
        "measure-frozen",
        "measure-restated-head",
        "measure-field-version",
        "measure-digest",
    ];
    writer.write_record(heads.map(|key| l.t(key)))?;
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    for one in lines(app, measure, years).await? {
        writer.write_record([
            measure.code.clone(),
            one.year.to_string(),
            one.month.to_string(),
            one.agency_code.unwrap_or_default(),
            harmless(&one.agency_name.unwrap_or_else(|| l.t("measure-all"))),
            number(one.figure),
            harmless(&unit),
            number(one.numerator),
            number(one.denominator),
            one.answered,
            one.gaps.to_string(),
            u8::from(one.is_closed).to_string(),
            number(one.restated),
            one.definition_version.to_string(),
            one.source_digest,
        ])?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    let name = years.first().map_or_else(|| format!("{}.csv", measure.code), |year| format!("{}-{year}.csv", measure.code));
    Ok(Download { name, media_type: CSV, bytes })
}
