//! A task that turns out to be secret leaves: its content is deleted wherever registers keep it, and the year's count goes up by one, in
//! one transaction. Facts about records say neither title nor code, so that the ledger has kept nothing of it.

use sea_orm::entity::prelude::*;

use super::{Column, Entity, Record};
use crate::base::{App, By, Fact, Who};
use crate::registers::importing::forgetting;
use crate::registers::secret_count::SecretCount;
use crate::registers::{evidence, rights, version};
use crate::web::Error;
use chrono::Datelike;

impl Record {
    /// Deletes it as secret and counts it. What it was can not be taken back.
    ///
    /// # Errors
    /// Forbidden; refused for a register that can hold nothing secret; stale when somebody was quicker; or the database failed.
    pub async fn make_secret(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        if !self.kind().is_some_and(|kind| kind.public) {
            return Err(Error::refused("register-never-secret"));
        }
        let (by, year) = (By::from(who), self.from_on.year());
        let transaction = app.begin().await?;
        let gone = Entity::delete_many().filter(Column::Id.eq(self.id)).filter(Column::Version.eq(seen));
        if gone.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        // It may stand in a file that waits to be confirmed, by a name that it had before.
        let files = forgetting::forget(app, &transaction, self).await?;
        version::forget(&transaction, self.id).await?;
        evidence::forget(app, &transaction, self, &by).await?;
        SecretCount::raise(app, &transaction, (who.person, &by), self.agency, year).await?;
        let fact = Fact::RegisterMadeSecret { register: self.register.clone(), year, files };
        app.record(&transaction, self.id, fact, &by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
