//! A feed: the secret address at which a person's calendar program asks for the last days of their agency. Only the hash
//! of the token is kept; it holds while the person works at that agency and may come in.

use sea_orm::SqlErr;
use sea_orm::entity::prelude::*;

use crate::base::{App, By, Fact, Who, new_id};
use crate::people::person;
use crate::people::session::{hash, token};
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "duty_feed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// One a person: a new one takes the place of the old.
    #[sea_orm(unique)]
    pub person: Uuid,
    pub agency: Uuid,
    /// SHA-256 of the token in the address.
    #[sea_orm(unique)]
    pub token_hash: String,
    pub made_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Feed = Model;

impl Model {
    /// The person's feed of the agency at which they work.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, who: &Who) -> Result<Option<Self>, DbErr> {
        let Some(agency) = who.agency else { return Ok(None) };
        Entity::find().filter(Column::Person.eq(who.person)).filter(Column::Agency.eq(agency)).one(on).await
    }

    /// Makes a new address and ends the old one. The answer is the only moment at which it is known.
    ///
    /// # Errors
    /// Refused without an agency; stale when the same person just made one; or the database failed.
    pub async fn make(app: &App, who: &Who) -> Result<String, Error> {
        let Some(agency) = who.agency else { return Err(Error::refused("duties-without-agency")) };
        let token = token();
        let row = Self { id: new_id(), person: who.person, agency, token_hash: hash(&token), made_at: app.clock.now() };
        let transaction = app.begin().await?;
        Entity::delete_many().filter(Column::Person.eq(who.person)).exec(&transaction).await?;
        if let Err(error) = Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await {
            return Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                _ => error.into(),
            });
        }
        app.record(&transaction, agency, Fact::CalendarFeedMade, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(format!("{}/lich/{token}.ics", app.config.public_url()))
    }

    /// Ends the person's address.
    ///
    /// # Errors
    /// Stale when there is none any more; or the database failed.
    pub async fn revoke(app: &App, who: &Who) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let Some(feed) = Entity::find().filter(Column::Person.eq(who.person)).one(&transaction).await? else {
            return Err(Error::Stale);
        };
        let gone = Entity::delete_by_id(feed.id).exec(&transaction).await?;
        if gone.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, feed.agency, Fact::CalendarFeedRevoked, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// The agency whose last days are at that address.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the address is wrong, was ended, or its person left or may not come in; or the database
    /// failed.
    pub async fn at(on: &impl ConnectionTrait, token: &str) -> Result<Uuid, Error> {
        let feed = Entity::find().filter(Column::TokenHash.eq(hash(token))).one(on).await?.ok_or(Error::NotFound)?;
        let person = person::Entity::find_by_id(feed.person).one(on).await?;
        let holds = person.is_some_and(|person| person.disabled_at.is_none() && person.agency == Some(feed.agency));
        if holds { Ok(feed.agency) } else { Err(Error::NotFound) }
    }
}
