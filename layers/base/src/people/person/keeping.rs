//! Whom an administrator looks after, and what stands in the way of each act. Pages show the same list beside
//! the button that the verb asks before it does anything.

use sea_orm::entity::prelude::*;

use super::Model as Person;
use super::standing::Standing;
use crate::base::{App, Grant, Role, Who};
use crate::people::grant;
use crate::web::{Error, Obstacle, Result};

/// An administrator: of the whole installation, or of agencies.
pub struct Keeper {
    pub who: Who,
    agencies: Vec<Uuid>,
}

impl Keeper {
    #[must_use]
    pub fn of(who: &Who) -> Self {
        Self { who: who.clone(), agencies: who.agencies_as(&[Role::AgencyAdministrator]) }
    }

    /// Looks after everyone, and gives the roles over the province.
    #[must_use]
    pub fn is_of_the_system(&self) -> bool {
        self.who.is(Role::SystemAdministrator)
    }

    /// The agencies whose people are looked after; None for all.
    #[must_use]
    pub fn agencies(&self) -> Option<&[Uuid]> {
        if self.is_of_the_system() { None } else { Some(&self.agencies) }
    }

    /// Whether people of that agency are looked after.
    #[must_use]
    pub fn keeps_people_of(&self, agency: Option<Uuid>) -> bool {
        self.is_of_the_system() || agency.is_some_and(|agency| self.agencies.contains(&agency))
    }

    /// Whether this role, there, is the administrator's to give and to take.
    #[must_use]
    pub fn may_give(&self, grant: &Grant) -> bool {
        if grant.role.is_of_agency() {
            self.keeps_people_of(grant.agency) && grant.agency.is_some()
        } else {
            self.is_of_the_system() && grant.agency.is_none()
        }
    }

    /// A refusal in words for this administrator: who may not see the account that has the address is sent to
    /// who may, not to look for it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn within_sight(&self, on: &impl ConnectionTrait, email: &str, refused: Vec<Obstacle>) -> Result<Vec<Obstacle>> {
        let there = if refused.iter().any(|one| one.key == "person-email-taken") {
            Person::find_by_email(on, email).await?
        } else {
            None
        };
        let hidden = there.is_some_and(|person| !self.keeps_people_of(person.agency));
        let seen = |one: Obstacle| if hidden && one.key == "person-email-taken" { elsewhere() } else { one };
        Ok(refused.into_iter().map(seen).collect())
    }

    /// The roles that are the administrator's to give.
    #[must_use]
    pub fn roles(&self) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| role.is_of_agency() || self.is_of_the_system()).collect()
    }
}

fn elsewhere() -> Obstacle {
    Obstacle::new("person-email-taken-elsewhere")
}

/// A person under the eyes of an administrator.
pub struct Kept {
    pub person: Person,
    pub grants: Vec<Grant>,
    pub standing: Standing,
}

impl Kept {
    /// The person, if the administrator looks after them.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Hidden`] when they are another agency's; or the database failed.
    pub async fn find(app: &App, keeper: &Keeper, id: Uuid) -> Result<Self> {
        let person = Person::find(&app.db, id).await?;
        if !keeper.keeps_people_of(person.agency) {
            return Err(Error::Hidden(id));
        }
        let grants = grant::Model::of(&app.db, id).await?;
        let standing = person.standing(&app.db).await?;
        Ok(Self { person, grants, standing })
    }

    /// Why their details can not be changed: who holds more than the administrator could give would be taken over
    /// by a changed address.
    #[must_use]
    pub fn obstacles_to_editing(&self, keeper: &Keeper) -> Vec<Obstacle> {
        let more = self.grants.iter().any(|grant| !keeper.may_give(grant));
        if more && !keeper.is_of_the_system() { vec![Obstacle::new("person-obstacle-holds-more")] } else { Vec::new() }
    }

    /// Why no role can be given to them. Nobody gives themselves one: a second person stands behind every role
    /// (docs/decisions/0018).
    #[must_use]
    pub fn obstacles_to_giving(&self, keeper: &Keeper) -> Vec<Obstacle> {
        let own = self.person.id == keeper.who.person;
        if own { vec![Obstacle::new("person-obstacle-own-role-given")] } else { Vec::new() }
    }

    /// Why their passkeys can not be taken away.
    #[must_use]
    pub fn obstacles_to_removing_passkeys(&self, keeper: &Keeper) -> Vec<Obstacle> {
        let mut found = Vec::new();
        if !keeper.is_of_the_system() {
            found.push(Obstacle::new("person-obstacle-passkey-not-yours"));
        }
        if self.person.id == keeper.who.person {
            found.push(Obstacle::new("person-obstacle-own-account"));
        }
        found
    }

    /// Why the ways into the account (link, second step, sessions) can not be touched.
    #[must_use]
    pub fn obstacles_to_helping_in(&self, keeper: &Keeper) -> Vec<Obstacle> {
        let mut found = self.obstacles_to_editing(keeper);
        if self.person.id == keeper.who.person {
            found.push(Obstacle::new("person-obstacle-own-account"));
        }
        if self.person.is_disabled() {
            found.push(Obstacle::new("person-obstacle-disabled"));
        }
        found
    }

    /// Why the account can not be disabled.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles_to_disabling(&self, on: &impl ConnectionTrait, keeper: &Keeper) -> Result<Vec<Obstacle>, DbErr> {
        let mut found = self.obstacles_to_editing(keeper);
        if self.person.id == keeper.who.person {
            found.push(Obstacle::new("person-obstacle-yourself"));
        }
        if self.is_last_administrator(on).await? {
            found.push(Obstacle::new("person-obstacle-last-administrator"));
        }
        Ok(found)
    }

    /// Why a role can not be taken back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles_to_revoking(
        &self,
        on: &impl ConnectionTrait,
        keeper: &Keeper,
        grant: &Grant,
    ) -> Result<Vec<Obstacle>, DbErr> {
        let mut found = Vec::new();
        if !keeper.is_of_the_system() && !keeper.may_give(grant) {
            found.push(Obstacle::new("person-obstacle-role-not-yours"));
        }
        if self.person.id == keeper.who.person {
            found.push(Obstacle::new("person-obstacle-own-role"));
        }
        if grant.role == Role::SystemAdministrator && self.is_last_administrator(on).await? {
            found.push(Obstacle::new("person-obstacle-last-administrator"));
        }
        Ok(found)
    }

    async fn is_last_administrator(&self, on: &impl ConnectionTrait) -> Result<bool, DbErr> {
        let holds = self.grants.iter().any(|grant| grant.role == Role::SystemAdministrator) && !self.person.is_disabled();
        Ok(holds && grant::Model::holders(on, Role::SystemAdministrator, Some(self.person.id)).await? == 0)
    }
}

/// Refuses when anything stands in the way.
///
/// # Errors
/// [`Error::Refused`]
pub fn refuse(obstacles: Vec<Obstacle>) -> Result<()> {
    if obstacles.is_empty() { Ok(()) } else { Err(Error::Refused(obstacles)) }
}
