//! What the press takes, sent on by webhooks to whoever asked for it: signed and tried again as all their messages.

use serde_json::{Value, json};

use super::ninjs;
use crate::base::{App, Fact, fact};
use crate::news::Article;
use crate::web::Result;
use crate::webhooks::{Delivery, Event};

/// Plans the message; a second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact, article: &Article) -> Result<()> {
    let event = match fact {
        Fact::ArticlePublished { .. } => Event::ArticlePublished,
        Fact::ArticleCorrected { .. } => Event::ArticleCorrected,
        Fact::ArticleWithdrawn { .. } | Fact::ArticleTakenDown { .. } => Event::ArticleWithdrawn,
        _ => return Ok(()),
    };
    if !Delivery::is_wanted(app, event).await? {
        return Ok(());
    }
    let item: Value = match ninjs::told(app, article.clone()).await? {
        Some(told) if event != Event::ArticleWithdrawn => ninjs::item(app, &told),
        _ => ninjs::cancelled(article),
    };
    let href = format!("{}{}", app.config.public_url(), article.public_path());
    Delivery::plan_saying(app, recorded, event, json!({ "id": article.id, "href": href, "ninjs": item })).await?;
    Ok(())
}
