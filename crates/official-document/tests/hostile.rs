//! Input made to cost: an error that names the cause, or a document, in bounded time and memory.

#[path = "../../../fuzz/bodies/document_invariants.rs"]
mod invariants;

use std::time::{Duration, Instant};

use official_document::{Limits, ReadError, read, read_text};

/// Far above what the reader takes even unoptimised on a busy machine, far below what anything quadratic takes.
const PATIENCE: Duration = Duration::from_secs(20);
const TEN_MEGABYTES: usize = 10 << 20;
/// As much as an unoptimised reader takes in a moment; `cargo bench` reads the ten megabytes.
const MEGABYTE: usize = 1 << 20;

fn code(bytes: &[u8]) -> &'static str {
    let begun = Instant::now();
    let result = read(bytes, "thu.txt", &Limits::default());
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    result.map_or_else(
        |error| error.code(),
        |document| {
            invariants::check(&document);
            "read"
        },
    )
}

#[test]
fn ten_megabytes_of_dashes() {
    assert_eq!(code("- \n".repeat(TEN_MEGABYTES / 3).as_bytes()), "too-many-parts");
    assert_eq!(code("- a\n".repeat(TEN_MEGABYTES / 4).as_bytes()), "too-many-parts");
    assert_eq!(code("- ".repeat(MEGABYTE / 2).as_bytes()), "read");
}

#[test]
fn a_megabyte_on_one_line() {
    assert_eq!(code("việc ".repeat(MEGABYTE / 7).as_bytes()), "read");
    assert_eq!(code("1.".repeat(MEGABYTE / 2).as_bytes()), "read");
    assert_eq!(code("\u{323}".repeat(MEGABYTE / 2).as_bytes()), "read");
}

#[test]
fn a_million_markers() {
    let markers: String = (0..1_000_000).map(|number| format!("{number}. Việc\n")).collect();
    assert_eq!(code(markers.as_bytes()), "too-many-parts");
    let few = Limits::default().paragraphs + 1;
    let document = read_text(&"\n".repeat(few));
    assert_eq!(document.warnings.last().map(|warning| warning.code.as_str()), Some("too-many-parts"));
}

#[test]
fn the_same_line_again_and_again() {
    let lines = 4_000;
    for line in
        ["- Việc.\n", "“mở\n", "Kế hoạch năm\n", "a\tb\tc\n", "Căn cứ luật;\n", "2\n", "Phụ lục I\n", "1. Gồm:\n", "TM. ỦY BAN\n"]
    {
        assert_eq!(code(line.repeat(lines).as_bytes()), "read", "{line}");
    }
}

#[test]
fn nesting_without_end() {
    let levels: String = (1..500).map(|depth| format!("{} Gồm:\n", "1.".repeat(depth))).collect();
    assert_eq!(code(levels.as_bytes()), "read");
    let introduced = "1. Gồm các việc sau:\n".repeat(1000);
    assert_eq!(code(introduced.as_bytes()), "read");
    let limits = Limits { depth: 3, ..Limits::default() };
    let document = read("I. A\n1. B\na) C\n- D:\n+ E".as_bytes(), "thu.txt", &limits).expect("a document");
    assert!(document.walk().all(|(depth, _)| depth < 4));
    assert_eq!(document.walk().count(), 5);
}

#[test]
fn files_that_are_no_documents() {
    let too_large = vec![b' '; Limits::default().bytes + 1];
    assert_eq!(code(&too_large), "too-large");
    assert_eq!(code(b""), "empty");
    assert_eq!(code(" \r\n\t\u{a0}\n".as_bytes()), "empty");
    assert_eq!(code(b"\xff\xd8\xff\xe0"), "no-text-layer");
    assert_eq!(code(b"{\\rtf1 van ban}"), "unknown-format");
    assert_eq!(code(b"MZ\x90\x00\x03\x00\x00\x00"), "unknown-format");
    let error = read(b"\x00\x01\x02", "ban-do.bin", &Limits::default());
    assert_eq!(error, Err(ReadError::UnknownFormat { name: "ban-do.bin".into() }));
}
