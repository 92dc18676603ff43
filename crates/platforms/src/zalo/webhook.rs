//! Whether a call to our own address comes from Zalo, and lately. The signature is the plain SHA-256 over app id, body, timestamp
//! and secret, in a row ("Webhook: Xác thực sự kiện").

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::Secret;
use crate::signature::{hex, is_same};

/// The header: `mac=` and 64 hexadecimal digits.
pub const WEBHOOK_HEADER: &str = "x-zevent-signature";
/// Older (or farther ahead) than this is refused.
pub const AGE_S_MAX: i64 = 300;

/// What is needed to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    pub app_id: String,
    /// The "OA Secret Key" of the app's page for webhooks.
    pub secret_key: Secret,
}

/// Why a call is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    #[error("no signature")]
    Unsigned,
    #[error("not an event: no JSON with a timestamp")]
    Unreadable,
    #[error("the signature is not Zalo's")]
    Forged,
    #[error("older than five minutes, or of the future")]
    Old,
}

/// The event, when it is Zalo's. `body` as it arrived, byte for byte; `now_s` in seconds since 1970. The same event may come
/// several times.
///
/// # Errors
/// [`Distrust`].
pub fn event(webhook: &Webhook, header: Option<&str>, body: &[u8], now_s: i64) -> Result<Value, Distrust> {
    let given = header.and_then(|header| header.trim().strip_prefix("mac=")).ok_or(Distrust::Unsigned)?;
    let event: Value = serde_json::from_slice(body).map_err(|_| Distrust::Unreadable)?;
    let stamp = match &event["timestamp"] {
        Value::String(stamp) => stamp.clone(),
        Value::Number(stamp) => stamp.to_string(),
        _ => return Err(Distrust::Unreadable),
    };
    if webhook.secret_key.reveal().is_empty() || !is_same(&given.to_lowercase(), &mac(webhook, body, &stamp)) {
        return Err(Distrust::Forged);
    }
    let stamp_ms: i64 = stamp.parse().map_err(|_| Distrust::Unreadable)?;
    if (stamp_ms / 1000).abs_diff(now_s) > AGE_S_MAX.unsigned_abs() { Err(Distrust::Old) } else { Ok(event) }
}

fn mac(webhook: &Webhook, body: &[u8], stamp: &str) -> String {
    let sum = Sha256::new()
        .chain_update(&webhook.app_id)
        .chain_update(body)
        .chain_update(stamp)
        .chain_update(webhook.secret_key.reveal());
    hex(&sum.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"app_id":"7","event_name":"follow","timestamp":"1764160000000"}"#;

    fn webhook() -> Webhook {
        Webhook { app_id: "7".to_owned(), secret_key: "key-of-the-test".into() }
    }

    #[test]
    fn only_what_zalo_signed_lately_is_believed() {
        // printf '7%s1764160000000key-of-the-test' "$BODY" | sha256sum
        let signed = "mac=6ecf1952fc7a90659b7f7ebbf1b616f8eadf18357ee565a41b8bab3955b8237d".to_owned();
        assert_eq!(
            event(&webhook(), Some(&signed), BODY, 1_764_160_010).map(|event| event["event_name"].clone()),
            Ok("follow".into())
        );
        assert_eq!(event(&webhook(), None, BODY, 1_764_160_010), Err(Distrust::Unsigned));
        assert_eq!(event(&webhook(), Some("mac=00"), BODY, 1_764_160_010), Err(Distrust::Forged));
        assert_eq!(event(&webhook(), Some(&signed), b"{}", 1_764_160_010), Err(Distrust::Unreadable));
        let changed = br#"{"app_id":"7","event_name":"unfollow","timestamp":"1764160000000"}"#;
        assert_eq!(event(&webhook(), Some(&signed), changed, 1_764_160_010), Err(Distrust::Forged));
        assert_eq!(event(&webhook(), Some(&signed), BODY, 1_764_160_301), Err(Distrust::Old));
        let unset = Webhook { secret_key: "".into(), ..webhook() };
        let guessed = format!("mac={}", mac(&unset, BODY, "1764160000000"));
        assert_eq!(event(&unset, Some(&guessed), BODY, 1_764_160_010), Err(Distrust::Forged));
    }
}
