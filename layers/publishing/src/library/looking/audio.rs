//! MP3: MPEG audio frames (ISO/IEC 11172-3), perhaps behind an ID3 tag. WAV: chunks of a RIFF file (IBM and Microsoft, 1991).

use std::io::{Read, Seek, SeekFrom};

use super::{Kind, Looked, cut_short, hidden};
use crate::web::Obstacle;

const BITRATES_1: [u32; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_2: [u32; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// Two frames, one behind the other, are no accident.
pub fn mp3(file: &mut (impl Read + Seek), length: u64) -> Result<Looked, Obstacle> {
    let mut place = tag(file)?;
    for _ in 0..2 {
        let mut head = [0; 4];
        file.seek(SeekFrom::Start(place)).map_err(cut_short)?;
        file.read_exact(&mut head).map_err(cut_short)?;
        place += frame(head).ok_or_else(|| Obstacle::new("library-refused-unknown"))?;
    }
    hidden::refuse_archive(file, length)?;
    Ok(Looked::plain(Kind::Audio, "audio/mpeg", "mp3"))
}

/// A format chunk, then the sound; what is before them is passed over.
pub fn wave(file: &mut (impl Read + Seek), length: u64) -> Result<Looked, Obstacle> {
    const CHUNKS_MAX: usize = 64;
    let (mut place, mut formatted) = (12, false);
    for _ in 0..CHUNKS_MAX {
        let mut head = [0; 8];
        file.seek(SeekFrom::Start(place)).map_err(cut_short)?;
        file.read_exact(&mut head).map_err(cut_short)?;
        let [name @ .., a, b, c, d] = head;
        let size = u64::from(u32::from_le_bytes([a, b, c, d]));
        match &name {
            b"fmt " => formatted = size >= 16,
            b"data" if formatted && place + 8 < length => {
                hidden::refuse_archive(file, length)?;
                return Ok(Looked::plain(Kind::Audio, "audio/wav", "wav"));
            }
            b"data" => break,
            _ => {}
        }
        place += 8 + size + (size & 1);
    }
    Err(Obstacle::new("library-refused-unknown"))
}

/// Where the frames begin: after the tag (ID3v2.4, 3.1), whose size is written in bytes of seven bits.
fn tag(file: &mut (impl Read + Seek)) -> Result<u64, Obstacle> {
    let mut head = [0; 10];
    file.rewind().map_err(cut_short)?;
    file.read_exact(&mut head).map_err(cut_short)?;
    if !head.starts_with(b"ID3") {
        return Ok(0);
    }
    Ok(10 + head[6..].iter().fold(0, |sum, byte| sum << 7 | u64::from(*byte & 0x7f)))
}

/// The length of a frame of layer III, in bytes.
fn frame([sync, kind, rates, _]: [u8; 4]) -> Option<u64> {
    if sync != 0xff || kind & 0xe6 != 0xe2 {
        return None;
    }
    let version = kind >> 3 & 3;
    let rate = usize::from(rates >> 4);
    let kilobits = *if version == 3 { BITRATES_1 } else { BITRATES_2 }.get(rate).filter(|rate| **rate > 0)?;
    let hertz = [44_100, 48_000, 32_000].get(usize::from(rates >> 2 & 3))?;
    let (samples, hertz) = match version {
        3 => (144, *hertz),
        2 => (72, hertz / 2),
        0 => (72, hertz / 4),
        _ => return None,
    };
    Some(u64::from(samples * kilobits * 1000 / hertz + u32::from(rates >> 1 & 1)))
}
