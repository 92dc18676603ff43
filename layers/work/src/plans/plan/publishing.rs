//! Whether the public reads how far a plan got. It does from the adoption on, unless whoever runs the plans says otherwise.

use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model, State};
use crate::base::{App, By, Fact, Role, Who};
use crate::web::Error;

impl Model {
    /// Whoever runs the plans decides.
    #[must_use]
    pub fn is_published_by(who: &Who) -> bool {
        who.is(Role::Coordinator)
    }

    /// The adopted plan at that public address whose progress everyone may read.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn with_public_progress(on: &impl ConnectionTrait, slug: &str) -> Result<Self, Error> {
        let plan = Self::find_by_slug(on, slug).await?;
        if plan.progress_public { Ok(plan) } else { Err(Error::NotFound) }
    }

    /// Lets the public read how far the plan got, or no longer.
    ///
    /// # Errors
    /// Forbidden; stale when it is so already or the plan is not adopted; or the database failed.
    pub async fn publish_progress(&self, app: &App, who: &Who, public: bool) -> Result<(), Error> {
        if !Self::is_published_by(who) {
            return Err(Error::Forbidden);
        }
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::ProgressPublic, Expr::value(public))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Adopted))
            .filter(Column::ProgressPublic.eq(!public))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = if public { Fact::ProgressPublished } else { Fact::ProgressWithdrawn };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
