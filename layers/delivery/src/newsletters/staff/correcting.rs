//! A letter that corrects an article, to those who got it.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::base::{App, Who};
use crate::channels::rights::{Verb, own_agency, require};
use crate::news::Article;
use crate::newsletters::issue::{Issue, carried};
use crate::newsletters::newsletter::Newsletter;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Result, Said, Shell};

/// A newsletter that carried it.
pub struct Choice {
    pub id: String,
    pub name: String,
}

#[derive(Template)]
#[template(path = "newsletters/staff/correct.html")]
pub struct Correct {
    l: Locale,
    shell: Shell,
    article: Article,
    choices: Vec<Choice>,
    words: String,
    errors: Mistakes,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    article: String,
    newsletter: String,
    words: String,
}

async fn page(app: &App, who: &Who, shell: Shell, given: &Given) -> Result<Correct> {
    let agency = own_agency(who)?;
    require(who, Verb::Write, agency)?;
    let id: Uuid = given.article.parse().map_err(|_| Error::NotFound)?;
    let article = Article::find_for(app, who, id).await?;
    let issues = carried::issues_with(&app.db, id).await?;
    let own = Newsletter::of(&app.db, Some(agency)).await?;
    let went = |one: &&Newsletter| {
        issues.iter().any(|issue| issue.newsletter == one.id && issue.began_at.is_some() && issue.corrects.is_none())
    };
    let choices = own.iter().filter(went).map(|one| Choice { id: one.id.to_string(), name: one.name.clone() }).collect();
    Ok(Correct { l: shell.l, shell, article, choices, words: given.words.clone(), errors: Mistakes::default() })
}

/// `GET /desk/newsletters/corrections/new`
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(given): Query<Given>) -> Result<Page<Correct>> {
    Ok(Page(page(&app, &who, shell, &given).await?))
}

/// `POST /desk/newsletters/corrections`
pub async fn begin(who: Signed, shell: Shell, Shared(app): Shared<App>, Form(given): Form<Given>) -> Result<Response> {
    let l = shell.l;
    let mut page = page(&app, &who, shell, &given).await?;
    if given.words.trim().is_empty() {
        page.errors = Mistakes::one("words", l.t("correction-needs-words"));
        return Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let newsletter: Uuid = given.newsletter.parse().map_err(|_| Error::refused("correction-nobody"))?;
    let issue = Issue::begin_correction(&app, &who, (newsletter, page.article.id), &given.words).await?;
    Ok(Said::to(Issue::path(issue), "issue-was-begun").into_response())
}
