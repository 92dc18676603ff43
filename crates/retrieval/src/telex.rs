//! Raw keystrokes of the telex method, typed while the input method was off: `ddieemr` for *điểm*.

use vietnamese::letter::{self, Tone};
use vietnamese::{Placement, Syllable};

/// The syllable that these keystrokes would have made; `None` when they make none, or nothing but what stands there.
///
/// ```
/// use retrieval::telex;
/// assert_eq!(telex("ddieemr").as_deref(), Some("điểm"));
/// assert_eq!(telex("hoc"), None);
/// ```
#[must_use]
pub fn telex(word: &str) -> Option<String> {
    if !(2..=12).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let mut letters: Vec<char> = Vec::new();
    let mut tone = Tone::Level;
    let mut has_vowel = false;
    for key in word.to_ascii_lowercase().chars() {
        match key {
            's' | 'f' | 'r' | 'x' | 'j' if has_vowel => tone = tone_of(key),
            'z' if has_vowel => tone = Tone::Level,
            'w' => horn(&mut letters)?,
            'a' | 'e' | 'o' | 'd' => double_or_push(&mut letters, key),
            _ => letters.push(key),
        }
        has_vowel |= letters.last().is_some_and(|last| letter::is_vowel(*last));
    }
    // ưo is no group: whoever typed nguwoi meant ươ.
    if let Some(at) = letters.windows(2).position(|two| two == ['ư', 'o']) {
        letters[at + 1] = 'ơ';
    }
    let plain: String = letters.iter().collect();
    let syllable = Syllable::parse(&plain)?;
    let at = syllable.tone_index(Placement::Old);
    letters[at] = letter::join(letters[at], tone)?;
    let made: String = letters.into_iter().collect();
    (made != word.to_ascii_lowercase()).then_some(made)
}

fn tone_of(key: char) -> Tone {
    match key {
        's' => Tone::Acute,
        'f' => Tone::Grave,
        'r' => Tone::Hook,
        'x' => Tone::Tilde,
        'j' => Tone::Dot,
        _ => Tone::Level,
    }
}

/// `aa`, `ee`, `oo`, `dd`: the second keystroke may come at the end of the word too (`duongd`, `tiene`).
fn double_or_push(letters: &mut Vec<char>, key: char) {
    let doubled = match key {
        'a' => 'â',
        'e' => 'ê',
        'o' => 'ô',
        _ => 'đ',
    };
    match letters.iter().rposition(|letter| *letter == key) {
        Some(at) if at + 1 == letters.len() || (key == 'd' && at == 0) || ends_in_coda(letters, at) => letters[at] = doubled,
        _ => letters.push(key),
    }
}

fn ends_in_coda(letters: &[char], vowel: usize) -> bool {
    letters[vowel + 1..].iter().all(|letter| !letter::is_vowel(*letter) || matches!(letter, 'i' | 'u' | 'y'))
}

/// `w` makes ă, ơ, ư, and both of `uo`; alone it is ư.
fn horn(letters: &mut Vec<char>) -> Option<()> {
    let found = letters.iter().rposition(|letter| matches!(letter, 'a' | 'o' | 'u'));
    match found {
        Some(at) if letters[at] == 'o' && at > 0 && letters[at - 1] == 'u' && (at < 2 || letters[at - 2] != 'q') => {
            (letters[at - 1], letters[at]) = ('ư', 'ơ');
        }
        // The second w of nguwowi, or the only one behind the ư.
        Some(at) if letters[at] == 'o' && at > 0 && letters[at - 1] == 'ư' => letters[at] = 'ơ',
        // ưa: the mark belongs on the u.
        Some(at) if letters[at] == 'a' && at > 0 && letters[at - 1] == 'u' && (at < 2 || letters[at - 2] != 'q') => {
            letters[at - 1] = 'ư';
        }
        Some(at) if letters[at] == 'u' && at > 0 && letters[at - 1] == 'u' => letters[at - 1] = 'ư',
        Some(at) => {
            letters[at] = match letters[at] {
                'a' => 'ă',
                'o' => 'ơ',
                _ => 'ư',
            }
        }
        None if letters.iter().any(|letter| letter::is_vowel(*letter)) => return None,
        None => letters.push('ư'),
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decodes() {
        for (keys, word) in [
            ("DDooij", "đội"),
            ("thur", "thủ"),
            ("nhieeu", "nhiêu"),
            ("ddieemr", "điểm"),
            ("suwj", "sự"),
            ("laanf", "lần"),
            ("nghieepj", "nghiệp"),
            ("nguwowif", "người"),
            ("nguwoif", "người"),
            ("dduowcj", "được"),
            ("hoaf", "hòa"),
            ("quyeenf", "quyền"),
            ("cuar", "của"),
            ("cuwar", "cửa"),
            ("muaw", "mưa"),
            ("huwowngs", "hướng"),
            ("ddaau", "đâu"),
            ("luwu", "lưu"),
            ("gif", "gì"),
            ("ngayf", "ngày"),
            ("soos", "số"),
            ("uyr", "ủy"),
            ("khoer", "khỏe"),
            ("awn", "ăn"),
        ] {
            assert_eq!(telex(keys).as_deref(), Some(word), "{keys}");
        }
    }

    #[test]
    fn leaves_other_words_alone() {
        for word in ["hoc", "Panthers", "nfl", "x", "www", "", "pro", "science", "điểm", "a1"] {
            assert_eq!(telex(word), None, "{word}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(word in "[a-z]{0,12}|\\PC{0,12}") {
            let _ = telex(&word);
        }
    }
}
