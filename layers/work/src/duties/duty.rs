//! A duty: what a provision asks, with its rule. Made when the plan is adopted; the coordinator may set the rule.

use chrono::NaiveDate;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::rule::Rule;
use super::slot::{self, Slot};
use crate::base::App;
use crate::web::{Error, cut};

/// As much of a duty as a notice holds.
const TITLE_LETTERS: usize = 120;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "duty")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub plan: Uuid,
    /// None for a request that no provision names.
    #[sea_orm(unique)]
    pub provision: Option<Uuid>,
    /// `III.1.b.4`; empty for a request.
    pub path: String,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub kind: Kind,
    /// [`Rule`] as JSON; None until a person says what a deadline in words means.
    #[sea_orm(column_type = "Text", nullable)]
    pub rule: Option<String>,
    /// The days between which periods are made.
    pub starts_on: Date,
    pub ends_on: Date,
    pub created_at: DateTimeUtc,
    /// Set when the plan is replaced: nothing later is owed.
    pub ended_on: Option<Date>,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Duty = Model;

/// What sort of duty it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    /// Nhiệm vụ, việc được giao.
    Work,
    /// Chế độ báo cáo định kỳ.
    Report,
    /// Yêu cầu đột xuất: outside the regular rates.
    Request,
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("duty-kind-{}", self.to_value())
    }
}

impl Model {
    /// The duty with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// Those of a plan in the order of the document.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_plan(on: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Plan.eq(plan)).order_by_asc(Column::Position).all(on).await
    }

    /// Those with these ids, in the order of their documents; none of none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_ids(on: &impl ConnectionTrait, ids: impl Iterator<Item = Uuid>) -> Result<Vec<Self>, DbErr> {
        let ids: std::collections::HashSet<Uuid> = ids.collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        Entity::find().filter(Column::Id.is_in(ids)).order_by_asc(Column::Position).all(on).await
    }

    /// A slot and what its duty says, cut for a line; for what is told of it.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn of_slot(app: &App, slot: Uuid) -> anyhow::Result<(Slot, String)> {
        let missing = || anyhow::anyhow!("the slot or duty is not there");
        let slot = slot::Entity::find_by_id(slot).one(&app.db).await?.ok_or_else(missing)?;
        let duty = Entity::find_by_id(slot.duty).one(&app.db).await?.ok_or_else(missing)?;
        Ok((slot, cut(&duty.title, TITLE_LETTERS)))
    }

    /// Its rule; None until somebody gives one.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        serde_json::from_str(self.rule.as_deref()?).ok()
    }

    /// The last day of which something can be owed.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        self.ended_on.map_or(self.ends_on, |ended| ended.min(self.ends_on))
    }
}
