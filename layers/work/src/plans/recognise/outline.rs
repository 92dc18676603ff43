//! The walk over the tree of a document: which parts are headings, intro lines, labels, tables, and which are provisions.

use chrono::Datelike;
use official_document::{Document, Part, PartKind};

use super::draft::{Source, add_labels, prefer_label, provision};
use super::formula::is_formula;
use super::gazetteer::{Gazetteer, Label};
use super::labels::{self, Labelled};
use super::model::{Heading, Kind, Provision, Warning};
use super::roles;
use super::scope::{Scope, join, step};
use super::sections::is_formality;
use super::shape::{Layout, Line, addresses, is_closing};
use super::table;
use super::words::Words;

/// Provisions of one document at most; more is hostile or no plan.
pub(super) const PROVISIONS_MAX: usize = 5_000;
/// Depth of headings at most.
const DEPTH_MAX: usize = 24;
/// Parts under one heading that are looked at.
const SIBLINGS_MAX: usize = 4 * PROVISIONS_MAX;

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In the order of the text.
    pub provisions: Vec<Provision>,
    /// Everything else that was read.
    pub headings: Vec<Heading>,
    /// What the walk doubts.
    pub warnings: Vec<Warning>,
}

/// Walks the body and the appendices.
pub(super) fn walk(gazetteer: &Gazetteer, document: &Document) -> Found {
    let mut walker = Walker { gazetteer, found: Found::default(), depth: 0, last: last_paragraph(document) };
    let root = root_scope(gazetteer, document);
    let told = addressees(document);
    document.parts[..told].iter().for_each(|part| walker.heading("", part));
    walker.children(&document.parts[told..], &root);
    for (index, appendix) in document.appendices.iter().enumerate() {
        let scope = appendix_scope(&appendix.label, &appendix.title, index, document.appendices.len());
        let scope = Scope { issued: issued(document), ..scope };
        let scope = table::titled(gazetteer, scope, &appendix.title);
        walker.children(&appendix.parts, &scope);
    }
    walker.found
}

fn issued(document: &Document) -> Option<i32> {
    document.header.issued_on.map(|day| day.year())
}

/// What the lines before the first part ask of somebody ("yêu cầu các sở, ban, ngành thực hiện:").
fn root_scope(gazetteer: &Gazetteer, document: &Document) -> Scope {
    let mut root = Scope { issued: issued(document), ..Scope::default() };
    let asking = document.preamble.iter().rev().take(3).find(|passage| passage.text.trim_end().ends_with(':'));
    if let Some(passage) = asking {
        root.lead = roles::asked(gazetteer, &Words::new(&passage.text));
    }
    root
}

/// The first parts, when the line before them says that they only name who is addressed ("… điện:").
fn addressees(document: &Document) -> usize {
    let addressed = document.preamble.last().is_some_and(|passage| addresses(&passage.text));
    document.parts.iter().take_while(|part| addressed && part.kind == PartKind::Dash && part.children.is_empty()).count()
}

fn appendix_scope(label: &str, title: &str, index: usize, count: usize) -> Scope {
    let number = label.split_whitespace().last().filter(|word| word.chars().all(|c| c.is_ascii_digit() || "IVXLC".contains(c)));
    let number =
        number.map(|word| vietnamese::roman::from_roman(word).map_or_else(|| word.to_owned(), |value| value.to_string()));
    let path = match number {
        Some(number) => format!("PL{number}"),
        // A document issued together with this one has numbers of its own.
        None if label.is_empty() => String::new(),
        None if count > 1 => format!("PL{}", index + 1),
        None => "PL".to_owned(),
    };
    Scope { path, trail: vec![title.to_owned()], ..Scope::default() }
}

/// The address of the last paragraph of the body, which may close it.
fn last_paragraph(document: &Document) -> Option<*const Part> {
    let mut part = document.parts.last()?;
    while let Some(last) = part.children.last() {
        part = last;
    }
    (part.kind == PartKind::Paragraph).then_some(std::ptr::from_ref(part))
}

struct Walker<'a> {
    gazetteer: &'a Gazetteer,
    found: Found,
    depth: usize,
    last: Option<*const Part>,
}

/// What changes while the children of one part are read.
#[derive(Default)]
struct Progress {
    scope: Scope,
    bullets: usize,
    paragraphs: usize,
    ends: usize,
    /// The first provision labels that follow apply to.
    run: usize,
    /// Labels that stand before what they apply to.
    pending: Labelled,
    sections: usize,
}

impl Walker<'_> {
    fn children(&mut self, parts: &[Part], scope: &Scope) {
        if self.depth >= DEPTH_MAX {
            return;
        }
        self.depth += 1;
        let parts = &parts[..parts.len().min(SIBLINGS_MAX)];
        let layout = Layout::of(self.gazetteer, parts, |part| self.closes(part));
        let mut scope = scope.clone();
        scope.bodies_listed = super::listed::are_bodies(self.gazetteer, parts);
        scope.subjects_listed = super::listed::are_subjects(self.gazetteer, parts);
        let scope = &scope;
        let mut progress = Progress { scope: scope.clone(), run: self.found.provisions.len(), ..Progress::default() };
        for (index, part) in parts.iter().enumerate() {
            if self.found.provisions.len() >= PROVISIONS_MAX {
                self.stop();
                break;
            }
            self.line(&layout, index, part, scope, &mut progress);
        }
        self.depth -= 1;
    }

    fn stop(&mut self) {
        if !self.found.warnings.iter().any(|warning| warning.kind == "too_many_provisions") {
            let message = format!(
                "Văn bản có hơn {PROVISIONS_MAX} mục; chỉ nhận dạng {PROVISIONS_MAX} mục đầu. Hãy tách văn bản rồi nhập lại."
            );
            self.found.warnings.push(Warning::new("", "too_many_provisions", message));
        }
    }

    fn line(&mut self, layout: &Layout, index: usize, part: &Part, outer: &Scope, progress: &mut Progress) {
        match &layout.lines[index] {
            Line::Label(labelled) => self.label(part, labelled, progress),
            Line::Intro => {
                self.heading(&progress.scope.path, part);
                progress.scope = outer.after_intro(self.gazetteer, &part.text);
                self.children(&part.children, &progress.scope.clone());
            }
            Line::Title => self.title(part, layout, outer, progress),
            Line::Reference => self.heading(&progress.scope.path, part),
            Line::Table => {
                let first = self.found.provisions.len();
                table::read(self.gazetteer, part, &progress.scope, &mut self.found);
                progress.bullets += self.found.provisions.len() - first;
            }
            Line::Part => {
                let path = self.path_of(part, layout, index, progress);
                let first = self.found.provisions.len();
                self.part(part, path, &progress.scope.clone());
                let pending = progress.pending.clone();
                self.found.provisions[first..].iter_mut().for_each(|provision| add_labels(provision, &pending));
            }
        }
    }

    /// A line of labels: for what stands before it since the last labels, or else for what follows.
    fn label(&mut self, part: &Part, labelled: &Labelled, progress: &mut Progress) {
        self.heading(&progress.scope.path, part);
        part.walk().skip(1).for_each(|(_, child)| self.heading(&progress.scope.path, child));
        if self.found.provisions.len() > progress.run {
            let alone = self.found.provisions.len() == progress.run + 1;
            let covered = self.found.provisions[progress.run..].iter_mut();
            covered.for_each(|provision| {
                if alone {
                    prefer_label(provision, labelled);
                }
                add_labels(provision, labelled);
            });
        } else {
            progress.pending = std::mem::take(&mut progress.pending).or(labelled.clone());
        }
    }

    /// A line without marker that names what the numbered parts after it are about.
    fn title(&mut self, part: &Part, layout: &Layout, outer: &Scope, progress: &mut Progress) {
        progress.sections += 1;
        let path = if layout.repeats { join(&outer.path, &progress.sections.to_string()) } else { outer.path.clone() };
        self.heading(&path, part);
        progress.scope = outer.under(self.gazetteer, part, path);
        progress.run = self.found.provisions.len();
        progress.pending = Labelled::default();
        if layout.repeats {
            progress.bullets = 0;
        }
    }

    fn path_of(&self, part: &Part, layout: &Layout, index: usize, progress: &mut Progress) -> String {
        let base = &progress.scope.path;
        match part.kind {
            PartKind::Dash | PartKind::Plus => {
                progress.bullets += 1;
                join(base, &progress.bullets.to_string())
            }
            PartKind::Paragraph
                if self.closes(part) && (layout.lines.len() > 1 || base.is_empty()) || layout.after_items(index) =>
            {
                progress.ends += 1;
                let end = if progress.ends == 1 { "end".to_owned() } else { format!("end{}", progress.ends) };
                join(base, &end)
            }
            PartKind::Paragraph => {
                progress.paragraphs += 1;
                if (layout.lines.len() == 1 || layout.paragraphs == 1) && !base.is_empty() {
                    base.clone()
                } else {
                    join(base, &progress.paragraphs.to_string())
                }
            }
            // Articles and chapters count through the whole document.
            PartKind::Dieu => part.label.clone(),
            PartKind::Chuong | PartKind::Muc | PartKind::TieuMuc => {
                let articles = part.walk().any(|(_, inner)| inner.kind == PartKind::Dieu);
                if articles { base.clone() } else { join(base, &part.label) }
            }
            _ => join(base, &step(base, part)),
        }
    }

    fn closes(&self, part: &Part) -> bool {
        self.last.is_some_and(|last| std::ptr::eq(last, part)) && is_closing(&part.text)
    }

    fn part(&mut self, part: &Part, path: String, scope: &Scope) {
        let structural =
            matches!(part.kind, PartKind::Phan | PartKind::Chuong | PartKind::Muc | PartKind::Roman | PartKind::Dieu);
        let labelled = if structural { None } else { self.own_labels(part) };
        let only_labels = labelled.is_some();
        if part.children.is_empty() || only_labels {
            self.leaf(part, path, scope, labelled.unwrap_or_default());
            return;
        }
        if let Some(whole) = super::shape::folded(self.gazetteer, part) {
            let span = part.walk().fold(part.span, |span, (_, child)| span.cover(child.span));
            self.push(Source { path, marker: &part.marker, text: whole, span, ..Source::default() }, scope, Labelled::default());
            return;
        }
        let inner = scope.under(self.gazetteer, part, path.clone());
        if super::shape::is_duty_itself(self.gazetteer, part) {
            let source = Source { path, marker: &part.marker, text: part.text.clone(), span: part.span, ..Source::default() };
            self.push(source, scope, Labelled::default());
        } else {
            self.heading(&path, part);
        }
        self.children(&part.children, &inner);
    }

    /// The labels of a part under which there is nothing else.
    fn own_labels(&mut self, part: &Part) -> Option<Labelled> {
        let mut all = Labelled::default();
        let mut sure = false;
        for child in &part.children {
            match labels::label_of(self.gazetteer, child) {
                Some(Label::Content | Label::Target) if !child.children.is_empty() => return None,
                Some(label) => sure |= labels::is_sure(label),
                None if labels::is_titled_line(child) || labels::assignment(self.gazetteer, &child.text).is_some() => {}
                None => return None,
            }
        }
        if !sure {
            return None;
        }
        for child in &part.children {
            let labelled = labels::of_part(self.gazetteer, child, true);
            if let Some(labelled) = labelled.or_else(|| labels::assignment(self.gazetteer, &child.text)) {
                all = all.or(labelled);
            }
            child.walk().for_each(|(_, inner)| self.heading("", inner));
        }
        Some(all)
    }

    fn leaf(&mut self, part: &Part, path: String, scope: &Scope, labelled: Labelled) {
        let words = Words::new(&part.text);
        // The one paragraph under the name of a body is what that body shall do, however it begins.
        let closing = self.closes(part) && path.rsplit('.').next().is_some_and(|step| step.starts_with("end"));
        let formula = (self.closes(part) || path.ends_with("end")) && is_formula(self.gazetteer, &words);
        let says_nothing = words.is_empty() || scope.background || formula || is_formality(&words);
        if says_nothing || super::shape::is_bare_title(part, &words, &labelled) {
            self.heading(&path, part);
            return;
        }
        let closing = closing || path.ends_with(".end") && scope.kind == Some(Kind::Responsibility);
        let target = matches!(labels::label_of(self.gazetteer, part), Some(Label::Target));
        // "Mục đích: …" under "MỤC ĐÍCH, YÊU CẦU" is what the section says it is.
        let aim = target && !(scope.kind == Some(Kind::Viewpoint) && words.starts(0, "mục đích"));
        let kind = aim.then_some(Kind::Target);
        let source = Source { path, marker: &part.marker, text: part.text.clone(), span: part.span, closing, kind };
        let empty_close = closing && roles::all_in_body(self.gazetteer, &words, Kind::Responsibility).is_empty();
        if empty_close && words.starts(0, "trên đây là") {
            self.heading(&source.path, part);
            return;
        }
        self.push(source, scope, labelled);
    }

    fn push(&mut self, source: Source<'_>, scope: &Scope, labelled: Labelled) {
        self.found.provisions.push(provision(self.gazetteer, source, scope, labelled));
    }

    fn heading(&mut self, path: &str, part: &Part) {
        let (marker, text) = (part.marker.clone(), part.text.clone());
        self.found.headings.push(Heading { path: path.to_owned(), marker, text, span: part.span });
    }
}
