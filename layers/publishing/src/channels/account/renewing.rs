//! Tokens that are renewed by one that can be used once (Zalo). The account's lock is held, so there is one who renews; the new pair is
//! on disk before any of it is used. An answer that was lost may have used the token up: the next attempt tells.

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use platforms::zalo::{self, Refreshed, Tokens};
use platforms::{Found, Outcome, Refusal, Why};
use sea_orm::entity::prelude::*;

use super::{Account, Column, Entity, Values, oauth, sealed};
use crate::base::App;
use crate::channels::delivery::deciding::Answer;
use crate::channels::delivery::heard;
use crate::channels::platform::{ACCESS_TOKEN, API, Platform};
use crate::channels::speaking::Http;
use crate::web::Error;

pub(super) const REFRESH_TOKEN: &str = "refresh_token";
/// When the access token ends, in seconds since 1970; kept with the secrets, whose fate it shares.
pub(super) const ACCESS_UNTIL: &str = "access_until";
/// The token was made because the platform refused the one before it, though that was not over.
const FORCED: &str = "access_forced";
/// It is renewed so long before its end.
pub(super) const EARLY_MIN: i64 = 15;
/// "Access token is invalid", as the words of a refusal begin with it.
const INVALID_TOKEN: &str = "-216 ";
/// So often the new pair is written when the database fails, waiting so long, twice, three times as long.
const WRITES_MAX: u64 = 6;
const WRITE_WAIT_MS: u64 = 500;

/// The account with a token that holds, or why it has none.
///
/// # Errors
/// The secrets can not be opened, or the database failed.
pub async fn renewed(app: &App, account: Account) -> Result<Result<Account, Refusal>, Error> {
    match account.platform().map(|platform| platform.is) {
        Some(platforms::Platform::Zalo | platforms::Platform::Zns) => {}
        Some(platforms::Platform::YouTube | platforms::Platform::TikTok) => return oauth::renewed(app, account).await,
        _ => return Ok(Ok(account)),
    }
    let mut secrets = account.secrets(app)?;
    let until = secrets.get(ACCESS_UNTIL).and_then(|until| until.parse().ok()).and_then(|at| DateTime::from_timestamp(at, 0));
    if until.is_some_and(|until| until > app.clock.now() + TimeDelta::minutes(EARLY_MIN)) {
        return Ok(Ok(account));
    }
    let line = Http { private: app.config.channels_private };
    let value = |values: &Values, name: &str| values.get(name).cloned().unwrap_or_default();
    let settings = account.settings();
    // Who names another interface (a double) has both there.
    let oauth = settings.get(API).cloned().unwrap_or_else(|| zalo::OAUTH.to_owned());
    let by = zalo::App { oauth, app_id: value(&settings, "app_id"), secret_key: value(&secrets, "app_secret").into() };
    match zalo::refresh(&line, &by, &value(&secrets, REFRESH_TOKEN).into()).await {
        Refreshed::New(tokens) => {
            if until.is_some() {
                secrets.remove(FORCED); // it came to its end as it should
            }
            take_over(app, &mut secrets, &tokens);
            keep(app, account, &secrets).await
        }
        Refreshed::Refused(refusal) => Ok(Err(refusal)),
        Refreshed::Unknown { says } => Ok(Err(Refusal { why: Why::Unavailable, says, again_after: None })),
    }
}

/// What is to be made of an answer that refuses the access token: a token that should still hold is renewed, once, and the call goes
/// again; one that was renewed for that is over.
///
/// # Errors
/// The secrets can not be opened, or the database failed.
pub async fn again(app: &App, account: &Account, answer: Answer) -> Result<Answer, Error> {
    let is_zalo = |platform: &Platform| matches!(platform.is, platforms::Platform::Zalo | platforms::Platform::Zns);
    if !account.platform().is_some_and(is_zalo) || !refuses_token(&answer) {
        return Ok(answer);
    }
    let mut secrets = account.secrets(app)?;
    if secrets.contains_key(FORCED) || secrets.remove(ACCESS_UNTIL).is_none() {
        return Ok(answer);
    }
    secrets.insert(FORCED.into(), "1".into());
    Ok(match keep(app, account.clone(), &secrets).await? {
        Ok(_) => answer.softened(),
        Err(_) => answer,
    })
}

fn refuses_token(answer: &Answer) -> bool {
    match answer {
        Answer::Published(Outcome::Refused(refusal)) | Answer::Changed(_, Outcome::Refused(refusal)) => refusal.why == Why::Token,
        // A question brings no more home than the words.
        Answer::Asked(Found::CanNotTell { says }) | Answer::EditAsked(Found::CanNotTell { says }) => {
            says.starts_with(INVALID_TOKEN)
        }
        _ => false,
    }
}

fn take_over(app: &App, secrets: &mut Values, tokens: &Tokens) {
    let lasts = TimeDelta::from_std(tokens.expires_in).unwrap_or_default();
    secrets.insert(ACCESS_TOKEN.into(), tokens.access_token.reveal().to_owned());
    secrets.insert(REFRESH_TOKEN.into(), tokens.refresh_token.reveal().to_owned());
    secrets.insert(ACCESS_UNTIL.into(), (app.clock.now() + lasts).timestamp().to_string());
}

/// Writes the new pair where nobody replaced the old one meanwhile. // recorded by nobody: a token that renews itself is no change
pub(super) async fn keep(app: &App, account: Account, secrets: &Values) -> Result<Result<Account, Refusal>, Error> {
    let sealed = sealed(app, account.id, secrets)?;
    let write = || {
        Entity::update_many()
            .col_expr(Column::Secrets, Expr::value(&sealed))
            .filter(Column::Id.eq(account.id))
            .filter(Column::Secrets.eq(&account.secrets))
            .exec(&app.db)
    };
    let mut kept = write().await;
    for attempt in 1..WRITES_MAX {
        if kept.is_ok() {
            break;
        }
        // The old pair is used up: without the new one a person has to link the account again.
        tokio::time::sleep(Duration::from_millis(WRITE_WAIT_MS * attempt)).await;
        kept = write().await;
    }
    let kept = kept?;
    if kept.rows_affected == 0 {
        let says = heard::CHANGED.to_owned();
        return Ok(Err(Refusal { why: Why::Unavailable, says, again_after: None }));
    }
    Ok(Ok(Account { secrets: sealed, ..account }))
}
