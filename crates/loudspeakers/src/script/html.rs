//! Blocks from the narrow HTML that a sanitiser leaves (headings, paragraphs, lists, tables, quotes, figures). What is not known is
//! its text; nothing is refused.

use super::block::{Block, BlockKind};

/// The blocks of an article's HTML, in order, empty ones left out. Captions and quotes are paragraphs; a row of a table is one
/// block; what is in `<script>` and `<style>` is no text.
#[must_use]
pub fn blocks_of_html(html: &str) -> Vec<Block> {
    let mut page = Page { blocks: Vec::new(), text: String::new(), kind: BlockKind::Paragraph, unspoken: None };
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        page.say(&rest[..open]);
        rest = &rest[open..];
        let Some(tag) = tag_at(rest) else {
            page.say("<");
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.length..];
        page.meet(&tag);
    }
    page.say(rest);
    page.close();
    page.blocks
}

struct Tag<'a> {
    name: &'a str,
    closes: bool,
    length: usize,
}

/// The tag or comment that begins here.
fn tag_at(html: &str) -> Option<Tag<'_>> {
    if html.starts_with("<!--") {
        let length = html.find("-->").map_or(html.len(), |end| end + 3);
        return Some(Tag { name: "", closes: false, length });
    }
    let inside = &html[1..];
    let closes = inside.starts_with('/');
    let named = inside.trim_start_matches('/');
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = &named[..named.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(named.len())];
    Some(Tag { name, closes, length: end_of_tag(html)? })
}

/// Behind the `>` that is in no quotation marks.
fn end_of_tag(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

struct Page {
    blocks: Vec<Block>,
    text: String,
    kind: BlockKind,
    /// The name of the element whose inside is no text.
    unspoken: Option<String>,
}

impl Page {
    fn say(&mut self, html: &str) {
        if self.unspoken.is_none() {
            self.text.push_str(&with_entities(html));
        }
    }

    fn meet(&mut self, tag: &Tag) {
        let name = tag.name.to_ascii_lowercase();
        if let Some(unspoken) = &self.unspoken {
            if tag.closes && *unspoken == name {
                self.unspoken = None;
            }
            return;
        }
        match name.as_str() {
            "script" | "style" | "template" if !tag.closes => self.unspoken = Some(name),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.turn(tag, BlockKind::Heading),
            "li" => self.turn(tag, BlockKind::Item),
            "tr" => self.turn(tag, BlockKind::Row),
            "td" | "th" if tag.closes => self.text.push_str("; "),
            "p" | "div" if matches!(self.kind, BlockKind::Item | BlockKind::Row) => self.text.push(' '),
            "p" | "div" | "ul" | "ol" | "blockquote" | "table" | "figure" | "figcaption" | "section" | "aside" | "hr" | "br" => {
                self.turn(tag, BlockKind::Paragraph);
            }
            _ => {}
        }
    }

    fn turn(&mut self, tag: &Tag, kind: BlockKind) {
        self.close();
        self.kind = if tag.closes { BlockKind::Paragraph } else { kind };
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut text = words.join(" ");
        if self.kind == BlockKind::Row {
            text.truncate(text.trim_end_matches([';', ' ']).len());
        }
        if !text.is_empty() {
            self.blocks.push(Block { kind: self.kind, text });
        }
    }
}

/// The entities that sanitisers write; others stay as they stand.
fn with_entities(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity_at(rest) {
            Some((c, length)) => {
                text.push(c);
                rest = &rest[length..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

fn entity_at(html: &str) -> Option<(char, usize)> {
    let end = html.bytes().take(12).position(|b| b == b';')?;
    let name = html.get(1..end)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        _ => {
            let code = name.strip_prefix('#')?;
            let value = match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => code.parse().ok()?,
            };
            char::from_u32(value)?
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::{Heading, Item, Paragraph, Row};
    use proptest::prelude::*;

    fn told(html: &str) -> Vec<(BlockKind, String)> {
        blocks_of_html(html).into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn blocks_are_told_apart() {
        let html = "<h2>Sáng &amp; chiều</h2><p>Một <b>đoạn</b> <a href=\"x>y\">văn</a>.</p><ul><li><p>Mục</p></li></ul>\
                    <table><tr><th>Xã</th><td>5</td></tr></table><figure><img alt=''><figcaption>Chú thích</figcaption></figure>";
        let expected =
            [(Heading, "Sáng & chiều"), (Paragraph, "Một đoạn văn."), (Item, "Mục"), (Row, "Xã; 5"), (Paragraph, "Chú thích")];
        assert_eq!(told(html), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn what_is_no_text_is_left_out_and_what_is_no_tag_stays() {
        assert_eq!(told("<style>p{}</style><!-- <p>x</p> -->a < b &#7879; &la;"), [(Paragraph, "a < b ệ &la;".to_owned())]);
        assert_eq!(told("<p>&nbsp;</p><p"), [(Paragraph, "<p".to_owned())]);
    }

    proptest! {
        #[test]
        fn never_fails(html in "(<p>|</p>|<|>|&|;|&#x41|\"|ệ|<li|<script>|a| ){0,20}") {
            prop_assert_ne!(blocks_of_html(&html).iter().map(|block| block.text.len()).min(), Some(0));
        }
    }
}
