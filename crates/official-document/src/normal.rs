//! The form in which words leave the reader: NFC, on one line, without what the eye does not see.

/// The words of `raw` on one line: NFC; lines joined by one space; every kind of space one plain space each (runs inside
/// a line are kept); hyphens that only differ in breaking (U+2010, U+2011, U+2212) as "-"; invisible characters,
/// controls and footnote marks dropped ("km²" keeps its exponent); no space at either end.
///
/// ```
/// use official_document::one_line;
/// assert_eq!(one_line("Nghị quyết số 57\u{2011}NQ/TW¹\r\n   của\u{a0}Bộ"), "Nghị quyết số 57-NQ/TW của Bộ");
/// ```
pub fn one_line(raw: &str) -> String {
    let mut whole = String::new();
    for line in raw.split(['\n', '\r']) {
        let line = tidy(line);
        if line.is_empty() {
            continue;
        }
        if whole.is_empty() {
            whole = line;
        } else {
            whole.push(' ');
            whole.push_str(&line);
        }
    }
    whole
}

/// [`one_line`] of a text that is known to have no line break.
pub(crate) fn tidy(line: &str) -> String {
    let normal = vietnamese::normalise(line.trim());
    if !normal.contains(is_mended) {
        return normal.trim().to_owned();
    }
    let mut plain = String::with_capacity(normal.len());
    for character in normal.chars() {
        match character {
            '\u{2010}' | '\u{2011}' | '\u{2212}' => plain.push('-'),
            _ if character.is_whitespace() => plain.push(' '),
            _ if character.is_control() || is_footnote_mark(character, &plain) => {}
            _ => plain.push(character),
        }
    }
    plain.trim().to_owned()
}

/// A character that [`tidy`] mends and [`vietnamese::normalise`] leaves.
fn is_mended(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2010}' | '\u{2011}' | '\u{2212}' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// A raised digit that refers to a note, not an exponent ("km²", "10⁶").
fn is_footnote_mark(character: char, before: &str) -> bool {
    let raised = matches!(character, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    if !raised {
        return false;
    }
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let unit = last.trim_start_matches(|c: char| c.is_ascii_digit());
    let exponent = match character {
        '²' | '³' => matches!(unit, "m" | "mm" | "cm" | "dm" | "km" | "dam" | "hm") || last == "10",
        _ => last == "10",
    };
    !exponent
}

/// [`vietnamese::fold`] of the first characters: for comparing with known words.
pub(crate) fn folded(text: &str, characters: usize) -> String {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(end, _)| end);
    vietnamese::fold(&text[..end]).into_owned()
}

/// Letters, and none of them small.
pub(crate) fn is_caps(text: &str) -> bool {
    let mut letters = false;
    for character in text.chars() {
        if character.is_lowercase() {
            return false;
        }
        letters |= character.is_uppercase();
    }
    letters
}

/// A sign of a symbol font (Symbol, Wingdings: U+F020 to U+F0FF) as the sign it looks like.
pub(crate) fn symbol(sign: char) -> char {
    match sign {
        '\u{f02d}' => '-',
        '\u{f0a7}' | '\u{f06e}' => '▪',
        '\u{f0d8}' => '➢',
        '\u{f076}' => '❖',
        '\u{f0fc}' => '✓',
        '\u{f0a3}' => '≤',
        '\u{f0b3}' => '≥',
        '\u{f000}'..='\u{f0ff}' => '•',
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_hyphens_and_the_invisible() {
        assert_eq!(tidy("  a)\u{a0}\tXây\u{200b}dựng \u{feff}"), "a)  Xâydựng");
        assert_eq!(tidy("57\u{2011}NQ/TW"), "57-NQ/TW");
        assert_eq!(tidy("kế hoa\u{323}ch"), "kế hoạch");
        assert_eq!(tidy("đ\u{202e}ảo"), "đảo");
    }

    #[test]
    fn inner_runs_of_spaces_stay() {
        assert_eq!(tidy("báo điện tử.  Nhiệm vụ thường xuyên."), "báo điện tử.  Nhiệm vụ thường xuyên.");
    }

    #[test]
    fn footnote_marks_go_and_exponents_stay() {
        assert_eq!(tidy("Sở Nội vụ¹ quản lý 5.938 km², năm 2025²"), "Sở Nội vụ quản lý 5.938 km², năm 2025");
        assert_eq!(tidy("10⁶ m³"), "10⁶ m³");
    }

    #[test]
    fn capitals() {
        assert!(is_caps("KẾ HOẠCH 2026"));
        assert!(!is_caps("Kế HOẠCH"));
        assert!(!is_caps("2026"));
    }

    #[test]
    fn folding_drops_marks() {
        assert_eq!(folded("ĐỘC LẬP - Tự do", 99), "doc lap - tu do");
        assert_eq!(folded("Căn cứ Luật", 6), "can cu");
    }
}
