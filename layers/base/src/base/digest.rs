//! Hashes as people and databases see them.

use sha2::{Digest, Sha256};

/// SHA-256 (FIPS 180-4) in hexadecimal: 64 small letters and digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    /// The empty message of the standard's examples.
    #[test]
    fn a_hash_is_what_the_standard_says() {
        assert_eq!(super::sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
