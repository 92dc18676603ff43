//! A fact as the ledger keeps it, and writing one.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};
use serde::Deserialize;

use super::{By, Fact};
use crate::base::{App, new_id, reaction};

/// A row of the ledger.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    /// The [`Fact`] as JSON text: kept byte for byte, since it is sealed.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub about: Uuid,
    pub person: Option<Uuid>,
    pub agency: Option<Uuid>,
    pub at: DateTimeUtc,
    #[sea_orm(column_type = "Text", nullable)]
    pub why: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The fact itself; None when an older version of the product wrote a kind that is no more.
    #[must_use]
    pub fn fact(&self) -> Option<Fact> {
        serde_json::from_str(&self.body).ok()
    }

    /// Whether a fact of that kind about something was recorded since a moment.
    ///
    /// # Errors
    /// The database failed.
    pub async fn is_there(on: &impl ConnectionTrait, about: Uuid, kind: &str, since: DateTimeUtc) -> Result<bool, DbErr> {
        let same = Entity::find().filter(Column::About.eq(about)).filter(Column::Kind.eq(kind)).filter(Column::At.gte(since));
        Ok(same.one(on).await?.is_some())
    }

    /// What happened to one thing, newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn history(on: &impl ConnectionTrait, about: Uuid, most: u64) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::About.eq(about)).order_by_desc(Column::Id).limit(most).all(on).await
    }
}

impl App {
    /// Writes a fact about the thing with id `about`, and that it wants an answer, inside the caller's transaction.
    ///
    /// # Errors
    /// The database failed; the caller's transaction must not be committed.
    pub async fn record(&self, on: &impl ConnectionTrait, about: Uuid, fact: Fact, by: &By) -> Result<Uuid, DbErr> {
        let id = new_id();
        let now: DateTime<Utc> = self.clock.now();
        let body = serde_json::to_string(&fact).map_err(|error| DbErr::Json(error.to_string()))?;
        let row = ActiveModel {
            id: Set(id),
            kind: Set(kind_of(&body)),
            body: Set(body),
            about: Set(about),
            person: Set(by.person),
            agency: Set(by.agency),
            at: Set(now),
            why: Set(by.why.clone()),
        };
        Entity::insert(row).exec_without_returning(on).await?;
        reaction::expect(on, id, now).await?;
        Ok(id)
    }
}

/// The `kind` that serde wrote into the body.
fn kind_of(body: &str) -> String {
    #[derive(Deserialize)]
    struct Kind {
        kind: String,
    }
    serde_json::from_str::<Kind>(body).map(|kind| kind.kind).unwrap_or_default()
}
