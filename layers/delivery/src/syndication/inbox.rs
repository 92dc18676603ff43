//! What others say to our actors. A call is believed when its signature is right: whose key it is, is asked of their own server.
//! What is refused is counted and logged with its reason; nothing of it is kept.

mod answering;
mod believing;

use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use platforms::activitypub::Unbelieved;
use serde_json::{Value, json};

use super::actor::{self, Actor};
use super::signer::{Signer, Unfetched};
use crate::base::App;
use crate::web::{Error, Path, Result};

/// What is longer is not read, bytes.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// Why a call is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("the body is longer than {BODY_BYTES_MAX} bytes, or was cut off")]
    TooLarge,
    #[error("the body is no activity")]
    Nonsense,
    #[error("{0}")]
    Unbelieved(#[from] Unbelieved),
    #[error("{0}")]
    Unfetched(#[from] Unfetched),
    #[error("too many calls from this host; try again in a minute")]
    Often,
    #[error("this host is blocked")]
    Blocked,
    #[error("no actor of that name")]
    NoActor,
    #[error("too many followers")]
    Full,
}

impl Refused {
    /// As it is counted.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::TooLarge => "large",
            Self::Nonsense => "nonsense",
            Self::Unbelieved(Unbelieved::Unsigned) => "unsigned",
            Self::Unbelieved(Unbelieved::Time) => "time",
            Self::Unbelieved(Unbelieved::Digest) => "digest",
            Self::Unbelieved(_) => "signature",
            Self::Unfetched(Unfetched::Address(super::address::Wrong::Private)) => "private",
            Self::Unfetched(_) => "key",
            Self::Often => "often",
            Self::Blocked => "blocked",
            Self::NoActor => "no-actor",
            Self::Full => "full",
        }
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Nonsense => StatusCode::BAD_REQUEST,
            Self::Unbelieved(_) | Self::Unfetched(_) => StatusCode::UNAUTHORIZED,
            Self::Often | Self::Full => StatusCode::TOO_MANY_REQUESTS,
            Self::Blocked => StatusCode::FORBIDDEN,
            Self::NoActor => StatusCode::NOT_FOUND,
        }
    }
}

/// `POST /ap/inbox`: for any of our actors.
pub async fn shared(
    Shared(app): Shared<App>,
    uri: Uri,
    headers: HeaderMap,
    body: std::result::Result<Bytes, BytesRejection>,
) -> Result<Response> {
    let own = Actor::all(&app.db).await?.into_iter().find(Actor::is_on);
    hear(&app, own, &uri, &headers, body).await
}

/// `POST /ap/{username}/inbox`
pub async fn of_actor(
    Shared(app): Shared<App>,
    Path(username): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: std::result::Result<Bytes, BytesRejection>,
) -> Result<Response> {
    let own = match Actor::named(&app.db, &username).await {
        Ok(actor) => Some(actor),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    hear(&app, own, &uri, &headers, body).await
}

async fn hear(
    app: &App,
    own: Option<Actor>,
    uri: &Uri,
    headers: &HeaderMap,
    body: std::result::Result<Bytes, BytesRejection>,
) -> Result<Response> {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    match judged(app, own, (path, headers), body).await? {
        Ok(()) => Ok(StatusCode::ACCEPTED.into_response()),
        Err(refused) => {
            metrics::counter!("lantoa_inbox_refused_total", "reason" => refused.word()).increment(1);
            let whose = platforms::activitypub::key_id(headers).map(|id| super::address::host_of(&id)).unwrap_or_default();
            tracing::warn!(reason = refused.word(), says = %refused, host = %whose, "a call to an inbox was refused");
            Ok((refused.status(), axum::Json(json!({ "error": refused.to_string() }))).into_response())
        }
    }
}

async fn judged(
    app: &App,
    own: Option<Actor>,
    (path, headers): (&str, &HeaderMap),
    body: std::result::Result<Bytes, BytesRejection>,
) -> Result<std::result::Result<(), Refused>> {
    let Some(own) = own else { return Ok(Err(Refused::NoActor)) };
    let Ok(body) = body else { return Ok(Err(Refused::TooLarge)) };
    let Ok(activity) = serde_json::from_slice::<Value>(&body) else { return Ok(Err(Refused::Nonsense)) };
    if believing::is_strangers_end(&app.db, &activity).await? {
        // An account that nobody here knows deletes itself; its key can be asked for no more, and there is nothing to do.
        return Ok(Ok(()));
    }
    let host = actor::host(app);
    let call = platforms::activitypub::Call { method: &axum::http::Method::POST, host: &host, path, headers, body: &body };
    let signer: Signer = match believing::signer(app, &own, &call).await? {
        Ok(signer) => signer,
        Err(refused) => return Ok(Err(refused)),
    };
    answering::answer(app, &activity, &signer).await
}
