//! Whether a call comes from the platform whose name it carries, by the secrets of the account that it is for.

use axum::http::HeaderMap;
use platforms::{Platform, facebook, telegram, zalo};
use serde_json::Value;

use crate::channels::account::Values;

/// Why a call is not believed: the word in the table, and in the Fluent key `channel-distrust-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No secret is set for the account, so nobody is believed.
    Unset,
    Unsigned,
    Forged,
    /// Older than five minutes, or of the future.
    Old,
    Unreadable,
    /// A question for our word with another word.
    Word,
}

impl Reason {
    pub const ALL: [Self; 6] = [Self::Unset, Self::Unsigned, Self::Forged, Self::Old, Self::Unreadable, Self::Word];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unset => "unset",
            Self::Unsigned => "unsigned",
            Self::Forged => "forged",
            Self::Old => "old",
            Self::Unreadable => "unreadable",
            Self::Word => "word",
        }
    }
}

/// The event, when it is the platform's.
///
/// # Errors
/// [`Reason`]
pub fn event(
    platform: Platform,
    (settings, secrets): (&Values, &Values),
    headers: &HeaderMap,
    body: &[u8],
    now_s: i64,
) -> Result<Value, Reason> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let secret = |name: &str| secrets.get(name).filter(|secret| !secret.is_empty()).ok_or(Reason::Unset);
    let read = || serde_json::from_slice::<Value>(body).ok().filter(Value::is_object).ok_or(Reason::Unreadable);
    match platform {
        Platform::Facebook => {
            let app_secret = secret("app_secret")?.as_str().into();
            let given = header(facebook::WEBHOOK_HEADER).ok_or(Reason::Unsigned)?;
            if facebook::is_from_facebook(Some(given), body, &app_secret) { read() } else { Err(Reason::Forged) }
        }
        Platform::Telegram => {
            let word = secret("webhook_word")?.as_str().into();
            let given = header(telegram::WEBHOOK_HEADER).ok_or(Reason::Unsigned)?;
            if telegram::is_from_telegram(Some(given), &word) { read() } else { Err(Reason::Forged) }
        }
        Platform::Zalo => {
            let app_id = settings.get("app_id").cloned().unwrap_or_default();
            let webhook = zalo::Webhook { app_id, secret_key: secret("oa_secret_key")?.as_str().into() };
            zalo::event(&webhook, header(zalo::WEBHOOK_HEADER), body, now_s).map_err(|why| match why {
                zalo::Distrust::Unsigned => Reason::Unsigned,
                zalo::Distrust::Unreadable => Reason::Unreadable,
                zalo::Distrust::Forged => Reason::Forged,
                zalo::Distrust::Old => Reason::Old,
            })
        }
        _ => Err(Reason::Unset),
    }
}
