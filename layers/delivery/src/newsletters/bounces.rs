//! Reports that come back: matched with their letter by the code in the return path that only this installation makes. What is nobody's,
//! or forged, changes nothing, and that it came is noted.

use letters::bounce::NotReport;
use letters::{Report, Severity};
use sea_orm::entity::prelude::*;

use super::delivery::{self, Bounce, Delivery, State};
use super::issue::{self, Issue};
use super::sending::relays;
use super::subscriber::{self, Subscriber, leaving};
use super::token;
use crate::base::installation_key::InstallationKey;
use crate::base::{App, By, Fact};
use crate::web::Error;

/// Larger reports hold more than a report: by HTTP they are refused, the command reads their beginning.
pub const REPORT_BYTES_MAX: usize = 1024 * 1024;

/// What was made of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The letter is marked so.
    Marked(Bounce),
    /// It was taken before.
    Again,
    /// Why it changes nothing: `ordinary`, `good-news`, `delayed`, `empty`, `not-ours`, `no-such-letter`.
    Ignored(&'static str),
}

/// Takes a report, as the mail server hands it over. `path`: the address it was sent to, where the server says it beside the report.
///
/// # Errors
/// The key, the settings or the database failed.
pub async fn take(app: &App, bytes: &[u8], path: Option<&str>) -> Result<Taken, Error> {
    let report = match Report::read(bytes) {
        Ok(report) => report,
        Err(NotReport::Ordinary) => return Ok(Taken::Ignored("ordinary")),
        Err(NotReport::GoodNews) => return Ok(Taken::Ignored("good-news")),
        Err(NotReport::Delayed) => return Ok(Taken::Ignored("delayed")),
        Err(NotReport::Empty) => return ignored(app, "empty").await,
    };
    let (key, base) = (InstallationKey::of(app)?, relays::return_path(&app.config).map_err(anyhow::Error::from)?);
    let paths = path.into_iter().map(str::to_owned).chain(report.sent_to.iter().cloned());
    let ours = paths.filter_map(|path| token::read_return_path(&key, &base, &path)).next();
    let Some((code, subscriber)) = ours else { return ignored(app, "not-ours").await };
    let issue = issue::Entity::find().filter(issue::Column::Code.eq(code)).one(&app.db).await?;
    let Some(issue) = issue else { return ignored(app, "no-such-letter").await };
    let letter = delivery::Entity::find_by_id((issue.id, subscriber)).one(&app.db).await?;
    let subscriber = subscriber::Entity::find_by_id(subscriber).one(&app.db).await?;
    match (letter, subscriber) {
        (Some(letter), Some(subscriber)) => mark(app, &issue, &letter, &subscriber, &report).await,
        _ => ignored(app, "no-such-letter").await,
    }
}

async fn ignored(app: &App, cause: &'static str) -> Result<Taken, Error> {
    let transaction = app.begin().await?;
    app.record(&transaction, Uuid::nil(), Fact::BounceIgnored { cause: cause.into() }, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(Taken::Ignored(cause))
}

const fn rank(bounce: Bounce) -> u8 {
    match bounce {
        Bounce::None => 0,
        Bounce::Soft => 1,
        Bounce::Hard => 2,
        Bounce::Complaint => 3,
    }
}

/// Marks the letter, and what follows for the mailbox. Worse news goes over better. // recorded by `SubscriberSuppressed`
async fn mark(app: &App, issue: &Issue, letter: &Delivery, subscriber: &Subscriber, report: &Report) -> Result<Taken, Error> {
    let bounce = match report.severity {
        Severity::Soft => Bounce::Soft,
        Severity::Hard => Bounce::Hard,
        Severity::Complaint => Bounce::Complaint,
    };
    if rank(letter.bounce) >= rank(bounce) {
        return Ok(Taken::Again);
    }
    let says = format!("{} {}", report.status, report.words).trim().to_owned();
    let transaction = app.begin().await?;
    // A report about it shows that an unknown letter had been taken.
    let state = if letter.state == State::Unknown { State::Sent } else { letter.state };
    let done = delivery::Entity::update_many()
        .col_expr(delivery::Column::Bounce, Expr::value(bounce))
        .col_expr(delivery::Column::Says, Expr::value(&says))
        .col_expr(delivery::Column::State, Expr::value(state))
        .filter(delivery::Column::Issue.eq(issue.id))
        .filter(delivery::Column::Subscriber.eq(subscriber.id))
        .filter(delivery::Column::Bounce.eq(letter.bounce))
        .filter(delivery::Column::State.eq(letter.state))
        .exec(&transaction)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::Stale);
    }
    let reason = match bounce {
        Bounce::Hard => Some("hard"),
        Bounce::Complaint => Some("complaint"),
        _ if leaving::failed_for_now(app, &transaction, subscriber).await? => Some("soft"),
        _ => None,
    };
    if let Some(reason) = reason {
        leaving::suppress(app, &transaction, subscriber, (reason, &report.status, &report.words), issue.id).await?;
    }
    app.commit(transaction).await?;
    Ok(Taken::Marked(bounce))
}
