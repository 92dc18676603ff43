//! Where an act moves a case. Pure but for what it is told of the day: calendar and agencies.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::acting::{Act, BOUNCES_MAX, Wanted};
use super::{State, Whole, is_open};
use crate::base::{App, Fact, time};
use crate::cases::reminder::DAY_MIN;
use crate::cases::rung::{self, Rung};
use crate::cases::step::Step;
use crate::duties::calendar::Calendar;
use crate::duties::day_off;
use crate::duties::working_time::WorkingTime;
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

/// Working days that a question waits before the body that asked may close the case.
pub const LAPSE_DAYS: i64 = 10;

/// What is so that day: the time, the days off, the agencies.
pub struct Ground {
    pub now: DateTimeUtc,
    pub today: NaiveDate,
    pub calendar: Calendar,
    pub agencies: std::sync::Arc<Known>,
}

impl Ground {
    /// As it is now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App) -> Result<Self, DbErr> {
        Self::at(app, app.clock.now()).await
    }

    /// As it was at a moment; the agencies are those known now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn at(app: &App, now: DateTimeUtc) -> Result<Self, DbErr> {
        let calendar = day_off::calendar(&app.db).await?;
        Ok(Self { now, today: time::local_date(now), calendar, agencies: Known::now(app).await? })
    }

    #[must_use]
    pub fn clock(&self) -> WorkingTime<'_> {
        WorkingTime::of(&self.calendar)
    }

    #[must_use]
    pub fn is_open(&self, agency: Uuid) -> bool {
        is_open(&self.agencies, agency, self.today)
    }
}

/// What is to be written.
#[derive(Clone, Debug)]
pub struct Move {
    pub state: State,
    pub holder: Uuid,
    pub due_at: Option<DateTimeUtc>,
    pub bounces: i32,
    /// The step it stood at, as it is now.
    pub step: Step,
    /// The step that begins.
    pub begun: Option<Step>,
    /// The body it went to.
    pub to: Option<Uuid>,
    pub fact: Fact,
}

impl Whole {
    /// The next rung up from where it stands; None at the top. Never the body that raised it.
    #[must_use]
    pub fn next_up(&self, ground: &Ground) -> Option<&Rung> {
        let step = self.steps.last()?;
        rung::above(&self.ladder, step.position, &[self.case.agency, self.case.holder], &ground.agencies, ground.today)
    }

    /// The body that settles who is competent when a case was passed on too often: the lowest rung that may have it.
    #[must_use]
    pub fn arbiter(&self, ground: &Ground) -> Option<&Rung> {
        rung::above(&self.ladder, -1, &[self.case.agency], &ground.agencies, ground.today)
    }

    /// Whether passing it on sideways now brings it to the arbiter, whoever is named.
    #[must_use]
    pub fn goes_to_arbiter(&self, ground: &Ground) -> Option<Uuid> {
        let arbiter = self.arbiter(ground)?.agency;
        (self.case.bounces + 1 >= BOUNCES_MAX && self.case.holder != arbiter).then_some(arbiter)
    }

    /// From when the body it stands with may close it because what it asked for is not supplied; None while nothing is asked.
    #[must_use]
    pub fn lapses_at(&self, ground: &Ground) -> Option<DateTimeUtc> {
        self.asked_at.map(|at| ground.clock().after(at, LAPSE_DAYS * DAY_MIN))
    }

    fn lapse_due(&self, ground: &Ground) -> Result<(), Error> {
        let from = self.lapses_at(ground).ok_or(Error::Stale)?;
        if ground.now < from {
            let early = Obstacle::new("case-lapse-early").with("n", LAPSE_DAYS).with("at", time::minute(from));
            return Err(Error::Refused(vec![early.at(Act::Lapse.code())]));
        }
        Ok(())
    }

    /// Where the act moves it.
    ///
    /// # Errors
    /// Stale when it was taken up already or nobody is above; refused when it is passed on to a body that can not have it, or
    /// closed before a question waited long enough.
    pub fn moved(&self, ground: &Ground, wanted: &Wanted) -> Result<Move, Error> {
        let case = &self.case;
        let step = self.step()?.clone();
        let holder = case.holder;
        let stays = |state: State, fact: Fact| Move {
            state,
            holder,
            due_at: None,
            bounces: case.bounces,
            step: Step { ended_at: Some(ground.now), ..step.clone() },
            begun: None,
            to: None,
            fact,
        };
        Ok(match wanted.act {
            Act::TakeUp if step.taken_at.is_some() => return Err(Error::Stale),
            Act::TakeUp => Move {
                due_at: case.due_at,
                step: Step { taken_at: Some(ground.now), ..step.clone() },
                ..stays(State::Open, Fact::CaseTaken { holder })
            },
            Act::Answer => stays(State::Answered, Fact::CaseAnswered { holder }),
            Act::Ask => Move {
                step: Step { minutes_left: Some(step.left(ground.now, ground.clock())), ..step.clone() },
                ..stays(State::Asked, Fact::CaseQuestioned { holder })
            },
            Act::Reply => {
                let due_at = ground.clock().after(ground.now, step.minutes_left.unwrap_or_default());
                Move {
                    due_at: Some(due_at),
                    step: Step { minutes_left: None, due_at, ..step.clone() },
                    ..stays(State::Open, Fact::CaseReplied { holder })
                }
            }
            Act::PassUp => {
                let next = self.next_up(ground).ok_or(Error::Stale)?;
                self.goes_to(
                    ground,
                    (next.agency, next.position, next.hours),
                    Fact::CasePassedUp { from: holder, to: next.agency },
                )?
            }
            Act::PassOn => self.passed_on(ground, wanted.to, &step)?,
            Act::Solve => stays(State::Solved, Fact::CaseSolved { holder }),
            Act::Withdraw => stays(State::Withdrawn, Fact::CaseWithdrawn { holder }),
            Act::Lapse => self.lapse_due(ground).map(|()| stays(State::Lapsed, Fact::CaseLapsed { holder }))?,
            Act::Reopen => self.reopened(ground, &step)?,
        })
    }

    /// Back to who answered; where that body is no more, to whoever is above it.
    fn reopened(&self, ground: &Ground, step: &Step) -> Result<Move, Error> {
        let holder = self.case.holder;
        if ground.is_open(holder) {
            return self.goes_to(ground, (holder, step.position, step.hours), Fact::CaseReopened { holder });
        }
        let next = self.next_up(ground).or_else(|| self.arbiter(ground)).ok_or(Error::Stale)?;
        self.goes_to(ground, (next.agency, next.position, next.hours), Fact::CaseReopened { holder: next.agency })
    }

    fn passed_on(&self, ground: &Ground, to: Option<Uuid>, step: &Step) -> Result<Move, Error> {
        let holder = self.case.holder;
        let refused = |key: &'static str| Error::Refused(vec![Obstacle::new(key).at("to")]);
        if let Some(arbiter) = self.goes_to_arbiter(ground) {
            let rung = self.ladder.iter().find(|rung| rung.agency == arbiter).ok_or(Error::Stale)?;
            let fact = Fact::CasePassedOn { from: holder, to: arbiter };
            let moved = self.goes_to(ground, (arbiter, rung.position, rung.hours), fact)?;
            return Ok(Move { bounces: self.case.bounces + 1, ..moved });
        }
        let to = to.ok_or_else(|| refused("case-pass-needs-body"))?;
        if to == holder {
            return Err(refused("case-pass-to-itself"));
        }
        if to == self.case.agency {
            return Err(refused("case-pass-to-raiser"));
        }
        if !ground.is_open(to) {
            return Err(refused("case-pass-to-closed"));
        }
        let rung = self.ladder.iter().find(|rung| rung.agency == to);
        let (position, hours) = rung.map_or((step.position, step.hours), |rung| (rung.position, rung.hours));
        let moved = self.goes_to(ground, (to, position, hours), Fact::CasePassedOn { from: holder, to })?;
        Ok(Move { bounces: self.case.bounces + 1, ..moved })
    }

    /// It stands with that body from now on, with a clock of its own.
    fn goes_to(&self, ground: &Ground, to: (Uuid, i32, i32), fact: Fact) -> Result<Move, Error> {
        let step = self.step()?.clone();
        let begun = Step::beginning(self.case.id, step.number + 1, to, ground.now, ground.clock());
        Ok(Move {
            state: State::Open,
            holder: to.0,
            due_at: Some(begun.due_at),
            bounces: self.case.bounces,
            step: Step { ended_at: step.ended_at.or(Some(ground.now)), ..step },
            begun: Some(begun),
            to: Some(to.0),
            fact,
        })
    }
}
