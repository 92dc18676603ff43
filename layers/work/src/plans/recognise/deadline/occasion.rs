//! Times told by what surrounds them: a feast, a season, a bracket, a stretch at the end, "trong năm".

use std::sync::LazyLock;

use super::super::model::{DeadlineKind, Origin};
use super::super::words::{Phrases, Shape, Words, phrases};
use super::body::{Found, cites_document};
use super::time::{Time, time_at};
use super::{content_end, mark};

/// "tham gia hiến máu trong năm.": the year of the document; "một lần trong năm" is how often.
pub(super) fn this_year(words: &Words<'_>, at: usize, to: usize) -> Option<Found> {
    let len = words.any(at, phrases!("ngay trong năm nay|trong năm nay|ngay trong năm|trong năm"))?;
    let closes = at + len >= to.min(content_end(words)) || words.is(at + len, &[",", ";"]);
    let often = words.is(at.wrapping_sub(1), &["lần", "buổi", "lớp", "đợt"]);
    let time = Time { kind: DeadlineKind::Unknown, end: at + len, ..Time::default() };
    (closes && !often).then_some(Found { rank: 4, start: at, time, origin: Origin::Body, approximate: false })
}

/// "trồng rừng | vào vụ Xuân năm 2027", "trong vụ Đông Xuân 2026 - 2027"
pub(super) fn season(words: &Words<'_>, at: usize, to: usize) -> Option<Found> {
    const NAME_MAX: usize = 5;
    let skip = words.any(at, phrases!("vào vụ|trong vụ|từ vụ|trước vụ|vào mùa|trong mùa"))?;
    let named = |time: &Time| time.end <= to && matches!(time.kind, DeadlineKind::Year | DeadlineKind::Range);
    let inside = (at + skip..at + skip + NAME_MAX).take_while(|index| !words.is(*index, &[",", ";", "(", "."]));
    let time = inside.filter(|index| *index > at + skip).find_map(|index| time_at(words, index).filter(named))?;
    Some(Found { rank: 3, start: at, time, origin: Origin::Body, approximate: true })
}

/// "trước ngày Quốc khánh 02/9/2026", "trước Lễ hội đền Hùng (10/3)": the day that the name of a feast goes with.
pub(super) fn before_feast(words: &Words<'_>, at: usize, to: usize) -> Option<Found> {
    const NAME_MAX: usize = 8;
    words.any(at, phrases!("trước ngày|trước dịp|trước lễ|trước kì nghỉ|trước đại hội|trước kì thi"))?;
    let day = |index: usize| time_at(words, index).filter(|time| time.point.day.is_some() && time.point.month.is_some());
    let mut inside = (at + 2..to.min(at + 2 + NAME_MAX))
        .take_while(|index| words.shape(*index) != Some(Shape::Sign) || words.key(*index) == "(");
    let mut time = inside.find_map(day).filter(|time| time.end <= to && time.from.is_none())?;
    time.before = true;
    Some(Found { rank: 3, start: at, time, origin: Origin::Body, approximate: false })
}

/// "Giai đoạn 1 (2026 - 2027): …", "Trong Tháng hành động vì môi trường (tháng 6/2026), …"
pub(super) fn in_first_bracket(words: &Words<'_>) -> Option<Found> {
    const OPENING_MAX: usize = 14;
    words.any(0, phrases!("giai đoạn|đợt|trong|nhân|nhân dịp|hưởng ứng|vào|đợt cao điểm"))?;
    let open = (1..OPENING_MAX).find(|at| words.shape(*at).is_none_or(|shape| shape == Shape::Sign))?;
    let close = (words.key(open) == "(").then(|| words.closing(open, OPENING_MAX)).flatten()?;
    let time = mark(words, open + 1, close).filter(|time| time.kind != DeadlineKind::Unknown)?;
    let ends = words.is(close + 1, &[",", ":"]);
    ends.then_some(Found { rank: 2, start: open + 1, time, origin: Origin::Leading, approximate: false })
}

/// "… cho 150 nhà giáo | giai đoạn 2026 - 2028." at the very end: a stretch, where no document carries it in its name.
pub(super) fn stretch(words: &Words<'_>, sentence: usize, at: usize) -> Option<Found> {
    static NAMED: LazyLock<Phrases<()>> = LazyLock::new(|| {
        Phrases::of(
            "đầu tư công|trung hạn|lộ trình|danh mục|định hướng|phong trào|cuộc vận động|cuộc thi|phương án|quy chế|\
             quy định|chính sách|mục tiêu|hiệp định|thỏa thuận|biên bản|báo cáo|đề cương|dự toán|mô hình|hồ sơ|kết luận",
        )
    });
    let time = words.starts(at, "giai đoạn").then(|| time_at(words, at)).flatten()?;
    // "Tổng kinh phí giai đoạn 2026 - 2030 là 312 tỷ đồng"
    let summed = words.is(time.end, &["là", "khoảng", "ước", ":"]) && at > sentence;
    if time.kind == DeadlineKind::Range && summed && words.find_in(sentence, at, "kinh phí").is_some() {
        return Some(Found { rank: 2, start: at, time, origin: Origin::Body, approximate: false });
    }
    if time.kind != DeadlineKind::Range || time.end < content_end(words) || at == sentence {
        return None;
    }
    let from = (sentence..at).rev().find(|index| words.key(*index) == ";").unwrap_or(sentence);
    let named = cites_document(words, from, at) || (from..at).any(|index| words.any(index, &NAMED).is_some());
    let told = words.is(at.wrapping_sub(1), &["với", "của", "cho", "thuộc", "hơn", "sau", "trước", "theo", "từ", "đến", "và"]);
    (!named && !told).then_some(Found { rank: 3, start: at, time, origin: Origin::Body, approximate: false })
}
