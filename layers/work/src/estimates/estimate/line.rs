//! A line of an estimate: one thing to be paid for, for one duty, from one source.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::estimates::rollup;

/// More lines are several things in one.
pub const LINES_MAX: usize = 300;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "estimate_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub estimate: Uuid,
    pub position: i32,
    pub duty: Uuid,
    /// Code of the funding source.
    pub source: String,
    /// Thuyết minh: what for, and how the sum came about.
    #[sea_orm(column_type = "Text")]
    pub narrative: String,
    pub unit: String,
    pub quantity: Option<i64>,
    /// In đồng.
    pub unit_price: Option<i64>,
    /// In đồng, as the four below.
    pub asked: i64,
    pub appraised: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub appraisal_remark: String,
    pub approved: Option<i64>,
    /// Why more was approved than asked for.
    #[sea_orm(column_type = "Text")]
    #[serde(default)]
    pub approval_reason: String,
    /// None until it is entered; zero says that nothing was spent.
    pub spent: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub spent_reason: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Line = Model;

impl Model {
    /// The lines of these estimates, each estimate's in their order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, estimates: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        let wanted = Entity::find().filter(Column::Estimate.is_in(estimates.iter().copied()));
        wanted.order_by_asc(Column::Position).all(on).await
    }

    /// Puts these in the place of the estimate's lines, whoever calls has changed its version. // recorded by the verbs of Estimate
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn replace(on: &impl ConnectionTrait, estimate: Uuid, lines: Vec<Self>) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::Estimate.eq(estimate)).exec(on).await?;
        if lines.is_empty() {
            return Ok(());
        }
        Entity::insert_many(lines.into_iter().map(ActiveModel::from)).exec_without_returning(on).await.map(|_| ())
    }

    /// As it is added up.
    #[must_use]
    pub fn counted(&self, agency: Uuid, year: i32) -> rollup::Line {
        rollup::Line {
            estimate: self.estimate,
            agency,
            duty: self.duty,
            source: self.source.clone(),
            year,
            asked: self.asked,
            appraised: self.appraised,
            approved: self.approved,
            spent: self.spent,
        }
    }
}

/// What is asked for in all.
#[must_use]
pub fn asked(lines: &[Line]) -> i64 {
    lines.iter().map(|line| line.asked).sum()
}

/// The sum of one of the later figures; lines without it add nothing.
#[must_use]
pub fn sum(lines: &[Line], figure: impl Fn(&Line) -> Option<i64>) -> i64 {
    lines.iter().filter_map(figure).sum()
}
