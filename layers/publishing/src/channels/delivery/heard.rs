//! What a platform said, as it is kept, and as people read it. It is foreign text: cut to a length, without NUL (PostgreSQL keeps none),
//! and an address leads nowhere but by http and https.

use platforms::Note;

use super::Why;
use crate::web::Locale;

/// The platform's words are kept so far.
const SAYS_BYTES_MAX: usize = 500;
const ADDRESS_BYTES_MAX: usize = 2_000;
/// How our own words begin where a talk took too long.
pub const SLOW: &str = "no end after ";
/// And where somebody changed the account while its token was renewed.
pub const CHANGED: &str = "the account was changed meanwhile";

/// Words.
#[must_use]
pub fn words(says: &str) -> String {
    let says = says.replace('\0', "");
    let mut end = says.len().min(SAYS_BYTES_MAX);
    while !says.is_char_boundary(end) {
        end -= 1;
    }
    says[..end].to_owned()
}

/// An id or a handle: never cut, for half of it is another's.
#[must_use]
pub fn id(given: &str) -> String {
    given.replace('\0', "")
}

/// An address that a page may lead to; None when it is none.
#[must_use]
pub fn address(given: &str) -> Option<String> {
    let given = given.replace('\0', "");
    let parsed = reqwest::Url::parse(given.trim()).ok()?;
    let leads = matches!(parsed.scheme(), "https" | "http") && parsed.host_str().is_some();
    Some(parsed.to_string()).filter(|address| leads && address.len() <= ADDRESS_BYTES_MAX)
}

/// The words for people: our own in their language, a platform's as it said them and named as such. Empty when there are none.
#[must_use]
pub fn shown(l: Locale, why: Why, says: &str) -> String {
    if says.is_empty() {
        return String::new();
    }
    // What was looked at before anything was sent is our own, and in words already; so is an address.
    if why == Why::Preflight || address(says).is_some() {
        return says.to_owned();
    }
    match Note::of(says) {
        Some(note) => l.t(key(note)),
        None if says.starts_with(SLOW) => l.t("channel-note-slow"),
        None if says == CHANGED => l.t("channel-note-changed"),
        None => format!("{} {says}", l.t("channel-platform-said")),
    }
}

const fn key(note: Note) -> &'static str {
    match note {
        Note::NotSent => "channel-note-not-sent",
        Note::CutOff => "channel-note-cut-off",
        Note::Incomplete => "channel-note-incomplete",
        Note::NoPlaceToLook => "channel-note-no-place-to-look",
        Note::NothingKnown => "channel-note-nothing-known",
        Note::ManySince => "channel-note-many-since",
        Note::NoHandles => "channel-note-no-handles",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Lang;

    #[test]
    fn words_are_cut_between_letters_and_carry_no_nul() {
        let kept = words(&"ễ".repeat(400));
        assert!(kept.len() <= SAYS_BYTES_MAX && kept.chars().all(|letter| letter == 'ễ'));
        assert_eq!((words("a\0b"), id("1\0")), ("ab".into(), "1".into()));
    }

    #[test]
    fn an_address_leads_by_http_alone() {
        assert_eq!(address("https://t.me/a/1").as_deref(), Some("https://t.me/a/1"));
        for wrong in
            ["javascript:alert(1)", "data:text/html,x", "/a", "", "ftp://a.vn/", &format!("https://a.vn/{}", "x".repeat(3_000))]
        {
            assert_eq!(address(wrong), None, "{wrong}");
        }
        assert_eq!(address("https://a.vn/\0b").as_deref(), Some("https://a.vn/b"));
    }

    #[test]
    fn our_own_words_are_in_the_readers_language() {
        let shown = |says: &str| shown(Locale(Lang::Vi), Why::Cut, says);
        for note in Note::ALL {
            let words = shown(note.words());
            assert!(!words.contains(note.words()) && !words.contains("Unknown localization"), "{words}");
        }
        assert!(!shown("no end after 180 s").contains("no end"));
        assert_eq!(shown("403 Forbidden"), "Nền tảng trả lời: 403 Forbidden");
        assert_eq!(super::shown(Locale(Lang::Vi), Why::Preflight, "Chưa có lời tin."), "Chưa có lời tin.");
        assert_eq!(shown(""), "");
    }
}
