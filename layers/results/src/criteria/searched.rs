//! What the public finds of criteria: the newest publication of each set, by its title, its class of agencies and what was assessed.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::publication::{self, Body, Publication};
use super::set::{Column, CriteriaSet, Entity};
use crate::base::{App, Fact, fact, time};
use crate::people::class;
use crate::search::feed::{Feed, PAGE, Public, Touch, passage};
use crate::web::Lang;

/// Publications, by their sets.
pub const FEED: Feed = Feed {
    touches,
    public: |app, sets| Box::pin(public(app, sets)),
    subjects: |app, after| Box::pin(subjects(app, after)),
    through: None,
};

fn touches(recorded: &fact::Model, fact: &Fact) -> Touch {
    match fact {
        Fact::CriteriaPublished { .. } => Touch::Subject(recorded.about),
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

async fn public(app: &App, sets: Vec<Uuid>) -> anyhow::Result<Vec<Public>> {
    let of = publication::Entity::find().filter(publication::Column::CriteriaSet.is_in(sets.iter().copied()));
    let all = of.order_by_asc(publication::Column::Number).all(&app.db).await?;
    // The last of each stays.
    let newest: HashMap<Uuid, Publication> = all.into_iter().map(|one| (one.criteria_set, one)).collect();
    let keepers = Entity::find().filter(Column::Id.is_in(newest.keys().copied())).all(&app.db).await?;
    let document = |set: &CriteriaSet| {
        let one = newest.get(&set.id)?;
        let body = one.read().ok()?;
        Some(Public {
            subject: set.id,
            id: format!("criteria:{}", set.id),
            kind: "criteria",
            url: one.path(),
            passages: words(&body).into_iter().map(passage).collect(),
            title: body.title,
            agency: Some(set.agency),
            language: "vi".into(),
            day: Some(time::local_date(one.at)),
            ..Public::default()
        })
    };
    Ok(keepers.iter().filter_map(document).collect())
}

/// Who was assessed, and by what.
fn words(body: &Body) -> Vec<String> {
    let edition = body.counted.round.editions.values().next_back();
    let nodes = edition.map(|set| set.numbered()).unwrap_or_default();
    std::iter::once(class::label(&body.class, Lang::Vi)).chain(nodes.into_iter().map(|(_, node)| node.name.clone())).collect()
}
