//! What shows that a call comes from whom it says.

use sha2::{Digest, Sha256};

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether two words are the same, in a time that does not tell how much of them is.
pub(crate) fn is_same(given: &str, wanted: &str) -> bool {
    let (given, wanted) = (Sha256::digest(given), Sha256::digest(wanted));
    given.iter().zip(wanted.iter()).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
}
