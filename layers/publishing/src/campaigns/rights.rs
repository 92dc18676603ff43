//! Who may do what with campaigns.
//!
//! | verb | whose |
//! |---|---|
//! | write, drop a draft | officer, reviewer, approver of the agency that leads it; the coordinator |
//! | start, close | approver of the agency that leads it; the coordinator |
//! | claim an article or piece, let it go | who writes for the agency whose it is; who writes the campaign |
//! | look at a draft | people of the agency that leads it, and who oversees |
//! | look at the others | anybody who works for an agency, and who oversees |

use sea_orm::entity::prelude::*;

use super::campaign::{Campaign, State};
use crate::base::{Role, Who};
use crate::news::rights::holds;
use crate::web::Error;

/// Who sees all of them.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];
const WRITERS: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver];

/// Whether the person writes for that agency.
#[must_use]
pub fn writes_for(who: &Who, agency: Uuid) -> bool {
    holds(who, WRITERS, agency)
}

/// Whether the person writes for the agency they work at, or runs the province's plans.
#[must_use]
pub fn writes_for_any(who: &Who) -> bool {
    who.is(Role::Coordinator) || who.agency.is_some_and(|own| writes_for(who, own))
}

/// Whether the person may change what the campaign says.
#[must_use]
pub fn writes(who: &Who, agency: Uuid) -> bool {
    who.is(Role::Coordinator) || writes_for(who, agency)
}

/// Whether the person may start and close it.
#[must_use]
pub fn decides(who: &Who, agency: Uuid) -> bool {
    who.is(Role::Coordinator) || holds(who, &[Role::Approver], agency)
}

/// Whether the person may look at it.
#[must_use]
pub fn sees(who: &Who, campaign: &Campaign) -> bool {
    let own = who.agency == Some(campaign.agency);
    let is_open = !matches!(campaign.state, State::Draft | State::Dropped) && who.agency.is_some();
    who.is_any(OVERSEERS) || own || is_open
}

/// Refuses who may not.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn require(may: bool) -> Result<(), Error> {
    if may { Ok(()) } else { Err(Error::Forbidden) }
}
