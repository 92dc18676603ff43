//! Entering a request: who asks for a correction or a removal, by which document, and when it was received.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::base::{App, Who, new_id};
use crate::news::{Article, view};
use crate::retractions::case::Cause;
use crate::retractions::case::opening::{LINE_LETTERS_MAX, Request};
use crate::retractions::{Retraction, rights};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Result, Said, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    article: String,
}

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    key: String,
    article: String,
    cause: String,
    asked_by: String,
    ground: String,
    document: String,
    received_at: String,
    why: String,
}

#[derive(Template)]
#[template(path = "retractions/staff/new.html")]
pub struct New {
    l: Locale,
    shell: Shell,
    given: Given,
    article: Article,
    /// The case that is open: the request joins it.
    open: Option<String>,
    errors: Mistakes,
}

impl New {
    fn kinds(&self) -> [(String, String, String); 2] {
        [Cause::RequestCorrection, Cause::RequestRemoval]
            .map(|one| (one.code(), self.l.t(&one.key()), self.l.t(&format!("{}-help", one.key()))))
    }

    fn article_path(&self) -> String {
        Article::desk_path(self.article.id)
    }

    fn line_max(&self) -> usize {
        LINE_LETTERS_MAX
    }
}

/// `GET /desk/retractions/new?article=…`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<New>> {
    let received_at = view::typed_minute(Some(app.clock.now()));
    let given = Given { key: new_id().simple().to_string(), article: ask.article, received_at, ..Given::default() };
    Ok(Page(page(&app, &who, shell, given).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, given: Given) -> Result<New> {
    let id: Uuid = given.article.parse().map_err(|_| Error::NotFound)?;
    let article = Article::find_for(app, who, id).await?;
    rights::require(rights::may_ask(who, article.agency))?;
    let open = Retraction::open_of(&app.db, id).await?.map(|case| Retraction::desk_path(case.id));
    Ok(New { open, article, given, errors: Mistakes::default(), l: shell.l, shell })
}

/// `POST /desk/retractions`: a refusal comes back with what was typed.
pub async fn request(who: Signed, shell: Shell, State(app): State<App>, Form(given): Form<Given>) -> Result<Response> {
    let wanted = Request {
        key: given.key.clone(),
        article: given.article.parse().map_err(|_| Error::NotFound)?,
        cause: given.cause.clone(),
        asked_by: given.asked_by.clone(),
        ground: given.ground.clone(),
        document: given.document.clone(),
        received_at: given.received_at.clone(),
        why: given.why.clone(),
    };
    let (status, obstacles) = match Retraction::request(&app, &who, &wanted).await {
        Ok(id) => return Ok(Said::to(Retraction::desk_path(id), "retraction-was-requested").into_response()),
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, obstacles),
        // Pressed twice at once, or the article changed in this moment: pressing once more finds the case.
        Err(Error::Stale) => (StatusCode::CONFLICT, vec![Obstacle::new("retraction-request-stale")]),
        Err(error) => return Err(error),
    };
    let mut page = page(&app, &who, shell, given).await?;
    page.errors = Mistakes::told(&obstacles, page.l);
    Ok(Page(page).status(status))
}
