//! A record is confirmed by somebody who wrote none of it; sent back to be mended; or withdrawn, with a reason, also by who wrote it. Reasons stand with the
//! record and nowhere else: should it turn out to be secret, they go with it.

use sea_orm::entity::prelude::*;

use super::{Record, State};
use crate::base::{App, By, Fact, Who};
use crate::registers::evidence::Evidence;
use crate::registers::kind::Proven;
use crate::registers::{rights, version};
use crate::web::{Error, Obstacle};

const REASON_LETTERS_MIN: usize = 5;
const REASON_LETTERS_MAX: usize = 500;

/// A reason, as it was given.
///
/// # Errors
/// There is none, or it is too long.
fn reason(typed: &str) -> Result<String, Error> {
    let why = vietnamese::normalise(typed.trim()).replace('\0', "");
    let long = why.chars().count();
    if (REASON_LETTERS_MIN..=REASON_LETTERS_MAX).contains(&long) {
        return Ok(why);
    }
    let wrong = Obstacle::new("register-needs-reason").with("least", REASON_LETTERS_MIN).with("most", REASON_LETTERS_MAX);
    Err(Error::Refused(vec![wrong.at("why")]))
}

impl Record {
    /// Why the person can not confirm it; empty when they can. `evidence` is what it has.
    #[must_use]
    pub fn obstacles_to_confirm(&self, who: &Who, evidence: &[Evidence]) -> Vec<Obstacle> {
        let mut found = Vec::new();
        let mut say = |is: bool, key: &'static str, field: &'static str| {
            if is {
                found.push(Obstacle::new(key).at(field));
            }
        };
        let proven = self.kind().map_or(Proven::Never, |kind| kind.proven);
        let wants = proven == Proven::Always || (proven == Proven::Trained && self.latest().trained_on.is_some());
        say(!self.waits(), "register-nothing-waits", "");
        say(self.writers().contains(&who.person), "register-own", "");
        say(wants && evidence.is_empty(), "register-needs-evidence", "evidence");
        found
    }

    /// It counts from now on, as it was written last.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn confirm(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        let transaction = app.begin().await?;
        self.confirm_in(app, &transaction, who, seen).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// The same in the caller's transaction.
    ///
    /// # Errors
    /// As [`Record::confirm`].
    pub(in crate::registers) async fn confirm_in(
        &self,
        app: &App,
        on: &impl ConnectionTrait,
        who: &Who,
        seen: i32,
    ) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        Self::locked(on, self.id).await?;
        let obstacles = self.obstacles_to_confirm(who, &Evidence::of(on, self.id).await?);
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let (content, number, now) = (self.latest(), self.edition + 1, app.clock.now());
        version::keep(on, self, &content, (number, who.person, now)).await?;
        let row = Self {
            state: State::Confirmed,
            pending: String::new(),
            writers: "[]".into(),
            confirmed_by: Some(who.person),
            confirmed_at: Some(now),
            notice: String::new(),
            edition: number,
            changed_at: now,
            ..self.clone()
        };
        row.saying(content).put(on, seen).await?;
        let fact =
            Fact::RegisterConfirmed { register: self.register.clone(), version: u32::try_from(number).unwrap_or_default() };
        app.record(on, self.id, fact, &By::from(who)).await?;
        Ok(())
    }

    /// What waits is to be mended; a change of what is confirmed is dropped.
    ///
    /// # Errors
    /// Forbidden; refused without a reason or when nothing waits; stale when somebody was quicker; or the database failed.
    pub async fn send_back(&self, app: &App, who: &Who, why: &str, seen: i32) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        let notice = reason(why)?;
        if !self.waits() {
            return Err(Error::refused("register-nothing-waits"));
        }
        let writers = if self.state == State::Confirmed { "[]".into() } else { self.writers.clone() };
        let row = Self { pending: String::new(), writers, notice, changed_at: app.clock.now(), ..self.clone() };
        self.turn(app, who, row, seen, Fact::RegisterReturned { register: self.register.clone() }).await
    }

    /// Takes it out: it counts nowhere any more, and its code is free.
    ///
    /// # Errors
    /// Forbidden; refused without a reason or when it was withdrawn before; stale when somebody was quicker; or the database failed.
    pub async fn withdraw(&self, app: &App, who: &Who, why: &str, seen: i32) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        let notice = reason(why)?;
        if self.state == State::Withdrawn {
            return Err(Error::refused("register-is-withdrawn"));
        }
        let row = Self {
            state: State::Withdrawn,
            pending: String::new(),
            notice,
            code_key: None,
            changed_at: app.clock.now(),
            ..self.clone()
        };
        self.turn(app, who, row, seen, Fact::RegisterWithdrawn { register: self.register.clone() }).await
    }

    async fn turn(&self, app: &App, who: &Who, row: Self, seen: i32, fact: Fact) -> Result<(), Error> {
        let transaction = app.begin().await?;
        row.put(&transaction, seen).await?;
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
