//! Which agency took over from which, on what day. One may go into several (split), several into one (merger).

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_succession")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub predecessor: Uuid,
    pub successor: Uuid,
    /// First day of the successor's responsibility.
    pub on: Date,
    /// The whole of the predecessor went there; false for a part of it.
    pub whole: bool,
}

impl ActiveModelBehavior for ActiveModel {}
