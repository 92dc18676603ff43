//! A secret that shows itself to nobody who prints it.

use std::fmt;

/// A token, a key, a word of pass. Its `Debug` shows nothing of it, not even its length.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret itself, for the request that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The words without the secret: some platforms want it in the address, and an error of the line may name the address.
    pub(crate) fn hidden_in(&self, words: &str) -> String {
        if self.0.is_empty() { words.to_owned() } else { words.replace(&self.0, "…") }
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(secret: T) -> Self {
        Self(secret.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_is_not_printed() {
        assert_eq!(format!("{:?}", Secret::from("word-of-the-test")), "Secret");
        assert_eq!(Secret::from("word").hidden_in("GET /botword/getMe"), "GET /bot…/getMe");
        assert_eq!(Secret::from("").hidden_in("ab"), "ab");
    }
}
