//! The second step: a code that changes every 30 seconds (TOTP, RFC 6238), and recovery codes for when the
//! device is lost.

use anyhow::Context;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use totp_rs::{Builder, Secret, Totp};

use super::person::{Column, Entity, Model as Person};
use super::recovery;
use crate::base::installation_key::InstallationKey;
use crate::base::{App, By, Fact};
use crate::web::{Error, Result};

/// What an authenticator app is given.
pub struct Enrolment {
    /// PNG, base64.
    pub picture: String,
    /// Base32 in groups of four, for who can not scan.
    pub secret: String,
}

/// How a code was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    App,
    /// With how many recovery codes are left.
    Recovery(u32),
}

impl Person {
    /// Gives the person a secret that asks for nothing until it is confirmed by a code. What was begun before is dropped.
    // recorded by confirm_second_step: an unconfirmed secret changes nothing
    ///
    /// # Errors
    /// [`Error::Refused`] when the second step is on, or the key or the database failed.
    pub async fn begin_second_step(&self, app: &App) -> Result<()> {
        if self.has_second_step() {
            return Err(Error::refused("second-step-is-on"));
        }
        let sealed =
            InstallationKey::of(app)?.encrypt(self.id, &Secret::from(rand::random::<[u8; 20]>().to_vec()).to_base32())?;
        Entity::update_many()
            .col_expr(Column::TotpSecret, Expr::value(Some(sealed)))
            .filter(Column::Id.eq(self.id))
            .filter(Column::TotpConfirmedAt.is_null())
            .exec(&app.db)
            .await?;
        Ok(())
    }

    /// The picture and text of the secret that waits for its confirmation; None when none does.
    ///
    /// # Errors
    /// The key does not open the secret.
    pub fn enrolment(&self, app: &App, issuer: &str) -> Result<Option<Enrolment>> {
        let Some(totp) = self.totp(app, issuer)?.filter(|_| !self.has_second_step()) else { return Ok(None) };
        let picture = totp.to_qr_base64().map_err(|error| anyhow::anyhow!("drawing the code: {error:?}"))?;
        let secret = InstallationKey::of(app)?.decrypt(self.id, self.totp_secret.as_deref().unwrap_or_default())?;
        let groups: Vec<String> = secret.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
        Ok(Some(Enrolment { picture, secret: groups.join(" ") }))
    }

    /// Turns the second step on when the code is right, and returns the recovery codes to be shown once;
    /// None when the code is wrong.
    ///
    /// # Errors
    /// The key or the database failed.
    pub async fn confirm_second_step(&self, app: &App, code: &str) -> Result<Option<Vec<String>>> {
        let Some(step) = self.step_of(app, code)?.filter(|_| !self.has_second_step()) else { return Ok(None) };
        let by = self.themselves();
        let transaction = app.begin().await?;
        let on = Entity::update_many()
            .col_expr(Column::TotpConfirmedAt, Expr::value(Some(app.clock.now())))
            .col_expr(Column::TotpLastStep, Expr::value(Some(step)))
            .filter(Column::Id.eq(self.id))
            .filter(Column::TotpSecret.eq(self.totp_secret.clone()))
            .exec(&transaction)
            .await?;
        if on.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let codes = recovery::Model::renew(&transaction, self.id).await?;
        app.record(&transaction, self.id, Fact::TotpEnabled, &by).await?;
        app.commit(transaction).await?;
        Ok(Some(codes))
    }

    /// Whether the code is right: one of the app's, never used before, or a recovery code. It is used up.
    ///
    /// # Errors
    /// The key or the database failed.
    pub async fn take_code(&self, app: &App, code: &str) -> Result<Option<Proof>> {
        if let Some(step) = self.step_of(app, code)?.filter(|_| self.has_second_step()) {
            let unused = Condition::any().add(Column::TotpLastStep.is_null()).add(Column::TotpLastStep.lt(step));
            let used = Entity::update_many()
                .col_expr(Column::TotpLastStep, Expr::value(Some(step)))
                .filter(Column::Id.eq(self.id))
                .filter(unused)
                .exec(&app.db)
                .await?;
            return Ok((used.rows_affected == 1).then_some(Proof::App));
        }
        let transaction = app.begin().await?;
        if !recovery::Model::take(app, &transaction, self.id, code).await? {
            return Ok(None);
        }
        let left = u32::try_from(recovery::Model::left(&transaction, self.id).await?).unwrap_or(u32::MAX);
        app.record(&transaction, self.id, Fact::RecoveryCodeUsed { left }, &self.themselves()).await?;
        app.commit(transaction).await?;
        Ok(Some(Proof::Recovery(left)))
    }

    /// New recovery codes in place of the old ones.
    ///
    /// # Errors
    /// The database failed.
    pub async fn renew_recovery_codes(&self, app: &App) -> Result<Vec<String>> {
        let transaction = app.begin().await?;
        let codes = recovery::Model::renew(&transaction, self.id).await?;
        app.record(&transaction, self.id, Fact::RecoveryCodesMade, &self.themselves()).await?;
        app.commit(transaction).await?;
        Ok(codes)
    }

    /// The person as the one who acts.
    #[must_use]
    pub fn themselves(&self) -> By {
        By { person: Some(self.id), agency: self.agency, why: None }
    }

    fn totp(&self, app: &App, issuer: &str) -> Result<Option<Totp>> {
        let Some(sealed) = &self.totp_secret else { return Ok(None) };
        let secret = InstallationKey::of(app)?.decrypt(self.id, sealed)?;
        let secret = Secret::try_from_base32(secret).map_err(|error| anyhow::anyhow!("a secret is damaged: {error:?}"))?;
        // SHA-1, six digits, 30 s, one step of skew: what every authenticator app supports (and RFC 6238 allows).
        let totp = Builder::new()
            .with_secret(secret)
            .with_account_name(self.email.replace(':', " "))
            .with_issuer(Some(issuer.replace(':', " ")))
            .build();
        Ok(Some(totp.map_err(|error| anyhow::anyhow!("{error:?}")).context("building the second step")?))
    }

    /// The time step that the code belongs to, within one step of now.
    fn step_of(&self, app: &App, code: &str) -> Result<Option<i64>> {
        let code: String = code.split_whitespace().collect();
        let now_s = u64::try_from(app.clock.now().timestamp()).unwrap_or_default();
        let step = self.totp(app, "Lan Tỏa")?.and_then(|totp| totp.check(&code, now_s));
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }
}
