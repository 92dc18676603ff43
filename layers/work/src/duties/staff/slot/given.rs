//! The form of an answer: empty, as the draft has it, or with what was handed in last.

use crate::base::{new_id, time};
use crate::duties::answer::Answer;
use crate::duties::answer::draft::{Content, Draft};
use crate::duties::form::filling::Sheet;
use crate::duties::offered::Offered;
use crate::duties::standing::Story;
use crate::web::Locale;

/// The least rows of figures that the form offers.
const ROWS_MIN: usize = 4;

/// The answer being written.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The same for every press of the button.
    pub key: String,
    /// The version seen when the page was made.
    pub seen: i32,
    /// The draft's version seen when the page was made.
    pub draft: i32,
    pub content: Content,
    /// The proofs of the version before are to go with this one.
    pub keeps_proofs: bool,
    /// Figures that can be read in two ways, as they were typed and are read back.
    pub sure: Vec<String>,
}

/// The draft, or for a correction what was handed in last; else a form that holds what was published for the duty.
#[must_use]
pub fn fresh(l: Locale, story: &Story, draft: Option<&Draft>, (sheet, offered): (Option<&Sheet>, &[Offered])) -> Form {
    let last = story.last();
    let offered = || Content {
        typed: sheet.map(Sheet::offered).unwrap_or_default(),
        ..last.map(again).unwrap_or_else(|| published(l, offered))
    };
    let content = draft.map_or_else(offered, Draft::content);
    Form {
        key: new_id().simple().to_string(),
        seen: last.map_or(0, |last| last.version),
        draft: draft.map_or(0, |draft| draft.version),
        content: with_rows(content),
        keeps_proofs: true,
        sure: Vec::new(),
    }
}

/// What was published, a line each: title, day, address.
fn published(l: Locale, offered: &[Offered]) -> Content {
    let line = |one: &Offered| {
        let words = [("name", one.name.clone()), ("day", time::day(one.on_day)), ("address", one.address.clone())];
        l.with("offered-line", &words)
    };
    Content { text: offered.iter().map(line).collect::<Vec<_>>().join("\n"), ..Content::default() }
}

/// What was handed in, to be corrected.
fn again(answer: &Answer) -> Content {
    let rows = answer.figures().into_iter().map(|figure| (figure.name.clone(), figure.shown(), figure.unit)).collect();
    Content { outcome: answer.outcome, text: answer.text.clone(), rows, reason: answer.reason.clone(), ..Content::default() }
}

/// With empty rows at the end to go on in.
#[must_use]
pub fn with_rows(mut content: Content) -> Content {
    let wanted = ROWS_MIN.max(content.rows.len() + 2);
    if content.rows.len() < wanted {
        content.rows.resize(wanted, Default::default());
    }
    content
}
