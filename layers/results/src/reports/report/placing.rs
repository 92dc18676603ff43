//! Which provision a sentence is about, by its words: pairs of syllables that few other provisions have. It is a proposal that a person
//! may change; what no provision shares enough with stays with none. Pure.

use std::collections::{BTreeSet, HashMap};

/// Pairs that a sentence has to share at least.
const SHARED_MIN: usize = 2;
/// How much of what tells a provision from others a sentence has to share.
const SHARE_MIN: f64 = 0.2;

/// A provision, as far as sentences are put under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// `III.1.b.4`
    pub path: String,
    pub title: String,
}

/// The place of each sentence's provision; None where its words do not say.
#[must_use]
pub fn place(sentences: &[&str], provisions: &[Provision]) -> Vec<Option<usize>> {
    let pairs: Vec<BTreeSet<(String, String)>> = provisions.iter().map(|provision| pairs(&provision.title)).collect();
    let mut spread: HashMap<&(String, String), usize> = HashMap::new();
    for pair in pairs.iter().flatten() {
        *spread.entry(pair).or_default() += 1;
    }
    let count = provisions.len();
    let weight = |pair: &(String, String)| {
        let of = spread.get(pair).copied().unwrap_or(1);
        ((1 + count) as f64 / of as f64).ln()
    };
    let whole: Vec<f64> = pairs.iter().map(|own| own.iter().map(weight).sum()).collect();
    let one = |sentence: &&str| {
        if let Some(named) = named(sentence, provisions) {
            return Some(named);
        }
        let said = self::pairs(sentence);
        let score = |at: usize| {
            let shared: Vec<&(String, String)> = pairs[at].intersection(&said).collect();
            let sum: f64 = shared.iter().map(|pair| weight(pair)).sum();
            (shared.len() >= SHARED_MIN && whole[at] > 0.0 && sum / whole[at] >= SHARE_MIN).then_some((at, sum))
        };
        let best = (0..count).filter_map(score).max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
        best.map(|(at, _)| at)
    };
    sentences.iter().map(one).collect()
}

/// The provision that a sentence calls by its place: `mục III.1.b`; the longest that is written.
fn named(sentence: &str, provisions: &[Provision]) -> Option<usize> {
    let written = |path: &str| {
        path.contains('.')
            && sentence.match_indices(path).any(|(at, _)| {
                let before = sentence[..at].chars().next_back();
                let mut after = sentence[at + path.len()..].chars();
                let (next, second) = (after.next(), after.next());
                let goes_on =
                    next.is_some_and(char::is_alphanumeric) || (next == Some('.') && second.is_some_and(char::is_alphanumeric));
                !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '.') && !goes_on
            })
    };
    let found = provisions.iter().enumerate().filter(|(_, provision)| written(&provision.path));
    found.max_by_key(|(at, provision)| (provision.path.len(), std::cmp::Reverse(*at))).map(|(at, _)| at)
}

/// The pairs of neighbouring syllables, without marks.
fn pairs(text: &str) -> BTreeSet<(String, String)> {
    let folded = vietnamese::fold(text);
    let words: Vec<&str> = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_word = |word: &str| word.chars().any(char::is_alphabetic);
    let both = |pair: &&[&str]| pair.iter().all(|word| is_word(word));
    words.windows(2).filter(both).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provisions() -> Vec<Provision> {
        let all = [
            ("III.1.a.6", "Phát bản tin chuyển đổi số trên hệ thống truyền thanh xã, phường ít nhất mỗi tuần một lần."),
            ("III.2.đ", "Làm phim ngắn, bài đọc và trò chơi giúp học sinh tự tìm hiểu về khoa học."),
            ("III.3.b", "Tập huấn cách làm truyền thông cho cán bộ đầu mối của doanh nghiệp, hợp tác xã."),
        ];
        all.map(|(path, title)| Provision { path: path.into(), title: title.into() }).into()
    }

    #[test]
    fn a_sentence_goes_to_the_provision_whose_words_it_shares() {
        let sentences = [
            "Xã đã phát 24 bản tin chuyển đổi số trên hệ thống truyền thanh.",
            "Trường làm 3 phim ngắn giúp học sinh tìm hiểu về khoa học.",
            "Tập huấn cho 40 cán bộ đầu mối của doanh nghiệp.",
            "Ủy ban nhân dân xã đã họp.",
            "Thực hiện mục III.3.b, xã đã làm xong.",
        ];
        assert_eq!(place(&sentences, &provisions()), [Some(0), Some(1), Some(2), None, Some(2)]);
        assert_eq!(place(&["Phát bản tin"], &[]), [None]);
    }
}
