//! The addresses that platforms call. Answered at once: what follows from a call is asked later, by who asks anyway.

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use platforms::{Platform, facebook};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::arrival::Arrival;
use super::distrust;
use super::said::Said;
use super::trusting::{self, Reason};
use crate::base::App;
use crate::channels::account::{self, Account};
use crate::web::{Error, Path, Result};

/// A larger call is none of an event.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// Where the platform is told to call.
#[must_use]
pub fn address(app: &App, account: &Account) -> String {
    format!("{}/webhooks/{}/{}", app.config.public_url(), account.platform, account.id)
}

async fn found(app: &App, platform: &str, id: Uuid) -> Result<(Account, Platform)> {
    let account = account::Entity::find_by_id(id).one(&app.db).await?.filter(|account| account.platform == platform);
    let account = account.ok_or(Error::NotFound)?;
    match account.platform().filter(|platform| platform.tells).map(|platform| platform.is) {
        Some(platform) => Ok((account, platform)),
        None => Err(Error::NotFound),
    }
}

async fn refused(app: &App, account: &Account, reason: Reason) -> Result<Response> {
    distrust::count(app, account, reason).await?;
    // Not as a page: nobody reads it, and why it is not believed is nothing for who forges. Nor as plain text: that is what our
    // layers refuse with, and it would become the page of a form sent from elsewhere.
    Ok((StatusCode::FORBIDDEN, axum::Json(serde_json::json!({ "error": "refused" }))).into_response())
}

/// `POST /webhooks/{platform}/{account}`
pub async fn hear(
    State(app): State<App>,
    Path((platform, id)): Path<(String, Uuid)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response> {
    let (account, platform) = found(&app, &platform, id).await?;
    let secrets = account.secrets(&app)?;
    let now_s = app.clock.now().timestamp();
    let event = match trusting::event(platform, (&account.settings(), &secrets), &headers, &body, now_s) {
        Ok(event) => event,
        Err(reason) => return refused(&app, &account, reason).await,
    };
    // JSON is UTF-8, and what was read is.
    let text = String::from_utf8_lossy(&body).replace('\0', "");
    Arrival::keep(&app, &account, Said::of(platform, &event, &body), &text).await?;
    metrics::counter!("lantoa_channel_webhooks_total", "platform" => account.platform.clone()).increment(1);
    Ok(StatusCode::OK.into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Challenge {
    #[serde(rename = "hub.mode")]
    mode: String,
    #[serde(rename = "hub.verify_token")]
    word: String,
    #[serde(rename = "hub.challenge")]
    asked: String,
}

/// `GET /webhooks/{platform}/{account}`: Facebook asks whether the address is ours, by a word that was typed on both sides.
pub async fn challenge(
    State(app): State<App>,
    Path((platform, id)): Path<(String, Uuid)>,
    Query(given): Query<Challenge>,
) -> Result<Response> {
    let (account, platform) = found(&app, &platform, id).await?;
    if platform != Platform::Facebook {
        return Err(Error::NotFound);
    }
    let ours = account.secrets(&app)?.get("verify_token").cloned().unwrap_or_default();
    match facebook::challenge(&given.mode, &given.word, &given.asked, &ours.as_str().into()) {
        Some(asked) => Ok(asked.to_owned().into_response()),
        None if ours.is_empty() => refused(&app, &account, Reason::Unset).await,
        None => refused(&app, &account, Reason::Word).await,
    }
}
