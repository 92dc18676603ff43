//! A question that turns out to accuse somebody leaves for the protected channel: its rows are deleted, its code works on. What happened to
//! it before says neither what was asked nor who did.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;

use super::{Entity, Whole, joining};
use crate::base::mail::Mail;
use crate::base::{App, By, Fact, Who};
use crate::cases::case::moving::Ground;
use crate::questions::denunciation::{self, receiving};
use crate::questions::original;
use crate::questions::{answer, entry, message, reminder, step};
use crate::web::Error;

/// Moves it there.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn protect(app: &App, on: &DatabaseTransaction, whole: &Whole, ground: &Ground, who: &Who) -> Result<(), Error> {
    let question = &whole.question;
    let originals = original::Model::of(app, on, question.id).await?;
    let mut content = denunciation::Content {
        channel: question.channel.code(),
        account: question.account,
        in_private: question.in_private,
        ..denunciation::Content::default()
    };
    for (row, said) in originals {
        if row.id == question.id {
            content.sender = said.clone();
        }
        content.texts.push(said.text);
    }
    receiving::bring(app, on, (question.id, &question.code_key, &question.key), (&content, question.asked_at), who.person)
        .await?;
    joining::release(app, on, question.id, ground, &By::from(who)).await?;
    remove(on, question.id).await?;
    app.record(on, question.id, Fact::QuestionRemoved, &By::from(who)).await?;
    Ok(())
}

/// Nothing of it is left where questions are.
async fn remove(on: &DatabaseTransaction, id: Uuid) -> Result<(), Error> {
    reminder::forget(on, id).await?;
    entry::Entity::delete_many().filter(entry::Column::Question.eq(id)).exec(on).await?;
    // Whoever was joined to it keeps that line of their story, without its words.
    let told = entry::Entity::update_many().col_expr(entry::Column::Text, Expr::value(""));
    told.filter(entry::Column::To.eq(id)).exec(on).await?;
    answer::Entity::delete_many().filter(answer::Column::Question.eq(id)).exec(on).await?;
    message::Entity::delete_many().filter(message::Column::Question.eq(id)).exec(on).await?;
    original::Entity::delete_many().filter(original::Column::Question.eq(id)).exec(on).await?;
    step::Entity::delete_many().filter(step::Column::Question.eq(id)).exec(on).await?;
    Mail::forget(on, id).await?;
    Entity::delete_by_id(id).exec(on).await?;
    Ok(())
}
