//! The body of the fuzz target "recogniser": any bytes in, no panic, and what must hold of every recognition.

use std::collections::HashSet;

use official_document::read_text;

use super::compare::compare;
use super::outline::PROVISIONS_MAX;
use super::{Gazetteer, recognise};

/// Reads and recognises arbitrary bytes as text and asserts what holds of every result: paths are unique, spans lie on
/// character boundaries of the text, the result is JSON, and a plan compared with itself is carried whole.
///
/// # Panics
/// When any of this does not hold: that is a bug.
pub fn fuzz_body(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let document = read_text(&text);
    let found = recognise(&document, Gazetteer::standard());
    assert!(found.provisions.len() <= PROVISIONS_MAX + 1, "{} provisions", found.provisions.len());
    let paths: HashSet<&str> = found.provisions.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths.len(), found.provisions.len(), "paths are unique");
    for one in &found.provisions {
        assert!(document.text.get(one.span.start..one.span.end).is_some(), "{} lies in the text", one.path);
        assert!(!one.text.trim().is_empty(), "{} has words", one.path);
        assert!(one.deadline.month.is_none_or(|month| (1..=12).contains(&month)), "{} has a month", one.path);
    }
    assert!(serde_json::to_string(&found).is_ok(), "a recognition is JSON");
    let compared = compare(&found.provisions, &found.provisions);
    assert_eq!(compared.carried.len(), found.provisions.len(), "a plan is its own amendment");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_seeds_hold() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/recogniser");
        let mut count = 0;
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("a seed").path();
            fuzz_body(&std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
            count += 1;
        }
        assert!(count >= 10, "{count} seeds");
    }

    /// Words plans are made of, so that random texts reach the rules.
    const WORDS: &[&str] = &[
        "I. ",
        "II. NHIỆM VỤ\n",
        "1. ",
        "a) ",
        "đ) ",
        "- ",
        "+ ",
        "\n",
        "\n",
        " ",
        ": ",
        "; ",
        ", ",
        ". ",
        "(",
        ")",
        "./.\n",
        "| ",
        "\t",
        "Điều 5. ",
        "Sở Y tế",
        "Sở Văn hóa, Thể thao và Du lịch",
        "các sở, ban, ngành",
        "Ủy ban nhân dân các xã, phường",
        "chủ trì",
        "phối hợp với",
        "và ",
        "Giao ",
        "Đơn vị chủ trì: ",
        "Thời gian: ",
        "hoàn thành ",
        "trước ngày 30/6/2026",
        "trong năm ",
        "2026",
        "Quý II/2026",
        "hằng năm",
        "định kỳ ",
        "báo cáo ",
        "100% ",
        "ít nhất 03 ",
        "≥ 5",
        "trừ ",
        "MỤC TIÊU",
        "Phụ lục I\n",
        "TT | Nhiệm vụ | Chủ trì | Thời gian\n",
        "tổ chức ",
        "xây dựng ",
        "kết quả ",
        "từ ",
        "đến ",
        "tháng 5, 6",
    ];

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![8 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => ".{0,12}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn no_text_makes_it_panic(pieces in prop::collection::vec(piece(), 0..80)) {
            fuzz_body(pieces.concat().as_bytes());
        }

        #[test]
        fn no_bytes_make_it_panic(data in prop::collection::vec(any::<u8>(), 0..400)) {
            fuzz_body(&data);
        }
    }
}
