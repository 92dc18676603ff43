//! Language and theme, kept in cookies so that they work without script.

use axum::Form;
use axum::extract::State;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{Lang, Result, cookie};
use crate::base::App;

pub const LANGUAGE: &str = "language";
pub const THEME: &str = "theme";
const YEAR_S: i64 = 365 * 24 * 3600;

#[derive(Deserialize)]
pub struct Preference {
    language: Option<String>,
    theme: Option<String>,
    /// Where to go back to: a path of this site.
    #[serde(default)]
    back: String,
}

/// `POST /preferences`: keeps the choice and goes back.
pub async fn choose(State(app): State<App>, Form(preference): Form<Preference>) -> Result<Response> {
    let mut headers = HeaderMap::new();
    headers.insert(LOCATION, local(&preference.back).parse()?);
    if let Some(language) = &preference.language {
        let line = cookie::write(LANGUAGE, Lang::from_tag(language).tag(), Some(YEAR_S), app.config.is_https());
        headers.append(SET_COOKIE, line.parse()?);
    }
    if let Some(theme) = &preference.theme {
        let line = cookie::write(THEME, theme_of(theme), Some(YEAR_S), app.config.is_https());
        headers.append(SET_COOKIE, line.parse()?);
    }
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// `light`, `dark`, or `auto` for anything else.
#[must_use]
pub fn theme_of(text: &str) -> &'static str {
    match text {
        "light" => "light",
        "dark" => "dark",
        _ => "auto",
    }
}

/// A path of this site, or `/` when the text leads elsewhere.
#[must_use]
pub fn local(path: &str) -> &str {
    let safe = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|byte| byte.is_ascii_graphic());
    if safe { path } else { "/" }
}
