//! What the public sees of a campaign: nothing, until who decides about it says so. Its address is made once, and stays its own.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::campaign::{Campaign, Column, Entity, State};
use super::rights;
use crate::base::{App, By, Fact, Who};
use crate::news::article::slug_of;
use crate::web::Error;

/// Campaigns that there is something to show of.
const OPEN: [State; 2] = [State::Running, State::Closed];

impl Campaign {
    /// Whether there is something that could be shown.
    #[must_use]
    pub fn is_open(&self) -> bool {
        OPEN.contains(&self.state)
    }

    /// Where the public reads it; empty while nobody said that it may.
    #[must_use]
    pub fn public_path(&self) -> String {
        let slug = self.slug.as_deref().filter(|_| self.public && self.is_open());
        slug.map(|slug| format!("/chien-dich/{slug}")).unwrap_or_default()
    }

    /// Shows it to everybody, or takes it off again.
    ///
    /// # Errors
    /// Forbidden; refused while it is a draft; stale when somebody was quicker; or the database failed.
    pub async fn show_public(&self, app: &App, who: &Who, shown: bool, seen: i32) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        if !self.is_open() {
            return Err(Error::refused("campaign-public-not-yet"));
        }
        if self.public == shown {
            return Ok(());
        }
        let slug = match &self.slug {
            Some(slug) => slug.clone(),
            None => fresh_slug(&app.db, &self.title).await?,
        };
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Public, Expr::value(shown))
            .col_expr(Column::Slug, Expr::value(slug))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.is_in(OPEN))
            .filter(Column::Version.eq(seen))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let title = self.title.clone();
        let fact = if shown { Fact::CampaignShown { title } } else { Fact::CampaignHidden { title } };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// The campaign at a public address.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn at(on: &impl ConnectionTrait, slug: &str) -> Result<Self, Error> {
        shown().filter(Column::Slug.eq(slug)).one(on).await?.ok_or(Error::NotFound)
    }
}

/// What the public may see, the latest begun first.
#[must_use]
pub fn shown() -> Select<Entity> {
    let open = Entity::find().filter(Column::Public.eq(true)).filter(Column::State.is_in(OPEN));
    open.order_by_desc(Column::StartsOn).order_by_desc(Column::Id)
}

/// An address for that title that no campaign has.
async fn fresh_slug(on: &impl ConnectionTrait, title: &str) -> Result<String, DbErr> {
    let base = slug_of(title).unwrap_or_else(|| "chien-dich".into());
    let mut slug = base.clone();
    for number in 2.. {
        if Entity::find().filter(Column::Slug.eq(&slug)).one(on).await?.is_none() {
            break;
        }
        slug = format!("{base}-{number}");
    }
    Ok(slug)
}
