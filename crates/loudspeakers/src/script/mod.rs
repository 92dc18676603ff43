//! From an article to a script for the ear.
//!
//! Abbreviations, document numbers, figures, dates, units and addresses become words; sentences are cut into breaths with pauses.
//! What was guessed, spelled or left out is a [`Doubt`] that a person settles before anything is recorded or put on air.

mod addresses;
mod block;
mod breath;
mod dates;
mod documents;
mod html;
mod lexicon;
mod numbers;
mod reading;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use block::{Block, BlockKind, blocks_of_text};
pub use html::blocks_of_html;
pub use lexicon::{Entry, Lexicon};

/// How the script is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Manner {
    /// *ngàn, lẻ* in place of *nghìn, linh*.
    pub southern: bool,
    /// E-mail and web addresses are spelled; otherwise they are left out, and a doubt says so.
    pub addresses_said: bool,
    /// Rows of tables are said; otherwise they are left out, and a doubt says so.
    pub tables_said: bool,
    /// A breath is cut before it has more syllables than this, where words allow.
    pub breath_syllables_max: u32,
    /// Of a reader for loudspeakers, pauses not counted. An own assumption: measure your reader.
    pub syllables_per_minute: u32,
    pub pause_clause_ms: u32,
    pub pause_sentence_ms: u32,
    pub pause_block_ms: u32,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            southern: false,
            addresses_said: false,
            tables_said: false,
            breath_syllables_max: 18,
            syllables_per_minute: 220,
            pause_clause_ms: 250,
            pause_sentence_ms: 600,
            pause_block_ms: 1000,
        }
    }
}

/// What is read out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    pub breaths: Vec<Breath>,
    /// By place.
    pub doubts: Vec<Doubt>,
    /// Estimated, pauses included.
    pub duration_ms: u64,
}

/// What is said in one breath.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breath {
    /// Which block of the source.
    pub block: usize,
    /// Words with commas and a mark at its end.
    pub text: String,
    pub syllables: u32,
    /// Silence behind it.
    pub pause_ms: u32,
}

/// Something that a reviewer should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Which block of the source.
    pub block: usize,
    /// Bytes of that block's text as it was given.
    pub span: Range<usize>,
    pub written: String,
    /// What the script says there; empty when nothing.
    pub said: String,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// An abbreviation of several meanings: all of them, the one that was taken first.
    Ambiguous(Vec<String>),
    /// Capitals that could be an abbreviation were read as a word.
    Capitals,
    /// An unknown abbreviation was spelled.
    Spelled,
    /// A word that is no Vietnamese syllable stands as it was written.
    Foreign,
    /// A number that can be read in two ways.
    Number,
    /// `3/4` is a day or a fraction.
    DayOrFraction,
    /// `1:10` is a time or a ratio.
    Time,
    /// Letters that look like a Roman numeral.
    Roman,
    /// Part of a document's number is unknown.
    DocumentNumber,
    /// An address was spelled or left out.
    Address,
    /// A sign without words was left out.
    Sign,
    /// A row of a table was left out.
    Table,
}

impl Script {
    /// The whole, a line for each block.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut block = None;
        for breath in &self.breaths {
            if let Some(before) = block {
                text.push(if before == breath.block { ' ' } else { '\n' });
            }
            text.push_str(&breath.text);
            block = Some(breath.block);
        }
        text
    }
}

/// Makes the script of an article.
///
/// ```
/// use loudspeakers::script::{Lexicon, Manner, blocks_of_text, script};
/// let blocks = blocks_of_text("UBND tỉnh ban hành Kế hoạch 118/KH-UBND, đạt 80% vào ngày 5/6/2026.");
/// let manner = Manner { breath_syllables_max: 60, ..Manner::default() };
/// let script = script(&blocks, &Lexicon::built_in(), &manner);
/// assert_eq!(
///     script.text(),
///     "Ủy ban nhân dân tỉnh ban hành Kế hoạch số một trăm mười tám của Ủy ban nhân dân, đạt tám mươi phần trăm \
///      vào ngày mùng năm tháng sáu năm hai nghìn không trăm hai mươi sáu."
/// );
/// assert!(script.doubts.is_empty());
/// ```
#[must_use]
pub fn script(blocks: &[Block], lexicon: &Lexicon, manner: &Manner) -> Script {
    let mut made = Script::default();
    for (number, block) in blocks.iter().enumerate() {
        if block.kind == BlockKind::Row && !manner.tables_said {
            let span = 0..block.text.len();
            made.doubts.push(Doubt { block: number, span, written: block.text.clone(), said: String::new(), why: Why::Table });
            continue;
        }
        let heard = reading::read(&block.text, lexicon, manner);
        made.doubts.extend(heard.doubts.into_iter().map(|doubt| Doubt { block: number, ..doubt }));
        made.breaths.extend(breath::breaths(number, &heard.pieces, manner));
    }
    made.duration_ms = made.breaths.iter().map(|breath| duration_ms(breath, manner)).sum();
    made
}

fn duration_ms(breath: &Breath, manner: &Manner) -> u64 {
    let spoken = u64::from(breath.syllables) * 60_000 / u64::from(manner.syllables_per_minute.max(1));
    spoken + u64::from(breath.pause_ms)
}
