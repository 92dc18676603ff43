//! An article is announced: by its section when it is published, or by an approver of its agency.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::delivery::Delivery;
use super::{Entity, Kind, Order, State};
use crate::base::{App, By, Fact, Who, fact, new_id};
use crate::news::Article;
use crate::news::article::State as ArticleState;
use crate::push::rights;
use crate::push::rule::Rule;
use crate::push::setting::{Mode, Setting};
use crate::web::{Error, Locale, cut};

/// Letters below the title: what a phone shows of them.
const BODY_LETTERS: usize = 160;
const TITLE_LETTERS: usize = 100;

/// Follows that an article was published. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn article_published(app: &App, recorded: &fact::Model) -> anyhow::Result<()> {
    let article = Article::find(&app.db, recorded.about).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let mode = Setting::mode(&app.db, article.agency, article.section).await?;
    if mode == Mode::Every && article.state.is_public() {
        let placed = place(app, &article, Kind::News, None, &By::system()).await;
        placed.map(|_| ()).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    }
    Ok(())
}

impl Order {
    /// An approver announces an article that is out. Returns the order; pressed twice it is the same.
    ///
    /// # Errors
    /// Hidden or forbidden; refused where the agency does not announce what stands in the section, or the article is not out; or the
    /// database failed.
    pub async fn announce(app: &App, who: &Who, article: Uuid) -> Result<Uuid, Error> {
        let article = Article::find_for(app, who, article).await?;
        if !rights::may_announce(who, article.agency) {
            return Err(Error::Forbidden);
        }
        if !article.state.is_public() {
            return Err(Error::refused("push-article-not-out"));
        }
        if Setting::mode(&app.db, article.agency, article.section).await? == Mode::Off {
            return Err(Error::refused("push-section-off"));
        }
        place(app, &article, Kind::News, Some(who.person), &By::from(who)).await
    }

    /// Sends whoever got the announcement that the article was corrected or is gone.
    ///
    /// # Errors
    /// Hidden or forbidden; refused while there is nothing to correct or nobody got it; or the database failed.
    pub async fn correct(app: &App, who: &Who, id: Uuid) -> Result<Uuid, Error> {
        let order = Self::find_for(app, who, id).await?;
        if !rights::may_announce(who, order.agency) {
            return Err(Error::Forbidden);
        }
        let article = Article::find(&app.db, order.article).await?;
        if order.kind != Kind::News || article.state == ArticleState::Published {
            return Err(Error::refused("push-nothing-to-correct"));
        }
        if Delivery::counts(&app.db, id).await?.reached() == 0 {
            return Err(Error::refused("push-nobody-reached"));
        }
        place(app, &article, Kind::Correction, Some(who.person), &By::from(who)).await
    }
}

/// Writes the order, or finds the one that is there.
async fn place(app: &App, article: &Article, kind: Kind, made_by: Option<Uuid>, by: &By) -> Result<Uuid, Error> {
    if let Some(before) = Order::of(&app.db, article.id).await?.into_iter().find(|one| one.kind == kind) {
        return Ok(before.id);
    }
    let now = app.clock.now();
    // What corrects goes at any hour that the announcement could: it is not worth more sleep.
    let due_at = Rule::now(&app.db).await?.after_quiet(now);
    let order = written(article, kind, made_by, (now, due_at));
    let (id, title) = (order.id, order.title.clone());
    let transaction = app.begin().await?;
    match Entity::insert(super::ActiveModel::from(order)).exec_without_returning(&transaction).await {
        Ok(_) => {}
        Err(error) if matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))) => return Err(Error::Stale),
        Err(error) => return Err(error.into()),
    }
    let fact = Fact::PushOrdered { title, correction: kind == Kind::Correction, at: due_at.to_rfc3339() };
    app.record(&transaction, id, fact, by).await?;
    app.commit(transaction).await?;
    Ok(id)
}

fn written(article: &Article, kind: Kind, made_by: Option<Uuid>, (now, due_at): (DateTime<Utc>, DateTime<Utc>)) -> Order {
    let (title, body) = words(article, kind);
    Order {
        id: new_id(),
        article: article.id,
        kind,
        agency: article.agency,
        section: article.section,
        language: article.language,
        title,
        body,
        state: State::Waiting,
        due_at,
        made_by,
        made_at: now,
        built_at: None,
        finished_at: None,
        matched: 0,
        over_limit: 0,
        why: String::new(),
        version: 1,
    }
}

/// What the notice says: the words of the approved article, in its language.
#[must_use]
pub fn words(article: &Article, kind: Kind) -> (String, String) {
    let title = cut(&article.title, TITLE_LETTERS);
    if kind == Kind::News {
        return (title, cut(&article.summary, BODY_LETTERS));
    }
    let l = Locale(crate::web::Lang::from_tag(article.language.tag()));
    let key = if article.state == ArticleState::Corrected { "push-says-corrected" } else { "push-says-withdrawn" };
    (l.t1(key, "name", &title), cut(&article.notice, BODY_LETTERS))
}
