//! A target and a task that serves it, as the likeness of their words suggests. // recorded by Plan::draft

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "provision_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub plan: Uuid,
    pub target: Uuid,
    pub task: Uuid,
    /// 0 to 1
    pub score: f64,
}

impl ActiveModelBehavior for ActiveModel {}

/// A link to be written; a provision does not serve itself.
#[must_use]
pub fn row(plan: Uuid, target: Uuid, task: Uuid, score: f64) -> Option<ActiveModel> {
    (target != task).then(|| ActiveModel {
        id: Set(new_id()),
        plan: Set(plan),
        target: Set(target),
        task: Set(task),
        score: Set(score),
    })
}
