//! Reads the narrow HTML that a sanitiser leaves: headings, paragraphs, lists, tables, quotes, figures, links, emphasis. What it
//! does not know it takes for its text. Footnotes are written as people type them: `[^1]` in the text, and a paragraph that begins
//! with `[^1]:`; or their words stand where they belong, in `<small class="note">`. What `<figure data-embed="…">` would show from
//! elsewhere becomes a link.

mod notes;
mod tree;

use crate::model::{Block, Cell, Figure, Inline, plain};
use crate::table;
use tree::{Element, Node};

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub blocks: Vec<Block>,
    /// Footnotes in the order in which the text comes to them.
    pub notes: Vec<Vec<Inline>>,
    /// Labels that stand in the text and have no words.
    pub wordless: Vec<String>,
    /// Labels that have words and stand nowhere in the text.
    pub unreached: Vec<String>,
}

/// Reads HTML. Never fails: what can not be read is text.
#[must_use]
pub fn read(html: &str) -> Read {
    let mut tree = tree::grown(html);
    let mut words = Vec::new();
    notes::lifted(&mut tree, &mut words);
    let words = words.into_iter().map(|(label, inside)| (label, trimmed(inlines(&inside)))).collect();
    notes::settled(blocks(&tree), words)
}

const BLOCKS: [&str; 18] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "blockquote",
    "table",
    "figure",
    "hr",
    "section",
    "div",
    "aside",
    "img",
    "li",
];

/// Blocks, and paragraphs of what stands between them.
fn blocks(nodes: &[Node]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut loose: Vec<&Node> = Vec::new();
    for node in nodes {
        match node {
            Node::Element(element) if BLOCKS.contains(&element.name.as_str()) => {
                paragraph(&std::mem::take(&mut loose), &mut found);
                block(element, &mut found);
            }
            other => loose.push(other),
        }
    }
    paragraph(&loose, &mut found);
    found
}

fn block(element: &Element, found: &mut Vec<Block>) {
    match element.name.as_str() {
        "p" => paragraph(&element.inside.iter().collect::<Vec<_>>(), found),
        "h1" | "h2" => heading(1, element, found),
        "h3" => heading(2, element, found),
        "h4" | "h5" | "h6" => heading(3, element, found),
        "ul" | "ol" => found.push(list(element)),
        "blockquote" => found.push(Block::Quote { blocks: blocks(&element.inside) }),
        "table" => found.extend(grid(element)),
        "figure" => figure(element, found),
        "img" => found.push(Block::Figure(picture(element))),
        "hr" => found.push(Block::Rule),
        _ => found.extend(blocks(&element.inside)),
    }
}

fn heading(rank: u8, element: &Element, found: &mut Vec<Block>) {
    let content = trimmed(inlines(&element.inside));
    if !plain(&content).trim().is_empty() {
        found.push(Block::Heading { rank, content });
    }
}

/// A paragraph; pictures in it stand between paragraphs.
fn paragraph(nodes: &[&Node], found: &mut Vec<Block>) {
    let mut text: Vec<Node> = Vec::new();
    for node in nodes {
        match node {
            Node::Element(element) if element.name == "img" => {
                words(&std::mem::take(&mut text), found);
                found.push(Block::Figure(picture(element)));
            }
            other => text.push((*other).clone()),
        }
    }
    words(&text, found);
}

fn words(nodes: &[Node], found: &mut Vec<Block>) {
    let content = inlines(nodes);
    if !plain(&content).trim().is_empty() {
        // Spaces are put right when the notes are taken out: they begin lines.
        found.push(Block::Paragraph { content });
    }
}

fn list(element: &Element) -> Block {
    let items = element.inside.iter().filter_map(|node| match node {
        Node::Element(item) if item.name == "li" => Some(blocks(&item.inside)),
        _ => None,
    });
    let start = element.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
    Block::List { ordered: element.name == "ol", start, items: items.filter(|item| !item.is_empty()).collect() }
}

/// A table in a figure is a table with a caption.
fn figure(element: &Element, found: &mut Vec<Block>) {
    let caption = element.first("figcaption").map(|one| trimmed(inlines(&one.inside))).unwrap_or_default();
    if let Some(address) = element.attribute("data-embed") {
        let content = if caption.is_empty() { vec![Inline::text(address)] } else { caption };
        found.push(Block::Paragraph { content: vec![Inline::Link { href: address.to_owned(), content }] });
        return;
    }
    let Some(image) = element.first("img") else {
        let inside: Vec<Node> = element.inside.iter().filter(|node| !node.is("figcaption")).cloned().collect();
        let mut within = blocks(&inside);
        match within.first_mut() {
            Some(Block::Table(table)) if table.caption.is_empty() => table.caption = caption,
            _ if !caption.is_empty() => within.push(Block::Paragraph { content: caption }),
            _ => {}
        }
        found.extend(within);
        return;
    };
    found.push(Block::Figure(Figure { caption, ..picture(image) }));
}

fn picture(element: &Element) -> Figure {
    let of = |name: &str| element.attribute(name).unwrap_or_default().trim().to_owned();
    Figure { picture: of("src"), alt: of("alt"), ..Figure::default() }
}

fn grid(element: &Element) -> Option<Block> {
    let caption = element.first("caption").map(|one| trimmed(inlines(&one.inside))).unwrap_or_default();
    let (mut head, mut body) = (Vec::new(), Vec::new());
    rows(element, false, &mut head, &mut body);
    if head.is_empty() && body.is_empty() {
        return None;
    }
    Some(Block::Table(table::whole(caption, head, body)))
}

/// Rows of the head: those in `thead`, and first rows whose cells all name their column.
fn rows(element: &Element, in_head: bool, head: &mut Vec<Vec<Cell>>, body: &mut Vec<Vec<Cell>>) {
    for node in &element.inside {
        let Node::Element(part) = node else { continue };
        match part.name.as_str() {
            "tr" => {
                let line: Vec<Cell> = part.inside.iter().filter_map(cell).collect();
                if line.is_empty() {
                    continue;
                }
                let names = in_head || (body.is_empty() && line.iter().all(|cell| cell.head));
                if names { head.push(line) } else { body.push(line) }
            }
            "thead" => rows(part, true, head, body),
            "tbody" | "tfoot" => rows(part, false, head, body),
            _ => {}
        }
    }
}

fn cell(node: &Node) -> Option<Cell> {
    /// More than that is a mistake.
    const SPAN_MAX: usize = 50;
    let Node::Element(element) = node else { return None };
    if element.name != "td" && element.name != "th" {
        return None;
    }
    let span = |name: &str| element.attribute(name).and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, SPAN_MAX);
    Some(Cell {
        head: element.name == "th",
        columns: span("colspan"),
        rows: span("rowspan"),
        content: trimmed(inlines(&element.inside)),
    })
}

/// What stands in a line. Paragraphs within (of a cell, say) stand on lines of their own.
fn inlines(nodes: &[Node]) -> Vec<Inline> {
    let mut found = Vec::new();
    for node in nodes {
        let element = match node {
            Node::Text(text) => {
                found.push(Inline::text(text.clone()));
                continue;
            }
            Node::Element(element) => element,
        };
        let content = || inlines(&element.inside);
        match element.name.as_str() {
            "br" => found.push(Inline::Break),
            "strong" | "b" => found.push(Inline::Strong { content: content() }),
            "em" | "i" => found.push(Inline::Emphasis { content: content() }),
            "u" => found.push(Inline::Underline { content: content() }),
            "s" | "del" => found.push(Inline::Strike { content: content() }),
            "sub" => found.push(Inline::Sub { content: content() }),
            "sup" => found.push(Inline::Sup { content: content() }),
            "a" => match element.attribute("href") {
                Some(href) if !href.trim().is_empty() => {
                    found.push(Inline::Link { href: href.trim().to_owned(), content: content() });
                }
                _ => found.extend(content()),
            },
            "img" => found.push(Inline::text(element.attribute("alt").unwrap_or_default())),
            "p" | "li" if !found.is_empty() => {
                found.push(Inline::Break);
                found.extend(content());
            }
            _ => found.extend(content()),
        }
    }
    found
}

/// With spaces as they are seen: one where there are many, none at the ends.
fn trimmed(content: Vec<Inline>) -> Vec<Inline> {
    let mut after_space = true;
    let mut content = squeezed(content, &mut after_space);
    trim_end(&mut content);
    content
}

fn squeezed(content: Vec<Inline>, after_space: &mut bool) -> Vec<Inline> {
    let each = content.into_iter().filter_map(|one| {
        let mut within = |content: Vec<Inline>| squeezed(content, after_space);
        Some(match one {
            Inline::Text { text } => {
                let mut out = String::with_capacity(text.len());
                for letter in text.chars() {
                    let is_space = matches!(letter, ' ' | '\n' | '\t' | '\r');
                    if !is_space {
                        out.push(letter);
                    } else if !*after_space {
                        out.push(' ');
                    }
                    *after_space = is_space;
                }
                if out.is_empty() {
                    return None;
                }
                Inline::Text { text: out }
            }
            Inline::Break => {
                *after_space = true;
                Inline::Break
            }
            Inline::Strong { content } => Inline::Strong { content: within(content) },
            Inline::Emphasis { content } => Inline::Emphasis { content: within(content) },
            Inline::Underline { content } => Inline::Underline { content: within(content) },
            Inline::Strike { content } => Inline::Strike { content: within(content) },
            Inline::Sub { content } => Inline::Sub { content: within(content) },
            Inline::Sup { content } => Inline::Sup { content: within(content) },
            Inline::Link { href, content } => Inline::Link { href, content: within(content) },
            note @ Inline::Note { .. } => {
                *after_space = false;
                note
            }
        })
    });
    each.collect()
}

fn trim_end(content: &mut Vec<Inline>) {
    while let Some(last) = content.last_mut() {
        match last {
            Inline::Break => {
                content.pop();
            }
            Inline::Text { text } => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    return;
                }
                content.pop();
            }
            _ => return,
        }
    }
}
