//! The order of a Vietnamese list: a ă â b c d đ e ê g h …, tones after letters, upper case after lower (CLDR `vi`).
//!
//! Letters decide first (*Cao* before *Đào*), then tones from ngang through huyền, hỏi, ngã, sắc to nặng, then case.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

static PLAIN: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| collator(false));
static NATURAL: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| collator(true));

fn collator(numeric: bool) -> CollatorBorrowed<'static> {
    let mut preferences = CollatorPreferences::from(locale!("vi"));
    if numeric {
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    }
    // The Vietnamese tailoring is compiled into the collator; asking for it can not fail.
    Collator::try_new(preferences, CollatorOptions::default()).expect("collation data for vi is compiled in")
}

/// Compares as a Vietnamese dictionary does.
///
/// ```
/// let mut names = ["Đồng Tháp", "Ấp Bắc", "Cao Lãnh", "Dừa", "Ăn"];
/// names.sort_by(|a, b| vietnamese::order::compare(a, b));
/// assert_eq!(names, ["Ăn", "Ấp Bắc", "Cao Lãnh", "Dừa", "Đồng Tháp"]);
/// ```
pub fn compare(a: &str, b: &str) -> Ordering {
    PLAIN.compare(a, b)
}

/// [`compare`], with runs of digits in the order of their values: *Phường 2* before *Phường 10*.
pub fn compare_natural(a: &str, b: &str) -> Ordering {
    NATURAL.compare(a, b)
}

/// Bytes whose plain order is that of [`compare`]: for sorting long lists, and for a column that a database sorts by.
///
/// Keys of different versions of the collation data do not compare; store them only where they can be made anew.
pub fn sort_key(text: &str) -> Vec<u8> {
    key_of(&PLAIN, text)
}

/// [`sort_key`] in the order of [`compare_natural`].
pub fn natural_sort_key(text: &str) -> Vec<u8> {
    key_of(&NATURAL, text)
}

fn key_of(collator: &CollatorBorrowed, text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2);
    match collator.write_sort_key_to(text, &mut key) {
        Ok(()) => key,
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::TEXT;
    use proptest::prelude::*;

    fn assert_ascending(words: &[&str], compare: fn(&str, &str) -> Ordering) {
        for pair in words.windows(2) {
            assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{} < {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn letters_follow_the_alphabet() {
        let alphabet: Vec<String> = "aăâbcdđeêghiklmnoôơpqrstuưvxy".chars().map(String::from).collect();
        let alphabet: Vec<&str> = alphabet.iter().map(String::as_str).collect();
        assert_ascending(&alphabet, compare);
        assert_ascending(&["da", "dy", "đa", "đy", "e"], compare);
    }

    #[test]
    fn tones_come_after_letters() {
        assert_ascending(&["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mài", "mă", "mâ"], compare);
        assert_ascending(&["tap", "tháp", "thấp", "thập"], compare);
    }

    #[test]
    fn composition_does_not_matter() {
        assert_eq!(compare("Vie\u{323}\u{302}t", "Việt"), Ordering::Equal);
    }

    #[test]
    fn natural_order_counts() {
        assert_ascending(&["Phường 2", "Phường 10"], compare_natural);
        assert_ascending(&["Phường 10", "Phường 2"], compare);
        assert!(natural_sort_key("Phường 2") < natural_sort_key("Phường 10"));
    }

    proptest! {
        #[test]
        fn keys_order_as_comparison_does(a in TEXT, b in TEXT) {
            prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), compare(&a, &b));
            prop_assert_eq!(natural_sort_key(&a).cmp(&natural_sort_key(&b)), compare_natural(&a, &b));
        }
    }
}
