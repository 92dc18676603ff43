//! The ways into an account: a password, being let in again, being shut out.

use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model};
use crate::base::{App, By, Fact};
use crate::people::{recovery, session};
use crate::web::Result;

impl Model {
    /// Keeps a new password's hash and ends the sessions begun with the old one, except one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn choose_password(
        &self,
        app: &App,
        on: &impl ConnectionTrait,
        hash: String,
        except: Option<Uuid>,
        by: &By,
    ) -> Result<()> {
        Entity::update_many()
            .col_expr(Column::PasswordHash, Expr::value(Some(hash)))
            .filter(Column::Id.eq(self.id))
            .exec(on)
            .await?;
        session::Model::revoke_all(app, on, self.id, except).await?;
        app.record(on, self.id, Fact::PasswordChanged, by).await?;
        Ok(())
    }

    /// Takes the second step away: for who lost the device, on the word of an administrator or of the console.
    ///
    /// # Errors
    /// The database failed.
    pub async fn drop_second_step(&self, app: &App, on: &impl ConnectionTrait, by: &By) -> Result<()> {
        if self.totp_secret.is_none() {
            return Ok(());
        }
        Entity::update_many()
            .col_expr(Column::TotpSecret, Expr::value(Option::<String>::None))
            .col_expr(Column::TotpConfirmedAt, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::TotpLastStep, Expr::value(Option::<i64>::None))
            .filter(Column::Id.eq(self.id))
            .exec(on)
            .await?;
        recovery::Model::forget(on, self.id).await?;
        app.record(on, self.id, Fact::TotpDisabled, by).await?;
        Ok(())
    }

    /// Lets them sign in again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn enable(&self, app: &App, on: &impl ConnectionTrait, by: &By) -> Result<()> {
        Entity::update_many()
            .col_expr(Column::DisabledAt, Expr::value(Option::<DateTimeUtc>::None))
            .filter(Column::Id.eq(self.id))
            .exec(on)
            .await?;
        app.record(on, self.id, Fact::PersonEnabled, by).await?;
        Ok(())
    }
}
