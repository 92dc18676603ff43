//! What had not gone does not go: by a person, or because the article was corrected or is gone.

use sea_orm::entity::prelude::*;

use super::{Column, Entity, Order, State, delivery};
use crate::base::{App, By, Fact, Who, fact};
use crate::news::article::reviewing::reason;
use crate::push::rights;
use crate::web::{Error, Locale};

/// Follows what happened to an article: its announcement stops; a correction that waits goes on. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn article_changed(app: &App, recorded: &fact::Model) -> anyhow::Result<()> {
    let by = By { person: recorded.person, agency: recorded.agency, why: recorded.why.clone() };
    for order in Order::of(&app.db, recorded.about).await? {
        if order.kind == super::Kind::News && !order.state.is_over() {
            let why = recorded.why.clone().unwrap_or_default();
            order.stop_because(app, &why, &by).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        }
    }
    Ok(())
}

/// Why an order is stopped that a restore stopped, until somebody decides about it: see [`super::resuming`].
pub const RESTORED: &str = "restored";

/// After the database was restored from a backup: who got a notice since is not in it, so nothing that was under way goes on.
/// The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn database_restored(app: &App) -> anyhow::Result<()> {
    for order in Entity::find().filter(Column::State.is_in([State::Waiting, State::Sending])).all(&app.db).await? {
        let words = Locale::default().t("push-stopped-restored");
        match order.stop_because(app, RESTORED, &By::system().because(&words)).await {
            // Another node was quicker.
            Ok(()) | Err(Error::Stale) => {}
            Err(error) => return Err(anyhow::anyhow!("{error:?}")),
        }
    }
    Ok(())
}

impl Order {
    /// A person stops it, with a reason.
    ///
    /// # Errors
    /// Hidden or forbidden; refused without a reason; stale when it is over; or the database failed.
    pub async fn stop(app: &App, who: &Who, id: Uuid, why: &str) -> Result<(), Error> {
        let order = Self::find_for(app, who, id).await?;
        if !rights::may_announce(who, order.agency) {
            return Err(Error::Forbidden);
        }
        let why = reason(why, "why", "push-needs-why")?;
        if order.state.is_over() {
            return Err(Error::Stale);
        }
        order.stop_because(app, &why, &By::from(who).because(&why)).await
    }

    /// Stops it.
    ///
    /// # Errors
    /// Stale when it moved on meanwhile; or the database failed.
    pub async fn stop_because(self, app: &App, why: &str, by: &By) -> Result<(), Error> {
        let now = app.clock.now();
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Stopped))
            .col_expr(Column::Why, Expr::value(why))
            .col_expr(Column::FinishedAt, Expr::value(now))
            .col_expr(Column::Version, Expr::value(self.version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(self.version));
        if done.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let stopped = delivery::stop(&transaction, self.id, now).await?;
        let fact = Fact::PushStopped { title: self.title, stopped: u32::try_from(stopped).unwrap_or(u32::MAX) };
        app.record(&transaction, self.id, fact, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
