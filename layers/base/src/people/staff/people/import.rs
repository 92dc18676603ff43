//! Many people are invited from a list: what was understood is shown first.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::Administrator;
use crate::base::{App, time};
use crate::people::agency::table::file;
use crate::people::person::importing::{self, Outcome, ROWS_MAX, Row, TEXT_BYTES_MAX};
use crate::people::person::inviting::Sent;
use crate::people::person::keeping::Keeper;
use crate::web::download::harmless;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Result, Shell};

#[derive(Template)]
#[template(path = "people/staff/people/import.html")]
pub struct Import {
    l: Locale,
    shell: Shell,
    text: String,
    errors: Mistakes,
    rows_max: usize,
}

/// What was understood of a list.
#[derive(Template)]
#[template(path = "people/staff/people/preview.html")]
pub struct Preview {
    l: Locale,
    shell: Shell,
    text: String,
    rows: Vec<Row>,
    /// Said above the table, when it comes back refused.
    errors: Mistakes,
}

impl Preview {
    fn count(&self, outcome: &str) -> usize {
        self.rows.iter().filter(|row| code(&row.outcome) == outcome).count()
    }

    fn mark(&self, row: &Row) -> &'static str {
        match row.outcome {
            Outcome::New => "on-time",
            Outcome::Known => "",
            Outcome::Wrong(_) => "returned",
        }
    }

    fn outcome(&self, row: &Row) -> String {
        self.l.t(&format!("people-import-{}", code(&row.outcome)))
    }

    fn wrong(&self, row: &Row) -> Vec<String> {
        match &row.outcome {
            Outcome::Wrong(obstacles) => obstacles.iter().map(|obstacle| obstacle.text(self.l)).collect(),
            Outcome::New | Outcome::Known => Vec::new(),
        }
    }

    fn roles(&self, row: &Row) -> Vec<String> {
        row.grants.iter().map(|grant| self.l.t(&grant.role.key())).collect()
    }
}

fn code(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::New => "new",
        Outcome::Known => "known",
        Outcome::Wrong(_) => "mistaken",
    }
}

/// `GET /desk/people/import`
pub async fn show(_who: Administrator, shell: Shell) -> Page<Import> {
    Page(Import { l: shell.l, shell, text: String::new(), errors: Mistakes::default(), rows_max: ROWS_MAX })
}

/// `POST /desk/people/import`: a file, or a list that was pasted.
pub async fn preview(who: Administrator, shell: Shell, State(app): State<App>, parts: Multipart) -> Result<Response> {
    let keeper = Keeper::of(&who);
    let (text, rows) = match text_of(parts).await {
        Ok(text) => (text.clone(), importing::read(&app, &keeper, &text).await),
        Err(error) => (String::new(), Err(error)),
    };
    match rows {
        Ok(rows) => Ok(Page(Preview { l: shell.l, shell, text, rows, errors: Mistakes::default() }).into_response()),
        Err(Error::Refused(obstacles)) => {
            let errors = obstacles.iter().map(|one| ("text", one.text(shell.l))).collect();
            let page = Import { l: shell.l, shell, text, errors, rows_max: ROWS_MAX };
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// The list as text. Of a list both pasted and chosen, the file counts.
async fn text_of(mut parts: Multipart) -> Result<String> {
    let too_large = |_| Error::TooLarge(2);
    let mut text = String::new();
    while let Some(field) = parts.next_field().await.map_err(too_large)? {
        let is_file = field.name() == Some("file");
        let bytes = field.bytes().await.map_err(too_large)?;
        if bytes.is_empty() {
            continue;
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Error::refused("people-import-spreadsheet"));
        }
        if is_file && bytes.starts_with(b"PK\x03\x04") {
            let read = file::aside(move || importing::of_workbook(&bytes)).await?;
            text = read.map_err(|obstacle| Error::Refused(vec![obstacle]))?;
            continue;
        }
        if bytes.len() > TEXT_BYTES_MAX {
            return Err(Error::Refused(vec![Obstacle::new("people-import-long").with("n", ROWS_MAX)]));
        }
        if is_file || text.is_empty() {
            text = importing::decoded(&bytes);
        }
    }
    Ok(text)
}

#[derive(Deserialize)]
pub struct Confirmed {
    text: String,
}

/// Everyone's link, this once.
#[derive(Template)]
#[template(path = "people/staff/people/imported.html")]
pub struct Imported {
    l: Locale,
    shell: Shell,
    sent: Vec<Sent>,
    mailed: bool,
    /// A `data:` address of the links as a CSV file.
    file: String,
}

/// `POST /desk/people/import/confirmation`: the list is read once more; all of it is done, or nothing.
pub async fn confirm(who: Administrator, shell: Shell, State(app): State<App>, Form(sent): Form<Confirmed>) -> Result<Response> {
    let keeper = Keeper::of(&who);
    let rows = importing::read(&app, &keeper, &sent.text).await?;
    match importing::invite(&app, &keeper, rows.clone()).await {
        Ok(sent) => {
            let mailed = sent.iter().all(|one| one.mailed);
            let file = file(shell.l, &sent);
            Ok(Page(Imported { l: shell.l, shell, sent, mailed, file }).into_response())
        }
        Err(Error::Refused(obstacles)) => {
            let errors = obstacles.iter().map(|one| ("rows", one.text(shell.l))).collect();
            let page = Preview { l: shell.l, shell, text: sent.text, rows, errors };
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

fn file(l: Locale, sent: &[Sent]) -> String {
    let head = ["person-name", "sign-in-email", "person-link-label", "people-import-until"].map(|key| l.t(key));
    let mut text = format!("\u{feff}{}", line(&head));
    for one in sent {
        let until = time::minute(one.link.expires_at);
        text.push_str(&line(&[one.person.name.clone(), one.person.email.clone(), one.link.address.clone(), until]));
    }
    format!("data:text/csv;charset=utf-8;base64,{}", STANDARD.encode(text))
}

fn line(cells: &[String; 4]) -> String {
    let quoted = cells.each_ref().map(|cell| format!("\"{}\"", harmless(cell).replace('"', "\"\"")));
    format!("{}\r\n", quoted.join(","))
}
