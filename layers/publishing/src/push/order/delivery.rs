//! A delivery: one order on its way to one browser. The rows are the queue. // recorded by building, stopping, sending and subscription
//!
//! ```text
//!   queued ──(lease)──► sending ──► confirmed   the service keeps it
//!     ▲  ▲                 ├──────► gone        404, 410: the subscription is over
//!     │  └─429, 503────────┤
//!     │                    ├──────► failed      it will never take it
//!     └─once, later────────└──────► unknown     5xx, cut off, killed: perhaps it has it
//! ```

use std::collections::HashMap;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

/// Ids in one statement.
const ORDERS_EACH: usize = 500;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "push_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription: Uuid,
    pub host: String,
    pub state: State,
    pub queued_at: DateTimeUtc,
    /// When it is looked at next; None when nothing happens by itself.
    pub run_at: Option<DateTimeUtc>,
    pub leased_until: Option<DateTimeUtc>,
    /// Who has it: drawn anew for each handful that is taken.
    pub batch: Option<Uuid>,
    pub attempts: i32,
    /// How often it was sent again although it may have arrived: once at most.
    pub repeats: i32,
    pub settled_at: Option<DateTimeUtc>,
    /// The push service's words.
    #[sea_orm(column_type = "Text")]
    pub says: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Delivery = Model;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Queued,
    Sending,
    Confirmed,
    /// The subscription is over.
    Gone,
    Failed,
    Unknown,
    Stopped,
}

impl State {
    /// The word in data.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("push-delivery-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Queued => "soon",
            Self::Sending => "waiting",
            Self::Confirmed => "issued",
            Self::Gone | Self::Stopped => "superseded",
            Self::Failed => "late",
            Self::Unknown => "unknown",
        }
    }
}

/// How many of an order stand in each state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub Vec<(State, i64)>);

impl Counts {
    #[must_use]
    pub fn of(&self, state: State) -> i64 {
        self.0.iter().find(|(one, _)| *one == state).map_or(0, |(_, count)| *count)
    }

    /// Those that have it, for all we know.
    #[must_use]
    pub fn reached(&self) -> i64 {
        self.of(State::Confirmed) + self.of(State::Unknown) + self.of(State::Sending)
    }

    /// Those that something will still happen with by itself.
    #[must_use]
    pub fn open(&self) -> i64 {
        self.of(State::Queued) + self.of(State::Sending)
    }
}

impl Model {
    /// How many of an order stand in each state: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn counts(on: &impl ConnectionTrait, order: Uuid) -> Result<Counts, DbErr> {
        let counted = Entity::find()
            .select_only()
            .column(Column::State)
            .column_as(Column::Subscription.count(), "n")
            .filter(Column::OrderId.eq(order))
            .group_by(Column::State);
        Ok(Counts(counted.into_tuple().all(on).await?))
    }

    /// The same of each of these orders: one statement for some hundreds of them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn counts_of(on: &impl ConnectionTrait, orders: &[Uuid]) -> Result<HashMap<Uuid, Counts>, DbErr> {
        let mut found: HashMap<Uuid, Counts> = HashMap::new();
        for some in orders.chunks(ORDERS_EACH) {
            let counted = Entity::find()
                .select_only()
                .column(Column::OrderId)
                .column(Column::State)
                .column_as(Column::Subscription.count(), "n")
                .filter(Column::OrderId.is_in(some.iter().copied()))
                .group_by(Column::OrderId)
                .group_by(Column::State);
            let rows: Vec<(Uuid, State, i64)> = counted.into_tuple().all(on).await?;
            for (order, state, count) in rows {
                found.entry(order).or_default().0.push((state, count));
            }
        }
        Ok(found)
    }
}

/// What of an order has not gone does not go; what is unknown is not sent again. Returns how many were stopped.
///
/// # Errors
/// The database failed.
pub async fn stop(on: &impl ConnectionTrait, order: Uuid, now: DateTimeUtc) -> Result<u64, DbErr> {
    let quiet = Entity::update_many().col_expr(Column::RunAt, Expr::value(Option::<DateTimeUtc>::None));
    quiet.filter(Column::OrderId.eq(order)).filter(Column::State.eq(State::Unknown)).exec(on).await?;
    let queued = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Stopped))
        .col_expr(Column::RunAt, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::SettledAt, Expr::value(now))
        .filter(Column::OrderId.eq(order))
        .filter(Column::State.eq(State::Queued));
    Ok(queued.exec(on).await?.rows_affected)
}

/// What was stopped goes on, at that time.
///
/// # Errors
/// The database failed.
pub async fn go_on(on: &impl ConnectionTrait, order: Uuid, at: DateTimeUtc) -> Result<(), DbErr> {
    let stopped = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Queued))
        .col_expr(Column::RunAt, Expr::value(Some(at)))
        .col_expr(Column::SettledAt, Expr::value(Option::<DateTimeUtc>::None))
        .filter(Column::OrderId.eq(order))
        .filter(Column::State.eq(State::Stopped));
    stopped.exec(on).await.map(|_| ())
}

/// What waits for a subscription that is over does not go.
///
/// # Errors
/// The database failed.
pub async fn stop_for(on: &impl ConnectionTrait, subscription: Uuid, now: DateTimeUtc) -> Result<(), DbErr> {
    let queued = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Stopped))
        .col_expr(Column::RunAt, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::SettledAt, Expr::value(now))
        .filter(Column::Subscription.eq(subscription))
        .filter(Column::State.eq(State::Queued));
    queued.exec(on).await.map(|_| ())
}
