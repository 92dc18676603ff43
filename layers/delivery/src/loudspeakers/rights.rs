//! Who may do what with loudspeakers.
//!
//! | verb | whose |
//! |---|---|
//! | write a bulletin, hand it in, plan its airing, propose an emergency | officer, reviewer, approver of the agency |
//! | approve, send back, stop an airing | approver of the agency who wrote none of it |
//! | release an emergency | approver of the agency, leader; another person than who proposed it |
//! | keep stations, clusters and words | administrator of the agency |
//! | words of the whole province | coordinator |
//! | look | people of the agency with one of these roles, who oversees, and provincial agencies that air on it |
//!
//! A commune airs on its own stations; an agency of the province on all.

use uuid::Uuid;

use crate::base::{App, Role, Who};
use crate::news::rights::holds;
use crate::people::agency::brief::Known;
use crate::web::Error;

pub use crate::news::rights::OVERSEERS;

/// Whose word a bulletin needs.
pub const APPROVERS: &[Role] = &[Role::Approver];
/// Who keeps stations and clusters, and is told when many are gone.
pub const KEEPERS: &[Role] = &[Role::AgencyAdministrator];
const WITHIN: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator];

/// What may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    Write,
    Approve,
    Stop,
    Release,
    Keep,
}

impl Verb {
    const fn roles(self) -> &'static [Role] {
        match self {
            Self::Write => &[Role::Officer, Role::Reviewer, Role::Approver],
            Self::Approve | Self::Release => APPROVERS,
            Self::Stop => &[Role::Approver, Role::AgencyAdministrator],
            Self::Keep => KEEPERS,
        }
    }
}

/// Whether the person may do it with what is that agency's.
#[must_use]
pub fn may(who: &Who, verb: Verb, agency: Uuid) -> bool {
    let leads = verb == Verb::Release && who.is(Role::Leader);
    leads || holds(who, verb.roles(), agency)
}

/// Refuses who may not.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn require(who: &Who, verb: Verb, agency: Uuid) -> Result<(), Error> {
    if may(who, verb, agency) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Whether the person may look at what is that agency's: bulletins, airings, stations.
///
/// # Errors
/// The database failed.
pub async fn sees(app: &App, who: &Who, agency: Uuid) -> Result<bool, Error> {
    let own = own_agency(who).ok();
    if who.is_any(OVERSEERS) || who.is(Role::Leader) || own == Some(agency) {
        return Ok(true);
    }
    match own {
        // A provincial agency airs on communes' stations, so it sees them and what is planned there.
        Some(own) => Ok(is_provincial(&*Known::now(app).await?, own)),
        None => Ok(false),
    }
}

/// Whether an agency may air on every station.
#[must_use]
pub fn is_provincial(known: &Known, agency: Uuid) -> bool {
    known.get(&agency).is_some_and(|body| !body.kind.is_local())
}

/// The agency that the person works for on loudspeakers.
///
/// # Errors
/// [`Error::Forbidden`] to who works for none.
pub fn own_agency(who: &Who) -> Result<Uuid, Error> {
    who.agency.filter(|own| holds(who, WITHIN, *own)).ok_or(Error::Forbidden)
}

/// Whose rows the person's lists show: of one agency, or of all (None).
///
/// # Errors
/// Forbidden to who works for none and oversees nothing; or the database failed.
pub async fn scope(app: &App, who: &Who) -> Result<Option<Uuid>, Error> {
    if who.is_any(OVERSEERS) || who.is(Role::Leader) {
        return Ok(None);
    }
    let own = own_agency(who)?;
    Ok((!is_provincial(&*Known::now(app).await?, own)).then_some(own))
}
