//! Presenting what is ready to whoever decides for the agency, and taking it back.

use sea_orm::entity::prelude::*;

use super::{ActiveModel, Column, Entity, Model, State, Step, Way};
use crate::base::{App, By, Fact, Who, new_id};
use crate::duties::answer::draft::{self, Draft};
use crate::duties::answer::submitting::{self, Submission};
use crate::duties::slot::Slot;
use crate::web::{Error, Obstacle};

impl Model {
    /// Presents what the form says: it is kept as the draft, and waits. The same key, or the same words while they wait, do it
    /// once.
    ///
    /// # Errors
    /// As [`Answer::submit`](crate::duties::answer::Answer::submit); refused when no approver is asked, or when there is none.
    pub async fn present(app: &App, who: &Who, slot: &Slot, given: &Submission) -> Result<(), Error> {
        Self::take(app, who, slot, given, "").await
    }

    /// The same for a program, whose keys begin with `keys`: it writes over nothing but what it presented itself, for people may
    /// be at work on the draft.
    ///
    /// # Errors
    /// As [`Model::present`]; stale when people are writing another draft, or the key brought another content.
    pub async fn present_for(app: &App, who: &Who, slot: &Slot, given: &Submission, keys: &str) -> Result<(), Error> {
        Self::take(app, who, slot, given, keys).await
    }

    async fn take(app: &App, who: &Who, slot: &Slot, given: &Submission, keys: &str) -> Result<(), Error> {
        let in_charge = slot.in_charge(app).await?;
        let Some(agency) = who.agency.filter(|_| in_charge.may_answer(who)) else {
            return Err(Error::Hidden(slot.id));
        };
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        if let Some(same) = Entity::find().filter(Column::Key.eq(&given.key)).one(&transaction).await? {
            let theirs = Draft::find(&transaction, slot.id).await?.filter(|draft| draft.version == same.draft);
            let differs = theirs.is_some_and(|draft| draft.content() != given.content);
            let is_other = same.slot != slot.id || (!keys.is_empty() && same.state != State::Cleared && differs);
            return if is_other { Err(Error::Stale) } else { Ok(()) };
        }
        is_presented(Way::of(&transaction, agency, Some(slot.duty)).await?.step(who), slot.id)?;
        submitting::check(app, &transaction, slot, (agency, who.person), given).await?;
        let theirs = Draft::find(&transaction, slot.id).await?;
        let last = Self::of(&transaction, slot.id).await?.pop();
        if !keys.is_empty() && theirs.as_ref().is_some_and(|theirs| !may_follow(last.as_ref(), theirs, given, keys)) {
            return Err(Error::Stale);
        }
        let waiting = last.filter(|last| last.state == State::Waiting);
        let draft = match theirs {
            Some(theirs) if theirs.content() == given.content => {
                if waiting.is_some_and(|waiting| waiting.draft == theirs.version) {
                    return Ok(()); // another tab, the same words: they wait already
                }
                theirs.version
            }
            theirs => {
                Self::withdraw(app, &transaction, who, slot).await?;
                let base = theirs.map_or(0, |draft| draft.version);
                draft::write(app, &transaction, who, slot.id, &given.content, base).await?
            }
        };
        let row = Self::waiting(app, slot.id, (agency, who.person), draft, given)?;
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        app.record(&transaction, slot.id, Fact::AnswerPresented, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// What waits for the approver's word from now on.
    fn waiting(app: &App, slot: Uuid, (agency, person): (Uuid, Uuid), draft: i32, given: &Submission) -> Result<Self, Error> {
        Ok(Self {
            id: new_id(),
            slot,
            key: given.key.clone(),
            draft,
            seen: given.seen,
            keeps_proofs: given.keeps_proofs,
            sure: serde_json::to_string(&given.sure)?,
            agency,
            person,
            at: app.clock.now(),
            state: State::Waiting,
            decided_by: None,
            decided_at: None,
            reason: String::new(),
            answer: None,
        })
    }

    /// Takes back what waits, to go on with it.
    ///
    /// # Errors
    /// Hidden from others; stale when it waits no more; or the database failed.
    pub async fn take_back(app: &App, who: &Who, slot: &Slot) -> Result<(), Error> {
        if !slot.in_charge(app).await?.may_answer(who) {
            return Err(Error::Hidden(slot.id));
        }
        let transaction = app.begin().await?;
        let slot = Slot::locked(&transaction, slot.id).await?;
        if !Self::withdraw(app, &transaction, who, &slot).await? {
            return Err(Error::Stale);
        }
        app.commit(transaction).await?;
        Ok(())
    }
}

/// Whether a program may present this over that draft: it says the same, or is what the program itself presented last and nobody
/// touched since.
fn may_follow(last: Option<&Model>, theirs: &Draft, given: &Submission, keys: &str) -> bool {
    let own = |last: &Model| last.state != State::Cleared && last.draft == theirs.version && last.key.starts_with(keys);
    theirs.content() == given.content || last.is_some_and(own)
}

/// Refused where it is not presented to anybody.
fn is_presented(step: Step, slot: Uuid) -> Result<(), Error> {
    match step {
        Step::Present => Ok(()),
        Step::Nobody => Err(Error::refused("clearance-nobody")),
        Step::Free | Step::Alone => {
            let address = format!("/api/v1/slots/{slot}/answers");
            Err(Error::Refused(vec![Obstacle::new("clearance-not-needed").with("address", address)]))
        }
    }
}
