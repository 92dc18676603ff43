//! Who is cleared for denunciations: named and taken back by a system administrator, who reads none of them by that.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::base::{App, time};
use crate::people::person;
use crate::questions::denunciation::reader;
use crate::web::{Error, Locale, Page, Result, Said, Shell};

crate::admits! {
    /// Who names them.
    Keeper: SystemAdministrator
}

/// A cleared person.
pub struct Line {
    pub id: Uuid,
    pub name: String,
    pub since: String,
    pub by: String,
}

#[derive(Template)]
#[template(path = "questions/staff/readers.html")]
pub struct Readers {
    l: Locale,
    shell: Shell,
    lines: Vec<Line>,
    email: String,
    /// Why nobody was named.
    refused: String,
}

async fn page(app: &App, shell: Shell) -> Result<Readers> {
    let rows = reader::all(&app.db).await?;
    let people: Vec<Uuid> = rows.iter().flat_map(|row| [row.person, row.named_by]).collect();
    let names = person::names(&app.db, &people).await?;
    let name = |id: &Uuid| names.get(id).cloned().unwrap_or_default();
    let line = |row: &reader::Model| Line {
        id: row.person,
        name: name(&row.person),
        since: time::day(time::local_date(row.at)),
        by: name(&row.named_by),
    };
    Ok(Readers { l: shell.l, shell, lines: rows.iter().map(line).collect(), email: String::new(), refused: String::new() })
}

/// `GET /desk/denunciations/readers`
pub async fn show(_: Keeper, shell: Shell, State(app): State<App>) -> Result<Page<Readers>> {
    Ok(Page(page(&app, shell).await?))
}

/// `POST /desk/denunciations/readers`: `email` names one, `remove` takes one back.
pub async fn change(
    who: Keeper,
    shell: Shell,
    State(app): State<App>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let l = shell.l;
    if let Some(person) = fields.get("remove").and_then(|id| id.parse().ok()) {
        reader::remove(&app, &who, person).await?;
        return Ok(Said::to("/desk/denunciations/readers", "denunciation-reader-removed").into_response());
    }
    let email = fields.get("email").map(|email| email.trim().to_lowercase()).unwrap_or_default();
    let found = person::Entity::find().filter(person::Column::Email.eq(&email)).one(&app.db).await?;
    let error = match found {
        None => l.t("denunciation-reader-unknown"),
        Some(person) => match reader::name(&app, &who, &person).await {
            Ok(()) => return Ok(Said::to("/desk/denunciations/readers", "denunciation-reader-named").into_response()),
            Err(Error::Refused(obstacles)) => obstacles.iter().map(|one| one.text(l)).collect(),
            Err(error) => return Err(error),
        },
    };
    let mut page = page(&app, shell).await?;
    (page.email, page.refused) = (email, error);
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}
