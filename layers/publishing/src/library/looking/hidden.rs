//! Files that are two things at once: a picture for the eye and a page, an archive or a program for whoever opens it otherwise.

use std::io::{Read, Seek};

use super::{cut_short, tail};
use crate::web::Obstacle;

/// Long enough not to occur by chance in compressed data of our sizes.
const TAGS: [&[u8]; 6] = [b"<script", b"<iframe", b"<html>", b"<html ", b"<?php ", b"javascript:"];
const TAG_BYTES_MAX: usize = 11;
/// The end record of a ZIP archive with the longest comment (APPNOTE 4.3.16).
const ZIP_END_BYTES_MAX: u64 = 65_557;

/// A page or a drawing in markup, whatever its name is.
pub fn markup(head: &[u8]) -> Option<Obstacle> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if !text.starts_with(b"<") {
        return None;
    }
    let is_drawing = has(text, b"<svg");
    Some(Obstacle::new(if is_drawing { "library-refused-svg" } else { "library-refused-markup" }))
}

/// Refuses a picture, film or document in which a page, a program or an archive is hidden.
pub fn search(file: &mut (impl Read + Seek), length: u64) -> Result<(), Obstacle> {
    refuse_archive(file, length)?;
    file.rewind().map_err(cut_short)?;
    let mut window = vec![0; 256 * 1024];
    let mut kept = 0;
    loop {
        let read = file.read(&mut window[kept..]).map_err(cut_short)?;
        if read == 0 {
            return Ok(());
        }
        let filled = kept + read;
        if TAGS.iter().any(|tag| has(&window[..filled], tag)) {
            return Err(Obstacle::new("library-refused-two"));
        }
        // A tag may lie across two reads.
        kept = filled.min(TAG_BYTES_MAX - 1);
        window.copy_within(filled - kept..filled, 0);
    }
}

/// Refuses a file that ends as a ZIP archive.
pub fn refuse_archive(file: &mut (impl Read + Seek), length: u64) -> Result<(), Obstacle> {
    let end = tail(file, length, ZIP_END_BYTES_MAX)?;
    let is_end = |at: usize| {
        let comment = end.get(at + 20..at + 22).map(|two| usize::from(u16::from_le_bytes([two[0], two[1]])));
        end[at..].starts_with(b"PK\x05\x06") && comment.is_some_and(|comment| at + 22 + comment <= end.len())
    };
    let found = (0..end.len()).any(is_end);
    if found { Err(Obstacle::new("library-refused-two")) } else { Ok(()) }
}

/// Whether the bytes hold a text, in small or capital letters.
fn has(bytes: &[u8], text: &[u8]) -> bool {
    let Some(first) = text.first() else { return true };
    let starts = bytes.iter().enumerate().filter(|(_, byte)| byte.eq_ignore_ascii_case(first));
    starts.map(|(at, _)| at).any(|at| bytes.get(at..at + text.len()).is_some_and(|part| part.eq_ignore_ascii_case(text)))
}
