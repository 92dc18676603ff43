//! Turns a failed request into a page that says what happened and what to do next.

use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{ALLOW, HOST, LOCATION, REFERER, RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::Failed;
use super::{Error, Locale, Page, Shell, address, api, preferences, said};
use crate::base::{App, By, Fact, Who};

/// The page of a request that was not done.
#[derive(Template)]
#[template(path = "web/failure.html")]
struct Failure {
    l: Locale,
    shell: Shell,
    code: u16,
    title: String,
    advice: String,
    reasons: Vec<String>,
    /// The page of ours that the request was sent from; empty when it is not known.
    back: String,
}

/// Middleware: replaces a bare failure by its page (by a problem where the API is asked); notes attempts at what is another's; lets the
/// browser forget what was said once it was shown.
pub async fn pages(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let heard = said::heard(&parts.headers).is_some();
    let mut kept = parts.clone();
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    if let Some(failed) = failure_of(&answer) {
        let Ok(shell) = Shell::from_request_parts(&mut kept, &app).await;
        if let Error::Hidden(about) = *failed {
            let who = answer.extensions().get::<Who>().or_else(|| kept.extensions.get::<Who>());
            note(&app, who, kept.uri.path(), about).await;
        }
        if api::is_at(kept.uri.path()) {
            return api::problem::of(&failed, shell.l, &shell.origin, answer.headers());
        }
        let allowed = answer.headers_mut().remove(ALLOW);
        let mut page = respond(&failed, shell, came_from(&kept));
        page.headers_mut().extend(allowed.map(|methods| (ALLOW, methods)));
        return page;
    }
    if heard
        && answer.status() == StatusCode::OK
        && let Ok(line) = HeaderValue::from_str(&said::forget())
    {
        answer.headers_mut().append(SET_COOKIE, line);
    }
    answer
}

fn failure_of(answer: &Response) -> Option<std::sync::Arc<Error>> {
    if let Some(failed) = answer.extensions().get::<Failed>() {
        return Some(failed.0.clone());
    }
    // What axum and its layers answer by themselves, without a body of ours.
    let bare =
        answer.headers().get(axum::http::header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let error = match answer.status() {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::FORBIDDEN => Error::bad("failure-cross-site"),
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge(25),
        StatusCode::METHOD_NOT_ALLOWED => Error::WrongMethod,
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Error::bad("failure-bad-request")
        }
        StatusCode::INTERNAL_SERVER_ERROR => Error::Internal(anyhow::anyhow!("a handler panicked")),
        _ => return None,
    };
    bare.then(|| std::sync::Arc::new(error))
}

async fn note(app: &App, who: Option<&Who>, path: &str, about: uuid::Uuid) {
    let Some(who) = who else { return };
    let path = path.to_owned();
    tracing::warn!(person = %who.person, %path, %about, "asked for what is another agency's; answered 404");
    if let Err(error) = app.record(&app.db, about, Fact::AccessRefused { path }, &By::from(who)).await {
        tracing::error!(%error, "the refusal could not be noted");
    }
}

/// The page of this site that the request was sent from, unless it asked for that very page.
fn came_from(parts: &Parts) -> String {
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let from = text(REFERER).and_then(|address| address.parse::<Uri>().ok());
    let ours = from.filter(|from| from.authority().map(|site| site.as_str()) == text(HOST));
    let path = ours.and_then(|from| from.path_and_query().map(ToString::to_string)).unwrap_or_default();
    let again = parts.method == Method::GET && parts.uri.path_and_query().is_some_and(|here| *here == *path);
    if again || preferences::local(&path) != path { String::new() } else { path }
}

fn respond(error: &Error, shell: Shell, back: String) -> Response {
    if matches!(error, Error::SignInFirst) {
        let to = format!("/desk/sign-in?then={}", address::encode(&shell.here));
        return (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response();
    }
    let l = shell.l;
    let (status, key) = kind(error);
    let reasons = match error {
        Error::Refused(obstacles) => obstacles.iter().map(|obstacle| obstacle.text(l)).collect(),
        Error::Bad(obstacle) => vec![obstacle.text(l)],
        Error::TooLarge(megabytes) => vec![l.t1("failure-too-large-limit", "n", megabytes)],
        Error::TooMany(seconds) if *seconds < 120 => vec![l.t1("failure-too-many-wait", "n", seconds)],
        Error::TooMany(seconds) => vec![l.t1("failure-too-many-wait-minutes", "n", seconds.div_ceil(60))],
        _ => Vec::new(),
    };
    let title = l.t(&format!("failure-{key}"));
    let advice = l.t(&format!("failure-{key}-advice"));
    let mut answer = Page(Failure { l, shell, code: status.as_u16(), title, advice, reasons, back }).status(status);
    if let Error::TooMany(seconds) = error {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
    }
    answer
}

fn kind(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::NotFound | Error::Hidden(_) => (StatusCode::NOT_FOUND, "not-found"),
        Error::SignInFirst | Error::Forbidden | Error::LacksScope(_) => (StatusCode::FORBIDDEN, "forbidden"),
        Error::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
        Error::Stale => (StatusCode::CONFLICT, "stale"),
        Error::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "wrong-method"),
        Error::Bad(_) => (StatusCode::BAD_REQUEST, "bad"),
        Error::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        Error::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
        Error::Internal(_) if error.is_full() => (StatusCode::INSUFFICIENT_STORAGE, "full"),
        Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    }
}
