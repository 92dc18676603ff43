//! Somebody elsewhere who follows an actor. Who follows is theirs to tell: we count them and name nobody, and the ledger, which
//! keeps for ever, hears of their number only. // recorded by day, as numbers

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::base::{App, new_id};

/// The most that may follow one actor.
pub const FOLLOWERS_MAX: u64 = 1_000_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_follower")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whom they follow.
    pub actor: Uuid,
    /// Their own address.
    pub remote: String,
    pub host: String,
    #[sea_orm(column_type = "Text")]
    pub inbox: String,
    /// One for all of their server; empty where it has none.
    #[sea_orm(column_type = "Text")]
    pub shared_inbox: String,
    pub since: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Follower = Model;

impl Model {
    /// Notes that somebody follows; a second time brings their inbox up to date.
    ///
    /// # Errors
    /// The database failed.
    pub async fn welcome(app: &App, on: &impl ConnectionTrait, actor: Uuid, of: &super::signer::Signer) -> Result<(), DbErr> {
        let row = ActiveModel {
            id: Set(new_id()),
            actor: Set(actor),
            remote: Set(of.owner.clone()),
            host: Set(of.host.clone()),
            inbox: Set(of.inbox.clone()),
            shared_inbox: Set(of.shared_inbox.clone()),
            since: Set(app.clock.now()),
        };
        let again = OnConflict::columns([Column::Actor, Column::Remote])
            .update_columns([Column::Host, Column::Inbox, Column::SharedInbox])
            .to_owned();
        Entity::insert(row).on_conflict(again).exec_without_returning(on).await.map(|_| ())
    }

    /// Lets go of who follows an actor no more; of all that they follow where no actor is named.
    ///
    /// # Errors
    /// The database failed.
    pub async fn let_go(on: &impl ConnectionTrait, actor: Option<Uuid>, remote: &str) -> Result<u64, DbErr> {
        let mut gone = Entity::delete_many().filter(Column::Remote.eq(remote));
        if let Some(actor) = actor {
            gone = gone.filter(Column::Actor.eq(actor));
        }
        Ok(gone.exec(on).await?.rows_affected)
    }

    /// Whether somebody follows any of our actors.
    ///
    /// # Errors
    /// The database failed.
    pub async fn is_known(on: &impl ConnectionTrait, remote: &str) -> Result<bool, DbErr> {
        Ok(Entity::find().filter(Column::Remote.eq(remote)).limit(1).one(on).await?.is_some())
    }

    /// How many follow an actor.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count(on: &impl ConnectionTrait, actor: Uuid) -> Result<u64, DbErr> {
        Entity::find().filter(Column::Actor.eq(actor)).count(on).await
    }

    /// On how many hosts they are.
    ///
    /// # Errors
    /// The database failed.
    pub async fn hosts(on: &impl ConnectionTrait, actor: Uuid) -> Result<u64, DbErr> {
        let of = Entity::find().select_only().column(Column::Host).distinct().filter(Column::Actor.eq(actor));
        Ok(of.into_tuple::<String>().all(on).await?.len().try_into().unwrap_or_default())
    }
}

/// The inboxes of who follows these actors, each server once where it has a shared one, with their host. Blocked hosts are left out.
///
/// # Errors
/// The database failed.
pub async fn inboxes(on: &impl ConnectionTrait, actors: &[Uuid], blocked: &[String]) -> Result<Vec<(String, String)>, DbErr> {
    let of = Entity::find()
        .select_only()
        .columns([Column::Inbox, Column::SharedInbox, Column::Host])
        .distinct()
        .filter(Column::Actor.is_in(actors.iter().copied()));
    let rows: Vec<(String, String, String)> = of.into_tuple().all(on).await?;
    let mut found: Vec<(String, String)> = rows
        .into_iter()
        .filter(|(_, _, host)| !blocked.contains(host))
        .map(|(inbox, shared, host)| (if shared.is_empty() { inbox } else { shared }, host))
        .collect();
    found.sort();
    found.dedup();
    Ok(found)
}
