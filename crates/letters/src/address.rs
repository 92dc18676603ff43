//! Addresses of mailboxes: what is one (RFC 5321, 6531), and when two are the same mailbox.
//!
//! **The rule for duplicates.** The name of the host is the same however it is written (case, punycode or letters). The part before the
//! `@` is compared without case: no provider that people use tells `An@` from `an@`. At `gmail.com` and `googlemail.com`, which are one,
//! dots do not count and what follows a `+` does not either, because the provider says so; elsewhere both may name somebody else.

use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// Octets (RFC 5321, 4.5.3.1).
const LOCAL_MAX: usize = 64;
const DOMAIN_MAX: usize = 253;
const WHOLE_MAX: usize = 254;
const LABEL_MAX: usize = 63;
const ONE_MAILBOX: [&str; 2] = ["gmail.com", "googlemail.com"];

/// An address that is well formed. Whether a mailbox is there only its server knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    local: String,
    /// In ASCII and small letters: punycode where it has other letters.
    domain: String,
}

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Malformed {
    #[error("nothing is there")]
    Empty,
    #[error("there is no @, or more than one")]
    At,
    #[error("the part before the @ is not well formed")]
    Local,
    #[error("the part after the @ is no name of a host")]
    Domain,
    #[error("it is longer than an address may be")]
    Long,
}

impl Address {
    /// Reads what somebody typed. Space around it and letters that nobody sees (a byte order mark, zero-width space) are taken away.
    ///
    /// # Errors
    /// [`Malformed`]
    pub fn read(typed: &str) -> Result<Self, Malformed> {
        let text: String = typed.nfc().filter(|letter| !is_unseen(*letter)).collect();
        let text = text.trim();
        if text.is_empty() {
            return Err(Malformed::Empty);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(Malformed::At)?;
        if domain.is_empty() || local.is_empty() || (local.contains('@') && !local.starts_with('"')) {
            return Err(Malformed::At);
        }
        if local.len() > LOCAL_MAX {
            return Err(Malformed::Long);
        }
        if !(is_dot_atom(local) || is_quoted(local)) {
            return Err(Malformed::Local);
        }
        let domain = host(domain)?;
        if local.len() + 1 + domain.len() > WHOLE_MAX {
            return Err(Malformed::Long);
        }
        Ok(Self { local: local.to_owned(), domain })
    }

    #[must_use]
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The name of the host, in ASCII.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Whether a relay has to speak SMTPUTF8 (RFC 6531) to take it.
    #[must_use]
    pub fn needs_utf8(&self) -> bool {
        !self.local.is_ascii()
    }

    /// The same for all that name one mailbox, by the rule of this module.
    #[must_use]
    pub fn key(&self) -> String {
        let local = self.local.to_lowercase();
        if ONE_MAILBOX.contains(&self.domain.as_str()) && !local.starts_with('"') {
            let name: String = local.split('+').next().unwrap_or_default().chars().filter(|letter| *letter != '.').collect();
            // `+news@gmail.com` names nobody; it stays what it is.
            return format!("{}@gmail.com", if name.is_empty() { &local } else { &name });
        }
        format!("{local}@{}", self.domain)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}@{}", self.local, self.domain)
    }
}

const fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
}

/// RFC 5322, 3.2.3, with the letters of RFC 6531.
fn is_dot_atom(local: &str) -> bool {
    let is_atom = |letter: char| {
        letter.is_ascii_alphanumeric()
            || "!#$%&'*+-/=?^_`{|}~".contains(letter)
            || (!letter.is_ascii() && letter.is_alphanumeric())
    };
    local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
}

/// RFC 5321, 4.1.2: a quoted string. Letters of other scripts are left out: nobody has such a mailbox.
fn is_quoted(local: &str) -> bool {
    let Some(inside) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
    let mut escaped = false;
    for byte in inside.bytes() {
        match (escaped, byte) {
            (true, 32..=126) => escaped = false,
            (false, b'\\') => escaped = true,
            (false, b'"') => return false,
            (false, 32..=126) => {}
            _ => return false,
        }
    }
    !escaped && !inside.is_empty()
}

fn host(domain: &str) -> Result<String, Malformed> {
    let ascii = idna::domain_to_ascii_strict(domain.trim_end_matches('.')).map_err(|_| Malformed::Domain)?;
    let label_is_fine = |label: &str| {
        !label.is_empty()
            && label.len() <= LABEL_MAX
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let last_is_a_name = ascii.rsplit('.').next().is_some_and(|last| last.len() > 1 && !last.bytes().all(|b| b.is_ascii_digit()));
    // One label alone, or an address of the network, is reached inside a house only.
    if ascii.len() > DOMAIN_MAX || !ascii.contains('.') || !ascii.split('.').all(label_is_fine) || !last_is_a_name {
        return Err(Malformed::Domain);
    }
    Ok(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> String {
        Address::read(text).unwrap_or_else(|error| panic!("{text}: {error}")).key()
    }

    #[test]
    fn what_is_an_address() {
        for good in [
            "a@b.vn",
            "An.Le+tin@Example.VN",
            "\u{feff} a@b.vn ",
            "\"a b\"@b.vn",
            "o'neil@x.org",
            "nguyễn@thư.vn",
            "a@xn--bcher-kva.example",
        ] {
            assert!(Address::read(good).is_ok(), "{good}");
        }
        let wrong = [
            ("", Malformed::Empty),
            ("a", Malformed::At),
            ("@b.vn", Malformed::At),
            ("a@", Malformed::At),
            ("a@b@c.vn", Malformed::At),
            ("a..b@c.vn", Malformed::Local),
            (".a@c.vn", Malformed::Local),
            ("a b@c.vn", Malformed::Local),
            ("a\r\nBcc: x@y.vn", Malformed::Local),
            ("a@b", Malformed::Domain),
            ("a@b..vn", Malformed::Domain),
            ("a@-b.vn", Malformed::Domain),
            ("a@b_c.vn", Malformed::Domain),
            ("a@[127.0.0.1]", Malformed::Domain),
            ("a@127.0.0.1", Malformed::Domain),
            ("a@b.vn>", Malformed::Domain),
        ];
        for (text, error) in wrong {
            assert_eq!(Address::read(text), Err(error), "{text:?}");
        }
        assert_eq!(Address::read(&format!("{}@b.vn", "a".repeat(65))), Err(Malformed::Long));
        assert_eq!(Address::read("a@b.vn\r\nRCPT TO:<c@d.vn>"), Err(Malformed::At));
    }

    #[test]
    fn one_mailbox_has_one_key() {
        assert_eq!(key("An.Le+tin@GMail.com"), key("anle@googlemail.com"));
        assert_eq!(key("AN@Example.VN"), key("an@example.vn."));
        assert_ne!(key("a.n@example.vn"), key("an@example.vn"));
        assert_ne!(key("an+1@example.vn"), key("an@example.vn"));
        assert_eq!(key("an@THƯ.vn"), key("an@thư.vn"));
        assert_eq!(key("an@Bücher.example"), key("an@xn--bcher-kva.example"));
        // The same letters, composed or not.
        assert_eq!(key("nguye\u{302}\u{303}n@b.vn"), key("nguyễn@b.vn"));
        assert_eq!(key("+a@gmail.com"), "+a@gmail.com");
    }
}
