//! Abbreviations of Vietnamese administration and what they stand for.
//!
//! Many stand for more than one thing (*CT*: chủ tịch, chỉ thị, chương trình): [`Expansion::is_ambiguous`] says so, and
//! [`expand_text`] leaves those alone.

mod table;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::document_number::document_numbers;
use crate::fold::fold;
use crate::key::key;

/// An abbreviation and one of its meanings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Abbreviation {
    /// The usual way to write it: `"KH&CN"`.
    pub short: &'static str,
    /// The full form: `"Khoa học và Công nghệ"`.
    pub long: &'static str,
    /// What kind of thing it names.
    pub kind: AbbreviationKind,
}

/// What an [`Abbreviation`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AbbreviationKind {
    /// A body of the State, the Party or the Front.
    Body,
    /// A post, or the authority under which one signs.
    Post,
    /// A type of document, as it stands in the number of a document.
    Document,
    /// A field of work, or a thing of it.
    Field,
    /// A place, or a kind of place.
    Place,
}

/// An abbreviation found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expansion<'a> {
    /// As written: `"KHCN"`.
    pub text: &'a str,
    /// Its bytes in the text searched.
    pub span: Range<usize>,
    /// What it can stand for, the most usual first; never empty.
    pub meanings: &'static [&'static Abbreviation],
}

impl Expansion<'_> {
    /// Whether it stands for more than one thing.
    pub fn is_ambiguous(&self) -> bool {
        self.meanings.len() > 1
    }
}

/// By letters alone, so that `KH&CN`, `KH-CN` and `KHCN` meet.
static BY_LETTERS: LazyLock<HashMap<String, Vec<&'static Abbreviation>>> = LazyLock::new(|| {
    let mut by_letters: HashMap<String, Vec<&'static Abbreviation>> = HashMap::new();
    for abbreviation in table::ABBREVIATIONS {
        by_letters.entry(letters(abbreviation.short)).or_default().push(abbreviation);
    }
    by_letters
});

/// By the [`key`] of the full form.
static BY_LONG_FORM: LazyLock<HashMap<String, &'static Abbreviation>> = LazyLock::new(|| {
    // The first entry of a full form is its usual abbreviation.
    let entries = table::ABBREVIATIONS.iter().rev();
    entries.map(|abbreviation| (key(abbreviation.long).into_owned(), abbreviation)).collect()
});

/// The types of documents, by folded abbreviation: *HD* hướng dẫn and *HĐ* hợp đồng share one.
static DOCUMENT_TYPES: LazyLock<HashMap<String, Vec<&'static Abbreviation>>> = LazyLock::new(|| {
    let mut types: HashMap<String, Vec<&'static Abbreviation>> = HashMap::new();
    for abbreviation in table::ABBREVIATIONS.iter().filter(|a| a.kind == AbbreviationKind::Document) {
        types.entry(fold(abbreviation.short).into_owned()).or_default().push(abbreviation);
    }
    types
});

/// All abbreviations, the usual meaning of each before the others.
pub fn abbreviations() -> &'static [Abbreviation] {
    table::ABBREVIATIONS
}

/// What an abbreviation can stand for, the most usual first; empty when it is unknown. Capitals matter, `&`, hyphens, points
/// and commas do not.
///
/// ```
/// use vietnamese::abbreviation::meanings;
/// let of = |short| meanings(short).iter().map(|a| a.long).collect::<Vec<_>>();
/// assert_eq!(of("KHCN"), ["Khoa học và Công nghệ"]);
/// assert_eq!(of("CT"), ["chủ tịch", "chỉ thị", "chương trình"]);
/// ```
pub fn meanings(short: &str) -> &'static [&'static Abbreviation] {
    BY_LETTERS.get(&letters(short)).map_or(&[], Vec::as_slice)
}

/// The usual abbreviation of a full form, whatever its case and tone placement.
///
/// ```
/// use vietnamese::abbreviation::abbreviate;
/// assert_eq!(abbreviate("Uỷ ban nhân dân").map(|a| a.short), Some("UBND"));
/// ```
pub fn abbreviate(long: &str) -> Option<&'static Abbreviation> {
    BY_LONG_FORM.get(key(long).as_ref()).copied()
}

/// The document type that an abbreviation in a document number names, in any case and with or without marks:
/// `"kh"` is *kế hoạch*. Types: Nghị định 30/2020/NĐ-CP, Phụ lục III, and legal normative documents.
pub fn document_type(short: &str) -> Option<&'static Abbreviation> {
    let types = DOCUMENT_TYPES.get(fold(short).as_ref())?;
    types.iter().find(|known| known.short == short).or(types.first()).copied()
}

/// The abbreviations of a text, in order. Those within document numbers (`118/KH-UBND`) are left to
/// [`document_numbers`].
///
/// ```
/// use vietnamese::abbreviation::expand;
/// let found = expand("CT UBND tỉnh giao Sở KH&CN");
/// let told: Vec<_> = found.iter().map(|e| (e.text, e.meanings[0].long, e.is_ambiguous())).collect();
/// assert_eq!(told, [
///     ("CT", "chủ tịch", true),
///     ("UBND", "Ủy ban nhân dân", false),
///     ("KH&CN", "Khoa học và Công nghệ", false),
/// ]);
/// ```
pub fn expand(text: &str) -> Vec<Expansion<'_>> {
    let mut numbers = document_numbers(text).into_iter().map(|number| number.span).peekable();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(char::is_alphabetic) {
        let start = at + next;
        while numbers.next_if(|span| span.end <= start).is_some() {}
        at = match numbers.peek() {
            Some(number) if number.start <= start => number.end,
            _ => match longest_at(text, start) {
                Some(expansion) => {
                    let end = expansion.span.end;
                    found.push(expansion);
                    end
                }
                None => end_of_run(text, start),
            },
        };
    }
    found
}

/// The text with every abbreviation of one meaning written out, for speaking and for search.
///
/// ```
/// use vietnamese::abbreviation::expand_text;
/// assert_eq!(expand_text("CT UBND xã"), "CT Ủy ban nhân dân xã");
/// ```
pub fn expand_text(text: &str) -> Cow<'_, str> {
    let mut written_out = String::new();
    let mut copied = 0;
    for expansion in expand(text).iter().filter(|e| !e.is_ambiguous()) {
        written_out.push_str(&text[copied..expansion.span.start]);
        written_out.push_str(expansion.meanings[0].long);
        copied = expansion.span.end;
    }
    match copied {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(written_out + &text[copied..]),
    }
}

fn letters(short: &str) -> String {
    short.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The abbreviation of most parts that starts here, as `TP.HCM` goes before `TP`.
fn longest_at(text: &str, start: usize) -> Option<Expansion<'_>> {
    let mut ends = vec![end_of_run(text, start)];
    while let Some(end) = ends.last().copied().filter(|_| ends.len() < 4) {
        let rest = &text[end..];
        let is_joined = rest.starts_with(['&', '-', ',', '.']) && rest[1..].starts_with(char::is_uppercase);
        if !is_joined {
            break;
        }
        ends.push(end_of_run(text, end + 1));
    }
    ends.into_iter().rev().map(|end| start..end).find_map(|span| {
        let written = &text[span.clone()];
        let meanings = if may_be_abbreviation(written) { meanings(written) } else { &[] };
        (!meanings.is_empty()).then_some(Expansion { text: written, span, meanings })
    })
}

/// Capitals first, two at least, and no longer than any that is known: dismisses ordinary words without a look-up.
fn may_be_abbreviation(written: &str) -> bool {
    written.len() <= 24
        && written.starts_with(char::is_uppercase)
        && written.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
}

fn end_of_run(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    start + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(text: &str) -> Vec<(&str, &str)> {
        expand(text).into_iter().map(|e| (e.text, e.meanings[0].long)).collect()
    }

    #[test]
    fn the_table_is_in_order() {
        for (at, abbreviation) in table::ABBREVIATIONS.iter().enumerate() {
            let Abbreviation { short, long, .. } = abbreviation;
            assert_eq!(crate::old_style(&crate::normalise(long)), *long, "{short}");
            assert!(may_be_abbreviation(short) && letters(short).chars().count() >= 2, "{short}");
            let again = table::ABBREVIATIONS[..at].iter().any(|a| letters(a.short) == letters(short) && a.long == *long);
            assert!(!again, "{short} {long} twice");
        }
    }

    #[test]
    fn all_types_of_decree_30_are_known() {
        let types = "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB SY TrS SL";
        for short in types.split(' ') {
            assert_eq!(document_type(short).map(|a| a.short), Some(short));
            assert!(document_type(&short.to_lowercase()).is_some());
        }
        assert_eq!(document_type("KH").unwrap().long, "kế hoạch");
        assert_eq!(document_type("UBND"), None);
    }

    #[test]
    fn spellings_meet() {
        for (a, b) in [("KH&CN", "KHCN"), ("GD&ĐT", "GDĐT"), ("VHTTDL", "VHTT&DL"), ("VH,TT&DL", "VHTTDL"), ("KT-XH", "KTXH")] {
            assert!(!meanings(a).is_empty(), "{a}");
            assert_eq!(meanings(a), meanings(b));
        }
    }

    #[test]
    fn finds_in_text() {
        assert_eq!(
            told("HĐND,UBND tỉnh; PCVP phụ trách KGVX theo 118/KH-UBND, KT-XH vùng ĐBSCL (TP.HCM)"),
            [
                ("HĐND", "Hội đồng nhân dân"),
                ("UBND", "Ủy ban nhân dân"),
                ("PCVP", "phó chánh văn phòng"),
                ("KGVX", "khoa giáo - văn xã"),
                ("KT-XH", "kinh tế - xã hội"),
                ("ĐBSCL", "Đồng bằng sông Cửu Long"),
                ("TP.HCM", "Thành phố Hồ Chí Minh"),
            ]
        );
        assert!(told("ubnd, UBNDx, Ct, xKHCN").is_empty());
    }

    #[test]
    fn both_ways() {
        for abbreviation in abbreviations() {
            let back = abbreviate(abbreviation.long).unwrap();
            assert!(crate::same_text(back.long, abbreviation.long));
            assert!(meanings(abbreviation.short).contains(&abbreviation));
        }
    }

    #[test]
    fn ambiguous_ones_are_flagged() {
        for short in ["CT", "KH", "CĐ", "TT", "TP", "PTTH", "TU", "BTC"] {
            assert!(meanings(short).len() > 1, "{short}");
        }
        for short in ["UBND", "HĐND", "CVP", "ĐMST", "CĐS", "TTHC", "NSNN", "BCĐ"] {
            assert_eq!(meanings(short).len(), 1, "{short}");
        }
        assert!(matches!(expand_text("không có gì"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn spans_are_true(text in "(UBND|KH|CN|&|-|,|\\.| |118/|tỉnh|Đ|é){0,16}") {
            let mut end = 0;
            for found in expand(&text) {
                prop_assert!(found.span.start >= end);
                prop_assert_eq!(&text[found.span.clone()], found.text);
                end = found.span.end;
            }
        }
    }
}
