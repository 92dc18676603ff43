//! Putting a document together: its outline, filled with what was found. It is done anew each time a draft is looked at, and once for good
//! when it is handed in.

mod narrated;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::arranging::{self, Arranged};
use super::composed::{Annex, Caption, Composed, Piece, Shown, Span};
use super::differing::{self, Difference};
use super::mapping::{self, Mapped};
use super::material::Material;
use super::narrative::Part;
use super::picturing::{self, Bar};
use super::results::{self, Target};
use super::{Report, checking, figures, tables};
use crate::base::App;
use crate::duties::collation::Source;
use crate::duties::view;
use crate::plans::Plan;
use crate::reports::template::outline::{Of, Outline, Section, figures_of, filled};
use crate::web::{Error, Locale, Obstacle};

/// Letters of points, in their order (a b c d đ e …).
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// A document with all that it was made of.
pub struct Made {
    pub composed: Composed,
    pub differences: Vec<Difference>,
    /// Why it can not be handed in; empty when it can.
    pub obstacles: Vec<Obstacle>,
    pub material: Material,
    pub arranged: Arranged,
}

/// Puts it together.
///
/// # Errors
/// Not found when what it stands on is not there; or the database failed.
pub async fn compose(app: &App, report: &Report) -> Result<Made, Error> {
    let material = Material::of(app, report).await?;
    let (outline, arrangement) = (report.outline(), report.arrangement());
    let arranged = arranging::arrange(&material.narrative, &arrangement, &material.provisions, &parts(&outline));
    let figures = figures::of(app, report, &material, &outline.figures(), &arrangement.typed).await?;
    let known = known(report, &material);
    let maps = mapping::of(app, report, &material, (&outline, &known)).await?;
    let targets = if outline.has(Of::Targets) { results::targets(app, Locale::default(), &material).await? } else { Vec::new() };
    let (mut composed, missing) = {
        let mut weaver = Weaver {
            l: Locale::default(),
            report,
            material: &material,
            arranged: &arranged,
            figures: &figures,
            maps: &maps,
            targets: &targets,
            known,
            pieces: Vec::new(),
            annexes: Vec::new(),
            missing: BTreeSet::new(),
            counters: [0; 3],
        };
        (weaver.woven(&outline), weaver.missing)
    };
    composed.remarks =
        checking::remarks(app, report, &material, &outline, (figures.as_slice(), composed.pieces.as_slice())).await?;
    let mut differences = Vec::new();
    if let Some(before) = report.replaces {
        let before = Report::find(&app.db, before).await?;
        if let Some(frozen) = before.frozen()? {
            differences = differing::between(&frozen, &composed);
            composed.annexes.push(tables::differences(Locale::default(), before.edition, &differences));
        }
    }
    tables::label(&mut composed.annexes);
    let obstacles = checking::obstacles(report, &material, &composed, &missing);
    Ok(Made { composed, differences, obstacles, material, arranged })
}

/// The parts of the narrative that the document has room for.
fn parts(outline: &Outline) -> BTreeSet<Part> {
    let of = |section: &Section| match section.of {
        Of::Results => vec![Part::Results, Part::Nothing],
        Of::Difficulties => vec![Part::Difficulties],
        Of::Proposals => vec![Part::Proposals],
        _ => Vec::new(),
    };
    outline.sections.iter().flat_map(of).collect()
}

/// What braces may name in every document.
#[must_use]
pub fn basics(report: &Report, plan: Option<&Plan>, agency: &str, year: i32) -> BTreeMap<String, String> {
    let mut known = report.arrangement().fields;
    known.insert("co_quan".into(), agency.to_owned());
    known.insert("nam".into(), year.to_string());
    if let Some(plan) = plan {
        known.insert("ke_hoach".into(), plan.title());
        known.insert("so_ke_hoach".into(), plan.number.clone());
    }
    if report.duty.is_some() {
        known.insert("ky".into(), lower(&view::period(Locale::default(), &report.period)));
    }
    known
}

/// What braces may name in this one.
#[must_use]
pub fn known(report: &Report, material: &Material) -> BTreeMap<String, String> {
    let name = material.known.get(&report.agency).map(|body| body.name.clone()).unwrap_or_default();
    let mut known = basics(report, material.plan.as_ref(), &name, material.year);
    if material.duty.is_some() {
        let done = material.count(|line| line.outcome.is_in());
        known.insert("phai_nop".into(), material.lines.len().to_string());
        known.insert("da_nop".into(), done.to_string());
        known.insert("chua_nop".into(), (material.lines.len() - done).to_string());
    }
    known
}

/// With a small letter at its beginning: it stands within a sentence.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

struct Weaver<'a> {
    l: Locale,
    report: &'a Report,
    material: &'a Material,
    arranged: &'a Arranged,
    figures: &'a [Shown],
    maps: &'a HashMap<String, Mapped>,
    targets: &'a [Target],
    known: BTreeMap<String, String>,
    pieces: Vec<Piece>,
    annexes: Vec<Annex>,
    missing: BTreeSet<String>,
    counters: [u32; 3],
}

impl Weaver<'_> {
    fn woven(&mut self, outline: &Outline) -> Composed {
        let subject = self.fill(&outline.subject);
        let (addressees, bases) = (self.fill_each(&outline.addressees), self.fill_each(&outline.bases));
        let (recipients, archive) = (self.fill_each(&outline.recipients), self.fill(&outline.archive));
        for section in &outline.sections {
            self.section(section);
        }
        let has_annex = outline.sections.iter().any(|section| section.of == Of::Sentences);
        if !has_annex && !self.arranged.annex.is_empty() {
            let title = self.l.t("report-annex-title");
            let annex = tables::sentences(self.l, self.arranged, self.marked(), &title);
            self.annexes.push(annex);
        }
        self.count_at_the_foot();
        let mut figures = self.figures.to_vec();
        if outline.has(Of::Totals) {
            let sums = results::sums(self.l, self.report, self.material);
            figures.extend(sums.into_iter().filter(|sum| !self.figures.iter().any(|one| one.code == sum.code)));
        }
        let narrative = &self.material.narrative;
        let present = self.material.lines.iter().filter(|line| line.outcome.is_in());
        let absent = self.material.lines.iter().filter(|line| !line.outcome.is_in());
        Composed {
            kind: self.report.kind,
            edition: self.report.edition,
            head: self.report.head(),
            number: None,
            date: None,
            subject,
            addressees,
            bases,
            pieces: std::mem::take(&mut self.pieces),
            recipients,
            archive,
            annexes: std::mem::take(&mut self.annexes),
            figures,
            sentences: narrative.sentences.iter().map(|one| (one.key.clone(), one.text.clone())).collect(),
            present: present.map(|line| (line.name.clone(), line.answer_version)).collect(),
            absent: absent.map(|line| line.name.clone()).collect(),
            remarks: Vec::new(),
            counted: self.arranged.counted,
        }
    }

    /// The sources that sentences are marked with: none in an agency's own report.
    fn marked(&self) -> &[Source] {
        if self.report.own { &[] } else { &self.material.narrative.sources }
    }

    fn fill_each(&mut self, lines: &[String]) -> Vec<String> {
        lines.iter().map(|line| self.fill(line)).collect()
    }

    fn fill(&mut self, text: &str) -> String {
        let (text, missing) = filled(text, &self.known);
        self.missing.extend(missing);
        text
    }

    fn section(&mut self, section: &Section) {
        if section.of.is_annex() {
            let title = self.fill(&section.title);
            let annex = match section.of {
                Of::Agencies => tables::agencies(self.l, self.material, &title),
                _ => tables::sentences(self.l, self.arranged, self.marked(), &title),
            };
            return self.annexes.push(annex);
        }
        if section.of == Of::Map {
            return self.mapped(section);
        }
        self.heading(section);
        match section.of {
            Of::Words => {
                let text = self.fill(&section.text);
                for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    self.pieces.push(Piece::Paragraph(vec![Span::text(line)]));
                }
            }
            Of::Figures => self.figures(&section.text),
            Of::Targets => self.pieces.extend(results::of_targets(self.l, self.material.year, self.targets)),
            Of::Totals => self.pieces.extend(results::of_totals(self.l, self.report, self.material)),
            Of::Results => {
                self.by_task();
                self.nothing();
            }
            Of::Difficulties => self.narrative(Part::Difficulties),
            Of::Proposals => self.narrative(Part::Proposals),
            Of::Absent => self.absent(),
            Of::Chart => self.chart(section),
            Of::Map | Of::Agencies | Of::Sentences => {}
        }
    }

    fn heading(&mut self, section: &Section) {
        let level = usize::from(section.level.min(3));
        if level == 0 || section.title.is_empty() {
            return;
        }
        self.counters[level - 1] += 1;
        self.counters[level..].fill(0);
        let number = self.counters[level - 1];
        let marker = match level {
            1 => vietnamese::roman::to_roman(number).map(|roman| format!("{roman}.")).unwrap_or_default(),
            2 => format!("{number}."),
            _ => LETTERS.chars().nth(number as usize - 1).map(|letter| format!("{letter})")).unwrap_or_default(),
        };
        let text = self.fill(&section.title);
        self.pieces.push(Piece::Heading(Caption { level: section.level, marker, text }));
    }

    fn figures(&mut self, text: &str) {
        for (code, _) in figures_of(text) {
            let Some(figure) = self.figures.iter().find(|figure| figure.code == code) else { continue };
            let label = if figure.label.is_empty() { code } else { figure.label.clone() };
            let mut spans = vec![Span::text(format!("- {label}: "))];
            if figure.value().is_empty() {
                spans.push(Span::italic(self.l.t("report-figure-none")));
            } else {
                let value = format!("{} {}", figure.value(), figure.unit);
                spans.push(Span::link(value.trim(), figure.href.clone()));
            }
            if figure.differs() {
                let recorded = if figure.recorded.is_empty() { self.l.t("report-figure-none") } else { figure.recorded.clone() };
                spans.push(Span::italic(format!(" {}", self.l.t1("report-figure-declared", "recorded", recorded))));
            }
            if figure.gaps > 0 && figure.declared.is_empty() {
                spans.push(Span::italic(format!(" ({})", self.l.t1("report-target-gaps", "count", figure.gaps))));
            }
            spans.push(Span::text("."));
            self.pieces.push(Piece::Paragraph(spans));
        }
    }

    /// Who is in, by kind of agency.
    fn chart(&mut self, section: &Section) {
        let mut bars: Vec<Bar> = Vec::new();
        for line in &self.material.lines {
            let kind = self.material.known.get(&line.agency).map(|body| self.l.t(&body.kind.key())).unwrap_or_default();
            let at = bars.iter().position(|bar| bar.label == kind).unwrap_or_else(|| {
                bars.push(Bar { label: kind, part: 0, whole: 0 });
                bars.len() - 1
            });
            bars[at].whole += 1;
            bars[at].part += usize::from(line.outcome.is_in());
        }
        let caption = if section.text.is_empty() { self.l.t("report-chart-caption") } else { self.fill(&section.text) };
        let title = self.l.t("report-chart-title");
        self.pieces.push(Piece::Picture(picturing::bars(&title, &caption, &bars)));
    }

    /// Maps with their tables; without a map no heading stands alone.
    fn mapped(&mut self, section: &Section) {
        let (all, text) = (self.maps, self.fill(&section.text));
        let maps: Vec<&Mapped> = figures_of(&text).iter().filter_map(|(code, _)| all.get(code)).collect();
        if !maps.is_empty() {
            self.heading(section);
        }
        for one in maps {
            self.pieces.push(Piece::Picture(one.drawing.clone()));
            self.annexes.extend(one.annex.clone());
        }
    }

    /// That nothing was lost.
    fn count_at_the_foot(&mut self) {
        let counted = self.arranged.counted;
        if self.report.own || counted.owed == 0 {
            return;
        }
        let words = [
            ("texts", counted.texts.to_string()),
            ("owed", counted.owed.to_string()),
            ("sentences", counted.sentences.to_string()),
            ("body", counted.in_text.to_string()),
            ("annex", counted.in_annex.to_string()),
        ];
        let foot = self.l.with("report-counted", &words);
        self.pieces.push(Piece::Paragraph(vec![Span::italic(foot)]));
    }
}
