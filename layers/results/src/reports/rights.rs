//! Who may do what with reports.
//!
//! | verb | whose |
//! |---|---|
//! | begin, write, hand in, take back, drop | officer, reviewer, approver of the agency that issues; the coordinator at their own agency |
//! | sign off, send back | approver of that agency, never one of those who wrote it |
//! | give the number, issue, cancel a number, show to the public | whoever signs off or writes there |
//! | templates, the eleven items of a regime | the coordinator |
//! | look at what is not issued | people of that agency, and the auditor |
//! | look at what is issued | people of that agency, and who oversees |

use sea_orm::entity::prelude::*;

use super::report::Report;
use crate::base::{Role, Who};
use crate::news::rights::holds;
use crate::web::Error;

/// Who sees all that is issued.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];
const WRITERS: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver];
/// Who signs off for an agency.
pub const SIGNERS: &[Role] = &[Role::Approver];

/// Whether the person writes what that agency issues.
#[must_use]
pub fn writes(who: &Who, agency: Uuid) -> bool {
    holds(who, WRITERS, agency) || (who.is(Role::Coordinator) && who.agency == Some(agency))
}

/// Whether the person may sign off what that agency issues, as far as it is not their own.
#[must_use]
pub fn signs(who: &Who, agency: Uuid) -> bool {
    holds(who, SIGNERS, agency)
}

/// Whether the person keeps templates and regimes.
#[must_use]
pub fn keeps(who: &Who) -> bool {
    who.is(Role::Coordinator)
}

/// Whether the person may look at it.
#[must_use]
pub fn sees(who: &Who, report: &Report) -> bool {
    who.agency == Some(report.agency)
        || who.is(Role::Auditor)
        || (report.state.is_issued() && (report.public || who.is_any(OVERSEERS)))
}

/// Refuses who may not.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn require(may: bool) -> Result<(), Error> {
    if may { Ok(()) } else { Err(Error::Forbidden) }
}
