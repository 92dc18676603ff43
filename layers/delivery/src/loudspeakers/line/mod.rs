//! The line: how devices are told things and heard.
//!
//! ```text
//!   order::due ──► saying ──MQTT, QoS 1──► broker ──► device            device ──► broker ──► hearing ──► heard::take
//!                     ▲ one node at a time (lease)                      no MQTT: /api/devices/… (door) ──► the same
//! ```
//!
//! Devices speak MQTT with a broker that the operator names ([`Mqtt`](crate::base::config::Mqtt)), or HTTP with us. One node has the
//! line at a time, by a lease: it has one session at the broker, whose messages come in the order in which a device sent them and wait
//! there while nobody listens. Why not each node a share: decision 33. Field names and topics are data ([`terms`]).

pub mod door;
pub mod greeting;
mod hearing;
pub mod lease;
pub mod saying;
pub mod schema;
mod talk;
pub mod terms;

use std::time::Duration;

use axum::routing::{get, post};

use crate::base::App;
use crate::web::Routes;

/// A node that has not the line asks so often whether it may.
const ASK_MS: u64 = 2_000;
const BACKOFF_MS: u64 = 500;
const BACKOFF_MAX_MS: u64 = 30_000;
/// A line that held so long was a good one: the next try is soon.
const GOOD_S: u64 = 60;

/// What devices without MQTT call, and where boards fetch their pictures.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .at("/api/devices/log-in", post(door::log_in).layer(door::limit()))
        .at("/api/devices/ping", post(door::ping).layer(door::limit()))
        .at("/api/devices/ack", post(door::acknowledge).layer(door::limit()))
        .at("/api/devices/log", post(door::report).layer(door::limit()))
        .at("/api/devices/power", post(door::power).layer(door::limit()))
        .at("/api/devices/pictures/{bulletin}/{name}", get(door::picture))
}

/// Keeps the line to the broker up, for as long as the node runs. Ends at once where none is configured.
pub async fn keep_up(app: App) {
    let Some(settings) = app.config.loudspeakers.mqtt.clone() else { return };
    let mut wait_ms = BACKOFF_MS;
    loop {
        match ours(&app).await {
            Ok(Some(node)) => match terms::line(&app.config.loudspeakers, &settings, node) {
                Ok(line) => {
                    let begun = tokio::time::Instant::now();
                    let why = talk::talk(&app, &line).await;
                    metrics::gauge!("lantoa_loudspeaker_line_up").set(0.0);
                    if begun.elapsed() > Duration::from_secs(GOOD_S) {
                        wait_ms = BACKOFF_MS;
                    }
                    tracing::warn!(broker = settings.broker, why, wait_ms, "the line to the broker is down; it is tried again");
                }
                Err(error) => tracing::error!(%error, "the line can not be set up; see `lantoa doctor`"),
            },
            Ok(None) => {
                wait_ms = BACKOFF_MS;
                tokio::time::sleep(Duration::from_millis(ASK_MS)).await;
                continue;
            }
            Err(error) => tracing::error!(%error, "whose the line is can not be asked; trying again"),
        }
        tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        wait_ms = (wait_ms * 2).min(BACKOFF_MAX_MS);
    }
}

/// This node's id if the line is its from now on.
async fn ours(app: &App) -> anyhow::Result<Option<uuid::Uuid>> {
    let node = lease::node(app)?;
    Ok(lease::take(app, node).await?.then_some(node))
}
