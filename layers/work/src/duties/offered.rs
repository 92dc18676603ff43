//! Evidence offered to a duty from elsewhere in the product: what was published for it. Whoever answers finds it in the form
//! of the slot whose period it fell in, and may use it or not.

use chrono::NaiveDate;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::Slot;
use super::slot::InCharge;
use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "offered_proof")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub duty: Uuid,
    pub agency: Uuid,
    /// What it comes from, e.g. an article.
    pub source: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    pub on_day: Date,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Offered = Model;

/// What is offered.
#[derive(Clone, Debug)]
pub struct Offer {
    pub source: Uuid,
    /// Whose evidence it is.
    pub agency: Uuid,
    pub name: String,
    pub address: String,
    pub on_day: NaiveDate,
}

/// Offers it to these duties, once each. // recorded by the caller's fact, in the same transaction
///
/// # Errors
/// The database failed.
pub async fn offer(on: &impl ConnectionTrait, offer: &Offer, duties: &[Uuid], at: DateTimeUtc) -> Result<(), DbErr> {
    if duties.is_empty() {
        return Ok(());
    }
    let row = |duty: &Uuid| {
        ActiveModel::from(Model {
            id: new_id(),
            duty: *duty,
            agency: offer.agency,
            source: offer.source,
            name: offer.name.clone(),
            address: offer.address.clone(),
            on_day: offer.on_day,
            at,
        })
    };
    let once = OnConflict::columns([Column::Source, Column::Duty]).do_nothing().to_owned();
    Entity::insert_many(duties.iter().map(row)).on_conflict(once).exec_without_returning(on).await.map(|_| ())
}

/// Offers it no longer; what was handed in with it stays. // recorded by the caller's fact, in the same transaction
///
/// # Errors
/// The database failed.
pub async fn take_back(on: &impl ConnectionTrait, source: Uuid) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Source.eq(source)).exec(on).await.map(|_| ())
}

impl Model {
    /// What is offered to a slot: of its duty, of the agencies that answer for it, within its period; earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn to(on: &impl ConnectionTrait, slot: &Slot, in_charge: &InCharge) -> Result<Vec<Self>, DbErr> {
        let agencies = in_charge.bodies().iter().copied().chain([slot.agency]);
        Entity::find()
            .filter(Column::Duty.eq(slot.duty))
            .filter(Column::Agency.is_in(agencies))
            .filter(Column::OnDay.between(slot.start_on, slot.end_on))
            .order_by_asc(Column::OnDay)
            .order_by_asc(Column::Id)
            .all(on)
            .await
    }
}
