//! A book: what it is, and its parts as blocks of text. Every string is text, never markup.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

/// A book of one language.
#[derive(Clone, Debug, Serialize)]
pub struct Book {
    /// The same for ever, e.g. `urn:uuid:…`; another edition has another one.
    pub id: String,
    pub title: String,
    /// Empty: there is none.
    pub subtitle: String,
    /// Whose book it is.
    pub owner: String,
    /// BCP 47.
    pub language: String,
    /// Which edition, in words.
    pub edition: String,
    /// What it is about, in a sentence or two.
    pub description: String,
    /// The day it came out.
    pub date: NaiveDate,
    /// The second it came out.
    pub modified: DateTime<Utc>,
    /// Where it is read on the web.
    pub address: String,
    /// Scheme and host, for links that begin with `/`.
    pub origin: String,
    pub cover: Option<Figure>,
    /// What the page behind the cover says: label and words.
    pub imprint: Vec<(String, String)>,
    pub words: Words,
    pub parts: Vec<Part>,
    /// By the names that figures use, e.g. `a.jpg`.
    #[serde(skip)]
    pub pictures: BTreeMap<String, Picture>,
}

/// The words that the book needs in its own language.
#[derive(Clone, Debug, Serialize)]
pub struct Words {
    pub contents: String,
    pub cover: String,
    pub imprint: String,
    pub notes: String,
    /// To come back from a note to its place.
    pub back: String,
    pub next: String,
    pub previous: String,
    /// How accessible the book is, for the catalogue of an e-reader.
    pub accessibility: String,
}

/// A part with a heading of its own: a chapter, a section of a handbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Letters, digits and hyphens; once in a book.
    pub anchor: String,
    pub title: String,
    pub blocks: Vec<Block>,
    /// Footnotes, the first one is number 1.
    pub notes: Vec<Vec<Inline>>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// `rank` 1 stands directly below the title of the part.
    Heading {
        rank: u8,
        content: Vec<Inline>,
    },
    Paragraph {
        content: Vec<Inline>,
    },
    List {
        ordered: bool,
        start: u32,
        items: Vec<Vec<Block>>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    Table(Table),
    Figure(Figure),
    /// Beside the text: a remark with a title.
    Aside {
        title: String,
        blocks: Vec<Block>,
    },
    Rule,
}

/// Text within a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    Text {
        text: String,
    },
    Strong {
        content: Vec<Inline>,
    },
    Emphasis {
        content: Vec<Inline>,
    },
    Underline {
        content: Vec<Inline>,
    },
    Strike {
        content: Vec<Inline>,
    },
    Sub {
        content: Vec<Inline>,
    },
    Sup {
        content: Vec<Inline>,
    },
    /// `#anchor` of a part, `/path` of the origin, or an address.
    Link {
        href: String,
        content: Vec<Inline>,
    },
    Break,
    /// Number of a note of the part, from 1; `first`: where the text comes to it first.
    Note {
        number: usize,
        first: bool,
    },
}

/// A table. Every row has cells for all columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    pub caption: Vec<Inline>,
    pub columns: usize,
    pub head: Vec<Vec<Cell>>,
    pub body: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// It names its column or row.
    pub head: bool,
    pub columns: usize,
    pub rows: usize,
    pub content: Vec<Inline>,
}

/// A picture in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Before the book is put together: the address in the text. Then: a name in [`Book::pictures`].
    pub picture: String,
    /// Said to who does not see it; empty: it is decoration.
    pub alt: String,
    pub caption: Vec<Inline>,
    /// Whose picture it is.
    pub credit: String,
}

/// The bytes of a picture.
#[derive(Clone, Debug)]
pub struct Picture {
    pub media: Media,
    pub bytes: Vec<u8>,
    /// Pixels.
    pub width: u32,
    pub height: u32,
}

/// What every reader of books shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    Jpeg,
    Png,
}

impl Media {
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

impl Inline {
    /// Plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    fn inside(&self) -> &[Self] {
        match self {
            Self::Strong { content }
            | Self::Emphasis { content }
            | Self::Underline { content }
            | Self::Strike { content }
            | Self::Sub { content }
            | Self::Sup { content }
            | Self::Link { content, .. } => content,
            Self::Text { .. } | Self::Break | Self::Note { .. } => &[],
        }
    }
}

impl Block {
    /// A paragraph of plain text.
    #[must_use]
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { content: vec![Inline::text(text)] }
    }

    /// Every figure in it, in the order of the text, to be changed.
    pub fn each_figure(&mut self, change: &mut impl FnMut(&mut Figure)) {
        match self {
            Self::Figure(figure) => change(figure),
            Self::List { items, .. } => items.iter_mut().flatten().for_each(|block| block.each_figure(change)),
            Self::Quote { blocks } | Self::Aside { blocks, .. } => {
                blocks.iter_mut().for_each(|block| block.each_figure(change));
            }
            Self::Heading { .. } | Self::Paragraph { .. } | Self::Table(_) | Self::Rule => {}
        }
    }

    /// Everything that is text in it, in the order of the text.
    pub fn each_inline<'a>(&'a self, look: &mut impl FnMut(&'a Inline)) {
        match self {
            Self::Heading { content, .. } | Self::Paragraph { content } => each(content, look),
            Self::Figure(figure) => each(&figure.caption, look),
            Self::List { items, .. } => items.iter().flatten().for_each(|block| block.each_inline(look)),
            Self::Quote { blocks } | Self::Aside { blocks, .. } => blocks.iter().for_each(|block| block.each_inline(look)),
            Self::Table(table) => {
                each(&table.caption, look);
                table.head.iter().chain(&table.body).flatten().for_each(|cell| each(&cell.content, look));
            }
            Self::Rule => {}
        }
    }
}

/// Each of these and what is in it.
fn each<'a>(content: &'a [Inline], look: &mut impl FnMut(&'a Inline)) {
    for one in content {
        look(one);
        each(one.inside(), look);
    }
}

/// The letters of these, without their dress.
#[must_use]
pub fn plain(content: &[Inline]) -> String {
    let mut out = String::new();
    each(content, &mut |one| match one {
        Inline::Text { text } => out.push_str(text),
        Inline::Break => out.push(' '),
        _ => {}
    });
    out
}

impl Part {
    /// Everything that is text in it, its notes behind.
    pub fn each_inline<'a>(&'a self, look: &mut impl FnMut(&'a Inline)) {
        self.blocks.iter().for_each(|block| block.each_inline(look));
        self.notes.iter().for_each(|note| each(note, look));
    }

    /// The addresses of its links, in the order of the text.
    #[must_use]
    pub fn links(&self) -> Vec<&str> {
        let mut links = Vec::new();
        self.each_inline(&mut |one| {
            if let Inline::Link { href, .. } = one {
                links.push(href.as_str());
            }
        });
        links
    }

    /// Its figures, in the order of the text.
    #[must_use]
    pub fn figures(&self) -> Vec<&Figure> {
        fn of<'a>(blocks: &'a [Block], found: &mut Vec<&'a Figure>) {
            for block in blocks {
                match block {
                    Block::Figure(figure) => found.push(figure),
                    Block::List { items, .. } => items.iter().for_each(|item| of(item, found)),
                    Block::Quote { blocks } | Block::Aside { blocks, .. } => of(blocks, found),
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        of(&self.blocks, &mut found);
        found
    }

    /// Its letters that no font of ours has, each once: they can not be printed.
    #[must_use]
    pub fn unprintable(&self) -> Vec<char> {
        let mut all = self.title.clone();
        self.each_inline(&mut |one| {
            if let Inline::Text { text } = one {
                all.push_str(text);
            }
        });
        crate::fonts::missing(crate::fonts::Set::Book, &all)
    }
}
