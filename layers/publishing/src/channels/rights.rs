//! Who may do what with channels: the roles are those of news, for a piece is news said again elsewhere.
//!
//! | verb | whose |
//! |---|---|
//! | write a piece (with its broadcast), hand it in, say what became of an unknown delivery | officer, reviewer, approver of the agency |
//! | approve, send back | approver of the agency who wrote none of it |
//! | withdraw, edit or retract a copy that is out | approver of the agency, its administrator |
//! | connect and keep accounts, let their articles be broadcast | administrator of the agency |
//! | look | people of the agency with one of these roles, and who oversees |

use uuid::Uuid;

use crate::base::{Role, Who};
use crate::news::rights::holds;
use crate::web::Error;

pub use crate::news::rights::OVERSEERS;

/// Whose word a piece needs.
pub const APPROVERS: &[Role] = &[Role::Approver];
/// Who keeps the agency's accounts, and is told when one stops.
pub const KEEPERS: &[Role] = &[Role::AgencyAdministrator];
const WITHIN: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator];

/// What may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    Write,
    Approve,
    Retract,
    Keep,
}

impl Verb {
    const fn roles(self) -> &'static [Role] {
        match self {
            Self::Write => &[Role::Officer, Role::Reviewer, Role::Approver],
            Self::Approve => APPROVERS,
            Self::Retract => &[Role::Approver, Role::AgencyAdministrator],
            Self::Keep => KEEPERS,
        }
    }
}

/// Whether the person may do it with what is that agency's.
#[must_use]
pub fn may(who: &Who, verb: Verb, agency: Uuid) -> bool {
    holds(who, verb.roles(), agency)
}

/// Refuses who may not.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn require(who: &Who, verb: Verb, agency: Uuid) -> Result<(), Error> {
    if may(who, verb, agency) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Whether the person may look at what is that agency's.
#[must_use]
pub fn sees(who: &Who, agency: Uuid) -> bool {
    who.is_any(OVERSEERS) || holds(who, WITHIN, agency)
}

/// The agency that the person works for on channels.
///
/// # Errors
/// [`Error::Forbidden`] to who works for none.
pub fn own_agency(who: &Who) -> Result<Uuid, Error> {
    who.agency.filter(|own| holds(who, WITHIN, *own)).ok_or(Error::Forbidden)
}
