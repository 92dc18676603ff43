//! Whether what a person answered is an answer to this question too: it has to ask the same, and of the same place, body and number. Pure.

use super::exact::intent;
use crate::questions;

/// A title is the same question when so much of either is in the other.
const SAME_PERCENT: usize = 75;

/// Whether two ask the same, word for word but for accents and small words.
#[must_use]
pub fn is_same(question: &str, title: &str) -> bool {
    let words = |text: &str| {
        let mut words = content(text);
        words.sort();
        words.dedup();
        words
    };
    let (one, other) = (words(question), words(title));
    let both = one.iter().filter(|word| other.contains(word)).count();
    let most = one.len().max(other.len());
    most > 0 && both * 100 >= most * SAME_PERCENT
}

/// Whether nothing that the question names is missing from the answer with its title: a price at one market is none at another. Where
/// names are typed small, words that the answer does not have are taken for one when the title names something that was not asked about.
#[must_use]
pub fn fits(question: &str, title: &str, answer: &str) -> bool {
    let question = questions::mask(question).text;
    let there = padded(&format!("{title}\n{answer}"));
    let says = |run: &String| there.contains(&format!(" {run} "));
    let has_digit = |word: &String| word.bytes().any(|byte| byte.is_ascii_digit());
    let numbers: Vec<String> = intent::words(&question).into_iter().filter(has_digit).collect();
    if !names(&question).iter().chain(&numbers).all(says) {
        return false;
    }
    let asked = padded(&question);
    let is_of_another = names(title).iter().any(|name| !asked.contains(&format!(" {name} ")));
    !is_of_another || content(&intent::expanded(&question)).iter().all(says)
}

fn content(text: &str) -> Vec<String> {
    intent::words(text).into_iter().filter(|word| !intent::is_empty(word)).collect()
}

fn padded(text: &str) -> String {
    format!(" {} ", intent::words(&intent::expanded(text)).join(" "))
}

/// Runs of words that are written large, folded; not the word with which a sentence begins.
fn names(text: &str) -> Vec<String> {
    let text = intent::expanded(text);
    if !text.chars().any(char::is_lowercase) {
        return Vec::new();
    }
    let tokens = vietnamese::tokens(&text);
    let (mut found, mut run): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut end = 0;
    for token in &tokens {
        let between = &text[end..token.span.start];
        let begins = end == 0 || between.contains(['.', '?', '!', '\n', ':', '“', '"']);
        end = token.span.end;
        let is_large = token.text.starts_with(char::is_uppercase) && !begins;
        if !is_large || !between.chars().all(char::is_whitespace) {
            found.push(std::mem::take(&mut run).join(" "));
        }
        if is_large {
            run.extend(intent::words(token.text));
        }
    }
    found.push(run.join(" "));
    found.retain(|name| !name.is_empty());
    found
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn the_same_question_is_known_without_accents() {
        assert!(is_same("dang ky nhan hieu xoai o dau", "Đăng ký nhãn hiệu xoài ở đâu?"));
        assert!(!is_same("Đăng ký nhãn hiệu xoài ở đâu?", "Đăng ký tạm trú ở đâu?"));
        assert!(!is_same("", ""));
    }

    #[test]
    fn what_is_said_of_one_place_is_not_said_of_another() {
        let (title, answer) = ("Giá thuê mặt bằng chợ Cao Lãnh bao nhiêu?", "Giá thuê là 200.000 đồng một mét vuông mỗi tháng.");
        for asked in
            ["Giá thuê mặt bằng chợ Cao Lãnh bao nhiêu?", "gia thue mat bang cho cao lanh", "Giá thuê mặt bằng chợ bao nhiêu?"]
        {
            assert!(fits(asked, title, answer), "{asked}");
        }
        for asked in ["Giá thuê mặt bằng chợ Sa Đéc bao nhiêu?", "gia thue mat bang cho sa dec bao nhieu"] {
            assert!(fits(asked, "Giá thuê mặt bằng chợ Sa Đéc bao nhiêu?", answer) && !fits(asked, title, answer), "{asked}");
        }
        assert!(!fits("Lệ phí năm 2027 bao nhiêu?", "Lệ phí năm 2026 bao nhiêu?", "Miễn phí."));
        assert!(fits("UBND xã thu phí thế nào?", "Ủy ban nhân dân xã thu phí thế nào?", "Miễn phí."));
    }
}
