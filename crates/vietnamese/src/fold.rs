//! Folding for search: lower case, no marks, `đ` as `d`.

use std::borrow::Cow;

use unicode_normalization::char::decompose_canonical;

use crate::letter;
use crate::mapped::Mapped;
use crate::normalise::{for_each_cluster, is_normal};

/// Takes off what a hurried reader leaves out: [normalised](crate::normalise()), lower case, all marks off, `đ` → `d`,
/// full-width letters and digits → ASCII. Other scripts keep their letters.
///
/// Folding is idempotent, and texts that differ in tone placement or composition fold alike.
///
/// ```
/// use vietnamese::fold;
/// assert_eq!(fold("Ủy ban nhân dân tỉnh ĐỒNG THÁP"), "uy ban nhan dan tinh dong thap");
/// assert!(matches!(fold("lan toa"), std::borrow::Cow::Borrowed(_)));
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return match text.contains(|c: char| c.is_ascii_uppercase()) {
            true => Cow::Owned(text.to_ascii_lowercase()),
            false => Cow::Borrowed(text),
        };
    }
    let mut folded = String::with_capacity(text.len());
    if is_normal(text) {
        text.chars().for_each(|c| fold_into(c, &mut folded));
    } else {
        for_each_cluster(text, |piece, _, _| piece.chars().for_each(|c| fold_into(c, &mut folded)));
    }
    Cow::Owned(folded)
}

/// [`fold`] with byte offsets back into the original, for highlighting a hit.
///
/// ```
/// let text = "Mô hình trồng xoài số ở Cao Lãnh";
/// let folded = vietnamese::fold_with_map(text);
/// let at = folded.text().find("xoai so").unwrap();
/// assert_eq!(&text[folded.source_range(at..at + 7)], "xoài số");
/// ```
pub fn fold_with_map(text: &str) -> Mapped {
    let mut mapped = Mapped::with_capacity(text.len());
    let mut folded = String::new();
    for_each_cluster(text, |piece, from, at| {
        folded.clear();
        piece.chars().for_each(|c| fold_into(c, &mut folded));
        mapped.push(&folded, from, at);
    });
    mapped
}

/// Appends the folded form of one composed character; a bare combining mark gives nothing.
fn fold_into(c: char, folded: &mut String) {
    match bare_letter(c) {
        letter if letter.is_ascii() => folded.push(letter.to_ascii_lowercase()),
        wide @ '\u{FF01}'..='\u{FF5E}' => {
            // Full-width forms repeat ASCII 0xFEE0 further up.
            let narrow = char::from_u32(wide as u32 - 0xFEE0).unwrap_or(wide);
            folded.push(narrow.to_ascii_lowercase());
        }
        other => fold_foreign(other, folded),
    }
}

/// A Vietnamese letter without its marks, in its own case; other characters unchanged.
pub(crate) fn bare_letter(c: char) -> char {
    match letter::split(c).0 {
        'ă' | 'â' => 'a',
        'Ă' | 'Â' => 'A',
        'ê' => 'e',
        'Ê' => 'E',
        'ô' | 'ơ' => 'o',
        'Ô' | 'Ơ' => 'O',
        'ư' => 'u',
        'Ư' => 'U',
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    }
}

fn fold_foreign(c: char, folded: &mut String) {
    // Only Latin, Greek and Cyrillic are taken apart: elsewhere a mark is a letter of its own.
    if !matches!(c, '\0'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' | '\u{20D0}'..='\u{20FF}') {
        folded.extend(c.to_lowercase());
        return;
    }
    decompose_canonical(c, |part| {
        if !is_mark(part) {
            folded.extend(part.to_lowercase().filter(|c| !is_mark(*c)));
        }
    });
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::TEXT;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn folds() {
        for (given, expected) in [
            ("Đường Nguyễn Huệ", "duong nguyen hue"),
            ("Ðồng Tháp", "dong thap"),
            ("ĐỔI MỚI SÁNG TẠO", "doi moi sang tao"),
            ("vie\u{323}\u{302}t", "viet"),
            ("x\u{323}y", "xy"),
            ("１２ＡＢ", "12ab"),
            ("Ångström café Ελλάδα Ёж", "angstrom cafe ελλαδα еж"),
            ("한국 日本 ก็", "한국 日本 ก็"),
            ("100% – \"số\"", "100% – \"so\""),
        ] {
            assert_eq!(fold(given), expected);
            assert_eq!(fold_with_map(given).text(), expected);
        }
    }

    #[test]
    fn leads_back_to_decomposed_text() {
        let source: String = "Sở Khoa học và Công nghệ".nfd().collect();
        let folded = fold_with_map(&source);
        let at = folded.text().find("cong nghe").unwrap();
        let back: String = source[folded.source_range(at..at + 9)].nfc().collect();
        assert_eq!(back, "Công nghệ");
    }

    proptest! {
        #[test]
        fn is_idempotent(text in "\\PC*") {
            let once = fold(&text).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once);
        }

        #[test]
        fn ignores_composition(text in TEXT) {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&decomposed).into_owned(), fold(&text).into_owned());
        }

        #[test]
        fn every_range_leads_back_to_characters(text in "\\PC*", a in 0usize..80, b in 0usize..80) {
            let folded = fold_with_map(&text);
            let (a, b) = (a.min(b), a.max(b));
            if folded.text().get(a..b).is_some() {
                prop_assert!(text.get(folded.source_range(a..b)).is_some());
            }
        }
    }
}
