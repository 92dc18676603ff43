//! Which of the times that a provision names is the one that is asked for. Where it names several and it is not certain, none is: the
//! sentence is shown as it stands, and nobody reads a deadline that belongs to something else. Pure.

use std::ops::Range;

use super::intent;

/// What times are counted in.
const CALENDAR: &[&str] = &["năm", "quý", "tháng", "ngày"];
/// Words before a time that make it a deadline: "kế hoạch năm 2026" is none.
const LEADING: &[&str] = &["vào", "trong", "trước", "đến", "từ", "xong", "thành", "nhất", "hạn", "sau", "là"];
/// Words that may stand between.
const BETWEEN: &[&str] = &["hết", "đầu", "cuối", "giữa"];

/// The time that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant<'a> {
    /// The provision names no more than one: its deadline.
    Only,
    /// This stretch of it.
    Said(&'a str),
    /// It names several, and the question says nothing of one more than of the others.
    Unsure,
}

/// Of a provision with that deadline (in its own words), the time that the topic asks for.
#[must_use]
pub fn meant<'a>(text: &'a str, deadline: &str, topic: &[String]) -> Meant<'a> {
    let found: Vec<(&str, &str)> = clauses(text).into_iter().filter_map(|clause| Some((clause, time(clause)?))).collect();
    // Of what comes back every year the days stand together: they are one deadline.
    let is_covered = found.iter().all(|(_, time)| deadline.contains(time));
    if found.len() < 2 || is_covered {
        return Meant::Only;
    }
    let says = |clause: &str| {
        let words = intent::words(clause);
        topic.iter().filter(|word| words.contains(word)).count()
    };
    let best = found.iter().map(|(clause, _)| says(clause)).max().unwrap_or_default();
    let mut those = found.iter().filter(|(clause, _)| says(clause) == best);
    match (best, those.next(), those.next()) {
        (1.., Some(&(_, time)), None) => Meant::Said(time),
        _ => Meant::Unsure,
    }
}

/// The pieces between marks.
fn clauses(text: &str) -> Vec<&str> {
    let (mut found, mut from) = (Vec::new(), 0);
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let is_last = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if letter == '\n' || (matches!(letter, ',' | ';' | '.') && is_last) {
            found.push(&text[from..at]);
            from = at + letter.len_utf8();
        }
    }
    found.push(&text[from..]);
    found
}

/// The time that a clause names, with the word before that makes it a deadline.
fn time(clause: &str) -> Option<&str> {
    let words: Vec<(Range<usize>, String)> = vietnamese::tokens(clause)
        .into_iter()
        .map(|token| (token.span.clone(), vietnamese::normalise(token.text).to_lowercase()))
        .collect();
    let is = |at: usize, list: &[&str]| words.get(at).is_some_and(|(_, word)| list.contains(&word.as_str()));
    let is_time = |at: usize| is(at, CALENDAR) && words.get(at + 1).is_some_and(|(_, word)| is_counted(word));
    let at = (0..words.len()).find(|at| is_time(*at))?;
    let mut from = at;
    while from > 0 && is(from - 1, BETWEEN) {
        from -= 1;
    }
    if from == 0 || !is(from - 1, LEADING) {
        return None;
    }
    let mut end = at + 1;
    while is_time(end + 1) {
        end += 2;
    }
    let rest = words[end].0.end;
    // "20/6/2026" is one word or three, as it is cut.
    let tail = clause[rest..].find(|letter: char| !(letter.is_ascii_digit() || letter == '/')).unwrap_or(clause.len() - rest);
    Some(clause[words[from - 1].0.start..rest + tail].trim())
}

/// A figure, or one of the four quarters.
fn is_counted(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_digit()) || matches!(word.split('/').next(), Some("i" | "ii" | "iii" | "iv"))
}

#[cfg(test)]
mod unit {
    use super::*;

    fn topic(words: &str) -> Vec<String> {
        words.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn the_time_of_the_clause_that_is_asked_about_is_told() {
        let text = "Kiểm tra việc thực hiện ở cơ sở; sơ kết vào quý IV năm 2028, tổng kết trong năm 2030.";
        let of = |words: &str| meant(text, "trong năm 2030", &topic(words));
        assert_eq!(of("so ket"), Meant::Said("vào quý IV năm 2028"));
        assert_eq!(of("tong ket"), Meant::Said("trong năm 2030"));
        assert_eq!(of("kiem tra thuc hien"), Meant::Unsure);
    }

    #[test]
    fn one_deadline_is_the_deadline() {
        let of = |text: &str, deadline: &str| meant(text, deadline, &topic("lap danh muc"));
        assert_eq!(of("Lập danh mục năm 2026. Hoàn thành trong quý I năm 2026.", "trong quý I năm 2026"), Meant::Only);
        assert_eq!(of("Lập danh mục. Hoàn thành trước ngày 20/6/2026.", "trước ngày 20/6/2026"), Meant::Only);
        let twice = "trước ngày 20 tháng 6 và trước ngày 20 tháng 12 hằng năm";
        assert_eq!(of(&format!("Gửi báo cáo {twice}."), twice), Meant::Only);
    }
}
