//! What a sign-in in several steps remembers between them: a row that is found by a random token in the
//! browser's cookie, serves once, and expires.

use axum::http::HeaderMap;
use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::session::{hash, token};
use crate::base::{App, new_id};
use crate::web::{Result, cookie};

/// Time for the person to act, in minutes.
const LASTS_MIN: i64 = 5;

/// What the ceremony is for; each kind has its own cookie, so that two may run side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum Kind {
    /// The password was right; the second step is asked.
    SecondStep,
    PasskeySignIn,
    PasskeyRegistration,
    SignOn,
}

impl Kind {
    const fn cookie(self) -> &'static str {
        match self {
            Self::SecondStep => "second-step",
            Self::PasskeySignIn => "passkey-sign-in",
            Self::PasskeyRegistration => "passkey-registration",
            Self::SignOn => "sign-on",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ceremony")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the token in the cookie: the ceremony belongs to one browser.
    #[sea_orm(unique)]
    pub token_hash: String,
    pub kind: Kind,
    pub person: Option<Uuid>,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Ceremony = Model;

impl Model {
    /// Begins a ceremony; returns the `Set-Cookie` line that binds it to the browser.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin(app: &App, kind: Kind, person: Option<Uuid>, state: &impl Serialize) -> Result<String> {
        let token = token();
        let row = ActiveModel {
            id: Set(new_id()),
            token_hash: Set(hash(&token)),
            kind: Set(kind),
            person: Set(person),
            state: Set(serde_json::to_string(state)?),
            expires_at: Set(app.clock.now() + TimeDelta::minutes(LASTS_MIN)),
        };
        Entity::insert(row).exec_without_returning(&app.db).await?;
        Ok(cookie::write(kind.cookie(), &token, Some(LASTS_MIN * 60), app.config.is_https()))
    }

    /// The ceremony of this browser, left where it is; None when there is none or its time is over.
    ///
    /// # Errors
    /// The database failed.
    pub async fn look(app: &App, kind: Kind, headers: &HeaderMap) -> Result<Option<Self>> {
        let Some(token) = cookie::read(headers, kind.cookie()) else { return Ok(None) };
        Ok(Entity::find()
            .filter(Column::TokenHash.eq(hash(token)))
            .filter(Column::Kind.eq(kind))
            .filter(Column::ExpiresAt.gt(app.clock.now()))
            .one(&app.db)
            .await?)
    }

    /// The ceremony of this browser, taken away: whoever comes second finds none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn take(app: &App, kind: Kind, headers: &HeaderMap) -> Result<Option<Self>> {
        let Some(found) = Self::look(app, kind, headers).await? else { return Ok(None) };
        Ok(found.end(app).await?.then_some(found))
    }

    /// Ends it; false when another request already has.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end(&self, app: &App) -> Result<bool> {
        Ok(Entity::delete_by_id(self.id).exec(&app.db).await?.rows_affected == 1)
    }

    /// What was remembered.
    ///
    /// # Errors
    /// The state was written by another version.
    pub fn state<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(serde_json::from_str(&self.state)?)
    }
}

/// Removes what has expired; a chore.
///
/// # Errors
/// The database failed.
pub async fn clear(app: &App) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::ExpiresAt.lt(app.clock.now())).exec(&app.db).await.map(|_| ())
}
