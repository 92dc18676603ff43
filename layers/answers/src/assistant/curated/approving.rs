//! An answer is approved by somebody who wrote none of it; sent back to be mended; or withdrawn, with a reason.

use super::{Curated, State};
use crate::base::{App, By, Fact, Who, time};
use crate::registers::rights;
use crate::web::{Error, Obstacle};

const REASON_LETTERS_MIN: usize = 5;
const REASON_LETTERS_MAX: usize = 500;

fn reason(typed: &str) -> Result<String, Error> {
    let why = vietnamese::normalise(typed.trim()).replace('\0', "");
    if (REASON_LETTERS_MIN..=REASON_LETTERS_MAX).contains(&why.chars().count()) {
        return Ok(why);
    }
    let wrong = Obstacle::new("curated-needs-reason").with("least", REASON_LETTERS_MIN).with("most", REASON_LETTERS_MAX);
    Err(Error::Refused(vec![wrong.at("why")]))
}

impl Curated {
    /// Why the person can not approve it; empty when they can.
    #[must_use]
    pub fn obstacles_to_approve(&self, app: &App, who: &Who) -> Vec<Obstacle> {
        let mut found = Vec::new();
        let mut say = |is: bool, key: &'static str| {
            if is {
                found.push(Obstacle::new(key));
            }
        };
        let today = time::local_date(app.clock.now());
        say(!self.waits(), "curated-nothing-waits");
        say(self.writers().contains(&who.person), "curated-own");
        say(self.latest().until_on.is_some_and(|until| until < today), "curated-is-over");
        found
    }

    /// It answers from now on, as it was written last.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn approve(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        let obstacles = self.obstacles_to_approve(app, who);
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let (content, now) = (self.latest(), app.clock.now());
        let title = content.title.clone();
        let row = Self {
            state: State::Approved,
            pending: String::new(),
            writers: "[]".into(),
            approved_by: Some(who.person),
            approved_at: Some(now),
            notice: String::new(),
            changed_at: now,
            ..self.clone()
        };
        let transaction = app.begin().await?;
        row.saying(content).put(&transaction, seen).await?;
        app.record(&transaction, self.id, Fact::CuratedApproved { title }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Back to who wrote it; what was approved before keeps answering.
    ///
    /// # Errors
    /// Forbidden; refused without a reason; stale; or the database failed.
    pub async fn send_back(&self, app: &App, who: &Who, why: &str, seen: i32) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        let why = reason(why)?;
        if !self.waits() {
            return Err(Error::refused("curated-nothing-waits"));
        }
        let row = Self { notice: why.clone(), changed_at: app.clock.now(), ..self.clone() };
        let fact = Fact::CuratedReturned { title: self.latest().title };
        self.write(app, who, (row, seen), fact, why).await
    }

    /// It answers no more.
    ///
    /// # Errors
    /// As [`Curated::send_back`].
    pub async fn withdraw(&self, app: &App, who: &Who, why: &str, seen: i32) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        let why = reason(why)?;
        if self.state == State::Withdrawn {
            return Err(Error::Stale);
        }
        let row = Self {
            state: State::Withdrawn,
            pending: String::new(),
            notice: why.clone(),
            changed_at: app.clock.now(),
            ..self.clone()
        };
        let fact = Fact::CuratedWithdrawn { title: self.title.clone() };
        self.write(app, who, (row, seen), fact, why).await
    }

    async fn write(&self, app: &App, who: &Who, (row, seen): (Self, i32), fact: Fact, why: String) -> Result<(), Error> {
        let transaction = app.begin().await?;
        row.put(&transaction, seen).await?;
        app.record(&transaction, self.id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
