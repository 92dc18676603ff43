//! The document as it is shown beside its provisions: its own words, cut where a provision begins or ends.

use uuid::Uuid;

use super::programme::Entry;
use super::recognise::Heading;
use super::view::anchor;

/// A stretch of the document.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Leaf {
    /// The provision it is, if any.
    pub provision: Option<Uuid>,
    /// `III.1.b.4`; empty for other text.
    pub path: String,
    /// The path as an element id.
    pub anchor: String,
    /// A person should still look at it.
    pub is_doubtful: bool,
    /// A heading: shown stronger.
    pub is_heading: bool,
    /// The words in pieces, some of them what a field was read from.
    pub pieces: Vec<Piece>,
}

/// Words; `field` says what was read from them: `deadline`, `target`, or nothing.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub field: &'static str,
}

/// Cuts the text. Every byte of it appears once, in order; only line breaks are left out.
#[must_use]
pub fn leaves(text: &str, headings: &[Heading], entries: &[Entry]) -> Vec<Leaf> {
    let mut marks: Vec<(usize, usize, Option<&Entry>)> = Vec::new();
    for entry in entries {
        let span =
            (usize::try_from(entry.provision.span_start).unwrap_or(0), usize::try_from(entry.provision.span_end).unwrap_or(0));
        if span.0 < span.1 {
            marks.push((span.0, span.1, Some(entry)));
        }
    }
    marks.extend(headings.iter().map(|heading| (heading.span.start, heading.span.end, None)));
    marks.sort_by_key(|(start, end, entry)| (*start, std::cmp::Reverse(*end), entry.is_none()));
    let mut leaves = Vec::new();
    let mut at = 0;
    for (start, end, entry) in marks {
        let Some(words) = text.get(start..end).filter(|_| start >= at) else { continue };
        plain(text.get(at..start).unwrap_or_default(), &mut leaves);
        leaves.push(marked(words, entry));
        at = end;
    }
    plain(text.get(at..).unwrap_or_default(), &mut leaves);
    leaves
}

fn marked(words: &str, entry: Option<&Entry>) -> Leaf {
    let words = words.trim().replace(['\n', '\r'], " ");
    match entry {
        None => Leaf { is_heading: true, pieces: vec![Piece { text: words, field: "" }], ..Leaf::default() },
        Some(entry) => Leaf {
            provision: Some(entry.provision.id),
            path: entry.provision.path.clone(),
            anchor: anchor(&entry.provision.path),
            is_doubtful: entry.provision.is_doubtful(),
            is_heading: false,
            pieces: pieces(words, entry),
        },
    }
}

/// Marks the words that deadline and target were read from.
fn pieces(words: String, entry: &Entry) -> Vec<Piece> {
    let target = entry.target.as_ref().and_then(|target| target.raw.as_deref());
    let mut found: Vec<(usize, usize, &'static str)> = [(entry.deadline.raw.as_deref(), "deadline"), (target, "target")]
        .into_iter()
        .filter_map(|(raw, field)| {
            raw.filter(|raw| !raw.is_empty()).and_then(|raw| words.rfind(raw).map(|at| (at, at + raw.len(), field)))
        })
        .collect();
    found.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end, field) in found {
        if start < at {
            continue;
        }
        if start > at {
            pieces.push(Piece { text: words[at..start].to_owned(), field: "" });
        }
        pieces.push(Piece { text: words[start..end].to_owned(), field });
        at = end;
    }
    if at < words.len() {
        pieces.push(Piece { text: words[at..].to_owned(), field: "" });
    }
    pieces
}

fn plain(text: &str, leaves: &mut Vec<Leaf>) {
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let pieces = vec![Piece { text: line.to_owned(), field: "" }];
        leaves.push(Leaf { pieces, ..Leaf::default() });
    }
}
