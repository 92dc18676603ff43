//! Who may do what with criteria.
//!
//! | verb | whose |
//! |---|---|
//! | write a set, put it forward, name another appraising body, open scoring, appraisal and appeals, publish | the coordinator |
//! | issue an edition | the coordinator, or an approver of the body that keeps it; never who changed it last or put it forward |
//! | score | officer, reviewer, approver of the agency |
//! | appraise, answer appeals | reviewer, approver, coordinator of the keeping body or of the other appraising body; never for their own agency, nor who scored |
//! | object | officer, reviewer, approver of the agency |
//! | look at a draft set | people of the bodies that keep and appraise, and who oversees |
//! | look at an agency's sheet | people of the agency; once it was handed in, those who appraise, and who oversees |

use sea_orm::entity::prelude::*;

use super::set::{CriteriaSet, State};
use super::sheet::Sheet;
use crate::base::{Role, Who};
use crate::news::rights::holds;
use crate::web::Error;

/// Who sees all of them.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];
const SCORERS: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver];
const APPRAISERS: &[Role] = &[Role::Reviewer, Role::Approver];

/// Whether the person writes sets and moves rounds on.
#[must_use]
pub fn keeps(who: &Who) -> bool {
    who.is(Role::Coordinator) && who.agency.is_some()
}

/// Whether the person may issue what was put forward.
#[must_use]
pub fn issues(who: &Who, set: &CriteriaSet) -> bool {
    let may = who.is(Role::Coordinator) || holds(who, &[Role::Approver], set.agency);
    may && set.edited_by != who.person && set.submitted_by != Some(who.person)
}

/// Whether the person scores for that agency.
#[must_use]
pub fn scores(who: &Who, agency: Uuid) -> bool {
    holds(who, SCORERS, agency)
}

/// Whether the person works at a body that appraises.
#[must_use]
pub fn is_of_appraisers(who: &Who, set: &CriteriaSet) -> bool {
    let bodies = || [Some(set.agency), set.appraiser].into_iter().flatten();
    let runs = who.is(Role::Coordinator) && bodies().any(|body| who.agency == Some(body));
    runs || bodies().any(|body| holds(who, APPRAISERS, body))
}

/// Whether the person may appraise that sheet: their agency is another. Who scored it is asked of its submissions besides.
#[must_use]
pub fn appraises(who: &Who, set: &CriteriaSet, sheet: &Sheet) -> bool {
    is_of_appraisers(who, set) && who.agency != Some(sheet.agency) && !scores(who, sheet.agency)
}

/// Whether the person may look at the set.
#[must_use]
pub fn sees(who: &Who, set: &CriteriaSet) -> bool {
    let inside = who.agency.is_some_and(|own| own == set.agency || set.appraiser == Some(own));
    let open = !matches!(set.state, State::Draft | State::Dropped) && who.agency.is_some();
    who.is_any(OVERSEERS) || inside || open
}

/// Whether the person may look at the sheet.
#[must_use]
pub fn sees_sheet(who: &Who, set: &CriteriaSet, sheet: &Sheet) -> bool {
    let handed_in = sheet.submission > 0 || set.state.is_appraised();
    let own = who.agency == Some(sheet.agency) || scores(who, sheet.agency);
    own || (handed_in && (who.is_any(OVERSEERS) || is_of_appraisers(who, set)))
}

/// Refuses who may not.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn require(may: bool) -> Result<(), Error> {
    if may { Ok(()) } else { Err(Error::Forbidden) }
}
