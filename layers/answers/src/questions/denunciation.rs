//! Denunciations: what accuses somebody, and who wrote it. They lie apart, sealed; only people who were cleared for it see that there are
//! any. No list, search, count, export or ledger knows of them: what is done with one is written down beside it, and read by the cleared
//! alone. The law wants it so (Luật Tố cáo 2018, điều 9, 56: the identity of who denounces is kept secret).

pub mod acting;
pub mod added;
pub mod entry;
pub mod reader;
pub mod receiving;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::original::Content as Sender;
use crate::base::App;
use crate::base::installation_key::InstallationKey;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "denunciation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code_key: String,
    #[sea_orm(unique)]
    pub key: String,
    /// [`Content`] as JSON, encrypted.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
    pub at: DateTimeUtc,
    pub state: State,
    /// What who wrote it reads by their code, encrypted; empty while nothing was said.
    #[sea_orm(column_type = "Text")]
    pub reply: String,
    pub closed_at: Option<DateTimeUtc>,
    /// Made up for the demo province.
    pub demo: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Denunciation = Model;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    New,
    Taken,
    Closed,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("denunciation-state-{}", self.to_value())
    }
}

/// What is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    pub channel: String,
    /// What was written, in its order.
    pub texts: Vec<String>,
    pub sender: Sender,
    /// The channel's account that it came by.
    pub account: Option<Uuid>,
    /// Who wrote it wants no publication, should it turn out to be a question.
    pub in_private: bool,
}

impl Model {
    /// What was written, and by whom.
    ///
    /// # Errors
    /// The installation's key does not open it.
    pub fn content(&self, app: &App) -> anyhow::Result<Content> {
        Ok(serde_json::from_str(&InstallationKey::of(app)?.decrypt(self.id, &self.sealed)?)?)
    }

    /// What they read by their code; empty while nothing was said.
    ///
    /// # Errors
    /// The installation's key does not open it.
    pub fn said(&self, app: &App) -> anyhow::Result<String> {
        if self.reply.is_empty() { Ok(String::new()) } else { InstallationKey::of(app)?.decrypt(self.id, &self.reply) }
    }

    /// The one with that id.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// Where the cleared read it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/denunciations/{id}")
    }
}
