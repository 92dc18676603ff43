//! Film and sound in boxes (ISO base media, Matroska): walked through without reading what is in them, so that 300 MB cost
//! nothing; a file that was cut is found out.

use std::io::{Read, Seek, SeekFrom};

use super::{Kind, Looked, cut_short, hidden};
use crate::web::Obstacle;

const BOXES_MAX: usize = 100_000;

/// ISO/IEC 14496-12: size and type before each box.
pub fn boxes(file: &mut (impl Read + Seek), length: u64, brand: &[u8]) -> Result<Looked, Obstacle> {
    match brand {
        b"qt  " => return Err(Obstacle::new("library-refused-quicktime")),
        b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" | b"avif" | b"avis" => return Err(Obstacle::new("library-refused-heic")),
        _ => {}
    }
    let mut place = 0;
    let mut has_index = false;
    for _ in 0..BOXES_MAX {
        if place == length {
            break;
        }
        let (size, name) = one_box(file, place, length)?;
        has_index |= name == *b"moov";
        place = place.checked_add(size).filter(|end| *end <= length).ok_or_else(|| Obstacle::new("library-refused-truncated"))?;
    }
    if place < length || !has_index {
        return Err(Obstacle::new("library-refused-truncated"));
    }
    hidden::refuse_archive(file, length)?;
    let is_sound = brand.starts_with(b"M4A") || brand.starts_with(b"M4B");
    Ok(if is_sound { Looked::plain(Kind::Audio, "audio/mp4", "m4a") } else { Looked::plain(Kind::Video, "video/mp4", "mp4") })
}

fn one_box(file: &mut (impl Read + Seek), place: u64, length: u64) -> Result<(u64, [u8; 4]), Obstacle> {
    let mut head = [0; 8];
    file.seek(SeekFrom::Start(place)).map_err(cut_short)?;
    file.read_exact(&mut head).map_err(cut_short)?;
    let name = [head[4], head[5], head[6], head[7]];
    let size = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
        0 => length - place,
        1 => {
            let mut large = [0; 8];
            file.read_exact(&mut large).map_err(cut_short)?;
            u64::from_be_bytes(large)
        }
        size => u64::from(size),
    };
    if size < 8 { Err(Obstacle::new("library-refused-broken")) } else { Ok((size, name)) }
}

/// RFC 8794 and 9559: the EBML head, then one segment that says how long it is, or that nobody knows.
pub fn matroska(file: &mut (impl Read + Seek), length: u64, head: &[u8]) -> Result<Looked, Obstacle> {
    let has = |word: &[u8]| head.windows(word.len()).take(128).any(|part| part == word);
    if !has(b"webm") {
        return Err(Obstacle::new("library-refused-kind").with("kind", "MKV"));
    }
    let broken = || Obstacle::new("library-refused-broken");
    let (size, after) = number(head.get(4..).unwrap_or_default()).ok_or_else(broken)?;
    let start = usize::try_from(4 + after + size).map_err(|_| broken())?;
    let segment = head.get(start..).and_then(|rest| rest.strip_prefix(&[0x18, 0x53, 0x80, 0x67])).ok_or_else(broken)?;
    let (size, after) = number(segment).ok_or_else(broken)?;
    let unknown = size == (1 << (7 * after)) - 1;
    let begins = start as u64 + 4 + after;
    if !unknown && begins.checked_add(size).is_none_or(|end| end > length) {
        return Err(Obstacle::new("library-refused-truncated"));
    }
    hidden::refuse_archive(file, length)?;
    Ok(Looked::plain(Kind::Video, "video/webm", "webm"))
}

/// A number of variable length, and how many bytes it takes.
fn number(bytes: &[u8]) -> Option<(u64, u64)> {
    let first = *bytes.first()?;
    let more = first.leading_zeros();
    let whole = bytes.get(..usize::try_from(more).ok()? + 1).filter(|_| more < 8)?;
    let head = u64::from(first) & (0x7f >> more);
    Some((whole[1..].iter().fold(head, |sum, byte| sum << 8 | u64::from(*byte)), u64::from(more) + 1))
}
