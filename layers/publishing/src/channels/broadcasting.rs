//! A Zalo article that is out is sent to those who follow the account: a delivery of its own beside the article's, with the same states
//! and the same promises. It waits for the article, goes by one call that can not be taken back, and is never made twice by itself.
//!
//! ```text
//!   the article:    queued ──► accepted ──► confirmed          failed, retracted
//!                                              │ wakes            │ holds
//!   its broadcast:  queued (no time yet) ──────┴──► sending ──► …  └──► held, until a person says or the article is out after all
//! ```
//!
//! // recorded by the piece's verbs and by the broadcast's own steps

use chrono::Datelike;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::account::{Account, Values};
use super::delivery::{Column, Delivery, Entity, Part, State, Why, moving};
use super::platform::{BROADCAST, BROADCASTS_PER_MONTH};
use crate::base::{App, By, new_id, time};
use crate::web::{Error, Obstacle};

/// Whether the keeper of an account lets its articles be broadcast.
#[must_use]
pub fn is_allowed(account: &Account) -> bool {
    let is_zalo = account.platform().is_some_and(|platform| platform.is == platforms::Platform::Zalo);
    is_zalo && account.settings().get(BROADCAST).is_some_and(|word| word == "yes")
}

/// What stands against a broadcast besides what stands against its article.
#[must_use]
pub fn obstacles(account: &Account) -> Vec<Obstacle> {
    let off = || Obstacle::new("channel-obstacle-broadcast-off").with("channel", account.label());
    if is_allowed(account) { Vec::new() } else { vec![off()] }
}

/// Whether a broadcast of that article is planned.
///
/// # Errors
/// The database failed.
pub async fn is_chosen(on: &impl ConnectionTrait, article: &Delivery) -> Result<bool, DbErr> {
    Ok(Entity::find().filter(its(article)).count(on).await? > 0)
}

/// Plans the broadcast of an article of a draft, or leaves it out. It shows what the article shows.
///
/// # Errors
/// The database failed.
pub async fn choose(on: &impl ConnectionTrait, article: &Delivery, wanted: bool) -> Result<(), DbErr> {
    Entity::delete_many().filter(its(article)).filter(Column::State.eq(State::Planned)).exec(on).await?;
    if !wanted {
        return Ok(());
    }
    let row = Delivery { id: new_id(), part: Part::Broadcast, link: String::new(), version: 1, ..article.clone() };
    let row = super::delivery::ActiveModel::from(row);
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The broadcast that belongs to an article.
fn its(article: &Delivery) -> Condition {
    Condition::all()
        .add(Column::Piece.eq(article.piece))
        .add(Column::Account.eq(article.account))
        .add(Column::Part.eq(Part::Broadcast))
}

/// Lets the broadcast of an article follow where the article came to.
///
/// # Errors
/// The database failed.
pub(in crate::channels) async fn follow(app: &App, on: &impl ConnectionTrait, article: &Delivery) -> Result<(), Error> {
    if article.is_broadcast() {
        return Ok(());
    }
    let by = By::system();
    match article.state {
        State::Confirmed => {
            let waits = its(article).add(Column::Why.eq(Why::NoArticle));
            moving::all(app, on, waits, (State::Held, State::Queued), Why::None, &by).await?;
            // Also what is held for another reason: it is due by now, whenever it is let go.
            Entity::update_many()
                .col_expr(Column::RunAt, Expr::value(app.clock.now()))
                .col_expr(Column::FoundAt, Expr::value(Option::<DateTimeUtc>::None))
                .col_expr(Column::Version, Expr::col(Column::Version).add(1))
                .filter(its(article))
                .filter(Column::State.is_in([State::Queued, State::Held]))
                .exec(on)
                .await?;
        }
        State::Failed | State::Retracted => {
            moving::all(app, on, its(article), (State::Queued, State::Held), Why::NoArticle, &by).await?;
        }
        _ => {}
    }
    Ok(())
}

/// The article of a broadcast, right before it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Article {
    /// It is out, by this id of Zalo's.
    Out(String),
    /// It may come out yet.
    Waits,
    /// It is not out, or nobody knows its id.
    Missing,
}

/// Where the article of a broadcast stands.
///
/// # Errors
/// The database failed.
pub async fn article(on: &impl ConnectionTrait, broadcast: &Delivery) -> Result<Article, DbErr> {
    let its = Entity::find().filter(Column::Piece.eq(broadcast.piece)).filter(Column::Account.eq(broadcast.account));
    let row = its.filter(Column::Part.eq(Part::Whole)).one(on).await?;
    Ok(match row {
        Some(row) if row.state == State::Confirmed && !row.external_id.is_empty() => Article::Out(row.external_id),
        Some(row) if matches!(row.state, State::Confirmed | State::Failed | State::Retracted) => Article::Missing,
        Some(_) => Article::Waits,
        None => Article::Missing,
    })
}

/// Back to waiting for the article, which wakes it when it is out.
///
/// # Errors
/// The database failed.
pub async fn wait(app: &App, seen: &Delivery) -> Result<(), Error> {
    let transaction = app.begin().await?;
    let waits = Delivery { run_at: None, found_at: None, leased_until: None, attempts: 0, ..seen.clone() };
    match waits.put(app, &transaction, seen, &By::system()).await {
        Ok(_) => app.commit(transaction).await.map_err(Into::into),
        // The article came out this moment, or a person had a hand in it.
        Err(Error::Stale) => Ok(()),
        Err(error) => Err(error),
    }
}

/// How many broadcasts of an account went out, or may have, in this month of Vietnam's, and how many there are as far as that is known.
///
/// # Errors
/// The database failed.
pub async fn this_month(app: &App, account: &Account) -> Result<(u64, Option<u64>), DbErr> {
    let today = time::local_date(app.clock.now());
    let begins = time::begins(today.with_day(1).unwrap_or(today));
    let sent = Entity::find()
        .filter(Column::Account.eq(account.id))
        .filter(Column::Part.eq(Part::Broadcast))
        .filter(Column::State.is_in([State::Sending, State::Unknown, State::Confirmed]))
        .filter(Column::SentAt.gte(begins))
        .count(&app.db)
        .await?;
    Ok((sent, of_package(&account.settings())))
}

fn of_package(settings: &Values) -> Option<u64> {
    settings.get(BROADCASTS_PER_MONTH).and_then(|count| count.parse().ok())
}

/// What is good to know of a broadcast before it goes.
///
/// # Errors
/// The database failed.
pub async fn notes(app: &App, account: &Account) -> Result<Vec<Obstacle>, DbErr> {
    let used = match this_month(app, account).await? {
        (used, Some(all)) => Obstacle::new("channel-note-broadcasts-of").with("used", used).with("all", all),
        (used, None) => Obstacle::new("channel-note-broadcasts").with("used", used),
    };
    Ok(vec![Obstacle::new("channel-note-broadcast"), used, Obstacle::new("channel-note-final-broadcast")])
}
