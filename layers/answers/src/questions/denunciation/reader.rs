//! Who is cleared for denunciations: people by name, named by a system administrator, who can not name themselves.

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::base::{App, By, Fact, Who};
use crate::people::Person;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "denunciation_reader")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Uuid,
    pub named_by: Uuid,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Whether the person is cleared.
///
/// # Errors
/// The database failed.
pub async fn is_cleared(app: &App, who: &Who) -> Result<bool, Error> {
    Ok(Entity::find_by_id(who.person).one(&app.db).await?.is_some())
}

/// Everybody who is, by when they were named.
///
/// # Errors
/// The database failed.
pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::At).all(on).await
}

/// Clears a person.
///
/// # Errors
/// Refused to name oneself; or the database failed.
pub async fn name(app: &App, who: &Who, person: &Person) -> Result<(), Error> {
    if person.id == who.person {
        return Err(Error::refused("denunciation-reader-oneself"));
    }
    let row = ActiveModel { person: Set(person.id), named_by: Set(who.person), at: Set(app.clock.now()) };
    let once = OnConflict::column(Column::Person).do_nothing().to_owned();
    let transaction = app.begin().await?;
    if Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? > 0 {
        app.record(&transaction, person.id, Fact::ProtectedReaderNamed, &By::from(who)).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}

/// Takes the clearance back.
///
/// # Errors
/// Not found, or the database failed.
pub async fn remove(app: &App, who: &Who, person: Uuid) -> Result<(), Error> {
    let transaction = app.begin().await?;
    if Entity::delete_by_id(person).exec(&transaction).await?.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    app.record(&transaction, person, Fact::ProtectedReaderRemoved, &By::from(who)).await?;
    app.commit(transaction).await?;
    Ok(())
}
