//! What the public finds of measures: those that are confirmed and shown.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::measure::{Column, Entity, Measure};
use crate::base::{App, Fact, fact};
use crate::search::feed::{Feed, PAGE, Public, Touch, passage};

/// Measures.
pub const FEED: Feed = Feed {
    touches,
    public: |app, measures| Box::pin(public(app, measures)),
    subjects: |app, after| Box::pin(subjects(app, after)),
    through: None,
};

fn touches(recorded: &fact::Model, fact: &Fact) -> Touch {
    match fact {
        Fact::MeasureSuggested { .. }
        | Fact::MeasureDefined { .. }
        | Fact::MeasureRedefined { .. }
        | Fact::MeasureConfirmed { .. }
        | Fact::MeasureRetired { .. } => Touch::Subject(recorded.about),
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

async fn public(app: &App, measures: Vec<Uuid>) -> anyhow::Result<Vec<Public>> {
    let rows = Entity::find().filter(Column::Id.is_in(measures)).all(&app.db).await?;
    let document = |one: &Measure| Public {
        subject: one.id,
        id: format!("measure:{}", one.id),
        kind: "measure",
        url: one.public_path(),
        title: one.title.clone(),
        passages: vec![passage(one.meaning.clone())],
        language: "vi".into(),
        ..Public::default()
    };
    Ok(rows.iter().filter(|one| one.is_public()).map(document).collect())
}
