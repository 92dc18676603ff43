//! The journal of one attempt: what must be on disk before the call that publishes, and what must not be lost after it.

use chrono::TimeDelta;
use platforms::{Journal, Stopped};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{Column, Delivery, Entity, State, heard};
use crate::base::{App, By};
use crate::web::Error;

/// Longer than an attempt can last, see [`crate::channels::sending`].
pub const LEASE_S: i64 = 240;

/// Keeps the row of a delivery that is being sent.
pub struct RowJournal<'a> {
    app: &'a App,
    /// The row as it is by now.
    pub row: Delivery,
    /// The call that publishes was announced.
    pub begun: bool,
    /// Somebody else had a hand in it before: nothing was called, and the row is theirs.
    pub stopped: bool,
}

impl<'a> RowJournal<'a> {
    #[must_use]
    pub const fn of(app: &'a App, row: Delivery) -> Self {
        Self { app, row, begun: false, stopped: false }
    }

    /// `sending` in a transaction of its own, where the row still is what was taken. Withdrawn, held, taken by another node: then
    /// the version differs, and the call is not made.
    async fn begin(&mut self) -> Result<(), Error> {
        let now = self.app.clock.now();
        let row = Delivery {
            state: State::Sending,
            sent_at: Some(now),
            leased_until: Some(now + TimeDelta::seconds(LEASE_S)),
            ..self.row.clone()
        };
        let transaction = self.app.begin().await?;
        let row = row.put(self.app, &transaction, &self.row, &By::system()).await?;
        self.app.commit(transaction).await?;
        (self.row, self.begun) = (row, true);
        Ok(())
    }
}

impl Journal for RowJournal<'_> {
    async fn about_to_publish(&mut self) -> Result<(), Stopped> {
        if self.begun {
            return Ok(()); // it was said before: nobody else touches the row now
        }
        self.begin().await.map_err(|error| {
            // Also when the database failed: what is not written down is not sent.
            self.stopped = true;
            Stopped(format!("{error:?}"))
        })
    }

    // recorded by settling: a handle alone is no change of state
    async fn handle_known(&mut self, handle: &str) -> Result<(), Stopped> {
        // Guarded by the state alone: whoever else changed the row, the handle must not be lost.
        let written = Entity::update_many()
            .col_expr(Column::Handle, Expr::value(heard::id(handle)))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.row.id))
            .filter(Column::State.is_in([State::Queued, State::Sending, State::Unknown]))
            .exec_with_returning(&self.app.db)
            .await;
        match written {
            Ok(rows) => {
                if let Some(row) = rows.into_iter().next() {
                    self.row = row;
                }
                Ok(())
            }
            Err(error) => Err(Stopped(error.to_string())),
        }
    }
}
