//! `/desk/news/embeds`: the sites whose things may be shown in an article.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use crate::base::{App, time};
use crate::news::embedding::{Host, Shipped, may_keep};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

#[derive(Template)]
#[template(path = "news/staff/embeds.html")]
pub struct Embeds {
    l: Locale,
    shell: Shell,
    shipped: &'static [Shipped],
    hosts: Vec<Host>,
    host: String,
    called: String,
    errors: Mistakes,
}

impl Embeds {
    fn day(&self, host: &Host) -> String {
        time::day(time::local_date(host.at))
    }
}

async fn page(app: &App, shell: Shell, (host, name): (String, String), errors: Mistakes) -> Result<Embeds> {
    Ok(Embeds { shipped: Shipped::all(), hosts: Host::all(&app.db).await?, host, called: name, errors, l: shell.l, shell })
}

/// `GET /desk/news/embeds`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<Embeds>> {
    if !may_keep(&who) {
        return Err(Error::Forbidden);
    }
    Ok(Page(page(&app, shell, (String::new(), String::new()), Mistakes::default()).await?))
}

/// `POST /desk/news/embeds`: adds one.
pub async fn add(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let (host, name) = (field("host"), field("name"));
    match Host::add(&app, &who, &host, &name).await {
        Ok(()) => Ok(Said::to("/desk/news/embeds", "embed-was-added").into_response()),
        Err(Error::Refused(obstacles)) => {
            let errors = Mistakes::told(&obstacles, shell.l);
            Ok(Page(page(&app, shell, (host, name), errors).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/news/embeds/{id}/removal`
pub async fn remove(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    Host::remove(&app, &who, id).await?;
    Ok(Said::to("/desk/news/embeds", "embed-was-removed"))
}
