//! Letters that count the points of a list: a) b) c) d) đ) e) g) …
//!
//! Official lists use the Vietnamese alphabet without ă â ê ô ơ ư (Nghị định 30/2020/NĐ-CP; Nghị định 78/2025/NĐ-CP for legal
//! documents): 23 letters, with đ after d and without f j w z.

/// The letters of lists, in order.
pub const LIST_LETTERS: [char; 23] =
    ['a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'x', 'y'];

/// The letters of the alphabet, in order.
pub const ALPHABET: [char; 29] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'ô', 'ơ', 'p', 'q', 'r', 's', 't', 'u',
    'ư', 'v', 'x', 'y',
];

/// The place of a letter in [`LIST_LETTERS`], from 0, in either case; `None` for ă, ê, f and whatever else does not count.
///
/// ```
/// use vietnamese::list_letter::letter_index;
/// assert_eq!((letter_index('đ'), letter_index('E'), letter_index('f')), (Some(4), Some(5), None));
/// ```
pub fn letter_index(letter: char) -> Option<usize> {
    let letter = lower(letter);
    LIST_LETTERS.iter().position(|l| *l == letter)
}

/// The letter after this one, in the same case; `None` after y and for letters that do not count.
///
/// ```
/// use vietnamese::list_letter::next_letter;
/// assert_eq!((next_letter('d'), next_letter('e'), next_letter('y')), (Some('đ'), Some('g'), None));
/// ```
pub fn next_letter(letter: char) -> Option<char> {
    let next = *LIST_LETTERS.get(letter_index(letter)? + 1)?;
    match letter.is_uppercase() {
        true => next.to_uppercase().next(),
        false => Some(next),
    }
}

/// Whether the letter is a Latin letter that Vietnamese does not have (f, j, w, z): in a list it shows that the writer
/// counted by another alphabet.
pub fn is_foreign(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'f' | 'j' | 'w' | 'z')
}

fn lower(letter: char) -> char {
    match letter {
        'Đ' => 'đ',
        _ => letter.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lead_to_each_other() {
        for pair in LIST_LETTERS.windows(2) {
            assert_eq!(next_letter(pair[0]), Some(pair[1]));
        }
        assert_eq!(next_letter('D'), Some('Đ'));
        assert_eq!(next_letter('Đ'), Some('E'));
    }

    #[test]
    fn what_counts_is_in_the_alphabet() {
        assert!(LIST_LETTERS.iter().all(|l| ALPHABET.contains(l)));
        for letter in ['f', 'j', 'w', 'z', 'Z'] {
            assert!(is_foreign(letter) && letter_index(letter).is_none() && next_letter(letter).is_none());
        }
        for letter in ['ă', 'ê', '1', ')'] {
            assert!(!is_foreign(letter) && letter_index(letter).is_none());
        }
    }
}
