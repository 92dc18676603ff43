//! What the public finds of questions, and the assistant answers with: those that are published and not looked at again, with the answer
//! that was given last. Masked.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::answer::{self, Answer};
use super::question::{Column, Entity, Question, valid};
use crate::base::{App, Fact, fact, time};
use crate::search::feed::{Feed, PAGE, Public, Touch, passage};

/// Published answers.
pub const FEED: Feed = Feed {
    touches,
    public: |app, questions| Box::pin(public(app, questions)),
    subjects: |app, after| Box::pin(subjects(app, after)),
    through: None,
};

fn touches(recorded: &fact::Model, fact: &Fact) -> Touch {
    match fact {
        Fact::QuestionShown
        | Fact::QuestionHidden
        | Fact::QuestionAnswered { .. }
        | Fact::QuestionRemoved
        | Fact::QuestionDropped
        | Fact::QuestionReopened { .. }
        | Fact::QuestionWithdrawn { .. }
        | Fact::QuestionJoined { .. } => Touch::Subject(recorded.about),
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

async fn public(app: &App, questions: Vec<Uuid>) -> anyhow::Result<Vec<Public>> {
    let rows = valid().filter(Column::Id.is_in(questions)).all(&app.db).await?;
    let given = given(&app.db, &rows).await?;
    let document = |row: &Question| {
        let answer = given.get(&row.id)?;
        Some(Public {
            subject: row.id,
            id: format!("question:{}", row.id),
            kind: "question",
            url: row.public_path(),
            title: row.title.clone(),
            passages: vec![passage(answer.shown_text.clone()), passage(row.body.clone())],
            agency: Some(row.holder),
            language: "vi".into(),
            day: row.answered_at.map(time::local_date),
            ..Public::default()
        })
    };
    Ok(rows.iter().filter_map(document).collect())
}

/// The last given answer of each: one statement.
///
/// # Errors
/// The database failed.
pub async fn given(on: &impl ConnectionTrait, rows: &[Question]) -> Result<HashMap<Uuid, Answer>, DbErr> {
    let answers = answer::Entity::find()
        .filter(answer::Column::Question.is_in(rows.iter().map(|row| row.id)))
        .filter(answer::Column::State.eq(answer::State::Given))
        .order_by_asc(answer::Column::Number);
    Ok(answers.all(on).await?.into_iter().map(|answer| (answer.question, answer)).collect()) // the latest comes last
}
