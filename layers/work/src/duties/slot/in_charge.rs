//! Who answers for a slot: the agency that owes it or, once that has ended, whoever took over.

use sea_orm::DbErr;
use uuid::Uuid;

use super::Slot;
use crate::base::{App, Role, Who, time};
use crate::people::agency::brief::Known;

/// The bodies that answer for a slot today.
#[derive(Clone, Debug)]
pub struct InCharge {
    /// The agency that owes it.
    owing: Uuid,
    bodies: Vec<Uuid>,
}

impl Slot {
    /// Who answers for it today.
    ///
    /// # Errors
    /// The database failed.
    pub async fn in_charge(&self, app: &App) -> Result<InCharge, DbErr> {
        Ok(InCharge::of(self, &*Known::now(app).await?, app))
    }
}

impl InCharge {
    /// As the agencies are known.
    #[must_use]
    pub fn of(slot: &Slot, agencies: &Known, app: &App) -> Self {
        let bodies = agencies.in_charge(slot.agency, time::local_date(app.clock.now()));
        Self { owing: slot.agency, bodies }
    }

    /// The bodies themselves.
    #[must_use]
    pub fn bodies(&self) -> &[Uuid] {
        &self.bodies
    }

    /// Whether the person works for the body that owes it or that answers for it: they see it, and never review it.
    #[must_use]
    pub fn is_own(&self, who: &Who) -> bool {
        who.agency.is_some_and(|own| own == self.owing || self.bodies.contains(&own))
    }

    /// Whether the person may answer.
    #[must_use]
    pub fn may_answer(&self, who: &Who) -> bool {
        let answers = |body: &Uuid| {
            who.agency == Some(*body)
                && (who.is_in(Role::Officer, *body) || who.is_in(Role::Approver, *body) || who.is(Role::Coordinator))
        };
        self.bodies.iter().any(answers)
    }
}
