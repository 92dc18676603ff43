//! An account on a platform: what an agency publishes with. Its secrets are sealed; its row is also the lock under which the
//! platform is spoken to, so that an account does one thing at a time, whatever the number of nodes.

pub mod asking;
pub mod bucket;
pub mod checking;
pub mod keeping;
pub mod oauth;
pub mod renewing;
pub mod stopping;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, QueryOrder};

use super::platform::Platform;
use super::rights;
use crate::base::installation_key::InstallationKey;
use crate::base::{App, Who};
use crate::web::Error;

/// Names and values of a form: settings, or secrets.
pub type Values = BTreeMap<String, String>;

/// Whether messages go out by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Active,
    /// A person stopped it for a while.
    Paused,
    /// The platform lets it in no more: its token is over, or it is blocked. What waits for it is held.
    Dead,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("channel-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Active => "on-time",
            Self::Paused => "draft",
            Self::Dead => "late",
        }
    }
}

/// What becomes of a message whose time was missed, because nothing ran or the account was stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(5))", rename_all = "snake_case")]
pub enum Missed {
    /// It is held until a person says.
    #[default]
    Ask,
    /// It goes out late.
    Send,
    /// It does not go out.
    Drop,
}

impl Missed {
    /// The word in forms.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// Reads what [`Missed::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::iter().find(|one| one.code() == code)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("channel-missed-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    /// [`Platform::code`]
    pub platform: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// What is no secret, as JSON: [`Values`].
    #[sea_orm(column_type = "Text")]
    pub settings: String,
    /// [`Values`] as JSON, encrypted with the installation's key.
    #[sea_orm(column_type = "Text")]
    pub secrets: String,
    pub state: State,
    /// Why it is not active: the platform's words, or a person's.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    /// Since when it is in that state.
    pub since: DateTimeUtc,
    pub missed: Missed,
    /// So late is missed.
    pub missed_after_min: i32,
    /// How many calls that publish a minute, and how many at once after a rest.
    pub per_minute: i32,
    pub burst: i32,
    /// What is left in the bucket, in thousandths of a call, as of `refilled_at`. See [`bucket`].
    pub tokens_milli: i64,
    pub refilled_at: DateTimeUtc,
    /// Somebody speaks to the platform with it until then, at most.
    pub busy_until: Option<DateTimeUtc>,
    /// When it last published something.
    pub succeeded_at: Option<DateTimeUtc>,
    /// When the platform was last asked whether it lets the account in. See [`asking`].
    pub asked_at: Option<DateTimeUtc>,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Account = Model;

impl Model {
    /// The account, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let account = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if rights::sees(who, account.agency) { Ok(account) } else { Err(Error::Hidden(id)) }
    }

    /// The accounts of these agencies, of all when there is no list, by platform and name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Option<Uuid>) -> Result<Vec<Self>, DbErr> {
        let mut accounts = Entity::find();
        if let Some(agency) = agency {
            accounts = accounts.filter(Column::Agency.eq(agency));
        }
        accounts.order_by_asc(Column::Platform).order_by_asc(Column::Name).order_by_asc(Column::Id).all(on).await
    }

    /// The platform; None where it ships no more.
    #[must_use]
    pub fn platform(&self) -> Option<&'static Platform> {
        Platform::of_code(&self.platform)
    }

    /// Its name with the platform's.
    #[must_use]
    pub fn label(&self) -> String {
        self.platform().map_or_else(|| self.name.clone(), |platform| format!("{} · {}", platform.brand, self.name))
    }

    /// What is no secret.
    #[must_use]
    pub fn settings(&self) -> Values {
        serde_json::from_str(&self.settings).unwrap_or_default()
    }

    /// The secrets, to speak with.
    ///
    /// # Errors
    /// The installation's key does not open them.
    pub fn secrets(&self, app: &App) -> anyhow::Result<Values> {
        Ok(serde_json::from_str(&InstallationKey::of(app)?.decrypt(self.id, &self.secrets)?)?)
    }

    /// How late is missed.
    #[must_use]
    pub fn missed_after(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.missed_after_min))
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/channels/accounts/{id}")
    }
}

/// The secrets of an account as they are kept.
///
/// # Errors
/// The installation's key can not be read.
pub fn sealed(app: &App, id: Uuid, secrets: &Values) -> anyhow::Result<String> {
    InstallationKey::of(app)?.encrypt(id, &serde_json::to_string(secrets)?)
}
