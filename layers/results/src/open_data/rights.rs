//! Who may do what with open data.
//!
//! | verb | whose |
//! |---|---|
//! | bring in values of another system, withdraw them | the coordinator |
//! | look at what was brought in | anybody who works for an agency, and who oversees |
//! | the catalogue and the feeds | anybody |

use crate::base::{Role, Who};

crate::admits! {
    /// Who brings values in, and withdraws them.
    Importer: Coordinator
}

/// Who sees what was brought in without working for an agency.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];

/// Whether the person may look at what was brought in.
#[must_use]
pub fn sees(who: &Who) -> bool {
    who.agency.is_some() || who.is_any(OVERSEERS)
}

/// Whether the person may bring values in.
#[must_use]
pub fn imports(who: &Who) -> bool {
    who.is_any(Importer::ROLES)
}
