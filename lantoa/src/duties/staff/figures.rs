//! The figures of a duty's form over all agencies of a period: each total opens the answers that it counts.

use askama::Template;
use axum::extract::{Query, State};
use rust_xlsxwriter::{Format, Workbook};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::Deserialize;

use super::board::Overseer;
use super::rules;
use crate::base::{App, Role};
use crate::duties::changing;
use crate::duties::duty::Duty;
use crate::duties::form::field::{Field, Kind};
use crate::duties::form::roll_up::{Gave, Outcomes, Sheets};
use crate::duties::form::values::{Value, unit};
use crate::duties::{Slot, slot, view};
use crate::people::agency::brief::Known;
use crate::web::download::{CSV, Download, XLSX, harmless};
use crate::web::{Error, Locale, Page, Path, Result, Shell, address, cut};

const TITLE_LETTERS: usize = 200;

/// Which period, and which list behind a figure.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    period: String,
    /// Code of a field; with `which` the list behind one figure.
    field: String,
    which: String,
}

/// A field with its total.
pub struct Row {
    pub code: String,
    pub label: String,
    pub operator: String,
    /// Empty when there is no total.
    pub total: String,
    /// Why there is none.
    pub none: String,
    /// What agencies gave, how many, and the list.
    pub counts: Vec<(String, usize, String)>,
}

/// An agency behind a figure.
pub struct One {
    pub agency: String,
    pub href: String,
    pub value: String,
    pub why: String,
}

#[derive(Template)]
#[template(path = "duties/staff/figures.html")]
pub struct Figures {
    l: Locale,
    shell: Shell,
    duty: Duty,
    title: String,
    plan: String,
    heading: String,
    period: String,
    /// Key, name, whether it is shown.
    periods: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    /// The list behind one figure.
    list: Option<(String, Vec<One>)>,
    may_edit: bool,
}

impl Figures {
    fn here(&self) -> String {
        format!("{}/{}/figures", self.back(), self.duty.id)
    }

    fn back(&self) -> String {
        rules::path(self.duty.plan)
    }

    fn form(&self) -> String {
        format!("{}/{}/form", self.back(), self.duty.id)
    }

    fn file(&self, kind: &str) -> String {
        format!("{}/{kind}{}", self.here(), address::query(&[("period", &self.period)]))
    }
}

/// The duty with the figures of the period that is asked for, or of the newest that is under way.
struct Read {
    duty: Duty,
    plan: String,
    periods: Vec<String>,
    period: String,
    sheets: Sheets,
}

impl Read {
    async fn of(app: &App, at: (Uuid, Uuid), asked: &str) -> Result<Self> {
        let (plan, duty) = changing::find(&app.db, at.0, at.1).await?;
        let today = crate::base::time::local_date(app.clock.now());
        let periods: Vec<(String, chrono::NaiveDate, chrono::NaiveDate)> = slot::Entity::find()
            .select_only()
            .columns([slot::Column::Period, slot::Column::StartOn, slot::Column::EndOn])
            .distinct()
            .filter(slot::Column::Duty.eq(duty.id))
            .filter(slot::Column::VoidedOn.is_null())
            .order_by_asc(slot::Column::EndOn)
            .order_by_asc(slot::Column::Period)
            .into_tuple()
            .all(&app.db)
            .await?;
        let current = periods.iter().rev().find(|(_, start, _)| *start <= today).or(periods.first());
        let period = match asked {
            "" => current.map(|(period, ..)| period.clone()).unwrap_or_default(),
            asked => periods.iter().find(|(period, ..)| period == asked).ok_or(Error::NotFound)?.0.clone(),
        };
        let sheets = Sheets::of(&app.db, duty.id, &period).await?;
        let mut periods: Vec<String> = periods.into_iter().map(|(period, ..)| period).collect();
        periods.dedup();
        Ok(Self { plan: plan.title(), duty, periods, period, sheets })
    }
}

/// `GET /desk/plans/{id}/duties/{duty}/figures`
pub async fn show(
    who: Overseer,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, Uuid)>,
    Query(ask): Query<Ask>,
) -> Result<Page<Figures>> {
    let Read { duty, plan, periods, period, sheets } = Read::of(&app, at, &ask.period).await?;
    let l = shell.l;
    let here = format!("{}/{}/figures", rules::path(duty.plan), duty.id);
    let answered = sheets.slots.iter().filter(|slot| sheets.answer(slot).is_some()).count();
    let list = match sheets.form.field(&ask.field) {
        Some((_, field)) => {
            let which = Gave::ALL.into_iter().find(|gave| gave.code() == ask.which).unwrap_or(Gave::Value);
            Some(list(l, &sheets, field, which, &*Known::now(&app).await?))
        }
        None if ask.field.is_empty() => None,
        None => return Err(Error::NotFound),
    };
    Ok(Page(Figures {
        heading: l.t2("figures-heading", "count", answered, "expected", sheets.slots.len()),
        rows: sheets.form.fields.iter().map(|field| row(l, &sheets, field, &here, &period)).collect(),
        periods: periods
            .into_iter()
            .map(|key| (view::period(l, &key), key == period, key))
            .map(|(name, on, key)| (key, name, on))
            .collect(),
        title: cut(&duty.title, TITLE_LETTERS),
        may_edit: who.is(Role::Coordinator),
        list,
        period,
        plan,
        duty,
        l,
        shell,
    }))
}

fn row(l: Locale, sheets: &Sheets, field: &Field, here: &str, period: &str) -> Row {
    let total = sheets.total(field);
    let counts = Gave::ALL.iter().zip(total.counts).map(|(gave, count)| {
        let pairs = [("period", period), ("field", &field.code), ("which", gave.code())];
        (l.t(&format!("figures-{}", gave.code())), count, format!("{here}{}", address::query(&pairs)))
    });
    let shown = words(l, &total.outcome, field);
    let none = match (shown.is_empty(), total.counts[0]) {
        (true, 0) => l.t("figures-nobody"),
        (true, _) => l.t("figures-no-total"),
        _ => String::new(),
    };
    Row {
        counts: counts.collect(),
        code: field.code.clone(),
        label: field.label.clone(),
        operator: l.t(&format!("form-roll-up-{}", field.roll_up.code())),
        total: shown,
        none,
    }
}

/// A total as people read it; empty when there is none.
fn words(l: Locale, outcome: &Outcomes, field: &Field) -> String {
    let with_unit = |text: String| format!("{text} {}", unit(field)).trim().to_owned();
    match outcome {
        Outcomes::None => String::new(),
        Outcomes::Number(number) => with_unit(number.shown()),
        Outcomes::Ratio(part, whole) => Value::Ratio(*part, *whole).shown(l),
        Outcomes::Given(value) => with_unit(value.shown(l)),
        Outcomes::Counts(counts) => {
            let word = |word: &str| match (field.kind, word) {
                (Kind::YesNo, "yes") => l.t("form-yes"),
                (Kind::YesNo, _) => l.t("form-no"),
                (_, word) => word.to_owned(),
            };
            let one = |(of, count): &(String, usize)| l.t2("figures-times", "word", word(of), "count", count);
            counts.iter().map(one).collect::<Vec<_>>().join(" · ")
        }
    }
}

fn list(l: Locale, sheets: &Sheets, field: &Field, which: Gave, agencies: &Known) -> (String, Vec<One>) {
    let behind = sheets.slots.iter().filter(|slot| sheets.gave(slot, field) == which);
    let mut ones: Vec<One> = behind.map(|slot| one(l, sheets, slot, field, agencies)).collect();
    ones.sort_by_cached_key(|one| vietnamese::fold(&one.agency).into_owned());
    let words = [
        ("name", field.label.clone()),
        ("what", l.t(&format!("figures-{}", which.code())).to_lowercase()),
        ("count", ones.len().to_string()),
    ];
    (l.with("figures-list", &words), ones)
}

fn one(l: Locale, sheets: &Sheets, slot: &Slot, field: &Field, agencies: &Known) -> One {
    One {
        agency: agencies.get(&slot.agency).map(|agency| agency.name.clone()).unwrap_or_default(),
        href: Slot::desk_path(slot.id),
        value: sheets
            .value(slot, field)
            .map(|value| format!("{} {}", value.shown(l), unit(field)).trim().to_owned())
            .unwrap_or_default(),
        why: sheets.why(slot, field),
    }
}

/// The table of all agencies, a line each; two columns for a ratio. Numbers are `1234.5`, gaps are empty.
fn table(l: Locale, sheets: &Sheets, agencies: &Known) -> (Vec<String>, Vec<Vec<String>>) {
    let mut head = vec![l.t("figures-agency"), l.t("figures-code")];
    for field in &sheets.form.fields {
        match field.kind {
            Kind::Ratio => head.extend((0..2).map(|at| field.options.get(at).cloned().unwrap_or_default())),
            _ => head.push(
                [field.label.clone(), unit(field)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            ),
        }
    }
    let line = |slot: &Slot| {
        let agency = agencies.get(&slot.agency);
        let mut line =
            vec![agency.map(|one| one.name.clone()).unwrap_or_default(), agency.map(|one| one.code.clone()).unwrap_or_default()];
        for field in &sheets.form.fields {
            let value = sheets.value(slot, field);
            match (field.kind, value) {
                (Kind::Ratio, Some(Value::Ratio(part, whole))) => line.extend([part.plain(), whole.plain()]),
                (Kind::Ratio, _) => line.extend([String::new(), String::new()]),
                (_, Some(Value::Number(number))) => line.push(number.plain()),
                (_, Some(Value::Day(day))) => line.push(day.to_string()),
                (_, Some(value)) => line.push(value.shown(l)),
                (_, None) => line.push(String::new()),
            }
        }
        line
    };
    let mut lines: Vec<Vec<String>> = sheets.slots.iter().map(line).collect();
    lines.sort_by_cached_key(|line| vietnamese::fold(&line[0]).into_owned());
    (head, lines)
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
    let (head, lines) = table(shell.l, &read.sheets, &*Known::now(&app).await?);
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
    let (head, lines) = table(l, &read.sheets, &*Known::now(&app).await?);
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
        for (column, cell) in
            (0_u16..).zip([&row.label, &row.operator, if row.total.is_empty() { &row.none } else { &row.total }])
        {
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
        for (column, cell) in (0_u16..).zip(line) {
            // The first two are names, however many digits they have.
            match cell.parse::<f64>() {
                Ok(number) if column > 1 && number.is_finite() => sheet.write_number(at, column, number)?,
                _ => sheet.write_string(at, column, cell)?,
            };
        }
    }
    Ok(Download { name: format!("so-lieu-{}.xlsx", read.period), media_type: XLSX, bytes: book.save_to_buffer()? })
}
