//! The key of an actor: RSA with 2,048 bits and SHA-256, which is what everybody on this network verifies.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};
use rsa::pkcs1::{DecodeRsaPublicKey, EncodeRsaPublicKey};
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::{RsaPrivateKey, RsaPublicKey};

use crate::Secret;

const BITS: usize = 2_048;
/// Keys of other servers longer than this are not read.
const PEM_BYTES_MAX: usize = 8_192;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key: {0}")]
pub struct BadKey(pub(super) String);

/// The pair of keys by which an actor signs. Kept as long as the actor: followers know its public half.
#[derive(Clone)]
pub struct Key {
    /// PKCS #8.
    der: Vec<u8>,
    public_pem: String,
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key")
    }
}

impl Key {
    /// A new one. Takes a moment of a processor's whole attention.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn generate() -> Result<Self, BadKey> {
        Self::of(&RsaPrivateKey::new(&mut rand::rng(), BITS).map_err(bad)?)
    }

    /// The one that was kept, as [`Self::private`] gave it.
    ///
    /// # Errors
    /// [`BadKey`].
    pub fn kept(private: &Secret) -> Result<Self, BadKey> {
        let der = STANDARD.decode(private.reveal()).map_err(bad)?;
        Self::of(&RsaPrivateKey::from_pkcs8_der(&der).map_err(bad)?)
    }

    fn of(private: &RsaPrivateKey) -> Result<Self, BadKey> {
        let der = private.to_pkcs8_der().map_err(bad)?.as_bytes().to_vec();
        let public_pem = RsaPublicKey::from(private).to_public_key_pem(LineEnding::LF).map_err(bad)?;
        Ok(Self { der, public_pem })
    }

    /// To be kept secret: base64 of PKCS #8.
    #[must_use]
    pub fn private(&self) -> Secret {
        Secret::from(STANDARD.encode(&self.der))
    }

    /// What the actor shows: PEM of a `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn public_pem(&self) -> &str {
        &self.public_pem
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256, in base64.
    pub(super) fn sign(&self, text: &str) -> Result<String, BadKey> {
        let pair = RsaKeyPair::from_pkcs8(&self.der).map_err(bad)?;
        let mut signature = vec![0; pair.public().modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).map_err(bad)?;
        Ok(STANDARD.encode(signature))
    }
}

/// Whether this text was signed by the owner of this key, which servers show as `PUBLIC KEY` or as `RSA PUBLIC KEY`.
pub(super) fn is_signed(public_pem: &str, text: &str, signature: &[u8]) -> Result<bool, BadKey> {
    if public_pem.len() > PEM_BYTES_MAX {
        return Err(BadKey(format!("{} bytes", public_pem.len())));
    }
    let public = RsaPublicKey::from_public_key_pem(public_pem.trim())
        .map_err(bad)
        .or_else(|_| RsaPublicKey::from_pkcs1_pem(public_pem.trim()).map_err(bad))?;
    let der = public.to_pkcs1_der().map_err(bad)?;
    let verifying = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der.as_bytes());
    Ok(verifying.verify(text.as_bytes(), signature).is_ok())
}

fn bad(error: impl fmt::Display) -> BadKey {
    BadKey(error.to_string())
}
