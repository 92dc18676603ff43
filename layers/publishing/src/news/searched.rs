//! What the public finds of news: articles that are out, while they are.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::article::{Article, Column, Entity, State};
use super::{clean, section};
use crate::base::{App, Fact, fact, time};
use crate::search::feed::{Feed, PAGE, Public, Touch, passage};

/// Articles.
pub const FEED: Feed = Feed {
    touches,
    public: |app, articles| Box::pin(public(app, articles)),
    subjects: |app, after| Box::pin(subjects(app, after)),
    through: None,
};

fn touches(recorded: &fact::Model, fact: &Fact) -> Touch {
    match fact {
        Fact::ArticlePublished { .. }
        | Fact::ArticleCorrected { .. }
        | Fact::ArticleWithdrawn { .. }
        | Fact::ArticleTakenDown { .. } => Touch::Subject(recorded.about),
        Fact::ArticlesImported { articles, .. } => Touch::Subjects(articles.clone()),
        Fact::SectionChanged { .. } => Touch::All,
        _ => Touch::Nothing,
    }
}

async fn subjects(app: &App, after: Option<Uuid>) -> anyhow::Result<Vec<Uuid>> {
    let mut rows = Entity::find().select_only().column(Column::Id).order_by_asc(Column::Id).limit(PAGE);
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    Ok(rows.into_tuple().all(&app.db).await?)
}

async fn public(app: &App, articles: Vec<Uuid>) -> anyhow::Result<Vec<Public>> {
    // Asked of the rows, not of the database: an index by state can look shorter to it than a thousand ids, and is the whole table.
    let is_out = |article: &Article| [State::Published, State::Corrected].contains(&article.state);
    let mut rows = Entity::find().filter(Column::Id.is_in(articles)).all(&app.db).await?;
    rows.retain(is_out);
    let sections: Vec<Uuid> = rows.iter().map(|article| article.section).collect();
    let sections = section::Entity::find().filter(section::Column::Id.is_in(sections)).all(&app.db).await?;
    let names: HashMap<Uuid, (String, String)> = sections.into_iter().map(|one| (one.id, (one.slug, one.name))).collect();
    Ok(rows.iter().map(|article| of_article(article, names.get(&article.section).cloned())).collect())
}

fn of_article(article: &Article, section: Option<(String, String)>) -> Public {
    let texts = [clean::text(&article.summary), clean::text(&article.body)];
    Public {
        subject: article.id,
        id: format!("article:{}", article.id),
        kind: "article",
        url: article.public_path(),
        title: article.title.clone(),
        passages: texts.into_iter().filter(|text| !text.is_empty()).map(passage).collect(),
        agency: Some(article.agency),
        section,
        language: article.language.to_value(),
        day: article.published_at.map(time::local_date),
        external_id: article.external_id.clone(),
        ..Public::default()
    }
}
