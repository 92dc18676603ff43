//! The digest of a body, as headers carry it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// `SHA-256=…` (RFC 3230).
pub(super) fn header(body: &[u8]) -> String {
    format!("SHA-256={}", STANDARD.encode(Sha256::digest(body)))
}

/// Whether a `Digest` header names this body by SHA-256. Other algorithms beside it are passed over, alone they are not believed.
pub(super) fn is_of(header: &str, body: &[u8]) -> bool {
    let wanted = STANDARD.encode(Sha256::digest(body));
    let one = |part: &str| {
        part.trim().split_once('=').is_some_and(|(name, value)| name.eq_ignore_ascii_case("sha-256") && value == wanted)
    };
    header.split(',').any(one)
}

/// The same of `Content-Digest: sha-256=:…:` (RFC 9530).
pub(super) fn is_content_of(header: &str, body: &[u8]) -> bool {
    let wanted = format!(":{}:", STANDARD.encode(Sha256::digest(body)));
    let one = |part: &str| part.trim().split_once('=').is_some_and(|(name, value)| name == "sha-256" && value == wanted);
    header.split(',').any(one)
}
