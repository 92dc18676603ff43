//! The fonts that books are set in, the ones of the web pages: Lora to read, Be Vietnam Pro for headings and tables. They are in
//! the program, so every machine sets the same pages. SIL Open Font License: `fonts/OFL-*.txt`.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

const FILES: [&[u8]; 6] = [
    include_bytes!("../fonts/Lora-Regular.ttf"),
    include_bytes!("../fonts/Lora-Italic.ttf"),
    include_bytes!("../fonts/Lora-Bold.ttf"),
    include_bytes!("../fonts/Lora-BoldItalic.ttf"),
    include_bytes!("../fonts/BeVietnamPro-Regular.ttf"),
    include_bytes!("../fonts/BeVietnamPro-SemiBold.ttf"),
];

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

/// The letters that none of the fonts has, each once, in their order.
#[must_use]
pub fn missing(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        let has = || FONTS.iter().any(|font| font.info().coverage.contains(u32::from(letter)));
        if !found.contains(&letter) && !has() {
            found.push(letter);
        }
    }
    found
}
