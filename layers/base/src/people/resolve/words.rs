//! A text as the words that names are compared by: keys that overlook spelling, usual abbreviations drawn
//! together into one word, `và` and `các` left out.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use vietnamese::name_key;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub key: String,
    /// Bytes in the text; of an abbreviated phrase, of the whole phrase.
    pub span: Range<usize>,
    /// What stands between the word before and this one.
    pub gap: Gap,
    /// `các` stands before it.
    pub plural: bool,
    /// Begins with a capital letter or a digit.
    pub capital: bool,
}

/// How far two neighbouring words are from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Spaces, line ends, hyphens, `&`, quotes.
    Space,
    /// A comma or a slash: may stand within a name ("Sở Văn hóa, Thể thao và Du lịch").
    Comma,
    /// A parenthesis: what is inside says more about what is before it.
    Bracket,
    /// A semicolon, full stop, colon: no name goes across.
    Stop,
}

/// Words that say the same with fewer letters. Both names and texts are drawn together by this list, so it
/// does not matter which of the forms either uses.
const SHORT_FOR: [(&str, &str); 34] = [
    ("Ủy ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("Mặt trận Tổ quốc Việt Nam", "MTTQ"),
    ("Mặt trận Tổ quốc", "MTTQ"),
    ("MTTQ Việt Nam", "MTTQ"),
    ("MTTQVN", "MTTQ"),
    ("Ủy ban MTTQ Việt Nam", "UBMTTQ"),
    ("Ủy ban MTTQ", "UBMTTQ"),
    ("Ủy ban MTTQVN", "UBMTTQ"),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam", "UBMTTQ"),
    ("Ủy ban Mặt trận Tổ quốc", "UBMTTQ"),
    ("UBMTTQ Việt Nam", "UBMTTQ"),
    ("UBMTTQVN", "UBMTTQ"),
    ("Khoa học Công nghệ", "KHCN"),
    ("KH CN", "KHCN"),
    ("Giáo dục Đào tạo", "GDĐT"),
    ("GD ĐT", "GDĐT"),
    ("Văn hóa Thể thao Du lịch", "VHTTDL"),
    ("VH TT DL", "VHTTDL"),
    ("VHTT DL", "VHTTDL"),
    ("Nông nghiệp Môi trường", "NNMT"),
    ("NN MT", "NNMT"),
    ("Thông tin Truyền thông", "TTTT"),
    ("TT TT", "TTTT"),
    ("Kế hoạch Đầu tư", "KHĐT"),
    ("KH ĐT", "KHĐT"),
    ("Thông tin điện tử", "TTĐT"),
    ("phát thanh truyền hình", "PTTH"),
    ("PT TH", "PTTH"),
    ("Đại học", "ĐH"),
    ("Cao đẳng", "CĐ"),
    ("thành phố", "TP"),
    ("thị xã", "TX"),
    ("Tuyên giáo Dân vận", "TGDV"),
];

/// First word of a phrase → the rest of it, and the short form; longer phrases first.
static PHRASES: LazyLock<HashMap<String, Vec<(Vec<String>, String)>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<(Vec<String>, String)>> = HashMap::new();
    for (long, short) in SHORT_FOR {
        let mut keys = name_key(long).split(' ').map(str::to_owned).collect::<Vec<_>>().into_iter();
        let Some(first) = keys.next() else { continue };
        phrases.entry(first).or_default().push((keys.collect(), name_key(short)));
    }
    phrases.values_mut().for_each(|of_one| of_one.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
    phrases
});

/// The words of a text.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    shorten(single(text))
}

/// The text without marks, for input that has none: the words as they stand, nothing drawn together.
#[must_use]
pub fn plain(text: &str) -> String {
    let folded = vietnamese::fold(&name_key(text)).into_owned();
    folded.split(' ').filter(|word| !matches!(*word, "va" | "cac")).collect::<Vec<_>>().join(" ")
}

/// The keys of a name's words.
#[must_use]
pub fn keys(name: &str) -> Vec<String> {
    words(name).into_iter().map(|word| word.key).collect()
}

fn single(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut known: HashMap<&str, String> = HashMap::new(); // a text repeats its syllables
    let (mut before, mut plural, mut gap) = (0, false, Gap::Space);
    for token in vietnamese::syllables(text) {
        let between = &text[before..token.span.start];
        gap = gap.max(gap_of(between, found.last()));
        before = token.span.end;
        let key = known.entry(token.text).or_insert_with(|| name_key(token.text)).clone();
        if key == "và" || key == "các" {
            plural |= key == "các";
            continue;
        }
        let capital = token.text.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
        found.push(Word { key, span: token.span, gap, plural, capital });
        (plural, gap) = (false, Gap::Space);
    }
    found
}

fn gap_of(between: &str, last: Option<&Word>) -> Gap {
    if between.contains([';', ':', '!', '?', '•', '·']) {
        return Gap::Stop;
    }
    if between.contains('.') && !last.is_some_and(|word| matches!(word.key.as_str(), "tp" | "tx" | "tt" | "p" | "x" | "h" | "q"))
    {
        return Gap::Stop;
    }
    if between.contains(['(', ')', '[', ']']) {
        return Gap::Bracket;
    }
    if between.contains([',', '/']) { Gap::Comma } else { Gap::Space }
}

fn shorten(words: Vec<Word>) -> Vec<Word> {
    let mut short: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let (taken, key) = phrase_at(&words[at..]);
        let mut word = words[at].clone();
        if let Some(key) = key {
            word.key = key;
            word.span.end = words[at + taken - 1].span.end;
        }
        short.push(word);
        at += taken;
    }
    short
}

fn phrase_at(words: &[Word]) -> (usize, Option<String>) {
    let Some(phrases) = PHRASES.get(&words[0].key) else { return (1, None) };
    let fits = |rest: &[String]| {
        words.len() > rest.len() && rest.iter().zip(&words[1..]).all(|(key, word)| word.key == *key && word.gap < Gap::Stop)
    };
    phrases.iter().find(|(rest, _)| fits(rest)).map_or((1, None), |(rest, short)| (rest.len() + 1, Some(short.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_have_the_same_words() {
        for (one, other) in [
            ("Ủy ban nhân dân xã Thanh Hoà", "UBND Xã Thanh Hòa"),
            ("Sở Khoa học và Công nghệ", "Sở KH&CN"),
            ("Sở KHCN", "sở KH & CN"),
            ("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTT&DL"),
            ("Phường 04 (thành phố Mỹ Tho)", "phường 4, TP. Mĩ Tho"),
            ("phường Sơn Qui", "Phường Sơn Quy"),
            ("Ủy ban MTTQVN tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ] {
            assert_eq!(keys(one), keys(other), "{one} = {other}");
        }
    }

    #[test]
    fn a_phrase_covers_what_it_was_made_of() {
        let text = "giao các  Ủy ban\nnhân dân xã";
        let words = words(text);
        assert_eq!(words[1].key, "ubnd");
        assert_eq!(&text[words[1].span.clone()], "Ủy ban\nnhân dân");
        assert!(words[1].plural && words[1].capital && !words[0].plural);
    }

    #[test]
    fn gaps_are_told_apart() {
        let gaps: Vec<Gap> = words("Sở A, Sở B; TP. C. D - E (F)").into_iter().map(|word| word.gap).collect();
        use Gap::{Bracket, Comma, Space, Stop};
        assert_eq!(gaps, [Space, Space, Comma, Space, Stop, Space, Stop, Space, Bracket]);
    }
}
