//! The provisions of rows.

use official_document::{Emphasis, Part, PartKind, Row, Span};

use super::super::deadline;
use super::super::draft::{Source, provision};
use super::super::labels::{Labelled, split_roles};
use super::super::model::{Deadline, DeadlineKind, Doubt, Kind, Origin, Provision, Target};
use super::super::parties::whole_list;
use super::super::scope::join;
use super::super::target::{read_cell, sort_of};
use super::Reader;
use super::columns::Use;

/// From the first to the last cell of a row.
pub(super) fn span(row: &Row) -> Span {
    let mut spans = row.cells.iter().filter(|cell| !cell.span.is_empty()).map(|cell| cell.span);
    let first = spans.next().unwrap_or_default();
    spans.fold(first, Span::cover)
}

/// A group row as a heading.
pub(super) fn title_part(title: &str, row: &Row) -> Part {
    Part {
        kind: PartKind::Roman,
        marker: String::new(),
        label: String::new(),
        text: title.to_owned(),
        span: span(row),
        children: Vec::new(),
        table: None,
        emphasis: Emphasis::default(),
    }
}

impl Reader<'_> {
    pub(super) fn cell(&self, row: &Row, wanted: Use) -> String {
        let place = self.columns.place(wanted);
        place.and_then(|at| row.cells.get(at)).map(|cell| cell.text.trim().to_owned()).unwrap_or_default()
    }

    pub(super) fn name(&self, row: &Row) -> String {
        self.cell(row, Use::Name)
    }

    /// The provision of a row; none when it names nothing.
    pub(super) fn row(&mut self, row: &Row) -> Option<Provision> {
        let cells = self.with_dittos(row);
        let text = self.at(&cells, Use::Name);
        if !text.chars().any(char::is_alphabetic) {
            return None;
        }
        self.rows_read += 1;
        let number = self.at(&cells, Use::Number).trim_end_matches(['.', ')']).to_owned();
        let fits = !number.is_empty() && number.chars().count() <= 8 && !number.contains(char::is_whitespace);
        let step = if fits { number.clone() } else { self.rows_read.to_string() };
        let source = Source {
            path: join(&self.group.path, &step),
            marker: &number,
            text: text.clone(),
            span: span(row),
            kind: Some(self.kind()),
            ..Source::default()
        };
        let mut out = provision(self.gazetteer, source, &self.group, self.labelled(&cells));
        self.mark_origins(&mut out);
        self.put_values(&cells, &mut out);
        self.above = cells;
        Some(out)
    }

    fn kind(&self) -> Kind {
        match self.group.kind {
            _ if self.columns.targets => Kind::Target,
            // "PHÂN CÔNG NHIỆM VỤ" over a table of tasks with their times is a list of tasks.
            Some(Kind::Responsibility) if self.columns.place(Use::Deadline).is_none() => Kind::Responsibility,
            Some(Kind::Funding) => Kind::Funding,
            _ => Kind::Task,
        }
    }

    fn at(&self, cells: &[String], wanted: Use) -> String {
        self.columns.place(wanted).and_then(|at| cells.get(at)).cloned().unwrap_or_default()
    }

    /// The texts of a row, in which "nt" and a quotation mark repeat the row above.
    fn with_dittos(&self, row: &Row) -> Vec<String> {
        let same = |text: &str| {
            matches!(
                text.to_lowercase().as_str(),
                "nt" | "-nt-" | "- nt -" | "nt." | "\"" | "”" | "''" | "như trên" | "〃" | "-\"-" | "-”-"
            )
        };
        let cells = row.cells.iter().enumerate().map(|(at, cell)| {
            let text = cell.text.trim();
            if same(text) { self.above.get(at).cloned().unwrap_or_default() } else { text.to_owned() }
        });
        cells.collect()
    }

    fn labelled(&self, cells: &[String]) -> Labelled {
        let mut labelled = Labelled::default();
        if let Some(Use::Lead { both }) = self.columns.place(Use::Lead { both: false }).map(|at| self.columns.uses[at]) {
            let roles = split_roles(self.gazetteer, &self.at(cells, Use::Lead { both }), both);
            (labelled.leads, labelled.cooperates, labelled.roles_guessed) = (roles.leads, roles.cooperates, roles.guessed);
        }
        labelled.cooperates.extend(whole_list(self.gazetteer, &self.at(cells, Use::Cooperate)));
        let due = self.at(cells, Use::Deadline);
        let start = self.at(cells, Use::Start);
        let deadline = if start.is_empty() { deadline::whole(&due, Origin::Column) } else { deadline::between(&start, &due) };
        labelled.deadline = (deadline.kind != DeadlineKind::None).then_some(deadline);
        labelled.result = Some(self.at(cells, Use::Result)).filter(|text| !text.is_empty());
        labelled.funding = Some(self.at(cells, Use::Funding)).filter(|text| !text.is_empty());
        labelled
    }

    fn mark_origins(&self, out: &mut Provision) {
        if out.lead_source == Some(Origin::Label) {
            out.lead_source = Some(Origin::Column);
        }
    }

    /// The values of target columns: the last year is the target, the others follow it.
    fn put_values(&self, cells: &[String], out: &mut Provision) {
        if !self.columns.targets {
            return;
        }
        let unit = Some(self.at(cells, Use::Unit)).filter(|unit| !unit.is_empty());
        let values = self.columns.uses.iter().zip(cells).filter_map(|(one, text)| match one {
            Use::Value { year } => read_cell(text, unit.as_deref(), &out.text).map(|target| Target { year: *year, ..target }),
            _ => None,
        });
        let mut values: Vec<Target> = values.collect();
        values.sort_by_key(|target| std::cmp::Reverse(target.year));
        let mut values = values.into_iter();
        if let Some(mut last) = values.next() {
            last.more.extend(values);
            if let (Some(year), None) = (last.year, out.deadline.source) {
                let (raw, source) = (Some(year.to_string()), Some(Origin::Column));
                out.deadline = Deadline { kind: DeadlineKind::Year, year: Some(year), raw, source, ..Deadline::default() };
            }
            out.target = Some(last);
        } else if let (Some(unit), Some(target)) = (unit, out.target.as_mut()) {
            target.unit.get_or_insert(unit);
        }
        out.target_type = Some(sort_of(out.target.as_ref(), false));
        if out.target.is_none() {
            out.doubts.push(Doubt::new("target", "value_missing", "Chỉ tiêu không có giá trị trong bảng."));
        }
    }
}
