//! Who may do what with the open ways out.
//!
//! | verb | whose |
//! |---|---|
//! | switch an agency's actor on and off, block a host, keep a podcast | administrator of the agency |
//! | the same for the province's actor | coordinator, system administrator |
//! | look | people of the agency who write or approve, and who oversees |

use uuid::Uuid;

use crate::base::{Role, Who};
use crate::news::rights::holds;
use crate::web::Error;

pub use crate::news::rights::OVERSEERS;

/// What stands for the province where an agency's id would stand.
pub const PROVINCE: Uuid = Uuid::nil();
/// Who keeps an agency's ways out.
pub const KEEPERS: &[Role] = &[Role::AgencyAdministrator];
const PROVINCE_KEEPERS: &[Role] = &[Role::Coordinator, Role::SystemAdministrator];
const WITHIN: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator];

/// Whether the person keeps what is that agency's, or the province's.
#[must_use]
pub fn keeps(who: &Who, scope: Uuid) -> bool {
    if scope == PROVINCE { who.is_any(PROVINCE_KEEPERS) } else { holds(who, KEEPERS, scope) }
}

/// Refuses who does not keep it.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn require(who: &Who, scope: Uuid) -> Result<(), Error> {
    if keeps(who, scope) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Whether the person may look at what is that agency's, or the province's.
#[must_use]
pub fn sees(who: &Who, scope: Uuid) -> bool {
    who.is_any(OVERSEERS) || keeps(who, scope) || (scope != PROVINCE && holds(who, WITHIN, scope))
}

/// Whether the person has anything to see here.
#[must_use]
pub fn enters(who: &Who) -> bool {
    who.is_any(OVERSEERS) || keeps(who, PROVINCE) || who.agency.is_some_and(|own| holds(who, WITHIN, own))
}

/// The scopes that the person may look at, of these: the agency they work for and the province.
#[must_use]
pub fn own(who: &Who) -> Vec<Uuid> {
    let agency = who.agency.filter(|own| holds(who, WITHIN, *own));
    agency.into_iter().chain(keeps(who, PROVINCE).then_some(PROVINCE)).collect()
}
