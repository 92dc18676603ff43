//! What the public reads of documents: what is issued and that somebody of the issuer showed. Its address is made once.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, SqlErr};

use super::{Column, Entity, Report, State};
use crate::base::{App, By, Fact, Who};
use crate::news::article::slug_of;
use crate::reports::rights;
use crate::reports::template::outline::with_gaps;
use crate::web::{Error, cut};

/// What stays at its public address: a replaced one says which is newer.
const OUT: [State; 2] = [State::Issued, State::Replaced];
/// Of the name by which lists and headings call a document.
const TITLE_LETTERS: usize = 140;
/// Documents of the same name that are shown at the same moment take the next address after one another.
const TRIES: usize = 8;

impl Report {
    /// Where the public reads it; empty while nobody showed it.
    #[must_use]
    pub fn public_path(&self) -> String {
        let slug = self.slug.as_deref().filter(|_| self.public && self.state.is_issued());
        slug.map(|slug| format!("/bao-cao/{slug}")).unwrap_or_default()
    }

    /// Shows it to everybody, or takes it off again.
    ///
    /// # Errors
    /// Forbidden; refused before it is issued; stale when somebody was quicker; or the database failed.
    pub async fn show_public(&self, app: &App, who: &Who, shown: bool, seen: i32) -> Result<(), Error> {
        rights::require(rights::signs(who, self.agency))?;
        if !self.state.is_issued() {
            return Err(Error::refused("report-not-issued"));
        }
        if self.public == shown {
            return Ok(());
        }
        for _ in 0..TRIES {
            if self.put_shown(app, who, shown, seen).await? {
                return Ok(());
            }
        }
        Err(Error::Stale)
    }

    /// Shows it or takes it off. False where another document took its address at that moment. // recorded by show_public
    async fn put_shown(&self, app: &App, who: &Who, shown: bool, seen: i32) -> Result<bool, Error> {
        let slug = match &self.slug {
            Some(slug) => slug.clone(),
            None => fresh_slug(&app.db, self).await?,
        };
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Public, Expr::value(shown))
            .col_expr(Column::Slug, Expr::value(slug))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.is_in(OUT))
            .filter(Column::Version.eq(seen))
            .exec(&transaction)
            .await;
        if let Err(error) = &done
            && matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
        {
            transaction.rollback().await?;
            return Ok(false);
        }
        if done?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let title = self.subject.clone();
        let fact = if shown { Fact::ReportShown { title } } else { Fact::ReportHidden { title } };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(true)
    }

    /// As lists and headings of the desk call it.
    #[must_use]
    pub fn called(&self) -> String {
        cut(&with_gaps(&self.subject), TITLE_LETTERS)
    }

    /// The document at a public address.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn at(on: &impl ConnectionTrait, slug: &str) -> Result<Self, Error> {
        shown().filter(Column::Slug.eq(slug)).one(on).await?.ok_or(Error::NotFound)
    }
}

/// What the public may read, the latest first.
#[must_use]
pub fn shown() -> Select<Entity> {
    let out = Entity::find().filter(Column::Public.eq(true)).filter(Column::State.is_in(OUT));
    out.order_by_desc(Column::IssuedOn).order_by_desc(Column::Id)
}

/// An address that no document has.
async fn fresh_slug(on: &impl ConnectionTrait, report: &Report) -> Result<String, DbErr> {
    let number = report.number.unwrap_or_default();
    let name = format!("{} {number:02} {} {}", report.kind.code(), report.year.unwrap_or_default(), report.subject);
    let base = slug_of(&name).unwrap_or_else(|| "van-ban".into());
    let mut slug = base.clone();
    for more in 2.. {
        if Entity::find().filter(Column::Slug.eq(&slug)).one(on).await?.is_none() {
            break;
        }
        slug = format!("{base}-{more}");
    }
    Ok(slug)
}
