//! What the public finds of publications: each section of the last edition, opened at its anchor.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::edition::{self, Edition, Frozen};
use super::publication::{Column, Entity, Publication};
use crate::base::{App, Fact, fact, time};
use crate::news::clean;
use crate::search::feed::{Feed, PAGE, Public, Touch, passage};

/// Publications.
pub const FEED: Feed = Feed {
    touches,
    public: |app, publications| Box::pin(public(app, publications)),
    subjects: |app, after| Box::pin(subjects(app, after)),
    through: None,
};

fn touches(recorded: &fact::Model, fact: &Fact) -> Touch {
    match fact {
        Fact::PublicationPublished { .. } | Fact::PublicationWithdrawn { .. } => Touch::Subject(recorded.about),
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

async fn public(app: &App, publications: Vec<Uuid>) -> anyhow::Result<Vec<Public>> {
    let out = Entity::find().filter(Column::Id.is_in(publications)).filter(Column::PublishedAt.is_not_null());
    let rows: HashMap<Uuid, Publication> = out.all(&app.db).await?.into_iter().map(|row| (row.id, row)).collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let all = edition::Entity::find().filter(edition::Column::Publication.is_in(rows.keys().copied())).all(&app.db).await?;
    let is_last = |one: &&Edition| rows.get(&one.publication).is_some_and(|row| row.edition == one.number);
    let last: HashMap<Uuid, &Edition> = all.iter().filter(is_last).map(|one| (one.id, one)).collect();
    let ids: Vec<Uuid> = last.keys().copied().collect();
    let mut found: Vec<Public> = last.values().filter_map(|one| Some(of(rows.get(&one.publication)?, one, None))).collect();
    for section in Frozen::of(&app.db, &ids).await? {
        let place = last.get(&section.edition).and_then(|one| Some((rows.get(&one.publication)?, *one)));
        found.extend(place.map(|(row, one)| of(row, one, Some(&section))));
    }
    Ok(found)
}

/// A section; without one, the publication as a whole.
fn of(row: &Publication, edition: &Edition, section: Option<&Frozen>) -> Public {
    let (id, url, title, text) = match section {
        None => (format!("publication:{}", row.id), row.public_path(), edition.title.clone(), edition.summary.clone()),
        Some(one) => (
            format!("publication:{}:{}", row.id, one.section),
            format!("{}#{}", row.edition_path(edition.number), one.anchor),
            format!("{} · {}", one.title, edition.title),
            clean::text(&one.body),
        ),
    };
    Public {
        subject: row.id,
        id,
        kind: "publication",
        url,
        title,
        passages: Some(text).filter(|text| !text.is_empty()).map(passage).into_iter().collect(),
        agency: Some(row.agency),
        language: row.language.to_value(),
        day: Some(time::local_date(edition.at)),
        ..Public::default()
    }
}
