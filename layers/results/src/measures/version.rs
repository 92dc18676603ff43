//! The versions of a measure's definition, each as it was kept.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use ::measures::Definition;

use super::measure::Measure;
use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measure_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub measure: Uuid,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub meaning: String,
    /// [`Definition`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// None: suggested by the rules.
    pub person: Option<Uuid>,
    pub at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub why: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Version = Model;

impl Model {
    /// All of a measure, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, measure: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Measure.eq(measure)).order_by_desc(Column::Version).all(on).await
    }

    #[must_use]
    pub fn definition(&self) -> Definition {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// Keeps the definition of a measure as it stands now. // recorded by Measure::define, Measure::redefine and suggesting::settle
///
/// # Errors
/// The database failed.
pub async fn keep(on: &impl ConnectionTrait, measure: &Measure, person: Option<Uuid>, why: &str) -> Result<(), DbErr> {
    let row = Model {
        id: new_id(),
        measure: measure.id,
        version: measure.version,
        title: measure.title.clone(),
        meaning: measure.meaning.clone(),
        body: measure.body.clone(),
        person,
        at: measure.changed_at,
        why: why.to_owned(),
    };
    Entity::insert(ActiveModel::from(row)).exec_without_returning(on).await.map(|_| ())
}
