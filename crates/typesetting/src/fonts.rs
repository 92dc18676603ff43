//! The fonts that are set in. Books: the ones of the web pages, Lora to read, Be Vietnam Pro for headings and tables. Official
//! documents: Liberation Serif, every letter of which is as wide as in Times New Roman. They are in the program, so every machine
//! sets the same pages. SIL Open Font License: `fonts/OFL-*.txt`.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontVariations};
use typst::utils::LazyHash;

/// What belongs together: no letter is taken from another set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    Book,
    Document,
}

/// A face of [`Set::Document`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Face {
    #[default]
    Regular,
    Bold,
    Italic,
    BoldItalic,
}

pub(crate) const FILES: [&[u8]; 10] = [
    include_bytes!("../fonts/Lora-Regular.ttf"),
    include_bytes!("../fonts/Lora-Italic.ttf"),
    include_bytes!("../fonts/Lora-Bold.ttf"),
    include_bytes!("../fonts/Lora-BoldItalic.ttf"),
    include_bytes!("../fonts/BeVietnamPro-Regular.ttf"),
    include_bytes!("../fonts/BeVietnamPro-SemiBold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
];

/// Where the faces of documents begin in [`FILES`].
const DOCUMENT: usize = 6;

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect());

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// What is known of the fonts.
pub(crate) fn book() -> &'static LazyHash<FontBook> {
    &BOOK
}

/// The font of that place in the book.
pub(crate) fn at(index: usize) -> Option<Font> {
    FONTS.get(index).cloned()
}

/// The letters that none of the fonts of a set has, each once, in their order.
#[must_use]
pub fn missing(set: Set, text: &str) -> Vec<char> {
    let fonts = if set == Set::Book { &FONTS[..DOCUMENT] } else { &FONTS[DOCUMENT..] };
    let mut found = Vec::new();
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        let has = || fonts.iter().any(|font| font.info().coverage.contains(u32::from(letter)));
        if !found.contains(&letter) && !has() {
            found.push(letter);
        }
    }
    found
}

/// How wide each letter is in a face of documents, in ems, for letters up to U+1FFF; others take a whole em.
static WIDTHS: LazyLock<[Vec<f32>; 4]> = LazyLock::new(|| {
    [0, 1, 2, 3].map(|face| {
        let font = &FONTS[DOCUMENT + face];
        let font = font.clone().instantiate(font.info().variant, Abs::pt(12.0), &FontVariations::default());
        let letter = |code: u32| {
            let glyph = font.ttf().glyph_index(char::from_u32(code)?)?;
            let wide = font.ttf().glyph_hor_advance(glyph)?;
            Some(f32::from(wide) / f32::from(font.ttf().units_per_em()))
        };
        (0..0x2000).map(|code| letter(code).unwrap_or(0.0)).collect()
    })
});

/// How wide a line of a document is, in points, as a word processor that does not kern sets it.
#[must_use]
pub fn width(face: Face, points: f32, text: &str) -> f32 {
    let widths = &WIDTHS[face as usize];
    let em = |letter: char| usize::try_from(u32::from(letter)).ok().and_then(|code| widths.get(code)).copied().unwrap_or(1.0);
    text.chars().map(em).sum::<f32>() * points
}
