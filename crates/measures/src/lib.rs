//! What is counted: exact amounts, and what measures make of them. A measure is a definition (data), evaluated over what the months of a
//! year hold; where it is heading is read from its yearly values. Everything here is pure.

pub mod amount;
pub mod checking;
pub mod definition;
pub mod evaluation;
pub mod period;
pub mod trend;
pub mod value;

pub use amount::Amount;
pub use definition::{Better, Definition, Every, Missing, Of, Op, Part, RollUp, Shape, Target, Term};
pub use evaluation::{Counts, Input, Outcome, Year, evaluate};
pub use value::{Months, Standing, Value};
