//! What the public finds of written answers: those that hold.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::{Column, Curated, Entity};
use crate::base::{App, Fact, fact};
use crate::search::feed::{Feed, PAGE, Public, Touch, passage};

/// Answers of officers.
pub const FEED: Feed = Feed {
    touches,
    public: |app, answers| Box::pin(public(app, answers)),
    subjects: |app, after| Box::pin(subjects(app, after)),
    through: None,
};

fn touches(recorded: &fact::Model, fact: &Fact) -> Touch {
    match fact {
        Fact::CuratedApproved { .. }
        | Fact::CuratedBegan { .. }
        | Fact::CuratedWithdrawn { .. }
        | Fact::CuratedExpired { .. } => Touch::Subject(recorded.about),
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

/// One that begins later comes in on its first day.
async fn public(app: &App, answers: Vec<Uuid>) -> anyhow::Result<Vec<Public>> {
    let rows = super::holding(app, &answers).await?;
    let document = |row: &Curated| Public {
        subject: row.id,
        id: format!("curated:{}", row.id),
        kind: "curated",
        url: Curated::public_path(row.id),
        title: row.title.clone(),
        passages: vec![passage(row.body.clone())],
        agency: Some(row.agency),
        language: "vi".into(),
        day: Some(row.from_on),
        ..Public::default()
    };
    Ok(rows.iter().map(document).collect())
}
