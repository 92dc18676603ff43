//! The types of documents and their abbreviations.

use crate::normal::{folded, is_caps};

/// Name and abbreviation: Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III; then normative documents (Luật Ban hành văn
/// bản quy phạm pháp luật) and documents of the Party (Hướng dẫn 36-HD/VPTW), which add to the list.
pub(crate) const TYPES: [(&str, &str); 44] = [
    ("Nghị quyết", "NQ"),
    ("Quyết định", "QĐ"),
    ("Chỉ thị", "CT"),
    ("Quy chế", "QC"),
    ("Quy định", "QyĐ"),
    ("Thông cáo", "TC"),
    ("Thông báo", "TB"),
    ("Hướng dẫn", "HD"),
    ("Chương trình", "CTr"),
    ("Kế hoạch", "KH"),
    ("Phương án", "PA"),
    ("Đề án", "ĐA"),
    ("Dự án", "DA"),
    ("Báo cáo", "BC"),
    ("Biên bản", "BB"),
    ("Tờ trình", "TTr"),
    ("Hợp đồng", "HĐ"),
    ("Công điện", "CĐ"),
    ("Bản ghi nhớ", "BGN"),
    ("Bản thỏa thuận", "BTT"),
    ("Giấy ủy quyền", "GUQ"),
    ("Giấy mời", "GM"),
    ("Giấy giới thiệu", "GGT"),
    ("Giấy nghỉ phép", "GNP"),
    ("Phiếu gửi", "PG"),
    ("Phiếu chuyển", "PC"),
    ("Phiếu báo", "PB"),
    ("Nghị định", "NĐ"),
    ("Thông tư", "TT"),
    ("Thông tư liên tịch", "TTLT"),
    ("Luật", "L"),
    ("Pháp lệnh", "PL"),
    ("Lệnh", "L"),
    ("Kết luận", "KL"),
    ("Quy trình", "QTr"),
    ("Thông tri", "TTri"),
    ("Công văn", "CV"),
    ("Danh mục", "DM"),
    ("Chiến lược", "CL"),
    ("Điều lệ", "ĐL"),
    ("Quy hoạch", "QH"),
    ("Nội quy", "NQy"),
    ("Đề cương", "ĐC"),
    ("Lịch", "L"),
];

/// The type with this abbreviation ("KH" → "Kế hoạch").
pub(crate) fn of_code(code: &str) -> Option<&'static str> {
    TYPES.iter().find(|(_, known)| *known == code).map(|(name, _)| *name)
}

/// The abbreviation of a type.
pub(crate) fn code_of(name: &str) -> Option<&'static str> {
    TYPES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
}

/// The type a line names: the whole line, or its beginning when the line is in capitals; with the bytes it takes.
pub(crate) fn named_by(line: &str) -> Option<(&'static str, usize)> {
    let plain = line.trim_end_matches([':', ' ']);
    let head = folded(plain, 24);
    let caps = is_caps(plain);
    let begins = |name: &str| {
        let name = folded(name, 24);
        let rest = head.strip_prefix(name.as_str());
        rest.is_some_and(|rest| rest.is_empty() || (caps && rest.starts_with(' ')))
    };
    let longest = TYPES.iter().filter(|(name, _)| begins(name)).max_by_key(|(name, _)| name.len())?.0;
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
