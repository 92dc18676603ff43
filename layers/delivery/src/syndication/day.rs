//! How many followed an actor, day by day. // recorded by itself: a row is the record

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};

use super::follower::Follower;
use crate::base::{App, new_id, time};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub actor: Uuid,
    pub day: Date,
    pub followers: i32,
    pub hosts: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Day = Model;

/// Writes today's numbers of an actor; the last of a day stay.
///
/// # Errors
/// The database failed.
pub async fn count(app: &App, actor: Uuid) -> Result<(), DbErr> {
    let number = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
    let row = ActiveModel {
        id: Set(new_id()),
        actor: Set(actor),
        day: Set(time::local_date(app.clock.now())),
        followers: Set(number(Follower::count(&app.db, actor).await?)),
        hosts: Set(number(Follower::hosts(&app.db, actor).await?)),
    };
    let again = OnConflict::columns([Column::Actor, Column::Day]).update_columns([Column::Followers, Column::Hosts]).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(&app.db).await.map(|_| ())
}

/// The days of an actor from one on, the newest first.
///
/// # Errors
/// The database failed.
pub async fn since(on: &impl ConnectionTrait, actor: Uuid, from: NaiveDate, most: u64) -> Result<Vec<Day>, DbErr> {
    let of = Entity::find().filter(Column::Actor.eq(actor)).filter(Column::Day.gte(from));
    of.order_by_desc(Column::Day).limit(most).all(on).await
}
