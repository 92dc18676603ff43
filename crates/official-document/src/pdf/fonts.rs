//! Fonts in a form that the decoder of text reads without surprise: codes, widths, characters; no font programs.
//!
//! The library panics on encodings it does not know, misreads widths given for a range of codes, and takes the widths of
//! drawn fonts (Type 3) for thousandths; each is put right before it sees the font.

use std::collections::HashMap;

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::cmap::CharacterMap;

/// Widths of a font.
const WIDTHS_MAX: usize = 65_536;
/// A width for characters the font gives none, in thousandths of its size.
const USUAL_WIDTH: i64 = 500;

/// Plain fonts by the fonts they stand for.
#[derive(Default)]
pub(super) struct Fonts {
    known: HashMap<ObjectId, Option<ObjectId>>,
}

impl Fonts {
    /// The plain form of a font of the file; nothing when it is no font.
    pub fn plain(&mut self, file: &mut Document, font: &Object) -> Option<Object> {
        let id = font.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.known.get(&id)) {
            return known.map(Object::Reference);
        }
        let dictionary = file.dereference(font).ok()?.1.as_dict().ok()?.clone();
        let plain = Font { file, dictionary: &dictionary }.plain();
        let plain = plain.map(|(mut plain, map)| {
            if let Some(map) = map {
                let map = file.add_object(Stream::new(Dictionary::new(), map));
                plain.set("ToUnicode", map);
            }
            file.add_object(plain)
        });
        self.known.extend(id.map(|id| (id, plain)));
        plain.map(Object::Reference)
    }
}

struct Font<'a> {
    file: &'a Document,
    dictionary: &'a Dictionary,
}

impl Font<'_> {
    /// The plain font and its map of characters.
    fn plain(&self) -> Option<(Dictionary, Option<Vec<u8>>)> {
        let kind = self.dictionary.get_deref(b"Subtype", self.file).and_then(Object::as_name).ok()?;
        let composite = kind == b"Type0";
        let mut plain = Dictionary::new();
        plain.set("Type", name("Font"));
        plain.set("Subtype", name(if composite { "Type0" } else { "TrueType" }));
        plain.set("BaseFont", Object::Name(self.base_name().into_bytes()));
        let map = if composite { self.composite(&mut plain) } else { self.simple(&mut plain, kind == b"Type3") };
        let bytes = if composite { 2 } else { 1 };
        Some((plain, (!map.is_empty()).then(|| map.plain(bytes))))
    }

    fn base_name(&self) -> String {
        let found = self.dictionary.get_deref(b"BaseFont", self.file).and_then(Object::as_name).unwrap_or(b"F");
        String::from_utf8_lossy(found).chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | ',')).collect()
    }

    fn map(&self) -> CharacterMap {
        let stream = self.dictionary.get_deref(b"ToUnicode", self.file).and_then(Object::as_stream);
        stream.map_or_else(
            |_| CharacterMap::default(),
            |stream| CharacterMap::read(&stream.decompressed_content().unwrap_or_default()),
        )
    }

    /// A font of two-byte codes.
    fn composite(&self, plain: &mut Dictionary) -> CharacterMap {
        let descendants = self.dictionary.get_deref(b"DescendantFonts", self.file).and_then(Object::as_array).ok();
        let descendant = descendants.and_then(|fonts| self.file.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        let mut only = Dictionary::new();
        only.set("Type", name("Font"));
        only.set("Subtype", name("CIDFontType2"));
        only.set("FontDescriptor", Dictionary::new());
        let usual = descendant.and_then(|font| self.number(font.get(b"DW").ok()?)).map_or(1000, whole);
        only.set("DW", usual);
        only.set("W", descendant.map_or_else(Vec::new, |font| self.ranges_of_widths(font)));
        plain.set("DescendantFonts", vec![Object::Dictionary(only)]);
        plain.set("Encoding", name("Identity-H"));
        let map = self.map();
        let encoding = self.dictionary.get_deref(b"Encoding", self.file).and_then(Object::as_name).unwrap_or_default();
        let unicode =
            [b"UCS2".as_slice(), b"UTF16"].iter().any(|part| encoding.windows(part.len()).any(|window| window == *part));
        if map.is_empty() && unicode { CharacterMap::direct(0..=0xffff, 0) } else { map }
    }

    /// "W": widths one by one after a code, or one width for a range of codes; here always one by one.
    fn ranges_of_widths(&self, font: &Dictionary) -> Vec<Object> {
        let mut plain = Vec::new();
        let mut left = WIDTHS_MAX;
        let listed = font.get_deref(b"W", self.file).and_then(Object::as_array);
        let mut listed =
            listed.map_or([].as_slice(), Vec::as_slice).iter().filter_map(|item| Some(self.file.dereference(item).ok()?.1));
        while let (Some(from), Some(next)) = (listed.next().and_then(|from| self.number(from)).map(whole), listed.next()) {
            let widths: Vec<Object> = match next.as_array() {
                Ok(widths) => widths.iter().take(left).map(|width| self.width(width, 1.0)).collect(),
                Err(_) => {
                    let (Some(to), Some(width)) = (self.number(next).map(whole), listed.next()) else { break };
                    let count = usize::try_from(to.saturating_sub(from).saturating_add(1)).unwrap_or(0);
                    vec![self.width(width, 1.0); count.min(left)]
                }
            };
            left -= widths.len();
            if (0..=0xffff).contains(&from) {
                plain.extend([Object::Integer(from), Object::Array(widths)]);
            }
        }
        plain
    }

    /// A font of one-byte codes.
    fn simple(&self, plain: &mut Dictionary, drawn: bool) -> CharacterMap {
        let scale = if drawn { self.drawn_scale() } else { 1.0 };
        let first = self.dictionary.get_deref(b"FirstChar", self.file).ok().and_then(|first| self.number(first)).map(whole);
        let widths = self.dictionary.get_deref(b"Widths", self.file).and_then(Object::as_array);
        if let (Some(first @ 0..=255), Ok(widths)) = (first, widths) {
            let widths: Vec<Object> = widths.iter().take(256).map(|width| self.width(width, scale)).collect();
            plain.set("FirstChar", first);
            plain.set("LastChar", first + i64::try_from(widths.len()).unwrap_or(0) - 1);
            plain.set("Widths", widths);
        }
        plain.set("MissingWidth", USUAL_WIDTH);
        plain.set("Encoding", self.encoding());
        let map = self.map();
        let base = self.base_name();
        let symbols = ["Symbol", "Wingdings", "Webdings"].iter().any(|font| base.contains(font));
        if map.is_empty() && symbols { CharacterMap::direct(0x20..=0xff, 0xf000) } else { map }
    }

    /// A drawn font has units of its own; here thousandths.
    fn drawn_scale(&self) -> f32 {
        let matrix = self.dictionary.get_deref(b"FontMatrix", self.file).and_then(Object::as_array);
        let unit = matrix.ok().and_then(|matrix| self.number(matrix.first()?)).unwrap_or(0.001);
        (unit * 1000.0).clamp(0.0001, 10_000.0)
    }

    /// One of the encodings the library knows, with the differences that it can take.
    fn encoding(&self) -> Object {
        let known = |found: &[u8]| match found {
            b"MacRomanEncoding" => "MacRomanEncoding",
            _ => "WinAnsiEncoding",
        };
        let Ok(encoding) = self.dictionary.get_deref(b"Encoding", self.file) else { return name("WinAnsiEncoding") };
        let Ok(encoding) = encoding.as_dict() else { return name(known(encoding.as_name().unwrap_or_default())) };
        let base = encoding.get_deref(b"BaseEncoding", self.file).and_then(Object::as_name).unwrap_or_default();
        let mut plain = Dictionary::new();
        plain.set("BaseEncoding", name(known(base)));
        let differences = encoding.get_deref(b"Differences", self.file).and_then(Object::as_array);
        plain.set("Differences", differences.map_or_else(|_| Vec::new(), |differences| self.differences(differences)));
        Object::Dictionary(plain)
    }

    fn differences(&self, listed: &[Object]) -> Vec<Object> {
        let mut code = 0;
        let mut plain = Vec::new();
        for item in listed.iter().take(2 * 256) {
            match self.file.dereference(item).map(|(_, item)| item) {
                Ok(Object::Integer(next)) => code = *next,
                Ok(Object::Name(glyph)) if (0..=255).contains(&code) => {
                    plain.extend([Object::Integer(code), Object::Name(glyph.clone())]);
                    code += 1;
                }
                _ => {}
            }
        }
        plain
    }

    fn number(&self, object: &Object) -> Option<f32> {
        self.file.dereference(object).ok()?.1.as_float().ok().filter(|number| number.is_finite())
    }

    fn width(&self, object: &Object, scale: f32) -> Object {
        Object::Real(self.number(object).unwrap_or(0.0) * scale)
    }
}

fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

#[expect(clippy::cast_possible_truncation, reason = "saturates, and what is out of range is refused")]
fn whole(number: f32) -> i64 {
    number as i64
}
