//! What is asked of a new password: long, not one that everybody tries, not the person's own address.
//! No rules of composition: they make passwords worse (NIST SP 800-63B-4, section 3.1.1.2).

use crate::web::Obstacle;

/// Unicode letters, after NFC.
pub const LETTERS_MIN: usize = 12;
/// A bound for the work of one request, far above any passphrase.
pub const LETTERS_MAX: usize = 128;

/// Beginnings of what is tried first, in Vietnam and elsewhere, without marks, spaces and digits around.
const COMMON: &str = include_str!("common.txt");

/// Why this can not be the password of the person with that e-mail; None when it can.
#[must_use]
pub fn obstacle(password: &str, email: &str) -> Option<Obstacle> {
    let password = super::normal(password);
    let letters = password.chars().count();
    if letters < LETTERS_MIN {
        return Some(Obstacle::new("password-too-short").with("n", LETTERS_MIN));
    }
    if letters > LETTERS_MAX {
        return Some(Obstacle::new("password-too-long").with("n", LETTERS_MAX));
    }
    let core = core(&password);
    let local = self::core(email.split('@').next().unwrap_or_default());
    let is_own = core == self::core(email) || (!local.is_empty() && repeats(&core, &local));
    if is_own {
        return Some(Obstacle::new("password-own-address"));
    }
    let is_common = core.chars().count() < 4 || COMMON.lines().any(|common| repeats(&core, common)) || is_run(&core);
    is_common.then(|| Obstacle::new("password-common"))
}

/// What is left of a password without case, marks, and the figures and signs put at its ends.
fn core(text: &str) -> String {
    let folded = vietnamese::fold(text).to_lowercase();
    let letters: String = folded.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let inner = letters.trim_matches(|letter: char| letter.is_ascii_digit());
    if inner.is_empty() { letters } else { inner.to_owned() }
}

/// `abcabc` repeats `abc`.
fn repeats(text: &str, part: &str) -> bool {
    !part.is_empty() && text.len() >= part.len() && text.replace(part, "").is_empty()
}

/// One letter over and over, or letters in the order of the alphabet or of the keys.
fn is_run(core: &str) -> bool {
    const ROWS: [&str; 5] = [
        "abcdefghijklmnopqrstuvwxyz",
        "01234567890123456789",
        "qwertyuiopasdfghjklzxcvbnm",
        "zyxwvutsrqponmlkjihgfedcba",
        "98765432109876543210",
    ];
    let first = core.chars().next();
    core.chars().all(|letter| Some(letter) == first) || ROWS.iter().any(|row| row.contains(core))
}
