//! The way of an issue from a draft to the queue: handed in, sent back or approved by somebody who wrote none of it. What was approved is
//! kept word for word, and that is what goes.

use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, QuerySelect};

use super::{Column, Entity, Issue, State, carried};
use crate::base::{App, By, Fact, Who, time};
use crate::channels::rights::{self, Verb};
use crate::newsletters::composing::Letter;
use crate::newsletters::newsletter::{self, Newsletter};
use crate::web::{Error, Obstacle};

const REASON_LETTERS_MAX: usize = 2_000;

/// A reason as it is kept.
///
/// # Errors
/// Refused, at the field `why`, when there is none.
pub fn reason(typed: &str) -> Result<String, Error> {
    let why = super::writing::tidy(typed);
    if why.is_empty() {
        return Err(Error::Refused(vec![Obstacle::new("issue-needs-why").at("why")]));
    }
    if why.chars().count() > REASON_LETTERS_MAX {
        return Err(Error::Refused(vec![Obstacle::new("article-too-long").with("n", REASON_LETTERS_MAX).at("why")]));
    }
    Ok(why)
}

impl Issue {
    /// The issue, when the person may do that with it now.
    pub(in crate::newsletters) async fn find_in(
        app: &App,
        who: &Who,
        id: Uuid,
        (verb, states): (Verb, &[State]),
        seen: i32,
    ) -> Result<Self, Error> {
        let issue = Self::find_for(app, who, id).await?;
        rights::require(who, verb, issue.agency)?;
        if issue.version != seen || !states.contains(&issue.state) { Err(Error::Stale) } else { Ok(issue) }
    }

    /// Hands it in.
    ///
    /// # Errors
    /// Forbidden to others; stale when it is no draft or somebody was quicker; or the database failed.
    pub async fn submit(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let issue = Self::find_in(app, who, id, (Verb::Write, &[State::Draft]), seen).await?;
        let fact = Fact::IssueSubmitted { title: issue.title.clone() };
        let transaction = app.begin().await?;
        Self { state: State::Submitted, notice: String::new(), ..issue }
            .settle(app, transaction, seen, fact, &By::from(who))
            .await
    }

    /// Takes it back to the draft while nothing has gone.
    ///
    /// # Errors
    /// Forbidden to others; stale when it began, or somebody was quicker; or the database failed.
    pub async fn recall(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let issue = Self::find_in(app, who, id, (Verb::Write, &[State::Submitted, State::Approved, State::Held]), seen).await?;
        if issue.began_at.is_some() {
            return Err(Error::Stale);
        }
        let fact = Fact::IssueRecalled { title: issue.title.clone() };
        let transaction = app.begin().await?;
        Self { state: State::Draft, approved_by: None, approved_at: None, ..issue }
            .settle(app, transaction, seen, fact, &By::from(who))
            .await
    }

    /// Sends it back to those who wrote it.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when somebody was quicker; or the database failed.
    pub async fn send_back(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let issue = Self::find_in(app, who, id, (Verb::Approve, &[State::Submitted]), seen).await?;
        let why = reason(why)?;
        let fact = Fact::IssueReturned { title: issue.title.clone() };
        let issue = Self { state: State::Draft, notice: why.clone(), ..issue };
        let transaction = app.begin().await?;
        issue.settle(app, transaction, seen, fact, &By::from(who).because(why)).await
    }

    /// Says that it goes out, at its time.
    ///
    /// # Errors
    /// Forbidden to others; refused when it is their own (noted), or with each obstacle; stale when it was decided or somebody was
    /// quicker; or the database failed.
    pub async fn approve(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let issue = Self::find_in(app, who, id, (Verb::Approve, &[State::Submitted]), seen).await?;
        let by = By::from(who);
        if issue.is_own_of(who.person) {
            let transaction = app.begin().await?;
            app.record(&transaction, id, Fact::OwnApprovalRefused { title: issue.title }, &by).await?;
            app.commit(transaction).await?;
            return Err(Error::refused("issue-own"));
        }
        let newsletter = Newsletter::find(&app.db, issue.newsletter).await?;
        let transaction = app.begin().await?;
        issue.let_out(app, transaction, &newsletter, Some(who.person), &by).await
    }

    /// Freezes what it says and gives it its number; it goes at its time. In the transaction, which it ends.
    pub(in crate::newsletters) async fn let_out(
        self,
        app: &App,
        transaction: DatabaseTransaction,
        newsletter: &Newsletter,
        approver: Option<Uuid>,
        by: &By,
    ) -> Result<(), Error> {
        carried::hold(&transaction, &self).await?;
        let letter = Letter::of(app, newsletter, &self).await?;
        let obstacles = self.obstacles(app, newsletter, &letter).await?;
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let now = app.clock.now();
        let due = self.due_at.filter(|due| *due > now).unwrap_or(now);
        let mut carries: Vec<(Uuid, i32)> = letter.stories.iter().map(|story| (story.article, story.revision)).collect();
        if let Some(article) = self.corrects.filter(|article| !carries.iter().any(|(one, _)| one == article)) {
            carries.push((article, 0));
        }
        carried::settle(&transaction, self.id, &carries).await?;
        let number = match self.number {
            Some(number) => number,
            None => next_number(&transaction, newsletter.id).await?,
        };
        let fact = Fact::IssueApproved { title: self.title.clone(), at: time::machine(due), by_itself: approver.is_none() };
        let seen = self.version;
        let out = Self {
            state: State::Approved,
            number: Some(number),
            approved_by: approver,
            approved_at: Some(now),
            due_at: Some(due),
            frozen_text: letter.text()?,
            frozen_html: letter.html()?,
            notice: String::new(),
            ..self
        };
        out.settle(app, transaction, seen, fact, by).await
    }

    /// Writes it with its fact, and commits.
    pub(in crate::newsletters) async fn settle(
        self,
        app: &App,
        transaction: DatabaseTransaction,
        seen: i32,
        fact: Fact,
        by: &By,
    ) -> Result<(), Error> {
        let id = self.id;
        Self { changed_at: app.clock.now(), ..self }.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// Of two issues that are let out at once, one waits for the other's number.
async fn next_number(on: &impl ConnectionTrait, newsletter: Uuid) -> Result<i32, DbErr> {
    newsletter::Entity::find_by_id(newsletter).lock_exclusive().one(on).await?;
    let last: Option<Option<i32>> = Entity::find()
        .select_only()
        .column_as(Column::Number.max(), "last")
        .filter(Column::Newsletter.eq(newsletter))
        .into_tuple()
        .one(on)
        .await?;
    Ok(last.flatten().unwrap_or_default() + 1)
}
