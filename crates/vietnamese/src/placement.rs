//! Converting a text between the two schools of tone placement.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::letter;
use crate::syllable::{Placement, Syllable};
use crate::tokens::{is_mark, letter_runs};

/// Writes every tone mark as older usage and most official documents do: hòa, khỏe, thủy.
///
/// Marks on a wrong vowel (*qúy*, *hòang*) are put right. Words that are no Vietnamese syllables stay untouched. The
/// result is composed (NFC).
///
/// ```
/// use vietnamese::old_style;
/// assert_eq!(old_style("Phường Thanh Hoà, HOÀ BÌNH, của quý"), "Phường Thanh Hòa, HÒA BÌNH, của quý");
/// ```
pub fn old_style(text: &str) -> Cow<'_, str> {
    place_tones(text, Placement::Old)
}

/// Writes every tone mark as school books do: hoà, khoẻ, thuỷ. Otherwise like [`old_style`].
///
/// ```
/// assert_eq!(vietnamese::new_style("Ủy ban, khỏe, của quý"), "Uỷ ban, khoẻ, của quý");
/// ```
pub fn new_style(text: &str) -> Cow<'_, str> {
    place_tones(text, Placement::New)
}

/// [`old_style`] or [`new_style`], chosen at run time.
pub fn place_tones(text: &str, placement: Placement) -> Cow<'_, str> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return place_in_composed(text, placement);
    }
    let composed: String = text.nfc().collect();
    Cow::Owned(place_in_composed(&composed, placement).into_owned())
}

fn place_in_composed(text: &str, placement: Placement) -> Cow<'_, str> {
    let mut placed = String::new();
    let mut copied = 0;
    for span in letter_runs(text) {
        if text[span.end..].starts_with(is_mark) {
            // A mark that fitted on no letter would fit once the tone has moved away.
            continue;
        }
        if let Some(corrected) = place_in_word(&text[span.clone()], placement) {
            placed.push_str(&text[copied..span.start]);
            placed.push_str(&corrected);
            copied = span.end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    placed.push_str(&text[copied..]);
    Cow::Owned(placed)
}

/// The word with its mark moved; `None` when nothing is to move.
fn place_in_word(word: &str, placement: Placement) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let syllable = Syllable::parse(word)?;
    let (written, right) = (syllable.written_tone_index()?, syllable.tone_index(placement));
    (written != right).then(|| {
        let place = |(at, c)| match letter::split(c).0 {
            base if at == right => letter::join(base, syllable.tone()).unwrap_or(base),
            base => base,
        };
        word.chars().enumerate().map(place).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn converts_both_ways() {
        let old = "CỘNG HÒA XÃ HỘI, Ủy ban, khỏe, thủy lợi, tùy, góa, Hòa-Bình, của quý giá, giạ lúa, mía, toàn quyền";
        let new = "CỘNG HOÀ XÃ HỘI, Uỷ ban, khoẻ, thuỷ lợi, tuỳ, goá, Hoà-Bình, của quý giá, giạ lúa, mía, toàn quyền";
        assert_eq!(new_style(old), new);
        assert_eq!(old_style(new), old);
        assert!(matches!(old_style(old), Cow::Borrowed(_)));
        assert!(matches!(new_style(new), Cow::Borrowed(_)));
    }

    #[test]
    fn mends_slips_and_leaves_strangers() {
        assert_eq!(old_style("qúy khách, cuả, hòang, TÒAN, giặt gịa"), "quý khách, của, hoàng, TOÀN, giặt gịa");
        assert_eq!(new_style("María, país, Núñez, résumé, Kraków"), "María, país, Núñez, résumé, Kraków");
        assert_eq!(old_style("hoa\u{300}"), "hòa");
        assert_eq!(old_style("hoà\u{309}"), "hoà\u{309}");
    }

    proptest! {
        #[test]
        fn the_schools_convert_into_each_other(text in "([bcdghlmnqtv]{0,2}[aăâeêioôơuưyàáảạòóủụỳý]{1,3}[cmnpt]? )*") {
            let old = old_style(&text).into_owned();
            let new = new_style(&text).into_owned();
            prop_assert_eq!(old_style(&new).into_owned(), old.clone());
            prop_assert_eq!(new_style(&old).into_owned(), new);
        }
    }
}
