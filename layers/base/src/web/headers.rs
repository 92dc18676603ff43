//! Headers of every answer: a strict content security policy with a nonce per request (CSP Level 3), and the
//! usual fences. A 304 carries no policy, since the stored page keeps the nonce it was made with.

use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::base::App;

/// The nonce of this request's scripts, in the request's extensions.
#[derive(Clone, Debug, Default)]
pub struct Nonce(pub String);

/// Origins of frames that the page may load, in the answer's extensions: most pages load none.
#[derive(Clone, Debug, Default)]
pub struct Frames(pub Vec<String>);

/// Origins of pages that may frame this one, in the answer's extensions: most pages are framed by none.
#[derive(Clone, Debug, Default)]
pub struct Ancestors(pub Vec<String>);

/// Middleware: gives the request its nonce and the answer its headers.
pub async fn fence(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let nonce = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>());
    request.extensions_mut().insert(Nonce(nonce.clone()));
    let is_page = !request.uri().path().starts_with("/assets/");
    let mut answer = next.run(request).await;
    let not_modified = answer.status() == StatusCode::NOT_MODIFIED;
    let frames = answer.extensions_mut().remove::<Frames>().unwrap_or_default();
    let ancestors = answer.extensions_mut().remove::<Ancestors>().unwrap_or_default();
    let headers = answer.headers_mut();
    if !not_modified {
        // A style or a font loads nothing by itself; a picture that is opened as a page may not, either.
        let policy = if is_page { policy(&nonce, &frames, &ancestors) } else { "default-src 'none'".to_owned() };
        set(headers, CONTENT_SECURITY_POLICY, &policy);
    }
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, REFERRER_POLICY, "same-origin");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    if app.config.is_https() {
        set(headers, STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    answer
}

fn policy(nonce: &str, frames: &Frames, ancestors: &Ancestors) -> String {
    let ancestors = if ancestors.0.is_empty() { "'none'".to_owned() } else { ancestors.0.join(" ") };
    let frames = if frames.0.is_empty() { String::new() } else { format!("; frame-src {}", frames.0.join(" ")) };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors {ancestors}{frames}"
    )
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.entry(name).or_insert(value);
    }
}
