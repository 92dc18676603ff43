//! Handing an answer in: one transaction, one winner, once however often the button is pressed.

use sea_orm::SqlErr;
use sea_orm::entity::prelude::*;

use super::draft::{self, Content};
use super::{Column, Entity, Model, Outcome, figures};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::duties::clearance::{Clearance, Step, Way};
use crate::duties::form::{field, filling, values};
use crate::duties::slot::Slot;
use crate::duties::standing::Story;
use crate::duties::{proof, standing, unlock};
use crate::plans::secrecy;
use crate::web::{Error, Obstacle};

/// What comes with the press of the button.
#[derive(Clone, Debug, Default)]
pub struct Submission {
    /// Made by the form, the same for every press of it.
    pub key: String,
    pub content: Content,
    /// The version that the person saw; 0 when there was none.
    pub seen: i32,
    /// The version of the draft that the person saw, 0 when there was none; None for whoever writes without one (the API), and
    /// leaves alone what people are writing.
    pub draft: Option<i32>,
    /// The proofs of that version hold for this one too.
    pub keeps_proofs: bool,
    /// Figures that can be read in two ways, as they were typed and read back to the person.
    pub sure: Vec<String>,
}

impl Model {
    /// Hands in the next version. The same key again is the same answer: nothing is done, and it is no error.
    ///
    /// # Errors
    /// Hidden from other agencies; refused when locked, empty, or late without a reason; stale when a colleague was quicker.
    pub async fn submit(app: &App, who: &Who, slot: &Slot, submission: &Submission) -> Result<(), Error> {
        let in_charge = slot.in_charge(app).await?;
        let Some(agency) = who.agency.filter(|_| in_charge.may_answer(who)) else {
            return Err(Error::Hidden(slot.id));
        };
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        if let Some(same) = Entity::find().filter(Column::Key.eq(&submission.key)).one(&transaction).await? {
            let content = &submission.content;
            let filled = filling::is_same(&transaction, &same, &content.typed, &submission.sure).await?;
            return if filled && same.is(slot.id, submission) { Ok(()) } else { Err(Error::Stale) };
        }
        let step = Way::of(&transaction, agency, Some(slot.duty)).await?.step(who);
        match step {
            Step::Free | Step::Alone => {}
            Step::Present => {
                let address = format!("/api/v1/slots/{}/presentation", slot.id);
                return Err(Error::Refused(vec![Obstacle::new("clearance-needed").with("address", address)]));
            }
            Step::Nobody => return Err(Error::refused("clearance-nobody")),
        }
        let (_, version) = hand_in(app, &transaction, who, slot, (agency, who.person), submission).await?;
        if step == Step::Alone {
            app.record(&transaction, slot.id, Fact::AnswerCleared { version, alone: true }, &By::from(who)).await?;
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Whether this is what another press of the same button handed in.
    fn is(&self, slot: Uuid, given: &Submission) -> bool {
        let content = &given.content;
        let nothing = content.outcome == Outcome::Nothing;
        self.slot == slot
            && self.outcome == content.outcome
            && if nothing { self.reason == content.reason.trim() } else { self.text == content.text.trim() }
            && (nothing || figures::read(&content.rows, &given.sure).is_ok_and(|figures| figures == self.figures()))
    }
}

/// Writes the next version down for `by` (body, person), in the transaction that holds the slot. Returns its id and version.
///
/// # Errors
/// As [`Model::submit`].
pub(in crate::duties) async fn hand_in(
    app: &App,
    on: &impl ConnectionTrait,
    who: &Who,
    slot: &Slot,
    by: (Uuid, Uuid),
    submission: &Submission,
) -> Result<(Uuid, u32), Error> {
    let Ready { story, proofs, answer, filled } = ready(app, on, slot, by, submission).await?;
    let (id, version) = (answer.id, answer.version.unsigned_abs());
    if let Err(error) = Entity::insert(super::ActiveModel::from(answer)).exec_without_returning(on).await {
        // The same key for another slot in the same instant: the database lets one through.
        return match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Err(Error::Stale),
            _ => Err(error.into()),
        };
    }
    proof::Model::send(on, proofs, id).await?;
    if let Some(filled) = filled {
        values::keep(on, (id, slot.id, filled.form), &filled.values).await?;
    }
    if submission.draft.is_some() {
        draft::Entity::delete_by_id(slot.id).exec(on).await?;
    }
    Clearance::withdraw(app, on, who, slot).await?;
    if let Some(used) = story.unlocked(time::local_date(app.clock.now())) {
        unlock::Model::use_up(app, on, used.id).await?;
    }
    app.record(on, slot.id, Fact::AnswerSubmitted { version }, &By::from(who)).await?;
    Ok((id, version))
}

/// Whether it could be handed in as it is.
///
/// # Errors
/// Why not, as [`Model::submit`].
pub(in crate::duties) async fn check(
    app: &App,
    on: &impl ConnectionTrait,
    slot: &Slot,
    by: (Uuid, Uuid),
    submission: &Submission,
) -> Result<(), Error> {
    ready(app, on, slot, by, submission).await.map(|_| ())
}

/// What an answer is made of.
struct Ready {
    story: Story,
    proofs: Vec<proof::Model>,
    answer: Model,
    filled: Option<filling::Read>,
}

async fn ready(
    app: &App,
    on: &impl ConnectionTrait,
    slot: &Slot,
    by: (Uuid, Uuid),
    submission: &Submission,
) -> Result<Ready, Error> {
    if let Some(seen) = submission.draft {
        let theirs = draft::Model::find(on, slot.id).await?;
        if theirs.is_some_and(|theirs| theirs.version != seen && theirs.content() != submission.content) {
            return Err(Error::Stale); // a colleague has written what this person did not see
        }
    }
    let story = standing::story(on, slot.id).await?;
    let kept = story.last().filter(|_| submission.keeps_proofs).map(|last| last.id);
    let proofs = proof::Model::to_send(on, slot.id, kept).await?;
    let filled = filled_in(app, on, slot, &story, submission).await?;
    let answer = made(app, by, slot, &story, submission, (!proofs.is_empty(), filled.as_ref()))?;
    Ok(Ready { story, proofs, answer, filled })
}

/// What the duty's form was filled in with; None without a form, or when there is nothing to report.
async fn filled_in(
    app: &App,
    on: &impl ConnectionTrait,
    slot: &Slot,
    story: &Story,
    given: &Submission,
) -> Result<Option<filling::Read>, DbErr> {
    if given.content.outcome == Outcome::Nothing {
        return Ok(None);
    }
    filling::read(on, slot, story, (&given.content.typed, &given.sure), time::local_date(app.clock.now())).await
}

fn made(
    app: &App,
    (agency, person): (Uuid, Uuid),
    slot: &Slot,
    story: &Story,
    given: &Submission,
    (has_proof, filled): (bool, Option<&filling::Read>),
) -> Result<Model, Error> {
    let now = app.clock.now();
    let today = time::local_date(now);
    if let Some(lock) = story.lock(slot, today) {
        return Err(Error::refused(lock.key()));
    }
    let seen = story.last().map_or(0, |last| last.version);
    if seen != given.seen {
        return Err(Error::Stale);
    }
    let content = &given.content;
    let nothing = content.outcome == Outcome::Nothing;
    let late = story.would_be_late(slot, today);
    let has_values = filled.is_some_and(|filled| filled.values.says_something());
    let mut obstacles = obstacles_in(content, has_proof || has_values, late);
    if let Some(filled) = filled {
        // What is typed and can not be read is not nothing. What is empty is so in the first field of the form.
        obstacles.retain(|one| one.key != "answer-empty" || filled.wrong.is_empty() || content.typed.is_empty());
        obstacles.iter_mut().filter(|one| one.key == "answer-empty").for_each(|one| one.field = &field::names(0).value);
        obstacles.extend(filled.wrong.iter().cloned());
    }
    // Rows that are hidden because there is nothing to report are not read.
    let figures = figures::read(if nothing { &[] } else { &content.rows }, &given.sure).unwrap_or_else(|wrong| {
        obstacles.extend(wrong);
        Vec::new()
    });
    if !obstacles.is_empty() {
        return Err(Error::Refused(obstacles));
    }
    Ok(Model {
        id: new_id(),
        slot: slot.id,
        version: seen + 1,
        key: given.key.clone(),
        outcome: content.outcome,
        text: if nothing { String::new() } else { content.text.trim().into() },
        figures: serde_json::to_string(&figures)?,
        reason: if nothing { content.reason.trim().into() } else { String::new() },
        late_reason: if late { content.late_reason.trim().into() } else { String::new() },
        excusable: content.excusable.filter(|_| late),
        agency,
        person,
        at: now,
        on_day: today,
    })
}

/// Whether a text has no letter and no digit: spaces, dots, signs, and the fillers that look like nothing (Hangul's count as
/// letters in Unicode).
#[must_use]
pub fn says_nothing(text: &str) -> bool {
    const FILLERS: [char; 4] = ['\u{115F}', '\u{1160}', '\u{3164}', '\u{FFA0}'];
    !text.chars().any(|letter| letter.is_alphanumeric() && !FILLERS.contains(&letter))
}

/// What a form can not be handed in with, each beside its field.
fn obstacles_in(content: &Content, has_proof: bool, late: bool) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    let mut say = |found: bool, key, field| found.then(|| obstacles.push(Obstacle::new(key).at(field)));
    let nothing = content.outcome == Outcome::Nothing;
    let empty = says_nothing(&content.text) && content.rows.iter().all(|row| row.1.trim().is_empty()) && !has_proof;
    say(!nothing && empty, "answer-empty", "text");
    say(nothing && says_nothing(&content.reason), "answer-nothing-without-reason", "reason");
    say(content.is_too_long(), "answer-too-long", "text");
    say(late && says_nothing(&content.late_reason), "answer-late-without-reason", "late_reason");
    say(late && !says_nothing(&content.late_reason) && content.excusable.is_none(), "answer-late-without-kind", "excusable");
    let fields = [("text", &content.text), ("reason", &content.reason), ("late_reason", &content.late_reason)];
    for (field, words) in fields {
        obstacles.extend(secrecy::of_text(words).map(|mark| Obstacle::new("answer-secret").with("mark", mark).at(field)));
    }
    obstacles
}
