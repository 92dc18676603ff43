//! Estimates as spreadsheets: what is written is read back without a difference; a file is shown as understood before
//! anything is kept. Sums are numbers of whole đồng.

pub mod reading;

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};
use uuid::Uuid;

use super::estimate::Line;
use super::source::Source;
use super::staff::summary::Summary;
use crate::duties::held::Held;
use crate::web::{Locale, Result};

/// A column: the field, the Fluent key of its head, and other heads that people write, without marks.
pub struct Column {
    pub field: &'static str,
    pub key: &'static str,
    pub also: &'static [&'static str],
    width: f64,
}

const fn column(field: &'static str, key: &'static str, width: f64, also: &'static [&'static str]) -> Column {
    Column { field, key, also, width }
}

/// What a file that comes in has; the title of the duty is for people only.
pub static COLUMNS: [Column; 8] = [
    column("path", "estimate-column-path", 12.0, &["so muc", "ma nhiem vu", "muc trong ke hoach"]),
    column("title", "estimate-column-title", 48.0, &["ten nhiem vu", "noi dung nhiem vu"]),
    column("source", "estimate-column-source", 34.0, &["nguon", "nguon von"]),
    column("narrative", "estimate-column-narrative", 44.0, &["noi dung", "noi dung chi", "dien giai"]),
    column("unit", "estimate-column-unit", 12.0, &["dvt", "don vi"]),
    column("quantity", "estimate-column-quantity", 12.0, &["sl"]),
    column("unit_price", "estimate-column-unit-price", 16.0, &["don gia"]),
    column("amount", "estimate-column-amount", 18.0, &["thanh tien", "so tien", "de nghi", "du toan"]),
];

/// What a file that goes out has besides.
const FURTHER: [&str; 5] =
    ["estimate-appraised", "estimate-remark", "estimate-approved", "estimate-spent", "estimate-spent-reason"];

struct Formats {
    head: Format,
    text: Format,
    money: Format,
    total: Format,
}

impl Formats {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter),
            text: top().set_text_wrap().set_num_format("@"),
            money: top().set_num_format("#,##0"),
            total: top().set_num_format("#,##0").set_bold(),
        }
    }
}

/// The lines of one estimate as they stand, with the sums of all.
///
/// # Errors
/// Never, in memory.
pub fn own(l: Locale, named: &super::staff::view::Named, lines: &[Line]) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let formats = Formats::new();
    let sheet = book.add_worksheet();
    sheet.set_name(l.t("nav-estimates"))?;
    heads(l, sheet, &formats)?;
    for (at, key) in (8_u16..).zip(FURTHER) {
        sheet.write_string_with_format(0, at, l.t(key), &formats.head)?;
        sheet.set_column_width(at, if key.ends_with("ed") || key.ends_with("nt") { 18.0 } else { 32.0 })?;
    }
    let mut at = 1;
    for line in lines {
        let (path, title) = named.duties.get(&line.duty).cloned().unwrap_or_default();
        asked(sheet, &formats, at, (&path, &title), Some((line, &named.source(&line.source))))?;
        for (column, sum) in [(8, line.appraised), (10, line.approved), (11, line.spent)] {
            money(sheet, &formats.money, (at, column), sum)?;
        }
        for (column, words) in [(9, &line.appraisal_remark), (12, &line.spent_reason)] {
            sheet.write_string_with_format(at, column, words, &formats.text)?;
        }
        at += 1;
    }
    sheet.write_string_with_format(at, 1, l.t("estimate-total"), &formats.head)?;
    let figures: [(u16, fn(&Line) -> Option<i64>); 4] =
        [(7, |line| Some(line.asked)), (8, |line| line.appraised), (10, |line| line.approved), (11, |line| line.spent)];
    for (column, figure) in figures {
        let known = lines.iter().any(|line| figure(line).is_some());
        money(sheet, &formats.total, (at, column), known.then(|| super::estimate::line::sum(lines, figure)))?;
    }
    Ok(book.save_to_buffer()?)
}

/// A file to be filled in: every duty that the agency holds, with what is written of it already.
///
/// # Errors
/// Never, in memory.
pub fn template(l: Locale, held: &[Held], sources: &[Source], lines: &[Line]) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let formats = Formats::new();
    let sheet = book.add_worksheet();
    sheet.set_name(l.t("nav-estimates"))?;
    heads(l, sheet, &formats)?;
    let mut at = 1;
    for one in held {
        let mine: Vec<&Line> = lines.iter().filter(|line| line.duty == one.duty).collect();
        for line in &mine {
            let source = sources.iter().find(|source| source.code == line.source).map(|source| source.name.as_str());
            asked(sheet, &formats, at, (&one.path, &one.title), Some((line, source.unwrap_or_default())))?;
            at += 1;
        }
        if mine.is_empty() {
            asked(sheet, &formats, at, (&one.path, &one.title), None)?;
            at += 1;
        }
    }
    let list = l.t("funding-sources");
    let formula = Formula::new(format!("='{list}'!$A$2:$A${}", sources.len() + 1));
    sheet.add_data_validation(1, 2, at + 300, 2, &DataValidation::new().allow_list_formula(formula))?;
    let about = book.add_worksheet();
    about.set_name(&list)?;
    about.write_string_with_format(0, 0, &list, &formats.head)?;
    about.set_column_width(0, 80)?;
    for (row, source) in (1_u32..).zip(sources) {
        about.write_string(row, 0, &source.name)?;
    }
    let after = u32::try_from(sources.len()).unwrap_or_default() + 2;
    for (row, key) in (after..).zip(["estimate-file-how-duty", "estimate-file-how-line", "estimate-file-how-sum"]) {
        about.write_string(row, 0, l.t(key))?;
    }
    Ok(book.save_to_buffer()?)
}

/// The roll-up: a sheet for each way to add up.
///
/// # Errors
/// Never, in memory.
pub fn summary(l: Locale, summary: &Summary) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let formats = Formats::new();
    for group in &summary.groups {
        let sheet = book.add_worksheet();
        sheet.set_name(l.t(&format!("estimates-head-{}", group.code)))?;
        let heads = ["estimate-asked", "estimate-appraised", "estimate-approved", "estimate-spent"];
        sheet.write_string_with_format(0, 0, format!("{} ({})", group.title, l.t("estimate-unit-dong")), &formats.head)?;
        sheet.set_column_width(0, 60)?;
        for (at, key) in (1_u16..).zip(heads) {
            sheet.write_string_with_format(0, at, l.t(key), &formats.head)?;
            sheet.set_column_width(at, 20)?;
        }
        let mut at = 1;
        for row in &group.rows {
            sheet.write_string_with_format(at, 0, &row.name, &formats.text)?;
            sums(sheet, &formats.money, at, row.sums)?;
            at += 1;
        }
        if group.code != "year" {
            sheet.write_string_with_format(at, 0, l.t("estimate-total"), &formats.head)?;
            sums(sheet, &formats.total, at, summary.total)?;
        }
        sheet.set_freeze_panes(1, 1)?;
    }
    Ok(book.save_to_buffer()?)
}

fn heads(l: Locale, sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
    for (at, column) in (0_u16..).zip(&COLUMNS) {
        sheet.write_string_with_format(0, at, l.t(column.key), &formats.head)?;
        sheet.set_column_width(at, column.width)?;
    }
    sheet.set_freeze_panes(1, 2)?;
    Ok(())
}

/// The eight columns that are read back; without a line the row is to be filled in.
fn asked(
    sheet: &mut Worksheet,
    formats: &Formats,
    at: u32,
    (path, title): (&str, &str),
    line: Option<(&Line, &str)>,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(at, 0, path, &formats.text)?;
    sheet.write_string_with_format(at, 1, title, &formats.text)?;
    let Some((line, source)) = line else { return Ok(()) };
    for (column, words) in [(2, source), (3, &line.narrative), (4, &line.unit)] {
        sheet.write_string_with_format(at, column, words, &formats.text)?;
    }
    for (column, number) in [(5, line.quantity), (6, line.unit_price), (7, Some(line.asked))] {
        money(sheet, &formats.money, (at, column), number)?;
    }
    Ok(())
}

fn sums(sheet: &mut Worksheet, format: &Format, at: u32, sums: [Option<i64>; 4]) -> Result<(), XlsxError> {
    (1_u16..).zip(sums).try_for_each(|(column, sum)| money(sheet, format, (at, column), sum))
}

/// A sum, or nothing where there is none: an empty cell is no zero.
#[expect(clippy::cast_precision_loss, reason = "sums stay below 2^53: see money::SUM_MAX")]
fn money(sheet: &mut Worksheet, format: &Format, (row, column): (u32, u16), sum: Option<i64>) -> Result<(), XlsxError> {
    let Some(sum) = sum else { return Ok(()) };
    sheet.write_number_with_format(row, column, sum as f64, format).map(|_| ())
}

/// What a duty is found by in a file.
#[must_use]
pub fn duty_at(held: &[Held], path: &str) -> Option<Uuid> {
    let key = |path: &str| vietnamese::normalise(path).trim().trim_end_matches('.').to_lowercase();
    held.iter().find(|held| key(&held.path) == key(path)).map(|held| held.duty)
}
