//! What a restore stopped, decided at once or one by one: it goes on with whom it had not reached, or stays stopped for a person's reason.

use std::cmp::max;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::stopping::RESTORED;
use super::{Column, Entity, Kind, Order, State, delivery};
use crate::base::{App, By, Fact, Who};
use crate::news::Article;
use crate::news::article::reviewing::reason;
use crate::push::rights;
use crate::push::rule::Rule;
use crate::web::Error;

/// What a restore stopped of an agency's, and nobody decided about yet.
fn restored(agency: Uuid) -> Select<Entity> {
    let stopped = Entity::find().filter(Column::State.eq(State::Stopped)).filter(Column::Why.eq(RESTORED));
    stopped.filter(Column::Agency.eq(agency))
}

/// How many wait for this person since a restore; none where they may not decide.
///
/// # Errors
/// The database failed.
pub async fn count_restored(on: &impl ConnectionTrait, who: &Who) -> Result<u64, DbErr> {
    match who.agency.filter(|agency| rights::may_announce(who, *agency)) {
        Some(agency) => restored(agency).count(on).await,
        None => Ok(0),
    }
}

/// Lets all go on that a restore stopped of the person's agency; with a reason, leaves all of it stopped. Each by itself, with its own
/// entry in the ledger. Returns how many; an announcement of what is not out any more stays as it is.
///
/// # Errors
/// Forbidden to others; refused without a reason where one is wanted; or the database failed.
pub async fn settle_restored(app: &App, who: &Who, dropped: Option<&str>) -> Result<usize, Error> {
    let agency = who.agency.filter(|agency| rights::may_announce(who, *agency)).ok_or(Error::Forbidden)?;
    let dropped = dropped.map(|why| reason(why, "why", "push-needs-why")).transpose()?;
    let mut settled = 0;
    for order in restored(agency).order_by_asc(Column::Id).all(&app.db).await? {
        let done = match &dropped {
            Some(why) => order.drop_restored(app, why, &By::from(who).because(why)).await,
            None => order.resume(app, &By::from(who)).await,
        };
        match done {
            Ok(()) => settled += 1,
            // It is out no more, or somebody was quicker.
            Err(Error::Refused(_) | Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(settled)
}

/// Lets one go on that a restore stopped; with a reason, leaves it stopped.
///
/// # Errors
/// Hidden or forbidden; refused without a reason where one is wanted, or when what it announces is out no more; stale when somebody
/// decided meanwhile; or the database failed.
pub async fn settle_one(app: &App, who: &Who, id: Uuid, dropped: Option<&str>) -> Result<(), Error> {
    let order = Order::find_for(app, who, id).await?;
    if !rights::may_announce(who, order.agency) {
        return Err(Error::Forbidden);
    }
    if !order.is_restored() {
        return Err(Error::Stale);
    }
    match dropped.map(|why| reason(why, "why", "push-needs-why")).transpose()? {
        Some(why) => order.drop_restored(app, &why, &By::from(who).because(&why)).await,
        None => order.resume(app, &By::from(who)).await,
    }
}

impl Order {
    /// Whether a restore stopped it, and nobody decided about it yet.
    #[must_use]
    pub fn is_restored(&self) -> bool {
        self.state == State::Stopped && self.why == RESTORED
    }

    async fn resume(self, app: &App, by: &By) -> Result<(), Error> {
        if self.kind == Kind::News && !Article::find(&app.db, self.article).await?.state.is_public() {
            return Err(Error::refused("push-article-not-out"));
        }
        let due_at = Rule::now(&app.db).await?.after_quiet(max(self.due_at, app.clock.now()));
        // Where its rows are written down, those that had not gone go.
        let state = if self.built_at.is_some() { State::Sending } else { State::Waiting };
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::Why, Expr::value(""))
            .col_expr(Column::DueAt, Expr::value(due_at))
            .col_expr(Column::FinishedAt, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::Version, Expr::value(self.version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(self.version));
        if done.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        delivery::go_on(&transaction, self.id, due_at).await?;
        let correction = self.kind == Kind::Correction;
        let fact = Fact::PushOrdered { title: self.title, correction, at: due_at.to_rfc3339() };
        app.record(&transaction, self.id, fact, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    async fn drop_restored(self, app: &App, why: &str, by: &By) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Why, Expr::value(why))
            .col_expr(Column::Version, Expr::value(self.version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(self.version));
        if done.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, self.id, Fact::PushStopped { title: self.title, stopped: 0 }, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
