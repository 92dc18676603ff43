//! Going out: now, or at a minute by the server's clock.

use sea_orm::entity::prelude::*;

use super::{Article, State};
use crate::base::{App, By, Fact, Who, time};
use crate::duties::offered::{self, Offer};
use crate::news::rights::{self, Verb};
use crate::news::target;
use crate::web::{Error, Obstacle};

impl Article {
    /// Why it can not go out now: what it lacks, an embargo, a last day that is past, the facts that every page must show.
    /// The page shows the same list before anyone presses the button.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles_to_publishing(&self, app: &App) -> Result<Vec<Obstacle>, DbErr> {
        let now = app.clock.now();
        let mut obstacles = self.obstacles_to_submitting();
        obstacles.extend(self.lacking_files(&app.db).await?);
        if let Some(until) = self.embargo_until.filter(|until| *until > now) {
            obstacles.push(Obstacle::new("article-embargo-holds").with("at", time::minute(until)));
        }
        if self.is_over(time::local_date(now)) {
            obstacles.push(Obstacle::new("article-is-over"));
        }
        let missing = app.site().missing();
        if !missing.is_empty() {
            obstacles.push(Obstacle::new("article-site-lacks").with("n", missing.len()));
        }
        Ok(obstacles)
    }

    /// Publishes it now.
    ///
    /// # Errors
    /// Forbidden to others; refused with what stands against it; stale when it is not approved or somebody was quicker; or
    /// the database failed.
    pub async fn publish(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let row = Self::find(&app.db, id).await?;
        rights::require(who, Verb::Publish, row.agency)?;
        if !row.state.is_approved() {
            return Err(Error::Stale);
        }
        let obstacles = row.obstacles_to_publishing(app).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        row.goes_out(app, &By::from(who), seen).await
    }

    /// Makes it public in one transaction: the row, the evidence for its duties, the fact.
    ///
    /// # Errors
    /// Stale when somebody was quicker, or the database failed.
    pub(in crate::news) async fn goes_out(mut self, app: &App, by: &By, seen: i32) -> Result<(), Error> {
        let (id, now) = (self.id, app.clock.now());
        self.state = State::Published;
        self.published_revision = Some(self.revision);
        self.published_at = Some(now);
        self.listed_at = Some(now);
        self.changed_at = now;
        self.schedule_at = None;
        self.missed_at = None;
        let transaction = app.begin().await?;
        let offer = Offer {
            source: id,
            agency: self.agency,
            name: self.title.clone(),
            address: format!("{}{}", app.config.public_url(), self.public_path()),
            on_day: time::local_date(now),
        };
        offered::offer(&transaction, &offer, &target::duties(&transaction, id).await?, now).await?;
        let fact = Fact::ArticlePublished { title: self.title.clone(), slug: self.slug.clone() };
        self.note_uses(app, &transaction, by).await?;
        self.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Has it go out at that minute.
    ///
    /// # Errors
    /// Forbidden to others; refused when the time is past or an embargo is set; stale when it is not approved or somebody was
    /// quicker; or the database failed.
    pub async fn schedule(app: &App, who: &Who, id: Uuid, at: DateTimeUtc, seen: i32) -> Result<(), Error> {
        let mut row = Self::find(&app.db, id).await?;
        rights::require(who, Verb::Publish, row.agency)?;
        if !row.state.is_approved() {
            return Err(Error::Stale);
        }
        let now = app.clock.now();
        if at <= now {
            let past = Obstacle::new("article-schedule-past").with("now", time::minute(now)).at("at");
            return Err(Error::Refused(vec![past]));
        }
        if row.embargo_until.is_some() {
            return Err(Error::Refused(vec![Obstacle::new("article-schedule-or-embargo").at("at")]));
        }
        if row.is_over(time::local_date(at)) {
            return Err(Error::Refused(vec![Obstacle::new("article-expires-before").at("at")]));
        }
        row.state = State::Scheduled;
        row.schedule_at = Some(at);
        row.missed_at = None;
        let fact = Fact::ArticleScheduled { title: row.title.clone(), at: time::machine(at) };
        Self::moved(app, who, row, seen, fact).await
    }

    /// Takes the time off: it stays approved.
    ///
    /// # Errors
    /// Forbidden to others; stale when it has no time or somebody was quicker; or the database failed.
    pub async fn unschedule(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let mut row = Self::find(&app.db, id).await?;
        rights::require(who, Verb::Publish, row.agency)?;
        if row.state != State::Scheduled {
            return Err(Error::Stale);
        }
        row.state = State::Approved;
        row.schedule_at = None;
        let fact = Fact::ArticleUnscheduled { title: row.title.clone() };
        Self::moved(app, who, row, seen, fact).await
    }

    async fn moved(app: &App, who: &Who, mut row: Self, seen: i32, fact: Fact) -> Result<(), Error> {
        let id = row.id;
        row.changed_at = app.clock.now();
        let transaction = app.begin().await?;
        row.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
