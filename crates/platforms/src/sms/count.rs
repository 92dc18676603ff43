//! Into how many parts a text falls (3GPP TS 23.038 and 23.040): 160 septets of the default alphabet or 70 units of UCS-2, and 153
//! or 67 where several parts carry a header each.

use unicode_normalization::UnicodeNormalization;

/// In what a text is sent. One letter outside of the default alphabet, such as ệ, brings the whole text into the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// The GSM 7-bit default alphabet with its extension.
    Gsm7,
    /// UTF-16.
    Ucs2,
}

impl Alphabet {
    /// Units in one part that is alone, and in one of several.
    fn sizes(self) -> (u32, u32) {
        match self {
            Self::Gsm7 => (160, 153),
            Self::Ucs2 => (70, 67),
        }
    }

    /// Units that have room in so many parts.
    #[must_use]
    pub fn room(self, parts: u32) -> u32 {
        let (alone, of_several) = self.sizes();
        if parts <= 1 { alone } else { of_several.saturating_mul(parts) }
    }
}

/// What a text costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    pub alphabet: Alphabet,
    /// Septets, or units of UTF-16.
    pub units: u32,
    pub parts: u32,
}

/// One septet each (TS 23.038, 6.2.1).
const DEFAULT: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                       abcdefghijklmnopqrstuvwxyzäöñüà";
/// Two septets each: an escape before them (6.2.1.1).
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// Counts a text, composed. A letter is never torn between two parts, so a text may need one more than its units say.
#[must_use]
pub fn parts(text: &str) -> Parts {
    let letters: Vec<char> = text.nfc().collect();
    let in_default = |letter: &char| DEFAULT.contains(*letter) || EXTENSION.contains(*letter);
    let alphabet = if letters.iter().all(in_default) { Alphabet::Gsm7 } else { Alphabet::Ucs2 };
    let width = |letter: char| match alphabet {
        Alphabet::Gsm7 => 1 + u32::from(EXTENSION.contains(letter)),
        Alphabet::Ucs2 => u32::try_from(letter.len_utf16()).unwrap_or(2),
    };
    let units = letters.iter().map(|letter| width(*letter)).sum();
    let (alone, of_several) = alphabet.sizes();
    if units <= alone {
        return Parts { alphabet, units, parts: u32::from(units > 0) };
    }
    let (mut parts, mut used) = (1, 0);
    for letter in letters {
        if used + width(letter) > of_several {
            parts += 1;
            used = 0;
        }
        used += width(letter);
    }
    Parts { alphabet, units, parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_letters_make_short_parts() {
        let counted = |text: &str| {
            let counted = parts(text);
            (counted.alphabet, counted.units, counted.parts)
        };
        assert_eq!(counted(&"a".repeat(160)), (Alphabet::Gsm7, 160, 1));
        assert_eq!(counted(&"a".repeat(161)), (Alphabet::Gsm7, 161, 2));
        assert_eq!(counted(&"a".repeat(306)), (Alphabet::Gsm7, 306, 2));
        assert_eq!(counted(&"a".repeat(307)), (Alphabet::Gsm7, 307, 3));
        assert_eq!(counted(&"ệ".repeat(70)), (Alphabet::Ucs2, 70, 1));
        assert_eq!(counted(&"ệ".repeat(71)), (Alphabet::Ucs2, 71, 2));
        assert_eq!(counted(&"ệ".repeat(135)), (Alphabet::Ucs2, 135, 3));
        // Marks that stand apart are composed before anything is counted.
        assert_eq!(counted("e\u{323}\u{302}"), (Alphabet::Ucs2, 1, 1));
        // è and à are in the default alphabet, ê and đ are not.
        assert_eq!(parts("è à").alphabet, Alphabet::Gsm7);
        assert_eq!(parts("đ").alphabet, Alphabet::Ucs2);
        assert_eq!(counted(""), (Alphabet::Gsm7, 0, 0));
    }

    #[test]
    fn no_letter_is_torn_in_two() {
        // 153 septets end in the middle of an escaped letter.
        let torn = format!("{}€{}", "a".repeat(152), "a".repeat(152));
        assert_eq!((parts(&torn).units, parts(&torn).parts), (306, 3));
        let torn = format!("ệ{}", "😀".repeat(66));
        assert_eq!((parts(&torn).units, parts(&torn).parts), (133, 2));
        let torn = "😀".repeat(67);
        assert_eq!((parts(&torn).units, parts(&torn).parts), (134, 3));
    }
}
