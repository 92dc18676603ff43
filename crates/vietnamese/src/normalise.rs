//! One spelling for what looks the same: composed letters, the right đ, no invisible characters, plain spaces.
//!
//! Texts that people paste carry decomposed letters (macOS, some PDF files), the Icelandic `Ð` in place of `Đ`, byte order
//! marks, zero-width and no-break spaces. [`normalise`] mends these and nothing that can be seen; [`unify_dashes`] and
//! [`unify_quotes`] change what can be seen and are therefore apart.

use std::borrow::Cow;

use unicode_normalization::char::{canonical_combining_class, compose};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::letter;
use crate::mapped::Mapped;

/// Composes letters (NFC), turns the look-alikes `Ð ð Ɖ` into `Đ đ`, drops invisible characters (byte order mark,
/// zero-width, soft hyphen, direction marks) and turns every odd space (no-break, thin, ideographic …) into a plain one.
///
/// Line ends, tabs and runs of spaces stay. Joiners inside emoji and in scripts that need them stay too. A circumflex or
/// breve typed after the tone mark (`á` + U+0302) is put in order, which NFC alone does not do.
///
/// ```
/// use vietnamese::normalise;
/// assert_eq!(normalise("\u{FEFF}Ðo\u{302}\u{300}ng Tha\u{301}p"), "Đồng Tháp");
/// assert!(matches!(normalise("Đồng Tháp"), std::borrow::Cow::Borrowed(_)));
/// ```
pub fn normalise(text: &str) -> Cow<'_, str> {
    if is_normal(text) {
        return Cow::Borrowed(text);
    }
    let mut normal = String::with_capacity(text.len());
    for_each_cluster(text, |piece, _, _| normal.push_str(piece));
    Cow::Owned(normal)
}

/// [`normalise`] with byte offsets back into the original.
pub fn normalise_with_map(text: &str) -> Mapped {
    let mut mapped = Mapped::with_capacity(text.len());
    for_each_cluster(text, |piece, from, at| mapped.push(piece, from, at));
    mapped
}

/// Turns every hyphen, dash and minus sign (`‐ ‑ ‒ – — ― − ﹘ ﹣ －`) into `-`.
///
/// ```
/// assert_eq!(vietnamese::normalise::unify_dashes("2025 – 2030"), "2025 - 2030");
/// ```
pub fn unify_dashes(text: &str) -> Cow<'_, str> {
    replace_characters(text, is_fancy_dash, '-')
}

/// Turns curly, low and angled quotation marks into `"` and `'`.
///
/// ```
/// assert_eq!(vietnamese::normalise::unify_quotes("“Bình dân học vụ số”"), "\"Bình dân học vụ số\"");
/// ```
pub fn unify_quotes(text: &str) -> Cow<'_, str> {
    match replace_characters(text, |c| matches!(c, '“' | '”' | '„' | '‟' | '«' | '»' | '″'), '"') {
        Cow::Borrowed(text) => replace_characters(text, is_single_quote, '\''),
        Cow::Owned(text) => Cow::Owned(replace_characters(&text, is_single_quote, '\'').into_owned()),
    }
}

/// Trims, and turns every run of white space (line ends too) into one space.
///
/// ```
/// assert_eq!(vietnamese::normalise::squeeze_spaces("  Sở \t Tài\nchính "), "Sở Tài chính");
/// ```
pub fn squeeze_spaces(text: &str) -> Cow<'_, str> {
    let is_squeezed = text.trim() == text && !text.contains(|c: char| c.is_whitespace() && c != ' ') && !text.contains("  ");
    if is_squeezed {
        return Cow::Borrowed(text);
    }
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    Cow::Owned(squeezed)
}

/// Whether the character is a dash, hyphen or minus sign other than `-` itself.
pub(crate) fn is_fancy_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

fn is_single_quote(c: char) -> bool {
    matches!(c, '‘' | '’' | '‚' | '‛' | '′')
}

fn replace_characters(text: &str, is_odd: impl Fn(char) -> bool, plain: char) -> Cow<'_, str> {
    if !text.contains(&is_odd) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_odd(c) { plain } else { c }).collect::<String>().into()
}

pub(crate) fn is_normal(text: &str) -> bool {
    text.is_ascii() || (!text.contains(|c| is_invisible(c) || plain(c) != c) && is_nfc_quick(text.chars()) == IsNormalized::Yes)
}

/// Calls `each(normal piece, source piece, byte offset of the source piece)` for every group of characters that
/// composes by itself.
pub(crate) fn for_each_cluster(text: &str, mut each: impl FnMut(&str, &str, usize)) {
    let mut previous = None;
    let mut piece = String::new();
    let mut start = 0;
    while start < text.len() {
        let source = first_cluster(&text[start..]);
        piece.clear();
        clean(source, &mut previous, &mut piece);
        compose_in_place(&mut piece);
        each(&piece, source, start);
        start += source.len();
    }
}

/// The shortest prefix after which composition can not reach further.
fn first_cluster(text: &str) -> &str {
    let mut rest = text.char_indices();
    rest.next();
    let end = rest.find(|(_, c)| starts_cluster(*c)).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn starts_cluster(c: char) -> bool {
    c.is_ascii()
        || (!is_invisible(c) && canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes)
}

fn clean(source: &str, previous: &mut Option<char>, into: &mut String) {
    for c in source.chars() {
        let keeps = !is_invisible(c) || (is_joiner(c) && previous.is_some_and(needs_joiners));
        if keeps {
            into.push(plain(c));
            *previous = Some(c);
        }
    }
}

fn compose_in_place(piece: &mut String) {
    if piece.chars().nth(1).is_none() && is_nfc_quick(piece.chars()) == IsNormalized::Yes {
        return;
    }
    let mut composed: Vec<char> = piece.nfc().collect();
    while let [vowel, mark @ ('\u{302}' | '\u{306}'), ..] = composed[..]
        && let Some(mended) = put_under_tone(vowel, mark)
    {
        composed.splice(..2, [mended]);
    }
    piece.clear();
    piece.extend(composed);
}

fn put_under_tone(vowel: char, mark: char) -> Option<char> {
    let (base, tone) = letter::split(vowel);
    letter::join(compose(base, mark)?, tone)
}

fn plain(c: char) -> char {
    match c {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' => 'đ',
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        _ => c,
    }
}

pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Emoji sequences, and the scripts (Arabic to Mongolian) in which joiners change the shape of letters.
fn needs_joiners(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{1DBF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::TEXT;
    use proptest::prelude::*;

    #[test]
    fn mends_what_can_not_be_seen() {
        for (given, expected) in [
            ("Ðồng Tháp", "Đồng Tháp"),
            ("ðường", "đường"),
            ("vi\u{200B}ệt", "việt"),
            ("v\u{AD}iệt\u{FEFF}", "việt"),
            ("a\u{200B}\u{301}", "á"),
            ("\u{202D}số\u{202C}", "số"),
            ("1\u{A0}234\u{202F}567", "1 234 567"),
            ("Tie\u{302}\u{301}ng", "Tiếng"),
            ("Tie\u{301}\u{302}ng", "Tiếng"),
            ("vie\u{323}\u{302}t", "việt"),
            ("vie\u{302}\u{323}t", "việt"),
            ("ngu\u{31B}\u{300}i", "ngừi"),
            ("\u{1F468}\u{200D}\u{1F469}", "\u{1F468}\u{200D}\u{1F469}"),
            ("a\u{200D}b", "ab"),
            ("dòng 1\r\n\tdòng 2", "dòng 1\r\n\tdòng 2"),
        ] {
            assert_eq!(normalise(given), expected, "{given:?}");
        }
    }

    #[test]
    fn borrows_what_is_normal() {
        for text in ["", "abc", "Ủy ban nhân dân tỉnh Đồng Tháp – 2026", "日本"] {
            assert!(matches!(normalise(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn quotes_and_dashes() {
        assert_eq!(unify_quotes("«a» ‘b’"), "\"a\" 'b'");
        assert_eq!(unify_dashes("57‑NQ/TW — −3"), "57-NQ/TW - -3");
        assert!(matches!(unify_quotes("'a'"), Cow::Borrowed(_)));
        assert!(matches!(squeeze_spaces("a b"), Cow::Borrowed(_)));
        assert_eq!(squeeze_spaces(" \n "), "");
    }

    #[test]
    fn the_map_leads_back() {
        let source = "\u{FEFF}Tha\u{301}p  Mu\u{31B}o\u{31B}\u{300}i";
        let mapped = normalise_with_map(source);
        assert_eq!(mapped.text(), "Tháp  Mười");
        let at = mapped.text().find("Mười").unwrap();
        assert_eq!(&source[mapped.source_range(at..at + "Mười".len())], "Mu\u{31B}o\u{31B}\u{300}i");
    }

    proptest! {
        #[test]
        fn is_idempotent_and_composed(text in "\\PC*") {
            let once = normalise(&text).into_owned();
            prop_assert_eq!(normalise(&once).into_owned(), once.clone());
            prop_assert!(once.nfc().eq(once.chars()));
        }

        #[test]
        fn vietnamese_survives_decomposition(text in TEXT) {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(normalise(&decomposed).into_owned(), text);
        }

        #[test]
        fn with_and_without_map_agree(text in "[a-zà-ỹ\u{300}\u{301}\u{302}\u{200B}\u{A0}Ð ]*") {
            let mapped = normalise_with_map(&text);
            prop_assert_eq!(mapped.text().to_owned(), normalise(&text).into_owned());
            let whole = mapped.source_range(0..mapped.text().len());
            prop_assert!(text.get(whole).is_some());
        }
    }
}
