//! Greetings, thanks, and the question who answers here: whole texts of a few words, so that a question that begins politely is one. Pure.

use super::exact::intent;
use super::rejoinder::Rejoinder;

/// More words are a question.
const WORDS_MAX: usize = 10;
/// Words that greet, and that thank, as they are written; with the marks of others they name other things (`cháo`).
const GREETING: &[&str] = &["chào", "chao", "hi", "hello", "helo", "alo", "hey", "hallo"];
const THANKING: &[&str] = &["cảm", "cám", "cam", "ơn", "on", "thank", "thanks", "tks", "thankyou", "camon"];
/// Words beside them.
const BESIDE: &[&str] = &[
    "bạn", "ban", "trợ", "lý", "tro", "ly", "xin", "ad", "admin", "anh", "chị", "chi", "em", "mọi", "moi", "người", "nguoi",
    "nhé", "nhe", "nha", "ạ", "a", "ơi", "oi", "dạ", "da", "vâng", "vang", "ok", "oke", "you", "nhiều", "nhieu", "rất", "rat",
    "lắm", "lam", "tôi", "toi", "mình", "minh", "bot", "buổi", "buoi", "sáng", "sang", "chiều", "chieu", "tối", "good",
    "morning", "các", "cac", "cô", "chú", "bác", "được", "rồi", "roi", "quá", "qua", "vì", "đã", "giúp", "giup", "đỡ",
];
/// Folded runs that ask who answers.
const WHO: &[&str] = &[
    "nguoi hay may",
    "may hay nguoi",
    "nguoi hay la may",
    "may hay la nguoi",
    "nguoi hay robot",
    "ban la ai",
    "ban la may",
    "ban la robot",
    "ban la bot",
    "ban la nguoi that",
    "ban la nguoi a",
    "ban co phai nguoi",
    "ban co phai la nguoi",
    "ban co phai la may",
    "ban ten gi",
    "ban ten la gi",
    "ban giup duoc gi",
    "ban lam duoc gi",
    "tro ly la ai",
    "tro ly la gi",
];

/// What sort of courtesy a text is, when it is nothing else.
#[must_use]
pub fn of(text: &str) -> Option<Rejoinder> {
    let small = vietnamese::normalise(text).to_lowercase();
    let words: Vec<&str> = small.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > WORDS_MAX {
        return None;
    }
    let folded = format!(" {} ", intent::words(text).join(" "));
    if WHO.iter().any(|run| folded.contains(&format!(" {run} "))) {
        return Some(Rejoinder::Machine);
    }
    let is = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let only = words.iter().all(|word| GREETING.contains(word) || THANKING.contains(word) || BESIDE.contains(word));
    if !only {
        return None;
    }
    // "Cảm ơn" is two words; one of them alone is neither.
    let thanks = folded.contains(" cam on ") || is(&["thank", "thanks", "tks", "thankyou", "camon"]);
    match (thanks, is(GREETING)) {
        (true, _) => Some(Rejoinder::Thanks),
        (false, true) => Some(Rejoinder::Greeting),
        (false, false) => None,
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn courtesies_are_known_and_questions_are_questions() {
        for text in ["hi", "Hi!", "chào bạn", "Xin chào trợ lý ạ", "alo"] {
            assert_eq!(of(text), Some(Rejoinder::Greeting), "{text}");
        }
        for text in ["cảm ơn", "Cám ơn bạn nhiều nhé!", "cam on", "thanks"] {
            assert_eq!(of(text), Some(Rejoinder::Thanks), "{text}");
        }
        assert_eq!(of("bạn là người hay máy?"), Some(Rejoinder::Machine));
        for text in ["Chào bạn, ai chủ trì trồng cây?", "Cháo lòng bán ở đâu?", "Cam kết là gì?", "Máy bay nông nghiệp là gì?"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
