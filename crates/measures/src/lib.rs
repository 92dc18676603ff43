//! What is counted: exact amounts, and what measures make of them.

pub mod amount;

pub use amount::Amount;
