//! Puts the parts together: the router with its layers, and the node that runs.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::ACCEPT_RANGES;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::ServiceBuilderExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::Predicate;
use tower_http::compression::{CompressionLayer, DefaultPredicate};
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::MakeRequestUuid;
use tower_http::trace::TraceLayer;

use crate::base::{App, Capability, Clock, Config, chore, database, reaction, restored, site};
use crate::web::api::reference;
use crate::web::front::{self, Front};
use crate::web::{Routes, assets, chart, failure, gallery, guide, headers, health, preferences};
use crate::{channels, demo, loudspeakers, news, newsletters, people, push, questions, reach, reactions, search, syndication};

const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;
const DRAIN_S: u64 = 20;
/// Pages are made anew for each request, so they are packed lightly and with gzip alone: brotli clears a megabyte of tables
/// for each page, which was half of a page's time. (What is packed once, the assets, is packed with brotli.)
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(2);

/// Every address of the product, the ground's first.
#[must_use]
pub fn routes(capabilities: &[Capability]) -> Routes {
    let ground = Routes::new()
        .at("/assets/{*name}", get(assets::serve))
        .at("/healthz", get(health::alive))
        .at("/readyz", get(health::ready))
        .at("/metrics", get(health::figures))
        .at("/preferences", post(preferences::choose))
        .at("/desk/ui", get(gallery::show))
        .and(guide::routes())
        .and(search::routes())
        .and(demo::routes());
    let all = capabilities.iter().fold(ground, |all, capability| all.and((capability.routes)()));
    reference::beside(all)
}

/// The whole product as one service.
pub fn router(app: App) -> Router {
    health::recorder();
    let inner = routes(app.capabilities)
        .router
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn(chart::saving::serve))
        .layer(CompressionLayer::new().quality(COMPRESSION).compress_when(DefaultPredicate::new().and(is_page)))
        .layer(from_fn(health::measure));
    let around = ServiceBuilder::new()
        .set_x_request_id(MakeRequestUuid)
        .propagate_x_request_id()
        .layer(from_fn_with_state((app.clone(), Front::default()), front::serve))
        .layer(TraceLayer::new_for_http())
        .layer(from_fn_with_state(app.clone(), headers::fence))
        .layer(from_fn_with_state(app.clone(), people::session::recognise))
        .layer(from_fn_with_state(app.clone(), failure::pages))
        .layer(CatchPanicLayer::new())
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(app.clone(), people::token::recognise))
        .layer(from_fn_with_state(app.clone(), syndication::negotiating::serve));
    inner.layer(around).with_state(app)
}

/// A file of which ranges can be asked is packed already, and a range of a compressed one would be another.
fn is_page(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(ACCEPT_RANGES)
}

/// Opens the database (and brings it up to date) and makes the node's [`App`].
///
/// # Errors
/// The data folder can not be made, or the database not be opened or migrated.
pub async fn prepare(config: Config, capabilities: &'static [Capability], clock: Clock, demo: bool) -> anyhow::Result<App> {
    std::fs::create_dir_all(&config.data)?;
    let url = config.database();
    database::migrate(&url, capabilities).await?;
    let db = database::open(&url).await?;
    let app = App::new(config, db, clock, capabilities, demo);
    app.reread_site().await?;
    Ok(app)
}

/// Answers requests, reacts and does chores until `stop` resolves; then lets running requests end.
///
/// # Errors
/// The address can not be listened on.
pub async fn run(app: App, stop: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
    let listener = TcpListener::bind(app.config.listen).await?;
    let address = listener.local_addr()?;
    tracing::info!(%address, data = %app.config.data.display(), "listening; open {}", app.config.public_url());
    // Before anything is sent: is this the database that was worked with last?
    restored::beat(&app).await?;
    let (stopping, mut stopped) = tokio::sync::watch::channel(false);
    let mut work = JoinSet::new();
    work.spawn(reaction::keep_up(app.clone(), reactions::react));
    work.spawn(chore::keep_up(app.clone()));
    work.spawn(site::keep_up(app.clone()));
    work.spawn(news::clockwork::keep_time(app.clone()));
    work.spawn(news::views::keep_up(app.clone()));
    work.spawn(restored::keep_up(app.clone()));
    work.spawn(loudspeakers::on_air::keep_up(app.clone()));
    work.spawn(loudspeakers::line::keep_up(app.clone()));
    work.spawn(reach::pulling::keep_up(app.clone()));
    work.spawn(search::following::keep_up(app.clone()));
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    // What speaks to others comes to an end by itself: cut off in the middle, nobody would know what it did.
    let mut talks = JoinSet::new();
    talks.spawn(channels::sending::keep_up(app.clone(), stopped.clone()));
    talks.spawn(newsletters::sending::keep_up(app.clone(), stopped.clone()));
    talks.spawn(push::sending::keep_up(app.clone(), stopped.clone()));
    talks.spawn(syndication::sending::keep_up(app.clone(), stopped.clone()));
    talks.spawn(questions::sending::keep_up(app.clone(), stopped.clone()));
    let mut told = stopped.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        tracing::info!("stopping: running requests may end");
        let _ = stopping.send(true);
    });
    tokio::select! {
        outcome = serving => outcome?,
        () = async { let _ = stopped.wait_for(|stop| *stop).await; tokio::time::sleep(Duration::from_secs(DRAIN_S)).await } => {
            tracing::warn!("some requests did not end within {DRAIN_S} s");
        }
    }
    let _ = told.changed().await;
    while talks.join_next().await.is_some() {}
    work.shutdown().await;
    // What was counted since the last minute.
    if let Err(error) = news::views::write(&app).await {
        tracing::error!(%error, "views of the last minute are lost");
    }
    // Ahead of every backup that was made while it ran.
    if let Err(error) = restored::beat(&app).await {
        tracing::error!(error = %format!("{error:#}"), "the last beat of the pulse could not be written");
    }
    app.db.close_by_ref().await?;
    Ok(())
}

/// Resolves at Ctrl-C or SIGTERM.
pub async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) {
        (Ok(mut interrupt), Ok(mut terminate)) => {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
        }
        _ => std::future::pending().await,
    }
}
