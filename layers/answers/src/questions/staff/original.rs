//! What somebody wrote, as they wrote it, and how they are reached: for who handles it, and that it was opened is noted.

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::base::{App, By, Fact, time};
use crate::questions::original::{Content, Model as Original};
use crate::questions::question::{Question, Whole};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "questions/staff/original.html")]
pub struct Show {
    l: Locale,
    shell: Shell,
    back: String,
    contact: Content,
    /// When, and what.
    texts: Vec<(String, String)>,
}

/// `GET /desk/questions/{id}/original`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Show>> {
    let whole = Whole::find_for(&app, &who, id).await?;
    if !whole.opens_original(&who) {
        return Err(Error::Forbidden);
    }
    note(&app, &app.db, id, &who).await?;
    let all = Original::of(&app, &app.db, id).await?;
    let contact = all.iter().find(|(row, _)| row.id == id).map(|(_, content)| content.clone()).unwrap_or_default();
    let texts = all.into_iter().map(|(row, content)| (time::minute(row.at), content.text)).collect();
    Ok(Page(Show { l: shell.l, shell, back: Question::desk_path(id), contact, texts }))
}

async fn note(app: &App, on: &impl ConnectionTrait, id: Uuid, who: &Signed) -> Result<()> {
    app.record(on, id, Fact::QuestionOriginalRead, &By::from(&who.0)).await?;
    Ok(())
}
