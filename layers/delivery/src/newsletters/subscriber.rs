//! Who gets a newsletter: an address, what was agreed to and when, and how it went since.

pub mod exporting;
pub mod importing;
pub mod joining;
pub mod leaving;

use sea_orm::entity::prelude::*;

use super::token::{self, Purpose};
use crate::base::App;
use crate::base::installation_key::InstallationKey;
use crate::web::Error;

/// Where a subscription stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum State {
    /// Asked for, and not confirmed from the mailbox yet.
    Pending,
    Active,
    /// They ended it.
    Left,
    /// The mailbox is not there, or refused too often.
    Bounced,
    /// They told their provider that it is unwanted.
    Complained,
    /// Their data is gone; the row stands for what was sent.
    Erased,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("subscriber-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Pending => "waiting",
            Self::Active => "on-time",
            Self::Left | Self::Erased => "superseded",
            Self::Bounced | Self::Complained => "returned",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter_subscriber")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub newsletter: Uuid,
    /// [`token::address_key`]
    pub address_key: String,
    /// Empty once erased.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub state: State,
    /// `page`, or `import`.
    pub origin: String,
    pub asked_at: DateTimeUtc,
    pub confirmed_at: Option<DateTimeUtc>,
    pub left_at: Option<DateTimeUtc>,
    /// `one-click`, `page`, `choice`, `bounce`, `complaint`, `erased`; empty while they are in.
    pub left_how: String,
    /// Failures for now since a letter last arrived.
    pub soft_bounces: i32,
    pub soft_at: Option<DateTimeUtc>,
    /// Which purpose they agreed to.
    pub text_version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Subscriber = Model;

impl Model {
    /// Whose link that is.
    ///
    /// # Errors
    /// [`Error::NotFound`] when we did not make the link or they are gone; or the key or the database failed.
    pub async fn of_link(app: &App, purpose: Purpose, link: &str) -> Result<Self, Error> {
        let id = token::read(&InstallationKey::of(app)?, purpose, link).ok_or(Error::NotFound)?;
        let found = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if found.state == State::Erased { Err(Error::NotFound) } else { Ok(found) }
    }

    /// All subscriptions of the same mailbox.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_same_mailbox(&self, on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::AddressKey.eq(&self.address_key)).all(on).await
    }

    /// The address as it may be shown to who holds its link: `n…@example.vn`.
    #[must_use]
    pub fn veiled(&self) -> String {
        veiled(&self.address)
    }
}

/// The first letter and the host.
#[must_use]
pub fn veiled(address: &str) -> String {
    let (local, host) = address.rsplit_once('@').unwrap_or((address, ""));
    format!("{}…@{host}", local.chars().next().unwrap_or('…'))
}
