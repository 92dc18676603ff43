//! A message on its way to one inbox or callback: the rows are the queue. // recorded by following, as one fact for a message

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{Condition, FromQueryResult, QuerySelect, QueryTrait};

use super::message::{self, Kind, Message};
use crate::base::digest::sha256;
use crate::base::{App, new_id};

/// How long a message is tried.
pub const TRIED_D: i64 = 3;
/// Rows of one statement.
const CHUNK: usize = 500;
/// An inbox answers so that is no more.
const GONE: [i32; 2] = [404, 410];

/// Where it is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Planned,
    Told,
    Failed,
    /// It need not arrive any more: what it says is withdrawn, or a newer one says it.
    Dropped,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("syndication-state-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub message: Uuid,
    /// Who signs it.
    pub actor: Option<Uuid>,
    pub subscription: Option<Uuid>,
    pub host: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    pub address_hash: String,
    pub state: State,
    pub attempts: i32,
    pub planned_at: DateTimeUtc,
    pub run_at: DateTimeUtc,
    /// It is given up then.
    pub expires_at: DateTimeUtc,
    pub leased_until: Option<DateTimeUtc>,
    pub settled_at: Option<DateTimeUtc>,
    /// What was answered last.
    pub status: Option<i32>,
    /// Why the last attempt brought nothing: a word (see [`super::sending`]) or what the other side said.
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Delivery = Model;

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct To {
    pub address: String,
    pub host: String,
    pub subscription: Option<Uuid>,
}

/// Plans the way of a message to each of these; where it is on its way already nothing happens.
///
/// # Errors
/// The database failed.
pub async fn plan(app: &App, on: &impl ConnectionTrait, of: &Message, to: &[To], tried: TimeDelta) -> Result<(), DbErr> {
    let now: DateTime<Utc> = app.clock.now();
    for some in to.chunks(CHUNK) {
        let rows = some.iter().map(|to| ActiveModel {
            id: Set(new_id()),
            message: Set(of.id),
            actor: Set(of.actor),
            subscription: Set(to.subscription),
            host: Set(to.host.clone()),
            address: Set(to.address.clone()),
            address_hash: Set(sha256(to.address.as_bytes())),
            state: Set(State::Planned),
            attempts: Set(0),
            planned_at: Set(now),
            run_at: Set(now),
            expires_at: Set(now + tried),
            leased_until: Set(None),
            settled_at: Set(None),
            status: Set(None),
            error: Set(None),
        });
        let once = OnConflict::columns([Column::Message, Column::AddressHash]).do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(once).exec_without_returning(on).await?;
    }
    Ok(())
}

/// Where these messages were brought, or may have been: also to who was told and is no follower any more.
///
/// # Errors
/// The database failed.
pub async fn brought(on: &impl ConnectionTrait, messages: &[Uuid]) -> Result<Vec<To>, DbErr> {
    let rows: Vec<(String, String)> = Entity::find()
        .select_only()
        .column(Column::Address)
        .column(Column::Host)
        .distinct()
        .filter(Column::Message.is_in(messages.iter().copied()))
        .filter(Column::Attempts.gt(0))
        .filter(Column::State.ne(State::Failed))
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|(address, host)| To { address, host, subscription: None }).collect())
}

/// How many of those who have one of `first` could not be told any of `then`, and are there still for all we know.
///
/// # Errors
/// The database failed.
pub async fn missed(on: &impl ConnectionTrait, first: &[Uuid], then: &[Uuid]) -> Result<u64, DbErr> {
    let have = Entity::find()
        .select_only()
        .column(Column::AddressHash)
        .filter(Column::Message.is_in(first.iter().copied()))
        .filter(Column::State.eq(State::Told));
    // An inbox that is no more shows nothing to anybody.
    let is_there = Condition::any().add(Column::Status.is_null()).add(Column::Status.is_not_in(GONE));
    Entity::find()
        .filter(Column::Message.is_in(then.iter().copied()))
        .filter(Column::State.eq(State::Failed))
        .filter(is_there)
        .filter(Column::AddressHash.in_subquery(have.into_query()))
        .count(on)
        .await
}

/// What waits of these messages need not arrive any more.
///
/// # Errors
/// The database failed.
pub async fn drop_waiting(app: &App, on: &impl ConnectionTrait, messages: &[Uuid], why: &str) -> Result<(), DbErr> {
    settle_waiting(app, on, State::Dropped, why, Column::Message.is_in(messages.iter().copied())).await
}

/// What waits and fits a condition is settled so.
///
/// # Errors
/// The database failed.
pub async fn settle_waiting(
    app: &App,
    on: &impl ConnectionTrait,
    state: State,
    why: &str,
    which: impl sea_orm::sea_query::IntoCondition,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::SettledAt, Expr::value(app.clock.now()))
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::Error, Expr::value(why))
        .filter(Column::State.eq(State::Planned))
        .filter(which.into_condition())
        .exec(on)
        .await
        .map(|_| ())
}

/// How many deliveries of a message stand in a state.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Count {
    pub message: Uuid,
    pub state: State,
    pub n: i64,
}

/// How the deliveries of these messages stand.
///
/// # Errors
/// The database failed.
pub async fn counts(on: &impl ConnectionTrait, messages: &[Uuid]) -> Result<Vec<Count>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::Message, Column::State])
        .column_as(Column::Id.count(), "n")
        .filter(Column::Message.is_in(messages.iter().copied()))
        .group_by(Column::Message)
        .group_by(Column::State)
        .into_model::<Count>()
        .all(on)
        .await
}

/// How deliveries of an actor to a host stand.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ByHost {
    pub host: String,
    pub state: State,
    pub n: i64,
}

/// How the deliveries of an actor stand, host by host.
///
/// # Errors
/// The database failed.
pub async fn by_host(on: &impl ConnectionTrait, actor: Uuid) -> Result<Vec<ByHost>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::Host, Column::State])
        .column_as(Column::Id.count(), "n")
        .filter(Column::Actor.eq(actor))
        .group_by(Column::Host)
        .group_by(Column::State)
        .into_model::<ByHost>()
        .all(on)
        .await
}

/// Forgets settled deliveries that were planned before a moment, of messages of these kinds.
///
/// # Errors
/// The database failed.
pub async fn forget(on: &impl ConnectionTrait, kinds: &[Kind], before: DateTime<Utc>) -> Result<(), DbErr> {
    let of =
        message::Entity::find().select_only().column(message::Column::Id).filter(message::Column::Kind.is_in(kinds.to_vec()));
    Entity::delete_many()
        .filter(Column::PlannedAt.lt(before))
        .filter(Column::State.ne(State::Planned))
        .filter(Column::Message.in_subquery(of.into_query()))
        .exec(on)
        .await
        .map(|_| ())
}
