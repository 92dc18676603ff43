//! Who may do what with cases of retraction:
//!
//! | verb | whose |
//! |---|---|
//! | look | people of the article's agency and of the agencies that have copies, who oversees, the system's administrator |
//! | enter a request | officer, reviewer, approver, administrator of the article's agency, coordinator, system administrator |
//! | assign, move the deadline, close | reviewer, approver, administrator of the article's agency, coordinator |
//! | leave a copy with a reason, take it up again | approver, administrator of the article's or of the copy's agency, coordinator |
//! | set the terms | coordinator, system administrator |

use uuid::Uuid;

use crate::base::{Role, Who};
use crate::news::rights::{OVERSEERS, holds};
use crate::web::Error;

const WITHIN: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator];
const WORKS: &[Role] = &[Role::Reviewer, Role::Approver, Role::AgencyAdministrator];
const LEAVES: &[Role] = &[Role::Approver, Role::AgencyAdministrator];
/// An order may come from outside: they enter it for any agency.
const ORDERS: &[Role] = &[Role::Coordinator, Role::SystemAdministrator];

crate::admits! {
    /// Who sets how long cases may take.
    TermKeeper: Coordinator SystemAdministrator
}

/// Whether cases are a matter of the person's at all: the navigation asks.
#[must_use]
pub fn is_concerned(who: &Who) -> bool {
    oversees(who) || !who.agencies_as(WITHIN).is_empty()
}

/// Whether the person reads all cases.
#[must_use]
pub fn oversees(who: &Who) -> bool {
    who.is_any(OVERSEERS) || who.is(Role::SystemAdministrator)
}

/// The agencies whose cases the person sees.
#[must_use]
pub fn own(who: &Who) -> Vec<Uuid> {
    who.agencies_as(WITHIN)
}

/// Whether the person sees cases that concern the agency.
#[must_use]
pub fn sees(who: &Who, agency: Uuid) -> bool {
    oversees(who) || holds(who, WITHIN, agency)
}

/// Whether the person enters requests about articles of the agency.
#[must_use]
pub fn may_ask(who: &Who, agency: Uuid) -> bool {
    who.is_any(ORDERS) || holds(who, WITHIN, agency)
}

/// Whether there are agencies about whose articles the person enters requests.
#[must_use]
pub fn may_ask_somewhere(who: &Who) -> bool {
    who.is_any(ORDERS) || !who.agencies_as(WITHIN).is_empty()
}

/// Whether the person assigns, moves the deadline and closes.
#[must_use]
pub fn may_work(who: &Who, agency: Uuid) -> bool {
    who.is(Role::Coordinator) || holds(who, WORKS, agency)
}

/// Whether the person decides that a copy stays.
#[must_use]
pub fn may_leave(who: &Who, agency: Uuid, copy_of: Uuid) -> bool {
    who.is(Role::Coordinator) || holds(who, LEAVES, agency) || holds(who, LEAVES, copy_of)
}

/// Refuses who may not.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn require(may: bool) -> Result<(), Error> {
    if may { Ok(()) } else { Err(Error::Forbidden) }
}
