//! What went wrong, as `application/problem+json` (RFC 9457).

use std::collections::BTreeMap;

use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::openapi::{self, ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use super::HERE;
use crate::web::{Error, Locale, Obstacle};

const MEDIA_TYPE: &str = "application/problem+json";

/// Why a request was not done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of problem: an address where it is explained.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do next.
    pub detail: String,
    /// What is wrong, each at its place.
    pub errors: Vec<Wrong>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Wrong {
    /// Stays the same whatever the language.
    pub code: String,
    /// In words.
    pub detail: String,
    /// JSON pointer (RFC 6901) into the body that was sent, as a fragment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The parameter or header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

impl Wrong {
    /// At a place in the body, e.g. `/figures/0`.
    #[must_use]
    pub fn at_pointer(l: Locale, obstacle: &Obstacle, pointer: &str) -> Self {
        Self { pointer: Some(format!("#{pointer}")), ..Self::of(l, obstacle) }
    }

    fn of(l: Locale, obstacle: &Obstacle) -> Self {
        let parameter = Some(obstacle.field.to_owned()).filter(|field| !field.is_empty());
        Self { code: obstacle.key.into(), detail: obstacle.text(l), pointer: None, parameter }
    }
}

impl Problem {
    /// The problem of that status; `origin` is the public address of the site.
    #[must_use]
    pub fn new(l: Locale, origin: &str, status: StatusCode, key: &'static str) -> Self {
        Self {
            kind: format!("{origin}{HERE}#{key}"),
            title: l.t(&format!("api-problem-{key}")),
            status: status.as_u16(),
            detail: l.t(&format!("api-problem-{key}-advice")),
            errors: Vec::new(),
        }
    }

    /// With what is wrong, each at its place.
    #[must_use]
    pub fn because(self, errors: Vec<Wrong>) -> Self {
        Self { errors, ..self }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        (status, [(CONTENT_TYPE, MEDIA_TYPE), (axum::http::header::CACHE_CONTROL, "no-store")], body).into_response()
    }
}

/// The kinds of problems with their statuses, in the order of the reference.
pub const KINDS: [(StatusCode, &str); 12] = [
    (StatusCode::BAD_REQUEST, "bad"),
    (StatusCode::UNAUTHORIZED, "token"),
    (StatusCode::FORBIDDEN, "scope"),
    (StatusCode::NOT_FOUND, "not-found"),
    (StatusCode::METHOD_NOT_ALLOWED, "wrong-method"),
    (StatusCode::CONFLICT, "stale"),
    (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
    (StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type"),
    (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
    (StatusCode::TOO_MANY_REQUESTS, "too-many"),
    (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    (StatusCode::INSUFFICIENT_STORAGE, "full"),
];

/// The failed request as a problem; `before` are the headers of the bare failure.
#[must_use]
pub fn of(error: &Error, l: Locale, origin: &str, before: &HeaderMap) -> Response {
    let (status, key) = match error {
        Error::NotFound | Error::Hidden(_) => KINDS[3],
        Error::SignInFirst => KINDS[1],
        Error::Forbidden | Error::LacksScope(_) => KINDS[2],
        Error::WrongMethod => KINDS[4],
        Error::Stale => KINDS[5],
        Error::TooLarge(_) => KINDS[6],
        Error::Bad(obstacle) if obstacle.key == NOT_JSON => KINDS[7],
        Error::Bad(_) => KINDS[0],
        Error::Refused(_) => KINDS[8],
        Error::TooMany(_) => KINDS[9],
        Error::Internal(_) if error.is_full() => KINDS[11],
        Error::Internal(_) => KINDS[10],
    };
    let errors = match error {
        Error::Bad(obstacle) => vec![Wrong::of(l, obstacle)],
        Error::LacksScope(scope) => {
            let lacking = Obstacle::new("api-lacks-scope").at("Authorization").with("scope", scope);
            vec![Wrong::of(l, &lacking)]
        }
        Error::Refused(obstacles) => obstacles.iter().map(|obstacle| Wrong::of(l, obstacle)).collect(),
        _ => Vec::new(),
    };
    let mut answer = Problem::new(l, origin, status, key).because(errors).into_response();
    let headers = answer.headers_mut();
    match error {
        Error::SignInFirst => {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"lantoa\""));
        }
        Error::Forbidden => {
            let challenge = HeaderValue::from_static("Bearer realm=\"lantoa\", error=\"insufficient_scope\"");
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        // RFC 6750, section 3.1: with the scope that is wanted.
        Error::LacksScope(scope) => {
            let challenge = format!("Bearer realm=\"lantoa\", error=\"insufficient_scope\", scope=\"{scope}\"");
            headers.extend(HeaderValue::try_from(challenge).ok().map(|challenge| (WWW_AUTHENTICATE, challenge)));
        }
        Error::TooMany(seconds) => {
            headers.insert(RETRY_AFTER, HeaderValue::from(*seconds));
        }
        _ => {}
    }
    headers.extend(before.get(ALLOW).cloned().map(|methods| (ALLOW, methods)));
    answer
}

/// The key of the refusal of a body that is no JSON: 415.
pub const NOT_JSON: &str = "api-body-not-json";

/// The problems of every address, for the OpenAPI document.
pub struct Usual;
/// Those of an address that wants a token.
pub struct AboutToken;

impl IntoResponses for Usual {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        described(&[("400", "A parameter can not be read."), ("404", "No such thing, or not within the token's reach.")])
            .into_iter()
            .chain(AboutToken::known())
            .collect()
    }
}

impl AboutToken {
    fn known() -> Vec<(String, RefOr<openapi::Response>)> {
        described(&[("401", "The token is missing, unknown, expired or revoked."), ("429", "Too often; see Retry-After.")])
    }
}

impl IntoResponses for AboutToken {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        described(&[("403", "The token lacks the scope.")]).into_iter().chain(Usual::responses()).collect()
    }
}

fn described(of: &[(&str, &str)]) -> Vec<(String, RefOr<openapi::Response>)> {
    let response = |words: &str| {
        let schema = Ref::from_schema_name("Problem");
        let body = ContentBuilder::new().schema(Some(schema)).build();
        RefOr::T(ResponseBuilder::new().description(words).content(MEDIA_TYPE, body).build())
    };
    of.iter().map(|(status, words)| ((*status).to_owned(), response(words))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_has_a_status_of_its_own() {
        let full = Error::from(std::io::Error::other("No space left on device (os error 28)"));
        let answer = of(&full, Locale::default(), "https://example.invalid", &HeaderMap::new());
        assert_eq!(answer.status(), StatusCode::INSUFFICIENT_STORAGE);
        let other = Error::from(std::io::Error::other("permission denied"));
        assert_eq!(of(&other, Locale::default(), "", &HeaderMap::new()).status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
