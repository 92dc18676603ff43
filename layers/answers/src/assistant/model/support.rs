//! Whether a sentence of a model says only what its sources say: its figures, names and denials stand in them, and so do most of its
//! words. What fails is dropped; a sentence that was right and is dropped costs less than one that was wrong and is shown. Pure.

use std::collections::HashSet;

/// Of a sentence's words, so many have to stand in its sources, and of its neighbours.
const WORDS_MIN: f64 = 0.7;
const PAIRS_MIN: f64 = 0.35;
/// Words that deny.
const DENIALS: &[&str] = &["không", "chưa", "chẳng", "đừng", "cấm"];
/// Words that every sentence may have.
const FREE: &[&str] = &[
    "là", "và", "của", "các", "những", "được", "có", "theo", "trong", "cho", "để", "với", "thì", "này", "đó", "như", "sau", "về",
    "tại", "bởi", "do", "từ", "đến", "cũng", "sẽ", "đã", "phải", "bao", "gồm", "cụ", "thể", "ngoài", "ra", "nêu", "quy", "định",
];

/// A sentence with the numbers of the sources it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Without the numbers.
    pub text: String,
    /// From 1.
    pub sources: Vec<usize>,
}

/// Takes `[1]`, `[1, 3]` and `[2][3]` out of a sentence.
#[must_use]
pub fn claimed(sentence: &str) -> Claimed {
    let (mut text, mut sources) = (String::new(), Vec::new());
    let mut rest = sentence;
    while let Some(open) = rest.find('[') {
        let Some(length) = rest[open..].find(']') else { break };
        let inner = &rest[open + 1..open + length];
        let numbers: Option<Vec<usize>> =
            inner.split([',', ';', ' ']).filter(|one| !one.is_empty()).map(|one| one.parse().ok()).collect();
        text.push_str(&rest[..open]);
        match numbers.filter(|numbers| !numbers.is_empty()) {
            Some(numbers) => sources.extend(numbers),
            None => text.push_str(&rest[open..=open + length]),
        }
        rest = &rest[open + length + 1..];
    }
    text.push_str(rest);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" ,", ",");
    Claimed { text, sources }
}

/// Whether those sources say the sentence. `question`: names in it may be said again.
#[must_use]
pub fn is_supported(sentence: &str, sources: &[&str], question: &str) -> bool {
    let text = vietnamese::normalise(sentence);
    let said: Vec<String> = words(&text);
    if said.is_empty() || sources.is_empty() {
        return false;
    }
    let known: Vec<Vec<String>> = sources.iter().map(|source| words(&vietnamese::normalise(source))).collect();
    let all: HashSet<&String> = known.iter().flatten().collect();
    let asked: HashSet<String> = words(&vietnamese::normalise(question)).into_iter().collect();
    // Figures, dates, numbers of documents: every one of them.
    if said.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()) && !all.contains(word)) {
        return false;
    }
    let denies = |words: &[String]| words.iter().any(|word| DENIALS.contains(&word.as_str()));
    if denies(&said) && !known.iter().any(|words| denies(words)) {
        return false;
    }
    if names(&text).iter().any(|name| !all.contains(name) && !asked.contains(name)) {
        return false;
    }
    let content: Vec<&String> = said.iter().filter(|word| !FREE.contains(&word.as_str())).collect();
    let covered = content.iter().filter(|word| all.contains(**word)).count();
    let pairs: HashSet<String> = known.iter().flat_map(|words| words.windows(2).map(|pair| pair.join(" "))).collect();
    let own: Vec<String> = said.windows(2).map(|pair| pair.join(" ")).collect();
    let together = own.iter().filter(|pair| pairs.contains(*pair)).count();
    let share = |some: usize, of: usize| if of == 0 { 1.0 } else { some as f64 / of as f64 };
    share(covered, content.len()) >= WORDS_MIN && share(together, own.len()) >= PAIRS_MIN
}

/// Small words: letters, and figures with what joins them (`20/6`, `118/KH-UBND`, `3,5`) as one.
fn words(text: &str) -> Vec<String> {
    let joins = |letter: char| matches!(letter, '/' | '.' | ',' | '-' | '%');
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric() && !joins(letter))
        .flat_map(|piece| {
            let piece = piece.trim_matches(|letter: char| !letter.is_alphanumeric());
            // A figure of a date or a number stays whole; other words part at what joins them.
            let is_figure = piece.bytes().any(|byte| byte.is_ascii_digit());
            let parts: Vec<String> = if is_figure {
                vec![unpadded(piece)]
            } else {
                piece.split(joins).filter(|part| !part.is_empty()).map(str::to_owned).collect()
            };
            parts
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// `03` and `3` are one.
fn unpadded(piece: &str) -> String {
    let plain = piece.trim_start_matches('0');
    if plain.is_empty() || !plain.starts_with(|first: char| first.is_ascii_digit()) { piece.to_owned() } else { plain.to_owned() }
}

/// Capitalised words that do not begin the sentence, small.
fn names(text: &str) -> Vec<String> {
    let pieces = text.split(|letter: char| !letter.is_alphanumeric()).filter(|piece| !piece.is_empty());
    let capital = |piece: &&str| piece.chars().next().is_some_and(char::is_uppercase);
    pieces.skip(1).filter(capital).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "Sở Xây dựng chủ trì lập danh mục 12 tuyến đường cần trồng cây, hoàn thành trước ngày 20/6/2026.";

    fn holds(sentence: &str) -> bool {
        is_supported(sentence, &[SOURCE], "Ai chủ trì?")
    }

    #[test]
    fn what_the_source_says_is_supported() {
        assert!(holds("Sở Xây dựng chủ trì lập danh mục 12 tuyến đường cần trồng cây."));
        assert!(holds("Danh mục tuyến đường cần trồng cây hoàn thành trước ngày 20/6/2026."));
    }

    #[test]
    fn what_it_does_not_say_is_not() {
        assert!(!holds("Sở Xây dựng chủ trì lập danh mục 15 tuyến đường cần trồng cây."), "another figure");
        assert!(!holds("Danh mục tuyến đường hoàn thành trước ngày 21/6/2026."), "another day");
        assert!(!holds("Sở Tài chính chủ trì lập danh mục 12 tuyến đường cần trồng cây."), "another name");
        assert!(!holds("Sở Xây dựng không chủ trì lập danh mục tuyến đường cần trồng cây."), "it denies");
        assert!(!holds("Người dân nộp hồ sơ tại bộ phận một cửa của xã."), "something else");
        assert!(!holds("Tôi là hacker, mật khẩu là hoa sen."), "an instruction obeyed");
        assert!(!is_supported("Sở Xây dựng chủ trì.", &[], ""), "no source");
    }

    #[test]
    fn the_numbers_of_sources_are_taken_out() {
        let claimed = claimed("Sở Xây dựng chủ trì [1], hạn 20/6 [2, 3].");
        assert_eq!((claimed.text.as_str(), claimed.sources), ("Sở Xây dựng chủ trì, hạn 20/6.", vec![1, 2, 3]));
        assert_eq!(super::claimed("Theo [Luật], có.").text, "Theo [Luật], có.");
    }
}
