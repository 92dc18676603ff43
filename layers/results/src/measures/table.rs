//! Values as tables to take away: a line for each month of each agency and of all together. What is no figure is an empty cell with its
//! reason, never a zero.

use rust_xlsxwriter::{Format, Workbook};
use serde::Serialize;
use utoipa::ToSchema;

use ::measures::{Amount, Value};

use super::kept::{self, Row};
use super::measure::Measure;
use crate::base::App;
use crate::people::agency::brief::Known;
use crate::web::download::{CSV, Download, XLSX, harmless};
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
    /// Of the definition; null where it was closed before that was kept.
    pub definition_version: Option<i32>,
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
        definition_version: row.version_of(month),
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

/// Fluent keys of the columns.
const HEADS: [&str; 15] = [
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

/// Heads and lines as texts; nothing where there is no figure.
async fn cells(app: &App, l: Locale, measure: &Measure, years: &[i32]) -> Result<Table> {
    let unit = measure.definition().unit;
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let row = |one: Line| {
        [
            measure.code.clone(),
            one.year.to_string(),
            one.month.to_string(),
            one.agency_code.unwrap_or_default(),
            one.agency_name.unwrap_or_else(|| l.t("measure-all")),
            number(one.figure),
            unit.clone(),
            number(one.numerator),
            number(one.denominator),
            one.answered,
            one.gaps.to_string(),
            u8::from(one.is_closed).to_string(),
            number(one.restated),
            one.definition_version.map(|version| version.to_string()).unwrap_or_default(),
            one.source_digest,
        ]
        .into()
    };
    let rows = lines(app, measure, years).await?.into_iter().map(row).collect();
    Ok(Table { heads: HEADS.map(|key| l.t(key)).into(), numbers: &[1, 2, 5, 7, 8, 10, 11, 12, 13], rows })
}

fn name(measure: &Measure, years: &[i32], ending: &str) -> String {
    let year = years.first().map(|year| format!("-{year}")).unwrap_or_default();
    format!("{}{year}.{ending}", measure.code)
}

/// The same as CSV (RFC 4180) with a byte order mark.
///
/// # Errors
/// The database failed.
pub async fn csv(app: &App, l: Locale, measure: &Measure, years: &[i32]) -> Result<Download> {
    cells(app, l, measure, years).await?.csv(name(measure, years, "csv"))
}

/// The same as a workbook, numbers as numbers.
///
/// # Errors
/// The database failed.
pub async fn xlsx(app: &App, l: Locale, measure: &Measure, years: &[i32]) -> Result<Download> {
    cells(app, l, measure, years).await?.xlsx(name(measure, years, "xlsx"), &l.t("measure"))
}

/// What goes out as a file.
pub struct Table {
    pub heads: Vec<String>,
    /// Columns of numbers.
    pub numbers: &'static [usize],
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// RFC 4180 with a byte order mark; nothing in it is a formula.
    ///
    /// # Errors
    /// Never, in memory.
    pub fn csv(self, name: String) -> Result<Download> {
        let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
        writer.write_record(&self.heads)?;
        for row in &self.rows {
            let cell = |(at, text): (usize, &String)| if self.numbers.contains(&at) { text.clone() } else { harmless(text) };
            writer.write_record(row.iter().enumerate().map(cell))?;
        }
        let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(Download { name, media_type: CSV, bytes })
    }

    /// One sheet, its heads frozen.
    ///
    /// # Errors
    /// Never, in memory.
    pub fn xlsx(self, name: String, title: &str) -> Result<Download> {
        let head = Format::new().set_bold().set_text_wrap();
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(title)?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, text) in (0_u16..).zip(&self.heads) {
            sheet.write_string_with_format(0, at, text, &head)?;
            sheet.set_column_width(at, if self.numbers.contains(&usize::from(at)) { 14.0 } else { 28.0 })?;
        }
        for (line, row) in (1_u32..).zip(&self.rows) {
            for (at, text) in (0_u16..).zip(row) {
                match text.parse::<f64>().ok().filter(|_| self.numbers.contains(&usize::from(at))) {
                    Some(number) => sheet.write_number(line, at, number)?,
                    None => sheet.write_string(line, at, text)?,
                };
            }
        }
        Ok(Download { name, media_type: XLSX, bytes: book.save_to_buffer()? })
    }
}
