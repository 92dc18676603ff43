//! Scores as tables to take away: a ranking with every criterion, and one sheet.

use ::measures::Amount;
use ::scoring::{Body as NodeBody, Node};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet};

use super::publication::{Beside, Body};
use super::staff::publication::{Row, rows, standing_rows, written};
use super::staff::standing::{NOT_YET, extra_numbers};
use crate::web::download::harmless;
use crate::web::{Locale, Result};

/// What stands in a cell: what is a number is none to look at, but one to count with.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Text(String),
    Number(f64),
}

impl Default for Cell {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Cell {
    /// The amount where that is what is told.
    fn told(told: String, amount: Option<Amount>) -> Self {
        let number = amount.filter(|amount| amount.shown() == told).map(|amount| Self::Number(amount.as_f64()));
        number.unwrap_or(Self::Text(told))
    }

    fn put(&self, sheet: &mut Worksheet, (row, column): (u32, u16), formats: &Formats) -> Result<()> {
        match self {
            Self::Text(text) => sheet.write_string_with_format(row, column, text, &formats.text)?,
            Self::Number(number) => sheet.write_number_with_format(row, column, *number, &formats.number)?,
        };
        Ok(())
    }
}

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

/// A line for each agency and criterion: rank, agency, total with what it is made of, number, criterion, most, value, points.
///
/// # Errors
/// Writing failed.
pub fn csv(l: Locale, body: &Body) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = [
        "criteria-rank",
        "criteria-agency",
        "criteria-total",
        "criteria-base",
        "criteria-bonus",
        "criteria-penalty",
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
        let (rank, score) = (result.place.rank.map(|rank| rank.to_string()), &result.score);
        let is_assessed = score.total.is_some();
        // Nothing handed in is an empty cell: neither a nought nor something that does not apply.
        let nothing = if body.counted.round.leaves_out(sheet) { "" } else { "n/a" };
        let told = |amount: Option<Amount>| amount.filter(|_| is_assessed).map_or_else(|| nothing.into(), Amount::plain);
        for (number, node) in set.numbered() {
            let given = sheet.inputs.given.get(&node.code).copied().map(::scoring::round::written).unwrap_or_default();
            let said = own.and_then(|beside| beside.own.get(&node.code)).copied().map(::scoring::round::written);
            writer.write_record([
                rank.clone().unwrap_or_default(),
                harmless(&sheet.name),
                told(score.total),
                told(score.base),
                told(Some(score.bonus)),
                told(Some(score.penalty)),
                number,
                harmless(&node.name),
                node.points.plain(),
                given,
                score.points(&node.code).map_or_else(|| nothing.into(), Amount::plain),
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
    ranking(l, book.add_worksheet(), &formats, (body, total, rows))?;
    matrix(l, book.add_worksheet(), &formats, body)?;
    Ok(book.save_to_buffer()?)
}

/// How much was appraised has a column where anybody has something to say in it.
fn ranking(l: Locale, sheet: &mut Worksheet, formats: &Formats, (body, total, rows): (&Body, &str, Vec<Row>)) -> Result<()> {
    let results = &body.counted.results;
    sheet.set_name(l.t("criteria-ranking-sheet"))?;
    sheet.set_column_width(1, 48.0)?;
    sheet.write_string_with_format(0, 0, body.title.as_str(), &formats.head)?;
    let mut heads = vec!["criteria-rank", "criteria-agency", total, "criteria-bonus", "criteria-penalty", "criteria-ties"];
    if rows.iter().any(|row| !row.note.is_empty()) {
        heads.push("criteria-standing");
    }
    for (column, key) in (0..).zip(&heads) {
        sheet.write_string_with_format(1, column, l.t(key), &formats.head)?;
    }
    for (row, (line, result)) in (2..).zip(rows.into_iter().zip(results)) {
        let score = &result.score;
        let rank = result.place.rank.filter(|rank| rank.to_string() == line.rank).map(f64::from);
        let cells = [
            rank.map_or(Cell::Text(line.rank), Cell::Number),
            Cell::Text(line.name),
            Cell::told(line.total, score.total),
            Cell::told(line.bonus, Some(score.bonus)),
            Cell::told(line.penalty, Some(score.penalty)),
            Cell::Text(line.by),
            Cell::Text(line.note),
        ];
        for (column, (cell, _)) in (0..).zip(cells.iter().zip(&heads)) {
            cell.put(sheet, (row, column), formats)?;
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

/// One agency: a line for each criterion, bonus and penalty with what it said, what was appraised and why; and what they come to.
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
    let one = One { l, sheet, score: &result.score, beside };
    let mut lines: Vec<[Cell; 8]> = set.numbered().into_iter().map(|(number, node)| one.node(number, node)).collect();
    let extras = extra_numbers(l, &set.extras).into_iter().zip(&set.extras);
    lines.extend(extras.map(|(number, extra)| one.extra(number, extra)));
    lines.extend(one.sums(body));
    for (row, cells) in (1..).zip(&lines) {
        for (column, cell) in (0..).zip(cells) {
            cell.put(page, (row, column), &formats)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

/// The sheet of an agency, with what stands beside it.
struct One<'a> {
    l: Locale,
    sheet: &'a ::scoring::Sheet,
    score: &'a ::scoring::Score,
    beside: &'a Beside,
}

impl One<'_> {
    fn given(&self, given: Option<&::scoring::Given>) -> Cell {
        let Some(given) = given else { return Cell::default() };
        let plain = ::scoring::round::written(*given);
        Amount::read(&plain).map_or_else(|| Cell::Text(written(self.l, &plain)), |amount| Cell::Number(amount.as_f64()))
    }

    fn notes(&self, code: &str) -> [Cell; 2] {
        let ways = self.beside.ways.get(code).map_or(&[][..], Vec::as_slice);
        let ways = ways.iter().map(|way| way.name.as_str()).collect::<Vec<_>>().join("; ");
        [Cell::Text(self.beside.notes.get(code).cloned().unwrap_or_default()), Cell::Text(ways)]
    }

    fn node(&self, number: String, node: &Node) -> [Cell; 8] {
        let points = match self.score.points(&node.code) {
            _ if waits(self.sheet, node) => Cell::default(),
            Some(points) => Cell::Number(points.as_f64()),
            None => Cell::Text(super::staff::lines::points(self.l, None)),
        };
        let [note, ways] = self.notes(&node.code);
        [
            Cell::Text(number),
            Cell::Text(node.name.clone()),
            Cell::Number(node.points.as_f64()),
            self.given(self.beside.own.get(&node.code)),
            self.given(self.sheet.inputs.given.get(&node.code)),
            points,
            note,
            ways,
        ]
    }

    /// How often it happened: what they all come to has limits of its own, and stands below.
    fn extra(&self, number: String, extra: &::scoring::Extra) -> [Cell; 8] {
        let times = self.sheet.inputs.times.get(&extra.code).map_or_else(Cell::default, |times| Cell::Number(f64::from(*times)));
        let [note, ways] = self.notes(&extra.code);
        [
            Cell::Text(number),
            Cell::Text(extra.name.clone()),
            Cell::Number(extra.most.as_f64()),
            self.given(self.beside.own.get(&extra.code)),
            times,
            Cell::default(),
            note,
            ways,
        ]
    }

    /// Points by criteria, bonuses, penalties and the total; of what was appraised, and how much that is.
    fn sums(&self, body: &Body) -> [[Cell; 8]; 4] {
        let (done, of) = body.progress(self.sheet);
        let is_out = body.counted.round.leaves_out(self.sheet);
        let part = if done < of { self.l.t2("criteria-appraised-part", "done", done, "of", of) } else { String::new() };
        let line = |key: &str, amount: Option<Amount>| {
            let points = match amount {
                _ if is_out => Cell::Text(self.l.t("criteria-absent")),
                _ if done == 0 && of > 0 => Cell::Text(NOT_YET.to_owned()),
                Some(amount) => Cell::Number(amount.as_f64()),
                None => Cell::Text(self.l.t("criteria-not-assessed")),
            };
            let mut cells: [Cell; 8] = Default::default();
            (cells[1], cells[5], cells[6]) = (Cell::Text(self.l.t(key)), points, Cell::Text(part.clone()));
            cells
        };
        let is_assessed = self.score.total.is_some();
        [
            line("criteria-base", self.score.base),
            line("criteria-bonus", Some(self.score.bonus).filter(|_| is_assessed)),
            line("criteria-penalty", Some(self.score.penalty).filter(|_| is_assessed)),
            line("criteria-total", self.score.total),
        ]
    }
}
