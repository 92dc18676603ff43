//! Recovery codes: ten, each good for one sign-in when the device of the second step is lost. Shown once,
//! kept as hashes.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::session::hash;
use crate::base::{App, new_id};

/// How many are made at once.
pub const CODES: usize = 10;
/// Without letters and figures that are taken for one another (0 O, 1 I L).
const ALPHABET: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// 31¹⁰ ≈ 2⁴⁹, against an attempt limit of a few a minute.
const LETTERS: usize = 10;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person: Uuid,
    pub code_hash: String,
    pub used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Makes new codes in place of the old ones, and returns them to be shown once.
    // recorded by Totp::confirm and Totp::renew_codes
    ///
    /// # Errors
    /// The database failed.
    pub async fn renew(on: &impl ConnectionTrait, person: Uuid) -> Result<Vec<String>, DbErr> {
        Self::forget(on, person).await?;
        let codes: Vec<String> = (0..CODES).map(|_| fresh()).collect();
        let rows = codes.iter().map(|code| ActiveModel {
            id: Set(new_id()),
            person: Set(person),
            code_hash: Set(hash(&normal(code))),
            used_at: Set(None),
        });
        Entity::insert_many(rows.collect::<Vec<_>>()).exec_without_returning(on).await?;
        Ok(codes)
    }

    /// Uses a code up; false when it is none of the person's, or was used before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn take(app: &App, on: &impl ConnectionTrait, person: Uuid, code: &str) -> Result<bool, DbErr> {
        let used = Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(app.clock.now()))
            .filter(Column::Person.eq(person))
            .filter(Column::CodeHash.eq(hash(&normal(code))))
            .filter(Column::UsedAt.is_null())
            .exec(on)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// How many are left.
    ///
    /// # Errors
    /// The database failed.
    pub async fn left(on: &impl ConnectionTrait, person: Uuid) -> Result<u64, DbErr> {
        Entity::find().filter(Column::Person.eq(person)).filter(Column::UsedAt.is_null()).count(on).await
    }

    /// Removes all of them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget(on: &impl ConnectionTrait, person: Uuid) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::Person.eq(person)).exec(on).await.map(|_| ())
    }
}

/// `ABCDE-FGHJK`
fn fresh() -> String {
    let letter = || char::from(ALPHABET[rand::random_range(0..ALPHABET.len())]);
    let half = || (0..LETTERS / 2).map(|_| letter()).collect::<String>();
    format!("{}-{}", half(), half())
}

/// As typed: capital or not, with or without the dash.
fn normal(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}
