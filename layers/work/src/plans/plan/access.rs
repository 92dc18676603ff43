//! Who may see and work on which plan. Adopted plans are everyone's; a draft belongs to its agency.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder};

use super::{Column, Entity, Model, State};
use crate::base::{App, Role, Who};
use crate::web::Error;

const IN_AGENCY: [Role; 3] = [Role::Officer, Role::Reviewer, Role::Approver];

impl Model {
    /// The plan, if this person may see it.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Hidden`] when it is another agency's draft.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let plan = Self::find(&app.db, id).await?;
        if plan.is_seen_by(who) { Ok(plan) } else { Err(Error::Hidden(id)) }
    }

    /// The draft, if this person may change it.
    ///
    /// # Errors
    /// As [`Model::find_for`]; [`Error::Forbidden`] without the role; refused when it is no draft any more.
    pub async fn draft_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let plan = Self::find_for(app, who, id).await?;
        if !plan.is_edited_by(who) {
            return Err(Error::Forbidden);
        }
        if plan.state != State::Draft {
            return Err(Error::refused("plan-is-no-draft"));
        }
        Ok(plan)
    }

    /// Everyone signed in reads what is adopted; a draft is for its agency and who runs the programme.
    #[must_use]
    pub fn is_seen_by(&self, who: &Who) -> bool {
        matches!(self.state, State::Adopted | State::Replaced) || Self::sees_all_drafts(who) || self.is_of(who, &IN_AGENCY)
    }

    /// Officers of its agency and the coordinator correct a draft.
    #[must_use]
    pub fn is_edited_by(&self, who: &Who) -> bool {
        who.is(Role::Coordinator) || self.is_of(who, &[Role::Officer, Role::Approver])
    }

    /// The coordinator adopts the province's plan, an approver the agency's own.
    #[must_use]
    pub fn is_adopted_by(&self, who: &Who) -> bool {
        who.is(Role::Coordinator) || self.is_of(who, &[Role::Approver])
    }

    fn is_of(&self, who: &Who, roles: &[Role]) -> bool {
        roles.iter().any(|role| who.is_in(*role, self.agency))
    }

    fn sees_all_drafts(who: &Who) -> bool {
        who.is_any(&[Role::Coordinator, Role::Auditor])
    }

    /// The plans this person may see, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all_for(app: &App, who: &Who) -> Result<Vec<Self>, DbErr> {
        let mut seen = Condition::any().add(Column::State.is_in([State::Adopted, State::Replaced]));
        if Self::sees_all_drafts(who) {
            seen = seen.add(Column::State.eq(State::Draft)).add(Column::State.eq(State::Discarded));
        } else {
            let own = who.agencies_as(&IN_AGENCY);
            seen = seen.add(Condition::all().add(Column::Agency.is_in(own)).add(Column::State.eq(State::Draft)));
        }
        Entity::find().filter(seen).order_by_desc(Column::CreatedAt).all(&app.db).await
    }

    /// The adopted plans, the latest issued first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn adopted(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::State.eq(State::Adopted)).order_by_desc(Column::IssuedOn).all(on).await
    }

    /// The plan at that public address: adopted or replaced.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find_by_slug(on: &impl ConnectionTrait, slug: &str) -> Result<Self, Error> {
        let open = Column::State.is_in([State::Adopted, State::Replaced]);
        Entity::find().filter(Column::Slug.eq(slug)).filter(open).one(on).await?.ok_or(Error::NotFound)
    }

    /// The plan in force that took the place of another, however many stood between.
    ///
    /// # Errors
    /// The database failed.
    pub async fn successor(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Self>, DbErr> {
        let mut old = id;
        for _ in 0..50 {
            let open = Column::State.is_in([State::Adopted, State::Replaced]);
            let Some(next) = Entity::find().filter(Column::Amends.eq(old)).filter(open).one(on).await? else { return Ok(None) };
            if next.state == State::Adopted {
                return Ok(Some(next));
            }
            old = next.id;
        }
        Ok(None)
    }
}
