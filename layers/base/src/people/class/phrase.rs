//! Reading "các sở, ban, ngành tỉnh; UBND các xã, phường" as the classes that it names.

use std::sync::LazyLock;

use super::{BOOK, CONCERNED, all};
use crate::people::resolve::trie::Trie;
use crate::people::resolve::words::{Gap, Word, keys};

/// What a phrase of the file does where it is met.
#[derive(Clone, Copy)]
enum Sense {
    /// Names the class with that index; `alone`: also outside a list and without "các".
    Class { index: usize, alone: bool },
    /// "tỉnh", "trên địa bàn": says no more than the class does.
    Qualifier,
    /// "cơ quan, đơn vị" between two classes.
    Filler,
    /// "có liên quan".
    Concerned,
    /// "trung ương", "trong và ngoài tỉnh": not ours to list.
    Elsewhere,
}

impl Sense {
    /// "xã" of "xã Tân Phú", "Sở" of "Sở Y tế": a name follows, so no class is meant.
    fn is_unit_of_a_name(self, words: &[Word], next: Option<&Word>) -> bool {
        let named = next.is_some_and(|word| word.capital && word.gap == Gap::Space && !word.plural);
        words.len() == 1 && named && matches!(self, Self::Class { alone: false, .. })
    }
}

static PHRASES: LazyLock<Trie<Sense>> = LazyLock::new(|| {
    let mut trie = Trie::default();
    for (index, class) in all().iter().enumerate() {
        class.phrases.iter().for_each(|phrase| trie.insert(&keys(phrase), Sense::Class { index, alone: true }));
        class.parts.iter().for_each(|phrase| trie.insert(&keys(phrase), Sense::Class { index, alone: false }));
    }
    let rest = [
        (&BOOK.qualifiers, Sense::Qualifier),
        (&BOOK.fillers, Sense::Filler),
        (&BOOK.concerned, Sense::Concerned),
        (&BOOK.elsewhere, Sense::Elsewhere),
    ];
    for (phrases, sense) in rest {
        phrases.iter().for_each(|phrase| trie.insert(&keys(phrase), sense));
    }
    trie
});

static HEADS: LazyLock<Trie<()>> = LazyLock::new(|| {
    let mut trie = Trie::default();
    BOOK.heads.iter().for_each(|phrase| trie.insert(&keys(phrase), ()));
    trie
});

/// A class phrase at the beginning of some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// How many words it takes.
    pub words: usize,
    pub code: String,
}

/// Reads the class phrase that the words begin with. `province` is the key words of the province's name, which
/// say no more than "tỉnh" does.
#[must_use]
pub fn read(words: &[Word], province: &[String]) -> Option<Phrase> {
    let mut reading = Reading::default();
    let mut at = 0;
    while let Some((taken, sense)) = next(&words[at..], at > 0, province) {
        if sense.is_unit_of_a_name(&words[at..at + taken], words.get(at + taken)) {
            break;
        }
        reading.plural |= reading.classes.is_empty() && words[at..at + taken].iter().any(|word| word.plural);
        reading.take(sense, at, at + taken)?;
        at += taken;
    }
    reading.close(words)
}

/// How many words name who stands at the head ("Thủ trưởng", "Chủ tịch", "Đề nghị") before what they head.
#[must_use]
pub fn head(words: &[Word]) -> usize {
    let mut at = 0;
    while let Some((taken, ..)) = HEADS.prefixes(&words[at..]).into_iter().next_back() {
        at += taken;
    }
    at
}

#[derive(Default)]
struct Reading {
    classes: Vec<usize>,
    alone: bool,
    plural: bool,
    concerned: bool,
    /// Words up to the last class, qualifier or "có liên quan".
    end: usize,
    /// Words of the only class, to see whether it stands by itself.
    first_end: usize,
}

impl Reading {
    /// None when the phrase is about bodies elsewhere.
    fn take(&mut self, sense: Sense, at: usize, end: usize) -> Option<()> {
        match sense {
            Sense::Class { index, alone } => {
                self.classes.push(index);
                self.alone |= alone;
                self.end = end;
                if self.classes.len() == 1 {
                    self.first_end = end;
                }
            }
            Sense::Elsewhere if at == self.end => return None,
            Sense::Concerned if self.end > 0 => (self.concerned, self.end) = (true, end),
            Sense::Qualifier if at == self.end && at > 0 => self.end = end,
            _ => {}
        }
        Some(())
    }

    fn close(self, words: &[Word]) -> Option<Phrase> {
        let stands_off = self.end > self.first_end || words.get(self.end).is_none_or(|next| next.gap > Gap::Space);
        let enough = self.alone || self.classes.len() > 1 || (self.plural && (self.first_end > 1 || stands_off));
        (!self.classes.is_empty() && enough).then(|| Phrase { words: self.end, code: code(self.classes, self.concerned) })
    }
}

/// The longest sense at the beginning of the words.
fn next(words: &[Word], within: bool, province: &[String]) -> Option<(usize, Sense)> {
    if within && words.first().is_some_and(|word| word.gap == Gap::Stop) {
        return None;
    }
    let named = words.iter().map(|word| &word.key).take(province.len()).eq(province);
    let listed = PHRASES.prefixes(words).into_iter().next_back().and_then(|(taken, senses, _)| Some((taken, *senses.first()?)));
    listed.or_else(|| (named && within && !province.is_empty()).then_some((province.len(), Sense::Qualifier)))
}

/// One code for the classes, in the order of the file, without what others already hold.
fn code(mut classes: Vec<usize>, concerned: bool) -> String {
    classes.sort_unstable();
    classes.dedup();
    let mut codes: Vec<&str> = classes.into_iter().map(|index| all()[index].code.as_str()).collect();
    if codes.contains(&"communes") && codes.contains(&"wards") {
        codes.push("localities");
    }
    for (whole, parts) in [("localities", ["communes", "wards"]), ("sectors", ["departments", ""]), ("key_press", ["press", ""])]
    {
        if codes.contains(&whole) {
            codes.retain(|code| !parts.contains(code));
        }
    }
    codes.dedup();
    format!("{}{}", if concerned { CONCERNED } else { "" }, codes.join("+"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::resolve::words::words;

    fn whole(text: &str) -> Option<String> {
        let words = words(text);
        read(&words, &keys("Đồng Tháp")).filter(|phrase| phrase.words == words.len()).map(|phrase| phrase.code)
    }

    #[test]
    fn reads_the_phrases_of_documents() {
        for (text, code) in [
            ("Các sở, ban, ngành, địa phương", "sectors+localities"),
            ("các sở, ban ngành, địa phương", "sectors+localities"),
            ("các sở, ngành, địa phương", "sectors+localities"),
            ("các sở, ban ngành và địa phương", "sectors+localities"),
            ("các sở, ban, ngành tỉnh và UBND các xã, phường", "sectors+localities"),
            ("Các sở, ban, ngành, đoàn thể", "sectors+unions"),
            ("các sở, ban, ngành, đoàn thể tỉnh; ", "sectors+unions"),
            ("các sở, ban, ngành, cơ quan, đơn vị, địa phương", "sectors+localities"),
            ("Ủy ban nhân dân các xã, phường", "localities"),
            ("UBND các phường, xã trên địa bàn tỉnh Đồng Tháp", "localities"),
            ("UBND cấp xã", "localities"),
            ("UBND các xã", "communes"),
            ("các Sở, Ban, Ngành", "sectors"),
            ("các phường", "wards"),
            ("các địa phương", "localities"),
            ("các xã và các phường", "localities"),
            ("Các sở", "departments"),
            ("các cơ quan báo chí chủ lực địa phương", "key_press"),
            ("Các cơ quan báo chí chủ lực", "key_press"),
            ("Các sở, ban, ngành, địa phương và các cơ quan báo chí chủ lực địa phương", "sectors+localities+key_press"),
            ("các trường Đại học, Cao đẳng trên địa bàn", "universities+colleges"),
            ("các trường đại học, cao đẳng", "universities+colleges"),
            ("Mặt trận Tổ quốc và các đoàn thể", "unions+front"),
            ("các tổ chức chính trị – xã hội tỉnh", "unions"),
            ("các sở, ban, ngành, địa phương có liên quan", "concerned:sectors+localities"),
        ] {
            assert_eq!(whole(text).as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn leaves_open_phrases_alone() {
        for text in [
            "các cơ quan có liên quan",
            "các cơ quan, đơn vị",
            "các cơ quan báo chí trong và ngoài tỉnh",
            "các cơ quan thông tấn, báo chí",
            "các bộ, ngành, địa phương trung ương",
            "các sở, ban, ngành trung ương",
            "địa phương",
            "xã",
            "hội",
            "các doanh nghiệp công nghệ",
            "các hội thảo",
            "",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn a_lone_word_must_stand_off() {
        let read = |text: &str| super::read(&words(text), &[]);
        assert_eq!(read("các ngành nghề nông thôn"), None);
        assert_eq!(read("các ngành, nghề"), Some(Phrase { words: 1, code: "sectors".into() }));
        assert_eq!(read("các địa phương tổ chức"), Some(Phrase { words: 2, code: "localities".into() }));
    }

    #[test]
    fn finds_who_stands_at_the_head() {
        assert_eq!(head(&words("Thủ trưởng các sở, ban, ngành")), 2);
        assert_eq!(head(&words("Đề nghị Chủ tịch UBND xã")), 4);
        assert_eq!(head(&words("Sở Tài chính")), 0);
    }
}
