//! A text cut into its tokens.

use super::*;

pub(super) fn tokenise(text: &str) -> (Vec<Token>, String) {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut keys = String::with_capacity(text.len());
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        if first.is_alphanumeric() {
            while let Some(&(at, next)) = rest.peek() {
                if !next.is_alphanumeric() && !(is_mark(next) || joins_digits(text, at, next)) {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
        }
        let word = &text[start..end];
        let key_start = keys.len();
        push_key(word, first, &mut keys);
        let hash = hash(&keys[key_start..]);
        tokens.push(Token { start, end, shape: shape(word, first), key_end: keys.len(), hash });
    }
    (tokens, keys)
}

/// FNV-1a, mixed: words are short and the maps are small. Never 0, which stands for "no word".
pub(super) fn hash(key: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in key.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) | 1
}

/// A combining mark of a text that is not NFC.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// The point or comma inside "1.234,5".
fn joins_digits(text: &str, at: usize, sign: char) -> bool {
    let digit_before = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit());
    let digit_after = text[at + sign.len_utf8()..].chars().next().is_some_and(|c| c.is_ascii_digit());
    matches!(sign, '.' | ',') && digit_before && digit_after
}

fn shape(word: &str, first: char) -> Shape {
    if word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        Shape::Number
    } else if !first.is_alphanumeric() {
        Shape::Sign
    } else if first.is_uppercase() {
        let small = word.chars().skip(1).any(char::is_lowercase);
        if small { Shape::Title } else { Shape::Upper }
    } else {
        Shape::Lower
    }
}

fn push_key(word: &str, first: char, keys: &mut String) {
    if !first.is_alphanumeric() {
        keys.push(sign_key(first));
        return;
    }
    let start = keys.len();
    if word.is_ascii() {
        keys.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        keys.extend(word.chars().flat_map(char::to_lowercase));
    }
    same_tone_place(start, keys);
    same_final(start, keys);
}

fn sign_key(sign: char) -> char {
    match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' => '-',
        '“' | '”' | '„' | '«' | '»' | '‟' => '"',
        '‘' | '’' | '`' | '´' => '\'',
        other => other,
    }
}

/// "hoà" and "hòa", "uỷ" and "ủy" are one key: the tone of an open oa, oe, uy stands on its first letter.
fn same_tone_place(start: usize, keys: &mut String) {
    const NEW_OLD: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    let word = &keys[start..];
    if word.is_ascii() || word.starts_with("qu") {
        return;
    }
    if let Some((new, old)) = NEW_OLD.iter().find(|(new, _)| word.ends_with(new)) {
        keys.truncate(keys.len() - new.len());
        keys.push_str(old);
    }
}

/// "kỳ" and "kì", "tỷ" and "tỉ", "quý" and "quí" are one key, with i.
fn same_final(start: usize, keys: &mut String) {
    const Y_I: [(&str, &str); 6] = [("y", "i"), ("ý", "í"), ("ỳ", "ì"), ("ỷ", "ỉ"), ("ỹ", "ĩ"), ("ỵ", "ị")];
    let word = &keys[start..];
    for (y, i) in Y_I {
        if word.strip_suffix(y).is_some_and(|stem| matches!(stem, "h" | "k" | "l" | "m" | "s" | "t" | "v" | "qu")) {
            keys.truncate(keys.len() - y.len());
            keys.push_str(i);
            return;
        }
    }
}
