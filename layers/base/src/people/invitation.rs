//! One-time links: the first administrator's, an invitation, a new password.
//!
//! ```text
//!   made ──used──► used
//!     ├──24 h (administrator), 7 days (others)──► expired
//!     └──a newer one for the same──► revoked
//! ```

mod acceptance;
pub mod administrator;

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use super::Person;
use super::session::{hash, token};
use crate::base::{App, By, Fact, new_id};
use crate::web::Result;

pub use acceptance::Answer;
pub use administrator::offer_first_administrator;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(15))", rename_all = "snake_case")]
pub enum Purpose {
    /// Whoever opens it becomes a system administrator: made on the console only.
    Administrator,
    /// A new person chooses a password.
    Invitation,
    /// A known person chooses another password.
    Password,
}

impl Purpose {
    /// How long the link holds.
    const fn lasts(self) -> TimeDelta {
        match self {
            Self::Administrator | Self::Password => TimeDelta::hours(24),
            Self::Invitation => TimeDelta::days(7),
        }
    }

    /// The name in facts and in Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Invitation => "invitation",
            Self::Password => "password",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the token in the link.
    #[sea_orm(unique)]
    pub token_hash: String,
    pub purpose: Purpose,
    /// None for an administrator's: they say who they are.
    pub person: Option<Uuid>,
    pub made_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    /// Also when it was revoked.
    pub used_at: Option<DateTimeUtc>,
    pub made_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Invitation = Model;

/// A link that was just made: the only moment at which its token is known.
#[derive(Clone, Debug)]
pub struct Link {
    pub address: String,
    pub expires_at: DateTimeUtc,
}

impl Model {
    /// Makes a link and revokes the unused ones for the same.
    ///
    /// # Errors
    /// The database failed.
    pub async fn make(app: &App, on: &impl ConnectionTrait, purpose: Purpose, person: Option<&Person>, by: &By) -> Result<Link> {
        let person = person.map(|person| person.id);
        let (token, id, now) = (token(), new_id(), app.clock.now());
        Self::revoke(app, on, purpose, person).await?;
        let row = ActiveModel {
            id: Set(id),
            token_hash: Set(hash(&token)),
            purpose: Set(purpose),
            person: Set(person),
            made_at: Set(now),
            expires_at: Set(now + purpose.lasts()),
            used_at: Set(None),
            made_by: Set(by.person),
        };
        Entity::insert(row).exec_without_returning(on).await?;
        let fact = Fact::InvitationMade { purpose: purpose.code().into() };
        app.record(on, person.unwrap_or(id), fact, by).await?;
        let address = format!("{}/desk/invitation/{token}", app.config.public_url());
        Ok(Link { address, expires_at: now + purpose.lasts() })
    }

    async fn revoke(app: &App, on: &impl ConnectionTrait, purpose: Purpose, person: Option<Uuid>) -> Result<(), DbErr> {
        let whose = person.map_or_else(|| Column::Person.is_null(), |person| Column::Person.eq(person));
        Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(app.clock.now()))
            .filter(Column::Purpose.eq(purpose))
            .filter(whose)
            .filter(Column::UsedAt.is_null())
            .exec(on)
            .await
            .map(|_| ())
    }

    /// Ends every unused link of a person.
    // recorded by the verb that makes them useless: disabling, a changed address, a newer link
    ///
    /// # Errors
    /// The database failed.
    pub async fn revoke_all(app: &App, on: &impl ConnectionTrait, person: Uuid) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(app.clock.now()))
            .filter(Column::Person.eq(person))
            .filter(Column::UsedAt.is_null())
            .exec(on)
            .await
            .map(|_| ())
    }

    /// Ends the unused links of a person that somebody else made; whether there were any.
    // recorded by Kept::give
    ///
    /// # Errors
    /// The database failed.
    pub async fn revoke_of_others(app: &App, on: &impl ConnectionTrait, person: Uuid, maker: Uuid) -> Result<bool, DbErr> {
        let ended = Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(app.clock.now()))
            .filter(Column::Person.eq(person))
            .filter(Condition::any().add(Column::MadeBy.is_null()).add(Column::MadeBy.ne(maker)))
            .filter(Column::UsedAt.is_null())
            .exec(on)
            .await?;
        Ok(ended.rows_affected > 0)
    }

    /// The link with that token, and whose it is; None when it was used, revoked or is too old, or when the
    /// person may not sign in.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open(app: &App, on: &impl ConnectionTrait, token: &str) -> Result<Option<(Self, Option<Person>)>> {
        let found = Entity::find()
            .filter(Column::TokenHash.eq(hash(token)))
            .filter(Column::UsedAt.is_null())
            .filter(Column::ExpiresAt.gt(app.clock.now()))
            .one(on)
            .await?;
        let Some(invitation) = found else { return Ok(None) };
        let Some(id) = invitation.person else { return Ok(Some((invitation, None))) };
        let person = super::person::Entity::find_by_id(id).one(on).await?.filter(|person| !person.is_disabled());
        Ok(person.map(|person| (invitation, Some(person))))
    }
}

/// Removes links long past; a chore. What was done with them stays in the ledger.
///
/// # Errors
/// The database failed.
pub async fn clear(app: &App) -> Result<(), DbErr> {
    let old = app.clock.now() - TimeDelta::days(30);
    Entity::delete_many().filter(Column::ExpiresAt.lt(old)).exec(&app.db).await.map(|_| ())
}
