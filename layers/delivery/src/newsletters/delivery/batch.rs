//! A batch: letters that one node has taken, under a lease. The row and the letters' `sending` are committed before the first of them
//! leaves; on which machine and since which start of it is kept with the row, because that is what a journal is worth.
//!
//! Batches are bookkeeping of the sending. // recorded by `IssueBegan` and `IssueEnded` with the totals

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, LockBehavior, LockType};
use sea_orm::{QuerySelect, QueryTrait};

use super::{Column as Of, Delivery, Entity as Deliveries, State};
use crate::base::{App, new_id};

/// How long nobody else touches the letters. The sender stops well before.
pub const LEASE_S: i64 = 900;
/// A sender begins no letter in the last part of its lease: longer than the longest wait for a relay's word.
pub const STOPS_BEFORE_S: i64 = 300;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub issue: Uuid,
    /// Which data folder's node.
    pub node: Uuid,
    /// Which start of its machine.
    pub boot: String,
    pub taken_at: DateTimeUtc,
    pub leased_until: DateTimeUtc,
    pub letters: i32,
    pub done_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Batch = Model;

/// Takes letters of an issue that are due. None: there are none.
///
/// # Errors
/// The database failed.
pub async fn take(
    app: &App,
    (node, boot): (Uuid, &str),
    issue: Uuid,
    most: u64,
) -> Result<Option<(Batch, Vec<Delivery>)>, DbErr> {
    let now = app.clock.now();
    let due = Deliveries::find()
        .select_only()
        .column(Of::Subscriber)
        .filter(Of::Issue.eq(issue))
        .filter(Of::State.eq(State::Queued))
        .filter(Of::RunAt.lte(now));
    if due.clone().limit(1).into_tuple::<Uuid>().one(&app.db).await?.is_none() {
        return Ok(None); // spares SQLite its write lock
    }
    let due = due.limit(most).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let id = new_id();
    let transaction = app.begin().await?;
    let rows: Vec<Delivery> = Deliveries::update_many()
        .col_expr(Of::State, Expr::value(State::Sending))
        .col_expr(Of::Batch, Expr::value(id))
        .filter(Of::Issue.eq(issue))
        .filter(Of::State.eq(State::Queued))
        .filter(Of::Subscriber.in_subquery(due.into_query()))
        .exec_with_returning(&transaction)
        .await?;
    if rows.is_empty() {
        transaction.rollback().await?;
        return Ok(None);
    }
    let batch = Batch {
        id,
        issue,
        node,
        boot: boot.to_owned(),
        taken_at: now,
        leased_until: now + TimeDelta::seconds(LEASE_S),
        letters: i32::try_from(rows.len()).unwrap_or(i32::MAX),
        done_at: None,
    };
    Entity::insert(ActiveModel::from(batch.clone())).exec_without_returning(&transaction).await?;
    // Nobody waits for it: pages that are kept stay as they are.
    transaction.commit().await?;
    Ok(Some((batch, rows)))
}

/// Says that no letter of it is under way any more.
///
/// # Errors
/// The database failed.
pub async fn close(app: &App, on: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    let done = Entity::update_many().col_expr(Column::DoneAt, Expr::value(app.clock.now())).filter(Column::Id.eq(id));
    done.exec(on).await.map(|_| ())
}

/// Batches that a node of this data folder did not close, or (`others`) whose lease another node let run out.
///
/// # Errors
/// The database failed.
pub async fn open(app: &App, node: Uuid, others: bool) -> Result<Vec<Batch>, DbErr> {
    let open = Entity::find().filter(Column::DoneAt.is_null());
    let open = if others {
        open.filter(Column::Node.ne(node)).filter(Column::LeasedUntil.lt(app.clock.now()))
    } else {
        open.filter(Column::Node.eq(node))
    };
    open.all(&app.db).await
}

/// Whether all of these batches are known.
///
/// # Errors
/// The database failed.
pub async fn are_known(app: &App, ids: &[Uuid]) -> Result<bool, DbErr> {
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().copied())).count(&app.db).await?;
    Ok(found == ids.len() as u64)
}

/// The letters of a batch that are still called under way.
///
/// # Errors
/// The database failed.
pub async fn under_way(on: &impl ConnectionTrait, batch: &Batch) -> Result<Vec<Uuid>, DbErr> {
    let rows = Deliveries::find().select_only().column(Of::Subscriber).filter(Of::Issue.eq(batch.issue));
    let rows = rows.filter(Of::State.eq(State::Sending)).filter(Expr::col(Of::Batch).eq(batch.id));
    rows.into_tuple().all(on).await
}
