//! The names of the funding sources, mended by the finance body.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::board::Overseer;
use crate::base::{App, Who};
use crate::estimates::source::Source;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

#[derive(Template)]
#[template(path = "estimates/staff/sources.html")]
pub struct Sources {
    l: Locale,
    shell: Shell,
    sources: Vec<Source>,
    may: bool,
    /// The source whose name was refused, what was typed, and why.
    refused: Option<(Uuid, String, String)>,
}

impl Sources {
    fn typed(&self, source: &Source) -> String {
        let refused = self.refused.as_ref().filter(|(id, ..)| *id == source.id);
        refused.map_or_else(|| source.name.clone(), |(_, typed, _)| typed.clone())
    }

    fn error(&self, source: &Source) -> String {
        let refused = self.refused.as_ref().filter(|(id, ..)| *id == source.id);
        refused.map(|(.., why)| why.clone()).unwrap_or_default()
    }
}

async fn page(app: &App, who: &Who, shell: Shell, refused: Option<(Uuid, String, String)>) -> Result<Sources> {
    Ok(Sources { l: shell.l, shell, sources: Source::all(&app.db).await?, may: Source::may_rename(who), refused })
}

/// `GET /desk/estimates/sources`
pub async fn show(who: Overseer, shell: Shell, State(app): State<App>) -> Result<Page<Sources>> {
    Ok(Page(page(&app, &who, shell, None).await?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    name: String,
    seen: i32,
}

/// `POST /desk/estimates/sources/{id}`
pub async fn rename(
    who: Overseer,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let (why, status) = match Source::rename(&app, &who, id, given.seen, &given.name).await {
        Ok(()) => return Ok(Said::to("/desk/estimates/sources", "funding-source-renamed").into_response()),
        Err(Error::Refused(wrong)) => {
            (wrong.iter().map(|one| one.text(shell.l)).collect::<String>(), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Error::Stale) => (shell.l.t("estimate-conflict-next"), StatusCode::CONFLICT),
        Err(error) => return Err(error),
    };
    Ok(Page(page(&app, &who, shell, Some((id, given.name, why))).await?).status(status))
}
