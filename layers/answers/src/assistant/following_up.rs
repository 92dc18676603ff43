//! A follow-up keeps what the conversation is about: an elliptic question gets the topic words of the one before. No model, and what
//! was said stays as it was typed. Pure.

use super::exact::intent::{self, is_empty};

/// A question with more words of its own stands for itself.
const OWN_WORDS_MAX: usize = 3;
/// So many questions back are looked at.
pub const TURNS_MAX: usize = 6;
/// Folded beginnings that go on from what was said.
const GOING_ON: &[&str] = &["con", "the con", "vay con", "the", "vay", "vay thi", "the thi", "roi", "the khi", "nhung"];
/// Folded words that point back.
const POINTING: &[&str] =
    &["viec do", "cai do", "dieu do", "viec nay", "cai nay", "no", "viec ay", "cai ay", "o tren", "vua roi"];
/// What asks about another one of the same: "còn … thì sao".
const LIKEWISE: &[&str] = &["thi sao", "sao", "the nao"];

/// The question as it is searched: itself, or with what the one before was about.
#[must_use]
pub fn whole(question: &str, before: &[String]) -> String {
    let Some(last) = before.iter().rev().take(TURNS_MAX).find(|one| !one.trim().is_empty()) else {
        return question.trim().to_owned();
    };
    let words = intent::words(question);
    let own: Vec<&String> = words.iter().filter(|word| !is_empty(word) && !GOING_ON.contains(&word.as_str())).collect();
    let joined = words.join(" ");
    let goes_on = GOING_ON.iter().any(|run| joined == *run || joined.starts_with(&format!("{run} ")));
    let points = POINTING.iter().any(|run| format!(" {joined} ").contains(&format!(" {run} ")));
    let topic = intent::read(question).map_or(own.len(), |intent| intent.topic.len());
    if !(goes_on || points || topic == 0) || topic > OWN_WORDS_MAX + usize::from(goes_on) * 4 {
        return question.trim().to_owned();
    }
    // "Còn Sở Tài chính thì sao?" asks of another one what was asked before.
    let is_likewise =
        goes_on && LIKEWISE.iter().any(|run| joined.ends_with(&format!(" {run}"))) && intent::read(question).is_none();
    let (first, second) = if is_likewise { (last.as_str(), question) } else { (question, last.as_str()) };
    let there = intent::words(first);
    let keeps = |word: &&str| {
        let folded = intent::words(word).join(" ");
        !folded.is_empty() && !is_empty(&folded) && !there.contains(&folded) && !GOING_ON.contains(&folded.as_str())
    };
    let asks: Vec<String> = asking_words(second);
    let added: Vec<&str> =
        second.split_whitespace().filter(|word| !asks.contains(&intent::words(word).join(" "))).filter(keeps).collect();
    let first = first.trim().trim_end_matches(['?', '.', '!']);
    if added.is_empty() { first.to_owned() } else { format!("{first} {}", added.join(" ").trim_end_matches(['?', '.', '!'])) }
}

/// The words of a question that only ask: those that its topic does not have.
fn asking_words(question: &str) -> Vec<String> {
    let Some(intent) = intent::read(question) else { return Vec::new() };
    intent::words(question).into_iter().filter(|word| !intent.topic.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(before: &str, question: &str) -> String {
        whole(question, &[before.to_owned()])
    }

    #[test]
    fn what_goes_on_gets_its_topic() {
        assert_eq!(after("Ai chủ trì lập danh mục tuyến đường?", "Thế hạn khi nào?"), "Thế hạn khi nào lập danh mục tuyến đường");
        assert_eq!(after("ai chu tri trong cay", "bao gio xong"), "bao gio xong trong cay");
        assert_eq!(
            after("Ai phối hợp lập danh mục tuyến đường?", "Việc đó khi nào xong?"),
            "Việc đó khi nào xong lập danh mục tuyến đường"
        );
    }

    #[test]
    fn another_one_is_asked_the_same() {
        let asked = after("Sở Xây dựng được giao làm gì về cây xanh?", "Còn Sở Tài chính thì sao?");
        assert!(asked.starts_with("Sở Xây dựng được giao làm gì về cây xanh") && asked.contains("Tài chính"), "{asked}");
    }

    #[test]
    fn what_stands_for_itself_is_left() {
        for question in ["Loa truyền thanh đầu ấp phát mấy giờ?", "Đăng ký nhãn hiệu cho xoài ở đâu?"] {
            assert_eq!(after("Ai chủ trì trồng cây?", question), question);
        }
        assert_eq!(whole("Hạn khi nào?", &[]), "Hạn khi nào?");
    }
}
