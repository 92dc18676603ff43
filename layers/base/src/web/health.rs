//! What watches the server from outside: alive, ready, and figures for Prometheus.

use std::sync::OnceLock;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use super::Result;
use crate::base::{App, reaction};

/// `GET /healthz`: the process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers too, so traffic may come.
pub async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.db.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "database unavailable\n")
        }
    }
}

/// `GET /metrics`: Prometheus text format 0.0.4. No figure names a person.
pub async fn figures(State(app): State<App>) -> Result<Response> {
    metrics::gauge!("lantoa_reactions_waiting").set(reaction::waiting(&app.db).await? as f64);
    metrics::gauge!("lantoa_reactions_given_up").set(reaction::given_up(&app.db).await? as f64);
    if let Some(index) = app.search.index() {
        metrics::gauge!("lantoa_search_documents").set(index.len() as f64);
    }
    let text = recorder().map(PrometheusHandle::render).unwrap_or_default();
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

/// Middleware: counts and times every request by its route, not by its address.
pub async fn measure(request: Request, next: Next) -> Response {
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let begun = Instant::now();
    let answer = next.run(request).await;
    let labels = [("method", method), ("route", route), ("status", answer.status().as_u16().to_string())];
    metrics::histogram!("lantoa_request_seconds", &labels).record(begun.elapsed().as_secs_f64());
    answer
}

/// The process-wide recorder; made at the first call.
pub fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    RECORDER
        .get_or_init(|| {
            let buckets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];
            PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &buckets)
                .ok()?
                .install_recorder()
                .ok()
        })
        .as_ref()
}
