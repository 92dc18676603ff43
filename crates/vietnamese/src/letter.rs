//! Letters and the six tones they can carry.
//!
//! A Vietnamese vowel letter is one of twelve (`a ă â e ê i o ô ơ u ư y`); a tone mark is written on top of or under it.
//! [`split`] takes the tone off a letter, [`join`] puts one on; both keep the case.

/// The six tones, named after the mark that writes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// *ngang*, no mark: `a`
    #[default]
    Level,
    /// *huyền*: `à`
    Grave,
    /// *sắc*: `á`
    Acute,
    /// *hỏi*: `ả`
    Hook,
    /// *ngã*: `ã`
    Tilde,
    /// *nặng*: `ạ`
    Dot,
}

impl Tone {
    /// All tones, in the order of the columns of the letter table.
    pub const ALL: [Tone; 6] = [Tone::Level, Tone::Grave, Tone::Acute, Tone::Hook, Tone::Tilde, Tone::Dot];

    /// The Vietnamese name: `"ngang"`, `"huyền"`, `"sắc"`, `"hỏi"`, `"ngã"`, `"nặng"`.
    pub const fn name(self) -> &'static str {
        match self {
            Tone::Level => "ngang",
            Tone::Grave => "huyền",
            Tone::Acute => "sắc",
            Tone::Hook => "hỏi",
            Tone::Tilde => "ngã",
            Tone::Dot => "nặng",
        }
    }
}

const VOWELS: [[char; 6]; 24] = [
    ['a', 'à', 'á', 'ả', 'ã', 'ạ'],
    ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
    ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
    ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'],
    ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'],
    ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'],
    ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'],
    ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
    ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
    ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'],
    ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'],
    ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
    ['A', 'À', 'Á', 'Ả', 'Ã', 'Ạ'],
    ['Ă', 'Ằ', 'Ắ', 'Ẳ', 'Ẵ', 'Ặ'],
    ['Â', 'Ầ', 'Ấ', 'Ẩ', 'Ẫ', 'Ậ'],
    ['E', 'È', 'É', 'Ẻ', 'Ẽ', 'Ẹ'],
    ['Ê', 'Ề', 'Ế', 'Ể', 'Ễ', 'Ệ'],
    ['I', 'Ì', 'Í', 'Ỉ', 'Ĩ', 'Ị'],
    ['O', 'Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ'],
    ['Ô', 'Ồ', 'Ố', 'Ổ', 'Ỗ', 'Ộ'],
    ['Ơ', 'Ờ', 'Ớ', 'Ở', 'Ỡ', 'Ợ'],
    ['U', 'Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ'],
    ['Ư', 'Ừ', 'Ứ', 'Ử', 'Ữ', 'Ự'],
    ['Y', 'Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ'],
];

/// The vowels live in two short stretches of Unicode; each gets a flat table of `row * 6 + tone + 1`, 0 for no vowel.
const LOW_END: usize = 0x1B1;
const HIGH_START: usize = 0x1EA0;
const HIGH_END: usize = 0x1EFA;
const LOW: [u8; LOW_END] = table(0);
const HIGH: [u8; HIGH_END - HIGH_START] = table(HIGH_START);

const fn table<const N: usize>(start: usize) -> [u8; N] {
    let mut codes = [0; N];
    let mut cell = 0;
    while cell < VOWELS.len() * 6 {
        let at = VOWELS[cell / 6][cell % 6] as usize;
        if at >= start && at < start + N {
            codes[at - start] = cell as u8 + 1;
        }
        cell += 1;
    }
    codes
}

fn cell(letter: char) -> Option<usize> {
    let at = letter as usize;
    let code = match at {
        0..LOW_END => LOW[at],
        HIGH_START..HIGH_END => HIGH[at - HIGH_START],
        _ => 0,
    };
    usize::from(code).checked_sub(1)
}

/// The letter without its tone, and the tone: `ế` is `ê` with [`Tone::Acute`]. Other characters come back unchanged.
///
/// ```
/// use vietnamese::letter::{Tone, split};
/// assert_eq!(split('Ế'), ('Ê', Tone::Acute));
/// assert_eq!(split('đ'), ('đ', Tone::Level));
/// ```
pub fn split(letter: char) -> (char, Tone) {
    match cell(letter) {
        Some(cell) => (VOWELS[cell / 6][0], Tone::ALL[cell % 6]),
        None => (letter, Tone::Level),
    }
}

/// The letter with this tone instead of the one it has; `None` when it is no vowel and the tone needs a mark.
pub fn join(letter: char, tone: Tone) -> Option<char> {
    match cell(letter) {
        Some(cell) => Some(VOWELS[cell / 6][tone as usize]),
        None => (tone == Tone::Level).then_some(letter),
    }
}

/// Whether the letter is one of the twelve vowels, in either case and with any tone.
pub fn is_vowel(letter: char) -> bool {
    cell(letter).is_some()
}

/// Whether the character is a letter that only accented writing has: đ, a vowel with circumflex, breve or horn, or a tone.
pub fn is_accented(letter: char) -> bool {
    !letter.is_ascii() && (is_vowel(letter) || matches!(letter, 'đ' | 'Đ'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn the_table_agrees_with_unicode() {
        let marks = ["", "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"];
        for row in VOWELS {
            for (letter, mark) in row.into_iter().zip(marks) {
                let composed: String = format!("{}{mark}", row[0]).nfc().collect();
                assert_eq!(composed, letter.to_string());
            }
        }
    }

    #[test]
    fn upper_rows_mirror_lower_rows() {
        for (lower, upper) in VOWELS[..12].iter().zip(&VOWELS[12..]) {
            for (l, u) in lower.iter().zip(upper) {
                assert_eq!(u.to_lowercase().next(), Some(*l));
            }
        }
    }

    #[test]
    fn split_and_join_are_inverse() {
        for letter in VOWELS.iter().flatten() {
            let (base, tone) = split(*letter);
            assert_eq!(join(base, tone), Some(*letter));
        }
        assert_eq!(join('n', Tone::Acute), None);
        assert_eq!(join('n', Tone::Level), Some('n'));
    }

    #[test]
    fn other_letters_are_no_vowels() {
        for letter in "bcdđfghjklmnpqrstvwxzñç1 \u{1EFF}\u{1E00}".chars() {
            assert!(!is_vowel(letter), "{letter}");
        }
        assert!(is_accented('đ') && is_accented('ạ') && !is_accented('a') && !is_accented('ç'));
    }
}
