//! What changed between two texts, word by word, as a reader marks it with a pen.

use std::fmt::Write;
use std::time::Duration;

use similar::{Algorithm, ChangeTag, TextDiff};

use super::Markup;

/// After this the rest is marked as changed altogether: two texts of 20,000 letters that have nothing in common.
const TIMEOUT: Duration = Duration::from_millis(100);

/// The newer text with what went struck out and what came marked; the same text when they are equal.
#[must_use]
pub fn marked(from: &str, to: &str) -> Markup {
    let words = TextDiff::configure().algorithm(Algorithm::Myers).timeout(TIMEOUT).diff_words(from, to);
    let mut html = String::new();
    let mut open = ChangeTag::Equal;
    for change in words.iter_all_changes() {
        if change.tag() != open {
            html.push_str(end(open));
            open = change.tag();
            html.push_str(begin(open));
        }
        let _ = write!(html, "{}", escaped(change.value()));
    }
    html.push_str(end(open));
    Markup(html)
}

const fn begin(tag: ChangeTag) -> &'static str {
    match tag {
        ChangeTag::Equal => "",
        ChangeTag::Delete => "<del>",
        ChangeTag::Insert => "<ins>",
    }
}

const fn end(tag: ChangeTag) -> &'static str {
    match tag {
        ChangeTag::Equal => "",
        ChangeTag::Delete => "</del>",
        ChangeTag::Insert => "</ins>",
    }
}

fn escaped(text: &str) -> impl std::fmt::Display {
    askama::filters::escape(text, askama::filters::Html).unwrap_or_else(|never| match never {})
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn only_the_words_that_changed_are_marked() {
        let html = marked("Đã mở 12 lớp tại xã Tân Phú", "Đã mở 15 lớp tại xã Tân Phú Đông").0;
        assert_eq!(html, "Đã mở <del>12</del><ins>15</ins> lớp tại xã Tân Phú<ins> Đông</ins>");
    }

    #[test]
    fn letters_that_mean_something_to_a_browser_are_written_out() {
        assert_eq!(marked("a", "<b>&").0, "<del>a</del><ins>&#60;b&#62;&#38;</ins>");
        assert_eq!(marked("như cũ", "như cũ").0, "như cũ");
    }
}
