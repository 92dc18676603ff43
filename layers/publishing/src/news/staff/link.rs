//! `/duyet-tin/{token}`: deciding by a one-time link, without an account.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::pictures;
use crate::base::{App, time};
use crate::news::article::Article;
use crate::news::article::reviewing::Choice;
use crate::news::link::Link;
use crate::news::rendering::{self, Around};
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "news/staff/link.html")]
pub struct Deciding {
    l: Locale,
    shell: Shell,
    /// None: the link does not hold, or was used now.
    open: Option<(Article, String, String)>,
    /// Its text as readers will get it.
    drawn: String,
    /// What to say where there is nothing to decide.
    said: String,
    text: String,
    error: String,
}

impl Deciding {
    fn over(shell: Shell, said: String) -> Self {
        Self { open: None, drawn: String::new(), said, text: String::new(), error: String::new(), l: shell.l, shell }
    }
}

/// The form's two buttons.
#[derive(Debug, Deserialize)]
pub struct Given {
    verdict: String,
    #[serde(default)]
    reason: String,
}

/// `GET /duyet-tin/{token}`: looking does not use it up.
pub async fn show(shell: Shell, State(app): State<App>, Path(token): Path<String>) -> Result<Response> {
    let page = page(&app, shell, &token).await?;
    let status = if page.open.is_some() { StatusCode::OK } else { StatusCode::GONE };
    Ok(Page(page).status(status))
}

async fn page(app: &App, shell: Shell, token: &str) -> Result<Deciding> {
    let l = shell.l;
    let mut drawn = String::new();
    let open = match Link::open(app, token).await {
        Ok((link, article)) => {
            let agency = Known::now(app).await?.get(&article.agency).map(|body| body.name.clone()).unwrap_or_default();
            let until = l.t2("article-link-for", "name", &link.recipient, "at", time::minute(link.expires_at));
            let around = Around::of(app, &article.body, None).await?;
            let base = format!("/duyet-tin/{token}/pictures");
            let around = Around { pictures: pictures::moved(around.pictures, &base), ..around };
            drawn = rendering::drawn(l, &article.body, &around).html;
            Some((article, agency, until))
        }
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let said = if open.is_none() { l.t("article-link-over") } else { String::new() };
    Ok(Deciding { open, drawn, said, text: String::new(), error: String::new(), l, shell })
}

/// `POST /duyet-tin/{token}`: decides once.
pub async fn decide(
    shell: Shell,
    State(app): State<App>,
    Path(token): Path<String>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let choice = match given.verdict.as_str() {
        "pass" => Choice::Pass,
        "return" => Choice::SendBack(given.reason.clone()),
        _ => return Err(Error::bad("failure-bad-request")),
    };
    let l = shell.l;
    match Article::decide_by_link(&app, &token, &choice).await {
        Ok(()) => {
            let said = l.t(if choice == Choice::Pass { "article-link-passed" } else { "article-link-returned" });
            Ok(Page(Deciding::over(shell, said)).into_response())
        }
        Err(Error::Refused(obstacles)) => {
            let mut page = page(&app, shell, &token).await?;
            page.error = obstacles.iter().map(|one| one.text(l)).collect::<Vec<_>>().join(" ");
            page.text = given.reason;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(Error::NotFound | Error::Stale) => {
            let said = l.t("article-link-over");
            Ok(Page(Deciding::over(shell, said)).status(StatusCode::GONE))
        }
        Err(error) => Err(error),
    }
}
