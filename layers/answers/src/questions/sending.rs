//! Sends what is planned for people on Zalo and Telegram: a row at a time, on disk before the call, never twice. // recorded by nobody: a
//! message repeats what a fact said

use std::time::Duration;

use chrono::TimeDelta;
use platforms::{Journal, Outcome, Stopped};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use tokio::sync::watch;

use super::message::{self, Column, Content, Entity, Message, State};
use crate::base::installation_key::InstallationKey;
use crate::base::{App, restored};
use crate::channels::replying;
use crate::web::Error;

const LOOK_MS: u64 = 2_000;
const BATCH: u64 = 20;
/// A node that died in the middle leaves such a row; nobody knows whether it went.
const SENDING_MIN: i64 = 5;
/// What a platform refuses for now is tried so often: 1, 2, 4 … minutes.
const ATTEMPTS_MAX: i32 = 8;
/// As much of a platform's words as is kept.
const SAYS_LETTERS: usize = 200;

/// Sends, until the node is told to stop.
pub async fn keep_up(app: App, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        if let Err(error) = turn(&app).await {
            tracing::error!(?error, "what is due to people who asked could not be sent; trying again");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(LOOK_MS)) => {}
            gone = async { stopped.wait_for(|stop| *stop).await.is_err() } => if gone { break },
        }
    }
}

/// One look: everything that is due.
///
/// # Errors
/// The database failed.
pub async fn turn(app: &App) -> Result<(), Error> {
    if restored::pulse(app).await?.is_held {
        return Ok(());
    }
    let before = app.clock.now() - TimeDelta::minutes(SENDING_MIN);
    let interrupted = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Unknown.to_value()))
        .col_expr(Column::Sealed, Expr::value(""))
        .filter(Column::State.eq(State::Sending))
        .filter(Column::RunAt.lt(before));
    interrupted.exec(&app.db).await?;
    for row in message::due(app, BATCH).await? {
        send(app, row).await?;
    }
    Ok(())
}

/// `sending` is on disk before the call; whoever finds it otherwise makes none.
struct RowJournal<'a> {
    app: &'a App,
    id: Uuid,
}

impl Journal for RowJournal<'_> {
    async fn about_to_publish(&mut self) -> Result<(), Stopped> {
        let taken = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Sending.to_value()))
            .col_expr(Column::RunAt, Expr::value(self.app.clock.now()))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Planned))
            .exec(&self.app.db)
            .await;
        match taken {
            Ok(done) if done.rows_affected > 0 => Ok(()),
            Ok(_) => Err(Stopped("another node has it".into())),
            Err(error) => Err(Stopped(error.to_string())),
        }
    }

    async fn handle_known(&mut self, _: &str) -> Result<(), Stopped> {
        Ok(())
    }
}

async fn send(app: &App, row: Message) -> Result<(), Error> {
    let content: Content = serde_json::from_str(&InstallationKey::of(app)?.decrypt(row.id, &row.sealed)?)?;
    let mut journal = RowJournal { app, id: row.id };
    let outcome = replying::reply(app, row.account, (&content.to, &content.text), &mut journal).await?;
    let (state, says, run_at) = match outcome {
        Outcome::Published(_) | Outcome::Accepted { .. } => (State::Sent, String::new(), row.run_at),
        Outcome::Unknown { says } => (State::Unknown, says, row.run_at),
        Outcome::Refused(refusal) if refusal.why.passes() && row.attempts < ATTEMPTS_MAX => {
            let wait = refusal.again_after.and_then(|wait| TimeDelta::from_std(wait).ok());
            let wait = wait.unwrap_or_else(|| TimeDelta::minutes(1 << row.attempts.clamp(0, 10)));
            (State::Planned, refusal.says, app.clock.now() + wait)
        }
        Outcome::Refused(refusal) => (State::Failed, refusal.says, row.run_at),
    };
    let sealed = if state == State::Planned { row.sealed } else { String::new() };
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state.to_value()))
        .col_expr(Column::Says, Expr::value(says.chars().take(SAYS_LETTERS).collect::<String>()))
        .col_expr(Column::RunAt, Expr::value(run_at))
        .col_expr(Column::Sealed, Expr::value(sealed))
        .col_expr(Column::Attempts, Expr::value(row.attempts + 1))
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.is_in([State::Planned, State::Sending]))
        .exec(&app.db)
        .await?;
    metrics::counter!("lantoa_question_messages_total", "state" => state.to_value()).increment(1);
    Ok(())
}
