//! Who may do what with push:
//!
//! | verb | whose |
//! |---|---|
//! | look | people of the agency, who oversees, the system's administrator |
//! | switch a section on for the agency's articles | administrator of the agency, system administrator |
//! | announce, send the correction after, stop | approver of the agency: as publishing |
//! | set the limit a day and the quiet hours | coordinator, system administrator |

use uuid::Uuid;

use crate::base::{Role, Who};
use crate::news::rights::{OVERSEERS, holds};

const WITHIN: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator];

crate::admits! {
    /// Who sets the limit a day and the quiet hours.
    RuleKeeper: Coordinator SystemAdministrator
}

/// Whether push is a matter of the person's at all: the navigation asks.
#[must_use]
pub fn is_concerned(who: &Who) -> bool {
    oversees(who) || !who.agencies_as(&[Role::Approver, Role::AgencyAdministrator]).is_empty()
}

#[must_use]
pub fn oversees(who: &Who) -> bool {
    who.is_any(OVERSEERS) || who.is(Role::SystemAdministrator)
}

#[must_use]
pub fn sees(who: &Who, agency: Uuid) -> bool {
    oversees(who) || holds(who, WITHIN, agency)
}

#[must_use]
pub fn may_switch(who: &Who, agency: Uuid) -> bool {
    who.is(Role::SystemAdministrator) || holds(who, &[Role::AgencyAdministrator], agency)
}

#[must_use]
pub fn may_announce(who: &Who, agency: Uuid) -> bool {
    holds(who, &[Role::Approver], agency)
}

#[must_use]
pub fn announces_somewhere(who: &Who) -> bool {
    !who.agencies_as(&[Role::Approver]).is_empty()
}
