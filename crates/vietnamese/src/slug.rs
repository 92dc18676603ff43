//! Addresses made from titles.

use crate::fold::fold;

/// The longest slug that [`slug`] makes, in bytes.
pub const SLUG_BYTES_MAX: usize = 80;

/// The words of a title without marks, joined by hyphens, at most [`SLUG_BYTES_MAX`] bytes; `None` when it has no Latin
/// letter and no digit (emoji, other scripts).
///
/// ```
/// use vietnamese::slug;
/// assert_eq!(slug("Mô hình trồng xoài số ở Cao Lãnh").as_deref(), Some("mo-hinh-trong-xoai-so-o-cao-lanh"));
/// assert_eq!(slug("🎉🎉"), None);
/// ```
pub fn slug(title: &str) -> Option<String> {
    slug_within(title, SLUG_BYTES_MAX)
}

/// [`slug`], or `fallback` when the title gives none.
pub fn slug_or(title: &str, fallback: &str) -> String {
    slug(title).unwrap_or_else(|| fallback.to_owned())
}

/// [`slug`] of at most `bytes_max` bytes, cut between words; a first word that is longer by itself is cut within.
///
/// ```
/// use vietnamese::slug::slug_within;
/// assert_eq!(slug_within("Chuyển đổi số", 10).as_deref(), Some("chuyen-doi"));
/// assert_eq!(slug_within("Nghiêng ngả", 4).as_deref(), Some("nghi"));
/// ```
pub fn slug_within(title: &str, bytes_max: usize) -> Option<String> {
    let plain = spell_out(&fold(title));
    let mut slug = String::new();
    for word in plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let joint = usize::from(!slug.is_empty());
        if slug.len() + joint + word.len() > bytes_max {
            if slug.is_empty() {
                slug.push_str(&word[..bytes_max]);
            }
            break;
        }
        if joint == 1 {
            slug.push('-');
        }
        slug.push_str(word);
    }
    (!slug.is_empty()).then_some(slug)
}

/// Latin letters that are no letter with a mark.
fn spell_out(folded: &str) -> String {
    let mut plain = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            // An apostrophe joins (don't, Krông B'úk).
            '\'' | '’' => {}
            _ => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs() {
        for (title, expected) in [
            ("  Đồng Tháp: 57-NQ/TW, 100% số hóa!  ", "dong-thap-57-nq-tw-100-so-hoa"),
            ("Sở KH&CN", "so-kh-cn"),
            ("Krông B'úk", "krong-buk"),
            ("Straße Łódź Ærø", "strasse-lodz-aero"),
            ("１２ điều", "12-dieu"),
            ("日本 2026", "2026"),
            ("vie\u{323}\u{302}t", "viet"),
        ] {
            assert_eq!(slug(title).as_deref(), Some(expected));
        }
        for title in ["", " – ", "🎉", "日本"] {
            assert_eq!(slug(title), None);
        }
        assert_eq!(slug_or("🎉", "tin"), "tin");
        assert_eq!(slug_within("abc", 0), None);
    }

    #[test]
    fn cuts_at_word_borders() {
        assert_eq!(slug_within("một hai ba", 7).as_deref(), Some("mot-hai"));
        assert_eq!(slug_within("một hai ba", 6).as_deref(), Some("mot"));
        assert!(slug(&"lan tỏa ".repeat(40)).unwrap().len() <= SLUG_BYTES_MAX);
    }

    proptest! {
        #[test]
        fn are_clean_short_and_stable(title in "\\PC*", max in 1usize..40) {
            if let Some(slug) = slug_within(&title, max) {
                prop_assert!(!slug.is_empty() && slug.len() <= max);
                prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
                prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
                prop_assert_eq!(slug_within(&slug, max), Some(slug.clone()));
            }
        }
    }
}
