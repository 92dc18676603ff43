//! Texts that are longer than their place.

/// At most `most` letters, ending at a word where there is one, with … when something is left out; no mark stands before it.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = &text[..end];
    let at_word = head.rfind(char::is_whitespace).filter(|at| *at > end / 2 && !text[end..].starts_with(char::is_whitespace));
    let is_mark = |letter: char| letter.is_whitespace() || matches!(letter, '.' | ',' | ';' | ':');
    format!("{}…", head[..at_word.unwrap_or(end)].trim_end_matches(is_mark))
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn what_is_left_out_is_shown() {
        assert_eq!(cut("Kế hoạch", 8), "Kế hoạch");
        assert_eq!(cut("Kế hoạch năm", 8), "Kế hoạch…");
        assert_eq!(cut("Kế hoạch năm", 10), "Kế hoạch…", "not within a word");
        assert_eq!(cut("Kế hoạch, chương trình", 10), "Kế hoạch…", "no comma before it");
        assert_eq!(cut(&"ẵ".repeat(500), 3), "ẵẵẵ…", "unless it is one long word");
        assert_eq!(cut("", 0), "");
    }
}
