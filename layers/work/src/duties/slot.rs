//! A slot: one duty, one agency, one period, with a last day that is written once.

pub mod in_charge;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::holder::Part;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "slot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub duty: Uuid,
    pub plan: Uuid,
    pub agency: Uuid,
    pub part: Part,
    /// `2026`, `2026-H1`, `2026-05`, see [`super::rule::Period`].
    pub period: String,
    /// The stretch of time it is about, both days included.
    pub start_on: Date,
    pub end_on: Date,
    /// The last day by the rule, Vietnam time.
    pub due_on: Date,
    /// The last day that counts as in time: the same, unless the slot was opened after it.
    pub in_time_until: Date,
    /// Set when it is no longer owed; it then counts nowhere.
    pub voided_on: Option<Date>,
    pub void_reason: Option<Void>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Slot = Model;

pub use in_charge::InCharge;

/// Why a slot is no longer owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum Void {
    /// The agency does not exist any more on the period's last day.
    AgencyClosed,
    /// The plan was replaced by an amended one.
    PlanReplaced,
    /// The duty's rule, holders or stretch were changed.
    DutyChanged,
    /// The request was taken back by those who made it.
    RequestWithdrawn,
}

impl Void {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("slot-void-{}", self.to_value().replace('_', "-"))
    }
}

impl Model {
    /// The slot with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The slot, kept to this transaction until it ends: whoever else writes about it waits (PostgreSQL locks the row, SQLite
    /// has one writer).
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn locked(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).lock_exclusive().one(on).await?.ok_or(Error::NotFound)
    }

    /// What agencies owe up to a day, earliest first; everything when no day is given.
    ///
    /// # Errors
    /// The database failed.
    pub async fn owed_by(on: &impl ConnectionTrait, agencies: &[Uuid], until: Option<NaiveDate>) -> Result<Vec<Self>, DbErr> {
        let mut owed = Entity::find().filter(Column::Agency.is_in(agencies.iter().copied())).filter(Column::VoidedOn.is_null());
        if let Some(until) = until {
            owed = owed.filter(Column::DueOn.lte(until));
        }
        owed.order_by_asc(Column::DueOn).order_by_asc(Column::Id).all(on).await
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/duties/{id}")
    }
}
