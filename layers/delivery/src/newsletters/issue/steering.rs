//! An issue on its way: paused, gone on with, held, cancelled.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::approving::reason;
use super::{Column, Entity, Issue, State};
use crate::base::{App, By, Fact, Who};
use crate::channels::rights::{self, Verb};
use crate::newsletters::delivery::settling;
use crate::web::Error;

/// The cause of what a restore holds.
const RESTORED: &str = "restored";

impl Issue {
    /// Stops it for now; letters under way end as they end.
    ///
    /// # Errors
    /// Forbidden to others; stale when it is not on its way or somebody was quicker; or the database failed.
    pub async fn pause(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let issue = Self::find_in(app, who, id, (Verb::Write, &[State::Approved, State::Sending]), seen).await?;
        let fact = Fact::IssuePaused { title: issue.title.clone() };
        let transaction = app.begin().await?;
        Self { state: State::Paused, ..issue }.settle(app, transaction, seen, fact, &By::from(who)).await
    }

    /// Goes on with what was paused or held: with the letters that have not gone, and with no others.
    ///
    /// # Errors
    /// Forbidden to others; stale when it does not stand still or somebody was quicker; or the database failed.
    pub async fn resume(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let issue = Self::find_in(app, who, id, (Verb::Approve, &[State::Paused, State::Held]), seen).await?;
        let fact = Fact::IssueResumed { title: issue.title.clone() };
        let state = if issue.began_at.is_some() { State::Sending } else { State::Approved };
        let transaction = app.begin().await?;
        Self { state, notice: String::new(), ..issue }.settle(app, transaction, seen, fact, &By::from(who)).await
    }

    /// Ends it: what has not gone does not go.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when it is over or somebody was quicker; or the database failed.
    pub async fn cancel(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let open = [State::Draft, State::Submitted, State::Approved, State::Sending, State::Paused, State::Held];
        let issue = Self::find_in(app, who, id, (Verb::Retract, &open), seen).await?;
        let why = reason(why)?;
        let transaction = app.begin().await?;
        let stopped = settling::stop(app, &transaction, id).await?;
        let fact = Fact::IssueCancelled { title: issue.title.clone(), stopped };
        let ended = Self { state: State::Cancelled, notice: why.clone(), ended_at: Some(app.clock.now()), ..issue };
        ended.settle(app, transaction, seen, fact, &By::from(who).because(why)).await
    }

    /// Holds it until a person looks. Cause: `corrected`, `withdrawn`, `restored`. Does nothing with one that is not on its way.
    ///
    /// # Errors
    /// Stale when somebody was quicker; or the database failed.
    pub(in crate::newsletters) async fn hold(self, app: &App, cause: &str, by: &By) -> Result<(), Error> {
        if !matches!(self.state, State::Approved | State::Sending | State::Paused) {
            return Ok(());
        }
        let fact = Fact::IssueHeld { title: self.title.clone(), cause: cause.into() };
        let seen = self.version;
        let transaction = app.begin().await?;
        Self { state: State::Held, notice: cause.into(), ..self }.settle(app, transaction, seen, fact, by).await
    }
}

/// What a restore holds of an agency's issues.
fn restored(agency: Uuid) -> Select<Entity> {
    let held = Entity::find().filter(Column::State.eq(State::Held)).filter(Column::Notice.eq(RESTORED));
    held.filter(Column::Agency.eq(agency))
}

/// How many issues wait for this person since a restore; none where they may not decide.
///
/// # Errors
/// The database failed.
pub async fn count_restored(on: &impl ConnectionTrait, who: &Who) -> Result<u64, DbErr> {
    match who.agency.filter(|agency| rights::may(who, Verb::Approve, *agency)) {
        Some(agency) => restored(agency).count(on).await,
        None => Ok(0),
    }
}

/// Goes on with all that a restore holds of the person's agency; with a reason, cancels all of it. Each by itself, with its own entry
/// in the ledger. Returns how many; what somebody decided meanwhile stays as they said.
///
/// # Errors
/// Forbidden to others; refused without a reason where one is wanted; or the database failed.
pub async fn settle_restored(app: &App, who: &Who, cancelled: Option<&str>) -> Result<usize, Error> {
    let agency = rights::own_agency(who)?;
    rights::require(who, Verb::Approve, agency)?;
    let mut settled = 0;
    for issue in restored(agency).order_by_asc(Column::Id).all(&app.db).await? {
        let done = match cancelled {
            None => Issue::resume(app, who, issue.id, issue.version).await,
            Some(why) => Issue::cancel(app, who, issue.id, why, issue.version).await,
        };
        match done {
            Ok(()) => settled += 1,
            Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(settled)
}

/// Holds every issue of which letters might go: what a database that was brought back from a backup calls queued may have gone since.
/// The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn hold_all(app: &App, by: &By) -> Result<u32, Error> {
    let mut held = 0;
    loop {
        let going = [State::Approved, State::Sending, State::Paused];
        let issues = Entity::find().filter(Column::State.is_in(going)).all(&app.db).await?;
        if issues.is_empty() {
            return Ok(held);
        }
        for issue in issues {
            match issue.hold(app, RESTORED, by).await {
                Ok(()) => held += 1,
                Err(Error::Stale) => {} // changed meanwhile: looked at once more
                Err(error) => return Err(error),
            }
        }
    }
}
