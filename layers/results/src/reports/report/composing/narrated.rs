//! What agencies wrote, as it stands in the text: by task, each sentence with its sources, and who wrote nothing.

use std::collections::BTreeSet;

use super::Weaver;
use crate::duties::Slot;
use crate::reports::report::arranging::Item;
use crate::reports::report::composed::{Caption, Piece, Span};
use crate::reports::report::narrative::Part;
use crate::reports::report::tables;
use crate::web::cut;

const PROVISION_LETTERS: usize = 160;

impl Weaver<'_> {
    /// Every task of the plan with how far it is and what was written of it; in an agency's own report only what was written.
    pub(super) fn by_task(&mut self) {
        let (arranged, material) = (self.arranged, self.material);
        let groups = arranged.groups(Part::Results);
        let is_task = |path: &str| material.provisions.iter().any(|one| one.path == path);
        if material.work.is_empty() {
            return self.narrative(Part::Results);
        }
        let mut told = BTreeSet::new();
        for task in &material.provisions {
            let group = groups.iter().find(|group| group.path == task.path);
            let due = material.work.get(&task.path).filter(|due| due.tally.expected > 0);
            if (group.is_none() && due.is_none()) || !told.insert(task.path.as_str()) {
                continue;
            }
            self.task(format!("{}.", task.path), cut(&task.title, PROVISION_LETTERS));
            if let Some(due) = due {
                let (done, expected) = (due.tally.done().to_string(), due.tally.expected.to_string());
                let words = [("done", done), ("expected", expected), ("year", material.year.to_string())];
                self.pieces.push(Piece::Paragraph(vec![Span::link(self.l.with("report-task-due", &words), due.href.clone())]));
            }
            self.items(group.map(|group| group.items.as_slice()).unwrap_or_default());
        }
        for group in groups.iter().filter(|group| !is_task(&group.path)) {
            self.task(String::new(), self.l.t("report-group-general"));
            self.items(&group.items);
        }
    }

    fn task(&mut self, marker: String, text: String) {
        self.pieces.push(Piece::Heading(Caption { level: 3, marker, text }));
    }

    /// What was written, by provision; in a report of many each sentence with its sources.
    pub(super) fn narrative(&mut self, part: Part) {
        let arranged = self.arranged;
        let groups = arranged.groups(part);
        if groups.is_empty() {
            let none = self.l.t("report-narrative-none");
            return self.pieces.push(Piece::Paragraph(vec![Span::text(none)]));
        }
        for group in groups {
            let heading = match group.path.as_str() {
                "" if groups.len() == 1 => String::new(),
                "" => self.l.t("report-group-general"),
                path => format!("{path}. {}", cut(&group.title, PROVISION_LETTERS)),
            };
            if !heading.is_empty() {
                self.pieces.push(Piece::Paragraph(vec![Span::strong(heading)]));
            }
            self.items(&group.items);
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            let spans = self.sentence(&item.text, &item.sources);
            self.pieces.push(Piece::Paragraph(spans));
        }
    }

    fn sentence(&self, text: &str, sources: &[usize]) -> Vec<Span> {
        let mut spans = vec![Span::text(if self.report.own { text.to_owned() } else { format!("- {text}") })];
        spans.extend(tables::marks(self.l, self.marked(), sources));
        spans
    }

    /// Who says that there is nothing to report, and why.
    pub(super) fn nothing(&mut self) {
        let arranged = self.arranged;
        let groups = arranged.groups(Part::Nothing);
        if groups.is_empty() {
            return;
        }
        self.pieces.push(Piece::Paragraph(vec![Span::strong(self.l.t("collation-nothing"))]));
        for group in groups {
            self.items(&group.items);
        }
    }

    /// Who is not in, by name.
    pub(super) fn absent(&mut self) {
        let lines = &self.material.lines;
        if lines.is_empty() {
            let none = self.l.t("report-absent-no-period");
            return self.pieces.push(Piece::Paragraph(vec![Span::text(none)]));
        }
        let absent: Vec<_> = lines.iter().filter(|line| !line.outcome.is_in()).collect();
        if absent.is_empty() {
            let all = self.l.t1("report-absent-none", "count", lines.len());
            return self.pieces.push(Piece::Paragraph(vec![Span::text(all)]));
        }
        let mut spans = vec![Span::text(self.l.t2("report-absent-count", "count", absent.len(), "all", lines.len()))];
        for (at, line) in absent.iter().enumerate() {
            spans.push(Span::text(if at == 0 { " " } else { "; " }));
            spans.push(Span::link(line.name.clone(), Slot::desk_path(line.slot)));
        }
        spans.push(Span::text("."));
        self.pieces.push(Piece::Paragraph(spans));
    }
}
