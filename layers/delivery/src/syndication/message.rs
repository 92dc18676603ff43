//! What is said to others, once, whoever it is brought to. Its address is that by which receivers know it again.
//! // recorded by following, as one fact for a message

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::base::digest::sha256;

/// What kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    Create,
    Update,
    Delete,
    /// The province passes on what an agency published.
    Announce,
    /// A follower is welcome.
    Accept,
    /// A feed as it is now.
    Content,
    /// Whether a subscription is wanted.
    Verify,
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("syndication-kind-{}", self.to_value())
    }

    /// Whether an actor says it.
    #[must_use]
    pub const fn is_activity(self) -> bool {
        !matches!(self, Self::Content | Self::Verify)
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_message")]
pub struct Model {
    /// Made of `iri`, so that the same message is the same row however often it is planned.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub iri: String,
    pub kind: Kind,
    /// Who says it.
    pub actor: Option<Uuid>,
    pub article: Option<Uuid>,
    /// The address of the feed; empty for activities.
    #[sea_orm(column_type = "Text")]
    pub topic: String,
    pub media_type: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Message = Model;

/// The id of the message of that address.
#[must_use]
pub fn id_of(iri: &str) -> Uuid {
    let hash = sha256(iri.as_bytes());
    let mut bytes = [0; 16];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hash[at * 2..at * 2 + 2], 16).unwrap_or_default();
    }
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

impl Model {
    /// An activity of an actor.
    #[must_use]
    pub fn activity(kind: Kind, actor: Uuid, article: Option<Uuid>, activity: &serde_json::Value, at: DateTime<Utc>) -> Self {
        let iri = activity["id"].as_str().unwrap_or_default().to_owned();
        Self {
            id: id_of(&iri),
            iri,
            kind,
            actor: Some(actor),
            article,
            topic: String::new(),
            media_type: platforms::activitypub::MEDIA_TYPE.to_owned(),
            body: activity.to_string(),
            at,
        }
    }

    /// Keeps it. False: it was there already.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep(&self, on: &impl ConnectionTrait) -> Result<bool, DbErr> {
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        let kept = Entity::insert(ActiveModel::from(self.clone())).on_conflict(once);
        Ok(kept.exec_without_returning(on).await? > 0)
    }

    /// What has not gone out yet goes out with these words: who gets it late gets it right.
    ///
    /// # Errors
    /// The database failed.
    pub async fn reword(on: &impl ConnectionTrait, activity: &serde_json::Value) -> Result<(), DbErr> {
        let iri = activity["id"].as_str().unwrap_or_default();
        let words = ActiveModel { body: Set(activity.to_string()), ..Default::default() };
        Entity::update_many().set(words).filter(Column::Id.eq(id_of(iri))).exec(on).await.map(|_| ())
    }

    /// The messages about an article, in no order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn about(on: &impl ConnectionTrait, article: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Article.eq(article)).all(on).await
    }
}

#[cfg(test)]
mod unit {
    use super::id_of;

    #[test]
    fn the_same_address_is_the_same_message() {
        assert_eq!(id_of("https://a.example/1"), id_of("https://a.example/1"));
        assert_ne!(id_of("https://a.example/1"), id_of("https://a.example/2"));
    }
}
