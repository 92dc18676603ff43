//! Points for what was done, from trees of criteria. Pure and exact: no clock, no database, no floating-point number; the same inputs make
//! the same bytes for ever, so that a published score can be counted again by anybody.

pub mod canonical;
pub mod editing;
mod exact;
pub mod rank;
pub mod round;
pub mod rule;
pub mod score;
pub mod set;

pub use self::rank::{Ranked, ranks};
pub use self::round::{Difference, Published, Result, Round, Sheet};
pub use self::rule::{Band, Better, Rule, bands_agree};
pub use self::score::{Given, Inputs, Line, Score};
pub use self::set::{Body, Criterion, Extra, ExtraSource, Fault, Node, Set, Sign, Source, What};
