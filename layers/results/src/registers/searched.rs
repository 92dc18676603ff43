//! What the public finds of registers: tasks that are confirmed and publicised.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::evidence;
use super::kind::ST_TASK;
use super::record::{Column, Entity, Record};
use crate::base::{App, Fact, fact};
use crate::search::feed::{Feed, PAGE, Public, Touch, passage};

/// Tasks.
pub const FEED: Feed = Feed {
    touches,
    public: |app, records| Box::pin(public(app, records)),
    subjects: |app, after| Box::pin(subjects(app, after)),
    through: Some(|app, articles| Box::pin(shown_by(app, articles))),
};

fn touches(recorded: &fact::Model, fact: &Fact) -> Touch {
    match fact {
        Fact::RegisterConfirmed { register, .. }
        | Fact::RegisterWithdrawn { register }
        | Fact::RegisterMadeSecret { register, .. }
        | Fact::RegisterEvidenceAdded { register }
        | Fact::RegisterEvidenceRemoved { register }
            if register == ST_TASK =>
        {
            Touch::Subject(recorded.about)
        }
        // A task is public by what it was publicised with, and that may be an article only.
        Fact::ArticlePublished { .. } | Fact::ArticleWithdrawn { .. } | Fact::ArticleTakenDown { .. } => {
            Touch::Through(recorded.about)
        }
        _ => Touch::Nothing,
    }
}

async fn subjects(app: &App, after: Option<Uuid>) -> anyhow::Result<Vec<Uuid>> {
    let tasks = Entity::find().select_only().column(Column::Id).filter(Column::Register.eq(ST_TASK));
    let mut rows = tasks.order_by_asc(Column::Id).limit(PAGE);
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    Ok(rows.into_tuple().all(&app.db).await?)
}

async fn shown_by(app: &App, articles: Vec<Uuid>) -> anyhow::Result<Vec<Uuid>> {
    Ok(evidence::shown_by(&app.db, &articles).await?)
}

async fn public(app: &App, records: Vec<Uuid>) -> anyhow::Result<Vec<Public>> {
    let rows = evidence::shown(ST_TASK).filter(Column::Id.is_in(records)).all(&app.db).await?;
    let document = |row: &Record| Public {
        subject: row.id,
        id: format!("st-task:{}", row.id),
        kind: "st-task",
        url: Record::public_path(row.id),
        title: row.title.clone(),
        passages: [&row.code, &row.lead].into_iter().filter(|text| !text.is_empty()).map(|text| passage(text.clone())).collect(),
        agency: Some(row.agency),
        language: "vi".into(),
        day: Some(row.from_on),
        ..Public::default()
    };
    Ok(rows.iter().map(document).collect())
}
