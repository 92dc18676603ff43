//! What stands behind the signature: a row for each agency, every sentence that the text leaves out, what differs from the version before.

use super::arranging::Arranged;
use super::composed::{AGENCIES, Annex, Piece, Sheet, Span};
use super::differing::Difference;
use super::figures;
use super::material::Material;
use crate::base::time;
use crate::duties::collation::{Source, paper};
use crate::duties::form::field::{Field, Kind};
use crate::duties::form::roll_up::{Gave, Sheets};
use crate::duties::form::values;
use crate::duties::{Slot, slot};
use crate::web::Locale;

/// More columns than these lie on a page turned on its side.
const UPRIGHT_COLUMNS: usize = 6;
/// Fields of a form that have a column.
const FIELDS_MAX: usize = 8;

/// A row for each agency that owes, in the order of their names: all of them, whatever they did.
#[must_use]
pub fn agencies(l: Locale, material: &Material, title: &str) -> Annex {
    let fields: Vec<&Field> = material.form().map(|form| columns(&form.fields)).unwrap_or_default();
    let mut head: Vec<String> = ["report-column-number", "report-column-agency", "report-column-state", "report-column-on"]
        .iter()
        .map(|key| l.t(key))
        .collect();
    for field in &fields {
        let unit = values::unit(field);
        head.push(if unit.is_empty() { field.label.clone() } else { format!("{} ({unit})", field.label) });
    }
    let figures = (4..4 + fields.len()).chain([0]).collect();
    let row = |(number, line): (usize, &crate::duties::closing::Line)| {
        let late = if line.on_time == Some(false) && line.outcome.is_in() { l.t("report-late-mark") } else { String::new() };
        let mut cells = vec![
            Span::text(number.to_string()),
            Span::text(line.name.clone()),
            Span::link(format!("{}{late}", l.t(&line.outcome.key())), Slot::desk_path(line.slot)),
            Span::text(line.answered_on.map(time::day).unwrap_or_default()),
        ];
        let own = material.sheets.as_ref().and_then(|sheets| {
            let slot = sheets.slots.iter().find(|slot: &&slot::Model| slot.id == line.slot)?;
            Some((sheets, slot))
        });
        for field in &fields {
            cells.push(own.map_or_else(|| Span::text("–"), |(sheets, slot)| cell(l, sheets, slot, field)));
        }
        cells
    };
    let mut rows: Vec<Vec<Span>> = (1..).zip(&material.lines).map(row).collect();
    if rows.len() > 1 {
        rows.push(total(l, material, &fields));
    }
    let landscape = head.len() > UPRIGHT_COLUMNS;
    let sheet = Sheet { caption: title.to_owned(), head, rows, figures };
    Annex { title: title.to_owned(), pieces: vec![Piece::Table(sheet)], landscape, lists: AGENCIES.into(), ..Annex::default() }
}

/// The last row: how many are in, and what the fields that are put together came to.
fn total(l: Locale, material: &Material, fields: &[&Field]) -> Vec<Span> {
    let done = material.count(|line| line.outcome.is_in());
    let mut cells = vec![
        Span::default(),
        Span::strong(l.t("report-row-total")),
        Span::strong(l.t2("report-row-in", "count", done, "all", material.lines.len())),
        Span::default(),
    ];
    for field in fields {
        let sheets = material.sheets.as_ref().filter(|_| field.rolls_up());
        let words = sheets.map(|sheets| {
            let declared = figures::outcome(l, &sheets.total(field).outcome);
            let recorded = sheets.recorded_total(field).map(|recorded| recorded.shown());
            both(l, declared, recorded)
        });
        cells.push(Span::strong(words.filter(|words| !words.is_empty()).unwrap_or_else(|| "–".to_owned())));
    }
    cells
}

/// A value, with what the system has where that is another.
fn both(l: Locale, value: String, recorded: Option<String>) -> String {
    match recorded.filter(|recorded| *recorded != value) {
        Some(recorded) => l.t2("report-cell-recorded", "value", &value, "recorded", recorded),
        None => value,
    }
}

fn columns(fields: &[Field]) -> Vec<&Field> {
    fields.iter().filter(|field| field.kind != Kind::Text).take(FIELDS_MAX).collect()
}

/// The four honest answers: a value, which may be zero; none with its reason; nothing to report; not answered. A value beside which the
/// system has another is marked with that.
fn cell(l: Locale, sheets: &Sheets, slot: &slot::Model, field: &Field) -> Span {
    match sheets.gave(slot, field) {
        Gave::Value => {
            let value = sheets.value(slot, field).map(|value| value.shown(l)).unwrap_or_default();
            let recorded = sheets.recorded(slot, field).map(|recorded| recorded.shown());
            Span::link(both(l, value, recorded), Slot::desk_path(slot.id))
        }
        Gave::Gap => Span::text(l.t("report-cell-gap")),
        Gave::Nothing => Span::text(l.t("report-cell-nothing")),
        Gave::Unanswered => Span::text("–"),
    }
}

/// The mark of a source, as it stands behind a sentence.
fn mark(l: Locale, source: &Source) -> Span {
    Span::link(format!("[{}]", paper::mark(l, source)), source.href.clone())
}

/// The marks behind a sentence. Several agencies stand in one mark that says that each of them wrote it, so that nobody adds them up.
#[must_use]
pub fn marks(l: Locale, sources: &[Source], places: &[usize]) -> Vec<Span> {
    let own: Vec<&Source> = places.iter().filter_map(|place| sources.get(*place)).collect();
    let mut spans = Vec::new();
    match own.as_slice() {
        [] => {}
        [only] => spans.extend([Span::text(" "), mark(l, only)]),
        several => {
            spans.push(Span::text(format!(" [{} ", l.t1("report-mark-several", "count", several.len()))));
            for (at, source) in several.iter().enumerate() {
                if at > 0 {
                    spans.push(Span::text("; "));
                }
                spans.push(Span::link(paper::mark(l, source), source.href.clone()));
            }
            spans.push(Span::text("]"));
        }
    }
    spans
}

/// Every sentence that the text leaves out, with its sources (none: its own words need no mark) and why it is here.
#[must_use]
pub fn sentences(l: Locale, arranged: &Arranged, sources: &[Source], title: &str) -> Annex {
    let mut pieces = Vec::new();
    let mut part = None;
    for (why, sentence) in &arranged.annex {
        if part != Some(sentence.part) {
            part = Some(sentence.part);
            pieces.push(Piece::Paragraph(vec![Span::strong(l.t(sentence.part.key()))]));
        }
        let mut spans = vec![Span::text(format!("- {}", sentence.text))];
        spans.extend(marks(l, sources, &sentence.sources));
        spans.push(Span::italic(format!(" ({})", l.t(why.key()))));
        pieces.push(Piece::Paragraph(spans));
    }
    if pieces.is_empty() {
        pieces.push(Piece::Paragraph(vec![Span::text(l.t("report-annex-none"))]));
    }
    Annex { title: title.to_owned(), pieces, ..Annex::default() }
}

/// What differs from the version before.
#[must_use]
pub fn differences(l: Locale, before: i32, list: &[Difference]) -> Annex {
    let mut pieces: Vec<Piece> =
        list.iter().map(|one| Piece::Paragraph(vec![Span::text(format!("- {}", one.text(l)))])).collect();
    if pieces.is_empty() {
        pieces.push(Piece::Paragraph(vec![Span::text(l.t("report-differences-none"))]));
    }
    Annex { title: l.t1("report-differences-title", "n", before), pieces, ..Annex::default() }
}

/// `Phụ lục`, or `Phụ lục I`, `Phụ lục II` where there are several.
pub fn label(annexes: &mut [Annex]) {
    let several = annexes.len() > 1;
    for (number, annex) in (1..).zip(annexes.iter_mut()) {
        let roman = vietnamese::roman::to_roman(number).filter(|_| several);
        annex.label = roman.map_or_else(|| "Phụ lục".to_owned(), |roman| format!("Phụ lục {roman}"));
    }
}
