//! Public addresses: one that is used now, and those of earlier names, which lead on to it.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{Agency, Kind};
use crate::web::Error;

/// An address that was left behind. // recorded by renaming
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_old_slug")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    pub agency: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// What is at an address.
pub enum At {
    Here(Agency),
    /// The agency has moved to another address.
    Moved(Agency),
}

/// The agency that has, or had, that address.
///
/// # Errors
/// [`Error::NotFound`], or the database failed.
pub async fn at(on: &impl ConnectionTrait, slug: &str) -> Result<At, Error> {
    match Agency::find_by_slug(on, slug).await {
        Err(Error::NotFound) => {
            let left = Entity::find_by_id(slug).one(on).await?.ok_or(Error::NotFound)?;
            Ok(At::Moved(Agency::find(on, left.agency).await?))
        }
        found => Ok(At::Here(found?)),
    }
}

/// An address for that name that nobody has or had, except `own`.
///
/// # Errors
/// The database failed.
pub async fn fresh(
    on: &impl ConnectionTrait,
    kind: Kind,
    name: &str,
    short_name: &str,
    own: Option<Uuid>,
) -> Result<String, DbErr> {
    let base = vietnamese::slug(if kind.is_local() { short_name } else { name }).unwrap_or_else(|| "co-quan".into());
    for number in 1.. {
        let slug = if number == 1 { base.clone() } else { format!("{base}-{number}") };
        let used = super::Entity::find().filter(super::Column::Slug.eq(&slug)).one(on).await?.map(|agency| agency.id);
        let left = Entity::find_by_id(&slug).one(on).await?.map(|left| left.agency);
        if [used, left].into_iter().flatten().all(|agency| Some(agency) == own) {
            return Ok(slug);
        }
    }
    Ok(base)
}

/// Keeps an address that was left, so that it leads on; takes the new one off the list of those left.
///
/// # Errors
/// The database failed.
pub async fn leave(on: &impl ConnectionTrait, agency: Uuid, old: &str, new: &str) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Slug.eq(new)).exec(on).await?;
    let left = ActiveModel { slug: Set(old.into()), agency: Set(agency) };
    let once = OnConflict::column(Column::Slug).do_nothing().to_owned();
    Entity::insert(left).on_conflict(once).exec_without_returning(on).await.map(|_| ())
}
