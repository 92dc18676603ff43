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

#[path = "../examples/report/demo.rs"]
#[expect(dead_code, reason = "the decision is of one page like the letter")]
mod demo;

/// A file that LibreOffice opened and printed; nothing, with the reason printed, when it is not installed.
fn printed(docx: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let file = folder.path().join("van-ban.docx");
    std::fs::write(&file, docx).expect("a file");
    let mut command = Command::new("soffice");
    command.args(["--headless", &profile, "--convert-to", "pdf", "--outdir"]).arg(folder.path()).arg(&file);
    let Ok(status) = command.stdout(Stdio::null()).stderr(Stdio::null()).status() else {
        eprintln!("skipped: soffice is not installed");
        return None;
    };
    assert!(status.success(), "soffice: {status}");
    Some(std::fs::read(file.with_extension("pdf")).expect("the printed file"))
}

/// What each page shows, word by word in any order: two columns are beside each other.
fn pages(pdf: &[u8]) -> Vec<String> {
    pdf_extract::extract_text_from_mem_by_pages(pdf).expect("pages")
}

fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = official_document::one_line(text).chars().filter(|letter| letter.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// What we write is opened unchanged: every word is on its pages, in our structure, and no picture is missing.
#[test]
fn what_is_written_is_printed_unchanged() {
    for mut draft in [demo::report(122), demo::letter()] {
        // LibreOffice does not mark the foot of a page as one.
        draft.heading.contact.clear();
        let Some(theirs) = printed(&official_document::write::docx(&draft).expect("a DOCX")) else { return };
        let ours = official_document::write::pdf(&draft).expect("a PDF");
        let opened = |bytes: &[u8]| read(bytes, "van-ban.pdf", &Limits::default()).expect("a document");
        let (found, expected) = (opened(&theirs), opened(&ours));
        assert_eq!(shape(&found), shape(&expected));
        let rows = |document: &Document| {
            document
                .walk()
                .filter_map(|(_, part)| part.table.clone())
                .flat_map(|table| table.rows)
                .map(|row| row.cells.into_iter().map(|cell| cell.text).collect())
                .collect::<Vec<Vec<String>>>()
        };
        assert_eq!(rows(&found), rows(&expected));
        let value = |field: &Option<official_document::Field>| field.clone().map(|field| field.value);
        let fields = |header: &official_document::Header| [&header.symbol, &header.subject, &header.place].map(value);
        assert_eq!(fields(&found.header), fields(&expected.header));
        let texts = |all: &[official_document::Passage]| all.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&found.recipients), texts(&expected.recipients));
        let (found, expected) = (pages(&theirs), pages(&ours));
        assert!(found.len().abs_diff(expected.len()) <= 1, "{} pages, ours are {}", found.len(), expected.len());
        assert_eq!(letters(&found[0]), letters(&expected[0]), "the first page");
        let numbers = |pages: &[String]| {
            pages.iter().map(|page| page.trim().lines().next().unwrap_or_default().trim().to_owned()).collect::<Vec<_>>()
        };
        assert!(numbers(&found)[0].parse::<u32>().is_err(), "no number on the first page");
    }
}
