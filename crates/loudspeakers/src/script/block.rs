//! What a script is made from: blocks of plain text.

use serde::{Deserialize, Serialize};

/// One stretch of text that is said in one go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub kind: BlockKind,
    /// As written; may be in decomposed letters.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    Heading,
    Paragraph,
    /// Of a list.
    Item,
    /// A row of a table, its cells parted by `; `. Hard to follow by ear.
    Row,
}

impl Block {
    #[must_use]
    pub fn paragraph(text: &str) -> Self {
        Self { kind: BlockKind::Paragraph, text: text.to_owned() }
    }
}

/// A paragraph for each line that is not empty. A heading is not to be told from a line.
#[must_use]
pub fn blocks_of_text(text: &str) -> Vec<Block> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Block::paragraph).collect()
}
