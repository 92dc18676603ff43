//! What may be asked: every text that can not be a question is told why, in words that help. Pure.

use super::{extortion, words};
use crate::cases::case::acting::{plain, secret};
use crate::web::Obstacle;

/// The longest question, in letters.
pub const LETTERS_MAX: usize = 5_000;
/// Shorter texts ask nothing.
const LETTERS_MIN: usize = 10;
const WORDS_MIN: usize = 2;
/// More addresses of pages than that are an advertisement.
const LINKS_MAX: usize = 3;

/// The text as it is kept: composed, without letters that nobody sees and marks that turn the reading round.
///
/// # Errors
/// What is wrong with it, at the field.
pub fn read(given: &str, field: &'static str) -> Result<String, Vec<Obstacle>> {
    let Some(text) = plain(&visible(given), LETTERS_MAX) else {
        return Err(vec![Obstacle::new("question-too-long").with("n", LETTERS_MAX).at(field)]);
    };
    let text = text.trim().to_owned();
    let wrong = wrong(&text);
    match wrong {
        Some(key) => Err(vec![Obstacle::new(key).at(field)]),
        None => match secret(&text, field) {
            Some(obstacle) => Err(vec![obstacle]),
            None => Ok(text),
        },
    }
}

fn wrong(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("question-needs-text");
    }
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters == 0 {
        return Some("question-needs-words");
    }
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    if letters < LETTERS_MIN || words < WORDS_MIN || is_one_letter(text) {
        return Some("question-too-short");
    }
    let links = text.to_lowercase().matches("http").count().max(text.to_lowercase().matches("www.").count());
    if links > LINKS_MAX {
        return Some("question-many-links");
    }
    is_abusive(text).then_some("question-abusive")
}

/// Without what is not seen: zero widths, marks of direction (right-to-left and back), controls. More than a text may have is cut, so that
/// nobody keeps us busy with what is refused anyway.
#[must_use]
pub fn visible(given: &str) -> String {
    let is_unseen = |letter: char| {
        matches!(letter,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}' | '\u{ad}' | '\u{180e}')
            || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
    };
    given.chars().filter(|letter| !is_unseen(*letter)).take(LETTERS_MAX * 3).collect()
}

/// Whether somebody may be called by that, or it is empty: eight digits or more, with what people write between them.
#[must_use]
pub fn is_telephone(given: &str) -> bool {
    let digits = given.chars().filter(char::is_ascii_digit).count();
    given.is_empty()
        || ((8..=15).contains(&digits) && given.chars().all(|letter| letter.is_ascii_digit() || " +-.()".contains(letter)))
}

/// `aaaa aaaa`: fewer different letters than any sentence has.
fn is_one_letter(text: &str) -> bool {
    let mut letters: Vec<char> = text.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect();
    letters.sort_unstable();
    letters.dedup();
    letters.len() < 4
}

/// Whether the text insults. Words as they are written, with their marks: folded ones name harmless things.
#[must_use]
pub fn is_abusive(text: &str) -> bool {
    let text = vietnamese::normalise(text).to_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined = format!(" {} ", words.join(" "));
    words::INSULTS.iter().any(|insult| joined.contains(&format!(" {insult} ")))
}

/// Whether the text accuses somebody of an offence in office: that is for the protected channel. In doubt it is, for what was taken for
/// one by mistake can be brought back, and who was named in public can not be hidden again.
#[must_use]
pub fn is_denunciation(text: &str) -> bool {
    let folded = vietnamese::fold(text);
    let plain: String = folded.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let words = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    let has = |list: &[&str]| list.iter().any(|one| words.contains(&format!(" {one} ")));
    if has(words::DENOUNCING) || extortion::is_told(text, has(words::ASKING)) {
        return true;
    }
    has(words::OFFENCES) && (has(words::OFFICIALS) || !has(words::ASKING))
}

#[cfg(test)]
mod unit {
    use super::*;

    fn refused(text: &str) -> &'static str {
        read(text, "question").expect_err(text)[0].key
    }

    #[test]
    fn each_bad_input_has_its_answer() {
        assert_eq!(refused(" \n "), "question-needs-text");
        assert_eq!(refused("\u{202e}\u{200b}\u{feff}"), "question-needs-text", "marks alone are nothing");
        assert_eq!(refused("😀😀😀 🎉"), "question-needs-words");
        assert_eq!(refused("12345 ???"), "question-needs-words");
        assert_eq!(refused("Alo?"), "question-too-short");
        assert_eq!(refused("aaaaaaaaaaaa aaaaaaaaa"), "question-too-short");
        assert_eq!(refused(&"ặ ".repeat(10_000)), "question-too-long");
        assert_eq!(refused(&"a".repeat(5 * 1024 * 1024)), "question-too-long");
        assert_eq!(refused("Mua ngay http://a.vn http://b.vn http://c.vn http://d.vn nhé"), "question-many-links");
        assert_eq!(refused("Đồ óc chó sao không trả lời tôi"), "question-abusive");
        assert_eq!(refused("TỐI MẬT\nNội dung là gì vậy"), "answer-secret");
    }

    #[test]
    fn marks_of_direction_are_taken_out_and_tags_stay_text() {
        let read = |text: &str| super::read(text, "question").expect(text);
        assert_eq!(read("Làm \u{202e}thẻ\u{202c} ở đâu vậy?"), "Làm thẻ ở đâu vậy?");
        assert_eq!(read("<script>alert(1)</script> là gì vậy?"), "<script>alert(1)</script> là gì vậy?");
        assert_eq!(read("Where can I learn digital skills?"), "Where can I learn digital skills?", "another language is taken");
    }

    #[test]
    fn who_accuses_is_told_from_who_asks() {
        for accused in [
            "Tôi xin tố cáo ông chủ tịch xã nhận tiền của dân",
            "Cán bộ xã vòi vĩnh 5 triệu mới ký hồ sơ cho tôi",
            "Đơn tố giác hành vi tham ô tại trường học",
            "giam doc so nhan hoi lo",
            "Họ tham nhũng tiền làm đường của ấp tôi",
            "cán bộ phường đòi tôi đưa 2 triệu mới chịu ký giấy",
            "Bị cán bộ xã đòi tiền khi làm giấy khai sinh",
            "Làm hồ sơ bị nhũng nhiễu nhiều lần",
            "Y tá bắt đưa phong bì mới cho vào khám",
        ] {
            assert!(is_denunciation(accused), "{accused}");
        }
        for asked in [
            "Quy định về phòng, chống tham nhũng có ở đâu?",
            "Thủ tục tố cáo được quy định như thế nào?",
            "Làm sao để đăng ký lớp kỹ năng số?",
            "Loa ấp tôi hỏng đã một tháng, khi nào sửa?",
            "Thủ tục tố cáo gồm những giấy tờ gì?",
            "Cán bộ một cửa thu lệ phí 50 nghìn có đúng quy định không?",
        ] {
            assert!(!is_denunciation(asked), "{asked}");
        }
    }

    #[test]
    fn a_telephone_is_digits() {
        for number in ["", "0901234567", "+84 901 234 567", "(0277) 3.851.431"] {
            assert!(is_telephone(number), "{number}");
        }
        for wrong in ["abcxyz", "090", "gọi 0901234567", "0901234567 hoặc 0907654321"] {
            assert!(!is_telephone(wrong), "{wrong}");
        }
    }

    #[test]
    fn angry_is_not_abusive() {
        assert!(!is_abusive("Tôi rất bực, chờ ba tháng rồi mà chẳng ai trả lời!"));
        assert!(!is_abusive("Chó thả rông trong khu phố thì báo ai?"));
        assert!(is_abusive("địt mẹ chúng mày"));
    }
}
