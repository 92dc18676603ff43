//! Blocks as markup that is both XHTML and HTML5: for e-books, for archives of pages, and for pages of one's own.

use std::fmt::Write;

use crate::model::{Block, Cell, Figure, Inline, Part, Table};

/// A picture as the markup names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub src: String,
    /// Empty: there is one width.
    pub srcset: String,
    /// Pixels.
    pub width: u32,
    pub height: u32,
}

/// How text is dressed: what stands around it decides where links and pictures lead.
pub struct Dress<'a> {
    /// The rank of the part's title, 1 to 5.
    pub rank: u8,
    /// In an e-book: with the words of its vocabulary.
    pub epub: bool,
    /// Goes before every id, so that ids of two parts on one page differ.
    pub prefix: &'a str,
    /// The heading over the notes, and the way back from one.
    pub notes: &'a str,
    pub back: &'a str,
    /// Where a link leads; None: it is its text alone.
    pub link: &'a dyn Fn(&str) -> Option<String>,
    /// Where a picture is; None: its alt text stands there.
    pub picture: &'a dyn Fn(&Figure) -> Option<Shown>,
}

/// Text as it may stand in an element or a quoted attribute of XML 1.0.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => out.push(letter),
        }
    }
    out
}

impl Dress<'_> {
    /// A part without its title: its blocks, then its notes.
    #[must_use]
    pub fn part(&self, part: &Part) -> String {
        let mut out = String::new();
        self.blocks(&part.blocks, &mut out);
        self.endnotes(part, &mut out);
        out
    }

    fn blocks(&self, blocks: &[Block], out: &mut String) {
        blocks.iter().for_each(|block| self.block(block, out));
    }

    fn block(&self, block: &Block, out: &mut String) {
        match block {
            Block::Heading { rank, content } => {
                let rank = (self.rank + rank).min(6);
                let _ = writeln!(out, "<h{rank}>{}</h{rank}>", self.inlines(content));
            }
            Block::Paragraph { content } => {
                let _ = writeln!(out, "<p>{}</p>", self.inlines(content));
            }
            Block::List { ordered, start, items } => self.list(*ordered, *start, items, out),
            Block::Quote { blocks } => {
                out.push_str("<blockquote>\n");
                self.blocks(blocks, out);
                out.push_str("</blockquote>\n");
            }
            Block::Aside { title, blocks } => {
                let _ = writeln!(out, "<aside class=\"remark\"><p><strong>{}</strong></p>", escaped(title));
                self.blocks(blocks, out);
                out.push_str("</aside>\n");
            }
            Block::Table(table) => self.table(table, out),
            Block::Figure(figure) => self.figure(figure, out),
            Block::Rule => out.push_str("<hr/>\n"),
        }
    }

    fn list(&self, ordered: bool, start: u32, items: &[Vec<Block>], out: &mut String) {
        if items.is_empty() {
            return;
        }
        let name = if ordered { "ol" } else { "ul" };
        let from = if ordered && start != 1 { format!(" start=\"{start}\"") } else { String::new() };
        let _ = writeln!(out, "<{name}{from}>");
        for item in items {
            out.push_str("<li>");
            match item.as_slice() {
                // One paragraph alone needs no element of its own.
                [Block::Paragraph { content }] => out.push_str(&self.inlines(content)),
                [Block::Paragraph { content }, rest @ ..] if rest.iter().all(|one| matches!(one, Block::List { .. })) => {
                    out.push_str(&self.inlines(content));
                    self.blocks(rest, out);
                }
                blocks => self.blocks(blocks, out),
            }
            out.push_str("</li>\n");
        }
        let _ = writeln!(out, "</{name}>");
    }

    fn table(&self, table: &Table, out: &mut String) {
        out.push_str("<div class=\"wide\"><table>");
        if !table.caption.is_empty() {
            let _ = write!(out, "<caption>{}</caption>", self.inlines(&table.caption));
        }
        if !table.head.is_empty() {
            out.push_str("<thead>");
            table.head.iter().for_each(|row| self.row(row, "col", true, out));
            out.push_str("</thead>");
        }
        if !table.body.is_empty() {
            out.push_str("<tbody>");
            table.body.iter().for_each(|row| self.row(row, "row", false, out));
            out.push_str("</tbody>");
        }
        out.push_str("</table></div>\n");
    }

    fn row(&self, row: &[Cell], scope: &str, is_head: bool, out: &mut String) {
        out.push_str("<tr>");
        for cell in row {
            // An empty cell names nothing.
            let names = (cell.head || is_head) && !cell.content.is_empty();
            let name = if names { "th" } else { "td" };
            let scope = if names { format!(" scope=\"{scope}\"") } else { String::new() };
            let columns = if cell.columns > 1 { format!(" colspan=\"{}\"", cell.columns) } else { String::new() };
            let rows = if cell.rows > 1 { format!(" rowspan=\"{}\"", cell.rows) } else { String::new() };
            let _ = write!(out, "<{name}{scope}{columns}{rows}>{}</{name}>", self.inlines(&cell.content));
        }
        out.push_str("</tr>");
    }

    fn figure(&self, figure: &Figure, out: &mut String) {
        let Some(shown) = (self.picture)(figure) else {
            if !figure.alt.is_empty() {
                let _ = writeln!(out, "<p>{}</p>", escaped(&figure.alt));
            }
            return;
        };
        let _ = write!(out, "<figure>{}", self.image(&shown, &figure.alt));
        if !figure.caption.is_empty() || !figure.credit.is_empty() {
            let _ = write!(out, "<figcaption>{}", self.inlines(&figure.caption));
            if !figure.credit.is_empty() {
                let _ = write!(out, " <cite>{}</cite>", escaped(&figure.credit));
            }
            out.push_str("</figcaption>");
        }
        out.push_str("</figure>\n");
    }

    /// The element of a picture.
    #[must_use]
    pub fn image(&self, shown: &Shown, alt: &str) -> String {
        let set = if shown.srcset.is_empty() {
            String::new()
        } else {
            format!(" srcset=\"{}\" sizes=\"(min-width: 48em) 42rem, 92vw\" loading=\"lazy\"", escaped(&shown.srcset))
        };
        let (src, alt) = (escaped(&shown.src), escaped(alt));
        format!("<img src=\"{src}\"{set} alt=\"{alt}\" width=\"{}\" height=\"{}\"/>", shown.width, shown.height)
    }

    /// Text within a block.
    #[must_use]
    pub fn inlines(&self, content: &[Inline]) -> String {
        let mut out = String::new();
        for one in content {
            match one {
                Inline::Text { text } => out.push_str(&escaped(text)),
                Inline::Strong { content } => self.element("strong", content, &mut out),
                Inline::Emphasis { content } => self.element("em", content, &mut out),
                Inline::Underline { content } => self.element("u", content, &mut out),
                Inline::Strike { content } => self.element("s", content, &mut out),
                Inline::Sub { content } => self.element("sub", content, &mut out),
                Inline::Sup { content } => self.element("sup", content, &mut out),
                Inline::Break => out.push_str("<br/>"),
                Inline::Link { href, content } => match (self.link)(href) {
                    Some(href) => {
                        let _ = write!(out, "<a href=\"{}\">{}</a>", escaped(&href), self.inlines(content));
                    }
                    None => out.push_str(&self.inlines(content)),
                },
                Inline::Note { number, first } => self.note(*number, *first, &mut out),
            }
        }
        out
    }

    fn element(&self, name: &str, content: &[Inline], out: &mut String) {
        let _ = write!(out, "<{name}>{}</{name}>", self.inlines(content));
    }

    fn note(&self, number: usize, first: bool, out: &mut String) {
        let prefix = self.prefix;
        let kind = if self.epub { " epub:type=\"noteref\"" } else { "" };
        // A note may be come to twice; the way back leads to the first place.
        let id = if first { format!(" id=\"{prefix}ref-{number}\"") } else { String::new() };
        let _ = write!(out, "<sup><a{id} href=\"#{prefix}note-{number}\" role=\"doc-noteref\"{kind}>{number}</a></sup>");
    }

    fn endnotes(&self, part: &Part, out: &mut String) {
        if part.notes.is_empty() {
            return;
        }
        let prefix = self.prefix;
        let kind = if self.epub { " epub:type=\"endnotes\"" } else { "" };
        let rank = (self.rank + 1).min(6);
        let title = escaped(self.notes);
        let _ = writeln!(out, "<section class=\"notes\" role=\"doc-endnotes\"{kind}><h{rank}>{title}</h{rank}><ol>");
        for (place, note) in part.notes.iter().enumerate() {
            let number = place + 1;
            let back = escaped(self.back);
            let _ = writeln!(
                out,
                "<li id=\"{prefix}note-{number}\">{} <a href=\"#{prefix}ref-{number}\" role=\"doc-backlink\" aria-label=\"{back} {number}\">↩</a></li>",
                self.inlines(note)
            );
        }
        out.push_str("</ol></section>\n");
    }
}
