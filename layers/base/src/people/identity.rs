//! Who a person is at a sign-on provider: its name for them, linked once and found again by that alone.

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::Person;
use crate::base::{App, Fact, new_id};
use crate::web::{Error, Result};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person: Uuid,
    /// [`crate::base::config::OidcProvider::id`]
    pub provider: String,
    /// The provider's `sub`: the one claim that is never given to another (OpenID Connect Core, section 5.7).
    pub subject: String,
    pub linked_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Identity = Model;

impl Model {
    /// Who is linked with that name at the provider.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find(on: &impl ConnectionTrait, provider: &str, subject: &str) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::Provider.eq(provider)).filter(Column::Subject.eq(subject)).one(on).await
    }

    /// All links of a person.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Person.eq(person)).order_by_asc(Column::LinkedAt).all(on).await
    }

    /// Links a person; does nothing when that is so already.
    ///
    /// # Errors
    /// [`Error::Refused`] when the name is linked with somebody else, or the database failed.
    pub async fn link(app: &App, person: &Person, provider: &str, subject: &str) -> Result<()> {
        let transaction = app.begin().await?;
        if let Some(known) = Self::find(&transaction, provider, subject).await? {
            return if known.person == person.id { Ok(()) } else { Err(Error::refused("sign-on-linked-with-another")) };
        }
        let row = ActiveModel {
            id: Set(new_id()),
            person: Set(person.id),
            provider: Set(provider.into()),
            subject: Set(subject.into()),
            linked_at: Set(app.clock.now()),
        };
        Entity::insert(row).exec_without_returning(&transaction).await?;
        app.record(&transaction, person.id, Fact::SignOnLinked { provider: provider.into() }, &person.themselves()).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes one of the person's own links away.
    ///
    /// # Errors
    /// [`Error::Hidden`] when it is another's, [`Error::NotFound`], or the database failed.
    pub async fn unlink(app: &App, person: &Person, id: Uuid) -> Result<()> {
        let found = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if found.person != person.id {
            return Err(Error::Hidden(found.person));
        }
        let transaction = app.begin().await?;
        Entity::delete_by_id(id).exec(&transaction).await?;
        let fact = Fact::SignOnUnlinked { provider: found.provider };
        app.record(&transaction, person.id, fact, &person.themselves()).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
