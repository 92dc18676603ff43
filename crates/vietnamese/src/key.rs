//! Keys that are equal when two spellings mean the same text, or the same name.

use std::borrow::Cow;

use crate::normalise::{normalise, squeeze_spaces, unify_dashes, unify_quotes};
use crate::placement::old_style;
use crate::syllable::Syllable;
use crate::tokens;

/// The canonical form of a text: [normalised](normalise()), lower case, one tone placement, plain dashes, quotation marks
/// and single spaces. Marks stay: *cá*, *cà* and *ca* are three keys. Idempotent.
///
/// ```
/// use vietnamese::key;
/// assert_eq!(key("Thanh  HOÀ"), key("thanh hòa"));
/// assert_eq!(key("khoẻ"), key("khỏe"));
/// assert_ne!(key("của"), key("cùa"));
/// ```
pub fn key(text: &str) -> Cow<'_, str> {
    let steps = [normalise, lower_case, normalise, unify_dashes, unify_quotes, old_style, squeeze_spaces];
    steps.into_iter().fold(Cow::Borrowed(text), then)
}

/// The canonical form of a name: the [`key`] in which moreover `y` after a consonant reads `i` (Quy = Qui, Mỹ = Mĩ, Kỳ =
/// Kì, Quỳnh = Quình), all punctuation is a space and a number has no leading zeros (Phường 01 = Phường 1).
///
/// `y` within a group stays apart: *Huy* is not *Hui*, *Thủy* is not *Thủi*; and so does a `y` or `i` that stands alone.
/// For comparing, not for showing.
///
/// ```
/// use vietnamese::name_key;
/// assert_eq!(name_key("Phường Sơn Qui"), name_key("phường Sơn Quy"));
/// assert_eq!(name_key("Văn hoá – Xã hội"), name_key("Văn hóa-Xã hội"));
/// ```
pub fn name_key(name: &str) -> String {
    let key = key(name);
    let mut joined = String::with_capacity(key.len());
    for token in tokens::syllables(&key) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        push_name_part(token.text, &mut joined);
    }
    joined
}

/// Whether two texts differ in nothing but case, composition, tone placement, spaces and kinds of dashes and quotes.
pub fn same_text(a: &str, b: &str) -> bool {
    key(a) == key(b)
}

/// Whether two spellings are the same name; see [`name_key`] for what is overlooked.
///
/// ```
/// use vietnamese::same_name;
/// assert!(same_name("Nhị Quí", "NHỊ QUÝ"));
/// assert!(!same_name("Tân Phú", "Tân Phủ"));
/// ```
pub fn same_name(a: &str, b: &str) -> bool {
    name_key(a) == name_key(b)
}

fn then<'a>(text: Cow<'a, str>, step: fn(&str) -> Cow<'_, str>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => step(text),
        Cow::Owned(text) => match step(&text) {
            Cow::Owned(changed) => Cow::Owned(changed),
            Cow::Borrowed(_) => Cow::Owned(text),
        },
    }
}

/// Letter by letter, so that the result does not depend on neighbours (Greek final sigma).
fn lower_case(text: &str) -> Cow<'_, str> {
    let is_lower = |c: char| c.to_lowercase().eq(std::iter::once(c));
    match text.chars().all(is_lower) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().flat_map(char::to_lowercase).collect()),
    }
}

fn push_name_part(part: &str, joined: &mut String) {
    if part.bytes().all(|b| b.is_ascii_digit()) {
        let significant = part.trim_start_matches('0');
        joined.push_str(if significant.is_empty() { "0" } else { significant });
        return;
    }
    match Syllable::parse(part) {
        Some(syllable) if !syllable.onset_letters().is_empty() && syllable.vowel_letters()[0] == 'y' => {
            let at = syllable.onset_letters().len();
            joined.extend(part.chars().enumerate().map(|(i, c)| if i == at { y_to_i(c) } else { c }));
        }
        _ => joined.push_str(part),
    }
}

fn y_to_i(c: char) -> char {
    match c {
        'y' => 'i',
        'ỳ' => 'ì',
        'ý' => 'í',
        'ỷ' => 'ỉ',
        'ỹ' => 'ĩ',
        'ỵ' => 'ị',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::TEXT;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn same_texts() {
        for (a, b) in [
            ("Hoà", "Hòa"),
            ("Thuỷ", "Thủy"),
            ("UỶ BAN", "ủy ban"),
            ("khoẻ", "khỏe"),
            ("loá mắt", "lóa mắt"),
            ("Ðồng Tháp", "đồng tháp"),
            ("qúy", "quý"),
            ("gía", "giá"),
            ("2025–2030", "2025-2030"),
            ("“số”", "\"số\""),
            (" Sở\u{A0}Tài  chính\n", "sở tài chính"),
        ] {
            assert!(same_text(a, b), "{a} = {b}");
        }
    }

    #[test]
    fn different_texts() {
        for (a, b) in [
            ("của", "cũa"),
            ("hoa", "hòa"),
            ("quý", "quí"),
            ("giạ", "gịa"),
            ("mùa", "mủa"),
            ("tháp mười", "thạp mười"),
            ("đông", "dông"),
            ("cá, gà", "cá gà"),
            ("túi", "tuý"),
        ] {
            assert!(!same_text(a, b), "{a} ≠ {b}");
        }
    }

    #[test]
    fn same_names() {
        for (a, b) in [
            ("Sơn Qui", "Sơn Quy"),
            ("Nhị Quý", "Nhị Quí"),
            ("Mỹ Tho", "Mĩ Tho"),
            ("Hoà Mỹ", "HÒA MĨ"),
            ("Kỳ Sơn", "Kì Sơn"),
            ("Lý Sơn", "Lí Sơn"),
            ("Vỹ Dạ", "Vĩ Dạ"),
            ("Sỹ", "Sĩ"),
            ("Tỵ", "Tị"),
            ("Hy", "Hi"),
            ("Thy", "Thi"),
            ("Quỳnh", "Quình"),
            ("Quyết", "Quiết"),
            ("Phường 01", "phường 1"),
            ("Văn hóa - Xã hội", "Văn hoá–Xã hội"),
            ("Sở KH&CN", "Sở KH & CN"),
        ] {
            assert!(same_name(a, b), "{a} = {b}");
        }
    }

    #[test]
    fn different_names() {
        for (a, b) in [
            ("Huy", "Hui"),
            ("Thủy", "Thủi"),
            ("Tuy", "Tui"),
            ("Mai", "May"),
            ("Yên", "Iên"),
            ("Ý", "Í"),
            ("Khu I", "Khu Y"),
            ("Tân Phú", "Tân Phú Đông"),
            ("Tân Phước 1", "Tân Phước 10"),
            ("Phường 0", "Phường"),
            ("Cai Lậy", "Cai Lạy"),
            ("Hòa", "Hóa"),
        ] {
            assert!(!same_name(a, b), "{a} ≠ {b}");
        }
    }

    #[test]
    fn keys_borrow_what_is_canonical() {
        assert!(matches!(key("hòa bình - 2026"), Cow::Borrowed(_)));
    }

    #[test]
    fn marks_of_other_scripts_do_not_unsettle_a_name() {
        let name = name_key("IÙ\u{1cd4}");
        assert_eq!(name_key(&name), name);
    }

    proptest! {
        #[test]
        fn keys_are_idempotent(text in "\\PC*") {
            let once = key(&text).into_owned();
            prop_assert_eq!(key(&once).into_owned(), once);
            let name = name_key(&text);
            prop_assert_eq!(name_key(&name), name);
        }

        #[test]
        fn keys_ignore_case_composition_and_placement(text in TEXT) {
            let other: String = crate::new_style(&text.to_uppercase()).nfd().collect();
            prop_assert!(same_text(&text, &other), "{} {}", text, other);
            prop_assert!(same_name(&text, &other));
        }

        #[test]
        fn a_key_folds_like_its_text(text in TEXT) {
            let squeezed = squeeze_spaces(&text);
            prop_assert_eq!(crate::fold(&key(&text)).into_owned(), crate::fold(&squeezed).into_owned());
        }
    }
}
