//! How far the plan got: in all, by year, part and kind of agency; and what is red, since when and why.

use std::collections::BTreeMap;

use chrono::Datelike;
use sea_orm::{ActiveEnum, Iterable};

use super::{Cell, Frame, Section};
use crate::base::{App, time};
use crate::duties::backlog::{self, Backlog, By, LateReason};
use crate::duties::progress::{self, Scope, Tally, Which};
use crate::duties::view;
use crate::people::agency::Kind;
use crate::web::{Result, address, cut};

/// In the order of the columns.
const SHOWN: [Which; 7] =
    [Which::Expected, Which::OnTime, Which::Late, Which::Excused, Which::Waiting, Which::Returned, Which::Overdue];
/// Of the columns: expected, overdue, and the share that stands after [`SHOWN`].
pub(super) const ON_CARDS: [usize; 3] = [1, SHOWN.len(), SHOWN.len() + 1];
/// So many reasons for lateness are looked through.
const REASONS: u64 = 1_000;
const TITLE_LETTERS: usize = 120;
const REASON_LETTERS: usize = 160;

fn scope(frame: &Frame) -> Scope {
    Scope {
        body: None,
        plan: frame.plan.id,
        part: String::new(),
        agency: None,
        duty: None,
        kind: None,
        from: frame.from,
        until: frame.until,
        today: frame.today,
    }
}

/// The list behind a figure.
fn list(frame: &Frame, year: &str, which: Which, further: (&str, &str)) -> String {
    let pairs = [("plan", frame.plan.slug.as_str()), ("year", year), ("which", which.code()), further];
    format!("/desk/progress/slots{}", address::query(&pairs))
}

/// A line of figures, each with its list.
fn line(frame: &Frame, label: Cell, tally: &Tally, year: &str, further: (&str, &str)) -> Vec<Cell> {
    let count = |which: Which| Cell::count(which.of(tally), list(frame, year, which, further));
    let share = view::share(frame.l, tally, tally.done()).unwrap_or_else(|| "–".into());
    let share = Cell { text: share, href: String::new(), number: true };
    std::iter::once(label).chain(SHOWN.map(count)).chain([share]).collect()
}

fn head(frame: &Frame, first: &str) -> Vec<String> {
    let l = frame.l;
    let shown = SHOWN.map(|which| l.t(&format!("stocktake-{}", which.code())));
    std::iter::once(l.t(first)).chain(shown).chain([l.t("stocktake-share")]).collect()
}

pub(super) async fn sections(app: &App, frame: &Frame) -> Result<Vec<Section>> {
    let scope = scope(frame);
    let cells = progress::cells(&app.db, &scope).await?;
    let duties = backlog::of(&app.db, &scope, By::Duty, frame.today).await?;
    let agencies = backlog::of(&app.db, &scope, By::Agency, frame.today).await?;
    let reasons = backlog::late_reasons(&app.db, frame.plan.id, REASONS).await?;
    Ok(vec![
        by_year(frame, &cells),
        by_part(frame, &duties),
        by_kind(frame, &cells),
        red_agencies(frame, agencies, &reasons),
        red_duties(frame, duties, &reasons),
    ])
}

fn by_year(frame: &Frame, cells: &[progress::Cell]) -> Section {
    let l = frame.l;
    let total = progress::total(cells);
    let mut years: BTreeMap<i32, Tally> = BTreeMap::new();
    for cell in cells {
        *years.entry(cell.due_on.year()).or_default() += cell.tally();
    }
    let board = |year: &i32| {
        let text = year.to_string();
        let query = address::query(&[("plan", frame.plan.slug.as_str()), ("year", &text)]);
        Cell::link(l.t1("stocktake-year", "year", year), format!("/desk/progress{query}"))
    };
    let mut rows: Vec<Vec<Cell>> =
        years.iter().map(|(year, tally)| line(frame, board(year), tally, &year.to_string(), ("", ""))).collect();
    if rows.len() > 1 {
        rows.push(line(frame, Cell::words(l.t("stocktake-total")), &total, &frame.asked_year(), ("", "")));
    }
    let share = view::share(l, &total, total.done()).unwrap_or_default();
    let number = vietnamese::number::format_integer;
    let words = [("done", number(total.done())), ("expected", number(total.expected)), ("share", share)];
    Section {
        id: "progress",
        title: l.t("stocktake-progress"),
        note: if total.expected == 0 { String::new() } else { l.with("stocktake-progress-note", &words) },
        head: head(frame, "stocktake-head-year"),
        rows,
        empty: l.t("stocktake-progress-none"),
    }
}

fn by_part(frame: &Frame, duties: &[Backlog]) -> Section {
    let mut parts: Vec<(String, Tally)> = Vec::new();
    for duty in &frame.duties {
        let Some(one) = duties.iter().find(|one| one.id == duty.id) else { continue };
        let part = duty.path.split('.').next().unwrap_or_default().to_owned();
        match parts.iter_mut().find(|(known, _)| *known == part) {
            Some((_, tally)) => *tally += one.tally,
            None => parts.push((part, one.tally)),
        }
    }
    let rows = parts.iter().map(|(part, tally)| {
        let label = Cell::words(frame.l.t1("stocktake-part", "part", part));
        line(frame, label, tally, &frame.asked_year(), ("part", part))
    });
    Section {
        id: "parts",
        title: frame.l.t("stocktake-parts"),
        head: head(frame, "stocktake-head-part"),
        rows: rows.collect(),
        empty: frame.l.t("stocktake-progress-none"),
        ..Section::default()
    }
}

/// By kind of agency.
fn by_kind(frame: &Frame, cells: &[progress::Cell]) -> Section {
    let of = |agency| frame.agencies.get(agency).map(|agency| agency.kind);
    let rows = Kind::iter().filter_map(|kind| {
        let mut own = cells.iter().filter(|cell| of(&cell.agency) == Some(kind)).peekable();
        own.peek()?;
        let mut tally = Tally::default();
        own.for_each(|cell| tally += cell.tally());
        Some(line(frame, Cell::words(frame.l.t(&kind.key())), &tally, &frame.asked_year(), ("body", &kind.to_value())))
    });
    Section {
        id: "kinds",
        title: frame.l.t("stocktake-kinds"),
        head: head(frame, "stocktake-head-kind"),
        rows: rows.collect(),
        empty: frame.l.t("stocktake-progress-none"),
        ..Section::default()
    }
}

/// Those with something overdue or sent back, the worst first.
fn worst(mut all: Vec<Backlog>) -> Vec<Backlog> {
    all.retain(|one| one.tally.overdue > 0 || one.tally.returned > 0);
    all.sort_by_key(|one| (-one.tally.overdue, -one.tally.returned, one.since, one.id));
    all
}

fn red(frame: &Frame, one: &Backlog, label: Cell, further: (&str, &str), reason: Option<&LateReason>) -> Vec<Cell> {
    let href = |which| list(frame, &frame.asked_year(), which, further);
    vec![
        label,
        Cell::count(one.tally.overdue, href(Which::Overdue)),
        Cell::count(one.tally.returned, href(Which::Returned)),
        Cell::words(one.since.map(time::day).unwrap_or_else(|| "–".into())),
        Cell::words(reason.map_or_else(|| frame.l.t("stocktake-no-reason"), |one| cut(one.reason.trim(), REASON_LETTERS))),
    ]
}

fn red_head(frame: &Frame, first: &str) -> Vec<String> {
    let l = frame.l;
    [first, "stocktake-overdue", "stocktake-returned", "stocktake-since", "stocktake-reason"].map(|key| l.t(key)).into()
}

fn red_agencies(frame: &Frame, all: Vec<Backlog>, reasons: &[LateReason]) -> Section {
    let row = |one: &Backlog| {
        let slug = frame.agencies.get(&one.id).map(|agency| agency.slug.clone()).unwrap_or_default();
        let reason = reasons.iter().find(|reason| reason.agency == one.id);
        red(frame, one, Cell::words(frame.agency(&one.id)), ("agency", &slug), reason)
    };
    Section {
        id: "red-agencies",
        title: frame.l.t("stocktake-red-agencies"),
        head: red_head(frame, "stocktake-head-agency"),
        rows: worst(all).iter().map(row).collect(),
        empty: frame.l.t("stocktake-red-none"),
        ..Section::default()
    }
}

fn red_duties(frame: &Frame, all: Vec<Backlog>, reasons: &[LateReason]) -> Section {
    let row = |one: &Backlog| {
        let duty = frame.duties.iter().find(|duty| duty.id == one.id);
        let name = duty.map(|duty| format!("{} · {}", duty.path, cut(&duty.title, TITLE_LETTERS))).unwrap_or_default();
        let reason = reasons.iter().find(|reason| reason.duty == one.id);
        red(frame, one, Cell::words(name), ("duty", &one.id.to_string()), reason)
    };
    Section {
        id: "red-duties",
        title: frame.l.t("stocktake-red-duties"),
        head: red_head(frame, "stocktake-head-duty"),
        rows: worst(all).iter().map(row).collect(),
        empty: frame.l.t("stocktake-red-none"),
        ..Section::default()
    }
}
