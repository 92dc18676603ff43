//! What must hold of any bytes given to the crate `official-document`.

use std::time::Duration;

use official_document::{Limits, read, read_text};

#[path = "document_invariants.rs"]
mod invariants;

/// Panics when an invariant is broken.
pub fn check(data: &[u8]) {
    let limits = Limits { unpacked_bytes: 8 << 20, paragraphs: 5_000, time: Duration::from_secs(8), ..Limits::default() };
    match read(data, "tệp", &limits) {
        Ok(document) => invariants::check(&document),
        Err(error) => assert!(error.to_string().contains("Hãy") && !error.code().is_empty(), "{error}"),
    }
    invariants::check(&read_text(&String::from_utf8_lossy(data)));
}
