//! What is said about a document before it is handed in: numbers that nothing supports stand in its margin, and what it lacks stands in its
//! way.

use std::collections::BTreeSet;

use super::composed::{Composed, Piece, Remark, Shown};
use super::composing::known;
use super::material::Material;
use super::{Report, figures, mapping, numbers};
use crate::base::App;
use crate::plans::secrecy;
use crate::reports::template::Template;
use crate::reports::template::outline::{Of, Outline, Section};
use crate::web::{Error, Obstacle, cut};

/// What of a text without a name stands for it.
const NAME_LETTERS: usize = 60;

/// Numbers that nothing recorded supports: typed over a figure, or written into any text of this document that is printed. `pieces`: what it
/// was put together to.
///
/// # Errors
/// The database failed.
pub async fn remarks(
    app: &App,
    report: &Report,
    material: &Material,
    outline: &Outline,
    (figures, pieces): (&[Shown], &[Piece]),
) -> Result<Vec<Remark>, Error> {
    let mut found: Vec<Remark> = figures
        .iter()
        .filter(|figure| figure.differs())
        .map(|figure| Remark {
            key: "report-remark-figure".into(),
            name: if figure.label.is_empty() { figure.code.clone() } else { figure.label.clone() },
            declared: figure.declared.clone(),
            recorded: figure.recorded.clone(),
            href: figure.href.clone(),
        })
        .collect();
    if material.duty.is_none() {
        return Ok(found);
    }
    let template = Template::at(&app.db, &report.template, report.template_version).await?;
    let template = template.map(|template| template.outline()).unwrap_or_default();
    let mut supports: Vec<String> = texts(&template);
    supports.extend(template.bases.iter().chain(&outline.bases).cloned());
    supports.extend(figures.iter().flat_map(|figure| [figure.recorded.clone(), figure.declared.clone()]));
    supports.extend(tables(pieces));
    let known = known(report, material);
    supports.extend(
        known.into_iter().filter(|(name, _)| !outline.fields.iter().any(|asked| asked.code == *name)).map(|(_, value)| value),
    );
    for (name, text, own) in typed(report, material, outline) {
        for number in numbers::unsupported(&text, supports.iter().chain(&own).map(String::as_str)) {
            let (key, declared) = ("report-remark-words".into(), number);
            found.push(Remark { key, name: name.clone(), declared, recorded: String::new(), href: String::new() });
        }
    }
    Ok(found)
}

/// The words of an outline that are printed as they stand.
fn texts(outline: &Outline) -> Vec<String> {
    let of = |section: &Section| {
        let text = if section.of == Of::Words { section.text.clone() } else { String::new() };
        [section.title.clone(), text]
    };
    let mut all: Vec<String> = outline.sections.iter().flat_map(of).filter(|text| !text.is_empty()).collect();
    all.push(outline.subject.clone());
    all
}

/// What stands in the tables of the text: sums and targets that were counted.
fn tables(pieces: &[Piece]) -> Vec<String> {
    let sheets = pieces.iter().filter_map(|piece| if let Piece::Table(sheet) = piece { Some(sheet) } else { None });
    sheets.flat_map(|sheet| sheet.rows.iter().flatten()).map(|span| span.text.clone()).collect()
}

/// Every text that a person typed and that is printed: what it is called, the text, and what supports it alone.
fn typed(report: &Report, material: &Material, outline: &Outline) -> Vec<(String, String, Vec<String>)> {
    let arrangement = report.arrangement();
    let mut all: Vec<(String, String, Vec<String>)> =
        texts(outline).into_iter().map(|text| (cut(&text, NAME_LETTERS), text, Vec::new())).collect();
    for asked in &outline.fields {
        let text = arrangement.fields.get(&asked.code).cloned().unwrap_or_default();
        all.push((asked.label.clone(), text, Vec::new()));
    }
    for merged in arrangement.merged.iter().filter(|merged| merged.holds()) {
        let of = merged.keys.iter().filter_map(|key| material.narrative.sentence(key)).map(|sentence| sentence.text.clone());
        all.push((cut(&merged.text, NAME_LETTERS), merged.text.clone(), of.collect()));
    }
    all
}

/// Why it can not be handed in.
#[must_use]
pub fn obstacles(report: &Report, material: &Material, composed: &Composed, missing: &BTreeSet<String>) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let mut say = |is: bool, obstacle: Obstacle| {
        if is {
            found.push(obstacle);
        }
    };
    let of_all = material.duty.is_some() && !report.own;
    say(of_all && report.closing == 0, Obstacle::new("report-needs-closing"));
    let is_old = report.closing > 0 && material.last_closing > report.closing;
    say(is_old, Obstacle::new("report-closing-old").with("version", material.last_closing));
    let answered = material.lines.iter().any(|line| line.outcome.is_in());
    say(report.own && !answered, Obstacle::new("report-needs-answer"));
    let head = &composed.head;
    let bare = [&head.issuer, &head.symbol, &head.place, &head.position].iter().any(|one| one.trim().is_empty());
    say(bare, Obstacle::new("report-needs-head").at("issuer"));
    say(composed.subject.trim().is_empty(), Obstacle::new("report-needs-subject").at("subject"));
    for name in missing {
        let label = report.outline().fields.into_iter().find(|asked| asked.code == *name).map(|asked| asked.label);
        say(true, Obstacle::new("report-needs-field").with("name", label.unwrap_or_else(|| name.clone())).at("fields"));
    }
    for figure in &composed.figures {
        let unknown = !figures::is_known(&figure.code, material);
        say(unknown, Obstacle::new("report-figure-unknown").with("name", &figure.code).at("sections"));
    }
    for (code, _) in report.outline().maps() {
        say(!mapping::is_known(&code, material), Obstacle::new("report-figure-unknown").with("name", code).at("sections"));
    }
    let waiting = report.arrangement().merged.iter().filter(|merged| !merged.holds()).count();
    say(waiting > 0, Obstacle::new("report-machine-waits").with("count", waiting).at("machine"));
    if let Some(mark) = secrecy::of_text(&printed(composed)) {
        say(true, Obstacle::new("answer-secret").with("mark", mark));
    }
    found
}

/// Every line that is printed outside tables.
fn printed(composed: &Composed) -> String {
    let pieces = composed.pieces.iter().chain(composed.annexes.iter().flat_map(|annex| &annex.pieces));
    let words = pieces.filter_map(|piece| match piece {
        Piece::Paragraph(spans) => Some(spans.iter().map(|span| span.text.as_str()).collect::<String>()),
        Piece::Heading(caption) => Some(caption.text.clone()),
        Piece::Table(_) | Piece::Picture(_) => None,
    });
    let around = [&composed.addressees, &composed.bases, &composed.recipients].into_iter().flatten().chain([&composed.subject]);
    words.chain(around.cloned()).collect::<Vec<_>>().join("\n")
}
