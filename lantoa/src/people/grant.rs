//! Which roles a person holds, in which agency.

use sea_orm::entity::prelude::*;

use crate::base::{Grant, Role};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person: Uuid,
    /// [`Role::code`]
    pub role: String,
    /// None for a role over the province.
    pub agency: Option<Uuid>,
    pub granted_at: DateTimeUtc,
    pub granted_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Everything a person may do.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Grant>, DbErr> {
        let rows = Entity::find().filter(Column::Person.eq(person)).all(on).await?;
        Ok(rows.into_iter().filter_map(|row| Some(Grant { role: Role::from_code(&row.role)?, agency: row.agency })).collect())
    }
}
