//! Bringing a file in: it is read aside, kept for a day, and shown before anything is written.

use askama::Template;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, post};
use uuid::Uuid;

use super::Keeper;
use crate::base::App;
use crate::people::agency::table::file::{self, FILE_BYTES_MAX, Opened};
use crate::people::agency::{boundary, upload};
use crate::web::{Error, Locale, Obstacle, Page, Result, Shell};

#[derive(Template)]
#[template(path = "people/staff/agency_files/import.html")]
pub struct Import {
    l: Locale,
    shell: Shell,
    error: String,
}

/// `GET /desk/agencies/import`
pub async fn show(_: Keeper, shell: Shell) -> Page<Import> {
    Page(Import { l: shell.l, shell, error: String::new() })
}

/// `POST /desk/agencies/import`, which takes larger bodies than the rest of the house.
pub fn taking() -> MethodRouter<App> {
    post(create).layer(DefaultBodyLimit::max(FILE_BYTES_MAX + 64 * 1024))
}

/// Reads the file and goes on to the preview; a file that can not be used comes back with the form.
pub async fn create(who: Keeper, shell: Shell, State(app): State<App>, parts: Multipart) -> Result<Response> {
    let (name, bytes) = dropped(parts).await?;
    match file::aside(move || read(&bytes)).await? {
        Ok(read) => {
            let id = keep(&app, who.person, &name, read).await?;
            Ok(Redirect::to(&format!("/desk/agencies/import/{id}")).into_response())
        }
        Err(obstacle) => {
            let error = obstacle.text(shell.l);
            Ok(Page(Import { l: shell.l, shell, error }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

async fn dropped(mut parts: Multipart) -> Result<(String, Vec<u8>)> {
    let too_large = |_| Error::TooLarge((FILE_BYTES_MAX / 1024 / 1024) as u64);
    let mut file = (String::new(), Vec::new());
    while let Some(field) = parts.next_field().await.map_err(too_large)? {
        if field.name() == Some("file") {
            file.0 = field.file_name().unwrap_or_default().to_owned();
            file.1 = field.bytes().await.map_err(too_large)?.to_vec();
        }
    }
    Ok(file)
}

/// What was read.
enum Read {
    Table(crate::people::agency::table::Sheet),
    Boundaries(boundary::Collection),
}

fn read(bytes: &[u8]) -> Result<Read, Obstacle> {
    match file::open(bytes)? {
        Opened::Table(sheet) => Ok(Read::Table(sheet)),
        Opened::Boundaries(text) => boundary::reading::read(&text).map(Read::Boundaries),
    }
}

async fn keep(app: &App, person: Uuid, name: &str, read: Read) -> Result<Uuid> {
    let (kind, body) = match read {
        Read::Table(sheet) => (upload::Kind::Table, serde_json::to_string(&sheet)?),
        Read::Boundaries(collection) => (upload::Kind::Boundaries, serde_json::to_string(&collection)?),
    };
    Ok(upload::Model::keep(app, person, name, kind, body).await?)
}
