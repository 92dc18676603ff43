//! Signing a message in the way of Standard Webhooks 1.0: HMAC-SHA-256 over `id.timestamp.body`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;

/// What a secret begins with, in the form in which it is given to the receiver.
const PREFIX: &str = "whsec_";
const SECRET_BYTES: usize = 32;

/// A new secret: 256 bits.
#[must_use]
pub fn secret() -> String {
    format!("{PREFIX}{}", STANDARD.encode(rand::random::<[u8; SECRET_BYTES]>()))
}

/// The header `webhook-signature`: `v1,` and the base64 of the code.
///
/// # Errors
/// The secret is none of ours.
pub fn sign(secret: &str, id: &str, timestamp: i64, body: &str) -> anyhow::Result<String> {
    let key = STANDARD.decode(secret.trim_start_matches(PREFIX))?;
    let code = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), format!("{id}.{timestamp}.{body}").as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's reference libraries.
    #[test]
    fn a_message_is_signed_as_the_standard_says() {
        let signed = sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert_eq!(signed.expect("signed"), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn another_secret_or_body_signs_otherwise() {
        let (one, other) = (secret(), secret());
        assert_ne!(one, other);
        let signed = |secret: &str, body: &str| sign(secret, "msg_1", 1, body).expect("signed");
        assert_ne!(signed(&one, "{}"), signed(&other, "{}"));
        assert_ne!(signed(&one, "{}"), signed(&one, "{ }"));
    }
}
