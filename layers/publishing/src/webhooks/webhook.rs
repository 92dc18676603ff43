//! An address that is told.

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{Event, address, signature};
use crate::base::fact::Change;
use crate::base::installation_key::InstallationKey;
use crate::base::{App, By, Fact, Who};
use crate::web::{Error, Obstacle, Result};

/// The most addresses of an installation.
const WEBHOOKS_MAX: u64 = 50;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    /// The host of the address: what it is called in lists and in the ledger.
    pub host: String,
    /// [`Event::code`]s with spaces between.
    #[sea_orm(column_type = "Text")]
    pub events: String,
    /// Encrypted with the installation's key.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    /// Is told when a message was given up.
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    pub paused: bool,
    pub removed_at: Option<DateTimeUtc>,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Webhook = Model;

/// An address as it is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Made by the form, the same for every press of the button.
    pub id: Uuid,
    pub address: String,
    pub events: Vec<Event>,
}

impl Model {
    /// The webhook with that id, unless it was removed.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self> {
        Entity::find_by_id(id).filter(Column::RemovedAt.is_null()).one(on).await?.ok_or(Error::NotFound)
    }

    /// All that were not removed, the oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::RemovedAt.is_null()).order_by_asc(Column::Id).all(on).await
    }

    /// Those that are told of an event.
    ///
    /// # Errors
    /// The database failed.
    pub async fn told_of(on: &impl ConnectionTrait, event: Event) -> Result<Vec<Self>, DbErr> {
        let mut all = Self::all(on).await?;
        all.retain(|webhook| !webhook.paused && webhook.events().contains(&event));
        Ok(all)
    }

    /// Who made it, removed or not.
    ///
    /// # Errors
    /// The database failed.
    pub async fn made_by(app: &App, id: Uuid) -> Result<Option<Uuid>, DbErr> {
        Ok(Entity::find_by_id(id).one(&app.db).await?.map(|webhook| webhook.made_by))
    }

    /// What it is told of.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.events.split(' ').filter_map(Event::of_code).collect()
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/webhooks/{id}")
    }

    /// The secret, to sign with.
    ///
    /// # Errors
    /// The installation's key does not open it.
    pub fn opened_secret(&self, app: &App) -> anyhow::Result<String> {
        InstallationKey::of(app)?.decrypt(self.id, &self.secret)
    }

    /// Adds an address and returns the secret it is signed with.
    ///
    /// # Errors
    /// Refused with each obstacle at its field, or the database failed.
    pub async fn add(app: &App, who: &Who, wanted: &Wanted) -> Result<String> {
        let read = address::read(&wanted.address, app.config.webhooks_private);
        let mut obstacles: Vec<Obstacle> = read.as_ref().err().cloned().into_iter().collect();
        obstacles.extend(wanted.events.is_empty().then(|| Obstacle::new("webhook-events-missing").at("events")));
        if Entity::find().filter(Column::RemovedAt.is_null()).count(&app.db).await? >= WEBHOOKS_MAX {
            obstacles.push(Obstacle::new("webhook-too-many").at("address").with("n", WEBHOOKS_MAX));
        }
        let (address, host) = match read {
            Ok(read) if obstacles.is_empty() => read,
            _ => return Err(Error::Refused(obstacles)),
        };
        let secret = signature::secret();
        let row = ActiveModel {
            id: Set(wanted.id),
            address: Set(address),
            host: Set(host.clone()),
            events: Set(codes(&wanted.events).join(" ")),
            secret: Set(InstallationKey::of(app)?.encrypt(wanted.id, &secret)?),
            made_by: Set(who.person),
            made_at: Set(app.clock.now()),
            paused: Set(false),
            removed_at: Set(None),
            version: Set(1),
        };
        let transaction = app.begin().await?;
        let once = sea_orm::sea_query::OnConflict::column(Column::Id).do_nothing().to_owned();
        if Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? == 0 {
            return Err(Error::refused("webhook-is-made"));
        }
        let fact = Fact::WebhookAdded { host, events: codes(&wanted.events) };
        app.record(&transaction, wanted.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(secret)
    }

    /// Changes what it is told of, and whether it is told at all.
    ///
    /// # Errors
    /// Refused when nothing would be left to tell, stale when somebody was quicker, or the database failed.
    pub async fn change(&self, app: &App, who: &Who, events: &[Event], paused: bool, seen: i32) -> Result<()> {
        if events.is_empty() {
            return Err(Error::Refused(vec![Obstacle::new("webhook-events-missing").at("events")]));
        }
        let told = |paused: bool| if paused { "on" } else { "off" };
        let events = codes(events);
        let changes: Vec<Change> = [
            Change::of("events", &self.events.replace(' ', ", "), &events.join(", ")),
            Change::of("paused", told(self.paused), told(paused)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if changes.is_empty() {
            return Ok(());
        }
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Events, Expr::value(events.join(" ")))
            .col_expr(Column::Paused, Expr::value(paused))
            .col_expr(Column::Version, Expr::value(self.version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(seen))
            .filter(Column::RemovedAt.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::WebhookChanged { host: self.host.clone(), changes };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Removes it; its secret is wiped and nothing more is sent.
    ///
    /// # Errors
    /// Stale when somebody was quicker, or the database failed.
    pub async fn remove(&self, app: &App, who: &Who) -> Result<()> {
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::RemovedAt, Expr::value(app.clock.now()))
            .col_expr(Column::Secret, Expr::value(""))
            .filter(Column::Id.eq(self.id))
            .filter(Column::RemovedAt.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        super::delivery::withdraw(app, &transaction, self.id).await?;
        app.record(&transaction, self.id, Fact::WebhookRemoved { host: self.host.clone() }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

fn codes(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| event.code().to_owned()).collect()
}
