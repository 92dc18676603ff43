//! Full-text retrieval for Vietnamese.
//!
//! [`Index`] keeps [`Document`]s on disk; [`Index::search`] answers a [`Question`] with [`Hit`]s, [`Index::suggest`] what is
//! being typed. A question finds its documents with accents, without, half-way, in telex, with a slip of the finger and by
//! abbreviations; accents that were typed go first. Quotations are the text, byte for byte. There is no model of any kind.
#![warn(missing_docs)]

pub mod answering;
pub mod code;
mod document;
mod error;
mod index;
pub mod layout;
mod postings;
mod query;
mod quotation;
mod rank;
mod repair;
mod searching;
mod suggesting;
mod telex;
pub mod text;
pub mod vocabulary;

pub use document::{Document, Passage};
pub use error::Error;
pub use index::{Change, Index};
pub use query::{Other, Query, Slot};
pub use quotation::Quotation;
pub use rank::{Features, Judgement, Ranking};
pub use repair::Reading;
pub use searching::{Answer, Hit, Question};
pub use suggesting::Suggestion;
pub use telex::telex;
pub use text::{Term, terms};
