//! What a file is: by its bytes and by its name together, since whoever opens it goes by the name. What two programs would
//! read as two things (a picture that is a web page, too) is taken for none.

use vietnamese::legacy;

use super::{file_name, media_type};

/// A sort of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub media: &'static str,
    /// How such files are named, in small letters.
    endings: &'static [&'static str],
}

pub const PDF: Sort = Sort { media: "application/pdf", endings: &[".pdf"] };
pub const WORD: Sort =
    Sort { media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", endings: &[".docx"] };
pub const WORKBOOK: Sort =
    Sort { media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", endings: &[".xlsx"] };
pub const SLIDES: Sort =
    Sort { media: "application/vnd.openxmlformats-officedocument.presentationml.presentation", endings: &[".pptx"] };
pub const OLD_OFFICE: Sort = Sort { media: "application/x-ole-storage", endings: &[".doc", ".xls", ".ppt"] };
pub const OPEN_TEXT: Sort = Sort { media: "application/vnd.oasis.opendocument.text", endings: &[".odt"] };
pub const OPEN_SHEET: Sort = Sort { media: "application/vnd.oasis.opendocument.spreadsheet", endings: &[".ods"] };
pub const OPEN_SLIDES: Sort = Sort { media: "application/vnd.oasis.opendocument.presentation", endings: &[".odp"] };
pub const PNG: Sort = Sort { media: "image/png", endings: &[".png"] };
pub const JPEG: Sort = Sort { media: "image/jpeg", endings: &[".jpg", ".jpeg", ".jfif"] };
pub const GIF: Sort = Sort { media: "image/gif", endings: &[".gif"] };
pub const WEBP: Sort = Sort { media: "image/webp", endings: &[".webp"] };
/// As telephones take them.
pub const HEIC: Sort = Sort { media: "image/heic", endings: &[".heic", ".heif"] };
pub const MP3: Sort = Sort { media: "audio/mpeg", endings: &[".mp3"] };
pub const OGG: Sort = Sort { media: "audio/ogg", endings: &[".ogg", ".oga"] };
pub const M4A: Sort = Sort { media: "audio/mp4", endings: &[".m4a"] };
pub const MP4: Sort = Sort { media: "video/mp4", endings: &[".mp4"] };
pub const MOV: Sort = Sort { media: "video/quicktime", endings: &[".mov"] };
pub const WAV: Sort = Sort { media: "audio/wav", endings: &[".wav"] };
pub const TEXT: Sort = Sort { media: "text/plain; charset=utf-8", endings: &[".txt"] };
pub const CSV: Sort = Sort { media: "text/csv; charset=utf-8", endings: &[".csv"] };
/// In UTF-16, or in an old Vietnamese encoding.
pub const OTHER_TEXT: Sort = Sort { media: "text/plain", endings: &[".txt"] };
pub const OTHER_CSV: Sort = Sort { media: "text/csv", endings: &[".csv"] };

/// As much of a file as a browser looks at to guess what it is, and more.
const HEAD_BYTES: usize = 1_024;
/// The record that ends a ZIP archive, without its comment.
const ZIP_END_BYTES: usize = 22;

/// What the file is; None when it is none of the known sorts, is named like another one, or is two things at once.
#[must_use]
pub fn of(name: &str, bytes: &[u8]) -> Option<Sort> {
    let name = file_name(name).to_lowercase();
    let name = name.trim_end();
    let named = |sort: &&Sort| sort.endings.iter().any(|ending| name.ends_with(ending));
    let sort = by_bytes(bytes).iter().find(named).copied()?;
    let is_text = [TEXT, CSV, OTHER_TEXT, OTHER_CSV].contains(&sort);
    (!is_two_things(bytes, is_text)).then_some(sort)
}

/// Why a file that is of no sort is not taken, as the key of the words: the ways out differ.
#[must_use]
pub fn refusal(name: &str, bytes: &[u8]) -> &'static str {
    let name = file_name(name).to_lowercase();
    let named = |endings: &[&str]| endings.iter().any(|ending| name.trim_end().ends_with(ending));
    if named(&[".zip", ".rar", ".7z"]) {
        "proof-packed"
    } else if media_type(bytes) == OLD_OFFICE.media && named(&[".docx", ".xlsx", ".pptx"]) {
        // An encrypted document of the new kind lies in a container of the old one (MS-OFFCRYPTO, 1.3.1).
        "proof-locked"
    } else {
        "proof-foreign"
    }
}

/// What it may be by its bytes.
fn by_bytes(bytes: &[u8]) -> &'static [Sort] {
    match media_type(bytes) {
        "application/pdf" => &[PDF],
        "image/png" => &[PNG],
        "image/jpeg" => &[JPEG],
        "image/gif" => &[GIF],
        "application/zip" => of_archive(bytes),
        "application/x-ole-storage" => &[OLD_OFFICE],
        _ if is_plain_text(bytes) && std::str::from_utf8(bytes).is_ok() => &[TEXT, CSV],
        _ if is_plain_text(bytes) => &[OTHER_TEXT, OTHER_CSV],
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12).is_some_and(|word| word == b"WEBP") => &[WEBP],
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12).is_some_and(|word| word == b"WAVE") => &[WAV],
        _ if bytes.starts_with(b"ID3") => &[MP3],
        // A frame of MPEG audio, layer III.
        _ if matches!(bytes, [0xff, 0xfa | 0xfb | 0xf2 | 0xf3 | 0xe2 | 0xe3, ..]) => &[MP3],
        _ if bytes.starts_with(b"OggS") => &[OGG],
        _ if bytes.get(4..8).is_some_and(|word| word == b"ftyp") => match bytes.get(8..12) {
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"mif1" | b"msf1") => &[HEIC],
            _ => &[MP4, M4A, MOV],
        },
        _ => &[],
    }
}

/// Office documents are archives with folders of their own, or begin with a word that says what they are (ODF 1.3, part 2).
fn of_archive(bytes: &[u8]) -> &'static [Sort] {
    let says = |what: &Sort| bytes.get(30..).is_some_and(|rest| rest.starts_with(format!("mimetype{}", what.media).as_bytes()));
    if has(bytes, b"word/") {
        &[WORD]
    } else if has(bytes, b"xl/") {
        &[WORKBOOK]
    } else if has(bytes, b"ppt/") {
        &[SLIDES]
    } else if says(&OPEN_TEXT) {
        &[OPEN_TEXT]
    } else if says(&OPEN_SHEET) {
        &[OPEN_SHEET]
    } else if says(&OPEN_SLIDES) {
        &[OPEN_SLIDES]
    } else {
        &[]
    }
}

/// Words, and neither a program nor a page of the web.
fn is_plain_text(bytes: &[u8]) -> bool {
    let Some(text) = decoded(bytes) else { return false };
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    !text.contains('\0') && !begin.starts_with('<') && !begin.starts_with("MZ")
}

/// The text in UTF-8, UTF-16 with its mark, or an old Vietnamese encoding; None when it is in none of them.
fn decoded(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Some(text.to_owned()),
            Err(_) => legacy::detect(bytes).map(|encoding| legacy::decode(bytes, encoding)),
        },
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().ok()
}

/// Whether another program would take it for something else: a browser for a page by its head, an unpacker for an archive by
/// its tail. A text that speaks of pages is a text.
fn is_two_things(bytes: &[u8], is_text: bool) -> bool {
    if bytes.starts_with(b"PK\x03\x04") {
        return false; // an office document is an archive
    }
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes).to_ascii_lowercase();
    let tags: [&[u8]; 4] = [b"<html", b"<script", b"<!doctype html", b"<svg"];
    let is_page = !is_text && tags.iter().any(|tag| has(&head, tag));
    is_page || ends_as_archive(bytes)
}

/// Whether a record that ends an archive stands at the end, with its comment as long as it says.
fn ends_as_archive(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(ZIP_END_BYTES + usize::from(u16::MAX));
    let tail = bytes.get(from..).unwrap_or_default();
    tail.windows(ZIP_END_BYTES).enumerate().any(|(at, record)| {
        let comment = usize::from(u16::from_le_bytes([record[20], record[21]]));
        record.starts_with(b"PK\x05\x06") && at + ZIP_END_BYTES + comment == tail.len()
    })
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_name_say_the_same() {
        let taken: [(&str, &[u8], Sort); 14] = [
            ("Biên bản.PDF", b"%PDF-1.7 x", PDF),
            ("anh.jpeg", b"\xff\xd8\xff\xe0", JPEG),
            ("bao-cao.docx", b"PK\x03\x04 .. word/document.xml", WORD),
            ("bao-cao.doc", b"\xd0\xcf\x11\xe0 ..", OLD_OFFICE),
            ("loa.mp3", b"ID3\x03\0\0", MP3),
            ("phim.mp4", b"\0\0\0\x18ftypisom", MP4),
            ("so-lieu.csv", "xã;số hộ\nMỹ Thọ;12".as_bytes(), CSV),
            ("so-lieu.txt", b"\xff\xfea\0b\0", OTHER_TEXT),
            ("anh.webp", b"RIFF\x04\0\0\0WEBPVP8 ", WEBP),
            ("loa.WAV", b"RIFF\x04\0\0\0WAVEfmt ", WAV),
            ("IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0", HEIC),
            ("IMG_0002.MOV", b"\0\0\0\x14ftypqt  \0\0\0\0", MOV),
            ("tai-ve.jfif", b"\xff\xd8\xff\xe0", JPEG),
            ("anh.jpg ", b"\xff\xd8\xff\xe0", JPEG),
        ];
        for (name, bytes, sort) in taken {
            assert_eq!(of(name, bytes), Some(sort), "{name}");
        }
        let foreign: [(&str, &[u8]); 10] = [
            ("a.pdf", b"MZ\x90\0"),
            ("a.pdf", b"<html><script>1</script>"),
            ("a.txt", b"<html>"),
            ("a.txt", b"MZ and more"),
            ("a.exe", b"MZ\x90\0"),
            ("a.docx", b"PK\x03\x04 anything"),
            ("a.pdf", b"\x89PNG\r\n\x1a\n"),
            ("a.csv", b"\x01\0\x02\0"),
            ("a", b"%PDF-1.7"),
            ("a.mp4", b"\0\0\0\x18ftypheic\0\0\0\0"),
        ];
        for (name, bytes) in foreign {
            assert_eq!(of(name, bytes), None, "{name} {bytes:?}");
        }
    }

    #[test]
    fn a_refusal_says_the_way_out() {
        assert_eq!(refusal("anh.ZIP", b"PK\x03\x04"), "proof-packed");
        assert_eq!(refusal("anh.rar", b"Rar!"), "proof-packed");
        assert_eq!(refusal("du-toan.xlsx", b"\xd0\xcf\x11\xe0 .."), "proof-locked");
        assert_eq!(refusal("thu.msg", b"\xd0\xcf\x11\xe0 .."), "proof-foreign");
    }

    #[test]
    fn what_is_two_things_is_none() {
        let archive = [b"%PDF-1.7 PK\x03\x04 .. PK\x05\x06".as_slice(), &[0; 16], b"\x02\0ok"].concat();
        assert_eq!(of("a.pdf", &archive), None, "an unpacker would read it");
        assert_eq!(of("a.gif", b"GIF89a/*<script>alert(1)</script>*/"), None, "a browser might run it");
        let within = [archive.as_slice(), b" and a paper goes on".as_slice()].concat();
        assert_eq!(of("a.pdf", &within), Some(PDF), "an attachment within a paper is no tail");
        assert_eq!(of("a.txt", "Trang có <script> trong mẫu".as_bytes()), Some(TEXT));
    }
}
