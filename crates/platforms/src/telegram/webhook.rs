//! Whether a call to our own address comes from Telegram.

use crate::Secret;
use crate::signature::is_same;

/// The header that carries the word given to `setWebhook` as `secret_token`.
pub const WEBHOOK_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Whether the header carries our word. Nobody is believed as long as no word is set.
#[must_use]
pub fn is_from_telegram(header: Option<&str>, word: &Secret) -> bool {
    !word.reveal().is_empty() && header.is_some_and(|given| is_same(given, word.reveal()))
}
