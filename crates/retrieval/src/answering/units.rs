//! A text cut into what can be quoted: sentences, and items of lists with what leads into them. Pure.

use std::ops::Range;

/// An item reaches so far back for its lead.
const LEAD_UNITS: usize = 24;
/// A clause ends at a semicolon when so much stands before it.
const CLAUSE_LETTERS: usize = 120;
/// A sentence and the one before it are quoted together when they take so much.
const BOUND_BYTES: usize = 700;
/// Words at the beginning that may point back.
const POINTING_WORDS: usize = 6;
/// What "này" behind points to the text itself: "Nghị định này", "khoản này".
const OWN: [&str; 14] =
    ["luật", "định", "tư", "quyết", "hoạch", "lệnh", "điều", "khoản", "điểm", "chương", "mục", "bản", "trình", "chế"];
/// What a point behind does not end.
const SHORT: [&str; 18] =
    ["tp", "ths", "ts", "pgs", "gs", "bs", "ks", "cn", "nxb", "tr", "st", "dr", "mr", "mrs", "ms", "vs", "v", "no"];

/// A sentence, or an item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Its bytes.
    pub span: Range<usize>,
    /// The bytes of what leads into it: "Hồ sơ gồm:".
    pub lead: Option<Range<usize>>,
    /// Where a quotation of it begins: one that says little by itself ("Ông …", "Việc này …") is quoted with the sentence before it, once
    /// it is [bound](Self::bind).
    pub from: usize,
}

/// Cuts a text.
#[must_use]
pub fn units(text: &str) -> Vec<Unit> {
    let mut found: Vec<Unit> = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let next = letters.peek().map(|(_, next)| *next);
        if ends(text, start, at, letter, next) {
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..text.len(), &mut found);
    leads(text, &mut found);
    found
}

fn push(text: &str, span: Range<usize>, found: &mut Vec<Unit>) {
    let piece = &text[span.clone()];
    let trimmed = piece.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        let from = span.start + (piece.len() - piece.trim_start().len());
        found.push(Unit { span: from..from + trimmed.len(), lead: None, from });
    }
}

/// Whether a unit ends behind a letter.
fn ends(text: &str, start: usize, at: usize, letter: char, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    match letter {
        '\n' => !goes_on(&text[start..at], &text[at + 1..]),
        '!' | '?' | '…' => next.is_whitespace(),
        ';' => next.is_whitespace() && is_clause(&text[start..at]),
        '.' => next.is_whitespace() && begins_anew(&text[at + 1..]) && !is_short(&text[start..at]),
        // Behind a quotation's end or a bracket the sentence's own end came before.
        '”' | '"' | ')' => {
            next.is_whitespace() && text[start..at].ends_with(['.', '?', '!']) && begins_anew(&text[at + letter.len_utf8()..])
        }
        _ => false,
    }
}

/// Long enough to be quoted alone, and not within brackets.
fn is_clause(piece: &str) -> bool {
    let open = piece.matches('(').count() > piece.matches(')').count();
    !open && piece.chars().count() >= CLAUSE_LETTERS
}

/// A line that goes on in the next: no mark ends it, and what comes begins small and is no item of a list.
fn goes_on(line: &str, rest: &str) -> bool {
    let joins = line.trim_end().ends_with(|last: char| last.is_alphanumeric() || last == ',');
    joins && rest.starts_with(char::is_lowercase) && !is_item(rest)
}

/// What comes begins as a sentence does.
fn begins_anew(rest: &str) -> bool {
    rest.trim_start().chars().next().is_none_or(|first| first.is_uppercase() || first.is_numeric() || !first.is_alphanumeric())
}

/// A number of a list, an initial, or a word that is written short.
fn is_short(before: &str) -> bool {
    let last = before.rsplit(|letter: char| letter.is_whitespace() || matches!(letter, '(' | '.')).next().unwrap_or_default();
    let whole = before.trim();
    let is_item = whole == last && whole.chars().count() <= 3;
    let is_initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    is_item || is_initial || SHORT.contains(&last.to_lowercase().as_str())
}

impl Unit {
    /// A sentence that points back is quoted together with the one before it, in the same paragraph.
    pub fn bind(&mut self, text: &str, before: Option<Range<usize>>) {
        let Some(before) = before else { return };
        let is_near = self.span.end - before.start <= BOUND_BYTES && !text[before.end..self.span.start].contains('\n');
        if is_near && self.lead.is_none() && points_back(&text[self.span.clone()]) {
            self.from = before.start;
        }
    }
}

/// Begins with a pronoun, or says "này" anywhere, or "đó", "ấy" near its beginning. "Luật này" points to the text itself.
fn points_back(piece: &str) -> bool {
    let tokens = vietnamese::tokens(piece);
    let words: Vec<String> = tokens.iter().map(|token| token.text.to_lowercase()).collect();
    let points = |at: usize, word: &str| match word {
        "này" => at > 0 && !OWN.contains(&words[at - 1].as_str()),
        "đó" | "ấy" => at < POINTING_WORDS,
        _ => false,
    };
    let is_named = tokens.get(1).is_some_and(|token| token.text.starts_with(char::is_uppercase));
    let pronoun = match words.first().map_or("", String::as_str) {
        "ông" | "bà" | "anh" | "cô" | "chị" => !is_named,
        first => matches!(first, "nó" | "họ" | "chúng" | "đây" | "nhưng" | "tuy"),
    };
    pronoun || words.iter().enumerate().any(|(at, word)| points(at, word))
}

/// Items get the last unit that ends with a colon.
fn leads(text: &str, found: &mut [Unit]) {
    let mut lead: Option<(usize, Range<usize>)> = None;
    for (at, unit) in found.iter_mut().enumerate() {
        let piece = &text[unit.span.clone()];
        if is_item(piece) {
            unit.lead = lead.clone().filter(|(from, _)| at - from <= LEAD_UNITS).map(|(_, span)| span);
        }
        if piece.ends_with(':') {
            lead = Some((at, unit.span.clone()));
        }
    }
}

/// Begins with a dash, a letter or a number of a list.
fn is_item(piece: &str) -> bool {
    let mut letters = piece.chars();
    match letters.next() {
        Some('-' | '+' | '•' | '*' | '–') => true,
        Some(first) if first.is_alphanumeric() => {
            let rest: String = letters.take(3).collect();
            let mark = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
            mark.starts_with(')')
                || (first.is_ascii_digit()
                    && mark.starts_with('.')
                    && !mark[1..].starts_with(|letter: char| letter.is_ascii_digit()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        units(text).into_iter().map(|unit| &text[unit.span]).collect()
    }

    #[test]
    fn sentences_end_where_sentences_end() {
        assert_eq!(
            cut("Xe đến TP. Cao Lãnh lúc 7.30. Sau đó đi tiếp?  Đúng vậy!"),
            ["Xe đến TP. Cao Lãnh lúc 7.30.", "Sau đó đi tiếp?", "Đúng vậy!"]
        );
        assert_eq!(cut("1. Hồ sơ gồm:\na) Đơn;\nb) Ảnh 3.4 cm.\n\n"), ["1. Hồ sơ gồm:", "a) Đơn;", "b) Ảnh 3.4 cm."]);
        assert_eq!(
            cut("J. Allen ghi 136 lần. Ông nói: “Tôi vui.” Rồi về."),
            ["J. Allen ghi 136 lần.", "Ông nói: “Tôi vui.”", "Rồi về."]
        );
        assert_eq!(cut(" ... \n- \n"), Vec::<&str>::new());
        let clause = "Sở Khoa học và Công nghệ chủ trì việc xây dựng và vận hành cơ sở dữ liệu dùng chung của tỉnh, bảo đảm an toàn thông tin theo cấp độ; các xã, phường cập nhật hằng tháng";
        assert_eq!(cut(clause).len(), 2);
        assert_eq!(cut("Tỉnh có (theo số mới; chưa kể đảo) 102 xã.\nNước O\nnày sạch").len(), 2, "lines that go on, brackets");
    }

    #[test]
    fn what_points_back_is_bound_to_what_it_points_to() {
        let from = |text: &str| {
            let found = units(text);
            let mut last = found[1].clone();
            last.bind(text, Some(found[0].span.clone()));
            last.from
        };
        for text in ["Bà Nguyệt dạy học. Bà mở lớp đêm.", "Tỉnh xây cầu. Việc này xong năm 2026.", "Mưa lớn. Sau đó trời tạnh."]
        {
            assert_eq!(from(text), 0, "{text}");
        }
        for text in
            ["Bà Nguyệt dạy học. Ông Lê Mẫu mở lớp.", "Tỉnh xây cầu. Nghị định này có hiệu lực.", "Mưa lớn.\nSau đó trời tạnh."]
        {
            assert_ne!(from(text), 0, "{text}");
        }
    }

    #[test]
    fn items_know_what_leads_into_them() {
        let text = "Hồ sơ gồm:\na) Đơn;\nb) Ảnh.\nNộp ở xã.";
        let found = units(text);
        assert_eq!(found[1].lead, Some(0.."Hồ sơ gồm:".len()));
        assert_eq!(found[2].lead, found[1].lead);
        assert_eq!(found[3].lead, None);
    }
}
