//! A browser that asked for notices: its address with its push service and its keys, encrypted at rest. No name, no account; whoever has
//! the address is the browser, for nobody else was ever told it.

use std::collections::HashSet;

use chrono::TimeDelta;
use platforms::webpush::{self, BadSubscription};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use serde::{Deserialize, Serialize};

use super::endpoint;
use super::interest::{self, Chosen, INTERESTS_MAX};
use crate::base::digest::sha256;
use crate::base::installation_key::InstallationKey;
use crate::base::{App, By, Fact, new_id};
use crate::news::article::Language;
use crate::web::Error;

/// New subscriptions an hour from one address: a school may stand behind it.
const PER_ADDRESS_MAX: u64 = 40;
/// New subscriptions an hour altogether: more are no people.
const PER_HOUR_MAX: u64 = 5_000;
const HOUR_S: u64 = 3_600;
const DAY_S: u64 = 86_400;
/// How often one subscription may be changed, stopped and asked for again: at first, and more with each day that it lasts.
const CHANGES_FIRST: i32 = 40;
const CHANGES_A_DAY: i32 = 10;
/// What a browser hands in is shorter.
const JSON_BYTES_MAX: usize = 4_096;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "push_subscription")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the address: a browser is one row.
    #[sea_orm(unique)]
    pub hash: String,
    /// Encrypted; empty once it is over.
    #[sea_orm(column_type = "Text")]
    pub endpoint: String,
    pub host: String,
    /// [`Kept`] as JSON, encrypted; empty once it is over.
    #[sea_orm(column_type = "Text")]
    pub keys: String,
    pub language: Language,
    pub state: State,
    /// Which network asked, hashed with the day: to count, and to know nothing by.
    pub asked_from: String,
    pub made_at: DateTimeUtc,
    /// When its service last took a notice.
    pub reached_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Subscription = Model;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Active,
    /// The person stopped it here.
    Ended,
    /// Its service says that it is over.
    Gone,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    p256dh: String,
    auth: String,
}

#[derive(Deserialize)]
struct Handed {
    endpoint: String,
    keys: Kept,
}

/// The hash by which a browser's row is found.
#[must_use]
pub fn hash_of(address: &str) -> String {
    sha256(address.as_bytes())
}

impl Model {
    /// The browser with that address, while it is subscribed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn at(on: &impl ConnectionTrait, address: &str) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::Hash.eq(hash_of(address))).filter(Column::State.eq(State::Active)).one(on).await
    }

    /// Takes a browser in, or changes what it asked for. `json`: `PushSubscription.toJSON()`; `from`: the network that asks.
    ///
    /// # Errors
    /// Refused when it is no subscription of a known service or nothing was chosen; too many from there; or the database failed.
    pub async fn take(app: &App, json: &str, chosen: &[Chosen], (language, from): (Language, &str)) -> Result<(), Error> {
        let (handed, host) = read(app, json)?;
        if chosen.is_empty() || chosen.len() > INTERESTS_MAX {
            return Err(Error::refused("push-needs-interest"));
        }
        let hash = hash_of(&handed.endpoint);
        let before = Entity::find().filter(Column::Hash.eq(&hash)).one(&app.db).await?;
        let id = before.as_ref().map_or_else(new_id, |row| row.id);
        let key = InstallationKey::of(app)?;
        let day = app.clock.now().date_naive();
        let asked_from = sha256(&key.derive("push-asked-from", &format!("{from} {day}")))[..32].to_owned();
        let kept = serde_json::to_string(&handed.keys)?;
        match &before {
            None => within_limits(app, &asked_from).await?,
            Some(row) => {
                if row.is_same(app, &kept, chosen, language).await? {
                    return Ok(());
                }
                row.may_change(app)?;
            }
        }
        let row = Self {
            id,
            hash,
            endpoint: key.encrypt(id, &handed.endpoint)?,
            keys: key.encrypt(id, &kept)?,
            host: host.clone(),
            language,
            state: State::Active,
            asked_from,
            made_at: before.as_ref().map_or_else(|| app.clock.now(), |row| row.made_at),
            reached_at: before.as_ref().and_then(|row| row.reached_at),
            ended_at: None,
            version: before.as_ref().map_or(1, |row| row.version + 1),
        };
        let transaction = app.begin().await?;
        let fresh = before.as_ref().is_none_or(|row| row.state != State::Active);
        keep(&transaction, row, before.map(|row| row.version)).await?;
        interest::set(&transaction, id, chosen).await?;
        let topics = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
        let fact = if fresh { Fact::PushSubscribed { host, topics } } else { Fact::PushInterestsChanged { topics } };
        app.record(&transaction, id, fact, &By::system()).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Whether nothing of it would be another.
    async fn is_same(&self, app: &App, kept: &str, chosen: &[Chosen], language: Language) -> Result<bool, Error> {
        if self.state != State::Active || self.language != language {
            return Ok(false);
        }
        let keys = InstallationKey::of(app)?.decrypt(self.id, &self.keys);
        let before: HashSet<Chosen> = interest::of(&app.db, self.id).await?.into_iter().collect();
        let wanted: HashSet<Chosen> = chosen.iter().copied().collect();
        Ok(keys.is_ok_and(|keys| keys == kept) && before == wanted)
    }

    /// Each change stands in the ledger, which forgets nothing: whoever changes their mind without end is a program.
    fn may_change(&self, app: &App) -> Result<(), Error> {
        let days = i32::try_from(Ord::max((app.clock.now() - self.made_at).num_days(), 0)).unwrap_or(i32::MAX);
        let most = CHANGES_FIRST.saturating_add(days.saturating_mul(CHANGES_A_DAY));
        if self.version > most { Err(Error::TooMany(DAY_S)) } else { Ok(()) }
    }

    /// Stops it: its address and keys are forgotten, what waits for it does not go. Twice is as good as once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end(app: &App, address: &str) -> Result<(), Error> {
        let Some(row) = Self::at(&app.db, address).await? else { return Ok(()) };
        row.over(app, State::Ended).await
    }

    /// It is over.
    ///
    /// # Errors
    /// The database failed.
    pub async fn over(self, app: &App, state: State) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::Endpoint, Expr::value(""))
            .col_expr(Column::Keys, Expr::value(""))
            .col_expr(Column::EndedAt, Expr::value(app.clock.now()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Active))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Ok(()); // somebody was quicker
        }
        interest::set(&transaction, self.id, &[]).await?;
        super::order::delivery::stop_for(&transaction, self.id, app.clock.now()).await?;
        let fact = Fact::PushEnded { host: self.host, gone: state == State::Gone };
        app.record(&transaction, self.id, fact, &By::system()).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// As the push service is told of it.
    ///
    /// # Errors
    /// The installation's key does not open it, or it is over.
    pub fn opened(&self, key: &InstallationKey) -> anyhow::Result<webpush::Subscription> {
        let endpoint = key.decrypt(self.id, &self.endpoint)?;
        let kept: Kept = serde_json::from_str(&key.decrypt(self.id, &self.keys)?)?;
        Ok(webpush::Subscription::new(&endpoint, &kept.p256dh, &kept.auth)?)
    }

    /// How many browsers are subscribed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn active(on: &impl ConnectionTrait) -> Result<u64, DbErr> {
        Entity::find().filter(Column::State.eq(State::Active)).count(on).await
    }
}

fn read(app: &App, json: &str) -> Result<(Handed, String), Error> {
    let broken = || Error::refused("push-subscription-broken");
    if json.len() > JSON_BYTES_MAX {
        return Err(broken());
    }
    webpush::Subscription::from_json(json).map_err(|why| match why {
        BadSubscription::Endpoint => Error::refused("push-service-unknown"),
        _ => broken(),
    })?;
    let handed: Handed = serde_json::from_str(json).map_err(|_| broken())?;
    let host = endpoint::host(&handed.endpoint, app.config.channels_private);
    host.map(|host| (handed, host)).ok_or_else(|| Error::refused("push-service-unknown"))
}

async fn within_limits(app: &App, asked_from: &str) -> Result<(), Error> {
    let hour = app.clock.now() - TimeDelta::hours(1);
    let lately = || Entity::find().filter(Column::MadeAt.gte(hour));
    let same = lately().filter(Column::AskedFrom.eq(asked_from)).count(&app.db).await?;
    if same >= PER_ADDRESS_MAX || lately().count(&app.db).await? >= PER_HOUR_MAX {
        return Err(Error::TooMany(HOUR_S));
    }
    Ok(())
}

async fn keep(on: &impl ConnectionTrait, row: Subscription, seen: Option<i32>) -> Result<(), Error> {
    let Some(seen) = seen else {
        return match Entity::insert(ActiveModel::from(row)).exec_without_returning(on).await {
            Ok(_) => Ok(()),
            // Pressed twice: the other press has it.
            Err(error) if matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))) => Err(Error::Stale),
            Err(error) => Err(error.into()),
        };
    };
    let id = row.id;
    let row = ActiveModel { id: Set(id), ..ActiveModel::from(row).reset_all() };
    let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
    if same.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
}
