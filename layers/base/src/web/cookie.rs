//! Reading and writing cookies (RFC 6265).

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// The value of a cookie the browser sent.
#[must_use]
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A `Set-Cookie` line for the whole site: not readable by script, sent on top-level navigation only.
/// `age_s` of None lasts as long as the browser; 0 deletes. The value must be plain (base64url, digits, letters).
#[must_use]
pub fn write(name: &str, value: &str, age_s: Option<i64>, https: bool) -> String {
    let age = age_s.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
    let secure = if https { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")
}
