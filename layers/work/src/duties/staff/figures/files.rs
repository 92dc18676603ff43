//! What every agency gave, as files: a line each, with where it stands, so that an empty cell is never a riddle.

use std::collections::HashMap;

use axum::extract::{Query, State};
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::{Ask, Read, row};
use crate::base::{App, time};
use crate::duties::form::field::{Field, Kind};
use crate::duties::form::roll_up::{Gave, Sheets};
use crate::duties::form::values::{Value, unit};
use crate::duties::staff::board::Overseer;
use crate::duties::{Slot, answer};
use crate::people::agency::brief::Known;
use crate::web::download::{CSV, Download, XLSX, harmless};
use crate::web::{Locale, Path, Result, Shell};

/// What stands before the figures: agency, code, state, version, reasons.
const HEAD: [&str; 5] = ["figures-agency", "figures-code", "figures-state", "figures-version", "figures-reasons"];
/// The place of the version, the only number of those.
const VERSION: usize = 3;

/// What lines are made of.
struct Lines<'a> {
    l: Locale,
    sheets: &'a Sheets,
    agencies: &'a Known,
    /// Why there is nothing to report, why it came late: by answer.
    reasons: HashMap<Uuid, (String, String)>,
    today: NaiveDate,
}

impl<'a> Lines<'a> {
    async fn of(app: &App, l: Locale, sheets: &'a Sheets, agencies: &'a Known) -> Result<Self> {
        let ids: Vec<Uuid> = sheets.slots.iter().filter_map(|slot| sheets.last(slot)).map(|answer| answer.id).collect();
        let reasons: Vec<(Uuid, String, String)> = answer::Entity::find()
            .select_only()
            .columns([answer::Column::Id, answer::Column::Reason, answer::Column::LateReason])
            .filter(answer::Column::Id.is_in(ids))
            .into_tuple()
            .all(&app.db)
            .await?;
        let reasons = reasons.into_iter().map(|(id, reason, late)| (id, (reason, late))).collect();
        Ok(Self { l, sheets, agencies, reasons, today: time::local_date(app.clock.now()) })
    }

    /// Where the agency stands: handed in, nothing to report, late.
    fn state(&self, slot: &Slot) -> String {
        let nothing = self.sheets.last(slot).is_some_and(|last| last.outcome == answer::Outcome::Nothing);
        let words = [
            Some(self.l.t(&self.sheets.standing(slot, self.today).key())),
            nothing.then(|| self.l.t("figures-nothing")),
            self.sheets.is_late(slot).then(|| self.l.t("answer-was-late")),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Why there is nothing to report, why it is late, and why fields have no value.
    fn why(&self, slot: &Slot) -> String {
        let none = (String::new(), String::new());
        let (nothing, late) = self.sheets.last(slot).and_then(|last| self.reasons.get(&last.id)).unwrap_or(&none);
        let late = if late.is_empty() { String::new() } else { format!("{}: {late}", self.l.t("answer-was-late")) };
        let gaps = self.sheets.form.fields.iter().filter(|field| self.sheets.gave(slot, field) == Gave::Gap);
        let gaps = gaps.map(|field| (field, self.sheets.why(slot, field))).filter(|(_, why)| !why.is_empty());
        let gaps = gaps.map(|(field, why)| format!("{}: {why}", field.label));
        let all = [nothing.clone(), late].into_iter().chain(gaps).filter(|words| !words.is_empty());
        all.collect::<Vec<_>>().join("; ")
    }

    /// The word for a value that is not there: a gap is named; else the state of the agency says it.
    fn missing(&self, slot: &Slot, field: &Field) -> String {
        match self.sheets.gave(slot, field) {
            Gave::Gap if self.sheets.why(slot, field).is_empty() => self.l.t("form-no-data"),
            Gave::Gap => self.l.t("figures-not-collected"),
            _ => String::new(),
        }
    }

    fn line(&self, slot: &Slot) -> Vec<String> {
        let agency = self.agencies.get(&slot.agency);
        let mut line = vec![
            agency.map(|one| one.name.clone()).unwrap_or_default(),
            agency.map(|one| one.code.clone()).unwrap_or_default(),
            self.state(slot),
            self.sheets.last(slot).map(|last| last.version.to_string()).unwrap_or_default(),
            self.why(slot),
        ];
        for field in &self.sheets.form.fields {
            match (field.kind, self.sheets.value(slot, field)) {
                (Kind::Ratio, Some(Value::Ratio(part, whole))) => line.extend([part.plain(), whole.plain()]),
                (Kind::Ratio, _) => line.extend([self.missing(slot, field), self.missing(slot, field)]),
                (_, Some(Value::Number(number))) => line.push(number.plain()),
                (_, Some(Value::Day(day))) => line.push(day.to_string()),
                (_, Some(value)) => line.push(value.shown(self.l)),
                (_, None) => line.push(self.missing(slot, field)),
            }
        }
        line
    }
}

/// The table of all agencies, a line each; two columns for a ratio. Numbers are `1234.5`, a gap is its word.
async fn table(app: &App, l: Locale, sheets: &Sheets) -> Result<(Vec<String>, Vec<Vec<String>>)> {
    let mut head: Vec<String> = HEAD.map(|key| l.t(key)).into();
    for field in &sheets.form.fields {
        match field.kind {
            Kind::Ratio => head.extend((0..2).map(|at| field.options.get(at).cloned().unwrap_or_default())),
            _ => head.push(
                [field.label.clone(), unit(field)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            ),
        }
    }
    let agencies = Known::now(app).await?;
    let made = Lines::of(app, l, sheets, &agencies).await?;
    let mut lines: Vec<Vec<String>> = sheets.slots.iter().map(|slot| made.line(slot)).collect();
    lines.sort_by_cached_key(|line| line.first().map(|name| vietnamese::fold(name).into_owned()));
    Ok((head, lines))
}

/// `GET /desk/plans/{id}/duties/{duty}/figures/csv`: what every agency gave (RFC 4180, with a byte order mark).
pub async fn csv(
    _who: Overseer,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, Uuid)>,
    Query(ask): Query<Ask>,
) -> Result<Download> {
    let read = Read::of(&app, at, &ask.period).await?;
    let (head, lines) = table(&app, shell.l, &read.sheets).await?;
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    for line in std::iter::once(&head).chain(&lines) {
        writer.write_record(line.iter().map(|cell| harmless(cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: format!("so-lieu-{}.csv", read.period), media_type: CSV, bytes })
}

/// `GET /desk/plans/{id}/duties/{duty}/figures/xlsx`: the same, and the totals on a sheet of their own.
pub async fn xlsx(
    _who: Overseer,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, Uuid)>,
    Query(ask): Query<Ask>,
) -> Result<Download> {
    let (read, l) = (Read::of(&app, at, &ask.period).await?, shell.l);
    let (head, lines) = table(&app, l, &read.sheets).await?;
    let bold = Format::new().set_bold().set_text_wrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(l.t("figures-total"))?;
    for (column, key) in (0_u16..).zip(["form-column-field", "figures-by", "figures-total"]) {
        sheet.write_string_with_format(0, column, l.t(key), &bold)?;
        sheet.set_column_width(column, if column == 0 { 60 } else { 30 })?;
    }
    for (at, field) in (1_u32..).zip(&read.sheets.form.fields) {
        let row = row(l, &read.sheets, field, "", &read.period);
        let total = [&row.total, &row.note].into_iter().filter(|words| !words.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        for (column, cell) in (0_u16..).zip([&row.label, &row.operator, if row.total.is_empty() { &row.none } else { &total }]) {
            sheet.write_string(at, column, cell)?;
        }
    }
    let sheet = book.add_worksheet();
    sheet.set_name(l.t("figures-detail"))?;
    for (column, cell) in (0_u16..).zip(&head) {
        sheet.write_string_with_format(0, column, cell, &bold)?;
        sheet.set_column_width(column, if column == 0 { 44 } else { 18 })?;
    }
    for (at, line) in (1_u32..).zip(&lines) {
        for (column, (place, cell)) in (0_u16..).zip(line.iter().enumerate()) {
            // Names, codes and reasons are words, however many digits they have.
            let counts = place == VERSION || place >= HEAD.len();
            match cell.parse::<f64>() {
                Ok(number) if counts && number.is_finite() => sheet.write_number(at, column, number)?,
                _ => sheet.write_string(at, column, cell)?,
            };
        }
    }
    Ok(Download { name: format!("so-lieu-{}.xlsx", read.period), media_type: XLSX, bytes: book.save_to_buffer()? })
}
