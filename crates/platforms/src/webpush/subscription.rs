//! Where a browser can be reached, as its page handed it in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::PublicKey;
use serde::Deserialize;

/// An address longer than this is no address of a push service's.
const ENDPOINT_BYTES_MAX: usize = 2_048;

/// A `PushSubscription`, its keys looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Given by a browser, so by anybody: whoever opens the line refuses addresses of the own network.
    pub endpoint: String,
    /// The browser's key, uncompressed: 65 bytes.
    pub p256dh: [u8; 65],
    pub auth: [u8; 16],
}

/// Why it is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSubscription {
    #[error("not the JSON of a PushSubscription: {0}")]
    Form(String),
    #[error("not an address that begins with https")]
    Endpoint,
    #[error("not a point on P-256")]
    Key,
    #[error("not 16 bytes of authentication secret")]
    Auth,
}

#[derive(Deserialize)]
struct Written {
    endpoint: String,
    keys: WrittenKeys,
}

#[derive(Deserialize)]
struct WrittenKeys {
    p256dh: String,
    auth: String,
}

impl Subscription {
    /// Reads what `PushSubscription.toJSON()` gives: `{endpoint, keys: {p256dh, auth}}`, base64url, with or without padding.
    ///
    /// # Errors
    /// [`BadSubscription`].
    pub fn from_json(text: &str) -> Result<Self, BadSubscription> {
        let written: Written = serde_json::from_str(text).map_err(|error| BadSubscription::Form(error.to_string()))?;
        Self::new(&written.endpoint, &written.keys.p256dh, &written.keys.auth)
    }

    /// Out of its three parts.
    ///
    /// # Errors
    /// [`BadSubscription`].
    pub fn new(endpoint: &str, p256dh: &str, auth: &str) -> Result<Self, BadSubscription> {
        let is_address = endpoint.parse::<http::Uri>().is_ok_and(|uri| uri.authority().is_some());
        let is_allowed = endpoint.starts_with("https://") || is_loopback(endpoint);
        if !is_address || !is_allowed || endpoint.len() > ENDPOINT_BYTES_MAX {
            return Err(BadSubscription::Endpoint);
        }
        let key: [u8; 65] = decoded(p256dh).and_then(|bytes| bytes.try_into().ok()).ok_or(BadSubscription::Key)?;
        PublicKey::from_sec1_bytes(&key).map_err(|_| BadSubscription::Key)?;
        let auth = decoded(auth).and_then(|bytes| bytes.try_into().ok()).ok_or(BadSubscription::Auth)?;
        Ok(Self { endpoint: endpoint.to_owned(), p256dh: key, auth })
    }
}

/// Push services on the own machine are doubles.
fn is_loopback(endpoint: &str) -> bool {
    endpoint.starts_with("http://127.0.0.1:")
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}
