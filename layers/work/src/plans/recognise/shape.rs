//! What the lines under one heading are to each other: labels, intro lines, titles, references, parts.

use std::collections::HashSet;

use official_document::{Part, PartKind};

use super::deadline;
use super::gazetteer::Gazetteer;
use super::labels::{self, Labelled};
use super::model::{Kind, Origin};
use super::roles;
use super::words::{Phrases, Shape, Words, phrases};

/// What a line is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// "Đơn vị chủ trì: …"
    Label(Labelled),
    /// "Sở A chủ trì thực hiện các nhiệm vụ:"
    Intro,
    /// A title without marker above numbered parts.
    Title,
    /// "Chi tiết tại Phụ lục kèm theo."
    Reference,
    /// A table.
    Table,
    /// A heading or a provision.
    Part,
}

/// What the parts under one heading are to each other.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// What each of them is.
    pub lines: Vec<Line>,
    /// The same marker stands twice: the numbers start again.
    pub repeats: bool,
    /// Paragraphs with words of their own; one alone takes the path of the heading.
    pub paragraphs: usize,
    first_item: Option<usize>,
    last_item: Option<usize>,
}

impl Layout {
    /// Looks at the parts under one heading. `closes`: the paragraph closes the document.
    pub fn of(gazetteer: &Gazetteer, parts: &[Part], closes: impl Fn(&Part) -> bool) -> Self {
        let lines = lines(gazetteer, parts);
        let is_item = |at: &usize| matches!(lines[*at], Line::Part | Line::Table) && parts[*at].kind != PartKind::Paragraph;
        let first_item = (0..parts.len()).find(is_item);
        let last_item = (0..parts.len()).rev().find(is_item);
        let mut seen = HashSet::new();
        let repeats = parts.iter().any(|part| !part.label.is_empty() && !seen.insert(part.label.as_str()));
        let content = |(part, line): &(&Part, &Line)| **line == Line::Part && part.kind == PartKind::Paragraph && !closes(part);
        let paragraphs = parts.iter().zip(&lines).filter(content).count();
        Self { lines, repeats, paragraphs, first_item, last_item }
    }

    /// The paragraph stands after the marked parts and hangs on the heading, not on the last of them.
    pub fn after_items(&self, index: usize) -> bool {
        self.first_item.is_some_and(|first| first < index) && self.last_item.is_none_or(|last| last < index)
    }
}

fn lines(gazetteer: &Gazetteer, parts: &[Part]) -> Vec<Line> {
    let among = parts.iter().any(|part| labels::label_of(gazetteer, part).is_some_and(labels::is_sure));
    let mut addressed = false;
    let one = |(index, part): (usize, &Part)| {
        addressed = if part.kind == PartKind::Paragraph { addresses(&part.text) } else { addressed };
        let addressee = addressed && part.kind == PartKind::Dash;
        if addressee { Line::Reference } else { line(gazetteer, part, parts.get(index + 1), among) }
    };
    parts.iter().enumerate().map(one).collect()
}

/// "Chủ tịch Ủy ban nhân dân tỉnh điện:", "Kính gửi:": those that the next lines name are told, not charged.
pub(super) fn addresses(text: &str) -> bool {
    let words = Words::head(text);
    let last = words.len().saturating_sub(1);
    words.key(last) == ":" && (words.key(last.wrapping_sub(1)) == "điện" || words.starts(0, "kính gửi") && last == 2)
}

fn line(gazetteer: &Gazetteer, part: &Part, next: Option<&Part>, among: bool) -> Line {
    if part.kind == PartKind::Table {
        return Line::Table;
    }
    if let Some(labelled) = labels::of_part(gazetteer, part, among) {
        return Line::Label(labelled);
    }
    if part.kind != PartKind::Paragraph {
        return Line::Part;
    }
    let text = part.text.trim_end();
    if text.ends_with(':') && (next.is_some() || !part.children.is_empty()) {
        return Line::Intro;
    }
    if refers_to_appendix(text) || refers_to_table(text) {
        return Line::Reference;
    }
    let marked = next.is_some_and(|next| !matches!(next.kind, PartKind::Paragraph | PartKind::Table));
    let open =
        !text.ends_with(['.', ';', ',', '!', '?', '/', '”', '"']) || part.children.is_empty() && text.ends_with(['”', '"']);
    let short = text.split_whitespace().count() <= 30;
    if open && short && (marked || !part.children.is_empty()) { Line::Title } else { Line::Part }
}

fn refers_to_appendix(text: &str) -> bool {
    let words = Words::new(text);
    let names = words.find(0, "phụ lục").or_else(|| words.find(0, "biểu")).is_some();
    let points = ["kèm theo", "đính kèm", "chi tiết tại", "tại phụ lục", "theo phụ lục"]
        .iter()
        .any(|phrase| words.find(0, phrase).is_some());
    names && points && words.len() <= 40
}

/// "(Phân công và tiến độ theo bảng dưới đây)"
fn refers_to_table(text: &str) -> bool {
    let aside = text.starts_with('(') && text.trim_end_matches(['.', ':', ';']).ends_with(')');
    let words = Words::head(text);
    aside && ["bảng", "biểu", "phụ lục", "danh mục"].iter().any(|one| words.find(0, one).is_some())
}

/// A paragraph with which a document closes: it ends in "./." or says so.
pub(super) fn is_closing(text: &str) -> bool {
    let words = Words::new(text);
    text.trim_end().ends_with("./.")
        || words
            .any(0, phrases!("trên đây là|trong quá trình|quá trình thực hiện|yêu cầu|nhận được|căn cứ kế hoạch|đề nghị các"))
            .is_some()
}

/// A heading that is left without content: a structural part, or words without a verb and without an end.
pub(super) fn is_bare_title(part: &Part, words: &Words<'_>, labelled: &Labelled) -> bool {
    let structural = matches!(
        part.kind,
        PartKind::Phan | PartKind::Chuong | PartKind::Muc | PartKind::TieuMuc | PartKind::Roman | PartKind::Dieu
    );
    let sentence = part.text.trim_end().ends_with(['.', ';']) || words.len() > 25;
    structural && labelled.is_empty() && (words.all_caps() || !sentence)
}

/// The children are the members of an enumeration in one sentence ("bao gồm: - nhà quản lý; - nhà báo"): the whole text.
pub(super) fn folded(gazetteer: &Gazetteer, part: &Part) -> Option<String> {
    let item = matches!(part.kind, PartKind::Dash | PartKind::Plus | PartKind::Letter | PartKind::Number);
    if !item || !part.text.trim_end().ends_with(':') || part.text.split_whitespace().count() < 8 {
        return None;
    }
    let words = Words::new(&part.text);
    let lists = (0..words.len()).any(|at| words.any(at, phrases!("gồm|bao gồm|như sau|sau|cụ thể")).is_some());
    let noun = |child: &Part| {
        child.children.is_empty() && child.text.split_whitespace().count() <= 12 && !starts_duty(gazetteer, &child.text)
    };
    if !lists || !part.children.iter().all(noun) || roles::in_heading(gazetteer, &words, false).is_some() {
        return None;
    }
    let mut whole = part.text.clone();
    for child in &part.children {
        whole.push('\n');
        whole.push_str(child.marker.as_str());
        whole.push_str(if child.marker.is_empty() { "" } else { " " });
        whole.push_str(&child.text);
    }
    Some(whole)
}

/// The text starts with what somebody shall do or reach.
fn starts_duty(gazetteer: &Gazetteer, text: &str) -> bool {
    let words = Words::new(text);
    let number = words.get(0).is_some_and(|token| token.shape == Shape::Number);
    number
        || gazetteer.verbs.has(&words, 0)
        || super::sections::is_target(&words)
        || roles::in_body(gazetteer, &words, Kind::Task, true).is_some()
}

/// A part with parts under it that nevertheless is a duty of its own: a sentence with its own deadline.
pub(super) fn is_duty_itself(gazetteer: &Gazetteer, part: &Part) -> bool {
    let text = part.text.trim_end();
    if !text.ends_with('.') || text.split_whitespace().count() < 12 {
        return false;
    }
    let words = Words::new(text);
    let dated =
        deadline::read(&words, Kind::Task, true, None).deadline.is_some_and(|found| found.source == Some(Origin::Trailing));
    dated && roles::in_heading(gazetteer, &words, false).is_none()
}
