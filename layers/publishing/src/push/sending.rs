//! What moves orders and their deliveries. A node looks every second; the rows are the queue. Push services are spoken to side by side,
//! each by so many calls at once as it bears, and one that says "later" is left alone until then.
//!
//! A handful of rows is `sending` on disk before the first of its calls. Whoever finds a row there after its lease makes it unknown, and
//! what is unknown is sent once more, for a second notice of the same topic takes the place of the first (see decision 34).

pub mod deciding;
mod speaking;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{Condition, QueryOrder, QuerySelect};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::notice::TTL_S;
use super::order::delivery::{self, Column, Entity, State as Way};
use super::order::{self, Order, State, building};
use super::rule::Rule;
use crate::base::{App, By, Fact, new_id, restored};
use crate::web::{Error, Locale};

const LOOK_MS: u64 = 1_000;
/// Rows of one order and one push service that are taken at once.
const HANDFUL: u64 = 64;
/// Push services spoken to at once.
const HOSTS_MAX: u64 = 16;
/// So long one order goes to one push service before others that go there have their turn.
const TALK_S: u64 = 5;
/// Longer than a handful can last: its calls go side by side, each ends within a minute.
pub const LEASE_S: i64 = 240;

/// A push service that wants to be left alone.
pub mod host {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "push_host")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(unique)]
        pub host: String,
        pub paused_until: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Sends what is due, for as long as the node runs.
pub async fn keep_up(app: App, stopped: watch::Receiver<bool>) {
    // A look that began ends by itself: its talks have their own limits of time.
    while !*stopped.borrow() {
        match turn(&app).await {
            Ok(0) => tokio::time::sleep(Duration::from_millis(LOOK_MS)).await,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(?error, "notices could not be looked up; trying again");
                tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
            }
        }
    }
}

/// One look and everything it leads to; returns how many rows were sent.
///
/// # Errors
/// The database failed.
pub async fn turn(app: &App) -> Result<usize, Error> {
    if restored::pulse(app).await?.is_held {
        return Ok(0);
    }
    let now = app.clock.now();
    stop_old(app, now).await?;
    build_due(app, now).await?;
    give_up_interrupted(app, now).await?;
    // What was put off, by a push service or because nothing ran, rings at night no more than what is new.
    let is_quiet = Rule::now(&app.db).await?.after_quiet(now) > now;
    let due = if is_quiet { Vec::new() } else { due(app, now).await? };
    let mut talks = JoinSet::new();
    for (order, host) in due {
        talks.spawn(talk(app.clone(), order, host));
    }
    let mut sent = 0;
    while let Some(done) = talks.join_next().await {
        match done {
            Ok(Ok(count)) => sent += count,
            Ok(Err(error)) => tracing::error!(?error, "notices of one push service could not be sent; they are looked at again"),
            Err(error) => tracing::error!(%error, "a talk with a push service broke off"),
        }
    }
    finish(app, now).await?;
    Ok(sent)
}

/// After a day nobody wants to be rung about it any more, whether nothing ran or a push service was away: what has not gone stays here.
/// A correction is never too old.
async fn stop_old(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    let old = order::Entity::find()
        .filter(order::Column::State.is_in([State::Waiting, State::Sending]))
        .filter(order::Column::Kind.eq(order::Kind::News))
        .filter(order::Column::DueAt.lt(now - TimeDelta::seconds(i64::from(TTL_S))))
        .limit(20);
    for one in old.all(&app.db).await? {
        let words = Locale::default().t("push-stopped-old");
        match one.stop_because(app, &words, &By::system().because(&words)).await {
            // Another node was quicker, or its last row came home.
            Ok(()) | Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn build_due(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    let due = order::Entity::find()
        .filter(order::Column::State.eq(State::Waiting))
        .filter(order::Column::DueAt.lte(now))
        .order_by_asc(order::Column::DueAt)
        .limit(20);
    for one in due.all(&app.db).await? {
        match building::build(app, &one).await {
            Ok(()) | Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Rows whose sender is gone: they may have arrived. // recorded by the order's end, which counts them
async fn give_up_interrupted(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    let again = now + TimeDelta::seconds(deciding::REPEAT_AFTER_S);
    let left = Entity::update_many()
        .col_expr(Column::State, Expr::value(Way::Unknown))
        .col_expr(Column::Batch, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::RunAt, Expr::value(again))
        .col_expr(Column::SettledAt, Expr::value(now))
        .filter(Column::State.eq(Way::Sending))
        .filter(Column::LeasedUntil.lt(now));
    left.exec(&app.db).await?;
    Ok(())
}

/// What may go now.
fn ready(now: DateTime<Utc>) -> Condition {
    let first = Condition::all().add(Column::State.eq(Way::Queued));
    let again = Condition::all().add(Column::State.eq(Way::Unknown)).add(Column::Repeats.lt(deciding::REPEATS_MAX));
    Condition::all().add(Column::RunAt.lte(now)).add(Condition::any().add(first).add(again))
}

/// Which orders have something to go to which push services.
async fn due(app: &App, now: DateTime<Utc>) -> Result<Vec<(Uuid, String)>, Error> {
    let paused = host::Entity::find().filter(host::Column::PausedUntil.gt(now)).all(&app.db).await?;
    let pairs = Entity::find()
        .select_only()
        .column(Column::OrderId)
        .column(Column::Host)
        .filter(ready(now))
        .filter(Column::Host.is_not_in(paused.into_iter().map(|one| one.host)))
        .group_by(Column::OrderId)
        .group_by(Column::Host)
        .limit(HOSTS_MAX * 4);
    let pairs: Vec<(Uuid, String)> = pairs.into_tuple().all(&app.db).await?;
    let mut hosts: Vec<(Uuid, String)> = Vec::new();
    for pair in pairs {
        // One order at a time for each push service.
        if u64::try_from(hosts.len()).unwrap_or(HOSTS_MAX) < HOSTS_MAX && hosts.iter().all(|(_, host)| *host != pair.1) {
            hosts.push(pair);
        }
    }
    Ok(hosts)
}

/// One handful after the other for a while: what is due is not looked up anew for each. Returns how many rows were sent.
async fn talk(app: App, order: Uuid, host: String) -> Result<usize, Error> {
    let until = tokio::time::Instant::now() + Duration::from_secs(TALK_S);
    let mut sent = 0;
    loop {
        let count = handful(&app, order, &host).await?;
        sent += count;
        if count == 0 || tokio::time::Instant::now() >= until || is_paused(&app, &host).await? {
            return Ok(sent);
        }
    }
}

async fn is_paused(app: &App, host: &str) -> Result<bool, DbErr> {
    let row = host::Entity::find().filter(host::Column::Host.eq(host)).filter(host::Column::PausedUntil.gt(app.clock.now()));
    Ok(row.one(&app.db).await?.is_some())
}

/// Takes a handful of rows and sends them side by side; returns how many.
async fn handful(app: &App, order: Uuid, host: &str) -> Result<usize, Error> {
    let is_over = order::Entity::find_by_id(order).one(&app.db).await?.is_none_or(|one| one.state == State::Stopped);
    if is_over {
        // Stopped while some of it was on its way: what came back from there goes nowhere.
        delivery::stop(&app.db, order, app.clock.now()).await?;
        return Ok(0);
    }
    let batch = new_id();
    let rows = take(app, order, host, batch).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let count = rows.len();
    speaking::send(app, order, host, rows).await?;
    Ok(count)
}

/// `sending` before anything is called. // recorded by the order: PushBuilt has them, PushFinished counts them
async fn take(app: &App, order: Uuid, host: &str, batch: Uuid) -> Result<Vec<delivery::Model>, Error> {
    let now = app.clock.now();
    let some = Entity::find()
        .select_only()
        .column(Column::Subscription)
        .filter(Column::OrderId.eq(order))
        .filter(Column::Host.eq(host))
        .filter(ready(now))
        .limit(HANDFUL);
    let ids: Vec<Uuid> = some.into_tuple().all(&app.db).await?;
    let one_more =
        Expr::case(Column::State.eq(Way::Unknown), Expr::col(Column::Repeats).add(1)).finally(Expr::col(Column::Repeats));
    Entity::update_many()
        // Before the state, which it looks at.
        .col_expr(Column::Repeats, one_more.into())
        .col_expr(Column::State, Expr::value(Way::Sending))
        .col_expr(Column::Batch, Expr::value(batch))
        .col_expr(Column::LeasedUntil, Expr::value(now + TimeDelta::seconds(LEASE_S)))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::OrderId.eq(order))
        .filter(Column::Subscription.is_in(ids))
        .filter(ready(now))
        .exec(&app.db)
        .await?;
    Ok(Entity::find().filter(Column::Batch.eq(batch)).all(&app.db).await?)
}

/// Orders of which nothing is on its way any more.
async fn finish(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    let sending = order::Entity::find().filter(order::Column::State.eq(State::Sending)).limit(100);
    for one in sending.all(&app.db).await? {
        // One row is enough to know that it goes on; a million are counted once, when none is left.
        let open = Condition::all().add(Column::State.is_in([Way::Queued, Way::Sending]));
        let again = Condition::all().add(Column::State.eq(Way::Unknown)).add(Column::RunAt.is_not_null());
        let again = again.add(Column::Repeats.lt(deciding::REPEATS_MAX));
        let left = Entity::find().filter(Column::OrderId.eq(one.id)).filter(Condition::any().add(open).add(again));
        if left.limit(1).one(&app.db).await?.is_some() {
            continue;
        }
        let counts = delivery::Model::counts(&app.db, one.id).await?;
        let transaction = app.begin().await?;
        let done = order::Entity::update_many()
            .col_expr(order::Column::State, Expr::value(State::Done))
            .col_expr(order::Column::FinishedAt, Expr::value(now))
            .col_expr(order::Column::Version, Expr::value(one.version + 1))
            .filter(order::Column::Id.eq(one.id))
            .filter(order::Column::Version.eq(one.version));
        if done.exec(&transaction).await?.rows_affected == 0 {
            continue; // another node was quicker
        }
        app.record(&transaction, one.id, finished(&one, &counts), &By::system()).await?;
        app.commit(transaction).await?;
    }
    Ok(())
}

fn finished(order: &Order, counts: &delivery::Counts) -> Fact {
    let count = |state: Way| u32::try_from(counts.of(state)).unwrap_or_default();
    Fact::PushFinished {
        title: order.title.clone(),
        confirmed: count(Way::Confirmed),
        gone: count(Way::Gone),
        failed: count(Way::Failed),
        unknown: count(Way::Unknown),
    }
}
