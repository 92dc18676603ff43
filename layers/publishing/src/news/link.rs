//! One-time links: someone without an account decides at the step the article stands at. Only the token's hash is kept; it
//! holds for one decision on one revision.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect};

use super::article::{Article, State};
use super::rights;
use crate::base::{App, By, Fact, Role, Who, new_id, time};
use crate::people::session::{hash, token};
use crate::web::{Error, Obstacle};

/// How long a link holds.
pub const LASTS: TimeDelta = TimeDelta::hours(72);
/// The longest name of whom it is for.
pub const RECIPIENT_LETTERS_MAX: usize = 120;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub article: Uuid,
    pub revision: i32,
    pub step: i32,
    /// SHA-256 of the token in the link.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// Whom it is for, in the words of who made it.
    #[sea_orm(column_type = "Text")]
    pub recipient: String,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Link = Model;

/// Whether the person may make a link for the step the article stands at: who leads the agency whose step it is, and wrote
/// none of the article.
#[must_use]
pub fn may_make(who: &Who, article: &Article) -> bool {
    let Some(step) = article.awaited() else { return false };
    let body = step.body(article.agency);
    !article.is_own_of(who.person) && rights::holds(who, &[Role::Approver, Role::AgencyAdministrator], body)
}

impl Model {
    /// Makes a link; its address is known at this moment only. Earlier ones for the article hold no more.
    ///
    /// # Errors
    /// Forbidden to who may not; refused without a recipient; or the database failed.
    pub async fn make(app: &App, who: &Who, article: &Article, recipient: &str) -> Result<String, Error> {
        if !may_make(who, article) {
            return Err(Error::Forbidden);
        }
        let recipient = vietnamese::normalise(recipient.trim()).replace('\0', "");
        if recipient.is_empty() || recipient.chars().count() > RECIPIENT_LETTERS_MAX {
            let obstacle = Obstacle::new("article-link-needs-recipient").with("n", RECIPIENT_LETTERS_MAX);
            return Err(Error::Refused(vec![obstacle.at("recipient")]));
        }
        let transaction = app.begin().await?;
        let (token, now) = (token(), app.clock.now());
        Self::end(&transaction, article.id, now).await?;
        let row = ActiveModel {
            id: Set(new_id()),
            article: Set(article.id),
            revision: Set(article.revision),
            step: Set(article.step),
            token_hash: Set(hash(&token)),
            recipient: Set(recipient.clone()),
            made_by: Set(who.person),
            made_at: Set(now),
            expires_at: Set(now + LASTS),
            used_at: Set(None),
        };
        Entity::insert(row).exec_without_returning(&transaction).await?;
        let fact = Fact::ArticleLinkMade { step: article.step + 1, until: time::machine(now + LASTS) };
        app.record(&transaction, article.id, fact, &By::from(who).because(recipient)).await?;
        app.commit(transaction).await?;
        Ok(format!("{}/duyet-tin/{token}", app.config.public_url()))
    }

    /// Ends the unused links of an article. // recorded by the verb that makes them useless
    ///
    /// # Errors
    /// The database failed.
    pub async fn end(on: &impl ConnectionTrait, article: Uuid, now: DateTimeUtc) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(now))
            .filter(Column::Article.eq(article))
            .filter(Column::UsedAt.is_null())
            .exec(on)
            .await
            .map(|_| ())
    }

    /// The link of a token with its article, while it holds: unused, in time, and the article still stands where it stood.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it does not hold, or the database failed.
    pub async fn open(app: &App, token: &str) -> Result<(Self, Article), Error> {
        let link = Entity::find().filter(Column::TokenHash.eq(hash(token))).one(&app.db).await?.ok_or(Error::NotFound)?;
        let article = Article::find(&app.db, link.article).await?;
        let stands = article.state == State::InReview && article.revision == link.revision && article.step == link.step;
        if link.used_at.is_some() || link.expires_at <= app.clock.now() || !stands {
            return Err(Error::NotFound);
        }
        Ok((link, article))
    }

    /// Uses it up: one winner. // recorded by Article::decide, in the same transaction
    ///
    /// # Errors
    /// Stale when it was used meanwhile, or the database failed.
    pub async fn use_up(&self, on: &impl ConnectionTrait, now: DateTimeUtc) -> Result<(), Error> {
        let used = Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(now))
            .filter(Column::Id.eq(self.id))
            .filter(Column::UsedAt.is_null())
            .exec(on)
            .await?;
        if used.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }

    /// The last one made for an article that still holds.
    ///
    /// # Errors
    /// The database failed.
    pub async fn holding(app: &App, article: &Article) -> Result<Option<Self>, DbErr> {
        Entity::find()
            .filter(Column::Article.eq(article.id))
            .filter(Column::Revision.eq(article.revision))
            .filter(Column::Step.eq(article.step))
            .filter(Column::UsedAt.is_null())
            .filter(Column::ExpiresAt.gt(app.clock.now()))
            .order_by_desc(Column::MadeAt)
            .limit(1)
            .one(&app.db)
            .await
    }
}
