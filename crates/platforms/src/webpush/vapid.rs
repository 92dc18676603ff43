//! Who sends: the keys of this server and the token it signs for each push service (RFC 8292).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::SecretKey;
use p256::elliptic_curve::sec1::ToSec1Point;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use serde_json::json;

use crate::Secret;

/// A token may be good for 24 hours at most (RFC 8292, 2); half of that forgives clocks that go wrong.
const VALID_S: i64 = 12 * 3_600;

/// The server's pair of keys. Whoever subscribed with the public one can be reached with the private one only, so it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    secret: [u8; 32],
    public: Vec<u8>,
    contact: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    #[error("not 32 bytes of base64url that are a key on P-256")]
    Key,
    #[error("not an address with a host: {0}")]
    Endpoint(String),
    #[error("the contact begins neither with mailto: nor with https:")]
    Contact,
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Keys({})", self.public())
    }
}

impl Keys {
    /// New ones.
    ///
    /// # Errors
    /// [`BadKey::Contact`].
    pub fn generate(contact: &str) -> Result<Self, BadKey> {
        let secret = (0..8).find_map(|_| SecretKey::from_slice(&rand::random::<[u8; 32]>()).ok()).ok_or(BadKey::Key)?;
        Self::of(&secret, contact)
    }

    /// Those that were kept: the private one as [`Self::private`] gave it. The contact is where a push service may complain,
    /// `mailto:…` or `https:…`.
    ///
    /// # Errors
    /// [`BadKey`].
    pub fn kept(private: &Secret, contact: &str) -> Result<Self, BadKey> {
        let bytes = URL_SAFE_NO_PAD.decode(private.reveal().trim_end_matches('=')).map_err(|_| BadKey::Key)?;
        Self::of(&SecretKey::from_slice(&bytes).map_err(|_| BadKey::Key)?, contact)
    }

    fn of(secret: &SecretKey, contact: &str) -> Result<Self, BadKey> {
        if !contact.starts_with("mailto:") && !contact.starts_with("https:") {
            return Err(BadKey::Contact);
        }
        let public = secret.public_key().to_sec1_point(false).as_bytes().to_vec();
        Ok(Self { secret: secret.to_bytes().into(), public, contact: contact.to_owned() })
    }

    /// To be kept secret: base64url.
    #[must_use]
    pub fn private(&self) -> Secret {
        Secret::from(URL_SAFE_NO_PAD.encode(self.secret))
    }

    /// What a page hands to `pushManager.subscribe` as `applicationServerKey`: base64url.
    #[must_use]
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.public)
    }

    /// The header `Authorization: vapid t=…, k=…` for the push service behind this address.
    ///
    /// # Errors
    /// [`BadKey`].
    pub fn authorization(&self, endpoint: &str, now_s: i64) -> Result<String, BadKey> {
        let uri: http::Uri = endpoint.parse().map_err(|_| BadKey::Endpoint(endpoint.to_owned()))?;
        let origin = uri.scheme_str().zip(uri.authority()).map(|(scheme, host)| format!("{scheme}://{host}"));
        let origin = origin.ok_or_else(|| BadKey::Endpoint(endpoint.to_owned()))?;
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let claims = json!({"aud": origin, "exp": now_s.saturating_add(VALID_S), "sub": self.contact});
        let token = format!("{}.{}", part(json!({"typ": "JWT", "alg": "ES256"})), part(claims));
        let random = SystemRandom::new();
        let signature =
            EcdsaKeyPair::from_private_key_and_public_key(&ECDSA_P256_SHA256_FIXED_SIGNING, &self.secret, &self.public, &random)
                .map_err(|_| BadKey::Key)?
                .sign(&random, token.as_bytes())
                .map_err(|_| BadKey::Key)?;
        Ok(format!("vapid t={token}.{}, k={}", URL_SAFE_NO_PAD.encode(signature), self.public()))
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_token_names_the_service_and_is_signed_by_the_key_that_is_shown() {
        let keys = Keys::generate("mailto:quan-tri@tinh-mau.example").expect("keys");
        let header = keys.authorization("https://push.example.net:8443/push/1?x=y", 1_800_000_000).expect("a header");
        let (token, shown) = header.strip_prefix("vapid t=").expect("a token").split_once(", k=").expect("a key");
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64");
        let verifying = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes(shown));
        verifying.verify(signed.as_bytes(), &bytes(signature)).expect("signed");
        let claims: Value = serde_json::from_slice(&bytes(signed.split_once('.').expect("claims").1)).expect("JSON");
        assert_eq!(claims["aud"], "https://push.example.net:8443");
        assert_eq!(claims["exp"], 1_800_043_200);
    }

    #[test]
    fn kept_keys_are_the_same_and_show_nothing_when_printed() {
        let keys = Keys::generate("https://tinh-mau.example").expect("keys");
        let again = Keys::kept(&keys.private(), "https://tinh-mau.example").expect("keys");
        assert_eq!(again, keys);
        assert!(!format!("{keys:?}").contains(keys.private().reveal()));
        assert_eq!(Keys::kept(&keys.private(), "quan-tri@tinh-mau.example"), Err(BadKey::Contact));
        assert_eq!(Keys::kept(&"AAAA".into(), "https://tinh-mau.example"), Err(BadKey::Key));
    }
}
