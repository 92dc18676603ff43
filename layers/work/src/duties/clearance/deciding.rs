//! Deciding for the agency: what was presented is handed in as it stands, or goes back with a reason.

use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model, State, Way};
use crate::base::{App, By, Fact, Role, Who};
use crate::duties::answer::draft::Draft;
use crate::duties::answer::submitting::{self, Submission, says_nothing};
use crate::duties::slot::Slot;
use crate::web::{Error, Obstacle};

const REASON_LETTERS_MAX: usize = 2_000;

/// What is to be said of lateness that came about while it waited.
#[derive(Clone, Debug, Default)]
pub struct Lateness {
    pub reason: String,
    pub excusable: Option<bool>,
}

impl Model {
    /// Lets it out: the answer is the presenter's, and this day decides whether it is in time. The second press of the same
    /// person is no error.
    ///
    /// # Errors
    /// Hidden from others; forbidden without the role; refused to the presenter while somebody else may decide, or as handing in
    /// would be; stale when it waits no more or was changed.
    pub async fn clear(app: &App, who: &Who, slot: &Slot, id: Uuid, late: &Lateness) -> Result<(), Error> {
        let agency = decider(app, who, slot).await?;
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        let waiting = Entity::find_by_id(id).filter(Column::Slot.eq(slot.id)).one(&transaction).await?.ok_or(Error::NotFound)?;
        if waiting.state == State::Cleared && waiting.decided_by == Some(who.person) {
            return Ok(());
        }
        let draft = Draft::find(&transaction, slot.id).await?.filter(|draft| draft.version == waiting.draft);
        let (State::Waiting, Some(draft)) = (waiting.state, draft) else { return Err(Error::Stale) };
        // Of an agency that was split both heirs answer; each decides for its own people only.
        if waiting.agency != agency {
            return Err(Error::Forbidden);
        }
        let alone = waiting.person == who.person;
        if alone && Way::of(&transaction, agency, None).await?.approvers.iter().any(|(person, _)| *person != who.person) {
            return Err(Error::refused("clearance-own"));
        }
        waiting.decide(app, &transaction, who, State::Cleared, "").await?;
        let mut content = draft.content();
        if content.late_reason.trim().is_empty() {
            content.late_reason.clone_from(&late.reason);
        }
        content.excusable = content.excusable.or(late.excusable);
        let submission = Submission {
            key: waiting.key.clone(),
            content,
            seen: waiting.seen,
            draft: Some(draft.version),
            keeps_proofs: waiting.keeps_proofs,
            sure: serde_json::from_str(&waiting.sure).unwrap_or_default(),
        };
        let by = (waiting.agency, waiting.person);
        let (answer, version) = submitting::hand_in(app, &transaction, who, slot, by, &submission).await?;
        waiting.note(&transaction, answer).await?;
        let fact = Fact::AnswerCleared { version, alone };
        app.record(&transaction, slot.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Sends it back to who presented it.
    ///
    /// # Errors
    /// Hidden from others; forbidden without the role; refused without a reason; stale when it waits no more.
    pub async fn send_back(app: &App, who: &Who, slot: &Slot, id: Uuid, reason: &str) -> Result<(), Error> {
        let agency = decider(app, who, slot).await?;
        let reason = reason.trim();
        if says_nothing(reason) || reason.chars().count() > REASON_LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("clearance-without-reason").at("clearance_reason")]));
        }
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        let waiting = Entity::find_by_id(id).filter(Column::Slot.eq(slot.id)).one(&transaction).await?.ok_or(Error::NotFound)?;
        if waiting.agency != agency {
            return Err(Error::Forbidden);
        }
        waiting.decide(app, &transaction, who, State::Returned, reason).await?;
        let fact = Fact::PresentationReturned { presenter: waiting.person };
        app.record(&transaction, slot.id, fact, &By::from(who).because(reason)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// One of those who press at once.
    async fn decide(&self, app: &App, on: &impl ConnectionTrait, who: &Who, state: State, reason: &str) -> Result<(), Error> {
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::DecidedBy, Expr::value(who.person))
            .col_expr(Column::DecidedAt, Expr::value(app.clock.now()))
            .col_expr(Column::Reason, Expr::value(reason))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Waiting))
            .exec(on)
            .await?;
        if done.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }

    async fn note(&self, on: &impl ConnectionTrait, answer: Uuid) -> Result<(), DbErr> {
        let mine = Entity::update_many().col_expr(Column::Answer, Expr::value(answer)).filter(Column::Id.eq(self.id));
        mine.exec(on).await.map(|_| ())
    }
}

/// The agency that the person decides for, of those that answer for the slot.
async fn decider(app: &App, who: &Who, slot: &Slot) -> Result<Uuid, Error> {
    if !slot.in_charge(app).await?.may_answer(who) {
        return Err(Error::Hidden(slot.id));
    }
    who.agency.filter(|own| who.is_in(Role::Approver, *own)).ok_or(Error::Forbidden)
}
