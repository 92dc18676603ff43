//! Scores as tables to take away: a ranking with every criterion, and one sheet.

use ::scoring::{Body as NodeBody, Node};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet};

use super::publication::Body;
use super::staff::publication::{Row, rows, standing_rows, written};
use crate::web::download::harmless;
use crate::web::{Locale, Result};

struct Formats {
    head: Format,
    text: Format,
    number: Format,
}

fn formats() -> Formats {
    let top = || Format::new().set_align(FormatAlign::Top);
    Formats {
        head: Format::new().set_bold().set_text_wrap(),
        text: top().set_text_wrap().set_num_format("@"),
        number: top().set_num_format("#,##0.##"),
    }
}

/// A line for each agency and criterion: rank, agency, number, criterion, most, value, points, total.
///
/// # Errors
/// Writing failed.
pub fn csv(l: Locale, body: &Body) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = [
        "criteria-rank",
        "criteria-agency",
        "criteria-total",
        "criteria-number",
        "criteria-name",
        "criteria-most-points",
        "criteria-appraised",
        "criteria-points",
        "criteria-own-said",
    ];
    writer.write_record(heads.map(|key| l.t(key)))?;
    for result in &body.counted.results {
        let Some(sheet) = body.counted.round.sheet(&result.place.agency) else { continue };
        let Some(set) = body.counted.round.editions.get(&sheet.edition) else { continue };
        let own = body.beside.get(&sheet.agency);
        let (rank, total) = (result.place.rank.map(|rank| rank.to_string()), result.score.total.map(::measures::Amount::plain));
        // Nothing handed in is an empty cell: neither a nought nor something that does not apply.
        let nothing = if body.counted.round.leaves_out(sheet) { "" } else { "n/a" };
        for (number, node) in set.numbered() {
            let given = sheet.inputs.given.get(&node.code).copied().map(::scoring::round::written).unwrap_or_default();
            let said = own.and_then(|beside| beside.own.get(&node.code)).copied().map(::scoring::round::written);
            writer.write_record([
                rank.clone().unwrap_or_default(),
                harmless(&sheet.name),
                total.clone().unwrap_or_else(|| nothing.into()),
                number,
                harmless(&node.name),
                node.points.plain(),
                given,
                result.score.points(&node.code).map_or_else(|| nothing.into(), ::measures::Amount::plain),
                said.unwrap_or_default(),
            ])?;
        }
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}

/// A workbook of a publication: the ranking, and agencies by criteria.
///
/// # Errors
/// Never, in memory.
pub fn xlsx(l: Locale, body: &Body) -> Result<Vec<u8>> {
    workbook(l, body, "criteria-total", rows(l, body))
}

/// The same of what stands on the desk: of what was appraised, and how much that is.
///
/// # Errors
/// Never, in memory.
pub fn standing_xlsx(l: Locale, body: &Body, is_appraised: bool) -> Result<Vec<u8>> {
    workbook(l, body, "criteria-appraised-total", standing_rows(l, body, is_appraised))
}

fn workbook(l: Locale, body: &Body, total: &str, rows: Vec<Row>) -> Result<Vec<u8>> {
    let formats = formats();
    let mut book = Workbook::new();
    ranking(l, book.add_worksheet(), &formats, (body.title.as_str(), total, rows))?;
    matrix(l, book.add_worksheet(), &formats, body)?;
    Ok(book.save_to_buffer()?)
}

/// How much was appraised has a column where anybody has something to say in it.
fn ranking(l: Locale, sheet: &mut Worksheet, formats: &Formats, (title, total, rows): (&str, &str, Vec<Row>)) -> Result<()> {
    sheet.set_name(l.t("criteria-ranking-sheet"))?;
    sheet.set_column_width(1, 48.0)?;
    sheet.write_string_with_format(0, 0, title, &formats.head)?;
    let mut heads = vec!["criteria-rank", "criteria-agency", total, "criteria-bonus", "criteria-penalty", "criteria-ties"];
    if rows.iter().any(|row| !row.note.is_empty()) {
        heads.push("criteria-standing");
    }
    for (column, key) in (0..).zip(&heads) {
        sheet.write_string_with_format(1, column, l.t(key), &formats.head)?;
    }
    for (row, line) in (2..).zip(rows) {
        let cells = [line.rank, line.name, line.total, line.bonus, line.penalty, line.by, line.note];
        for (column, (cell, _)) in (0..).zip(cells.iter().zip(&heads)) {
            sheet.write_string_with_format(row, column, cell, &formats.text)?;
        }
    }
    Ok(())
}

/// Whether nothing of a group, or of a criterion, was appraised yet: its cell is empty. A publication has none.
fn waits(sheet: &::scoring::Sheet, node: &Node) -> bool {
    match &node.body {
        NodeBody::Criterion(_) => !sheet.inputs.given.contains_key(&node.code),
        NodeBody::Group { nodes } => nodes.iter().all(|node| waits(sheet, node)),
    }
}

fn matrix(l: Locale, sheet: &mut Worksheet, formats: &Formats, body: &Body) -> Result<()> {
    sheet.set_name(l.t("criteria-matrix-sheet"))?;
    sheet.set_column_width(0, 48.0)?;
    sheet.write_string_with_format(0, 0, l.t("criteria-agency"), &formats.head)?;
    let edition = u32::try_from(body.edition).unwrap_or_default();
    let Some(set) = body.counted.round.editions.get(&edition) else { return Ok(()) };
    for (column, (number, node)) in (1..).zip(set.numbered()) {
        sheet.write_string_with_format(0, column, format!("{number} {}", node.name), &formats.head)?;
    }
    for (row, result) in (1..).zip(&body.counted.results) {
        let sheet_of = body.counted.round.sheet(&result.place.agency);
        let name = sheet_of.map(|sheet| sheet.name.as_str()).unwrap_or_default();
        let left_out = sheet_of.is_some_and(|sheet| body.counted.round.leaves_out(sheet));
        let nothing = if left_out { "criteria-absent" } else { "criteria-not-applicable" };
        sheet.write_string_with_format(row, 0, name, &formats.text)?;
        for (column, (_, node)) in (1..).zip(set.numbered()) {
            if !left_out && sheet_of.is_some_and(|sheet| waits(sheet, node)) {
                continue;
            }
            match result.score.points(&node.code) {
                Some(points) => sheet.write_number_with_format(row, column, points.as_f64(), &formats.number)?,
                None => sheet.write_string_with_format(row, column, l.t(nothing), &formats.text)?,
            };
        }
    }
    Ok(())
}

/// One agency: a line for each criterion with what it said, what was appraised and why.
///
/// # Errors
/// Never, in memory.
pub fn sheet_xlsx(l: Locale, body: &Body, agency: &str) -> Result<Vec<u8>> {
    let formats = formats();
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_column_width(1, 60.0)?;
    let heads = [
        "criteria-number",
        "criteria-name",
        "criteria-most-points",
        "criteria-own-said",
        "criteria-appraised",
        "criteria-points",
        "criteria-appraisal-note",
        "criteria-evidence",
    ];
    for (column, key) in (0..).zip(heads) {
        page.write_string_with_format(0, column, l.t(key), &formats.head)?;
    }
    let found = body.counted.round.sheet(agency).zip(body.counted.result(agency)).zip(body.beside.get(agency));
    let Some(((sheet, result), beside)) = found else { return Ok(book.save_to_buffer()?) };
    let Some(set) = body.counted.round.editions.get(&sheet.edition) else { return Ok(book.save_to_buffer()?) };
    for (row, (number, node)) in (1..).zip(set.numbered()) {
        let given =
            |given: Option<&::scoring::Given>| given.map(|one| written(l, &::scoring::round::written(*one))).unwrap_or_default();
        let ways = beside.ways.get(&node.code).map_or(&[][..], Vec::as_slice);
        let cells = [
            number,
            node.name.clone(),
            node.points.shown(),
            given(beside.own.get(&node.code)),
            given(sheet.inputs.given.get(&node.code)),
            if waits(sheet, node) { String::new() } else { super::staff::lines::points(l, result.score.points(&node.code)) },
            beside.notes.get(&node.code).cloned().unwrap_or_default(),
            ways.iter().map(|way| way.name.as_str()).collect::<Vec<_>>().join("; "),
        ];
        for (column, cell) in (0..).zip(&cells) {
            page.write_string_with_format(row, column, cell, &formats.text)?;
        }
    }
    Ok(book.save_to_buffer()?)
}
