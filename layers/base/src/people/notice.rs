//! What an agency, or one person, is told in the workspace. Made by reactions; a fact tells each of them once.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};

use crate::base::{App, fact, new_id};
use crate::web::Locale;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub fact: Uuid,
    /// An agency, or a person.
    pub recipient: Uuid,
    /// Fluent key of the text.
    pub key: String,
    /// What the text is about, as it was called then; None in those made before notices had names.
    pub name: Option<String>,
    pub href: String,
    pub at: DateTimeUtc,
    /// When a letter took it along.
    pub mailed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Notice = Model;

/// What is said: the Fluent key, what it is about, and where to go.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    pub key: &'a str,
    pub name: &'a str,
    pub href: &'a str,
}

impl Model {
    /// Tells an agency or a person of a fact; the second time does nothing.
    ///
    /// # Errors
    /// The database failed.
    pub async fn tell(app: &App, of: &fact::Model, recipient: Uuid, words: Words<'_>) -> Result<(), DbErr> {
        let notice = ActiveModel {
            id: Set(new_id()),
            fact: Set(of.id),
            recipient: Set(recipient),
            key: Set(words.key.into()),
            name: Set(Some(words.name.into())),
            href: Set(words.href.into()),
            at: Set(of.at),
            mailed_at: Set(None),
        };
        let once = OnConflict::columns([Column::Fact, Column::Recipient]).do_nothing().to_owned();
        Entity::insert(notice).on_conflict(once).exec_without_returning(&app.db).await.map(|_| ())
    }

    /// The latest notices to any of these agencies and persons.
    ///
    /// # Errors
    /// The database failed.
    pub async fn latest(on: &impl ConnectionTrait, recipients: &[Uuid], most: u64) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Recipient.is_in(recipients.to_vec())).order_by_desc(Column::At).limit(most).all(on).await
    }

    /// What no letter took along since then, earliest first, without those of that key.
    ///
    /// # Errors
    /// The database failed.
    pub async fn not_mailed(on: &impl ConnectionTrait, since: DateTimeUtc, without: &str) -> Result<Vec<Self>, DbErr> {
        let waiting = Entity::find().filter(Column::MailedAt.is_null()).filter(Column::At.gte(since));
        waiting.filter(Column::Key.ne(without)).order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }

    /// A letter takes these along, in its transaction. False when another node's letter did. // recorded by Mail::plan
    ///
    /// # Errors
    /// The database failed.
    pub async fn mail(app: &App, on: &impl ConnectionTrait, notices: &[Self]) -> Result<bool, DbErr> {
        let taken = Entity::update_many()
            .col_expr(Column::MailedAt, Expr::value(app.clock.now()))
            .filter(Column::Id.is_in(notices.iter().map(|notice| notice.id)))
            .filter(Column::MailedAt.is_null())
            .exec(on)
            .await?;
        Ok(taken.rows_affected == notices.len() as u64)
    }

    /// The text.
    #[must_use]
    pub fn text(&self, l: Locale) -> String {
        match &self.name {
            Some(name) => l.t1(&self.key, "name", name),
            None => l.t(&format!("{}-unnamed", self.key)),
        }
    }
}
