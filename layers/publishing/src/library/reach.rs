//! What a person reaches in the library: their agency's entries, those of agencies it took over from, what others share.

use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use super::asset::{Asset, Column, Sharing};
use crate::base::{App, Role, Who, time};
use crate::people::agency::brief::Known;
use crate::web::Error;

/// Who sees every agency's entries.
pub const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Auditor];

/// Whose work it is to keep an agency's files.
const KEEPERS: [Role; 4] = [Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator];

/// What one person reaches, now.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Their agency, and those it took over from.
    pub own: Vec<Uuid>,
    /// The agency that new files come to; None when the person keeps none.
    pub keeps: Option<Uuid>,
    pub sees_all: bool,
}

impl Reach {
    #[must_use]
    pub fn of(app: &App, who: &Who, agencies: &Known) -> Self {
        let today = time::local_date(app.clock.now());
        let own = who.agency.map(|agency| agencies.answers_for(agency, today)).unwrap_or_default();
        let open = |agency: &Uuid| agencies.get(agency).is_some_and(|body| body.is_open_on(today));
        let acts = |agency: &Uuid| KEEPERS.iter().any(|role| who.is_in(*role, *agency)) || who.is(Role::Coordinator);
        Self { keeps: who.agency.filter(open).filter(acts), own, sees_all: who.is_any(OVERSEERS) }
    }

    /// The agency that new files come to.
    ///
    /// # Errors
    /// [`Error::Forbidden`]: the person keeps no agency's files.
    pub fn keeper(&self) -> Result<Uuid, Error> {
        self.keeps.ok_or(Error::Forbidden)
    }

    /// Whether the entry is one of the person's own agency.
    #[must_use]
    pub fn owns(&self, asset: &Asset) -> bool {
        self.own.contains(&asset.agency)
    }

    /// Whether the person may change it.
    #[must_use]
    pub fn changes(&self, asset: &Asset) -> bool {
        self.keeps.is_some() && self.owns(asset)
    }

    /// Whether the person may see it. What was deleted only its own agency sees.
    #[must_use]
    pub fn sees(&self, asset: &Asset) -> bool {
        self.owns(asset) || self.sees_all || (asset.deleted_at.is_none() && asset.is_shared())
    }

    /// The same as a condition, of entries that were not deleted.
    #[must_use]
    pub fn condition(&self) -> Condition {
        let alive = Condition::all().add(Column::DeletedAt.is_null());
        if self.sees_all {
            return alive;
        }
        let shared = Condition::any().add(Column::Sharing.eq(Sharing::Province)).add(Column::Public.eq(true));
        alive.add(shared.add(Column::Agency.is_in(self.own.iter().copied())))
    }
}
