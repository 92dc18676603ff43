//! Who may do what with registers.
//!
//! | verb | whose |
//! |---|---|
//! | write, propose a change, bring a file in, add evidence | officer, reviewer, approver of the agency; the coordinator |
//! | confirm, sign the yearly count | reviewer, approver of the agency, the coordinator; never who wrote it |
//! | send back, withdraw, mark as secret | the same, of what they wrote themselves too: nothing counts by it, and it is told with its reason |
//! | look | people of the agency, and who oversees |

use uuid::Uuid;

use crate::base::{Role, Who};
use crate::news::rights::holds;
use crate::web::Error;

/// Who sees all of them.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];
const WRITERS: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver];
const DECIDERS: &[Role] = &[Role::Reviewer, Role::Approver];

/// Whether the person writes the agency's registers.
#[must_use]
pub fn writes(who: &Who, agency: Uuid) -> bool {
    who.is(Role::Coordinator) || holds(who, WRITERS, agency)
}

/// Whether the person decides about them.
#[must_use]
pub fn decides(who: &Who, agency: Uuid) -> bool {
    who.is(Role::Coordinator) || holds(who, DECIDERS, agency)
}

/// Whether the person may look at them.
#[must_use]
pub fn sees(who: &Who, agency: Uuid) -> bool {
    who.is_any(OVERSEERS) || who.agency == Some(agency)
}

/// Refuses who may not.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn require(may: bool) -> Result<(), Error> {
    if may { Ok(()) } else { Err(Error::Forbidden) }
}
