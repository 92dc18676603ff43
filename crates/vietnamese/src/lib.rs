#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

pub mod abbreviation;
mod capital;
mod cursor;
pub mod date;
pub mod document_number;
pub mod fold;
pub mod key;
pub mod legacy;
pub mod letter;
pub mod list_letter;
pub mod mapped;
pub mod normalise;
pub mod number;
pub mod order;
pub mod personal;
pub mod placement;
pub mod roman;
#[cfg(test)]
mod samples;
pub mod slug;
pub mod spelling;
pub mod syllable;
pub mod tokens;

pub use capital::capitalised;
pub use date::Period;
pub use document_number::{DocumentNumber, document_numbers};
pub use fold::{fold, fold_with_map};
pub use key::{key, name_key, same_name, same_text};
pub use letter::Tone;
pub use mapped::Mapped;
pub use normalise::normalise;
pub use number::Number;
pub use placement::{new_style, old_style};
pub use slug::slug;
pub use syllable::{Placement, Syllable};
pub use tokens::{Token, TokenKind, syllables, tokens};
