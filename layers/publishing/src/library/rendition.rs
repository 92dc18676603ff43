//! A smaller picture of an image, made by ourselves: JPEG, upright, without metadata. // recorded by finishing

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "library_rendition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of the image it was made of.
    pub sha256: String,
    /// Pixels.
    pub width: i32,
    pub height: i32,
    pub size_bytes: i64,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Rendition = Model;

impl Model {
    /// Where its bytes lie in the store.
    #[must_use]
    pub fn object(sha256: &str, width: i32) -> String {
        format!("renditions/{}/{sha256}/{width}.jpg", sha256.get(..2).unwrap_or_default())
    }

    /// Those of these images, the smallest first: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, hashes: &[String]) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Sha256.is_in(hashes)).order_by_asc(Column::Width).all(on).await
    }
}
