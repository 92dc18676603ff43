//! `/desk/assistant/portals`: portals that may show the assistant, and the line of HTML that does it.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use crate::assistant::origin::{Origin, may_keep};
use crate::base::{App, time};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

#[derive(Template)]
#[template(path = "assistant/staff/portals.html")]
pub struct Portals {
    l: Locale,
    shell: Shell,
    origins: Vec<Origin>,
    /// The line to be put into a portal's pages.
    tag: String,
    origin: String,
    called: String,
    errors: Mistakes,
}

impl Portals {
    fn day(&self, one: &Origin) -> String {
        time::day(time::local_date(one.at))
    }
}

async fn page(app: &App, shell: Shell, (origin, called): (String, String), errors: Mistakes) -> Result<Portals> {
    let tag = format!("<script src=\"{}/nhung/tro-ly.js\" data-co-quan=\"\" async></script>", app.config.public_url());
    Ok(Portals { origins: Origin::all(&app.db).await?, tag, origin, called, errors, l: shell.l, shell })
}

/// `GET /desk/assistant/portals`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<Portals>> {
    if !may_keep(&who) {
        return Err(Error::Forbidden);
    }
    Ok(Page(page(&app, shell, (String::new(), String::new()), Mistakes::default()).await?))
}

/// `POST /desk/assistant/portals`: adds one.
pub async fn add(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let (origin, called) = (field("origin"), field("name"));
    match Origin::add(&app, &who, &origin, &called).await {
        Ok(()) => Ok(Said::to("/desk/assistant/portals", "assistant-origin-was-added").into_response()),
        Err(Error::Refused(obstacles)) => {
            let errors = Mistakes::told(&obstacles, shell.l);
            Ok(Page(page(&app, shell, (origin, called), errors).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/assistant/portals/{id}/removal`
pub async fn remove(who: Signed, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Said> {
    Origin::remove(&app, &who, id).await?;
    Ok(Said::to("/desk/assistant/portals", "assistant-origin-was-removed"))
}
