//! An account stops, by a person or because the platform lets it in no more, and goes on. What waits for it is held meanwhile, not
//! failed; when it goes on, the look for what was missed decides by the account's own policy (see [`crate::channels::sending`]).

use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{Account, Column, Entity, State};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who};
use crate::channels::delivery::settling::fact_of;
use crate::channels::delivery::{self, Why, moving};
use crate::channels::rights::{self, Verb};
use crate::web::Error;

impl Account {
    /// Stops it for a while, or lets it go on.
    ///
    /// # Errors
    /// Forbidden to others; stale when somebody was quicker; or the database failed.
    pub async fn pause(app: &App, who: &Who, id: Uuid, paused: bool, seen: i32) -> Result<(), Error> {
        let account = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Keep, account.agency)?;
        let to = if paused { State::Paused } else { State::Active };
        // A dead one lives again by a new token alone.
        if account.version != seen || account.state == State::Dead {
            return Err(Error::Stale);
        }
        if account.state == to {
            return Ok(());
        }
        let by = By::from(who);
        let transaction = app.begin().await?;
        account.turn(app, &transaction, to, "").await?;
        let changes = Change::of("state", &account.state.to_value(), &to.to_value()).into_iter().collect();
        app.record(&transaction, id, Fact::ChannelAccountChanged { name: account.name.clone(), changes }, &by).await?;
        settle_waiting(app, &transaction, &account, to, &by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// The platform lets it in no more. Does nothing where it is not active any more: it was said already; nor where it has other
    /// secrets by now than those that were refused.
    ///
    /// # Errors
    /// The database failed.
    pub async fn die(&self, app: &App, on: &impl ConnectionTrait, says: &str) -> Result<(), Error> {
        match self.turn(app, on, State::Dead, says).await {
            Err(Error::Stale) => return Ok(()),
            other => other?,
        }
        let fact = Fact::ChannelAccountDead { name: self.label(), cause: says.to_owned() };
        app.record(on, self.id, fact, &By::system()).await?;
        settle_waiting(app, on, self, State::Dead, &By::system()).await
    }

    async fn turn(&self, app: &App, on: &impl ConnectionTrait, to: State, why: &str) -> Result<(), Error> {
        let mut turning = Entity::update_many();
        if to == State::Dead {
            turning = turning.filter(Column::Secrets.eq(&self.secrets));
        }
        let done = turning
            .col_expr(Column::State, Expr::value(to))
            .col_expr(Column::Why, Expr::value(why))
            .col_expr(Column::Since, Expr::value(app.clock.now()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(self.state))
            .exec(on)
            .await?;
        if done.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}

/// What waits for an account whose state is that by now: held, or queued again at the time it had. What a platform works on can not
/// be asked for by a dead account: nobody knows, until it lives again or a person says.
///
/// # Errors
/// The database failed.
pub(super) async fn settle_waiting(
    app: &App,
    on: &impl ConnectionTrait,
    account: &Account,
    state: State,
    by: &By,
) -> Result<(), Error> {
    use delivery::{Column as Of, State as Way};
    let its = Condition::all().add(Of::Account.eq(account.id));
    let stopped = [Why::AccountPaused, Why::AccountDead];
    match state {
        State::Active => {
            let which = its.add(Of::Why.is_in(stopped));
            moving::all(app, on, which.clone(), (Way::Held, Way::Queued), Why::None, by).await?;
            // Their time to be asked for has long come.
            moving::all(app, on, which, (Way::Unknown, Way::Unknown), Why::None, by).await?;
        }
        State::Paused | State::Dead => {
            let why = if state == State::Dead { Why::AccountDead } else { Why::AccountPaused };
            moving::all(app, on, its.clone(), (Way::Queued, Way::Held), why, by).await?;
            if state == State::Dead {
                for row in moving::all(app, on, its, (Way::Accepted, Way::Unknown), why, by).await? {
                    if let Some(fact) = fact_of(on, account, &row).await? {
                        app.record(on, row.piece, fact, by).await?;
                    }
                }
            }
        }
    }
    Ok(())
}
