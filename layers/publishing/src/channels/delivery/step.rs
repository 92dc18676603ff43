//! The steps of a delivery: append-only. What was is kept when a person decides otherwise. // recorded by itself

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{Delivery, State, Why};
use crate::base::{App, By, new_id};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub delivery: Uuid,
    pub at: DateTimeUtc,
    pub was: State,
    pub became: State,
    pub why: Why,
    /// The platform's words, or the address where it is.
    #[sea_orm(column_type = "Text")]
    pub says: String,
    pub person: Option<Uuid>,
    /// What the person gave as the reason.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Step = Model;

impl Model {
    /// The steps of these deliveries, newest first: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, deliveries: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Delivery.is_in(deliveries.iter().copied()));
        of.order_by_desc(Column::At).order_by_desc(Column::Id).all(on).await
    }
}

/// Notes a step, in the transaction that takes it.
///
/// # Errors
/// The database failed.
pub async fn add(app: &App, on: &impl ConnectionTrait, was: State, now: &Delivery, by: &By) -> Result<(), DbErr> {
    Entity::insert(row(app, was, now, by)).exec_without_returning(on).await.map(|_| ())
}

/// Notes the same step of many.
///
/// # Errors
/// The database failed.
pub async fn add_all(app: &App, on: &impl ConnectionTrait, was: State, now: &[Delivery], by: &By) -> Result<(), DbErr> {
    if now.is_empty() {
        return Ok(());
    }
    let rows = now.iter().map(|one| row(app, was, one, by));
    Entity::insert_many(rows).exec_without_returning(on).await.map(|_| ())
}

fn row(app: &App, was: State, now: &Delivery, by: &By) -> ActiveModel {
    let says = if now.says.is_empty() { &now.address } else { &now.says };
    ActiveModel {
        id: Set(new_id()),
        delivery: Set(now.id),
        at: Set(app.clock.now()),
        was: Set(was),
        became: Set(now.state),
        why: Set(now.why),
        says: Set(says.clone()),
        person: Set(by.person),
        reason: Set(by.why.clone()),
    }
}
