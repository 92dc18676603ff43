//! Which body coordinates, how many hours bodies have, where questions come in besides the page.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::new::bodies;
use crate::base::App;
use crate::cases::case::moving::Ground;
use crate::questions::inbound::hooks;
use crate::questions::setting::{Setting, Wanted};
use crate::web::{Error, Locale, Mistakes, Page, Result, Said, Shell};

crate::admits! {
    /// Who keeps the settings.
    Keeper: Coordinator
}

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    version: i32,
    agency: String,
    route_hours: String,
    answer_hours: String,
    mailbox: String,
    telephone: String,
}

#[derive(Template)]
#[template(path = "questions/staff/settings.html")]
pub struct Settings {
    l: Locale,
    shell: Shell,
    given: Given,
    bodies: Vec<(String, String)>,
    /// Name and address of each account that people can write to.
    hooks: Vec<(String, String)>,
    errors: Mistakes,
}

impl Settings {
    fn is_chosen(&self, id: &str) -> bool {
        self.given.agency == id
    }
}

async fn page(app: &App, shell: Shell, given: Option<Given>) -> Result<Settings> {
    let setting = Setting::settled(app).await?.ok_or_else(|| Error::refused("question-nobody-answers"))?;
    let now = || Given {
        version: setting.version,
        agency: setting.agency.to_string(),
        route_hours: setting.route_hours.to_string(),
        answer_hours: setting.answer_hours.to_string(),
        mailbox: setting.mailbox.clone(),
        telephone: setting.telephone.clone(),
    };
    let ground = Ground::of(app).await?;
    let hooks = hooks::accounts(app).await?.iter().map(|one| (one.label(), hooks::address(app, one))).collect();
    Ok(Settings {
        l: shell.l,
        shell,
        given: given.unwrap_or_else(now),
        bodies: bodies(&ground),
        hooks,
        errors: Mistakes::default(),
    })
}

/// `GET /desk/questions/settings`
pub async fn show(_: Keeper, shell: Shell, State(app): State<App>) -> Result<Page<Settings>> {
    Ok(Page(page(&app, shell, None).await?))
}

/// `POST /desk/questions/settings`
pub async fn change(who: Keeper, shell: Shell, State(app): State<App>, Form(given): Form<Given>) -> Result<Response> {
    let l = shell.l;
    let wanted = Wanted {
        seen: given.version,
        agency: given.agency.parse().ok(),
        route_hours: given.route_hours.trim().parse().unwrap_or_default(),
        answer_hours: given.answer_hours.trim().parse().unwrap_or_default(),
        mailbox: given.mailbox.clone(),
        telephone: given.telephone.clone(),
    };
    let (status, errors) = match Setting::change(&app, &who, &wanted).await {
        Ok(()) => return Ok(Said::to("/desk/questions/settings", "question-settings-saved").into_response()),
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, Mistakes::told(&obstacles, l)),
        Err(Error::Stale) => (StatusCode::CONFLICT, Mistakes::one("agency", l.t("question-stale"))),
        Err(error) => return Err(error),
    };
    let mut page = page(&app, shell, Some(given)).await?;
    page.errors = errors;
    Ok(Page(page).status(status))
}
