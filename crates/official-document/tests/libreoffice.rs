//! The same document as text, and as LibreOffice saves it. Skipped where LibreOffice is not installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use official_document::{Document, Limits, PartKind, read};

/// A text file turned into another format; nothing, with the reason printed, when LibreOffice or the file is absent.
fn converted(text: &Path, format: &str) -> Option<Vec<u8>> {
    if !text.exists() {
        eprintln!("skipped: {} is absent", text.display());
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let mut command = Command::new("soffice");
    command.args(["--headless", &profile, "--infilter=Text (encoded):UTF8", "--convert-to", format, "--outdir"]);
    command.arg(folder.path()).arg(text).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(status) = command.status() else {
        eprintln!("skipped: soffice is not installed");
        return None;
    };
    assert!(status.success(), "soffice: {status}");
    let made = folder.path().join(text.file_name()?).with_extension(format);
    Some(std::fs::read(made).expect("the converted file"))
}

fn shared(name: &str) -> PathBuf {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    std::env::var_os("LANTOA_SHARED").map_or(beside, PathBuf::from).join(name)
}

fn own(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name)
}

/// Kind, label and words of every part; runs of spaces as one, which a page does not keep.
fn shape(document: &Document) -> Vec<(usize, PartKind, String, String)> {
    let words = |text: &str| text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    document.walk().map(|(depth, part)| (depth, part.kind, part.label.clone(), words(&part.text))).collect()
}

#[track_caller]
fn same_as_text(path: &Path, format: &str) {
    let Some(bytes) = converted(path, format) else { return };
    let read = |bytes: &[u8]| read(bytes, "van-ban", &Limits::default()).expect("a document");
    let (text, other) = (read(&std::fs::read(path).expect("the text")), read(&bytes));
    for (expected, found) in shape(&text).into_iter().zip(shape(&other)) {
        assert_eq!(found, expected);
    }
    assert_eq!(other.walk().count(), text.walk().count());
    let value = |field: &Option<official_document::Field>| field.clone().map(|field| field.value);
    assert_eq!(value(&other.header.symbol), value(&text.header.symbol));
    assert_eq!(other.header.issued_on, text.header.issued_on);
    assert_eq!(value(&other.header.subject), value(&text.header.subject));
    assert_eq!(other.recipients.len(), text.recipients.len());
    assert_eq!(other.preamble.len(), text.preamble.len());
}

#[test]
fn a_decision_as_docx() {
    same_as_text(&own("decision.txt"), "docx");
}

#[test]
fn the_provinces_plan_as_docx() {
    same_as_text(&shared("data/plan-118.txt"), "docx");
}

#[test]
fn a_decision_as_pdf() {
    same_as_text(&own("decision.txt"), "pdf");
}

#[test]
fn the_provinces_plan_as_pdf() {
    same_as_text(&shared("data/plan-118.txt"), "pdf");
}
