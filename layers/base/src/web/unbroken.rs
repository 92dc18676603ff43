//! Numbers of documents stay in one line: browsers may break `118/KH-UBND` at its hyphen, and no letter may be added to
//! forbid it, as the number is copied and searched for.

use std::fmt::{Display, Write};

use super::Markup;

/// The text as markup, escaped; what keeps its line has the class `nowrap`.
#[must_use]
pub fn unbroken(text: impl Display) -> Markup {
    let text = text.to_string();
    let mut html = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let escaped = askama::filters::escape(word, askama::filters::Html).unwrap_or_else(|never| match never {});
        // Writing to a string can not fail.
        let _ = if is_number(word) { write!(html, "<span class=\"nowrap\">{escaped}</span>") } else { write!(html, "{escaped}") };
        html.push_str(&piece[word.len()..]);
    }
    Markup(html)
}

/// Whether it looks like the number of a document: `118/KH-UBND`, `57-NQ/TW`; short, without small letters.
fn is_number(word: &str) -> bool {
    word.len() <= 40
        && word.contains('/')
        && word.contains('-')
        && word.chars().any(char::is_uppercase)
        && !word.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::unbroken;

    #[test]
    fn numbers_of_documents_keep_their_line() {
        assert_eq!(unbroken("Kế hoạch 118/KH-UBND").0, "Kế hoạch <span class=\"nowrap\">118/KH-UBND</span>");
        assert_eq!(unbroken("Theo 57-NQ/TW, năm 2026").0, "Theo <span class=\"nowrap\">57-NQ/TW,</span> năm 2026");
    }

    #[test]
    fn all_else_is_as_it_was_and_escaped() {
        assert_eq!(unbroken("19/5/2026 - 28/6/2026").0, "19/5/2026 - 28/6/2026");
        assert_eq!(unbroken("https://a.vn/b-c").0, "https://a.vn/b-c");
        assert_eq!(unbroken(" <b>1</b>  x ").0, " &#60;b&#62;1&#60;/b&#62;  x ");
        assert_eq!(unbroken("1/<A-B>").0, "<span class=\"nowrap\">1/&#60;A-B&#62;</span>");
    }
}
