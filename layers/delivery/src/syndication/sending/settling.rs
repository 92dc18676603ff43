//! Writing down what came of an attempt. // recorded by following, as one fact for a message

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QueryFilter};

use super::attempt::Came;
use crate::base::App;
use crate::syndication::delivery::{Column, Delivery, Entity, State};
use crate::syndication::follower;
use crate::syndication::host::{self, Host};
use crate::syndication::subscription::Subscription;
use crate::web::Error;

const SAYS_LETTERS_MAX: usize = 300;

/// What becomes of the row.
struct Next {
    state: State,
    status: Option<u16>,
    word: Option<String>,
    wait: TimeDelta,
}

/// Writes it.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App, known: Option<&Host>, delivery: Delivery, came: Came) -> Result<(), Error> {
    let next = next(app, &delivery, &came);
    let outcome = match next.state {
        State::Told => "told",
        State::Planned => "later",
        _ => "failed",
    };
    metrics::counter!("lantoa_syndication_deliveries_total", "outcome" => outcome).increment(1);
    let transaction = app.begin().await?;
    let now = app.clock.now();
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(next.state))
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::RunAt, Expr::value(now + next.wait))
        .col_expr(Column::SettledAt, Expr::value(Some(now).filter(|_| next.state != State::Planned)))
        .col_expr(Column::Status, Expr::value(next.status.map(i32::from)))
        .col_expr(Column::Error, Expr::value(next.word.map(|word| word.chars().take(SAYS_LETTERS_MAX).collect::<String>())))
        .filter(Column::Id.eq(delivery.id))
        .filter(Column::State.eq(State::Planned))
        .exec(&transaction)
        .await?;
    if done.rows_affected > 0 {
        follow(app, &transaction, &delivery, &came).await?;
    }
    match &came {
        Came::Silent(says) => Host::failed(app, &transaction, &delivery.host, says).await?,
        Came::Private => tracing::warn!(host = %delivery.host, "an address leads into a private network: nothing was sent"),
        _ => Host::reached(app, &transaction, known).await?,
    }
    app.commit(transaction).await?;
    Ok(())
}

fn next(app: &App, delivery: &Delivery, came: &Came) -> Next {
    let again = |status, says: &str, asked: Option<TimeDelta>| {
        let wait = host::wait(delivery.attempts).max(asked.unwrap_or_default());
        let is_over = app.clock.now() + wait > delivery.expires_at;
        let state = if is_over { State::Failed } else { State::Planned };
        Next { state, status, word: Some(says.to_owned()), wait }
    };
    let settled =
        |state, status, word: Option<&str>| Next { state, status, word: word.map(str::to_owned), wait: TimeDelta::zero() };
    match came {
        Came::Told(status, _) => settled(State::Told, Some(*status), None),
        Came::Later(status, refusal) => {
            let asked = refusal.again_after.and_then(|wait| TimeDelta::from_std(wait).ok());
            again(*status, &refusal.says, asked)
        }
        Came::Never(status, says, _) => settled(State::Failed, *status, Some(says)),
        Came::Silent(says) => again(None, says, None),
        Came::Private => settled(State::Failed, None, Some("private")),
    }
}

/// What else follows: a subscription that is wanted begins, one that is not wanted any more ends, an account that is gone is let go.
async fn follow(app: &App, on: &impl ConnectionTrait, delivery: &Delivery, came: &Came) -> Result<(), Error> {
    match came {
        Came::Told(_, Some(asking)) => Subscription::settle(app, on, asking).await,
        Came::Never(_, _, true) => {
            if let Some(subscription) = delivery.subscription {
                Subscription::end(on, subscription).await?;
            }
            // A shared inbox is a whole server's, which does not go with one account.
            let gone = follower::Entity::delete_many().filter(follower::Column::Inbox.eq(&delivery.address));
            gone.filter(follower::Column::SharedInbox.eq("")).exec(on).await?;
            Ok(())
        }
        _ => Ok(()),
    }
}
