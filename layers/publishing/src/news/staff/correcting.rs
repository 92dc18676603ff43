//! Correcting what is out: the text, and what was wrong with it.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::given::typed_text;
use crate::base::{App, Who};
use crate::news::article::Article;
use crate::news::article::writing::{SUMMARY_LETTERS_MAX, TITLE_LETTERS_MAX};
use crate::news::draft::Typed;
use crate::news::rights::{Verb, require};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

#[derive(Template)]
#[template(path = "news/staff/correction.html")]
pub struct Correction {
    l: Locale,
    shell: Shell,
    article: Article,
    version: i32,
    typed: Typed,
    what: String,
    errors: Mistakes,
    conflict: bool,
}

impl Correction {
    /// The text as the editor takes it.
    fn html(&self) -> String {
        super::form::editable(&self.typed.text, Some(&self.article))
    }

    fn here(&self) -> String {
        Article::desk_path(self.article.id)
    }

    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }

    fn summary_max(&self) -> usize {
        SUMMARY_LETTERS_MAX
    }
}

async fn out(app: &App, who: &Who, id: Uuid) -> Result<Article> {
    let article = Article::find_for(app, who, id).await?;
    require(who, Verb::Correct, article.agency)?;
    Ok(article)
}

/// `GET /desk/news/{id}/correction`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let article = out(&app, &who, id).await?;
    if !article.state.is_public() {
        return Ok(Said::to(Article::desk_path(id), "article-not-out").into_response());
    }
    let typed =
        Typed { title: article.title.clone(), summary: article.summary.clone(), text: typed_text(&article), ..Typed::default() };
    let version = article.version;
    let page = Correction {
        article,
        version,
        typed,
        what: String::new(),
        errors: Mistakes::default(),
        conflict: false,
        l: shell.l,
        shell,
    };
    Ok(Page(page).into_response())
}

/// `POST /desk/news/{id}/correction`
pub async fn correct(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let article = out(&app, &who, id).await?;
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let typed = Typed { title: field("title"), summary: field("summary"), text: field("text"), ..Typed::default() };
    let what = field("correction");
    let seen = field("version").parse().map_err(|_| Error::bad("failure-bad-request"))?;
    let (status, obstacles) = match Article::correct(&app, &who, id, &typed, &what, seen).await {
        Ok(()) => return Ok(Said::to(Article::desk_path(id), "article-was-corrected").into_response()),
        Err(error) => error.handed_back()?,
    };
    let (version, conflict) = (article.version, status == StatusCode::CONFLICT);
    let errors = Mistakes::told(&obstacles, shell.l);
    let page = Correction { article, version, typed, what, errors, conflict, l: shell.l, shell };
    Ok(Page(page).status(status))
}
