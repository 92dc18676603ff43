//! The duties of plans that a campaign serves.

use sea_orm::entity::prelude::*;

use crate::base::new_id;
use crate::duties::{self, Duty};

/// So many of one campaign.
const DUTIES_MAX: usize = 100;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_duty")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub campaign: Uuid,
    pub duty: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// Those of a campaign, in the order of the document.
///
/// # Errors
/// The database failed.
pub async fn of(on: &impl ConnectionTrait, campaign: Uuid) -> Result<Vec<Duty>, DbErr> {
    let ids = Entity::find().filter(Column::Campaign.eq(campaign)).all(on).await?;
    let of = duties::duty::Entity::find().filter(duties::duty::Column::Id.is_in(ids.iter().map(|one| one.duty)));
    let mut found = of.all(on).await?;
    found.sort_by_key(|duty| (duty.plan, duty.position));
    Ok(found)
}

/// Makes these the duties of a campaign, those that there are. // recorded by the verb that saves it
///
/// # Errors
/// The database failed.
pub async fn settle(on: &impl ConnectionTrait, campaign: Uuid, wanted: &[Uuid]) -> Result<(), DbErr> {
    let known = duties::duty::Entity::find().filter(duties::duty::Column::Id.is_in(wanted.iter().copied())).all(on).await?;
    Entity::delete_many().filter(Column::Campaign.eq(campaign)).exec(on).await?;
    let rows = known.iter().take(DUTIES_MAX).map(|duty| ActiveModel::from(Model { id: new_id(), campaign, duty: duty.id }));
    let rows: Vec<ActiveModel> = rows.collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}
