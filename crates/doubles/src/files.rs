//! Files made on the spot: honest ones and others.

use std::io::{Cursor, Write};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A picture whose pixels depend on the seed.
pub fn picture(width: u32, height: u32, seed: u8) -> DynamicImage {
    let pixel = |x: u32, y: u32| Rgb([seed, u8::try_from(x % 256).unwrap_or(0), u8::try_from((x / 7 + y) % 256).unwrap_or(0)]);
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, pixel))
}

pub fn jpeg(width: u32, height: u32, seed: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture(width, height, seed).write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 80)).expect("a JPEG");
    bytes
}

pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A segment after the first two bytes of a JPEG.
pub fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("a short segment").to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, content, &jpeg[2..]].concat()
}

/// EXIF that turns the picture a quarter, names a photographer, and tells where it was taken.
pub fn exif() -> Vec<u8> {
    use exif::{Field, In, Rational, Tag, Value};
    let text = |tag, words: &str| Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![words.as_bytes().to_vec()]) };
    let degrees = vec![Rational { num: 10, denom: 1 }, Rational { num: 27, denom: 1 }, Rational { num: 0, denom: 1 }];
    let fields = [
        Field { tag: Tag::Orientation, ifd_num: In::PRIMARY, value: Value::Short(vec![6]) },
        text(Tag::Artist, "Chuyen vien A"),
        text(Tag::GPSLatitudeRef, "N"),
        Field { tag: Tag::GPSLatitude, ifd_num: In::PRIMARY, value: Value::Rational(degrees) },
    ];
    let mut writer = exif::experimental::Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut bytes = Cursor::new(Vec::new());
    writer.write(&mut bytes, false).expect("EXIF");
    [b"Exif\0\0".as_slice(), &bytes.into_inner()].concat()
}

pub fn xmp() -> Vec<u8> {
    let packet = r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
        xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" photoshop:Credit="Báo tỉnh (mẫu)"
        e:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia">
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Chợ nổi</rdf:li><rdf:li xml:lang="en">Market</rdf:li></rdf:Alt></dc:title>
      <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© mẫu</rdf:li></rdf:Alt></dc:rights>
      </rdf:Description></rdf:RDF></x:xmpmeta>"#;
    [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), packet.as_bytes()].concat()
}

/// Photoshop's resources with one dataset of IPTC: the caption.
pub fn iptc(caption: &str) -> Vec<u8> {
    let size = u16::try_from(caption.len()).expect("a short caption").to_be_bytes();
    let data = [&[0x1c, 2, 120], size.as_slice(), caption.as_bytes()].concat();
    let length = u32::try_from(data.len()).expect("short data").to_be_bytes();
    [b"Photoshop 3.0\08BIM\x04\x04\0\0".as_slice(), &length, &data].concat()
}

fn one_box(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).expect("a small box").to_be_bytes();
    [size.as_slice(), name, content].concat()
}

/// The head of a film that is so long as a whole; zeros follow it.
pub fn mp4_head(length: usize) -> Vec<u8> {
    let head = [one_box(b"ftyp", b"isom\0\0\x02\0isommp41"), one_box(b"moov", &one_box(b"mvhd", &[0; 100]))].concat();
    let rest = u32::try_from(length - head.len()).expect("less than 4 GB").to_be_bytes();
    [head.as_slice(), &rest, b"mdat"].concat()
}

pub fn mp4(length: usize) -> Vec<u8> {
    let mut film = mp4_head(length);
    film.resize(length, 0);
    film
}

pub fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n44\n%%EOF\n"
        .to_vec()
}

/// An archive with these entries.
pub fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(content).expect("content");
    }
    writer.finish().expect("an archive").into_inner()
}

pub fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let plain: [(&str, &[u8]); 2] = [("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document/>")];
    archive(&[&plain[..], more].concat())
}

/// Two frames of 128 kbit/s.
pub fn mp3() -> Vec<u8> {
    let frame = [&[0xff, 0xfb, 0x90, 0x00][..], &[0; 413]].concat();
    [frame.clone(), frame].concat()
}
