//! Where an act moves a question. Pure but for what it is told of the day.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{Column, Entity, State, Whole};
use crate::base::time;
use crate::cases::case::acting::BOUNCES_MAX;
use crate::cases::case::moving::Ground;
use crate::cases::reminder::DAY_MIN;
use crate::questions::step::{self, Step};
use crate::web::{Error, Obstacle};

/// Working days that a wish for more waits before the body may close the question.
pub const LAPSE_DAYS: i64 = 10;
/// So often it may be said that an answer does not solve it before the coordinating body has to look.
pub const REOPENED_MAX: i32 = 3;

/// What is to be written.
#[derive(Clone, Debug)]
pub struct Move {
    pub state: State,
    pub holder: Uuid,
    pub due_at: Option<DateTimeUtc>,
    pub bounces: i32,
    pub reopened: i32,
    /// The step it stood at, as it is now.
    pub step: Step,
    /// The step that begins.
    pub begun: Option<Step>,
}

impl Whole {
    /// The body it is passed on to by who says it is not competent: the named one; the coordinating one at the third time.
    ///
    /// # Errors
    /// Refused where the named one can not have it.
    pub fn next_body(&self, ground: &Ground, named: Option<Uuid>) -> Result<Uuid, Error> {
        let refused = |key: &'static str| Error::Refused(vec![Obstacle::new(key).at("to")]);
        if self.goes_to_coordinator() {
            return Ok(self.setting.agency);
        }
        let to = named.ok_or_else(|| refused("question-pass-needs-body"))?;
        if to == self.question.holder {
            return Err(refused("question-pass-to-itself"));
        }
        if ground.is_open(to) { Ok(to) } else { Err(refused("question-pass-to-closed")) }
    }

    /// The body that the coordinating one says it is for.
    ///
    /// # Errors
    /// Refused where none is named, or that one can not have it.
    pub fn routed_body(&self, ground: &Ground, named: Option<Uuid>) -> Result<Uuid, Error> {
        let refused = |key: &'static str| Error::Refused(vec![Obstacle::new(key).at("to")]);
        let to = named.ok_or_else(|| refused("question-pass-needs-body"))?;
        if !ground.is_open(to) {
            return Err(refused("question-pass-to-closed"));
        }
        let is_there = to == self.question.holder && self.question.state == State::Open;
        if is_there { Err(refused("question-pass-to-itself")) } else { Ok(to) }
    }

    /// Whether passing it on now brings it to the coordinating body, whoever is named.
    #[must_use]
    pub fn goes_to_coordinator(&self) -> bool {
        self.question.bounces + 1 >= BOUNCES_MAX && self.question.holder != self.setting.agency
    }

    /// Whether who has it may say that it is not competent: not where the coordinating body has decided after the third bounce.
    #[must_use]
    pub fn may_bounce(&self) -> bool {
        self.question.bounces < BOUNCES_MAX && self.question.holder != self.setting.agency
    }

    /// From when the body may close it because what it asked for is not supplied; None while nothing is asked.
    #[must_use]
    pub fn lapses_at(&self, ground: &Ground) -> Option<DateTimeUtc> {
        self.waits_since.map(|at| ground.clock().after(at, LAPSE_DAYS * DAY_MIN))
    }

    /// Whether it may be closed for that now.
    ///
    /// # Errors
    /// Refused while there is time; stale when nothing is asked.
    pub fn lapse_due(&self, ground: &Ground) -> Result<(), Error> {
        let from = self.lapses_at(ground).ok_or(Error::Stale)?;
        if ground.now >= from {
            return Ok(());
        }
        let early = Obstacle::new("question-lapse-early").with("n", LAPSE_DAYS).with("at", time::minute(from));
        Err(Error::Refused(vec![early.at("lapse")]))
    }

    /// It stays with its body, in that state; the clock stops.
    ///
    /// # Errors
    /// It has no step.
    pub fn rests(&self, ground: &Ground, state: State) -> Result<Move, Error> {
        let step = self.step()?;
        let minutes_left = (state == State::Asked).then(|| step.left(ground.now, ground.clock()));
        // While it waits for a reply its step goes on.
        let ended_at = if state == State::Asked { None } else { Some(ground.now) };
        Ok(Move {
            state,
            holder: self.question.holder,
            due_at: None,
            bounces: self.question.bounces,
            reopened: self.question.reopened,
            step: Step { minutes_left, ended_at, ..step.clone() },
            begun: None,
        })
    }

    /// The clock goes on with what was left.
    ///
    /// # Errors
    /// It has no step.
    pub fn resumes(&self, ground: &Ground) -> Result<Move, Error> {
        let step = self.step()?;
        let due_at = ground.clock().after(ground.now, step.minutes_left.unwrap_or_default());
        let state = if self.question.holder == self.setting.agency && self.answers.is_empty() { State::New } else { State::Open };
        Ok(Move {
            state,
            due_at: Some(due_at),
            step: Step { minutes_left: None, due_at, ended_at: None, ..step.clone() },
            ..self.rests(ground, State::Open)?
        })
    }

    /// It stands with that body from now on, with a clock of its own.
    ///
    /// # Errors
    /// It has no step.
    pub fn goes_to(&self, ground: &Ground, to: Uuid, state: State) -> Result<Move, Error> {
        let step = self.step()?;
        let hours = if state == State::New { self.setting.route_hours } else { self.setting.answer_hours };
        let begun = Step::beginning(self.question.id, step.number + 1, (to, hours), ground.now, ground.clock());
        Ok(Move {
            state,
            holder: to,
            due_at: Some(begun.due_at),
            step: Step { ended_at: step.ended_at.or(Some(ground.now)), ..step.clone() },
            begun: Some(begun),
            ..self.rests(ground, state)?
        })
    }

    /// Writes the move, if the question is still what was seen. // recorded by the verb that moves it
    ///
    /// # Errors
    /// Stale when somebody was quicker, or the database failed.
    pub(in crate::questions) async fn put(&self, on: &impl ConnectionTrait, ground: &Ground, moved: &Move) -> Result<(), Error> {
        let question = &self.question;
        let over = !moved.state.runs() && moved.state != State::Asked;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(moved.state.to_value()))
            .col_expr(Column::Holder, Expr::value(moved.holder))
            .col_expr(Column::DueAt, Expr::value(moved.due_at))
            .col_expr(Column::Bounces, Expr::value(moved.bounces))
            .col_expr(Column::Reopened, Expr::value(moved.reopened))
            .col_expr(Column::ClosedAt, Expr::value(over.then_some(ground.now)))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(question.id))
            .filter(Column::Version.eq(question.version))
            .exec(on)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        step::Entity::update(step::ActiveModel::from(moved.step.clone()).reset_all()).exec(on).await?;
        if let Some(begun) = &moved.begun {
            step::Entity::insert(step::ActiveModel::from(begun.clone())).exec_without_returning(on).await?;
        }
        Ok(())
    }
}
