//! What was done, said once on the next page: a redirect that carries a Fluent key in a cookie.

use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::cookie;

const COOKIE: &str = "said";
/// The arguments that such texts may have.
pub const NAMES: [&str; 12] =
    ["name", "n", "count", "left", "path", "changed", "created", "opened", "moved", "voided", "version", "ms"];

/// Goes on to another page (303) and says something there.
pub struct Said {
    pub to: String,
    pub key: &'static str,
    pub arguments: Vec<(&'static str, String)>,
}

impl Said {
    /// Goes to `to` and shows the text of `key`.
    #[must_use]
    pub fn to(to: impl Into<String>, key: &'static str) -> Self {
        Self { to: to.into(), key, arguments: Vec::new() }
    }

    /// Adds an argument of the text, one of [`NAMES`].
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        debug_assert!(NAMES.contains(&name), "{name} would be lost on the way");
        self.arguments.push((name, value.to_string()));
        self
    }
}

impl IntoResponse for Said {
    fn into_response(self) -> Response {
        let mut line = self.key.to_owned();
        for (name, value) in &self.arguments {
            line.push_str(&format!("\n{name}\n{}", value.replace('\n', " ")));
        }
        let cookie = cookie::write(COOKIE, &URL_SAFE_NO_PAD.encode(line), Some(60), false);
        let mut answer = StatusCode::SEE_OTHER.into_response();
        if let (Ok(location), Ok(cookie)) = (self.to.parse(), cookie.parse()) {
            answer.headers_mut().insert(LOCATION, location);
            answer.headers_mut().append(SET_COOKIE, cookie);
        }
        answer
    }
}

/// The key and arguments that the last answer left for this page.
#[must_use]
pub fn heard(headers: &HeaderMap) -> Option<(String, Vec<(String, String)>)> {
    let line = String::from_utf8(URL_SAFE_NO_PAD.decode(cookie::read(headers, COOKIE)?).ok()?).ok()?;
    let mut parts = line.split('\n').map(str::to_owned);
    let key = parts.next().filter(|key| !key.is_empty())?;
    let mut arguments = Vec::new();
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        arguments.push((name, value));
    }
    Some((key, arguments))
}

/// The line that makes the browser forget it.
#[must_use]
pub fn forget() -> String {
    cookie::write(COOKIE, "", Some(0), false)
}
