//! From the draft to the approval. Nobody approves what they wrote.

use sea_orm::entity::prelude::*;

use super::{Publication, State};
use crate::base::{App, By, Fact, Role, Who};
use crate::news::article::reviewing::reason;
use crate::news::rights::{self, Verb};
use crate::publications::Section;
use crate::web::{Error, Obstacle};

/// Who looks at what others wrote.
pub const REVIEWERS: &[Role] = &[Role::Reviewer, Role::Approver];

impl Publication {
    /// Whether the person may decide on what was handed in, as far as it is not their own.
    #[must_use]
    pub fn is_reviewed_by(&self, who: &Who) -> bool {
        self.state == State::InReview && rights::holds(who, REVIEWERS, self.agency)
    }

    /// Hands it in. What hinders publishing hinders nobody here: reviewers see the same list.
    ///
    /// # Errors
    /// Forbidden to others; refused without a section; stale when somebody was quicker; or the database failed.
    pub async fn submit(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let mut row = Self::find(&transaction, id).await?;
        rights::require(who, Verb::Write, row.agency)?;
        if row.version != seen || !matches!(row.state, State::Draft | State::Returned) {
            return Err(Error::Stale);
        }
        if Section::all(&transaction, id).await?.is_empty() {
            return Err(Error::Refused(vec![Obstacle::new("publication-needs-section")]));
        }
        row.state = State::InReview;
        let fact = Fact::PublicationSubmitted { title: row.title.clone() };
        row.settled(app, transaction, seen, fact, &By::from(who)).await
    }

    /// Writes it with its fact, and commits.
    async fn settled(
        mut self,
        app: &App,
        transaction: sea_orm::DatabaseTransaction,
        seen: i32,
        fact: Fact,
        by: &By,
    ) -> Result<(), Error> {
        let id = self.id;
        self.changed_at = app.clock.now();
        self.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    async fn find_to_review(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<Self, Error> {
        let row = Self::find(&app.db, id).await?;
        if !rights::holds(who, REVIEWERS, row.agency) {
            return Err(Error::Forbidden);
        }
        if row.version != seen || row.state != State::InReview {
            return Err(Error::Stale);
        }
        Ok(row)
    }

    /// Says that it may come out.
    ///
    /// # Errors
    /// Forbidden to others; refused when it is their own (noted); stale when somebody was quicker; or the database failed.
    pub async fn approve(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let mut row = Self::find_to_review(app, who, id, seen).await?;
        let transaction = app.begin().await?;
        if row.is_own_of(who.person) {
            app.record(&transaction, id, Fact::OwnApprovalRefused { title: row.title }, &By::from(who)).await?;
            app.commit(transaction).await?;
            return Err(Error::Refused(vec![Obstacle::new("publication-own")]));
        }
        row.state = State::Approved;
        row.notice = String::new();
        let fact = Fact::PublicationApproved { title: row.title.clone() };
        row.settled(app, transaction, seen, fact, &By::from(who)).await
    }

    /// Sends it back to those who wrote it.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when somebody was quicker; or the database failed.
    pub async fn send_back(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let mut row = Self::find_to_review(app, who, id, seen).await?;
        let why = reason(why, "reason", "article-needs-reason")?;
        row.state = State::Returned;
        row.notice.clone_from(&why);
        row.noticed_at = Some(app.clock.now());
        let fact = Fact::PublicationReturned { title: row.title.clone() };
        let transaction = app.begin().await?;
        row.settled(app, transaction, seen, fact, &By::from(who).because(why)).await
    }

    /// Takes it back to the draft before it is out: the approval was for the text as it was.
    ///
    /// # Errors
    /// Forbidden to others; stale when it is out or somebody was quicker; or the database failed.
    pub async fn recall(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let mut row = Self::find(&transaction, id).await?;
        rights::require(who, Verb::Write, row.agency)?;
        if row.version != seen || !matches!(row.state, State::InReview | State::Approved) {
            return Err(Error::Stale);
        }
        row.state = State::Draft;
        let fact = Fact::PublicationRecalled { title: row.title.clone() };
        row.settled(app, transaction, seen, fact, &By::from(who)).await
    }
}
