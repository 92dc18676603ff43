//! The bodies named at the top left: "cơ quan chủ quản" over "cơ quan ban hành".

use crate::model::{Field, Header, Passage};
use crate::normal::folded;

use super::sighted::squeeze;

/// First words of the name of a body of the State, the Party or an association.
const FIRST_WORDS: [&str; 58] = [
    "uy ban",
    "ubnd",
    "hoi dong",
    "hdnd",
    "so ",
    "bo ",
    "ban ",
    "cuc ",
    "chi cuc",
    "tong cuc",
    "van phong",
    "tinh uy",
    "huyen uy",
    "thanh uy",
    "dang uy",
    "thi uy",
    "quan uy",
    "chi bo",
    "dang bo",
    "truong ",
    "vien ",
    "cong an",
    "trung tam",
    "phong ",
    "thanh tra",
    "bao ",
    "dai ",
    "cong ty",
    "tong cong ty",
    "lien hiep",
    "lien doan",
    "hoi ",
    "mat tran",
    "doan ",
    "chinh phu",
    "thu tuong",
    "quoc hoi",
    "chu tich",
    "toa an",
    "vien kiem sat",
    "ngan hang",
    "kho bac",
    "bao hiem",
    "hiep hoi",
    "lien minh",
    "benh vien",
    "tram ",
    "to cong nghe",
    "tieu ban",
    "quan khu",
    "bo chi huy",
    "cong thong tin",
    "thue ",
    "hai quan",
    "dai hoc",
    "hoc vien",
    "nha xuat ban",
    "vu ",
];

/// The line begins the name of a body.
pub(crate) fn begins_name(line: &str) -> bool {
    let head = folded(line, 24) + " ";
    FIRST_WORDS.iter().any(|word| head.starts_with(word))
}

/// The line names the authority that decides ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU"), as decisions do over their bases.
pub(super) fn is_authority(line: &str) -> bool {
    const POSTS: [&str; 8] =
        ["giam doc", "bo truong", "chu nhiem", "hieu truong", "vien truong", "tong giam doc", "bi thu", "truong ban"];
    let head = folded(line, 24);
    begins_name(line) || POSTS.iter().any(|post| head.starts_with(post))
}

/// Lines into bodies: a line that begins no name goes on with the one above; the last body issues.
pub(super) fn fill(header: &mut Header, lines: &[Passage]) {
    let mut bodies: Vec<Field> = Vec::new();
    for line in lines {
        let words = squeeze(&line.text);
        match bodies.last_mut().filter(|_| !begins_name(&words)) {
            Some(body) => {
                body.value = format!("{} {words}", body.value);
                body.span = body.span.cover(line.span);
            }
            None => bodies.push(Field { value: words, span: line.span }),
        }
    }
    header.issuer = bodies.pop();
    header.superior = bodies
        .into_iter()
        .reduce(|upper, lower| Field { value: format!("{} {}", upper.value, lower.value), span: upper.span.cover(lower.span) });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    fn bodies(lines: &[&str]) -> (Option<String>, Option<String>) {
        let lines: Vec<Passage> = lines.iter().map(|line| Passage { text: (*line).into(), span: Span::default() }).collect();
        let mut header = Header::default();
        fill(&mut header, &lines);
        (header.superior.map(|f| f.value), header.issuer.map(|f| f.value))
    }

    #[test]
    fn one_body_over_two_lines() {
        assert_eq!(bodies(&["ỦY BAN NHÂN DÂN", "TỈNH MẪU"]), (None, Some("ỦY BAN NHÂN DÂN TỈNH MẪU".into())));
    }

    #[test]
    fn a_body_under_another() {
        let expected = (Some("UBND TỈNH MẪU".into()), Some("SỞ KHOA HỌC VÀ CÔNG NGHỆ".into()));
        assert_eq!(bodies(&["UBND TỈNH MẪU", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"]), expected);
        let party = (Some("TỈNH ỦY MẪU".into()), Some("BAN TUYÊN GIÁO VÀ DÂN VẬN".into()));
        assert_eq!(bodies(&["TỈNH ỦY MẪU", "BAN TUYÊN GIÁO", "VÀ DÂN VẬN"]), party);
    }
}
