//! Coverage of loudspeakers as JSON, for everyone: it feeds the programme's target.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::covering::{self, Line};
use super::staff::coverage::days;
use crate::base::App;
use crate::web::Result;
use crate::web::api::{Asked, Listing, Usual, answer};

/// Anybody may ask, and all plays of a quarter are counted: the same days once in so long.
const COUNTED_S: i64 = 60;

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(coverage))
}

/// Who heard what was aired over loudspeakers, by commune
///
/// A cluster counts when it reported play of at least 80 % of the sound and nothing that is known of the device contradicts it: heartbeats
/// around the play, power, time. A hamlet is reached when one of the clusters that serve it counts at least once within the days. What
/// was not reported is not counted as played, and not as zero either: it stands in the difference.
#[utoipa::path(
    get, path = "/api/v1/loudspeakers/coverage", operation_id = "loudspeaker-coverage", tag = "loudspeakers", security(()),
    params(
        ("from" = Option<String>, Query, description = "First day; thirty days unless said, 92 at most."),
        ("to" = Option<String>, Query, description = "Last day; today unless said."),
    ),
    responses((status = 200, body = Listing<Line>), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn coverage(State(app): State<App>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&["from", "to"])?;
    let day = |name| asked.day(name).map(|day| day.map(|day| day.to_string()).unwrap_or_default());
    let (_, span) = days(&app, &day("from")?, &day("to")?);
    let key = format!("loud-coverage-{}-{}", span.0.timestamp(), span.1.timestamp());
    let lines = app.lately(&key, COUNTED_S, covering::of_time(&app, None, span)).await?;
    answer(&headers, &Listing::whole(lines.to_vec()), None)
}
