//! The types of documents and their abbreviations.

use crate::normal::{folded, is_caps};

/// Name, abbreviation, folded name: Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III; then normative documents (Luật Ban hành văn
/// bản quy phạm pháp luật) and documents of the Party (Hướng dẫn 36-HD/VPTW), which add to the list.
pub(crate) const TYPES: [(&str, &str, &str); 44] = [
    ("Nghị quyết", "NQ", "nghi quyet"),
    ("Quyết định", "QĐ", "quyet dinh"),
    ("Chỉ thị", "CT", "chi thi"),
    ("Quy chế", "QC", "quy che"),
    ("Quy định", "QyĐ", "quy dinh"),
    ("Thông cáo", "TC", "thong cao"),
    ("Thông báo", "TB", "thong bao"),
    ("Hướng dẫn", "HD", "huong dan"),
    ("Chương trình", "CTr", "chuong trinh"),
    ("Kế hoạch", "KH", "ke hoach"),
    ("Phương án", "PA", "phuong an"),
    ("Đề án", "ĐA", "de an"),
    ("Dự án", "DA", "du an"),
    ("Báo cáo", "BC", "bao cao"),
    ("Biên bản", "BB", "bien ban"),
    ("Tờ trình", "TTr", "to trinh"),
    ("Hợp đồng", "HĐ", "hop dong"),
    ("Công điện", "CĐ", "cong dien"),
    ("Bản ghi nhớ", "BGN", "ban ghi nho"),
    ("Bản thỏa thuận", "BTT", "ban thoa thuan"),
    ("Giấy ủy quyền", "GUQ", "giay uy quyen"),
    ("Giấy mời", "GM", "giay moi"),
    ("Giấy giới thiệu", "GGT", "giay gioi thieu"),
    ("Giấy nghỉ phép", "GNP", "giay nghi phep"),
    ("Phiếu gửi", "PG", "phieu gui"),
    ("Phiếu chuyển", "PC", "phieu chuyen"),
    ("Phiếu báo", "PB", "phieu bao"),
    ("Nghị định", "NĐ", "nghi dinh"),
    ("Thông tư", "TT", "thong tu"),
    ("Thông tư liên tịch", "TTLT", "thong tu lien tich"),
    ("Luật", "L", "luat"),
    ("Pháp lệnh", "PL", "phap lenh"),
    ("Lệnh", "L", "lenh"),
    ("Kết luận", "KL", "ket luan"),
    ("Quy trình", "QTr", "quy trinh"),
    ("Thông tri", "TTri", "thong tri"),
    ("Công văn", "CV", "cong van"),
    ("Danh mục", "DM", "danh muc"),
    ("Chiến lược", "CL", "chien luoc"),
    ("Điều lệ", "ĐL", "dieu le"),
    ("Quy hoạch", "QH", "quy hoach"),
    ("Nội quy", "NQy", "noi quy"),
    ("Đề cương", "ĐC", "de cuong"),
    ("Lịch", "L", "lich"),
];

/// No type has a longer name, in any form of Unicode.
const NAME_BYTES_MAX: usize = 60;

/// The type with this abbreviation ("KH" → "Kế hoạch").
pub(crate) fn of_code(code: &str) -> Option<&'static str> {
    TYPES.iter().find(|(_, known, _)| *known == code).map(|(name, ..)| *name)
}

/// The abbreviation of a type.
pub(crate) fn code_of(name: &str) -> Option<&'static str> {
    TYPES.iter().find(|(known, ..)| *known == name).map(|(_, code, _)| *code)
}

/// The type a line names: the whole line, or its beginning when the line is in capitals; with the bytes it takes.
pub(crate) fn named_by(line: &str) -> Option<(&'static str, usize)> {
    let plain = line.trim_end_matches([':', ' ']);
    let caps = is_caps(plain);
    if !caps && plain.len() > NAME_BYTES_MAX {
        return None;
    }
    let head = folded(plain, 24);
    let begins = |name: &str| {
        let rest = head.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || (caps && rest.starts_with(' ')))
    };
    let longest = TYPES.iter().filter(|(.., name)| begins(name)).max_by_key(|(.., name)| name.len())?.0;
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
