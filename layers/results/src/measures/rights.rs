//! Who may do what with measures.
//!
//! | verb | whose |
//! |---|---|
//! | define, change, confirm, put away | the coordinator |
//! | agree that it is public | another coordinator, or a leader; never who wrote it |
//! | look on the desk | anybody who works for an agency, and who oversees |
//! | look at those that are public | anybody |

use super::measure::Measure;
use crate::base::{Role, Who};

crate::admits! {
    /// Who says what is counted, and how.
    Definer: Coordinator
}

/// Who sees all of them without working for an agency.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];

/// Whether the person may look at measures on the desk.
#[must_use]
pub fn sees(who: &Who) -> bool {
    who.agency.is_some() || who.is_any(OVERSEERS)
}

/// Whether the person may agree that the public reads it.
#[must_use]
pub fn agrees(who: &Who, measure: &Measure) -> bool {
    who.is_any(&[Role::Coordinator, Role::Leader]) && measure.written_by != Some(who.person)
}

/// Whether the person may say what is counted.
#[must_use]
pub fn defines(who: &Who) -> bool {
    who.is_any(Definer::ROLES)
}
