//! Reports of the mail server as it hands them over: `POST /api/v1/bounces`.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bounces::{self, REPORT_BYTES_MAX, Taken};
use super::delivery::Bounce;
use crate::base::App;
use crate::web::api::access::BouncesWriter;
use crate::web::{Error, Result};

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(bounce))
}

/// Where the report was sent to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The envelope's recipient, where the mail server knows it: the letter's return path.
    recipient: String,
}

/// What was made of a report.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Bounce)]
pub struct Made {
    /// `hard`, `soft`, `complaint`: the letter is marked so. `again`: it was before. `ignored`: see `cause`.
    pub outcome: &'static str,
    /// Why it changes nothing: `ordinary`, `good-news` and `delayed` are no failures; `empty`, `not-ours`, `no-such-letter`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<&'static str>,
}

/// Takes a letter that came back to a return path of newsletters: a delivery status notification (RFC 3464) or a complaint
/// (RFC 5965), as it is. Reports that are nobody's, or forged, change nothing.
#[utoipa::path(
    post, path = "/api/v1/bounces", tag = "newsletters", params(Asked),
    request_body(content = String, content_type = "message/rfc822"),
    responses(
        (status = 200, description = "What was made of it", body = Made),
        (status = 401, description = "No token"), (status = 403, description = "The token lacks `bounces:write`"),
        (status = 413, description = "Larger than a report")
    ),
    security(("token" = ["bounces:write"]))
)]
async fn bounce(_: BouncesWriter, State(app): State<App>, Query(asked): Query<Asked>, body: Bytes) -> Result<Response> {
    if body.len() > REPORT_BYTES_MAX {
        return Err(Error::TooLarge((REPORT_BYTES_MAX / 1024 / 1024) as u64));
    }
    let path = Some(asked.recipient.as_str()).filter(|path| !path.is_empty());
    let (outcome, cause) = match bounces::take(&app, &body, path).await? {
        Taken::Marked(Bounce::Hard) => ("hard", None),
        Taken::Marked(Bounce::Complaint) => ("complaint", None),
        Taken::Marked(_) => ("soft", None),
        Taken::Again => ("again", None),
        Taken::Ignored(cause) => ("ignored", Some(cause)),
    };
    Ok((StatusCode::OK, Json(Made { outcome, cause })).into_response())
}
