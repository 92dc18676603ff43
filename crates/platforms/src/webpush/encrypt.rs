//! Encrypting a notice for one browser: RFC 8291 over the content coding `aes128gcm` of RFC 8188, in one record.

use p256::elliptic_curve::sec1::ToSec1Point;
use p256::{PublicKey, SecretKey, ecdh};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hkdf::{self, HKDF_SHA256, Salt};

use super::Subscription;

/// A push service takes bodies of 4,096 bytes (RFC 8291, 4), of which 86 are the header, 16 the tag and one the delimiter.
pub const PLAINTEXT_BYTES_MAX: usize = 4_096 - 86 - 16 - 1;
const RECORD_BYTES: u32 = 4_096;
/// Ends the last record (RFC 8188, 2).
const LAST: u8 = 2;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unencrypted {
    #[error("{0} bytes are more than {PLAINTEXT_BYTES_MAX}")]
    Long(usize),
    #[error("the keys can not be used")]
    Keys,
}

/// The body of the request: header and one record, under a key and a salt of its own.
pub(super) fn encrypt(to: &Subscription, content: &[u8]) -> Result<Vec<u8>, Unencrypted> {
    // Almost every 256 bits are a key; the few that are none are drawn anew.
    let secret = (0..8).find_map(|_| SecretKey::from_slice(&rand::random::<[u8; 32]>()).ok()).ok_or(Unencrypted::Keys)?;
    encrypt_with(to, content, &secret, rand::random())
}

fn encrypt_with(to: &Subscription, content: &[u8], secret: &SecretKey, salt: [u8; 16]) -> Result<Vec<u8>, Unencrypted> {
    if content.len() > PLAINTEXT_BYTES_MAX {
        return Err(Unencrypted::Long(content.len()));
    }
    let own = secret.public_key().to_sec1_point(false);
    let key_material = combined(to, secret, own.as_bytes())?;
    let pseudo_random = Salt::new(HKDF_SHA256, &salt).extract(&key_material);
    let key: [u8; 16] = expanded(&pseudo_random, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce: [u8; 12] = expanded(&pseudo_random, &[b"Content-Encoding: nonce\0"])?;
    let mut record = [content, &[LAST]].concat();
    LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).map_err(|_| Unencrypted::Keys)?)
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)
        .map_err(|_| Unencrypted::Keys)?;
    let id_length = [u8::try_from(own.as_bytes().len()).map_err(|_| Unencrypted::Keys)?];
    Ok([&salt[..], &RECORD_BYTES.to_be_bytes(), &id_length, own.as_bytes(), &record].concat())
}

/// RFC 8291, 3.3 and 3.4: both keys and the authentication secret, combined.
fn combined(to: &Subscription, secret: &SecretKey, own: &[u8]) -> Result<[u8; 32], Unencrypted> {
    let theirs = PublicKey::from_sec1_bytes(&to.p256dh).map_err(|_| Unencrypted::Keys)?;
    let shared = ecdh::diffie_hellman(secret.to_nonzero_scalar(), theirs.as_affine());
    let pseudo_random = Salt::new(HKDF_SHA256, &to.auth).extract(shared.raw_secret_bytes());
    expanded(&pseudo_random, &[b"WebPush: info\0", &to.p256dh, own])
}

fn expanded<const N: usize>(pseudo_random: &hkdf::Prk, info: &[&[u8]]) -> Result<[u8; N], Unencrypted> {
    struct Length(usize);
    impl hkdf::KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut bytes = [0; N];
    let expanding = pseudo_random.expand(info, Length(N)).map_err(|_| Unencrypted::Keys)?;
    expanding.fill(&mut bytes).map_err(|_| Unencrypted::Keys)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn browser() -> Subscription {
        Subscription::new(
            "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )
        .expect("a subscription")
    }

    /// RFC 8291, section 5 and appendix A.
    #[test]
    fn the_example_of_the_standard_comes_out_byte_by_byte() {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64");
        let secret = SecretKey::from_slice(&bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).expect("a key");
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("16 bytes");
        let body = encrypt_with(&browser(), b"When I grow up, I want to be a watermelon", &secret, salt).expect("a body");
        assert_eq!(
            URL_SAFE_NO_PAD.encode(body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_\
             yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn the_longest_content_fills_a_body_and_one_byte_more_is_refused() {
        let longest = encrypt(&browser(), &vec![7; PLAINTEXT_BYTES_MAX]).expect("a body");
        assert_eq!(longest.len(), 4_096);
        assert_eq!(encrypt(&browser(), &vec![7; PLAINTEXT_BYTES_MAX + 1]), Err(Unencrypted::Long(PLAINTEXT_BYTES_MAX + 1)));
        assert_ne!(encrypt(&browser(), b"x"), encrypt(&browser(), b"x"), "each has a key of its own");
    }
}
