//! Who looks at figures: people of the agency who work on its channels, and who oversees. Nobody changes one.

use uuid::Uuid;

use crate::base::{Role, Who};
use crate::channels;

/// Who sees those of all agencies.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];

/// Whether the person may look at what is that agency's.
#[must_use]
pub fn sees(who: &Who, agency: Uuid) -> bool {
    who.is_any(OVERSEERS) || channels::rights::sees(who, agency)
}

/// The agency whose figures the person works with; None for who works for none.
#[must_use]
pub fn own_agency(who: &Who) -> Option<Uuid> {
    channels::rights::own_agency(who).ok()
}
