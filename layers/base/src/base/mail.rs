//! Mail that goes out: a row per letter, sent by a chore.
//!
//! ```text
//!   planned ──► sending ──► sent
//!      ▲           ├──► failed    refused for good, too old, or replaced by a newer letter
//!      │           └──► unknown   the body had gone when the line broke: nobody knows, so it is not sent again
//!      └──later────┘              not reached, or asked to wait: 1, 2, 4 … minutes, at most an hour
//! ```
//!
//! A body may hold a one-time link. It is kept encrypted with the installation's key, bound to its row, and
//! is wiped as soon as the letter is settled.

pub mod delivery;
pub mod letter;
pub mod relay;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Select};

use super::installation_key::InstallationKey;
use super::{App, By, Fact, new_id};

/// Where a letter is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Planned,
    Sending,
    Sent,
    Failed,
    Unknown,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("mail-state-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whom or what it is about; its facts are recorded there.
    pub about: Uuid,
    /// What it is for, e.g. `invitation`; a newer letter about the same replaces one that has not gone.
    pub topic: String,
    pub recipient: String,
    pub name: String,
    pub subject: String,
    /// Encrypted; empty once the letter is settled.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub state: State,
    pub attempts: i32,
    pub run_at: DateTimeUtc,
    pub leased_until: Option<DateTimeUtc>,
    /// Nobody needs it after that.
    pub expires_at: DateTimeUtc,
    /// How the last attempt ended, in the relay's words.
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
    pub planned_at: DateTimeUtc,
    pub settled_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Mail = Model;

/// A letter as it is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub about: Uuid,
    pub topic: &'static str,
    pub recipient: String,
    pub name: String,
    pub subject: String,
    pub text: String,
    pub expires_at: DateTimeUtc,
}

impl Model {
    /// Plans a letter, in the caller's transaction. Returns false when this installation sends no mail.
    ///
    /// # Errors
    /// The installation's key can not be read, or the database failed.
    pub async fn plan(app: &App, on: &impl ConnectionTrait, wanted: Wanted, by: &By) -> anyhow::Result<bool> {
        if app.config.smtp.is_none() {
            return Ok(false);
        }
        let (id, now) = (new_id(), app.clock.now());
        for mail in Self::waiting(wanted.about).filter(Column::Topic.eq(wanted.topic)).all(on).await? {
            mail.settle(app, on, State::Planned, State::Failed, "replaced", by).await?;
        }
        let fact = Fact::MailPlanned { topic: wanted.topic.into(), to: named(wanted.topic, &wanted.recipient) };
        let row = ActiveModel {
            id: Set(id),
            about: Set(wanted.about),
            topic: Set(wanted.topic.into()),
            recipient: Set(wanted.recipient),
            name: Set(wanted.name),
            subject: Set(wanted.subject),
            body: Set(InstallationKey::of(app)?.encrypt(id, &wanted.text)?),
            state: Set(State::Planned),
            attempts: Set(0),
            run_at: Set(now),
            leased_until: Set(None),
            expires_at: Set(wanted.expires_at),
            error: Set(None),
            planned_at: Set(now),
            settled_at: Set(None),
        };
        Entity::insert(row).exec_without_returning(on).await?;
        app.record(on, wanted.about, fact, by).await?;
        Ok(true)
    }

    fn waiting(about: Uuid) -> Select<Entity> {
        Entity::find().filter(Column::About.eq(about)).filter(Column::State.eq(State::Planned))
    }

    /// Whether such a letter about that has not gone yet.
    ///
    /// # Errors
    /// The database failed.
    pub async fn is_waiting(on: &impl ConnectionTrait, about: Uuid, topic: &str) -> Result<bool, DbErr> {
        Ok(Self::waiting(about).filter(Column::Topic.eq(topic)).one(on).await?.is_some())
    }

    /// Letters about the same that have not gone will not go any more.
    ///
    /// # Errors
    /// The database failed.
    pub async fn withdraw(app: &App, on: &impl ConnectionTrait, about: Uuid, cause: &str, by: &By) -> Result<(), DbErr> {
        for mail in Self::waiting(about).all(on).await? {
            mail.settle(app, on, State::Planned, State::Failed, cause, by).await?;
        }
        Ok(())
    }

    /// Forgets who the letters about that were for: they asked to be erased. One that waits does not go. // recorded by the caller's verb
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget(on: &impl ConnectionTrait, about: Uuid) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::About.eq(about)).filter(Column::State.ne(State::Sending)).exec(on).await.map(|_| ())
    }

    /// The latest letter about that.
    ///
    /// # Errors
    /// The database failed.
    pub async fn latest(on: &impl ConnectionTrait, about: Uuid) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::About.eq(about)).order_by_desc(Column::PlannedAt).limit(1).one(on).await
    }

    /// Ends the way of a letter that is in state `from`: its body is wiped, a fact says how it ended.
    /// Returns false when it is not in that state any more.
    async fn settle(
        &self,
        app: &App,
        on: &impl ConnectionTrait,
        from: State,
        to: State,
        cause: &str,
        by: &By,
    ) -> Result<bool, DbErr> {
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(to))
            .col_expr(Column::Body, Expr::value(""))
            .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::Error, Expr::value(Some(cause).filter(|cause| !cause.is_empty())))
            .col_expr(Column::SettledAt, Expr::value(app.clock.now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(from))
            .exec(on)
            .await?;
        if done.rows_affected == 0 {
            return Ok(false);
        }
        let (topic, recipient) = (self.topic.clone(), named(&self.topic, &self.recipient));
        let fact = match to {
            State::Sent => Fact::MailSent { topic, to: recipient },
            State::Unknown => Fact::MailUnknown { topic, to: recipient },
            _ => Fact::MailFailed { topic, to: recipient, cause: cause.into() },
        };
        app.record(on, self.about, fact, by).await?;
        Ok(true)
    }
}

/// The recipient as facts name them. Facts stay for ever: who only reads a newsletter, or asked something, is not named in them.
fn named(topic: &str, recipient: &str) -> String {
    if !topic.starts_with("newsletter-") && !topic.starts_with("question-") {
        return recipient.to_owned();
    }
    recipient.rsplit_once('@').map_or_else(|| "…".to_owned(), |(_, host)| format!("…@{host}"))
}
