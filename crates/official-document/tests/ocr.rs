//! Recognition of characters in a scan. Skipped where `tesseract` with Vietnamese is not installed.

#[path = "../../../fuzz/bodies/document_invariants.rs"]
mod invariants;

use std::process::Command;

use official_document::{Limits, Media, ReadError, ocr};

/// A page of the skills plan as a picture; nothing, with the reason printed, when it can not be made or read.
fn scan() -> Option<Vec<u8>> {
    if !ocr::available() {
        eprintln!("skipped: tesseract with vie, or pdftoppm, is absent");
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/skills.pdf");
    let arguments = ["-png", "-gray", "-singlefile", "-r", "200", "-f", "1", "-l", "1", plan, "page"];
    let status = Command::new("pdftoppm").args(arguments).current_dir(folder.path()).status().expect("pdftoppm");
    assert!(status.success());
    Some(std::fs::read(folder.path().join("page.png")).expect("the picture"))
}

#[test]
fn a_scanned_page() {
    let Some(scan) = scan() else { return };
    let plan = ocr::read(&scan, "trang-1.png", &Limits::for_ocr()).expect("a document");
    invariants::check(&plan);
    assert_eq!((plan.source.media, plan.source.pages), (Media::Ocr, Some(1)));
    assert_eq!(plan.warnings[0].code, "ocr");
    assert!(plan.warnings[0].message.contains('%'));
    assert_eq!(plan.header.symbol.as_ref().map(|field| field.value.as_str()), Some("45/KH-SKHCN"));
    assert_eq!(plan.header.issued_on.map(|day| day.to_string()).as_deref(), Some("2026-01-15"));
    let markers: Vec<&str> = plan.parts.iter().map(|part| part.marker.as_str()).collect();
    assert_eq!(markers, ["I.", "II."]);
    let task = plan.walk().map(|(_, part)| part).find(|part| part.text.contains("sổ tay")).expect("a task");
    assert!(task.text.contains("hình ảnh, dễ hiểu") && task.marker == "a)", "{} {}", task.marker, task.text);
}

#[test]
fn a_scan_in_a_pdf_is_stopped_in_time() {
    if scan().is_none() {
        return;
    }
    let plan = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/skills.pdf")).expect("the plan");
    let hurried = Limits { time: std::time::Duration::from_millis(300), ..Limits::for_ocr() };
    assert_eq!(ocr::read(&plan, "k.pdf", &hurried), Err(ReadError::TimedOut { limit: hurried.time }));
    let short = Limits { pages: 0, ..Limits::for_ocr() };
    assert_eq!(ocr::read(&plan, "k.pdf", &short), Err(ReadError::TooManyPages { pages: 1, limit: 0 }));
}

#[test]
fn what_is_no_scan() {
    if !ocr::available() {
        assert_eq!(ocr::read(b"%PDF-1.7", "a.pdf", &Limits::for_ocr()), Err(ReadError::OcrUnavailable));
        return;
    }
    let code = |bytes: &[u8]| ocr::read(bytes, "a", &Limits::for_ocr()).map_err(|error| error.code());
    assert_eq!(code(b"chu").err(), Some("unknown-format"));
    assert_eq!(code(b"%PDF-1.7 rac").err(), Some("corrupt"));
    let huge = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 1, 0, 0], &[0, 1, 0, 0]].concat();
    assert_eq!(code(&huge).err(), Some("too-large"));
}
