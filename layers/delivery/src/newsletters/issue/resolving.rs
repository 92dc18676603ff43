//! Letters of which nobody knows whether they arrived: a person leaves them so, or sends them again, with a reason.

use sea_orm::entity::prelude::*;

use super::approving::reason;
use super::{Issue, State};
use crate::base::{App, By, Fact, Who};
use crate::channels::rights::Verb;
use crate::newsletters::delivery::{Column, Entity, State as Way};
use crate::web::Error;

/// What is decided about unknown letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They stay as they are: perhaps there, perhaps not.
    Leave,
    /// They go once more: some may get the letter twice.
    Again,
}

impl Decision {
    /// Reads the word of an address.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "leave" => Some(Self::Leave),
            "again" => Some(Self::Again),
            _ => None,
        }
    }

    /// The word kept in facts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Again => "again",
        }
    }
}

impl Issue {
    /// Decides about unknown letters of an issue: one subscriber's, or (None) all there are.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when there are none or somebody was quicker; or the database failed.
    pub async fn resolve(
        app: &App,
        who: &Who,
        (id, subscriber): (Uuid, Option<Uuid>),
        (decision, why): (Decision, &str),
        seen: i32,
    ) -> Result<(), Error> {
        let begun = [State::Sending, State::Paused, State::Held, State::Sent, State::Cancelled];
        let issue = Self::find_in(app, who, id, (Verb::Approve, &begun), seen).await?;
        // What was cancelled is not sent any more.
        if decision == Decision::Again && issue.state == State::Cancelled {
            return Err(Error::Stale);
        }
        let why = reason(why)?;
        let now = app.clock.now();
        let mut change = Entity::update_many().filter(Column::Issue.eq(id)).filter(Column::State.eq(Way::Unknown));
        if let Some(subscriber) = subscriber {
            change = change.filter(Column::Subscriber.eq(subscriber));
        }
        change = match decision {
            Decision::Leave => change.col_expr(Column::State, Expr::value(Way::Stays)),
            Decision::Again => change
                .col_expr(Column::State, Expr::value(Way::Queued))
                .col_expr(Column::RunAt, Expr::value(now))
                .col_expr(Column::SettledAt, Expr::value(Option::<DateTimeUtc>::None)),
        };
        let transaction = app.begin().await?;
        // recorded by `settle`, below
        let count = change.exec(&transaction).await?.rows_affected;
        if count == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::LettersResolved {
            title: issue.title.clone(),
            how: decision.code().into(),
            count: u32::try_from(count).unwrap_or(u32::MAX),
        };
        let goes_on = decision == Decision::Again && issue.state == State::Sent;
        let state = if goes_on { State::Sending } else { issue.state };
        let ended_at = if goes_on { None } else { issue.ended_at };
        Self { state, ended_at, ..issue }.settle(app, transaction, seen, fact, &By::from(who).because(why)).await
    }
}
