//! The other words: those that turn a meaning around must stand in the sources, nearly all of the rest must, and neighbours should.

use std::collections::HashSet;

use crate::Lack;
use crate::reading::{Kind, Reading};

/// Of the words that say something, so many must stand in the sources, and of pairs of neighbours.
const WORDS_MIN: f32 = 0.9;
const PAIRS_MIN: f32 = 0.4;
/// Words that any sentence may have.
const FREE: [&str; 62] = [
    "là", "và", "của", "các", "những", "được", "có", "theo", "trong", "cho", "để", "với", "thì", "này", "đó", "như", "về", "tại",
    "bởi", "do", "cũng", "sẽ", "đã", "bao", "gồm", "cụ", "thể", "ngoài", "ra", "nêu", "qui", "định", "việc", "khi", "nếu", "vào",
    "ở", "mà", "một", "nào", "ấy", "rằng", "nhằm", "đang", "bị", "vì", "nên", "thế", "đối", "tới", "lại", "cùng", "nội", "dung",
    "thông", "tin", "trên", "sau", "từ", "đến", "gì", "ai",
];
/// Words that turn a meaning around.
const STRONG: [&str; 30] = [
    "phải",
    "buộc",
    "cấm",
    "chỉ",
    "mọi",
    "tất",
    "duy",
    "luôn",
    "tăng",
    "giảm",
    "miễn",
    "thu",
    "phạt",
    "hủy",
    "bỏ",
    "đình",
    "cấp",
    "trước",
    "đóng",
    "mở",
    "nộp",
    "phép",
    "chối",
    "toàn",
    "tỉnh",
    "huyện",
    "xã",
    "phường",
    "quận",
    "ấp",
];

/// Whether a word says nothing of its own.
pub fn is_free(key: &str) -> bool {
    FREE.contains(&key)
}

pub fn lacks(sentence: &str, said: &Reading, sources: &[Reading]) -> Vec<Lack> {
    let mut lacks = Vec::new();
    let known: HashSet<&str> = sources.iter().flat_map(|source| &source.words).map(|word| word.key.as_str()).collect();
    let words: Vec<&str> = said.words.iter().filter(|word| word.kind == Kind::Word).map(|word| word.key.as_str()).collect();
    for word in words.iter().filter(|word| STRONG.contains(word) && !known.contains(*word)) {
        lacks.push(Lack::Word((*word).to_owned()));
    }
    let lower = sentence.to_lowercase();
    if lower.contains("http") || lower.contains("www.") || lower.contains('<') || lower.contains("](") || lower.contains('@') {
        lacks.push(Lack::Link);
    }
    let telling: Vec<&&str> = words.iter().filter(|word| !is_free(word)).collect();
    let pairs: HashSet<(&str, &str)> =
        sources.iter().flat_map(|source| source.words.windows(2).map(|two| (two[0].key.as_str(), two[1].key.as_str()))).collect();
    let own: Vec<(&str, &str)> = said.words.windows(2).map(|two| (two[0].key.as_str(), two[1].key.as_str())).collect();
    let share = |some: usize, of: usize| if of == 0 { 1.0 } else { some as f32 / of as f32 };
    let covered = share(telling.iter().filter(|word| known.contains(***word)).count(), telling.len());
    let together = share(own.iter().filter(|pair| pairs.contains(*pair)).count(), own.len());
    if telling.is_empty() || covered < WORDS_MIN || together < PAIRS_MIN {
        lacks.push(Lack::Words);
    }
    lacks
}
