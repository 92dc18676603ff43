//! A number with its comparison: "ít nhất 80%", "từ 85% trở lên", "≥ 30", "50 - 60".

use std::sync::LazyLock;

use vietnamese::number::parse_number;

use super::super::words::{Phrases, Shape, Words, phrases};

/// A comparison and its bounds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Quantity {
    /// "=", ">=", ">", "<=", "<", "range".
    pub op: &'static str,
    /// The number, or the lower bound.
    pub value: f64,
    /// The upper bound.
    pub value_to: Option<f64>,
    /// "%" follows.
    pub percent: bool,
    /// The first token: of the comparison when there is one.
    pub start: usize,
    /// The token after the number and "%".
    pub end: usize,
    /// A comparison is written.
    pub compared: bool,
}

/// Comparisons before a number, longest first.
static BEFORE: LazyLock<Phrases<&str>> = LazyLock::new(|| {
    let list = [
        (">=", "đạt ít nhất|đạt tối thiểu|ít nhất là|ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|≥|> ="),
        (">", "đạt trên|từ trên|trên mức|trên|hơn|vượt|lớn hơn|cao hơn|>"),
        ("<=", "không quá|không vượt quá|không cao hơn|không nhiều hơn|tối đa|nhiều nhất|≤|< ="),
        ("<", "dưới mức|dưới|thấp hơn|ít hơn|<"),
        ("=", "="),
    ];
    let mut all = Phrases::default();
    for (op, phrases) in list {
        phrases.split('|').for_each(|phrase| all.add(phrase, op));
    }
    all
});
/// Words before a number that make it part of a name, a date or an order.
static NAMING: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "số|điều|khoản|điểm|mục|phần|chương|ngày|tháng|năm|quí|tuần|lớp|khối|đợt|lần|kì|khóa|độ|vực|đoạn|cấp|\
         hạng|loại|nhóm|mức|đề|án|thứ|km|đến",
    )
});
/// What follows a number that is no quantity of things to be reached.
static NOT_THINGS: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::of("năm|tháng|ngày|tuần|giờ|phút|quí|/|đồng|triệu|tỉ|nghìn|ngàn|tuổi|âm|mặt|cấp|bên"));

/// The quantity that starts at `at`, as a value of its own ("80%", "≥ 30"), whatever follows.
pub(super) fn quantity_at(words: &Words<'_>, at: usize) -> Option<Quantity> {
    let (op, skip) = comparison(words, at);
    if op.is_none() && words.shape(at)? != Shape::Number && words.key(at) != "từ" {
        return None;
    }
    let from = words.key(at + skip) == "từ";
    let start = at + skip + usize::from(from);
    let first = number(words, start)?;
    let mut end = start + 1;
    let mut percent = take_percent(words, &mut end);
    let mut found =
        Quantity { op: op.unwrap_or("="), value: first, value_to: None, percent, start: at, end, compared: op.is_some() };
    if let Some(skip) = words.any(end, phrases!("đến|-|tới"))
        && let Some(second) = number(words, end + skip).filter(|second| *second > first)
    {
        end += skip + 1;
        percent |= take_percent(words, &mut end);
        found = Quantity { op: "range", value_to: Some(second), percent, end, compared: true, ..found };
    }
    let from_on = words.any(end, phrases!("trở lên")).map(|len| (end, len)).or_else(|| near(words, end, "trở lên"));
    let down = near(words, end, "trở xuống");
    match (op, from_on, down) {
        (None, Some((place, len)), _) if found.value_to.is_none() => {
            found.op = ">=";
            found.compared = true;
            if place == end {
                found.end = end + len;
            }
        }
        (None, None, Some(_)) if found.value_to.is_none() => (found.op, found.compared) = ("<=", true),
        _ => {}
    }
    Some(found)
}

/// "trở lên" after the unit: "từ 05 thành viên trở lên".
fn near(words: &Words<'_>, at: usize, phrase: &str) -> Option<(usize, usize)> {
    (at..at + 5)
        .take_while(|index| !words.is(*index, &[",", ";", ".", "(", ""]))
        .find(|index| words.starts(*index, phrase))
        .map(|index| (index, 2))
}

fn comparison(words: &Words<'_>, at: usize) -> (Option<&'static str>, usize) {
    BEFORE.at(words, at).map_or((None, 0), |(len, op)| (Some(*op), len))
}

fn take_percent(words: &Words<'_>, end: &mut usize) -> bool {
    let percent = words.key(*end) == "%" || words.starts(*end, "phần trăm");
    *end += if words.key(*end) == "%" {
        1
    } else if percent {
        2
    } else {
        0
    };
    percent
}

/// The number at `at`, by Vietnamese rules: "1.234,5", "0,7", "09".
pub(super) fn number(words: &Words<'_>, at: usize) -> Option<f64> {
    if words.shape(at)? != Shape::Number {
        return None;
    }
    parse_number(words.key(at)).ok().map(|reading| reading.value.as_f64())
}

/// In running text: the quantity is one of things to be reached, not a date, an order or part of a name.
pub(super) fn counts_things(words: &Words<'_>, found: &Quantity) -> bool {
    if found.percent {
        return !words.starts(found.end, "so với") || found.start > 0;
    }
    let whole = !found.compared || found.op == "range";
    let named = whole && found.start > 0 && words.any(found.start - 1, &NAMING).is_some();
    let dated = words.any(found.end, &NOT_THINGS).is_some();
    let joined = words.is(found.end, &["-"])
        || words.key(found.start.wrapping_sub(1)) == "/"
        || words.key(found.start.wrapping_sub(1)) == "-";
    // "2026 - 2030", and never "1.950 đến 2.100 ha": a range of years has two of them.
    let span = found.value_to.is_none_or(|to| (1945.0..=2150.0).contains(&to));
    let year = whole && span && (1945.0..=2150.0).contains(&found.value);
    let things = words.get(found.end).is_some_and(|token| matches!(token.shape, Shape::Lower | Shape::Title | Shape::Upper));
    things && !named && !dated && !joined && !year
}
