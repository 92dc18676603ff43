//! The publications whose last edition leads to an article. An edition never changes: the next one leads there no more.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect};

use super::edition::{self, Edition, Frozen, frozen};
use super::publication::{self, Publication};
use crate::base::App;
use crate::base::copies::{Copy, Stand};
use crate::news::Article;
use crate::web::Result;

/// Asked with the id of an article.
pub fn copies(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Copy>>> {
    Box::pin(async move {
        let path = Article::find(&app.db, article).await?.public_path();
        let citing: Vec<Frozen> = frozen::Entity::find()
            .filter(frozen::Column::Body.contains(&path))
            .all(&app.db)
            .await?
            .into_iter()
            .filter(|section| leads_to(&section.body, &path))
            .collect();
        if citing.is_empty() {
            return Ok(Vec::new());
        }
        let editions: Vec<Uuid> = citing.iter().map(|section| section.edition).collect();
        let editions = edition::Entity::find().filter(edition::Column::Id.is_in(editions)).all(&app.db).await?;
        let editions: HashMap<Uuid, Edition> = editions.into_iter().map(|one| (one.id, one)).collect();
        let mut found: Vec<Copy> = Vec::new();
        for one in out(app, editions.values().map(|one| one.publication)).await? {
            let last = editions.values().find(|edition| edition.publication == one.id && edition.number == one.edition);
            let Some(last) = last else { continue };
            let sections = citing.iter().filter(|section| section.edition == last.id);
            let titles: Vec<&str> = sections.map(|section| section.title.as_str()).collect();
            found.push(copy(app, &one, last, titles.join("; ")));
        }
        Ok(found)
    })
}

/// Those of them that anybody may read.
async fn out(app: &App, ids: impl Iterator<Item = Uuid>) -> Result<Vec<Publication>, DbErr> {
    use publication::Column;
    let out = Condition::all().add(Column::PublishedAt.is_not_null()).add(Column::Id.is_in(ids));
    publication::Entity::find().filter(out).limit(1_000).all(&app.db).await
}

fn copy(app: &App, one: &Publication, last: &Edition, sections: String) -> Copy {
    Copy {
        id: one.id,
        channel: "publication",
        agency: one.agency,
        place: one.title.clone(),
        href: Publication::desk_path(one.id),
        address: Some(format!("{}{}", app.config.public_url(), one.public_path())),
        recipients: None,
        stand: Stand::Out,
        since: last.at,
        proof: sections,
    }
}

/// Whether a text has that very address, and not one that only begins like it.
fn leads_to(body: &str, path: &str) -> bool {
    let goes_on = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    body.match_indices(path).any(|(at, _)| !body[at + path.len()..].starts_with(goes_on))
}

#[cfg(test)]
mod unit {
    use super::leads_to;

    #[test]
    fn an_address_that_only_begins_alike_is_another() {
        assert!(leads_to("<a href=\"/tin-tuc/mo-hinh\">x</a>", "/tin-tuc/mo-hinh"));
        assert!(leads_to("<a href=\"/tin-tuc/mo-hinh-2\">x</a> <a href=\"/tin-tuc/mo-hinh#a\">", "/tin-tuc/mo-hinh"));
        assert!(!leads_to("<a href=\"/tin-tuc/mo-hinh-2\">x</a>", "/tin-tuc/mo-hinh"));
    }
}
