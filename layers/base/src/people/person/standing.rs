//! Whether an account is in use: the person came in at least once, was only invited so far, or may not come in.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query, SelectStatement};
use sea_orm::{FromQueryResult, QuerySelect};

use super::keeping::{Keeper, Kept, refuse};
use super::{Column, Entity, Model};
use crate::base::mail::Mail;
use crate::base::{App, By, Fact, Role};
use crate::people::invitation::Invitation;
use crate::people::{grant, identity, passkey, session};
use crate::web::{Error, Result};

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Active,
    /// Has never come in, and has chosen no way of doing so.
    Invited,
    Disabled,
}

impl Standing {
    pub const ALL: [Self; 3] = [Self::Active, Self::Invited, Self::Disabled];

    /// Where somebody stands who came in or not, and is disabled or not.
    #[must_use]
    pub const fn of(came: bool, disabled: bool) -> Self {
        match (came, disabled) {
            (_, true) => Self::Disabled,
            (true, false) => Self::Active,
            (false, false) => Self::Invited,
        }
    }

    /// The word used in addresses and in Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Invited => "invited",
            Self::Disabled => "disabled",
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("person-standing-{}", self.code())
    }

    /// The mark of the design system's set of states.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Active => "on-time",
            Self::Invited => "waiting",
            Self::Disabled => "unknown",
        }
    }
}

/// Whether a person of the query has a way in of their own, or was ever signed in.
#[must_use]
pub fn came() -> Expr {
    let any = |mut from: SelectStatement| Expr::exists(from.expr(Expr::val(1)).to_owned());
    let person = || Expr::col((Entity, Column::Id));
    let sessions = Query::select()
        .from(session::Entity)
        .and_where(Expr::col((session::Entity, session::Column::Person)).eq(person()))
        .to_owned();
    let passkeys = Query::select()
        .from(passkey::Entity)
        .and_where(Expr::col((passkey::Entity, passkey::Column::Person)).eq(person()))
        .to_owned();
    let identities = Query::select()
        .from(identity::Entity)
        .and_where(Expr::col((identity::Entity, identity::Column::Person)).eq(person()))
        .to_owned();
    Column::PasswordHash.is_not_null().or(any(sessions)).or(any(passkeys)).or(any(identities))
}

#[derive(FromQueryResult)]
struct Came {
    came: bool,
}

impl Model {
    /// Where the account stands.
    ///
    /// # Errors
    /// The database failed.
    pub async fn standing(&self, on: &impl ConnectionTrait) -> Result<Standing, DbErr> {
        let asked = Entity::find_by_id(self.id).select_only().expr_as(came(), "came").into_model::<Came>();
        let came = asked.one(on).await?.is_some_and(|row| row.came);
        Ok(Standing::of(came, self.is_disabled()))
    }
}

impl Kept {
    /// Shuts the person out at once: sessions and links end. What they did stays under their name.
    ///
    /// # Errors
    /// [`Error::Refused`]; [`Error::Stale`] when somebody changed the account since `version`; or the database failed.
    pub async fn disable(&self, app: &App, keeper: &Keeper, version: i32, by: &By) -> Result<()> {
        let transaction = app.begin().await?;
        grant::Model::hold(&transaction, Role::SystemAdministrator).await?;
        refuse(self.obstacles_to_disabling(&transaction, keeper).await?)?;
        self.turn(&transaction, version, Some(app.clock.now())).await?;
        session::Model::revoke_all(app, &transaction, self.person.id, None).await?;
        Invitation::revoke_all(app, &transaction, self.person.id).await?;
        Mail::withdraw(app, &transaction, self.person.id, "withdrawn", by).await?;
        app.record(&transaction, self.person.id, Fact::PersonDisabled, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Lets the person come in again, by the ways they had.
    ///
    /// # Errors
    /// As [`Kept::disable`].
    pub async fn restore(&self, app: &App, keeper: &Keeper, version: i32, by: &By) -> Result<()> {
        refuse(self.obstacles_to_editing(keeper))?;
        let transaction = app.begin().await?;
        self.turn(&transaction, version, None).await?;
        app.record(&transaction, self.person.id, Fact::PersonEnabled, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    async fn turn(&self, on: &impl ConnectionTrait, version: i32, disabled_at: Option<DateTimeUtc>) -> Result<()> {
        let before = if disabled_at.is_some() { Column::DisabledAt.is_null() } else { Column::DisabledAt.is_not_null() };
        let done = Entity::update_many()
            .col_expr(Column::DisabledAt, Expr::value(disabled_at))
            .col_expr(Column::Version, Expr::value(version + 1))
            .filter(Column::Id.eq(self.person.id))
            .filter(Column::Version.eq(version))
            .filter(before)
            .exec(on)
            .await?;
        if done.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}
