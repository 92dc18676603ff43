//! Pictures: whole, of bearable size, nothing hidden in them, and they can be opened.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use image::{ImageDecoder, ImageFormat, ImageReader};

use super::found::Found;
use super::{Kind, Looked, cut_short, hidden, iptc, jpeg, xmp};
use crate::library::rendering::{self, PIXELS_MAX, SIDE_MAX};
use crate::web::Obstacle;

/// Larger files are no pictures for a page.
const BYTES_MAX: u64 = 60 * 1024 * 1024;
const XMP_BYTES_MAX: u64 = 1024 * 1024;

pub fn look(path: &Path, file: &mut File, format: ImageFormat) -> Result<Looked, Obstacle> {
    let length = file.seek(SeekFrom::End(0)).map_err(cut_short)?;
    if length > BYTES_MAX {
        return Err(Obstacle::new("library-refused-picture-large").with("n", BYTES_MAX / 1024 / 1024));
    }
    let found = parts(path, file, format, length)?;
    bearable(path)?;
    hidden::search(file, length)?;
    let opened = rendering::open(path).map_err(|_| Obstacle::new("library-refused-broken"))?;
    let (media_type, ending) = match format {
        ImageFormat::Jpeg => ("image/jpeg", "jpg"),
        ImageFormat::Png => ("image/png", "png"),
        ImageFormat::Gif => ("image/gif", "gif"),
        _ => ("image/webp", "webp"),
    };
    let pixels = Some((opened.width(), opened.height()));
    Ok(Looked { kind: Kind::Image, media_type, ending, pixels, found: found.or(exif(path)).cleaned() })
}

/// The announced size, before anything is unpacked.
fn bearable(path: &Path) -> Result<(), Obstacle> {
    let broken = || Obstacle::new("library-refused-broken");
    let reader = ImageReader::open(path).map_err(cut_short)?.with_guessed_format().map_err(cut_short)?;
    let decoder = reader.into_decoder().map_err(|_| broken())?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if width == 0 || height == 0 {
        return Err(broken());
    }
    if pixels > PIXELS_MAX || width.max(height) > SIDE_MAX {
        let size = format!("{width} × {height}");
        return Err(Obstacle::new("library-refused-pixels").with("size", size).with("n", PIXELS_MAX / 1_000_000));
    }
    Ok(())
}

/// Walks through the parts of a picture to its end; what it says of itself on the way.
fn parts(path: &Path, file: &mut File, format: ImageFormat, length: u64) -> Result<Found, Obstacle> {
    file.rewind().map_err(cut_short)?;
    let mut reader = BufReader::with_capacity(64 * 1024, file);
    match format {
        ImageFormat::Jpeg => {
            let segments = jpeg::walk(&mut reader).map_err(cut_short)?;
            let packet = segments.iter().find_map(|segment| segment.strip_prefix(jpeg::XMP));
            let resources = segments.iter().find_map(|segment| segment.strip_prefix(jpeg::PHOTOSHOP));
            let described = packet.map(xmp::read).unwrap_or_default();
            Ok(described.or(resources.map(iptc::read).unwrap_or_default()))
        }
        ImageFormat::Png => png(&mut reader).map_err(cut_short),
        ImageFormat::WebP => webp(&mut reader, length).map_err(cut_short),
        _ => {
            gif(path)?;
            Ok(Found::default())
        }
    }
}

/// PNG (third edition), 5.3: length, type, data, checksum, until IEND.
fn png(reader: &mut (impl Read + Seek)) -> std::io::Result<Found> {
    let mut found = Found::default();
    reader.seek(SeekFrom::Start(8))?;
    loop {
        let mut head = [0; 8];
        reader.read_exact(&mut head)?;
        let size = u64::from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]));
        if &head[4..] == b"IEND" {
            return reader.read_exact(&mut [0; 4]).map(|()| found);
        }
        if &head[4..] == b"iTXt" && size <= XMP_BYTES_MAX {
            let mut text = Vec::new();
            reader.take(size).read_to_end(&mut text)?;
            // Keyword, no compression, no language, no translated keyword.
            if let Some(packet) = text.strip_prefix(b"XML:com.adobe.xmp\0\0\0\0\0") {
                found = xmp::read(packet);
            }
            reader.seek_relative(4)?;
        } else {
            skip(reader, size + 4)?;
        }
    }
}

/// WebP container: a RIFF whose size is said at its head.
fn webp(reader: &mut (impl Read + Seek), length: u64) -> std::io::Result<Found> {
    let mut head = [0; 12];
    reader.read_exact(&mut head)?;
    let end = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]])) + 8;
    let mut place = 12;
    if end > length {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    while place + 8 <= end {
        let mut chunk = [0; 8];
        reader.read_exact(&mut chunk)?;
        let size = u64::from(u32::from_le_bytes([chunk[4], chunk[5], chunk[6], chunk[7]]));
        if &chunk[..4] == b"XMP " && size <= XMP_BYTES_MAX {
            let mut packet = Vec::new();
            reader.take(size).read_to_end(&mut packet)?;
            return Ok(xmp::read(&packet));
        }
        skip(reader, size + size % 2)?;
        place += 8 + size + size % 2;
    }
    Ok(Found::default())
}

/// A GIF ends with its trailer (GIF89a, 27), perhaps with zeros after it.
fn gif(path: &Path) -> Result<(), Obstacle> {
    let mut file = File::open(path).map_err(cut_short)?;
    let length = file.seek(SeekFrom::End(0)).map_err(cut_short)?;
    let end = super::tail(&mut file, length, 1024)?;
    let trailer = end.iter().rev().find(|byte| **byte != 0);
    if trailer == Some(&0x3b) { Ok(()) } else { Err(Obstacle::new("library-refused-truncated")) }
}

/// Passes over bytes that must be there.
fn skip(reader: &mut (impl Read + Seek), bytes: u64) -> std::io::Result<()> {
    if bytes == 0 {
        return Ok(());
    }
    reader.seek_relative(i64::try_from(bytes - 1).map_err(std::io::Error::other)?)?;
    reader.read_exact(&mut [0])
}

/// What the camera or a program wrote (Exif 3.0).
fn exif(path: &Path) -> Found {
    let Ok(file) = File::open(path) else { return Found::default() };
    let Ok(read) = exif::Reader::new().read_from_container(&mut BufReader::new(file)) else { return Found::default() };
    let text = |tag| match read.get_field(tag, exif::In::PRIMARY).map(|field| &field.value) {
        Some(exif::Value::Ascii(texts)) => {
            texts.first().map(|text| String::from_utf8_lossy(text).into_owned()).unwrap_or_default()
        }
        _ => String::new(),
    };
    Found {
        caption: text(exif::Tag::ImageDescription),
        creator: text(exif::Tag::Artist),
        copyright: text(exif::Tag::Copyright),
        ..Found::default()
    }
}
