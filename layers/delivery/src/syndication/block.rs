//! A host that an actor wants nothing to do with: who follows from there is let go, nothing is brought there, nobody of it is
//! welcome.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::actor::Actor;
use super::{delivery, follower, rights};
use crate::base::{App, By, Fact, Who, new_id};
use crate::channels::suggesting::tidy_line;
use crate::web::{Error, Obstacle};

const WHY_LETTERS_MAX: usize = 500;
const BLOCKS_MAX: u64 = 5_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_block")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub actor: Uuid,
    pub host: String,
    #[sea_orm(column_type = "Text")]
    pub why: String,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Block = Model;

/// A host as it was typed, also with an address around it; None when it is none.
#[must_use]
pub fn read(typed: &str) -> Option<String> {
    let typed = typed.trim().trim_start_matches('@').to_lowercase();
    let bare = typed.split_once("://").map_or(typed.as_str(), |(_, rest)| rest);
    let bare = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let bare = bare.rsplit('@').next().unwrap_or_default();
    let host = super::address::host_of(&format!("https://{bare}/"));
    Some(host).filter(|host| !host.is_empty())
}

impl Model {
    /// The hosts that an actor blocks, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, actor: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Actor.eq(actor)).order_by_asc(Column::Host).all(on).await
    }

    /// The names of the hosts that these actors block.
    ///
    /// # Errors
    /// The database failed.
    pub async fn hosts(on: &impl ConnectionTrait, actor: Uuid) -> Result<Vec<String>, DbErr> {
        let of = Entity::find().select_only().column(Column::Host).filter(Column::Actor.eq(actor));
        of.into_tuple().all(on).await
    }

    /// Blocks a host, for a reason.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; or the database failed.
    pub async fn add(app: &App, who: &Who, scope: Uuid, typed: &str, why: &str) -> Result<(), Error> {
        rights::require(who, scope)?;
        let actor = Actor::of(&app.db, scope).await?.ok_or(Error::NotFound)?;
        let (host, why) = (read(typed), tidy_line(why));
        let mut wrong = Vec::new();
        if host.is_none() {
            wrong.push(Obstacle::new("syndication-block-host").at("host"));
        }
        if why.is_empty() || why.chars().count() > WHY_LETTERS_MAX {
            wrong.push(Obstacle::new("syndication-block-why").with("n", WHY_LETTERS_MAX).at("why"));
        }
        if Entity::find().filter(Column::Actor.eq(actor.id)).count(&app.db).await? >= BLOCKS_MAX {
            wrong.push(Obstacle::new("syndication-blocks-many").with("n", BLOCKS_MAX).at("host"));
        }
        let (Some(host), true) = (host, wrong.is_empty()) else { return Err(Error::Refused(wrong)) };
        let transaction = app.begin().await?;
        let row = ActiveModel {
            id: Set(new_id()),
            actor: Set(actor.id),
            host: Set(host.clone()),
            why: Set(why.clone()),
            made_by: Set(who.person),
            made_at: Set(app.clock.now()),
        };
        let once = OnConflict::columns([Column::Actor, Column::Host]).do_nothing().to_owned();
        if Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? == 0 {
            return Ok(()); // pressed twice
        }
        let gone = follower::Entity::delete_many()
            .filter(follower::Column::Actor.eq(actor.id))
            .filter(follower::Column::Host.eq(&host))
            .exec(&transaction)
            .await?;
        let waiting = Condition::all().add(delivery::Column::Actor.eq(actor.id)).add(delivery::Column::Host.eq(&host));
        delivery::settle_waiting(app, &transaction, delivery::State::Dropped, "blocked", waiting).await?;
        let fact = Fact::HostBlocked { name: actor.name, host, followers: gone.rows_affected };
        app.record(&transaction, actor.id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Lets a host in again.
    ///
    /// # Errors
    /// Forbidden to others; not found; or the database failed.
    pub async fn remove(app: &App, who: &Who, scope: Uuid, id: Uuid) -> Result<(), Error> {
        rights::require(who, scope)?;
        let actor = Actor::of(&app.db, scope).await?.ok_or(Error::NotFound)?;
        let block = Entity::find_by_id(id).filter(Column::Actor.eq(actor.id)).one(&app.db).await?.ok_or(Error::NotFound)?;
        let transaction = app.begin().await?;
        if Entity::delete_many().filter(Column::Id.eq(id)).exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::HostUnblocked { name: actor.name, host: block.host };
        app.record(&transaction, actor.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

#[cfg(test)]
mod unit {
    use proptest::prelude::*;

    use super::read;

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_host_or_none(typed in "\\PC{0,60}") {
            if let Some(host) = read(&typed) {
                prop_assert!(!host.is_empty() && !host.contains(['/', '@', ' ']));
                prop_assert_eq!(read(&host), Some(host.clone()));
            }
        }
    }

    #[test]
    fn a_host_is_read_however_it_is_typed() {
        for typed in ["xau.example", " XAU.example ", "https://xau.example/about", "@ai@xau.example", "xau.example/"] {
            assert_eq!(read(typed).as_deref(), Some("xau.example"), "{typed}");
        }
        for wrong in ["", "   ", "a b", "https://"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
