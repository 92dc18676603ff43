//! Whether a call to our own address comes from Facebook: HMAC-SHA256 of the body with the app's secret ("Webhooks: Validating
//! Payloads"), and the question that Facebook asks when the address is set ("Verification Requests").

use ring::hmac;

use crate::Secret;
use crate::signature::{hex, is_same};

/// The header: `sha256=` and 64 hexadecimal digits.
pub const WEBHOOK_HEADER: &str = "x-hub-signature-256";
/// What is said back is a number; longer than this is none.
const CHALLENGE_MAX: usize = 200;

/// Whether the body was signed with our app's secret. `body` as it arrived, byte for byte. Nobody is believed without a secret.
#[must_use]
pub fn is_from_facebook(header: Option<&str>, body: &[u8], app_secret: &Secret) -> bool {
    let given = header.and_then(|header| header.trim().strip_prefix("sha256="));
    let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.reveal().as_bytes());
    let wanted = hex(hmac::sign(&key, body).as_ref());
    !app_secret.reveal().is_empty() && given.is_some_and(|given| is_same(&given.to_lowercase(), &wanted))
}

/// What is answered to `hub.mode`, `hub.verify_token` and `hub.challenge`, when the word is ours; `None` otherwise.
#[must_use]
pub fn challenge<'a>(mode: &str, word: &str, asked: &'a str, ours: &Secret) -> Option<&'a str> {
    let is_number = !asked.is_empty() && asked.len() <= CHALLENGE_MAX && asked.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (mode == "subscribe" && is_number && !ours.reveal().is_empty() && is_same(word, ours.reveal())).then_some(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_signed_with_the_secret_is_believed() {
        let (secret, body) = (Secret::from("secret-of-the-test"), br#"{"object":"page"}"#);
        // printf '{"object":"page"}' | openssl dgst -sha256 -hmac secret-of-the-test
        let signed = "sha256=a3b148877ddf71140829629fd87cadd3ad9aae221ff06931e12c313a46554774";
        assert!(is_from_facebook(Some(signed), body, &secret));
        assert!(is_from_facebook(Some(&signed.to_uppercase().replace("SHA256", "sha256")), body, &secret));
        assert!(!is_from_facebook(Some(signed), br#"{"object":"user"}"#, &secret));
        assert!(!is_from_facebook(Some("sha1=00"), body, &secret));
        assert!(!is_from_facebook(None, body, &secret));
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"");
        let guessed = format!("sha256={}", hex(hmac::sign(&key, body).as_ref()));
        assert!(!is_from_facebook(Some(&guessed), body, &"".into()), "no secret set: nobody is believed");
    }

    #[test]
    fn the_question_is_answered_to_who_knows_our_word() {
        let ours = Secret::from("word-of-the-test");
        assert_eq!(challenge("subscribe", "word-of-the-test", "1158201444", &ours), Some("1158201444"));
        assert_eq!(challenge("subscribe", "another", "1158201444", &ours), None);
        assert_eq!(challenge("unsubscribe", "word-of-the-test", "1158201444", &ours), None);
        assert_eq!(challenge("subscribe", "word-of-the-test", "<script>", &ours), None, "nothing of it is repeated as a page");
        assert_eq!(challenge("subscribe", "", "1", &"".into()), None);
    }
}
