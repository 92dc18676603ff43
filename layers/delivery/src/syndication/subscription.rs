//! A subscription to one of our feeds (WebSub): there once the subscriber has said that it wants it, and for as long as its lease.
//! // recorded by nobody: who subscribes is theirs to tell

use chrono::TimeDelta;
use platforms::Secret;
use platforms::websub::{Asked, Mode};
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use serde::{Deserialize, Serialize};

use super::hub;
use crate::base::digest::sha256;
use crate::base::installation_key::InstallationKey;
use crate::base::{App, new_id};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_subscription")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The address of the feed.
    #[sea_orm(column_type = "Text")]
    pub topic: String,
    #[sea_orm(column_type = "Text")]
    pub callback: String,
    /// Of topic and callback: there is one subscription for both.
    pub pair_hash: String,
    pub host: String,
    /// Encrypted with the installation's key; empty where there is none.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    pub since: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Subscription = Model;

/// What was asked for in a subscriber's name and has to be said by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// The row that it becomes; its secret is encrypted for it.
    pub id: Uuid,
    pub subscribes: bool,
    pub topic: String,
    pub callback: String,
    pub lease_s: u64,
    pub secret: String,
    pub challenge: String,
}

impl Asking {
    /// What was asked for, with a challenge that nobody guesses.
    ///
    /// # Errors
    /// The installation's key can not be read.
    pub fn of(app: &App, asked: &Asked) -> anyhow::Result<Self> {
        let id = new_id();
        let secret = match &asked.secret {
            Some(secret) => InstallationKey::of(app)?.encrypt(id, secret.reveal())?,
            None => String::new(),
        };
        Ok(Self {
            id,
            subscribes: asked.mode == Mode::Subscribe,
            topic: asked.topic.clone(),
            callback: asked.callback.clone(),
            lease_s: asked.lease_s,
            secret,
            challenge: format!("{}{}", Uuid::from_bytes(rand::random()).simple(), Uuid::from_bytes(rand::random()).simple()),
        })
    }

    /// As the protocol asks it.
    #[must_use]
    pub fn asked(&self) -> Asked {
        Asked {
            mode: if self.subscribes { Mode::Subscribe } else { Mode::Unsubscribe },
            topic: self.topic.clone(),
            callback: self.callback.clone(),
            lease_s: self.lease_s,
            secret: None,
        }
    }
}

/// What there is one subscription for.
#[must_use]
pub fn pair_hash(topic: &str, callback: &str) -> String {
    sha256(format!("{topic}\n{callback}").as_bytes())
}

impl Model {
    /// The secret to sign with.
    ///
    /// # Errors
    /// The installation's key does not open it.
    pub fn opened_secret(&self, app: &App) -> anyhow::Result<Option<Secret>> {
        if self.secret.is_empty() {
            return Ok(None);
        }
        Ok(Some(Secret::from(InstallationKey::of(app)?.decrypt(self.id, &self.secret)?)))
    }

    /// The subscriber said yes: the subscription begins, goes on or ends.
    ///
    /// # Errors
    /// The database failed.
    pub async fn settle(app: &App, on: &impl ConnectionTrait, asking: &Asking) -> crate::web::Result<()> {
        let pair = pair_hash(&asking.topic, &asking.callback);
        // The id is part of how the secret is encrypted, so the row is made anew.
        Entity::delete_many().filter(Column::PairHash.eq(&pair)).exec(on).await?;
        if !asking.subscribes {
            return Ok(());
        }
        let now = app.clock.now();
        let row = ActiveModel {
            id: Set(asking.id),
            topic: Set(asking.topic.clone()),
            callback: Set(asking.callback.clone()),
            pair_hash: Set(pair),
            host: Set(super::address::host_of(&asking.callback)),
            secret: Set(asking.secret.clone()),
            since: Set(now),
            expires_at: Set(now + TimeDelta::seconds(i64::try_from(asking.lease_s).unwrap_or_default())),
        };
        let once = OnConflict::column(Column::PairHash).do_nothing().to_owned();
        Entity::insert(row).on_conflict(once).exec_without_returning(on).await?;
        hub::changing::begin(app, on, &asking.topic).await
    }

    /// It is over.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end(on: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::Id.eq(id)).exec(on).await.map(|_| ())
    }

    /// Those of a topic whose lease holds.
    ///
    /// # Errors
    /// The database failed.
    pub async fn to(app: &App, on: &impl ConnectionTrait, topic: &str) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Topic.eq(topic)).filter(Column::ExpiresAt.gt(app.clock.now())).all(on).await
    }

    /// The feeds that anybody subscribed to.
    ///
    /// # Errors
    /// The database failed.
    pub async fn topics(app: &App) -> Result<Vec<String>, DbErr> {
        let of = Entity::find().select_only().column(Column::Topic).distinct().filter(Column::ExpiresAt.gt(app.clock.now()));
        of.into_tuple().all(&app.db).await
    }
}
