//! A token of the API: acts for one person, opens the scopes it was given, reaches one agency or the province, and ends by
//! itself. Only its hash is kept.

pub mod access;
pub mod making;

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder};

pub use access::recognise;

use super::person::keeping::Keeper;
use crate::base::{App, By, Fact, Role, Who};
use crate::web::api::Scope;
use crate::web::{Error, Result};

/// What every token begins with, so that a scanner of sources can tell one that was left lying about.
pub const PREFIX: &str = "lantoa_";
/// Who reads all agencies' slots on the desk too; only for them a token may reach the whole province.
pub const OVER_ALL: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor, Role::Finance, Role::SystemAdministrator];

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whom it acts for: answers that it hands in are theirs.
    pub person: Uuid,
    /// How far it sees; None for the whole province.
    pub agency: Option<Uuid>,
    /// What it is for, in the maker's words.
    pub label: String,
    /// Its last letters, to tell tokens apart.
    pub hint: String,
    #[sea_orm(unique)]
    pub token_hash: String,
    /// [`Scope::code`]s with spaces between.
    pub scopes: String,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    /// Noted every few minutes at most.
    pub last_used_at: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Token = Model;

impl Model {
    /// What it opens.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        self.scopes.split(' ').filter_map(Scope::of_code).collect()
    }

    /// Whether it may still be used.
    #[must_use]
    pub fn holds(&self, now: DateTimeUtc) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// Whether this person may end it: whom it acts for, and who looks after them.
    #[must_use]
    pub fn is_kept_by(&self, who: &Who) -> bool {
        let keeper = Keeper::of(who);
        self.person == who.person || keeper.is_of_the_system() || (self.agency.is_some() && keeper.keeps_people_of(self.agency))
    }

    /// The tokens this person sees, those that hold first, then the newest.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all_for(on: &impl ConnectionTrait, who: &Who) -> Result<Vec<Self>, DbErr> {
        let mut seen = Condition::any().add(Column::Person.eq(who.person));
        seen = match Keeper::of(who).agencies() {
            None => seen.add(Column::Id.is_not_null()),
            Some(agencies) => seen.add(Column::Agency.is_in(agencies.to_vec())),
        };
        Entity::find().filter(seen).order_by_desc(Column::Id).all(on).await
    }

    /// Ends it at once.
    ///
    /// # Errors
    /// [`Error::Hidden`] when it is another's; refused when it was ended; or the database failed.
    pub async fn revoke(app: &App, who: &Who, id: Uuid) -> Result<()> {
        let token = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if !token.is_kept_by(who) {
            return Err(Error::Hidden(id));
        }
        let transaction = app.begin().await?;
        let ended = Entity::update_many()
            .col_expr(Column::RevokedAt, Expr::value(app.clock.now()))
            .filter(Column::Id.eq(id))
            .filter(Column::RevokedAt.is_null())
            .exec(&transaction)
            .await?;
        if ended.rows_affected == 0 {
            return Err(Error::refused("token-is-revoked"));
        }
        app.record(&transaction, token.person, Fact::ApiTokenRevoked { label: token.label }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
