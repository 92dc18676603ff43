//! Bringing a list of subscribers in.

use askama::Template;
use axum::extract::{DefaultBodyLimit, Multipart, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, post};
use uuid::Uuid;

use crate::base::App;
use crate::channels::rights::{Verb, require};
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::subscriber::importing::{self, Brought, FILE_BYTES_MAX};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "newsletters/staff/import.html")]
pub struct Import {
    l: Locale,
    shell: Shell,
    newsletter: Newsletter,
    statement: String,
    errors: Mistakes,
    brought: Option<Brought>,
}

impl Import {
    fn action(&self) -> String {
        format!("{}/subscribers/import", Newsletter::path(self.newsletter.id))
    }

    fn summary(&self, one: &Brought) -> String {
        let words = [
            ("created", one.created.to_string()),
            ("known", (one.known + one.suppressed).to_string()),
            ("refused", one.refused.to_string()),
        ];
        self.l.with("list-import-done", &words)
    }

    fn bad(&self, one: &Brought) -> Vec<String> {
        one.bad.iter().map(|bad| self.l.t2("list-import-bad-line", "n", bad.line, "why", self.l.t(bad.why))).collect()
    }
}

/// `GET /desk/newsletters/{id}/subscribers/import`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Import>> {
    let newsletter = Newsletter::find_for(&app, &who, id).await?;
    require(&who, Verb::Keep, newsletter.agency)?;
    Ok(Page(Import { l: shell.l, shell, newsletter, statement: String::new(), errors: Mistakes::default(), brought: None }))
}

/// `POST /desk/newsletters/{id}/subscribers/import`, which takes larger bodies than the rest of the house.
pub fn taking() -> MethodRouter<App> {
    post(bring).layer(DefaultBodyLimit::max(FILE_BYTES_MAX + 64 * 1024))
}

/// Reads the file and says what came of each line; what is not taken stays out, and nothing else does.
pub async fn bring(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    mut parts: Multipart,
) -> Result<Response> {
    let newsletter = Newsletter::find_for(&app, &who, id).await?;
    let too_large = |_| Error::TooLarge((FILE_BYTES_MAX / 1024 / 1024) as u64);
    let (mut file, mut statement) = (Vec::new(), String::new());
    while let Some(field) = parts.next_field().await.map_err(too_large)? {
        match field.name() {
            Some("file") => file = field.bytes().await.map_err(too_large)?.to_vec(),
            Some("statement") => statement = field.text().await.map_err(too_large)?,
            _ => {}
        }
    }
    let l = shell.l;
    let page = Import { l, shell, newsletter, statement: statement.clone(), errors: Mistakes::default(), brought: None };
    match importing::bring(&app, &who, id, file, &statement).await {
        Ok(brought) => Ok(Page(Import { brought: Some(brought), ..page }).into_response()),
        Err(Error::Refused(obstacles)) => {
            let errors = Mistakes::told(&obstacles, l);
            Ok(Page(Import { errors, ..page }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
