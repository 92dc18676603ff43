//! Tokens that are renewed by OAuth 2.0: YouTube's refresh token stays, TikTok's may be replaced by the renewal. The account's lock
//! is held, as in [`super::renewing`].

use chrono::{DateTime, TimeDelta};
use platforms::{Platform, Secret, tiktok, youtube};

use super::renewing::{ACCESS_UNTIL, EARLY_MIN, REFRESH_TOKEN, keep};
use super::{Account, Values};
use crate::base::App;
use crate::channels::platform::video::GOOGLE_TOKENS;
use crate::channels::platform::{ACCESS_TOKEN, API};
use crate::channels::speaking::Http;
use crate::web::Error;

/// The account with a token that holds, or why it has none.
///
/// # Errors
/// The secrets can not be opened, or the database failed.
pub(super) async fn renewed(app: &App, account: Account) -> Result<Result<Account, platforms::Refusal>, Error> {
    let mut secrets = account.secrets(app)?;
    let until = secrets.get(ACCESS_UNTIL).and_then(|until| until.parse().ok()).and_then(|at| DateTime::from_timestamp(at, 0));
    if until.is_some_and(|until| until > app.clock.now() + TimeDelta::minutes(EARLY_MIN)) {
        return Ok(Ok(account));
    }
    match ask(app, &account, &secrets).await {
        Ok(renewed) => {
            let lasts = TimeDelta::from_std(renewed.expires_in).unwrap_or_default();
            secrets.insert(ACCESS_TOKEN.into(), renewed.access_token.reveal().to_owned());
            secrets.insert(ACCESS_UNTIL.into(), (app.clock.now() + lasts).timestamp().to_string());
            if let Some(another) = renewed.refresh_token {
                secrets.insert(REFRESH_TOKEN.into(), another.reveal().to_owned());
            }
            keep(app, account, &secrets).await
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}

async fn ask(app: &App, account: &Account, secrets: &Values) -> Result<platforms::oauth::Renewed, platforms::Refusal> {
    let line = Http { private: app.config.channels_private };
    let settings = account.settings();
    let setting = |name: &str| settings.get(name).cloned().unwrap_or_default();
    let secret = |name: &str| Secret::from(secrets.get(name).cloned().unwrap_or_default());
    let (client_secret, refresh_token) = (secret("client_secret"), secret(REFRESH_TOKEN));
    let api = settings.get(API);
    if account.platform().is_some_and(|platform| platform.is == Platform::TikTok) {
        let base = api.map_or_else(|| account.platform().map_or("", |platform| platform.api).to_owned(), Clone::clone);
        let token_address = format!("{base}/v2/oauth/token/");
        let client_key = setting("client_key");
        let client = tiktok::Client { token_address: &token_address, client_key: &client_key, client_secret: &client_secret };
        return tiktok::renew(&line, &client, &refresh_token).await;
    }
    // Who names another interface (a double) has both there.
    let token_address = api.map_or_else(|| GOOGLE_TOKENS.to_owned(), |api| format!("{api}/token"));
    let client_id = setting("client_id");
    let project = youtube::Project { token_address: &token_address, client_id: &client_id, client_secret: &client_secret };
    youtube::renew(&line, &project, &refresh_token).await
}
