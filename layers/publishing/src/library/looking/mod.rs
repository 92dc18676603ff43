//! What a file is, by its bytes. Neither its name nor what the browser says is believed; what is not known to be harmless is
//! refused, with cause and remedy. Nothing is unpacked before its announced size is known to be bearable.

mod audio;
mod film;
mod found;
mod hidden;
mod image;
mod iptc;
mod jpeg;
mod office;
mod pdf;
#[cfg(test)]
mod tests;
mod xmp;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

pub use self::found::{Found, is_by_machine};
pub use super::asset::Kind;
use super::rendering::alone;
use crate::web::Obstacle;

const HEAD_BYTES: usize = 8 * 1024;

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    pub kind: Kind,
    pub media_type: &'static str,
    /// The ending of its name, without the dot.
    pub ending: &'static str,
    /// Width and height, upright.
    pub pixels: Option<(u32, u32)>,
    pub found: Found,
}

impl Looked {
    fn plain(kind: Kind, media_type: &'static str, ending: &'static str) -> Self {
        Self { kind, media_type, ending, pixels: None, found: Found::default() }
    }
}

/// Looks at a file, on a thread of its own.
///
/// # Errors
/// Why it is not taken, and what to do.
pub async fn look(path: &Path) -> Result<Looked, Obstacle> {
    let path = path.to_owned();
    let looked = alone(move || look_at(&path)).await;
    // A reader of some format that panics has met something that is not that format.
    looked.unwrap_or_else(|_| Err(Obstacle::new("library-refused-broken")))
}

/// The same, here and now.
///
/// # Errors
/// Why it is not taken, and what to do.
pub fn look_at(path: &Path) -> Result<Looked, Obstacle> {
    let mut looked = look_into(path)?;
    if looked.kind == Kind::Audio {
        looked.found.duration_ms = File::open(path).ok().and_then(loudspeakers::audio::length_ms);
    }
    Ok(looked)
}

fn look_into(path: &Path) -> Result<Looked, Obstacle> {
    let mut file = File::open(path).map_err(cut_short)?;
    let length = file.seek(SeekFrom::End(0)).map_err(cut_short)?;
    if length == 0 {
        return Err(Obstacle::new("library-refused-empty"));
    }
    let head = head(&mut file, HEAD_BYTES)?;
    if let Some(refusal) = hidden::markup(&head) {
        return Err(refusal);
    }
    let brand = head.get(4..12).filter(|word| word.starts_with(b"ftyp")).map(|word| &word[4..]);
    match (&head[..], brand) {
        (_, Some(brand)) => film::boxes(&mut file, length, brand),
        ([0xff, 0xd8, 0xff, ..], _) => image::look(path, &mut file, ::image::ImageFormat::Jpeg),
        ([0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..], _) => image::look(path, &mut file, ::image::ImageFormat::Png),
        ([b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..], _) => image::look(path, &mut file, ::image::ImageFormat::Gif),
        ([b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..], _) => {
            image::look(path, &mut file, ::image::ImageFormat::WebP)
        }
        ([b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..], _) => audio::wave(&mut file, length),
        ([b'%', b'P', b'D', b'F', b'-', ..], _) => pdf::look(&mut file, length),
        ([b'P', b'K', 3, 4, ..], _) => office::look(file),
        ([0x1a, 0x45, 0xdf, 0xa3, ..], _) => film::matroska(&mut file, length, &head),
        ([b'I', b'D', b'3', ..] | [0xff, 0xe0..=0xff, ..], _) => audio::mp3(&mut file, length),
        _ => Err(unknown(&head)),
    }
}

/// Names the kind where it is known, so that the person understands what they have in hand.
fn unknown(head: &[u8]) -> Obstacle {
    match infer::get(head) {
        Some(kind) => Obstacle::new("library-refused-kind").with("kind", kind.extension().to_uppercase()),
        None => Obstacle::new("library-refused-unknown"),
    }
}

/// The first bytes, and the place set back to the beginning.
fn head(file: &mut (impl Read + Seek), most: usize) -> Result<Vec<u8>, Obstacle> {
    let mut head = Vec::new();
    file.rewind().map_err(cut_short)?;
    file.by_ref().take(most as u64).read_to_end(&mut head).map_err(cut_short)?;
    file.rewind().map_err(cut_short)?;
    Ok(head)
}

/// The last bytes.
fn tail(file: &mut (impl Read + Seek), length: u64, most: u64) -> Result<Vec<u8>, Obstacle> {
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(length.saturating_sub(most))).map_err(cut_short)?;
    file.take(most).read_to_end(&mut tail).map_err(cut_short)?;
    Ok(tail)
}

/// The file ends before it should.
fn cut_short(_: std::io::Error) -> Obstacle {
    Obstacle::new("library-refused-truncated")
}
