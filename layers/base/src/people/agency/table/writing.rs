//! The table as a file. What is written is read back without a difference.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DataValidation, ExcelDateTime, Format, FormatAlign, Formula, IgnoreError, Workbook, Worksheet, XlsxError};
use sea_orm::ConnectionTrait;
use sea_orm::Iterable;

use super::known::Known;
use super::{COLUMNS, Cells, Column};
use crate::base::time;
use crate::people::agency::directory::{self, Filter};
use crate::people::agency::{Confidence, Kind};
use crate::web::{Locale, Result, download};

/// Agencies to be written, in their order.
pub struct Table {
    pub l: Locale,
    rows: Vec<Cells>,
    columns: Vec<&'static Column>,
}

impl Table {
    /// The agencies that the list of the desk shows for this filter.
    ///
    /// # Errors
    /// The database failed.
    pub async fn load(on: &impl ConnectionTrait, l: Locale, filter: &Filter, day: NaiveDate) -> Result<Self> {
        let known = Known::load(on).await?;
        let lines = directory::find(on, filter, day).await?;
        let agency = |line: &directory::Line| known.agencies.iter().find(|agency| agency.id == line.id);
        let rows = lines.iter().filter_map(agency).map(|agency| known.row(agency)).collect();
        Ok(Self { l, rows, columns: COLUMNS.iter().collect() })
    }

    /// Without the columns that only the desk needs.
    #[must_use]
    pub fn for_everyone(mut self) -> Self {
        self.columns.retain(|column| column.field != "note");
        self
    }

    /// A value as people read it.
    fn shown(&self, column: &Column, row: &Cells) -> String {
        let value = row.get(column.field).map_or("", String::as_str);
        shown(self.l, column.field, value)
    }

    /// UTF-8 with a byte order mark, so that Excel reads the accents (RFC 4180 otherwise). Days are written
    /// day first: a spreadsheet with American settings leaves them alone, or writes them back as they were.
    ///
    /// # Errors
    /// Never, in memory.
    pub fn csv(&self) -> Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(self.columns.iter().map(|column| self.l.t(column.key)))?;
        for row in &self.rows {
            writer.write_record(self.columns.iter().map(|column| download::harmless(&self.shown(column, row))))?;
        }
        Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
    }

    /// A workbook: the table, and a sheet that says what goes into each column.
    ///
    /// # Errors
    /// Never, in memory.
    pub fn xlsx(&self) -> Result<Vec<u8>> {
        let mut book = Workbook::new();
        self.write_sheet(book.add_worksheet())?;
        self.explain(book.add_worksheet())?;
        Ok(book.save_to_buffer()?)
    }

    fn write_sheet(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
        let plain = Format::new().set_align(FormatAlign::Top);
        let day = Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top);
        sheet.set_name(self.l.t("agencies-title"))?;
        for (at, column) in (0_u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, at, self.l.t(column.key), &head)?;
            sheet.set_column_width(at, width(column.field))?;
        }
        for (line, row) in (1_u32..).zip(&self.rows) {
            for (at, column) in (0_u16..).zip(&self.columns) {
                let value = row.get(column.field).map_or("", String::as_str);
                match (column.field, value) {
                    (_, "") => {}
                    ("open_from" | "closed_on", value) if excel_day(value).is_some() => {
                        if let Some(date) = excel_day(value) {
                            sheet.write_datetime_with_format(line, at, date, &day)?;
                        }
                    }
                    ("latitude" | "longitude" | "area_km2", value) => {
                        sheet.write_number_with_format(line, at, value.parse::<f64>().unwrap_or_default(), &plain)?;
                    }
                    _ => {
                        sheet.write_string_with_format(line, at, self.shown(column, row), &text)?;
                    }
                }
            }
        }
        self.finish(sheet)
    }

    fn finish(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let last_row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX - 1).max(1);
        let last_column = u16::try_from(self.columns.len()).unwrap_or(1).saturating_sub(1);
        sheet.set_freeze_panes(1, 2)?;
        sheet.autofilter(0, 0, last_row, last_column)?;
        sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
        for (field, count) in [("kind", Kind::iter().count()), ("confidence", Confidence::iter().count())] {
            let Some(at) = self.columns.iter().position(|column| column.field == field) else { continue };
            let at = u16::try_from(at).unwrap_or_default();
            let letter = if field == "kind" { 'E' } else { 'F' };
            let list = format!("='{}'!${letter}$2:${letter}${}", self.l.t("agency-file-explained"), count + 1);
            let choice = DataValidation::new().allow_list_formula(Formula::new(list));
            sheet.add_data_validation(1, at, last_row + 200, at, &choice)?;
        }
        Ok(())
    }

    /// What each column is for, and the words that two of them take.
    fn explain(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let head = Format::new().set_bold();
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        sheet.set_name(self.l.t("agency-file-explained"))?;
        let heads = ["agency-file-column", "agency-file-needed", "agency-file-meaning"];
        for (at, key) in [(0, heads[0]), (1, heads[1]), (2, heads[2]), (4, "agency-field-kind"), (5, "agency-field-confidence")] {
            sheet.write_string_with_format(0, at, self.l.t(key), &head)?;
        }
        for (line, column) in (1_u32..).zip(&self.columns) {
            sheet.write_string_with_format(line, 0, self.l.t(column.key), &wrapped)?;
            let needed = if NEEDED.contains(&column.field) { self.l.t("agency-file-needed-yes") } else { String::new() };
            sheet.write_string_with_format(line, 1, needed, &wrapped)?;
            let meaning = self.l.t(&format!("agency-file-about-{}", column.field.replace('_', "-")));
            sheet.write_string_with_format(line, 2, meaning, &wrapped)?;
        }
        for (line, kind) in (1_u32..).zip(Kind::iter()) {
            sheet.write_string(line, 4, self.l.t(&kind.key()))?;
        }
        for (line, confidence) in (1_u32..).zip(Confidence::iter()) {
            sheet.write_string(line, 5, self.l.t(&confidence.key()))?;
        }
        for (at, width) in [(0, 24.0), (1, 12.0), (2, 70.0), (4, 28.0), (5, 14.0)] {
            sheet.set_column_width(at, width)?;
        }
        Ok(())
    }
}

/// What a new agency can not do without.
pub const NEEDED: [&str; 5] = ["code", "name", "short_name", "kind", "open_from"];

/// A kept value as people read it.
#[must_use]
pub fn shown(l: Locale, field: &str, value: &str) -> String {
    match field {
        "kind" | "confidence" if !value.is_empty() => l.t(&format!("agency-{field}-{}", value.replace('_', "-"))),
        "open_from" | "closed_on" => value.parse().map_or_else(|_| value.to_owned(), time::day),
        _ => value.to_owned(),
    }
}

fn width(field: &str) -> f64 {
    match field {
        "name" | "note" | "address" | "aliases" => 44.0,
        "short_name" | "kind" | "email" => 26.0,
        _ => 14.0,
    }
}

fn excel_day(value: &str) -> Option<ExcelDateTime> {
    let day: NaiveDate = value.parse().ok()?;
    let (month, date) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, month, date).ok()
}
