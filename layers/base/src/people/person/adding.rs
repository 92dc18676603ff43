//! A new account.

use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::editing::taken;
use super::{ActiveModel, Entity, Model, normal_email, normal_name};
use crate::base::{App, By, Fact, new_id};
use crate::web::{Error, Result};

/// What is known of somebody new.
#[derive(Clone, Debug, Default)]
pub struct Newcomer {
    pub name: String,
    pub email: String,
    pub title: String,
    pub identifier: Option<String>,
    pub agency: Option<Uuid>,
}

impl Model {
    /// Adds an account without any way in yet: an invitation, or a sign-on, gives that.
    ///
    /// # Errors
    /// The e-mail or the identifier is in use already; or the database failed.
    pub async fn add(app: &App, on: &impl ConnectionTrait, newcomer: Newcomer, by: &By) -> Result<Self> {
        if Self::find_by_email(on, &newcomer.email).await?.is_some() {
            return Err(Error::refused("person-email-taken"));
        }
        let person = Self {
            id: new_id(),
            name: normal_name(&newcomer.name),
            email: normal_email(&newcomer.email),
            identifier: newcomer.identifier.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
            title: normal_name(&newcomer.title),
            agency: newcomer.agency,
            created_at: app.clock.now(),
            disabled_at: None,
            password_hash: None,
            totp_secret: None,
            totp_confirmed_at: None,
            totp_last_step: None,
            version: 1,
        };
        let row = ActiveModel { id: Set(person.id), ..person.clone().into() };
        Entity::insert(row).exec_without_returning(on).await.map_err(taken)?;
        app.record(on, person.id, Fact::PersonAdded { name: person.name.clone() }, by).await?;
        Ok(person)
    }
}
