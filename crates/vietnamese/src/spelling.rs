//! Letters by their names, as an abbreviation is spelled that nobody can expand.

use crate::letter;

/// The names of letters as schools teach them and radio says them (`K` *ca*, `H` *hát*), and of the four foreign ones.
const NAMES: [(char, &str); 33] = [
    ('a', "a"),
    ('ă', "á"),
    ('â', "ớ"),
    ('b', "bê"),
    ('c', "xê"),
    ('d', "dê"),
    ('đ', "đê"),
    ('e', "e"),
    ('ê', "ê"),
    ('f', "ép"),
    ('g', "giê"),
    ('h', "hát"),
    ('i', "i"),
    ('j', "gi"),
    ('k', "ca"),
    ('l', "lờ"),
    ('m', "mờ"),
    ('n', "nờ"),
    ('o', "o"),
    ('ô', "ô"),
    ('ơ', "ơ"),
    ('p', "pê"),
    ('q', "quy"),
    ('r', "rờ"),
    ('s', "ét"),
    ('t', "tê"),
    ('u', "u"),
    ('ư', "ư"),
    ('v', "vê"),
    ('w', "vê kép"),
    ('x', "ích"),
    ('y', "i dài"),
    ('z', "dét"),
];

/// The name of a letter in any case, its tone left out; `None` for what is no letter of these.
///
/// ```
/// assert_eq!(vietnamese::spelling::letter_name('K'), Some("ca"));
/// assert_eq!(vietnamese::spelling::letter_name('Đ'), Some("đê"));
/// assert_eq!(vietnamese::spelling::letter_name('5'), None);
/// ```
#[must_use]
pub fn letter_name(character: char) -> Option<&'static str> {
    let (base, _) = letter::split(character);
    let lower = base.to_lowercase().next()?;
    NAMES.iter().find(|(letter, _)| *letter == lower).map(|(_, name)| *name)
}

/// A word letter by letter, digits as digits; `None` when there is anything else in it, or nothing.
///
/// ```
/// assert_eq!(vietnamese::spelling::spelled("KH5").as_deref(), Some("ca hát năm"));
/// assert_eq!(vietnamese::spelling::spelled("K-H"), None);
/// ```
#[must_use]
pub fn spelled(word: &str) -> Option<String> {
    const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let name = |c: char| letter_name(c).or_else(|| c.to_digit(10).map(|digit| DIGITS[digit as usize]));
    let names: Vec<&str> = word.chars().map(name).collect::<Option<_>>()?;
    (!names.is_empty()).then(|| names.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Syllable;

    #[test]
    fn every_letter_has_a_name_that_can_be_said() {
        for letter in "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".chars() {
            let name = letter_name(letter).unwrap();
            assert!(name.split(' ').all(|word| Syllable::parse(word).is_some()), "{letter} {name}");
            let upper = letter.to_uppercase().next().unwrap();
            assert_eq!(letter_name(upper), Some(name));
        }
    }

    #[test]
    fn spells() {
        for (word, said) in [("UBND", "u bê nờ dê"), ("ĐMST", "đê mờ ét tê"), ("ỦY", "u i dài"), ("QH15", "quy hát một năm")]
        {
            assert_eq!(spelled(word).as_deref(), Some(said));
        }
        assert_eq!(spelled(""), None);
        assert_eq!(spelled("a b"), None);
    }
}
