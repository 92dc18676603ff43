//! The chore that sends. Rows are taken under a lease, several nodes at once without waiting for each other; an attempt ends
//! within ten seconds, follows no redirect, and reads no more of the answer than its status.

use std::collections::HashMap;
use std::time::Instant;

use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, LockBehavior, LockType};
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::{Column, Entity, KEPT_D, Model, State};
use crate::base::outgoing::{self, Unanswered};
use crate::base::{App, By, Chore, Fact};
use crate::webhooks::{Webhook, signature, webhook};

const EVERY_S: i64 = 5;
/// They are sent at once, so that one slow address holds up no other.
const TURN_MESSAGES_MAX: u64 = 20;
/// Longer than the longest attempt.
const LEASE_S: i64 = 60;
/// How long to wait after each attempt: 10 s, 1, 5, 30 min, 2, 5, 10 h, then every 14 h.
const WAITS_S: [i64; 8] = [10, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400];

/// Sends what is due, and forgets what was settled long ago.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "send-webhooks", every_s: EVERY_S, work: |app| Box::pin(turn(app)) }
}

/// Why an attempt brought nothing.
struct Failure {
    /// `status`, `redirect`, `timed-out`, `not-reached`, `private`, `secret`
    word: &'static str,
    status: Option<StatusCode>,
}

async fn turn(app: &App) -> anyhow::Result<()> {
    let taken = take(app).await?;
    if taken.is_empty() {
        return Ok(forget(app).await?);
    }
    let ids: Vec<Uuid> = taken.iter().map(|delivery| delivery.webhook).collect();
    let webhooks = webhook::Entity::find().filter(webhook::Column::Id.is_in(ids)).all(&app.db).await?;
    let webhooks: HashMap<Uuid, Webhook> = webhooks.into_iter().map(|webhook| (webhook.id, webhook)).collect();
    let attempts = taken.iter().filter_map(|delivery| {
        let webhook = webhooks.get(&delivery.webhook)?;
        Some(async move {
            let begun = Instant::now();
            let outcome = attempt(app, webhook, delivery).await;
            settle(app, webhook, delivery, outcome, begun.elapsed().as_millis()).await
        })
    });
    for settled in join_all(attempts).await {
        settled?;
    }
    Ok(())
}

async fn take(app: &App) -> Result<Vec<Model>, DbErr> {
    let now = app.clock.now();
    let free = Condition::any().add(Column::LeasedUntil.is_null()).add(Column::LeasedUntil.lt(now));
    let due = Condition::all().add(Column::State.eq(State::Planned)).add(Column::RunAt.lte(now)).add(free);
    if Entity::find().filter(due.clone()).one(&app.db).await?.is_none() {
        return Ok(Vec::new()); // spares SQLite its write lock when there is nothing to do
    }
    let rows = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(due)
        .order_by_asc(Column::RunAt)
        .limit(TURN_MESSAGES_MAX)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(now + TimeDelta::seconds(LEASE_S)))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.in_subquery(rows.into_query()))
        .exec_with_returning(&app.db)
        .await
}

async fn attempt(app: &App, webhook: &Webhook, delivery: &Model) -> Result<StatusCode, Failure> {
    let failed = |word| Failure { word, status: None };
    let secret = webhook.opened_secret(app).map_err(|error| {
        tracing::error!(webhook = %webhook.id, %error, "a webhook's secret can not be read");
        failed("secret")
    })?;
    let (id, at) = (delivery.message_id(), app.clock.now().timestamp());
    let signature = signature::sign(&secret, &id, at, &delivery.body).map_err(|_| failed("secret"))?;
    let request = Request::post(&webhook.address)
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", &id)
        .header("webhook-timestamp", at)
        .header("webhook-signature", signature)
        .body(delivery.body.clone().into_bytes())
        .map_err(|_| failed("not-reached"))?;
    let status = outgoing::tell(request, app.config.webhooks_private).await.map_err(|unanswered| {
        tracing::warn!(webhook = %webhook.id, host = %webhook.host, %unanswered, "a webhook was not reached");
        failed(match unanswered {
            Unanswered::TimedOut => "timed-out",
            Unanswered::Private => "private",
            Unanswered::TooLarge | Unanswered::NotReached(_) => "not-reached",
        })
    })?;
    match status {
        _ if status.is_success() => Ok(status),
        _ if status.is_redirection() => Err(Failure { word: "redirect", status: Some(status) }),
        _ => Err(Failure { word: "status", status: Some(status) }),
    }
}

async fn settle(
    app: &App,
    webhook: &Webhook,
    delivery: &Model,
    outcome: Result<StatusCode, Failure>,
    took_ms: u128,
) -> Result<(), DbErr> {
    let now = app.clock.now();
    let next = now + wait(delivery.attempts);
    let (state, status, word) = match &outcome {
        Ok(status) => (State::Delivered, Some(*status), None),
        Err(failure) if next > delivery.expires_at => (State::Failed, failure.status, Some(failure.word)),
        Err(failure) => (State::Planned, failure.status, Some(failure.word)),
    };
    metrics::counter!("lantoa_webhooks_total", "outcome" => word.unwrap_or("delivered")).increment(1);
    let transaction = app.begin().await?;
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::RunAt, Expr::value(next))
        .col_expr(Column::SettledAt, Expr::value(Some(now).filter(|_| state != State::Planned)))
        .col_expr(Column::Status, Expr::value(status.map(|status| i32::from(status.as_u16()))))
        .col_expr(Column::TookMs, Expr::value(i32::try_from(took_ms).ok()))
        .col_expr(Column::Error, Expr::value(word))
        .filter(Column::Id.eq(delivery.id))
        .filter(Column::State.eq(State::Planned))
        .exec(&transaction)
        .await?;
    if done.rows_affected == 1 && state == State::Failed {
        let cause = match status {
            Some(status) => format!("HTTP {}", status.as_u16()),
            None => word.unwrap_or_default().to_owned(),
        };
        let fact = Fact::WebhookFailed { host: webhook.host.clone(), event: delivery.event.clone(), cause };
        app.record(&transaction, webhook.id, fact, &By::system()).await?;
    }
    app.commit(transaction).await
}

/// After so many attempts.
fn wait(attempts: i32) -> TimeDelta {
    let place = usize::try_from(attempts - 1).unwrap_or_default().min(WAITS_S.len() - 1);
    TimeDelta::seconds(WAITS_S[place])
}

/// The log goes back a month.
async fn forget(app: &App) -> Result<(), DbErr> {
    let old: DateTime<Utc> = app.clock.now() - TimeDelta::days(KEPT_D);
    Entity::delete_many().filter(Column::SettledAt.lt(old)).exec(&app.db).await.map(|_| ())
}
