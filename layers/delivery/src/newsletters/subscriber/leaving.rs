//! Leaving: by one click, by the page, because the mailbox is gone, because it was called unwanted; and being erased. What has not gone
//! to them does not go.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{DatabaseTransaction, QueryOrder, QuerySelect};

use super::{Column, Entity, State, Subscriber};
use crate::base::mail::Mail;
use crate::base::{App, By, Fact};
use crate::newsletters::delivery::{self, settling};
use crate::newsletters::issue;
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::{consent, suppression};
use crate::web::Error;

/// After so many letters in a row that did not arrive, for whatever cause, the mailbox counts as gone.
pub const SOFT_MAX: i32 = 5;
/// A mail server tries for five days as a rule (RFC 5321, 4.5.4.1): a letter of which nothing was heard for longer has arrived.
const HEARD_OF_DAYS: i64 = 6;
/// Of so many newer issues it is looked whether their letter arrived.
const ISSUES_LOOKED_AT: u64 = 20;

/// Ends one subscription. How: `one-click`, `page`, `choice`. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn leave(app: &App, subscriber: &Subscriber, how: &str) -> Result<(), Error> {
    let newsletter = Newsletter::find(&app.db, subscriber.newsletter).await?;
    let by = By::system();
    let transaction = app.begin().await?;
    if ended(app, &transaction, &[subscriber.id], (State::Left, how)).await? == 0 {
        return Ok(());
    }
    consent::note(app, &transaction, &newsletter, subscriber.id, "withdrawn", &by).await?;
    let fact = Fact::SubscriberLeft { name: newsletter.name.clone(), how: how.into() };
    app.record(&transaction, newsletter.id, fact, &by).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// Ends these and stops what waits for them. Returns how many were in. // recorded by the verb that calls it
async fn ended(app: &App, on: &DatabaseTransaction, ids: &[Uuid], (state, how): (State, &str)) -> Result<u64, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::LeftAt, Expr::value(app.clock.now()))
        .col_expr(Column::LeftHow, Expr::value(how))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::State.is_in([State::Pending, State::Active]))
        .exec(on)
        .await?;
    let going = [issue::State::Sending, issue::State::Paused, issue::State::Held];
    let issues: Vec<Uuid> = issue::Entity::find()
        .select_only()
        .column(issue::Column::Id)
        .filter(issue::Column::State.is_in(going))
        .into_tuple()
        .all(on)
        .await?;
    settling::skip(app, on, &issues, ids).await?;
    Ok(done.rows_affected)
}

/// Erases a mailbox from all newsletters: address and name are gone, a key that names nobody keeps it from being brought in again.
///
/// # Errors
/// The database failed.
pub async fn erase(app: &App, subscriber: &Subscriber) -> Result<(), Error> {
    let all = subscriber.of_same_mailbox(&app.db).await?;
    let ids: Vec<Uuid> = all.iter().map(|one| one.id).collect();
    let by = By::system();
    let transaction = app.begin().await?;
    ended(app, &transaction, &ids, (State::Left, "erased")).await?;
    suppression::note(app, &transaction, &subscriber.address_key, ("erased", "", ""), None).await?;
    for one in &all {
        let newsletter = Newsletter::find(&transaction, one.newsletter).await?;
        Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Erased))
            .col_expr(Column::Address, Expr::value(""))
            .col_expr(Column::Name, Expr::value(""))
            // Another may subscribe with the same address, and be another row.
            .col_expr(Column::AddressKey, Expr::value(format!("erased:{}", one.id.simple())))
            .filter(Column::Id.eq(one.id))
            .exec(&transaction)
            .await?;
        consent::note(app, &transaction, &newsletter, one.id, "erased", &by).await?;
        Mail::forget(&transaction, one.id).await?;
        app.record(&transaction, newsletter.id, Fact::SubscriberErased { name: newsletter.name }, &by).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}

/// What a report of a mail server makes of a mailbox. Reason: `hard`, `soft`, `complaint`.
///
/// # Errors
/// The database failed.
pub async fn suppress(
    app: &App,
    on: &DatabaseTransaction,
    subscriber: &Subscriber,
    (reason, status, says): (&str, &str, &str),
    issue: Uuid,
) -> Result<(), Error> {
    let all = subscriber.of_same_mailbox(on).await?;
    let ids: Vec<Uuid> = all.iter().map(|one| one.id).collect();
    let (state, how) = if reason == "complaint" { (State::Complained, "complaint") } else { (State::Bounced, "bounce") };
    if ended(app, on, &ids, (state, how)).await? == 0 {
        return Ok(());
    }
    suppression::note(app, on, &subscriber.address_key, (reason, status, says), Some(issue)).await?;
    let newsletter = Newsletter::find(on, subscriber.newsletter).await?;
    let fact = Fact::SubscriberSuppressed { name: newsletter.name, cause: reason.into(), status: status.into() };
    app.record(on, newsletter.id, fact, &By::system()).await?;
    Ok(())
}

/// Counts a letter that did not arrive; true when there were too many in a row. // recorded by `SubscriberSuppressed` then
///
/// # Errors
/// The database failed.
pub async fn failed_for_now(app: &App, on: &DatabaseTransaction, subscriber: &Subscriber) -> Result<bool, DbErr> {
    let arrived = arrived_since(app, on, subscriber).await?;
    let count = if arrived { Expr::value(1) } else { Expr::col(Column::SoftBounces).add(1) };
    Entity::update_many()
        .col_expr(Column::SoftBounces, count)
        .col_expr(Column::SoftAt, Expr::value(app.clock.now()))
        .filter(Column::Id.eq(subscriber.id))
        .exec(on)
        .await?;
    Ok(!arrived && subscriber.soft_bounces + 1 >= SOFT_MAX)
}

/// Whether a letter of the same newsletter arrived after the one that failed last. Issues are asked first: letters are found by them.
async fn arrived_since(app: &App, on: &DatabaseTransaction, subscriber: &Subscriber) -> Result<bool, DbErr> {
    let Some(failed_at) = subscriber.soft_at else { return Ok(false) };
    let issues: Vec<Uuid> = issue::Entity::find()
        .select_only()
        .column(issue::Column::Id)
        .filter(issue::Column::Newsletter.eq(subscriber.newsletter))
        .filter(issue::Column::BeganAt.gt(failed_at))
        .order_by_desc(issue::Column::CreatedAt)
        .limit(ISSUES_LOOKED_AT)
        .into_tuple()
        .all(on)
        .await?;
    let of = delivery::Entity::find().filter(delivery::Column::Issue.is_in(issues));
    let of = of.filter(delivery::Column::Subscriber.eq(subscriber.id)).filter(delivery::Column::State.eq(delivery::State::Sent));
    let of = of.filter(delivery::Column::Bounce.eq(delivery::Bounce::None));
    let settled_before = app.clock.now() - TimeDelta::days(HEARD_OF_DAYS);
    Ok(of.filter(delivery::Column::SettledAt.lt(settled_before)).one(on).await?.is_some())
}
