//! The facts that the law wants on every page: who runs the site.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::base::config::Site;
use crate::base::site::{self, LETTERS_MAX, REQUIRED};
use crate::base::{App, By};
use crate::web::{Error, Locale, Obstacle, Page, Result, Said, Shell};

crate::admits! {
    /// Who keeps the facts of the site.
    Keeper: SystemAdministrator
}

/// A field of the form.
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub help: String,
    pub value: String,
    pub error: String,
    pub required: bool,
}

#[derive(Template)]
#[template(path = "news/staff/site.html")]
pub struct SitePage {
    l: Locale,
    shell: Shell,
    version: i32,
    fields: Vec<Field>,
    missing: usize,
    conflict: bool,
}

impl SitePage {
    fn of(app: &App, shell: Shell, site: &Site, obstacles: &[Obstacle]) -> Self {
        let l = shell.l;
        let error = |name: &str| obstacles.iter().find(|one| one.field == name).map(|one| one.text(l)).unwrap_or_default();
        let field = |name: &'static str| Field {
            name,
            label: l.t(&format!("site-field-{name}")),
            help: l.t(&format!("site-field-{name}-help")),
            value: site.field(name).to_owned(),
            error: error(name),
            required: REQUIRED.contains(&name),
        };
        Self {
            version: app.site_version(),
            fields: site::FIELDS.into_iter().map(field).collect(),
            missing: app.site().missing().len(),
            conflict: false,
            l,
            shell,
        }
    }

    fn letters_max(&self) -> usize {
        LETTERS_MAX
    }
}

/// `GET /desk/news/site`
pub async fn show(_: Keeper, shell: Shell, State(app): State<App>) -> Result<Page<SitePage>> {
    app.reread_site().await?;
    let site = app.site();
    Ok(Page(SitePage::of(&app, shell, &site, &[])))
}

/// `POST /desk/news/site`
pub async fn write(
    who: Keeper,
    shell: Shell,
    State(app): State<App>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let version = field("version").parse().map_err(|_| Error::bad("failure-bad-request"))?;
    let given = Site {
        name: field("name"),
        owner: field("owner"),
        address: field("address"),
        phone: field("phone"),
        email: field("email"),
        responsible: field("responsible"),
    };
    match site::write(&app, &given, version, &By::from(&who.0)).await {
        Ok(()) => Ok(Said::to("/desk/news/site", "site-was-written").into_response()),
        Err(Error::Refused(obstacles)) => {
            Ok(Page(SitePage::of(&app, shell, &given, &obstacles)).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(Error::Stale) => {
            app.reread_site().await?;
            let page = SitePage { conflict: true, ..SitePage::of(&app, shell, &given, &[]) };
            Ok(Page(page).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}
