//! The segments of a JPEG (ITU-T T.81, annex B), to its very end: a file that was cut is found out, which no decoder minds.

use std::io::{BufRead, Error, ErrorKind, Result};

/// How an APP1 with XMP begins.
pub const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// How an APP13 with image resources begins.
pub const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

const KEPT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The application segments (APP1, APP13) of a JPEG that has an end.
pub fn walk(reader: &mut impl BufRead) -> Result<Vec<Vec<u8>>> {
    let mut kept = Vec::new();
    let mut size = 0;
    if two(reader)? != [0xff, 0xd8] {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut next = marker(reader)?;
    loop {
        next = match next {
            0xd9 => return Ok(kept),
            0x01 | 0xd0..=0xd8 => marker(reader)?,
            0xda => {
                segment(reader)?;
                entropy(reader)?
            }
            code => {
                let segment = segment(reader)?;
                if matches!(code, 0xe1 | 0xed) && size + segment.len() <= KEPT_BYTES_MAX {
                    size += segment.len();
                    kept.push(segment);
                }
                marker(reader)?
            }
        };
    }
}

fn two(reader: &mut impl BufRead) -> Result<[u8; 2]> {
    let mut bytes = [0; 2];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn one(reader: &mut impl BufRead) -> Result<u8> {
    let mut byte = [0];
    reader.read_exact(&mut byte)?;
    Ok(byte[0])
}

/// A marker, with any fill bytes before it.
fn marker(reader: &mut impl BufRead) -> Result<u8> {
    if one(reader)? != 0xff {
        return Err(Error::from(ErrorKind::InvalidData));
    }
    loop {
        match one(reader)? {
            0xff => {}
            code => return Ok(code),
        }
    }
}

fn segment(reader: &mut impl BufRead) -> Result<Vec<u8>> {
    let length = usize::from(u16::from_be_bytes(two(reader)?)).checked_sub(2).ok_or(ErrorKind::InvalidData)?;
    let mut segment = vec![0; length];
    reader.read_exact(&mut segment)?;
    Ok(segment)
}

/// Passes over compressed data to the marker that ends it; stuffed zeros and restarts belong to the data.
fn entropy(reader: &mut impl BufRead) -> Result<u8> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let Some(at) = buffer.iter().position(|byte| *byte == 0xff) else {
            let passed = buffer.len();
            reader.consume(passed);
            continue;
        };
        reader.consume(at + 1);
        match one(reader)? {
            0x00 | 0xd0..=0xd7 => {}
            0xff => return marker_after_fill(reader),
            code => return Ok(code),
        }
    }
}

fn marker_after_fill(reader: &mut impl BufRead) -> Result<u8> {
    loop {
        match one(reader)? {
            0xff => {}
            code => return Ok(code),
        }
    }
}
