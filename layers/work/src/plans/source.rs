//! The file a plan came in as, kept byte for byte with its hash.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_source")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Hexadecimal.
    pub sha256: String,
    pub name: String,
    pub media_type: String,
    pub size_bytes: i64,
    pub bytes: Vec<u8>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
