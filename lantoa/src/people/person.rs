//! A person with an account.

use sea_orm::entity::prelude::*;

use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    /// Lower case; what they sign in with.
    #[sea_orm(unique)]
    pub email: String,
    /// Post or function, e.g. `Chuyên viên`.
    pub title: String,
    /// Where they work; their acts are recorded with it.
    pub agency: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub disabled_at: Option<DateTimeUtc>,
    /// argon2id in PHC form; None until a password is chosen.
    #[sea_orm(column_type = "Text", nullable)]
    pub password_hash: Option<String>,
    /// Encrypted with the installation's key.
    #[sea_orm(column_type = "Text", nullable)]
    pub totp_secret: Option<String>,
    pub totp_confirmed_at: Option<DateTimeUtc>,
    /// The last time step used, so that a code serves once (RFC 6238, section 5.2).
    pub totp_last_step: Option<i64>,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Person = Model;

impl Model {
    /// The person with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }
}
