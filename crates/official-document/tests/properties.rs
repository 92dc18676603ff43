//! What holds for any text.

#[path = "../../../fuzz/bodies/document_invariants.rs"]
mod invariants;

use official_document::{Limits, PartKind, read, read_text};
use proptest::prelude::*;

/// Lines such as documents are made of, and lines that only look like it.
fn line() -> impl Strategy<Value = String> {
    let marker = prop_oneof![
        Just(""),
        Just("I. "),
        Just("II."),
        Just("1. "),
        Just("2. "),
        Just("1.1. "),
        Just("a) "),
        Just("đ)  "),
        Just("- "),
        Just("– "),
        Just("+ "),
        Just("* "),
        Just("Điều 1. "),
        Just("Chương I"),
        Just("Mục 1"),
        Just("(1) "),
        Just("i) "),
        Just("“"),
        Just("| a | b |"),
        Just("x\ty\tz"),
        Just("Căn cứ "),
        Just("Kính gửi: "),
        Just("Nơi nhận:"),
        Just("TM. ỦY BAN NHÂN DÂN"),
        Just("PHỤ LỤC I"),
        Just("Số:  /KH-UBND"),
        Just("KẾ HOẠCH"),
        Just("2"),
    ];
    let words = prop_oneof![
        Just(""),
        Just("Mục tiêu"),
        Just("xây dựng chuyên mục, và"),
        Just("Tổ chức thực hiện./."),
        Just("gồm:"),
        Just("Việc một."),
        Just("HÀNH ĐỘNG"),
        Just("theo khoản"),
        Just("e\u{301}\u{323}”"),
    ];
    (marker, words, prop_oneof![Just(""), Just(" "), Just("\u{a0}"), Just("\t")])
        .prop_map(|(marker, words, end)| format!("{marker}{words}{end}"))
}

fn lines() -> impl Strategy<Value = String> {
    let end = prop_oneof![Just("\n"), Just("\r\n"), Just("\n\n"), Just("\r"), Just("\n\u{c}")];
    prop::collection::vec((line(), end), 0..40)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn documents_of_any_lines(text in lines()) {
        invariants::check(&read_text(&text));
    }

    #[test]
    fn any_characters(text in "\\PC{0,200}|[ -~\\nđăâ\u{301}\u{323}.)(/:|]{0,300}") {
        invariants::check(&read_text(&text));
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(document) = read(&bytes, "any.txt", &Limits::default()) {
            invariants::check(&document);
        }
    }

    /// Headings and items in order rebuild a text of one paragraph a line, byte for byte.
    #[test]
    fn parts_rebuild_the_lines(items in prop::collection::vec((1usize..5, 0usize..4), 1..6)) {
        let mut text = String::from("Số: 1/KH-UBND\nKẾ HOẠCH\nThử\n");
        let head = text.len();
        for (section, (letters, dashes)) in items.iter().enumerate() {
            text.push_str(&format!("{}. Phần việc {section}\n", ["I", "II", "III", "IV", "V"][section]));
            for letter in ["a", "b", "c", "d"].iter().take(*letters) {
                text.push_str(&format!("{letter})   Nội  dung “{section}”.  Nhiệm vụ thường xuyên.\n"));
                text.push_str(&"- Việc cần làm.\n".repeat(*dashes));
            }
        }
        let document = read_text(&text);
        let rebuilt: Vec<&str> = document.walk().map(|(_, part)| document.words(part.span)).collect();
        prop_assert_eq!(rebuilt.join("\n"), text[head..].trim_end());
        prop_assert_eq!(document.parts.len(), items.len());
        let dashes = document.walk().filter(|(_, part)| part.kind == PartKind::Dash).count();
        prop_assert_eq!(dashes, items.iter().map(|(letters, dashes)| letters * dashes).sum::<usize>());
    }
}

/// A file of the tests with some bytes changed and its end cut off.
fn damaged(name: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let path = format!("{}/tests/documents/{name}", env!("CARGO_MANIFEST_DIR"));
    let whole = std::fs::read(path).expect("a document of the tests");
    let length = whole.len();
    (prop::collection::vec((0..length, any::<u8>()), 0..12), length / 2..=length).prop_map(move |(changes, kept)| {
        let mut bytes = whole.clone();
        changes.into_iter().for_each(|(place, byte)| bytes[place] = byte);
        bytes.truncate(kept);
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_read_or_refused(docx in damaged("skills.docx"), pdf in damaged("skills.pdf")) {
        for bytes in [docx, pdf] {
            if let Ok(document) = read(&bytes, "hong", &Limits::default()) {
                invariants::check(&document);
            }
        }
    }
}
