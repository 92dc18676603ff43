//! Opening a PDF: guards against files made to burst, and the errors that have names.

use std::cell::Cell;
use std::io::Read;

use flate2::read::ZlibDecoder;
use pdf_extract::{Document, LoadOptions, Object, Stream};

use crate::error::ReadError;
use crate::limits::Limits;

/// Streams in other filters than one Flate are kept up to this size; they are rare in documents of text.
const OTHER_FILTER_BYTES_MAX: usize = 64 << 10;
/// Columns of a predictor; a picture of A4 at 1200 dots an inch has 10,000.
const PREDICTOR_COLUMNS_MAX: i64 = 100_000;
/// The dictionary of a stream lies within so many bytes before it.
const DICTIONARY_BYTES_MAX: usize = 4_096;

thread_local! {
    /// Unpacked bytes that the file on this thread may still take; nothing once it took more.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Parses the file.
pub(super) fn load(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let bomb = ReadError::ZipBomb { limit: limits.unpacked_bytes };
    if cross_references(bytes).any(|stream| unpacked(stream, limits.unpacked_bytes).is_none()) {
        return Err(bomb);
    }
    if is_encrypted(bytes) {
        return Err(ReadError::Encrypted);
    }
    LEFT.set(Some(limits.unpacked_bytes));
    let loaded = Document::load_mem_with_options(bytes, LoadOptions::with_filter(admit));
    if LEFT.take().is_none() {
        return Err(bomb);
    }
    let document = loaded.map_err(|error| match error {
        pdf_extract::Error::Decryption(_) | pdf_extract::Error::InvalidPassword => ReadError::Encrypted,
        other => ReadError::corrupt(other),
    })?;
    if document.is_encrypted() { Err(ReadError::Encrypted) } else { Ok(document) }
}

/// "/Encrypt" with an object after it. The library unpacks an encrypted file without asking, so it is not tried.
fn is_encrypted(bytes: &[u8]) -> bool {
    let key = b"/Encrypt";
    let followed = |place: usize| {
        let rest = &bytes[place + key.len()..];
        let value = rest.iter().copied().find(|byte| !byte.is_ascii_whitespace());
        value.is_some_and(|byte| byte.is_ascii_digit() || byte == b'<')
    };
    let tail = bytes.len().saturating_sub(1);
    bytes.windows(key.len()).enumerate().any(|(place, window)| window == key && place < tail && followed(place))
}

/// The bytes after each "stream" whose dictionary is one of a cross-reference, which the library unpacks first of all.
fn cross_references(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let key = b"stream";
    let streams = bytes.windows(key.len()).enumerate().filter(move |(_, window)| window == key).map(|(place, _)| place);
    streams.filter_map(move |place| {
        let before = &bytes[place.saturating_sub(DICTIONARY_BYTES_MAX)..place];
        let dictionary = before.windows(3).rposition(|window| window == b"obj").map_or(before, |object| &before[object..]);
        let cross = dictionary.windows(5).any(|window| window == b"/XRef");
        let start = bytes[place + key.len()..].iter().position(|byte| !matches!(byte, b'\r' | b'\n' | b' '))?;
        cross.then(|| &bytes[place + key.len() + start..])
    })
}

/// Bytes a zlib stream unpacks to, or nothing when they are more than `most`.
fn unpacked(packed: &[u8], most: usize) -> Option<usize> {
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut chunk = [0; 16_384];
    let mut taken = 0usize;
    let mut decoder = ZlibDecoder::new(packed).take(bound);
    while let Ok(more @ 1..) = decoder.read(&mut chunk) {
        taken += more;
    }
    (taken <= most).then_some(taken)
}

/// Keeps an object of the file; a picture loses its content, which nobody reads.
fn admit(id: (u32, u16), object: &mut Object) -> Option<((u32, u16), Object)> {
    if let Object::Stream(stream) = object {
        let picture = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image");
        let font_program = stream.dict.has(b"Length1") || stream.dict.has(b"Length2");
        if picture || !is_modest(stream) {
            stream.content = Vec::new();
            stream.dict.remove(b"Filter");
        } else if !font_program && !spend(stream) {
            LEFT.set(None);
            return None;
        }
    }
    Some((id, object.clone()))
}

/// The stream is packed in a way that its unpacked size can be bounded.
fn is_modest(stream: &Stream) -> bool {
    let filters = stream.filters().unwrap_or_default();
    let plain = filters.is_empty() || filters == [b"FlateDecode".as_slice()];
    let columns = stream.dict.get(b"DecodeParms").and_then(Object::as_dict).and_then(|params| params.get(b"Columns"));
    let columns = columns.and_then(Object::as_i64).unwrap_or(1);
    let flates = filters.iter().filter(|filter| **filter == b"FlateDecode").count();
    let small = flates <= 1 && stream.content.len() <= OTHER_FILTER_BYTES_MAX;
    (plain || small) && (0..=PREDICTOR_COLUMNS_MAX).contains(&columns)
}

/// Takes the unpacked size of a stream off what is left.
fn spend(stream: &Stream) -> bool {
    let Some(left) = LEFT.get() else { return false };
    let packed = stream.filters().is_ok_and(|filters| !filters.is_empty());
    let size = if packed { unpacked(&stream.content, left) } else { Some(stream.content.len()) };
    LEFT.set(size.and_then(|size| left.checked_sub(size)));
    LEFT.get().is_some()
}
