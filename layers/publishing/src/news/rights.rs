//! Who may do what with articles. Each verb is a right of its own:
//!
//! | verb | whose |
//! |---|---|
//! | write, hand in, take back | officer, reviewer, approver of the article's agency |
//! | pass a step, send back | who holds the step's role in the step's agency; never for what they wrote (see `article::reviewing`) |
//! | publish, schedule | approver of the agency |
//! | correct | approver or reviewer of the agency |
//! | withdraw | approver of the agency, its administrator |
//! | take down | administrator of the agency, coordinator, system administrator: an order may come from outside |
//! | override | administrator of the agency, with a reason |
//! | one-time link | approver or administrator of the agency whose step it is, who wrote none of it |

use sea_orm::entity::prelude::*;

use super::article::{Article, State};
use crate::base::{Role, Who};
use crate::web::Error;

/// Who reads every article on the desk.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Auditor];

/// What may be done with an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    Write,
    Publish,
    Correct,
    Withdraw,
    TakeDown,
    Override,
}

impl Verb {
    const fn roles(self) -> &'static [Role] {
        match self {
            Self::Write => &[Role::Officer, Role::Reviewer, Role::Approver],
            Self::Publish => &[Role::Approver],
            Self::Correct => &[Role::Approver, Role::Reviewer],
            Self::Withdraw => &[Role::Approver, Role::AgencyAdministrator],
            Self::TakeDown | Self::Override => &[Role::AgencyAdministrator],
        }
    }
}

/// Whether the person may do it with articles of that agency.
#[must_use]
pub fn may(who: &Who, verb: Verb, agency: Uuid) -> bool {
    let over = verb == Verb::TakeDown && who.is_any(&[Role::Coordinator, Role::SystemAdministrator]);
    over || holds(who, verb.roles(), agency)
}

/// Whether the person holds one of the roles in that agency.
#[must_use]
pub fn holds(who: &Who, roles: &[Role], agency: Uuid) -> bool {
    who.grants.iter().any(|grant| grant.agency == Some(agency) && roles.contains(&grant.role))
}

/// Whether the person may see an article on the desk before, and after, the public does: people of its agency who work on
/// articles, those whose step it came to, and who oversees. What is public anyone on the desk sees.
#[must_use]
pub fn sees(who: &Who, article: &Article) -> bool {
    const WITHIN: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator];
    let came_to = |(at, step): (usize, &super::step::Step)| {
        article.state != State::Draft && at <= article.step_index() && step.is_of(who, article.agency)
    };
    who.is_any(OVERSEERS)
        || article.state.is_readable()
        || holds(who, WITHIN, article.agency)
        || (article.state == State::TakenDown && may(who, Verb::TakeDown, article.agency))
        || article.steps().iter().enumerate().any(came_to)
}

/// Refuses who may not.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn require(who: &Who, verb: Verb, agency: Uuid) -> Result<(), Error> {
    if may(who, verb, agency) { Ok(()) } else { Err(Error::Forbidden) }
}
