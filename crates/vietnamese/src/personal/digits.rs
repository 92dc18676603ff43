//! Numbers of telephones, identity papers and accounts: digits in groups, told apart by how many there are and by the word before.

use std::ops::Range;

use super::{Found, Kind, before, digit, nearest};

/// Longer runs are none of these.
const DIGITS_MAX: usize = 19;
/// Shorter numbers say nothing of anybody by themselves.
const LONG: usize = 9;

/// What a word before a number says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Called {
    Telephone,
    Identity,
    Account,
    /// Of a document, a sum: nobody's.
    Nobody,
}

const WORDS: &[(Called, &[&str])] = &[
    (Called::Telephone, &["dien thoai", "sdt", "dt", "goi", "zalo", "lien he", "hotline", "di dong", "so may", "phone", "tel"]),
    (Called::Identity, &["cccd", "cmnd", "cmt", "can cuoc", "chung minh", "dinh danh", "ho chieu"]),
    (
        Called::Account,
        &["tai khoan", "stk", "so tk", "ngan hang", "vietcombank", "agribank", "bidv", "vietinbank", "sacombank", "techcombank"],
    ),
    (
        Called::Nobody,
        &[
            "ho so",
            "ma so thue",
            "mst",
            "van ban",
            "quyet dinh",
            "giay phep",
            "kinh phi",
            "so tien",
            "gia",
            "tong dai",
            "bien nhan",
        ],
    ),
];
/// What makes the number before it a sum or a measure.
const UNITS: [&str; 14] = ["dong", "d", "vnd", "trieu", "ty", "nghin", "ngan", "usd", "ha", "m2", "km", "kg", "nguoi", "luot"];

/// Digits that stand together.
struct Group {
    range: Range<usize>,
    digits: String,
}

pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for groups in runs(text) {
        let mut at = 0;
        while at < groups.len() {
            match number(text, &groups, at) {
                Some((kind, until)) => {
                    let range = opening(text, groups[at].range.start)..groups[until].range.end;
                    found.push(Found { kind, range });
                    at = until + 1;
                }
                None => at += 1,
            }
        }
    }
    found
}

/// Runs of groups with nothing between them but a space, a dot, a hyphen or a bracket.
fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    for (at, letter) in text.char_indices() {
        let Some(value) = digit(letter) else { continue };
        let end = at + letter.len_utf8();
        let last = runs.last_mut().and_then(|run| run.last_mut());
        match last {
            Some(group) if group.range.end == at => {
                group.digits.push(value);
                group.range.end = end;
                continue;
            }
            Some(group) if is_gap(&text[group.range.end..at]) => {
                let next = Group { range: at..end, digits: value.into() };
                if let Some(run) = runs.last_mut() {
                    run.push(next);
                }
                continue;
            }
            _ => runs.push(vec![Group { range: at..end, digits: value.into() }]),
        }
    }
    runs
}

fn is_gap(between: &str) -> bool {
    between.chars().count() <= 2 && between.chars().all(|letter| " .-\u{a0}()–".contains(letter))
}

/// Where a number begins with its `+` or bracket.
fn opening(text: &str, at: usize) -> usize {
    let head = text[..at].trim_end_matches('+');
    head.len() - usize::from(head.len() < at && head.ends_with('('))
}

/// What the number is that begins at a group, and its last group; None when it is nobody's.
fn number(text: &str, groups: &[Group], at: usize) -> Option<(Kind, usize)> {
    let start = groups[at].range.start;
    let called = nearest(&before(text, start), WORDS);
    let fits = |whole: &dyn Fn(&str) -> bool| {
        let mut digits = String::new();
        let mut last = None;
        for (place, group) in groups.iter().enumerate().skip(at) {
            digits.push_str(&group.digits);
            if digits.len() > DIGITS_MAX {
                break;
            }
            if whole(&digits) {
                last = Some(place);
            }
        }
        last
    };
    let plus = text[..start].ends_with('+');
    match called {
        Some(Called::Account) => {
            if let Some(until) = fits(&|digits| (6..=DIGITS_MAX).contains(&digits.len())) {
                return Some((Kind::BankAccount, until));
            }
        }
        Some(Called::Identity) => {
            if let Some(until) = fits(&|digits| (8..=12).contains(&digits.len())) {
                return Some((Kind::Identity, until));
            }
        }
        _ => {}
    }
    if let Some(until) = fits(&|digits| is_telephone(digits, plus)) {
        return Some((Kind::Telephone, until));
    }
    let single = &groups[at];
    let bare = called == Some(Called::Nobody) || is_sum(text, single.range.end);
    if !bare && let Some(until) = fits(&is_identity) {
        return Some((Kind::Identity, until));
    }
    if called == Some(Called::Telephone)
        && let Some(until) = fits(&|digits| (7..=11).contains(&digits.len()))
    {
        return Some((Kind::Telephone, until));
    }
    let long = (LONG..=DIGITS_MAX).contains(&single.digits.len());
    let kind = if single.digits.len() == LONG { Kind::Identity } else { Kind::Number };
    (long && !bare).then_some((kind, at))
}

/// A mobile (03, 05, 07, 08, 09 and eight more) or a house (02 and eight or nine more), at home or with the country before it.
fn is_telephone(digits: &str, plus: bool) -> bool {
    let at_home = |rest: &str| match rest.as_bytes() {
        [b'3' | b'5' | b'7' | b'8' | b'9', ..] => rest.len() == 9,
        [b'2', ..] => (9..=10).contains(&rest.len()),
        _ => false,
    };
    let abroad = digits.strip_prefix("0084").or_else(|| digits.strip_prefix("84"));
    if let Some(rest) = abroad
        && at_home(rest)
    {
        return true;
    }
    if plus {
        return (9..=15).contains(&digits.len());
    }
    digits.strip_prefix('0').is_some_and(at_home)
}

/// Twelve digits that begin with the number of a province (001 to 096).
fn is_identity(digits: &str) -> bool {
    digits.len() == 12 && (1..=96).contains(&digits[..3].parse::<u32>().unwrap_or_default())
}

/// Whether a unit of money or measure follows.
fn is_sum(text: &str, end: usize) -> bool {
    let tail: String = text[end..].trim_start().chars().take(12).collect();
    let folded = crate::fold(&tail);
    let word = folded.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    folded.starts_with('%') || UNITS.contains(&word)
}
