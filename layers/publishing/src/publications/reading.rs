//! Text of sections: what was typed made into HTML, and HTML read as the book has it.

use typesetting::html::{self, Read};

use crate::news::clean;

/// HTML from what was typed. Footnotes (`[^1]`) are the book's: they stay as they were typed until it is read.
#[must_use]
pub fn body(typed: &str) -> String {
    if clean::is_html(typed) {
        return clean::body(typed);
    }
    // Markdown would take `[^1]: …` for the address of a link.
    clean::markdown(&typed.trim().replace("[^", "\\[^"))
}

/// The blocks and notes of a section.
#[must_use]
pub fn read(body: &str) -> Read {
    html::read(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footnotes_come_through_markdown_and_html() {
        for typed in ["Một[^1] hai.\n\n[^1]: Nguồn.", "<p>Một[^1] hai.</p><p>[^1]: Nguồn.</p>"] {
            let read = read(&body(typed));
            assert_eq!((read.blocks.len(), read.notes.len()), (1, 1), "{typed}");
            assert!(read.wordless.is_empty() && read.unreached.is_empty());
        }
    }
}
