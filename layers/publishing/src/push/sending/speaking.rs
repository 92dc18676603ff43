//! Speaking to one push service about one order, and writing down what it said.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use platforms::webpush::{self, Keys};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use tokio::task::JoinSet;

use super::deciding::{self, Decision};
use super::host;
use crate::base::installation_key::InstallationKey;
use crate::base::{App, new_id};
use crate::channels::speaking::Http;
use crate::news::Article;
use crate::push::order::delivery::{Column, Delivery, Entity, State};
use crate::push::order::{self, Order};
use crate::push::subscription::{self, Subscription};
use crate::push::{keys, notice};
use crate::web::Error;

/// Calls to one push service at once.
const CALLS_MAX: usize = 16;

/// Sends these rows, which this node has.
pub(super) async fn send(app: &App, order: Uuid, host: &str, rows: Vec<Delivery>) -> Result<(), Error> {
    let Some(order) = order::Entity::find_by_id(order).one(&app.db).await? else { return Ok(()) };
    let article = Article::find(&app.db, order.article).await?;
    let path = article.public_path();
    let whom = subscription::Entity::find().filter(subscription::Column::Id.is_in(rows.iter().map(|row| row.subscription)));
    let whom: HashMap<Uuid, Subscription> = whom.all(&app.db).await?.into_iter().map(|one| (one.id, one)).collect();
    let ours = keys::of(app).await?;
    let mut calls = JoinSet::new();
    for row in rows {
        if calls.len() >= CALLS_MAX {
            heard(app, host, calls.join_next().await).await?;
        }
        let Some(to) = whom.get(&row.subscription).cloned() else { continue };
        calls.spawn(call(app.clone(), ours.clone(), (order.clone(), path.clone()), row, to));
    }
    while let Some(done) = calls.join_next().await {
        heard(app, host, Some(done)).await?;
    }
    Ok(())
}

type Heard = (Delivery, Subscription, Decision);

async fn call(app: App, ours: Keys, (order, path): (Order, String), row: Delivery, to: Subscription) -> Heard {
    let opened = InstallationKey::of(&app).and_then(|key| to.opened(&key));
    let decision = match opened {
        // It ended while it waited.
        Err(error) => Decision { state: State::Failed, again_s: None, pause_s: None, says: error.to_string() },
        Ok(opened) => {
            let line = Http { private: app.config.channels_private };
            let now_s = app.clock.now().timestamp();
            let outcome = webpush::send(&line, &ours, &opened, &notice::of(&order, &path), now_s).await;
            deciding::decide(outcome, row.attempts, row.repeats)
        }
    };
    (row, to, decision)
}

async fn heard(app: &App, host: &str, done: Option<Result<Heard, tokio::task::JoinError>>) -> Result<(), Error> {
    let Some(Ok((row, to, decision))) = done else { return Ok(()) };
    let now = app.clock.now();
    settle(app, &row, &decision, now).await?;
    match decision.state {
        State::Gone => to.over(app, subscription::State::Gone).await?,
        State::Confirmed => reached(app, to.id, now).await?,
        _ => {}
    }
    if let Some(pause_s) = decision.pause_s {
        pause(app, host, now + TimeDelta::seconds(pause_s)).await?;
    }
    Ok(())
}

/// Where the row still is this node's. // recorded by the order's end, which counts them
async fn settle(app: &App, row: &Delivery, decision: &Decision, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(decision.state))
        .col_expr(Column::Batch, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::RunAt, Expr::value(decision.again_s.map(|wait_s| now + TimeDelta::seconds(wait_s))))
        .col_expr(Column::SettledAt, Expr::value(Some(now).filter(|_| decision.state != State::Queued)))
        .col_expr(Column::Says, Expr::value(decision.says.chars().take(500).collect::<String>()))
        .filter(Column::OrderId.eq(row.order_id))
        .filter(Column::Subscription.eq(row.subscription))
        .filter(Column::Batch.eq(row.batch))
        .exec(&app.db)
        .await
        .map(|_| ())
}

async fn reached(app: &App, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    let seen = subscription::Entity::update_many().col_expr(subscription::Column::ReachedAt, Expr::value(now));
    seen.filter(subscription::Column::Id.eq(id)).exec(&app.db).await.map(|_| ())
}

async fn pause(app: &App, host: &str, until: DateTime<Utc>) -> Result<(), DbErr> {
    let row = host::ActiveModel { id: Set(new_id()), host: Set(host.into()), paused_until: Set(until) };
    let once = OnConflict::column(host::Column::Host).update_column(host::Column::PausedUntil).to_owned();
    host::Entity::insert(row).on_conflict(once).exec_without_returning(&app.db).await.map(|_| ())
}
