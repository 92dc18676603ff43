//! Footnotes taken out of the text: their words, and where the text comes to them.

use std::collections::HashMap;

use super::tree::Node;
use super::{Read, trimmed};
use crate::model::{Block, Inline};

/// The longest label.
const LABEL_LETTERS_MAX: usize = 30;

/// Takes out the notes whose words stand where they belong, and leaves a label that nobody types.
pub fn lifted(nodes: &mut [Node], words: &mut Vec<(String, Vec<Node>)>) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        if element.name == "small" && element.attribute("class") == Some("note") {
            let label = format!("note--{}", words.len() + 1);
            let inside = std::mem::take(&mut element.inside);
            words.push((label.clone(), inside));
            *node = Node::Text(format!("[^{label}]"));
        } else {
            lifted(&mut element.inside, words);
        }
    }
}

/// Blocks with their notes in place; `words`: notes that are known already.
pub fn settled(blocks: Vec<Block>, mut words: Vec<(String, Vec<Inline>)>) -> Read {
    let blocks = without_words(blocks, &mut words);
    let mut text = Text { words: words.into_iter().collect(), ..Text::default() };
    let blocks: Vec<Block> = blocks.into_iter().map(|block| text.block(block)).collect();
    let mut unreached: Vec<String> = text.words.keys().filter(|label| !text.order.contains(label)).cloned().collect();
    unreached.sort();
    let notes = text.order.iter().map(|label| text.words.get(label).cloned().unwrap_or_default()).collect();
    Read { blocks, notes, wordless: text.wordless, unreached }
}

/// `1` of `[^1]…`, and what is behind it.
fn label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix("[^")?.split_once(']')?;
    let is_label = !label.is_empty()
        && label.chars().count() <= LABEL_LETTERS_MAX
        && label.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    is_label.then_some((label, rest))
}

/// The blocks that are no words of a note. Paragraphs alone are looked at, in whatever they stand.
fn without_words(blocks: Vec<Block>, words: &mut Vec<(String, Vec<Inline>)>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Paragraph { content } => {
                for line in lines(content) {
                    match definition(&line) {
                        Some((label, content)) => words.push((label, trimmed(content))),
                        None => {
                            let content = trimmed(line);
                            if !content.is_empty() {
                                out.push(Block::Paragraph { content });
                            }
                        }
                    }
                }
            }
            Block::Quote { blocks } => out.push(Block::Quote { blocks: without_words(blocks, words) }),
            Block::List { ordered, start, items } => {
                let items = items.into_iter().map(|item| without_words(item, words)).filter(|item| !item.is_empty());
                out.push(Block::List { ordered, start, items: items.collect() });
            }
            other => out.push(other),
        }
    }
    out
}

/// The paragraph, cut where a line begins the words of a note.
fn lines(content: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut lines: Vec<Vec<Inline>> = vec![Vec::new()];
    let mut begins = true;
    for one in content {
        let Inline::Text { text } = one else {
            begins = one == Inline::Break;
            if let Some(line) = lines.last_mut() {
                line.push(one);
            }
            continue;
        };
        for (number, piece) in text.split_inclusive('\n').enumerate() {
            let is_note = label(piece.trim_start()).is_some_and(|(_, rest)| rest.starts_with(':'));
            if is_note && (begins || number > 0) {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(Inline::text(piece));
            }
        }
        begins = text.ends_with('\n');
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Label and words of the note that a line is.
fn definition(line: &[Inline]) -> Option<(String, Vec<Inline>)> {
    let (Inline::Text { text }, rest) = line.split_first()? else { return None };
    let (label, words) = label(text.trim_start())?;
    let words = words.strip_prefix(':')?;
    let mut content = vec![Inline::text(words)];
    content.extend_from_slice(rest);
    Some((label.to_owned(), content))
}

/// Where the text is: which notes it came to so far.
#[derive(Default)]
struct Text {
    words: HashMap<String, Vec<Inline>>,
    order: Vec<String>,
    wordless: Vec<String>,
}

impl Text {
    fn block(&mut self, block: Block) -> Block {
        match block {
            Block::Heading { rank, content } => Block::Heading { rank, content: self.inlines(content) },
            Block::Paragraph { content } => Block::Paragraph { content: self.inlines(content) },
            Block::List { ordered, start, items } => {
                let items = items.into_iter().map(|item| self.blocks(item)).collect();
                Block::List { ordered, start, items }
            }
            Block::Quote { blocks } => Block::Quote { blocks: self.blocks(blocks) },
            Block::Aside { title, blocks } => Block::Aside { title, blocks: self.blocks(blocks) },
            Block::Figure(mut figure) => {
                figure.caption = self.inlines(figure.caption);
                Block::Figure(figure)
            }
            Block::Table(mut table) => {
                table.caption = self.inlines(table.caption);
                for cell in table.head.iter_mut().chain(&mut table.body).flatten() {
                    cell.content = self.inlines(std::mem::take(&mut cell.content));
                }
                Block::Table(table)
            }
            Block::Rule => Block::Rule,
        }
    }

    fn blocks(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        blocks.into_iter().map(|block| self.block(block)).collect()
    }

    fn inlines(&mut self, content: Vec<Inline>) -> Vec<Inline> {
        let mut out = Vec::with_capacity(content.len());
        for one in content {
            match one {
                Inline::Text { text } => self.text(&text, &mut out),
                Inline::Strong { content } => out.push(Inline::Strong { content: self.inlines(content) }),
                Inline::Emphasis { content } => out.push(Inline::Emphasis { content: self.inlines(content) }),
                Inline::Underline { content } => out.push(Inline::Underline { content: self.inlines(content) }),
                Inline::Strike { content } => out.push(Inline::Strike { content: self.inlines(content) }),
                Inline::Sub { content } => out.push(Inline::Sub { content: self.inlines(content) }),
                Inline::Sup { content } => out.push(Inline::Sup { content: self.inlines(content) }),
                // A note within a link would be a link within a link.
                other => out.push(other),
            }
        }
        out
    }

    fn text(&mut self, text: &str, out: &mut Vec<Inline>) {
        let mut rest = text;
        let mut from = 0;
        while let Some(at) = rest[from..].find("[^").map(|at| from + at) {
            let Some((label, behind)) = label(&rest[at..]) else {
                from = at + 2;
                continue;
            };
            if !self.words.contains_key(label) {
                if !self.wordless.iter().any(|one| one == label) {
                    self.wordless.push(label.to_owned());
                }
                from = at + 2;
                continue;
            }
            if at > 0 {
                out.push(Inline::text(&rest[..at]));
            }
            let known = self.order.iter().position(|one| one == label);
            let number = known.map_or(self.order.len(), |place| place) + 1;
            if known.is_none() {
                self.order.push(label.to_owned());
            }
            out.push(Inline::Note { number, first: known.is_none() });
            rest = behind;
            from = 0;
        }
        if !rest.is_empty() {
            out.push(Inline::text(rest));
        }
    }
}
