//! Bytes under their hash: they lie once, whoever has an entry that leads to them. // recorded by finishing

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "library_blob")]
pub struct Model {
    /// SHA-256, hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sha256: String,
    pub media_type: String,
    pub size_bytes: i64,
    pub at: DateTimeUtc,
    /// Its smaller pictures were made, or there are none to make.
    pub rendered_at: Option<DateTimeUtc>,
    /// How often making them failed.
    pub attempts: i32,
    /// Since when no entry leads to it.
    pub orphaned_at: Option<DateTimeUtc>,
    /// Its bytes are being cleared away just now: wait, then bring them again.
    pub clearing: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Blob = Model;

/// Whether the bytes are held for the transaction that asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    Held,
    /// They are being cleared away.
    Clearing,
    /// They are not there.
    Absent,
}

impl Model {
    /// Where the bytes lie in the store.
    #[must_use]
    pub fn object(sha256: &str) -> String {
        format!("objects/{}/{}/{sha256}", sha256.get(..2).unwrap_or_default(), sha256.get(2..4).unwrap_or_default())
    }

    /// Adds a row for bytes that lie in the store; does nothing when there is one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add(on: &impl ConnectionTrait, blob: Self) -> Result<(), DbErr> {
        let once = OnConflict::column(Column::Sha256).do_nothing().to_owned();
        Entity::insert(ActiveModel::from(blob)).on_conflict(once).exec_without_returning(on).await.map(|_| ())
    }

    /// Holds the row until the transaction ends, so that its bytes are not cleared away meanwhile.
    ///
    /// # Errors
    /// The database failed.
    pub async fn hold(on: &impl ConnectionTrait, sha256: &str) -> Result<Hold, DbErr> {
        let free = ActiveModel { orphaned_at: Set(None), ..Default::default() };
        let held = Entity::update_many().set(free).filter(Column::Sha256.eq(sha256)).filter(Column::Clearing.eq(false));
        if held.exec(on).await?.rows_affected > 0 {
            return Ok(Hold::Held);
        }
        Ok(if Entity::find_by_id(sha256).one(on).await?.is_some() { Hold::Clearing } else { Hold::Absent })
    }
}
