//! One figure of one copy, one time: as the platform called it, what it said. Rows are only added.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reach_reading")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub watch: Uuid,
    pub subject: Uuid,
    pub agency: Uuid,
    pub channel: String,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    /// Our word: [`super::figure`].
    pub figure: String,
    /// The platform's own.
    pub metric: String,
    /// The version of the interface that defines it, e.g. `graph v25.0`.
    pub definition: String,
    /// It counts people at most once each.
    pub people: bool,
    /// None: not given, which is no zero.
    pub value: Option<i64>,
    pub fetch: Uuid,
    pub at: DateTimeUtc,
    /// Of Vietnam.
    pub day: Date,
    /// Why there is no value, in the platform's words.
    #[sea_orm(column_type = "Text")]
    pub says: String,
    /// Lower than what was last given; kept as it is.
    pub is_lower: bool,
    /// Of another name or definition than the last one: the two measure different things.
    pub is_redefined: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Reading = Model;

impl Model {
    /// All of a subject, in the order of time.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, subject: Uuid) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Subject.eq(subject));
        of.order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }
}
