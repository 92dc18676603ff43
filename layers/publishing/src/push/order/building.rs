//! Whose notice it is: one row for each subscription that matches and has not had enough that day, made by one statement, whatever their
//! number. A correction goes to whoever got the announcement, over the day's limit too.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{Condition, QuerySelect, QueryTrait};

use super::delivery::{self, State as Way};
use super::{Column, Entity, Kind, Order, State};
use crate::base::{App, By, Fact};
use crate::news::Article;
use crate::push::interest;
use crate::push::rule::Rule;
use crate::push::subscription;
use crate::web::Error;

/// Writes the rows of an order whose time came. What is not out any more is stopped instead.
///
/// # Errors
/// The database failed.
pub async fn build(app: &App, order: &Order) -> Result<(), Error> {
    let article = Article::find(&app.db, order.article).await?;
    if order.kind == Kind::News && !article.state.is_public() {
        return order.clone().stop_because(app, "", &By::system()).await;
    }
    let (now, rule) = (app.clock.now(), Rule::now(&app.db).await?);
    let matched = number(matching(&app.db, order).await?);
    let transaction = app.begin().await?;
    let written = transaction.execute(&insert(order, &rule, now)).await?.rows_affected();
    let taken = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Sending))
        .col_expr(Column::BuiltAt, Expr::value(now))
        .col_expr(Column::Matched, Expr::value(matched))
        .col_expr(Column::OverLimit, Expr::value(std::cmp::max(matched - number(written), 0)))
        .col_expr(Column::Version, Expr::value(order.version + 1))
        .filter(Column::Id.eq(order.id))
        .filter(Column::State.eq(State::Waiting))
        .filter(Column::Version.eq(order.version));
    if taken.exec(&transaction).await?.rows_affected == 0 {
        return Ok(()); // another node, or who stopped it, was quicker: nothing of this stays
    }
    let fact = Fact::PushBuilt { title: order.title.clone(), subscriptions: u32::try_from(written).unwrap_or(u32::MAX) };
    app.record(&transaction, order.id, fact, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// How many subscriptions an order is for, enough or not.
async fn matching(on: &impl ConnectionTrait, order: &Order) -> Result<u64, DbErr> {
    match order.kind {
        Kind::News => audience(order.section, order.agency).count(on).await,
        Kind::Correction => subscription::Entity::find().filter(reached(order.article)).count(on).await,
    }
}

/// The subscriptions that an article of that section and agency is for.
#[must_use]
pub fn audience(section: Uuid, agency: Uuid) -> Select<subscription::Entity> {
    let asked =
        interest::Entity::find().select_only().column(interest::Column::Subscription).filter(interest::matching(section, agency));
    subscription::Entity::find()
        .filter(subscription::Column::State.eq(subscription::State::Active))
        .filter(subscription::Column::Id.in_subquery(asked.into_query()))
}

/// Those that have the announcement, for all we know.
fn reached(article: Uuid) -> Condition {
    let first =
        Entity::find().select_only().column(Column::Id).filter(Column::Article.eq(article)).filter(Column::Kind.eq(Kind::News));
    let got = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Subscription)
        .filter(delivery::Column::OrderId.in_subquery(first.into_query()))
        .filter(delivery::Column::State.is_in([Way::Confirmed, Way::Unknown, Way::Sending]));
    Condition::all()
        .add(subscription::Column::State.eq(subscription::State::Active))
        .add(subscription::Column::Id.in_subquery(got.into_query()))
}

fn insert(order: &Order, rule: &Rule, now: DateTime<Utc>) -> sea_orm::sea_query::InsertStatement {
    use delivery::Column as Of;
    let whom = match order.kind {
        Kind::News => audience(order.section, order.agency).filter(has_room(rule, now)),
        Kind::Correction => subscription::Entity::find().filter(reached(order.article)),
    };
    let columns =
        [Of::OrderId, Of::Subscription, Of::Host, Of::State, Of::QueuedAt, Of::RunAt, Of::Attempts, Of::Repeats, Of::Says];
    let rows = row(whom.select_only().into_query(), order.id, now);
    let mut insert = Query::insert();
    insert.into_table(delivery::Entity).columns(columns);
    // As many values as columns: the two lists stand side by side here.
    let _ = insert.select_from(rows);
    insert.on_conflict(OnConflict::columns([Of::OrderId, Of::Subscription]).do_nothing().to_owned()).take()
}

fn row(mut whom: SelectStatement, order: Uuid, now: DateTime<Utc>) -> SelectStatement {
    use subscription::{Column as Of, Entity as Whom};
    whom.expr(Expr::value(order))
        .expr(Expr::col((Whom, Of::Id)))
        .expr(Expr::col((Whom, Of::Host)))
        .expr(Expr::value(Way::Queued.code()))
        .expr(Expr::value(now))
        .expr(Expr::value(now))
        .expr(Expr::value(0))
        .expr(Expr::value(0))
        .expr(Expr::value(""))
        .take()
}

/// Had fewer than the day's notices.
fn has_room(rule: &Rule, now: DateTime<Utc>) -> Condition {
    use delivery::Column as Of;
    let today = Query::select()
        .expr(Expr::col((delivery::Entity, Of::OrderId)).count())
        .from(delivery::Entity)
        .and_where(Expr::col((delivery::Entity, Of::Subscription)).equals((subscription::Entity, subscription::Column::Id)))
        .and_where(Expr::col((delivery::Entity, Of::QueuedAt)).gte(Rule::day_of(now)))
        .and_where(Expr::col((delivery::Entity, Of::State)).is_not_in([
            Way::Stopped.code(),
            Way::Failed.code(),
            Way::Gone.code(),
        ]))
        .take();
    Condition::all().add(Expr::from(sea_orm::sea_query::SubQueryStatement::SelectStatement(today)).lt(rule.daily_max))
}

fn number(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// How many would get it now; for the page that asks before anybody presses.
///
/// # Errors
/// The database failed.
pub async fn estimate(on: &impl ConnectionTrait, section: Uuid, agency: Uuid) -> Result<u64, DbErr> {
    audience(section, agency).count(on).await
}
