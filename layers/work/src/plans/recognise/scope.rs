//! What a provision inherits from what stands above it.

use official_document::{Part, PartKind};

use super::deadline;
use super::gazetteer::{Gazetteer, Section};
use super::labels;
use super::listed;
use super::model::{Deadline, Kind, Origin};
use super::roles::{self, Evidence};
use super::sections::announced;
use super::words::{Words, squeeze};

/// Leads that a heading or an intro line gives to what stands under it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Inherited {
    /// Who leads.
    pub leads: Vec<String>,
    /// Who takes part.
    pub cooperates: Vec<String>,
    /// Where it was read.
    pub origin: Option<Origin>,
    /// "chủ trì" is written, or nothing at all but the name.
    pub supports: bool,
}

/// What holds for the parts under a heading.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The path of the heading; empty at the root.
    pub path: String,
    /// The kind its section announces.
    pub kind: Option<Kind>,
    /// Further kinds its section announces.
    pub also: Vec<Kind>,
    /// "Mục tiêu chung".
    pub general: bool,
    /// The section describes; it asks nothing of anybody.
    pub background: bool,
    /// The headings, outermost first.
    pub trail: Vec<String>,
    /// Who leads.
    pub lead: Option<Inherited>,
    /// When everything under it is due.
    pub deadline: Option<Deadline>,
    /// The year the document was issued in.
    pub issued: Option<i32>,
    /// The parts here are headed by bodies, so that a heading nobody knows is one too.
    pub bodies_listed: bool,
    /// The parts here are sentences about what bodies do.
    pub subjects_listed: bool,
}

impl Scope {
    /// The scope under a heading. `path`: the heading's own.
    pub fn under(&self, gazetteer: &Gazetteer, part: &Part, path: String) -> Self {
        let words = Words::new(&part.text);
        let mut inner = self.clone();
        inner.path = path;
        let outer = matches!(part.kind, PartKind::Phan | PartKind::Chuong | PartKind::Dieu);
        // A title in capitals without a marker the reader knows stands as high as a part.
        let outer = outer || part.kind == PartKind::Paragraph && words.all_caps();
        inner.take_section(gazetteer, &words, outer);
        let title = squeeze(&part.text);
        if !title.is_empty() {
            inner.trail.push(title);
        }
        inner.take_lead(gazetteer, &words, Origin::Heading);
        inner.take_labels(gazetteer, &words);
        if self.bodies_listed
            && let Some(leads) = listed::body_of(gazetteer, &words)
        {
            inner.lead = Some(Inherited { leads, origin: Some(Origin::Heading), ..Inherited::default() });
        }
        (inner.bodies_listed, inner.subjects_listed) = (false, false);
        if let Some(deadline) = heading_deadline(&words) {
            inner.deadline = Some(deadline);
        }
        inner
    }

    /// The scope after an intro line ("Sở A chủ trì thực hiện các nhiệm vụ:"), which stays at the same path.
    pub fn after_intro(&self, gazetteer: &Gazetteer, text: &str) -> Self {
        let words = Words::new(text);
        let mut inner = self.clone();
        inner.take_lead(gazetteer, &words, Origin::IntroLine);
        if let Some(deadline) = heading_deadline(&words) {
            inner.deadline = Some(deadline);
        }
        inner
    }

    fn take_section(&mut self, gazetteer: &Gazetteer, words: &Words<'_>, outer: bool) {
        let parent = self.kind.filter(|_| !outer);
        let Some(found) = announced(gazetteer, words, parent) else { return };
        match found.section {
            Section::Background => self.background = true,
            Section::Of(kind) => {
                self.background = false;
                self.general = found.general;
                self.also = found.also;
                self.kind = Some(kind);
            }
        }
    }

    fn take_lead(&mut self, gazetteer: &Gazetteer, words: &Words<'_>, origin: Origin) {
        let expected = self.kind == Some(Kind::Responsibility);
        let Some(doers) = roles::in_heading(gazetteer, words, expected) else { return };
        if origin == Origin::IntroLine && (doers.evidence == Evidence::Bare || roles::orders(words, doers.end)) {
            return;
        }
        self.lead = Some(Inherited {
            cooperates: roles::partners(gazetteer, words),
            leads: doers.names,
            origin: Some(origin),
            supports: doers.supports,
        });
    }

    fn take_labels(&mut self, gazetteer: &Gazetteer, words: &Words<'_>) {
        let found = labels::inline(gazetteer, words);
        if !found.leads.is_empty() {
            self.lead = Some(Inherited {
                leads: found.leads,
                cooperates: found.cooperates,
                origin: Some(Origin::Label),
                supports: false,
            });
        }
        if found.deadline.is_some() {
            self.deadline = found.deadline;
        }
    }
}

/// A heading that is a time, or that ends in one ("… (hoàn thành trong quý I/2026)").
fn heading_deadline(words: &Words<'_>) -> Option<Deadline> {
    deadline::in_heading(words).or_else(|| {
        let found = deadline::read(words, Kind::Task, true, None).deadline?;
        let dated = found.is_known() && found.source == Some(Origin::Trailing);
        dated.then_some(Deadline { source: Some(Origin::Heading), ..found })
    })
}

/// The step of a path that a part's marker makes: the sub-number of "1.2" under "1" is "2".
pub(super) fn step(parent: &str, part: &Part) -> String {
    let label = part.label.trim();
    let above = parent.rsplit('.').next().unwrap_or_default();
    let rest = label.strip_prefix(above).and_then(|rest| rest.strip_prefix('.')).filter(|rest| !rest.is_empty());
    if above.is_empty() { label.to_owned() } else { rest.unwrap_or(label).to_owned() }
}

/// A path and its next step.
pub(super) fn join(path: &str, step: &str) -> String {
    match (path.is_empty(), step.is_empty()) {
        (true, _) => step.to_owned(),
        (_, true) => path.to_owned(),
        _ => format!("{path}.{step}"),
    }
}
