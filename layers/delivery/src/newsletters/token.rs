//! What links and return paths of letters carry: whose they are, with a code that only this installation makes. Nothing is kept of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::base::installation_key::InstallationKey;

/// Bytes of the code in a link, and in a return path, which has less room (64 octets before the @).
const LINK_CODE_BYTES: usize = 15;
const PATH_CODE_BYTES: usize = 6;
/// Bytes of an issue's code.
pub const ISSUE_CODE_BYTES: usize = 5;
/// Base 32 without letters that are mistaken for others; servers on the way may change the case.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Says that the address is theirs and they want it.
    Confirm,
    /// Changes what they get, and erases them.
    Manage,
    /// Ends one subscription.
    Leave,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Confirm => "newsletter-confirm",
            Self::Manage => "newsletter-manage",
            Self::Leave => "newsletter-leave",
        }
    }
}

/// The code for a subscriber's link.
#[must_use]
pub fn of(key: &InstallationKey, purpose: Purpose, subscriber: Uuid) -> String {
    let code = key.derive(purpose.word(), &subscriber.to_string());
    URL_SAFE_NO_PAD.encode([subscriber.as_bytes().as_slice(), &code[..LINK_CODE_BYTES]].concat())
}

/// Whose link it is; None: we did not make it.
#[must_use]
pub fn read(key: &InstallationKey, purpose: Purpose, text: &str) -> Option<Uuid> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let subscriber = Uuid::from_slice(bytes.get(..16)?).ok()?;
    is_same(of(key, purpose, subscriber).as_bytes(), text.as_bytes()).then_some(subscriber)
}

/// The key under which an address is remembered: not the address itself, so that a list of who is not written to names nobody.
#[must_use]
pub fn address_key(key: &InstallationKey, address: &letters::Address) -> String {
    key.derive("newsletter-address", &address.key())[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where a letter's bounces go: `bounces+code@host` for `bounces@host`. Issue and subscriber are in it.
#[must_use]
pub fn return_path(key: &InstallationKey, base: &str, issue_code: &str, subscriber: Uuid) -> Option<String> {
    let (local, host) = base.rsplit_once('@')?;
    let issue = letters_to_bytes(issue_code)?;
    let code = key.derive("newsletter-bounce", &format!("{issue_code}{subscriber}"));
    let bytes = [issue.get(..ISSUE_CODE_BYTES)?, subscriber.as_bytes().as_slice(), &code[..PATH_CODE_BYTES]].concat();
    Some(format!("{local}+{}@{host}", bytes_to_letters(&bytes)))
}

/// The issue's code and the subscriber of a return path; None: we did not make it.
#[must_use]
pub fn read_return_path(key: &InstallationKey, base: &str, address: &str) -> Option<(String, Uuid)> {
    let (local, _) = address.rsplit_once('@')?;
    let (_, letters) = local.rsplit_once('+')?;
    let bytes = letters_to_bytes(&letters.to_ascii_lowercase())?;
    let issue = bytes_to_letters(bytes.get(..ISSUE_CODE_BYTES)?);
    let subscriber = Uuid::from_slice(bytes.get(ISSUE_CODE_BYTES..ISSUE_CODE_BYTES + 16)?).ok()?;
    let ours = return_path(key, base, &issue, subscriber)?;
    let (ours, _) = ours.rsplit_once('@')?;
    let (_, ours) = ours.rsplit_once('+')?;
    is_same(ours.as_bytes(), letters.to_ascii_lowercase().as_bytes()).then_some((issue, subscriber))
}

/// A code for a new issue.
#[must_use]
pub fn issue_code() -> String {
    bytes_to_letters(&rand::random::<[u8; ISSUE_CODE_BYTES]>())
}

/// Takes as long whatever differs.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |different, (a, b)| different | (a ^ b)) == 0
}

fn bytes_to_letters(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    out
}

fn letters_to_bytes(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 5 / 8);
    let (mut held, mut bits) = (0_u32, 0);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|one| *one == letter)?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 255).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_for_bytes() {
        for length in 0..40_u8 {
            let bytes: Vec<u8> = (0..length).map(|n| n.wrapping_mul(73).wrapping_add(length)).collect();
            assert_eq!(letters_to_bytes(&bytes_to_letters(&bytes)).unwrap(), bytes);
        }
        assert_eq!(letters_to_bytes("có"), None);
        assert_eq!(issue_code().len(), 8);
    }
}
