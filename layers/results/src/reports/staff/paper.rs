//! A document as it will be printed, on a page of the screen.

use askama::Template;

use crate::reports::kind::Kind;
use crate::reports::report::composed::{Annex, Composed, Piece, Remark, Sheet};
use crate::reports::report::drafting;
use crate::web::{Error, Locale, Markup, Result};

/// An annex with its markup.
struct Behind<'a> {
    annex: &'a Annex,
    html: String,
}

#[derive(Template)]
#[template(path = "reports/staff/paper.html")]
struct Paper<'a> {
    composed: &'a Composed,
    /// Who decides; empty of other documents.
    enactment: String,
    to: String,
    bases: Vec<String>,
    recipients: Vec<String>,
    body: String,
    annexes: Vec<Behind<'a>>,
}

impl Paper<'_> {
    fn is_letter(&self) -> bool {
        self.composed.kind == Kind::Letter
    }
}

#[derive(Template)]
#[template(path = "reports/staff/pieces.html")]
struct Pieces<'a> {
    pieces: &'a [Piece],
    /// Whether what has an address leads there.
    linked: bool,
}

impl Pieces<'_> {
    fn is_figure(&self, sheet: &Sheet, column: usize) -> bool {
        sheet.figures.contains(&column)
    }
}

fn pieces(pieces: &[Piece], linked: bool) -> Result<String> {
    Pieces { pieces, linked }.render().map_err(|error| Error::Internal(error.into()))
}

/// Lines with the marks at their ends.
fn ends(lines: &[String], last: &str) -> Vec<String> {
    let count = lines.len();
    let line = |(at, line): (usize, &String)| format!("{line}{}", if at + 1 == count { last } else { ";" });
    lines.iter().enumerate().map(line).collect()
}

/// The markup of a document.
///
/// # Errors
/// The template failed.
pub fn shown(composed: &Composed, linked: bool) -> Result<Markup> {
    let mut recipients = ends(&composed.recipients, ";");
    if !composed.archive.trim().is_empty() {
        recipients.push(format!("Lưu: {}.", composed.archive));
    }
    let to = if composed.kind.is_addressed() { ends(&composed.addressees, ".").join(" ") } else { String::new() };
    let mut annexes = Vec::new();
    for annex in &composed.annexes {
        annexes.push(Behind { annex, html: pieces(&annex.pieces, linked)? });
    }
    let body = pieces(&composed.pieces, linked)?;
    let (enactment, bases) = (drafting::enactment(composed).unwrap_or_default(), ends(&composed.bases, "."));
    let paper = Paper { composed, enactment, to, bases, recipients, body, annexes };
    paper.render().map(Markup).map_err(|error| Error::Internal(error.into()))
}

/// What is noted beside the text, in words, with where the recorded number is looked at.
#[must_use]
pub fn margin(l: Locale, composed: &Composed) -> Vec<(String, String)> {
    let remark = |one: &Remark| {
        let recorded = if one.recorded.is_empty() { l.t("report-figure-none") } else { one.recorded.clone() };
        let words = [("name", one.name.clone()), ("declared", one.declared.clone()), ("recorded", recorded)];
        (l.with(&one.key, &words), one.href.clone())
    };
    composed.remarks.iter().map(remark).collect()
}
