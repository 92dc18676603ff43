//! Sessions end: by leaving, by being revoked, with a new password, by age.

use chrono::TimeDelta;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{COOKIE, Column, Entity, IDLE_H, Model};
use crate::base::{App, By, Fact, Who};
use crate::web::{Error, Result, cookie};

/// How long an ended session stays for who looks into an incident.
const KEPT_D: i64 = 90;

impl Model {
    /// The person leaves. Returns the `Set-Cookie` line that forgets the session, and how they had come in.
    ///
    /// # Errors
    /// The database failed.
    pub async fn leave(app: &App, who: &Who) -> Result<(String, String)> {
        let means = Entity::find_by_id(who.session).one(&app.db).await?.map(|session| session.means).unwrap_or_default();
        let transaction = app.begin().await?;
        if Self::end(app, &transaction, who.session).await? {
            app.record(&transaction, who.person, Fact::SignedOut, &By::from(who)).await?;
        }
        app.commit(transaction).await?;
        Ok((cookie::write(COOKIE, "", Some(0), app.config.is_https()), means))
    }

    /// The person ends one of their own sessions.
    ///
    /// # Errors
    /// [`Error::Hidden`] when it is another's, [`Error::NotFound`] when there is none or it has ended; or the database failed.
    pub async fn revoke_own(app: &App, who: &Who, session: Uuid) -> Result<()> {
        let found = Entity::find_by_id(session).one(&app.db).await?.ok_or(Error::NotFound)?;
        if found.person != who.person {
            return Err(Error::Hidden(found.person));
        }
        let transaction = app.begin().await?;
        if !Self::end(app, &transaction, session).await? {
            return Err(Error::NotFound);
        }
        app.record(&transaction, who.person, Fact::SessionRevoked { session }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Ends one session; false when it had ended.
    // recorded by who calls it
    ///
    /// # Errors
    /// The database failed.
    pub async fn end(app: &App, on: &impl ConnectionTrait, session: Uuid) -> Result<bool, DbErr> {
        let update = Entity::update_many()
            .col_expr(Column::RevokedAt, Expr::value(app.clock.now()))
            .filter(Column::Id.eq(session))
            .filter(Column::RevokedAt.is_null());
        Ok(update.exec(on).await?.rows_affected == 1)
    }

    /// Ends all sessions of a person, except one; returns how many.
    ///
    /// # Errors
    /// The database failed.
    pub async fn revoke_all(app: &App, on: &impl ConnectionTrait, person: Uuid, except: Option<Uuid>) -> Result<u64, DbErr> {
        let mut update = Entity::update_many()
            .col_expr(Column::RevokedAt, Expr::value(app.clock.now()))
            .filter(Column::Person.eq(person))
            .filter(Column::RevokedAt.is_null());
        if let Some(kept) = except {
            update = update.filter(Column::Id.ne(kept));
        }
        Ok(update.exec(on).await?.rows_affected)
    }

    /// The sessions of a person that hold now, the latest used first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_of(app: &App, person: Uuid) -> Result<Vec<Self>, DbErr> {
        let now = app.clock.now();
        Entity::find()
            .filter(Column::Person.eq(person))
            .filter(Column::RevokedAt.is_null())
            .filter(Column::ExpiresAt.gt(now))
            .filter(Column::SeenAt.gt(now - TimeDelta::hours(IDLE_H)))
            .order_by_desc(Column::SeenAt)
            .all(&app.db)
            .await
    }
}

/// Removes sessions long past; a chore.
///
/// # Errors
/// The database failed.
pub async fn clear(app: &App) -> Result<(), DbErr> {
    let old = app.clock.now() - TimeDelta::days(KEPT_D);
    Entity::delete_many().filter(Column::ExpiresAt.lt(old)).exec(&app.db).await.map(|_| ())
}
