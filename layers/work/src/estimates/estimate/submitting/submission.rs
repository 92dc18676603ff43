//! What was submitted, version by version: immutable. A return stands beside the version it is about.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use crate::base::{App, Who, new_id};
use crate::estimates::estimate::line::{self, Line};
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "estimate_submission")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub estimate: Uuid,
    /// From 1.
    pub number: i32,
    /// The [`Line`]s as JSON.
    #[sea_orm(column_type = "Text")]
    pub content: String,
    pub total: i64,
    pub person: Uuid,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Submission = Model;

/// That a submission was sent back, and why.
pub mod returned {
    use std::collections::HashMap;

    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "estimate_return")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub estimate: Uuid,
        /// Of the submission; it is sent back once.
        pub number: i32,
        #[sea_orm(column_type = "Text")]
        pub remarks: String,
        /// Remarks to lines as JSON, by the line's id.
        #[sea_orm(column_type = "Text")]
        pub line_remarks: String,
        pub person: Uuid,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The remarks to lines, by the line's id.
        #[must_use]
        pub fn of_lines(&self) -> HashMap<Uuid, String> {
            serde_json::from_str(&self.line_remarks).unwrap_or_default()
        }
    }
}

impl Model {
    /// Those of an estimate, the latest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, estimate: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Estimate.eq(estimate)).order_by_desc(Column::Number).all(on).await
    }

    /// How many times each of these was submitted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn latest(on: &impl ConnectionTrait, estimates: &[Uuid]) -> Result<HashMap<Uuid, i32>, DbErr> {
        let wanted = Entity::find().filter(Column::Estimate.is_in(estimates.iter().copied())).order_by_asc(Column::Number);
        let two = wanted.select_only().column(Column::Estimate).column(Column::Number);
        let rows: Vec<(Uuid, i32)> = two.into_tuple().all(on).await?;
        Ok(rows.into_iter().collect())
    }

    /// The returns of an estimate, by the number of what was sent back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn returns(on: &impl ConnectionTrait, estimate: Uuid) -> Result<HashMap<i32, returned::Model>, DbErr> {
        let rows = returned::Entity::find().filter(returned::Column::Estimate.eq(estimate)).all(on).await?;
        Ok(rows.into_iter().map(|row| (row.number, row)).collect())
    }

    /// Keeps the lines as the next version and says which. // recorded by Estimate::submit
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn keep(
        app: &App,
        on: &impl ConnectionTrait,
        who: &Who,
        estimate: Uuid,
        lines: &[Line],
    ) -> Result<i32, Error> {
        let number = Self::of(on, estimate).await?.first().map_or(0, |last| last.number) + 1;
        let row = Self {
            id: new_id(),
            estimate,
            number,
            content: serde_json::to_string(lines)?,
            total: line::asked(lines),
            person: who.person,
            at: app.clock.now(),
        };
        Entity::insert(ActiveModel::from(row)).exec_without_returning(on).await?;
        Ok(number)
    }

    /// The lines as they were submitted.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        serde_json::from_str(&self.content).unwrap_or_default()
    }
}
