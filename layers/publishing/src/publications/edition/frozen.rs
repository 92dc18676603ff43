//! A section of an edition: its words, and what was changed since the edition before. // recorded by publishing

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication_edition_section")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub edition: Uuid,
    /// The section that it was made of: the same in every edition.
    pub section: Uuid,
    pub position: i32,
    pub anchor: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub change: Change,
    /// What was changed, in the editor's words.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Its text read aloud: a recording of the library.
    pub audio: Option<Uuid>,
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Frozen = Model;

/// How a section stands to the one of the edition before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Change {
    Same,
    Changed,
    Added,
}

impl Model {
    /// Those of an edition, in their order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait, edition: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Edition.eq(edition)).order_by_asc(Column::Position).all(on).await
    }

    /// Those of several editions.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, editions: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        let all = Entity::find().filter(Column::Edition.is_in(editions.iter().copied()));
        all.order_by_asc(Column::Position).all(on).await
    }
}
