//! The province's plan, when the shared folder stands beside the repository.

use std::path::PathBuf;

use official_document::{Document, Part, PartKind, read_text};

/// The plan, or nothing with the reason printed.
fn plan() -> Option<Document> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    let folder = std::env::var_os("LANTOA_SHARED").map_or(beside, PathBuf::from);
    match std::fs::read_to_string(folder.join("data/plan-118.txt")) {
        Ok(text) => Some(read_text(&text)),
        Err(_) => {
            eprintln!("skipped: ../shared is absent");
            None
        }
    }
}

fn count(document: &Document, kind: PartKind) -> usize {
    document.walk().filter(|(_, part)| part.kind == kind).count()
}

#[test]
fn header_and_closing() {
    let Some(plan) = plan() else { return };
    let header = &plan.header;
    let value = |field: &Option<official_document::Field>| field.clone().map(|field| field.value);
    assert_eq!(value(&header.number).as_deref(), Some("118"));
    assert_eq!(value(&header.symbol).as_deref(), Some("118/KH-UBND"));
    assert_eq!(value(&header.type_name).as_deref(), Some("Kế hoạch"));
    assert_eq!(value(&header.place).as_deref(), Some("Đồng Tháp"));
    assert_eq!(header.issued_on.map(|day| day.to_string()).as_deref(), Some("2025-08-13"));
    assert_eq!(plan.preamble.len(), 1);
    assert_eq!(plan.recipients.len(), 8);
    assert!(plan.warnings.is_empty(), "{:?}", plan.warnings);
}

#[test]
fn parts_and_their_places() {
    let Some(plan) = plan() else { return };
    assert_eq!(count(&plan, PartKind::Roman), 5);
    assert_eq!(count(&plan, PartKind::Dash), 32);
    let fifth = &plan.parts[4];
    let last = fifth.children.last().expect("children");
    assert_eq!(last.kind, PartKind::Paragraph, "the closing paragraph hangs on V");
    assert!(last.text.ends_with("./."));
    let letters = |part: &Part| part.children.iter().map(|child| child.label.clone()).collect::<Vec<_>>();
    let seventh = fifth.children.iter().find(|part| part.label == "7").expect("V.7");
    assert_eq!(letters(seventh), ["a", "b", "c", "d", "đ"]);
}

#[test]
fn parts_rebuild_the_lines_byte_for_byte() {
    let Some(plan) = plan() else { return };
    let lines: Vec<&str> = plan.text.lines().skip(5).take(111).collect();
    let parts: Vec<&str> = plan.walk().map(|(_, part)| plan.words(part.span)).collect();
    assert_eq!(parts, lines);
}
