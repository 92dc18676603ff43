//! Deleting and taking back. What is used is not deleted; what was deleted can be taken back for some days.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::asset::{self, Asset};
use super::usage::Use;
use crate::base::{App, By, Fact, Who};
use crate::web::{Error, Obstacle};

impl Asset {
    /// Deletes it, unless it is used: then it says where.
    ///
    /// # Errors
    /// [`Error::Refused`], [`Error::Stale`], or the database failed.
    pub async fn delete(&self, app: &App, who: &Who, why: &str) -> Result<(), Error> {
        let transaction = app.begin().await?;
        // The row first, the uses after: whoever begins a use holds the row too.
        let deleted = asset::ActiveModel { deleted_at: Set(Some(app.clock.now())), public: Set(false), ..Default::default() };
        let done = asset::Entity::update_many()
            .set(deleted)
            .filter(asset::Column::Id.eq(self.id))
            .filter(asset::Column::DeletedAt.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let uses = Use::of(&transaction, self.id).await?;
        if !uses.is_empty() {
            let place = |one: &Use| Obstacle::new("asset-refused-used").with("name", &one.title);
            return Err(Error::Refused(uses.iter().map(place).collect()));
        }
        let fact = Fact::AssetDeleted { name: self.label().to_owned() };
        app.record(&transaction, self.id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes a deleted one back.
    ///
    /// # Errors
    /// [`Error::Refused`] when the same file was brought again meanwhile, [`Error::Stale`] when it is too late, or the database
    /// failed.
    pub async fn restore(&self, app: &App, who: &Who) -> Result<(), Error> {
        let transaction = app.begin().await?;
        if Asset::of_bytes(&transaction, &self.sha256).await?.iter().any(|other| other.agency == self.agency) {
            return Err(Error::Refused(vec![Obstacle::new("asset-refused-again")]));
        }
        let back = asset::ActiveModel { deleted_at: Set(None), ..Default::default() };
        let done = asset::Entity::update_many()
            .set(back)
            .filter(asset::Column::Id.eq(self.id))
            .filter(asset::Column::DeletedAt.is_not_null())
            .filter(asset::Column::ClearedAt.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, self.id, Fact::AssetRestored { name: self.label().to_owned() }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
