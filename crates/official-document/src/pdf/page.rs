//! One page: its characters as lines and its tables.

use pdf_extract::content::Content;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::content::{self, Matrix, Plain};
use super::fonts::Fonts;
use super::glyphs::{Collector, Glyph};
use super::lines::{self, TextLine};
use super::quiet;
use super::ruled::{self, RuledTable};

/// The tree of pages is not deeper than this; a deeper one is a circle.
const TREE_DEPTH_MAX: usize = 64;
/// A4, for a page that does not say its size.
const A4: [f32; 4] = [0.0, 0.0, 595.0, 842.0];

/// A page as read, upright, in points from its upper left corner.
#[derive(Default)]
pub(crate) struct Page {
    pub width: f32,
    pub height: f32,
    /// Lines of text outside of tables, from top to bottom.
    pub lines: Vec<TextLine>,
    /// Tables drawn with lines, from top to bottom.
    pub tables: Vec<RuledTable>,
    /// Places of short lines across, as over footnotes.
    pub short_rules: Vec<f32>,
    /// Part of the page could not be read.
    pub unread: bool,
    /// Most of its text is drawn invisibly, over a picture of the page.
    pub hidden: bool,
    letters: usize,
    unknown: usize,
}

impl Page {
    /// A page without ruled lines.
    pub fn of_glyphs(width: f32, height: f32, glyphs: Vec<Glyph>) -> Self {
        Self { width, height, lines: lines::lines(glyphs), ..Self::default() }
    }

    pub fn letters(&self) -> usize {
        self.letters
    }

    /// One in twenty characters has no meaning.
    pub fn has_broken_font(&self) -> bool {
        self.unknown * 20 > self.letters + self.unknown
    }
}

/// The file and what is known of its fonts.
pub(super) struct Reader {
    pub file: Document,
    fonts: Fonts,
}

impl Reader {
    pub fn new(file: Document) -> Self {
        Self { file, fonts: Fonts::default() }
    }

    /// Reads a page. What the library can not read is left out and marked.
    pub fn read(&mut self, number: u32, id: ObjectId) -> Page {
        let Ok(page) = self.file.get_dictionary(id).cloned() else { return Page { unread: true, ..Page::default() } };
        let resources = inherited(&self.file, &page, b"Resources").and_then(|found| found.as_dict().ok());
        let (placing, width, height) = placing(&self.file, &page);
        let streams = content::streams(&self.file, &page);
        let plain = quiet::unwinding(|| content::rewrite(&self.file, &streams, resources.unwrap_or(&Dictionary::new()), placing));
        let Ok(plain) = plain else { return Page { unread: true, width, height, ..Page::default() } };
        let mut read = Page { width, height, unread: plain.cut, hidden: plain.hidden * 2 > plain.shown, ..Page::default() };
        let Some(Collector { glyphs, unknown, .. }) = self.decode(number, id, &plain, (width, height)) else {
            return Page { unread: true, ..read };
        };
        read.letters = glyphs.iter().filter(|glyph| glyph.sign.is_alphanumeric()).count();
        read.unknown = unknown;
        lay(&mut read, glyphs, &plain);
        read
    }

    /// Puts the plain drawing in the place of the page's own and has its text decoded; nothing when the library fails.
    fn decode(&mut self, number: u32, id: ObjectId, plain: &Plain, size: (f32, f32)) -> Option<Collector> {
        let operations = Content { operations: plain.operations.as_slice() }.encode().ok()?;
        let stream = self.file.add_object(Stream::new(Dictionary::new(), operations));
        let mut fonts = Dictionary::new();
        for (name, font) in &plain.fonts {
            let plain = self.fonts.plain(&mut self.file, font)?;
            fonts.set(name.clone(), plain);
        }
        let mut resources = Dictionary::new();
        resources.set("Font", fonts);
        let corners = [0.0, 0.0, size.0, size.1].map(Object::Real).to_vec();
        let page = self.file.get_object_mut(id).and_then(Object::as_dict_mut).ok()?;
        page.remove(b"ArtBox");
        page.set("Contents", stream);
        page.set("Resources", resources);
        page.set("MediaBox", Object::Array(corners));
        let mut collector = Collector::new(size);
        let decoded = quiet::unwinding(|| pdf_extract::output_doc_page(&self.file, &mut collector, number));
        self.file.objects.remove(&stream);
        decoded.ok()?.ok()?;
        Some(collector)
    }
}

/// Sorts the characters into tables and lines.
fn lay(page: &mut Page, glyphs: Vec<Glyph>, plain: &Plain) {
    let height = page.height;
    let rules = plain.rules.iter().map(|rule| ruled::downwards(*rule, height)).collect();
    let (mut tables, short) = ruled::find(rules, page.width);
    let mut free: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        if !tables.iter_mut().any(|table| table.takes(&glyph)) {
            free.push(glyph);
        }
    }
    page.tables = tables.into_iter().filter_map(ruled::Region::settle).collect();
    page.short_rules = short;
    page.lines = lines::lines(free);
}

/// A property of a page or of the pages around it.
fn inherited<'a>(file: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..TREE_DEPTH_MAX {
        if let Ok(found) = node.get_deref(key, file) {
            return Some(found);
        }
        node = node.get_deref(b"Parent", file).and_then(Object::as_dict).ok()?;
    }
    None
}

/// What sets the page upright with its lower left corner at the origin, and its width and height.
fn placing(file: &Document, page: &Dictionary) -> (Matrix, f32, f32) {
    let corners = inherited(file, page, b"MediaBox").and_then(|corners| corners.as_array().ok());
    let corner = |place: usize| {
        let found = corners.and_then(|corners| file.dereference(corners.get(place)?).ok());
        found.and_then(|(_, corner)| corner.as_float().ok()).filter(|corner| corner.is_finite())
    };
    let [x0, y0, x1, y1] = [0, 1, 2, 3].map(|place| corner(place).unwrap_or(A4[place]));
    let (left, bottom, width, height) = (x0.min(x1), y0.min(y1), (x1 - x0).abs().max(1.0), (y1 - y0).abs().max(1.0));
    let turned = inherited(file, page, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0).rem_euclid(360);
    match turned {
        90 => (Matrix::new([0.0, -1.0, 1.0, 0.0, -bottom, left + width]), height, width),
        180 => (Matrix::new([-1.0, 0.0, 0.0, -1.0, left + width, bottom + height]), width, height),
        270 => (Matrix::new([0.0, 1.0, -1.0, 0.0, bottom + height, -left]), height, width),
        _ => (Matrix::new([1.0, 0.0, 0.0, 1.0, -left, -bottom]), width, height),
    }
}
