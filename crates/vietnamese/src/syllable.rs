//! The anatomy of a written syllable: onset, vowels, coda, tone, and where the tone mark belongs.
//!
//! The two-letter onsets `qu` and `gi` are what a naive reading gets wrong: the `u` of *quý* and the `i` of *già* are no
//! part of the vowel group, so neither spelling school puts the mark on them, while the `u` of *của* and the `i` of *kìa*
//! are its heart and keep it. The schools differ in three open vowel groups alone: `oa`, `oe`, `uy`.

use crate::letter::{self, Tone};

/// Where the tone mark goes in the open vowel groups `oa`, `oe` and `uy`; everywhere else the two agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Placement {
    /// *kiểu cũ*, on the first vowel: hòa, khỏe, thủy. The form of most official documents and names.
    Old,
    /// *kiểu mới*, on the main vowel: hoà, khoẻ, thuỷ. The form of school books.
    New,
}

/// The longest syllable of the language is *nghiêng*.
const LETTERS_MAX: usize = 7;

/// Vowel groups that end a syllable or go on with a coda.
fn is_free(vowels: &[char]) -> bool {
    matches!(vowels, ['a' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y'] | ['o', 'a' | 'e'] | ['u', 'ê' | 'ơ' | 'y'])
}

/// Vowel groups that always end the syllable.
fn is_open(vowels: &[char]) -> bool {
    match vowels {
        ['a', last] => matches!(last, 'i' | 'o' | 'u' | 'y'),
        ['â', last] => matches!(last, 'u' | 'y'),
        ['e', last] => *last == 'o',
        ['ê', last] => *last == 'u',
        ['i' | 'ư', last] => matches!(last, 'a' | 'u') || vowels == ['ư', 'i'],
        ['o' | 'ô' | 'ơ', last] => *last == 'i',
        ['u', last] => matches!(last, 'a' | 'i'),
        ['o', 'a', last] => matches!(last, 'i' | 'o' | 'u' | 'y'),
        ['o', 'e', 'o'] | ['u', 'a', 'o'] | ['u', 'â', 'y'] | ['u', 'ê', 'u'] | ['u', 'ô', 'i'] => true,
        ['u', 'y', 'a' | 'u'] | ['ư', 'ơ', 'i' | 'u'] | ['i' | 'y', 'ê', 'u'] => true,
        _ => false,
    }
}

/// Vowel groups that need a coda.
fn is_closed(vowels: &[char]) -> bool {
    matches!(
        vowels,
        ['ă' | 'â'] | ['i' | 'y', 'ê'] | ['o', 'ă' | 'o'] | ['ô', 'ô'] | ['u', 'â' | 'ô'] | ['ư', 'ơ'] | ['u', 'y', 'ê']
    )
}

fn is_onset(consonants: &[char]) -> bool {
    match consonants {
        [] => true,
        [only] => "bcdđghklmnprstvx".contains(*only),
        [first, 'h'] => "cgknpt".contains(*first),
        _ => matches!(consonants, ['g', 'i'] | ['n', 'g'] | ['n', 'g', 'h'] | ['q', 'u'] | ['t', 'r']),
    }
}

fn is_coda(consonants: &[char]) -> bool {
    matches!(consonants, [] | ['c' | 'm' | 'n' | 'p' | 't'] | ['c' | 'n', 'h'] | ['n', 'g'])
}

/// One well-formed written syllable, in lower case and without its tone.
///
/// ```
/// use vietnamese::{Placement, Syllable, Tone};
/// let quyet = Syllable::parse("Quyết").unwrap();
/// assert_eq!((quyet.onset(), quyet.vowels(), quyet.coda(), quyet.tone()), ("qu".into(), "yê".into(), "t".into(), Tone::Acute));
/// assert_eq!(Syllable::parse("hoà").unwrap().tone_index(Placement::Old), 1);
/// assert_eq!(Syllable::parse("café"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Syllable {
    letters: [char; LETTERS_MAX],
    length: usize,
    vowels_start: usize,
    vowels_end: usize,
    tone: Tone,
    tone_at: usize,
}

impl Syllable {
    /// Reads one composed word (see [`normalise`](crate::normalise())) in any case; `None` when it is no syllable of
    /// Vietnamese spelling. A tone mark on the wrong vowel (*qúy*, *hòang*, *cuả*) is read for what it means.
    pub fn parse(word: &str) -> Option<Syllable> {
        let mut syllable = Syllable::spell(word)?;
        syllable.find_vowels()?;
        syllable.is_well_formed().then_some(syllable)
    }

    /// Collects the letters and the tone, without asking what they make together.
    fn spell(word: &str) -> Option<Syllable> {
        let mut syllable =
            Syllable { letters: ['\0'; LETTERS_MAX], length: 0, vowels_start: 0, vowels_end: 0, tone: Tone::Level, tone_at: 0 };
        for character in word.chars() {
            let (base, tone) = letter::split(character);
            if tone != Tone::Level {
                if syllable.tone != Tone::Level {
                    return None;
                }
                (syllable.tone, syllable.tone_at) = (tone, syllable.length);
            }
            *syllable.letters.get_mut(syllable.length)? = lower(base)?;
            syllable.length += 1;
        }
        Some(syllable)
    }

    fn find_vowels(&mut self) -> Option<()> {
        let letters = &self.letters[..self.length];
        let mut start = letters.iter().position(|l| letter::is_vowel(*l))?;
        start += usize::from(self.onset_takes_a_vowel(start)?);
        let vowels = letters[start..].iter().take_while(|l| letter::is_vowel(**l)).count();
        (self.vowels_start, self.vowels_end) = (start, start + vowels);
        Some(())
    }

    /// Whether the first vowel letter belongs to the onset, as in `qu` and `gi`; `None` for a `q` without `u`.
    fn onset_takes_a_vowel(&self, start: usize) -> Option<bool> {
        let letters = &self.letters[..self.length];
        let vowel_follows = letters.get(start + 1).is_some_and(|l| letter::is_vowel(*l));
        match letters[..=start] {
            ['q', 'u'] if vowel_follows => Some(true),
            ['q', ..] => None,
            ['g', 'i'] if vowel_follows => Some(!self.is_g_before_ie() && !self.is_gia_with_ia()),
            _ => Some(false),
        }
    }

    /// *giếng* is g + iêng; *giề* alone is gi + ê.
    fn is_g_before_ie(&self) -> bool {
        matches!(self.letters[..self.length], ['g', 'i', 'ê', _, ..])
    }

    /// *gịa* (in *giặt gịa*) is g + ia, unlike *giạ*; with other tones the mark on `i` is a slip for gi + a.
    fn is_gia_with_ia(&self) -> bool {
        self.letters[..self.length] == ['g', 'i', 'a'] && self.tone == Tone::Dot && self.tone_at == 1
    }

    fn is_well_formed(&self) -> bool {
        let vowels = self.vowel_letters();
        let has_coda = self.vowels_end < self.length;
        let group_fits = is_free(vowels) || (!has_coda && is_open(vowels)) || (has_coda && is_closed(vowels));
        group_fits && is_onset(self.onset_letters()) && is_coda(self.coda_letters())
    }

    /// The consonants before the vowels, `qu` and `gi` included; empty when the syllable begins with its vowel.
    pub fn onset(&self) -> String {
        self.onset_letters().iter().collect()
    }

    /// The vowels without tone, `"oa"`.
    pub fn vowels(&self) -> String {
        self.vowel_letters().iter().collect()
    }

    /// The consonants after the vowels; empty for an open syllable.
    pub fn coda(&self) -> String {
        self.coda_letters().iter().collect()
    }

    /// The tone of the syllable.
    pub fn tone(&self) -> Tone {
        self.tone
    }

    /// The index, in characters, of the letter that carries the tone mark as written; `None` without a mark.
    pub fn written_tone_index(&self) -> Option<usize> {
        (self.tone != Tone::Level).then_some(self.tone_at)
    }

    /// The index, in characters, of the letter that a tone mark belongs on.
    pub fn tone_index(&self, placement: Placement) -> usize {
        let vowels = self.vowel_letters();
        let within = match vowels.iter().rposition(|l| !l.is_ascii()) {
            Some(marked) => marked,
            None if self.vowels_end < self.length => vowels.len() - 1,
            None => match (vowels, placement) {
                (['o', 'a' | 'e'] | ['u', 'y'], Placement::New) => 1,
                ([_, _, _], _) => 1,
                _ => 0,
            },
        };
        self.vowels_start + within
    }

    /// Whether the syllable also keeps the finer rules of spelling: only sắc and nặng before `c ch p t`, `k gh ngh`
    /// before `e ê i y` and `c g ng` elsewhere, `ch nh` after `a ê i y` alone. Names and loans break them; a text that
    /// breaks them all over is not Vietnamese.
    pub fn is_regular(&self) -> bool {
        let (onset, vowels, coda) = (self.onset_letters(), self.vowel_letters(), self.coda_letters());
        let front = matches!(vowels, ['e' | 'ê' | 'i' | 'y', ..]);
        let onset_fits = match onset {
            ['k'] | ['g', 'h'] | ['n', 'g', 'h'] => front,
            ['c'] | ['n', 'g'] => !front,
            ['g'] => !front || vowels[0] == 'i',
            [] => !matches!(vowels, ['i', 'ê', ..]),
            _ => true,
        };
        let last = vowels[vowels.len() - 1];
        let coda_fits = match coda {
            ['c', 'h'] | ['n', 'h'] => matches!(last, 'a' | 'ê' | 'i' | 'y') && vowels != ['i', 'ê'],
            ['c'] | ['n', 'g'] => !matches!(vowels, ['ê' | 'i' | 'y' | 'ơ'] | ['u', 'y' | 'ê']),
            _ => true,
        };
        let is_stop = matches!(coda, ['c', ..] | ['p'] | ['t']);
        onset_fits && coda_fits && (!is_stop || matches!(self.tone, Tone::Acute | Tone::Dot))
    }

    pub(crate) fn onset_letters(&self) -> &[char] {
        &self.letters[..self.vowels_start]
    }

    pub(crate) fn vowel_letters(&self) -> &[char] {
        &self.letters[self.vowels_start..self.vowels_end]
    }

    pub(crate) fn coda_letters(&self) -> &[char] {
        &self.letters[self.vowels_end..self.length]
    }
}

fn lower(base: char) -> Option<char> {
    // The Turkish İ and the kelvin sign have ASCII letters for lower case and are none of ours.
    let is_ours = base.is_ascii() || letter::is_vowel(base) || matches!(base, 'đ' | 'Đ');
    let lower = base.to_lowercase().next().filter(|_| is_ours)?;
    (letter::is_vowel(lower) || "bcdđghklmnpqrstvx".contains(lower)).then_some(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(word: &str, placement: Placement) -> String {
        let syllable = Syllable::parse(word).unwrap_or_else(|| panic!("{word} is a syllable"));
        let at = syllable.tone_index(placement);
        word.chars()
            .enumerate()
            .map(|(i, c)| {
                let base = letter::split(c).0;
                if i == at { letter::join(base, syllable.tone()).unwrap() } else { base }
            })
            .collect()
    }

    /// Correctly written words in both schools, with the mark on every kind of vowel group.
    const AGREED: &str = "của lúa mùa chùa bùa thuở thuê quý quả quà quẻ quyển quýt quỳnh quốc quần quẫy quở quế già giá \
        giả giạ giã giúp giữa giường giếng giết giêng giề giễu gié gì gìn gỉ gịa giũa giòi giải giảo giấy nghĩa kìa bìa mía tỉa lửa cứa \
        người bưởi rượu hươu mướp nước nghiêng nguyễn chuyện khuyết tuyết huỳnh huých suýt tuýp khuỷu ngoài xoáy ngoáo \
        khoắng ngoặc toàn hoạch hoét xoèn xoong soóc cuộn chuối muỗi luật khuấy tuần huệ tuế yến yếu ý ỷ ới ạ ái ảo áo \
        đồng tháp việt ứng ước ường ốc ếch ẩn ậu cữu lừu ngửi gửi túi tủi mủi tìu líu níu mếu nghèo khéo sếu phở";

    #[test]
    fn both_schools_agree_on_most_words() {
        for word in AGREED.split_whitespace() {
            assert_eq!(marked(word, Placement::Old), word);
            assert_eq!(marked(word, Placement::New), word);
        }
    }

    #[test]
    fn the_schools_differ_in_three_open_groups() {
        for (old, new) in [
            ("hòa", "hoà"),
            ("khỏe", "khoẻ"),
            ("thủy", "thuỷ"),
            ("ủy", "uỷ"),
            ("òa", "oà"),
            ("góa", "goá"),
            ("lòe", "loè"),
            ("tùy", "tuỳ"),
            ("ngóe", "ngoé"),
            ("xòa", "xoà"),
        ] {
            for word in [old, new] {
                assert_eq!(marked(word, Placement::Old), old);
                assert_eq!(marked(word, Placement::New), new);
            }
        }
    }

    #[test]
    fn slips_are_read_for_what_they_mean() {
        for (slip, right) in [
            ("qúy", "quý"),
            ("qủa", "quả"),
            ("gìa", "già"),
            ("gía", "giá"),
            ("cuả", "của"),
            ("hòang", "hoàng"),
            ("tóan", "toán"),
            ("thúơ", "thuớ"),
            ("ngừơi", "người"),
            ("khủyu", "khuỷu"),
            ("mía", "mía"),
            ("gíup", "giúp"),
        ] {
            assert_eq!(marked(slip, Placement::Old), right);
        }
    }

    #[test]
    fn gia_and_gia_differ() {
        let cleaning = Syllable::parse("gịa").unwrap();
        let bushel = Syllable::parse("giạ").unwrap();
        assert_eq!((cleaning.onset(), cleaning.vowels()), ("g".into(), "ia".into()));
        assert_eq!((bushel.onset(), bushel.vowels()), ("gi".into(), "a".into()));
    }

    #[test]
    fn other_words_are_refused() {
        for word in [
            "",
            "h",
            "café",
            "María",
            "résumé",
            "straße",
            "qua1",
            "được.",
            "hoằà",
            "tİ",
            "\u{212A}ì",
            "nghiêngg",
            "q",
            "qa",
            "wá",
            "oà2",
            "năăm",
            "ươ",
            "uyê",
            "của cải",
            "tấng\u{301}",
            "io",
            "rio",
            "uan",
            "aik",
            "chrome",
            "and",
        ] {
            assert!(Syllable::parse(word).is_none(), "{word}");
        }
    }

    #[test]
    fn regular_spelling() {
        for word in AGREED.split_whitespace() {
            let syllable = Syllable::parse(word).unwrap();
            assert!(syllable.is_regular(), "{word}");
        }
        for word in ["kà", "cí", "ghà", "ngé", "màt", "tàc", "bàch", "lếng", "bộch", "mics"] {
            assert!(!Syllable::parse(word).is_some_and(|s| s.is_regular()), "{word}");
        }
    }
}
