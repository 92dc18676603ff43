//! Which agency took over from which, on what day. One may go into several (split), several into one (merger).

use chrono::NaiveDate;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_succession")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub predecessor: Uuid,
    pub successor: Uuid,
    /// First day of the successor's responsibility.
    pub on: Date,
    /// The whole of the predecessor went there; false for a part of it.
    pub whole: bool,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// `successor` takes over from `predecessor` on that day.
    #[must_use]
    pub fn new(predecessor: Uuid, successor: Uuid, on: NaiveDate, whole: bool) -> Self {
        Self { id: new_id(), predecessor, successor, on, whole }
    }

    /// Those in which the agency takes part, on either side, the earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Uuid) -> Result<Vec<Self>, DbErr> {
        use sea_orm::QueryOrder;
        let either = Condition::any().add(Column::Predecessor.eq(agency)).add(Column::Successor.eq(agency));
        Entity::find().filter(either).order_by_asc(Column::On).order_by_asc(Column::Id).all(on).await
    }

    /// Writes successions. // recorded by the verb that calls
    ///
    /// # Errors
    /// The database failed.
    pub async fn add(on: &impl ConnectionTrait, successions: Vec<Self>) -> Result<(), DbErr> {
        for chunk in successions.chunks(300) {
            let rows: Vec<ActiveModel> = chunk.iter().cloned().map(ActiveModel::from).collect();
            Entity::insert_many(rows).exec_without_returning(on).await?;
        }
        Ok(())
    }
}
