//! The types of documents and their abbreviations.

use std::sync::LazyLock;

use vietnamese::abbreviation::{AbbreviationKind, abbreviations};

use crate::normal::{folded, is_caps};

/// A type: "Kế hoạch", "KH".
struct Type {
    name: String,
    folded: String,
    code: &'static str,
}

/// Types that stand over a title but in no number.
const WITHOUT_CODE: [&str; 8] = ["Luật", "Quy trình", "Danh mục", "Chiến lược", "Quy hoạch", "Điều lệ", "Nội quy", "Đề cương"];

static TYPES: LazyLock<Vec<Type>> = LazyLock::new(|| {
    let coded = abbreviations().iter().filter(|known| known.kind == AbbreviationKind::Document);
    let coded = coded.map(|known| (vietnamese::capitalised(known.long), known.short));
    let all = coded.chain(WITHOUT_CODE.map(|name| (name.to_owned(), "")));
    all.map(|(name, code)| Type { folded: folded(&name, name.len()), name, code }).collect()
});

/// No type has a longer name, in any form of Unicode.
const NAME_BYTES_MAX: usize = 60;

/// The type with this abbreviation ("KH" → "Kế hoạch").
pub(crate) fn of_code(code: &str) -> Option<&'static str> {
    TYPES.iter().find(|known| !code.is_empty() && known.code == code).map(|known| known.name.as_str())
}

/// The abbreviation of a type.
pub(crate) fn code_of(name: &str) -> Option<&'static str> {
    TYPES.iter().find(|known| known.name == name).map(|known| known.code).filter(|code| !code.is_empty())
}

/// The type a line names: the whole line, or its beginning when the line is in capitals; with the bytes it takes.
pub(crate) fn named_by(line: &str) -> Option<(&'static str, usize)> {
    let plain = line.trim_end_matches([':', ' ']);
    let caps = is_caps(plain);
    if !caps && plain.len() > NAME_BYTES_MAX {
        return None;
    }
    let head = folded(plain, 24);
    let begins = |known: &&Type| {
        let rest = head.strip_prefix(known.folded.as_str());
        rest.is_some_and(|rest| rest.is_empty() || (caps && rest.starts_with(' ')))
    };
    let longest = TYPES.iter().filter(begins).max_by_key(|known| known.name.len())?.name.as_str();
    let taken = plain.chars().take(longest.chars().count()).map(char::len_utf8).sum();
    Some((longest, taken))
}

/// "K Ế  H O Ạ C H" as "KẾ HOẠCH": letters set apart for looks.
pub(crate) fn set_close(line: &str) -> Option<String> {
    let letters = line.split(' ').filter(|word| !word.is_empty());
    let apart = letters.clone().count() >= 4 && letters.clone().all(|word| word.chars().count() == 1);
    apart.then(|| line.split("  ").map(|word| word.replace(' ', "")).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_type() {
        assert_eq!(named_by("KẾ HOẠCH"), Some(("Kế hoạch", "KẾ HOẠCH".len())));
        assert_eq!(named_by("Kế hoạch"), Some(("Kế hoạch", "Kế hoạch".len())));
        assert_eq!(named_by("QUYẾT ĐỊNH:").map(|found| found.0), Some("Quyết định"));
        assert_eq!(named_by("KẾ HOẠCH TRUYỀN THÔNG").map(|found| found.1), Some("KẾ HOẠCH".len()));
        assert_eq!(named_by("Kế hoạch này có hiệu lực"), None);
        assert_eq!(named_by("LUẬTSƯ"), None);
        assert_eq!(named_by("THÔNG TƯ LIÊN TỊCH").map(|found| found.0), Some("Thông tư liên tịch"));
    }

    #[test]
    fn letters_set_apart() {
        assert_eq!(set_close("K Ế  H O Ạ C H").as_deref(), Some("KẾ HOẠCH"));
        assert_eq!(set_close("KẾ HOẠCH"), None);
    }

    #[test]
    fn codes_and_names() {
        assert_eq!(of_code("CTr"), Some("Chương trình"));
        assert_eq!(code_of("Kế hoạch"), Some("KH"));
        assert_eq!(of_code("UBND"), None);
    }
}
