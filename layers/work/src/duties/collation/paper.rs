//! The collated text as a document that people go on writing in.

use official_document::paper::{Paper, Run};

use super::{Collation, Item, Source};
use crate::duties::closing::Outcome;
use crate::web::Locale;

/// What stands over the text.
pub struct Head {
    pub title: String,
    pub about: String,
    /// `in` of `all`, and when that was.
    pub counted: String,
    /// The address of the site, put before the links.
    pub origin: String,
}

/// The source in brackets: agency, version, day.
#[must_use]
pub fn mark(l: Locale, source: &Source) -> String {
    let words = [("agency", source.agency.clone()), ("version", source.version.to_string()), ("on", source.on.clone())];
    l.with(if source.returned { "collation-source-returned" } else { "collation-source" }, &words)
}

/// The heading of a group.
#[must_use]
pub fn heading(l: Locale, kind: Option<crate::people::agency::Kind>) -> String {
    kind.map_or_else(|| l.t("collation-several"), |kind| l.t(&kind.key()))
}

/// DOCX bytes.
///
/// # Errors
/// The file can not be put together.
pub fn write(l: Locale, head: &Head, collation: &Collation) -> anyhow::Result<Vec<u8>> {
    let mut paper = Paper::new(&head.title);
    paper.heading(1, &head.title);
    paper.paragraph(vec![Run::text(&head.about)]);
    paper.paragraph(vec![Run::text(&head.counted)]);
    let item = |paper: &mut Paper, item: &Item| {
        let mut runs = vec![Run::text(&item.text)];
        for source in item.sources.iter().filter_map(|place| collation.sources.get(*place)) {
            runs.push(Run::text(" "));
            runs.push(Run::link(&format!("[{}]", mark(l, source)), &format!("{}{}", head.origin, source.href)));
        }
        paper.paragraph(runs);
    };
    for (section, groups) in &collation.sections {
        paper.heading(2, &l.t(section.key()));
        for group in groups {
            paper.heading(3, &heading(l, group.kind));
            group.items.iter().for_each(|one| item(&mut paper, one));
        }
    }
    if !collation.nothing.is_empty() {
        paper.heading(2, &l.t("collation-nothing"));
        collation.nothing.iter().for_each(|one| item(&mut paper, one));
    }
    if !collation.wordless.is_empty() {
        paper.heading(2, &l.t("collation-wordless"));
        for source in collation.wordless.iter().filter_map(|place| collation.sources.get(*place)) {
            paper.paragraph(vec![Run::link(&mark(l, source), &format!("{}{}", head.origin, source.href))]);
        }
    }
    paper.heading(2, &l.t1("collation-absent", "count", collation.absent.len()));
    if !collation.absent.is_empty() {
        paper.paragraph(absent(l, head, collation));
    }
    Ok(paper.bytes()?)
}

/// Who is not in, one after the other: a line each would be pages of names.
fn absent(l: Locale, head: &Head, collation: &Collation) -> Vec<Run> {
    let mut runs = Vec::new();
    for (name, href, outcome) in &collation.absent {
        let words = if *outcome == Outcome::Absent { name.clone() } else { format!("{name} ({})", l.t(&outcome.key())) };
        if !runs.is_empty() {
            runs.push(Run::text("; "));
        }
        runs.push(Run::link(&words, &format!("{}{href}", head.origin)));
    }
    runs
}
