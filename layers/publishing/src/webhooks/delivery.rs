//! A message on its way to one address: the rows are the queue.

pub mod sending;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};

use super::{Event, Webhook, message};
use crate::base::{App, fact, new_id};
use crate::web::{Error, Result};

/// How long a message is tried.
const TRIED_D: i64 = 3;
/// How long the log is kept.
const KEPT_D: i64 = 30;

/// Where a message is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Planned,
    Delivered,
    Failed,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("delivery-state-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub webhook: Uuid,
    /// What it tells of; None for a ping. An address is told once of a fact.
    pub fact: Option<Uuid>,
    pub event: String,
    /// The JSON that is sent, byte for byte.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub state: State,
    pub attempts: i32,
    pub planned_at: DateTimeUtc,
    pub run_at: DateTimeUtc,
    /// It is given up then.
    pub expires_at: DateTimeUtc,
    pub leased_until: Option<DateTimeUtc>,
    pub settled_at: Option<DateTimeUtc>,
    /// What the address answered last.
    pub status: Option<i32>,
    pub took_ms: Option<i32>,
    /// Why the last attempt brought nothing: a word, see [`sending`].
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Delivery = Model;

impl Model {
    /// The header `webhook-id`: the same for every attempt.
    #[must_use]
    pub fn message_id(&self) -> String {
        format!("msg_{}", self.id.simple())
    }

    /// Plans a message to every address that is told of this fact; a second time does nothing. // recorded by the fact itself
    ///
    /// # Errors
    /// The database failed.
    pub async fn plan(app: &App, recorded: &fact::Model) -> anyhow::Result<()> {
        let Some(event) = Event::of_fact(&recorded.kind) else { return Ok(()) };
        let webhooks = Webhook::told_of(&app.db, event).await?;
        if webhooks.is_empty() {
            return Ok(());
        }
        let body = message::of(app, event, Some(recorded)).await?.to_string();
        let rows = webhooks.iter().map(|webhook| row(app, webhook.id, Some(recorded.id), event, body.clone()));
        let once = OnConflict::columns([Column::Webhook, Column::Fact]).do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(once).exec_without_returning(&app.db).await?;
        Ok(())
    }

    /// Whether anybody wants to be told of such events.
    ///
    /// # Errors
    /// The database failed.
    pub async fn is_wanted(app: &App, event: Event) -> Result<bool, DbErr> {
        Ok(!Webhook::told_of(&app.db, event).await?.is_empty())
    }

    /// Plans a message whose data a later capability says; a second time does nothing. // recorded by the fact itself
    ///
    /// # Errors
    /// The database failed.
    pub async fn plan_saying(app: &App, recorded: &fact::Model, event: Event, data: serde_json::Value) -> Result<(), DbErr> {
        let webhooks = Webhook::told_of(&app.db, event).await?;
        if webhooks.is_empty() {
            return Ok(());
        }
        let body = message::saying(event, recorded.at, data).to_string();
        let rows = webhooks.iter().map(|webhook| row(app, webhook.id, Some(recorded.id), event, body.clone()));
        let once = OnConflict::columns([Column::Webhook, Column::Fact]).do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(once).exec_without_returning(&app.db).await.map(|_| ())
    }

    /// Plans a message that says nothing, to try the address. // recorded by nobody: it changes nothing
    ///
    /// # Errors
    /// The database failed.
    pub async fn ping(app: &App, webhook: &Webhook) -> Result<()> {
        let row = row(app, webhook.id, None, Event::Ping, message::of(app, Event::Ping, None).await?.to_string());
        Entity::insert(row).exec_without_returning(&app.db).await?;
        app.wake.notify_waiters();
        Ok(())
    }

    /// Sends it again, under its old id, for another three days.
    ///
    /// # Errors
    /// [`Error::NotFound`]; refused while it is on its way; or the database failed.
    pub async fn resend(app: &App, webhook: &Webhook, id: Uuid) -> Result<()> {
        let now = app.clock.now();
        let there = Entity::find_by_id(id).filter(Column::Webhook.eq(webhook.id)).one(&app.db).await?;
        there.ok_or(Error::NotFound)?;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Planned))
            .col_expr(Column::RunAt, Expr::value(now))
            .col_expr(Column::ExpiresAt, Expr::value(now + TimeDelta::days(TRIED_D)))
            .col_expr(Column::Attempts, Expr::value(0))
            .col_expr(Column::SettledAt, Expr::value(Option::<DateTimeUtc>::None))
            .filter(Column::Id.eq(id))
            .filter(Column::State.ne(State::Planned))
            .exec(&app.db)
            .await?;
        if done.rows_affected == 0 { Err(Error::refused("delivery-is-planned")) } else { Ok(()) }
    }

    /// The latest of an address, and how many there are.
    ///
    /// # Errors
    /// The database failed.
    pub async fn latest(on: &impl ConnectionTrait, webhook: Uuid, offset: u64, most: u64) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Webhook.eq(webhook));
        of.order_by_desc(Column::PlannedAt).order_by_desc(Column::Id).offset(offset).limit(most).all(on).await
    }

    /// How many there are of an address.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count(on: &impl ConnectionTrait, webhook: Uuid) -> Result<u64, DbErr> {
        Entity::find().filter(Column::Webhook.eq(webhook)).count(on).await
    }
}

/// How many messages of these addresses wait and failed.
///
/// # Errors
/// The database failed.
pub async fn counts(on: &impl ConnectionTrait) -> Result<Vec<(Uuid, State, i64)>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::Webhook, Column::State])
        .column_as(Column::Id.count(), "n")
        .group_by(Column::Webhook)
        .group_by(Column::State)
        .into_tuple()
        .all(on)
        .await
}

/// What waits for an address that was removed is not sent any more. // recorded by Webhook::remove
///
/// # Errors
/// The database failed.
pub(super) async fn withdraw(app: &App, on: &impl ConnectionTrait, webhook: Uuid) -> Result<(), DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Failed))
        .col_expr(Column::SettledAt, Expr::value(app.clock.now()))
        .col_expr(Column::Error, Expr::value("removed"));
    update.filter(Column::Webhook.eq(webhook)).filter(Column::State.eq(State::Planned)).exec(on).await.map(|_| ())
}

fn row(app: &App, webhook: Uuid, fact: Option<Uuid>, event: Event, body: String) -> ActiveModel {
    let now: DateTime<Utc> = app.clock.now();
    ActiveModel {
        id: Set(new_id()),
        webhook: Set(webhook),
        fact: Set(fact),
        event: Set(event.code().into()),
        body: Set(body),
        state: Set(State::Planned),
        attempts: Set(0),
        planned_at: Set(now),
        run_at: Set(now),
        expires_at: Set(now + TimeDelta::days(TRIED_D)),
        leased_until: Set(None),
        settled_at: Set(None),
        status: Set(None),
        took_ms: Set(None),
        error: Set(None),
    }
}
