//! What a campaign is to reach: a name, a unit, a number, and by what it is measured. What the product can not see is said to be so.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use vietnamese::number::leading_number;

use super::counting::Counts;
use crate::web::Obstacle;

/// Beyond any target of a province.
const TARGET_MAX: i64 = 1_000_000_000_000;
const DIGITS_MAX: usize = 20;

/// By what it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Works that are out, each once.
    Items,
    /// Copies of them on channels, the portal among them.
    Copies,
    /// Agencies of which something is out.
    Agencies,
    /// Cells of the matrix that are filled.
    Cells,
    /// People, as a range.
    Reach,
    /// Something that happens outside.
    Elsewhere,
}

impl Measure {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("campaign-measure-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_kpi")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub campaign: Uuid,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub measure: Measure,
    #[sea_orm(column_type = "Text")]
    pub unit: String,
    pub target: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Kpi = Model;

/// How far it got: between these two, which are the same where it is counted exactly. None: not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    pub name: String,
    pub measure: Measure,
    pub unit: String,
    pub target: i64,
    pub low: Option<i64>,
    pub high: Option<i64>,
}

/// Whether it is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    Yes,
    /// The upper bound is there, the lower is not.
    Perhaps,
    No,
    Unknown,
}

impl Reached {
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Yes => "campaign-kpi-reached",
            Self::Perhaps => "campaign-kpi-perhaps",
            Self::No => "campaign-kpi-not-yet",
            Self::Unknown => "campaign-kpi-unknown",
        }
    }

    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Yes => "on-time",
            Self::Perhaps => "soon",
            Self::No => "open",
            Self::Unknown => "unknown",
        }
    }
}

impl Stand {
    #[must_use]
    pub fn reached(&self) -> Reached {
        match (self.low, self.high) {
            (Some(low), _) if low >= self.target => Reached::Yes,
            (_, Some(high)) if high >= self.target => Reached::Perhaps,
            (None, None) => Reached::Unknown,
            _ => Reached::No,
        }
    }
}

impl Model {
    /// Those of a campaign, in their order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, campaign: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Campaign.eq(campaign)).order_by_asc(Column::Position).all(on).await
    }

    /// How far it got by these counts.
    #[must_use]
    pub fn stand(&self, counts: &Counts) -> Stand {
        let exactly = |count: usize| {
            let count = i64::try_from(count).ok();
            (count, count)
        };
        let (low, high) = match self.measure {
            Measure::Items => exactly(counts.counted().count()),
            Measure::Copies => exactly(counts.copies()),
            Measure::Agencies => exactly(counts.agencies().len()),
            Measure::Cells => exactly(counts.filled()),
            Measure::Reach => {
                let range = counts.extent();
                (range.low, range.high)
            }
            Measure::Elsewhere => (None, None),
        };
        Stand { name: self.name.clone(), measure: self.measure, unit: self.unit.clone(), target: self.target, low, high }
    }
}

/// Reads a target: a whole number above zero, as Vietnamese writes it.
///
/// # Errors
/// Why it is none.
pub fn target(typed: &str) -> Result<i64, Obstacle> {
    let wrong = || Obstacle::new("campaign-kpi-target-wrong").with("value", typed.trim().chars().take(40).collect::<String>());
    if typed.chars().filter(char::is_ascii_digit).count() > DIGITS_MAX {
        return Err(wrong());
    }
    let (reading, rest) = leading_number(typed.trim()).ok_or_else(wrong)?;
    if !rest.trim().is_empty() || reading.value.is_negative() || reading.value.rounded(0) != reading.value {
        return Err(wrong());
    }
    let digits = reading.value.to_fixed(0);
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|target| (1..=TARGET_MAX).contains(target)).ok_or_else(wrong)
}

#[cfg(test)]
mod unit {
    use super::target;

    #[test]
    fn targets_are_whole_numbers_above_zero() {
        assert_eq!(target("500.000"), Ok(500_000));
        assert_eq!(target(" 40 "), Ok(40));
        for wrong in ["", "0", "-5", "1,5", "1e18", "999999999999999999999999", "mười"] {
            assert!(target(wrong).is_err(), "{wrong}");
        }
    }
}
