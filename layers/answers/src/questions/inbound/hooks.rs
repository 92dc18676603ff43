//! `POST /webhooks/questions/{platform}/{account}`: what people write to an account of the channels. A bot has one address for everything, so
//! what is no message of a person is handed to the channels as if it had come to theirs.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use sea_orm::entity::prelude::*;

use super::heard;
use crate::base::App;
use crate::channels::account::{self, Account};
use crate::channels::inbound::arrival::Arrival;
use crate::channels::inbound::hearing::BODY_BYTES_MAX;
use crate::channels::inbound::said::Said;
use crate::channels::inbound::{distrust, trusting};
use crate::questions::question::Channel;
use crate::web::{Error, Path, Result, Routes};

/// The address that platforms call.
pub fn routes() -> Routes {
    Routes::new().at("/webhooks/questions/{platform}/{account}", post(hear).layer(DefaultBodyLimit::max(BODY_BYTES_MAX)))
}

/// Where a platform is told to call.
#[must_use]
pub fn address(app: &App, account: &Account) -> String {
    format!("{}/webhooks/questions/{}/{}", app.config.public_url(), account.platform, account.id)
}

/// The accounts that people can write to.
///
/// # Errors
/// The database failed.
pub async fn accounts(app: &App) -> Result<Vec<Account>> {
    let all = Account::of(&app.db, None).await?;
    Ok(all.into_iter().filter(|one| channel(one).is_some()).collect())
}

fn channel(account: &Account) -> Option<Channel> {
    match account.platform().map(|platform| platform.is) {
        Some(platforms::Platform::Telegram) => Some(Channel::Telegram),
        Some(platforms::Platform::Zalo) => Some(Channel::Zalo),
        _ => None,
    }
}

async fn hear(
    State(app): State<App>,
    Path((platform, id)): Path<(String, Uuid)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response> {
    let account = account::Entity::find_by_id(id).one(&app.db).await?.filter(|account| account.platform == platform);
    let account = account.ok_or(Error::NotFound)?;
    let (Some(channel), Some(known)) = (channel(&account), account.platform()) else { return Err(Error::NotFound) };
    let secrets = account.secrets(&app)?;
    let now_s = app.clock.now().timestamp();
    let event = match trusting::event(known.is, (&account.settings(), &secrets), &headers, &body, now_s) {
        Ok(event) => event,
        Err(reason) => {
            distrust::count(&app, &account, reason).await?;
            return Ok((StatusCode::FORBIDDEN, axum::Json(serde_json::json!({ "error": "refused" }))).into_response());
        }
    };
    match heard::written(known.is, &event) {
        // What somebody wrote is kept nowhere but with the question.
        Some(written) => super::take(&app, account.id, channel, &written).await?,
        None => {
            let text = String::from_utf8_lossy(&body).replace('\0', "");
            Arrival::keep(&app, &account, Said::of(known.is, &event, &body), &text).await?;
        }
    }
    Ok(StatusCode::OK.into_response())
}
