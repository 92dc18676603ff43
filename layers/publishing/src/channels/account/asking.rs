//! Accounts of which something is to go out are asked in time whether their platform lets them in: a token that is over, or was taken
//! back, is known before the hour and not at it; and before anybody approves what could not go. The question publishes nothing.

use chrono::TimeDelta;
use platforms::Why;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::checking::Checked;
use super::{Account, Column, Entity, State};
use crate::base::{App, Chore};
use crate::channels::{delivery, piece};
use crate::web::Error;

const EVERY_S: i64 = 300;
/// What goes out within so long is looked after.
const AHEAD_H: i64 = 24;
/// An account that was let in is asked again after so long.
const AGAIN_H: i64 = 4;
/// Accounts of one turn: a platform that answers nothing holds each for three quarters of a minute, all at once.
const TURN: u64 = 16;

/// The chore.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "ask-channel-accounts", every_s: EVERY_S, work: |app| Box::pin(ask(app)) }
}

async fn ask(app: &App) -> anyhow::Result<()> {
    let questions = next(app).await?.into_iter().map(|id| look(app, id));
    for outcome in futures_util::future::join_all(questions).await {
        // One account whose settings can not be read holds no other.
        if let Err(error) = outcome {
            tracing::warn!(?error, "an account could not be asked whether it is let in");
        }
    }
    Ok(())
}

/// Active accounts with something that waits to go out soon, or to be approved, that nobody asked lately; those asked longest ago first.
async fn next(app: &App) -> Result<Vec<Uuid>, DbErr> {
    use delivery::{Column as Of, State as Way};
    let now = app.clock.now();
    let handed_in = piece::Entity::find()
        .select_only()
        .column(piece::Column::Id)
        .filter(piece::Column::State.eq(piece::State::Submitted))
        .into_query();
    let soon = Condition::all().add(Of::State.eq(Way::Queued)).add(Of::DueAt.lte(now + TimeDelta::hours(AHEAD_H)));
    let awaited = Condition::all().add(Of::State.eq(Way::Planned)).add(Of::Piece.in_subquery(handed_in));
    let with =
        delivery::Entity::find().select_only().column(Of::Account).filter(Condition::any().add(soon).add(awaited)).into_query();
    let unasked = Condition::any().add(Column::AskedAt.is_null()).add(Column::AskedAt.lt(now - TimeDelta::hours(AGAIN_H)));
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(State::Active))
        .filter(unasked)
        .filter(Column::Id.in_subquery(with))
        .order_by_asc(Column::AskedAt)
        .order_by_asc(Column::Id)
        .limit(TURN)
        .into_tuple()
        .all(&app.db)
        .await
}

/// Asks one; where it is let in no more, what waits for it is held and its keeper is told.
async fn look(app: &App, id: Uuid) -> Result<(), Error> {
    if let (Checked::Refused(refusal), account) = Account::asked(app, id).await?
        && matches!(refusal.why, Why::Token | Why::Blocked)
    {
        let transaction = app.begin().await?;
        account.die(app, &transaction, &refusal.says).await?;
        app.commit(transaction).await?;
    }
    Ok(())
}
