//! Which sentences that were found may be quoted at all: sentences that say something, to whom asks, once. Names of agencies, questions,
//! rows of tables, notes at the foot and fillers are for finding and answer nothing. Pure.

use retrieval::answering::Quote;

use super::alike;
use super::exact::intent::{self, Wish};

/// Kinds that a person wrote as an answer to the question that is their title.
pub const ANSWERS: [&str; 2] = ["curated", "question"];
/// Words of sentences that stand behind every second provision and say nothing by themselves.
const FILLERS: &[&str] = &[
    "nhiem", "vu", "thuong", "xuyen", "hang", "nam", "quy", "thang", "dinh", "ky", "hoan", "thanh", "trong", "lien", "tuc",
    "ket", "qua", "yeu", "cau", "nhu", "tren", "khac", "hanh",
];
/// Folded runs by which a sentence names a body.
const BODIES: &[&str] = &[
    "so",
    "uy ban",
    "ubnd",
    "ban",
    "cong an",
    "cuc",
    "chi cuc",
    "trung tam",
    "hoi",
    "doan",
    "mat tran",
    "van phong",
    "thanh tra",
    "dai",
    "bao",
    "truong",
    "phong",
    "bo",
    "nganh",
    "dia phuong",
    "co quan",
    "don vi",
    "chu tich",
];
/// A figure that is glued to a word of so many letters is a note; to a shorter one it belongs: `m2`.
const GLUED_LETTERS_MIN: usize = 3;
/// Folded runs that say when without a figure.
const TIMES: &[&str] = &["thuong xuyen", "hang nam", "hang thang", "hang quy", "hang tuan", "hang ngay", "lien tuc"];

/// What is kept of the quotes.
#[derive(Clone, Debug, Default)]
pub struct Asked<'a> {
    question: &'a str,
    wishes: Vec<Wish>,
    /// It goes on from a question before.
    goes_on: bool,
}

impl<'a> Asked<'a> {
    #[must_use]
    pub fn new(question: &'a str, goes_on: bool) -> Self {
        let wishes = intent::read(question).map(|intent| intent.wishes).unwrap_or_default();
        Self { question, wishes, goes_on }
    }

    /// Those that are worth quoting, each once.
    #[must_use]
    pub fn worth(&self, quotes: Vec<Quote>) -> Vec<Quote> {
        let mut kept: Vec<Quote> = Vec::new();
        let mut known: Vec<String> = Vec::new();
        for quote in quotes {
            let words = format!(" {} ", intent::words(quote.text()).join(" "));
            let is_twice = known.iter().any(|other| other.contains(&words) || words.contains(other.as_str()));
            if !is_twice && self.is_worth(&quote) {
                known.push(words);
                kept.push(quote);
            }
        }
        kept
    }

    fn is_worth(&self, quote: &Quote) -> bool {
        let kind = quote.document.facet("kind").unwrap_or_default();
        // Behind the answer of a citizen's question stands the question itself.
        let is_question = ANSWERS.contains(&kind) && quote.passage > 0;
        kind != "agency" && !is_question && says_something(quote.text()) && !self.is_asked_back(quote.text())
    }

    /// The sentence is the question.
    fn is_asked_back(&self, text: &str) -> bool {
        let asked = intent::words(self.question);
        let is_repeated = intent::words(text).iter().all(|word| asked.contains(word));
        is_repeated || (text.trim_end().ends_with('?') && alike::is_same(self.question, text))
    }

    /// Where the page of an agency was found first: those that say most of what the question says besides its name. A name is said in much
    /// that answers nothing.
    #[must_use]
    pub fn besides(&self, name: &str, mut quotes: Vec<Quote>) -> Vec<Quote> {
        let name = intent::words(&intent::expanded(name));
        let mut asked = intent::words(&intent::expanded(self.question));
        asked.retain(|word| !intent::is_empty(word) && !name.contains(word));
        quotes.retain(|quote| {
            let words = intent::words(quote.text());
            asked.iter().filter(|word| words.contains(word)).count() * 2 > asked.len()
        });
        quotes
    }

    /// Whether what was found first is another question's answer: how sure the reply is, is of that.
    #[must_use]
    pub fn is_led_astray(&self, first: Option<&Quote>) -> bool {
        let is_answer = |quote: &&Quote| ANSWERS.contains(&quote.document.facet("kind").unwrap_or_default());
        first.filter(is_answer).is_some_and(|quote| !self.is_answered_by(quote))
    }

    /// Whether a quote may stand as the answer: what an officer answered, of the same place; of a provision, or in a follow-up, only what
    /// says who, or when, where that is asked.
    #[must_use]
    pub fn is_answered_by(&self, quote: &Quote) -> bool {
        let kind = quote.document.facet("kind").unwrap_or_default();
        if ANSWERS.contains(&kind) {
            let answer: Vec<&str> = quote.document.passages.iter().map(|passage| passage.text.as_str()).collect();
            return alike::fits(self.question, &quote.document.title, &answer.join("\n"));
        }
        !(kind == "provision" || self.goes_on) || self.states(quote.text())
    }

    fn states(&self, text: &str) -> bool {
        let words = format!(" {} ", intent::words(text).join(" "));
        let has = |runs: &[&str]| runs.iter().any(|run| words.contains(&format!(" {run} ")));
        let is_when = words.bytes().any(|byte| byte.is_ascii_digit()) || has(TIMES);
        (!self.wishes.contains(&Wish::Due) || is_when) && (!self.wishes.contains(&Wish::Lead) || has(BODIES))
    }
}

/// No row of a table, no note at the foot or sentence with the mark of one, no filler.
fn says_something(text: &str) -> bool {
    let is_row = text.contains(['|', '\t']);
    let words = intent::words(text);
    let is_filler = words.iter().all(|word| intent::is_empty(word) || FILLERS.contains(&word.as_str()));
    !is_row && !is_filler && !has_note(text)
}

/// `[^1]`, `[12]`, or a figure that is glued to a word: `tỉnh2`.
fn has_note(text: &str) -> bool {
    let in_brackets = |rest: &str| {
        let inner = rest.split(']').next().unwrap_or_default();
        inner.len() < rest.len()
            && (inner.starts_with('^') || (!inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit())))
    };
    let is_glued = |word: &str| {
        let letters = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let is_word = letters.chars().count() >= GLUED_LETTERS_MIN && letters.chars().all(char::is_lowercase);
        is_word && letters.len() < word.len() && !letters.is_ascii()
    };
    text.split('[').skip(1).any(in_brackets) || text.split(|letter: char| !letter.is_alphanumeric()).any(is_glued)
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn what_says_nothing_is_not_quoted() {
        for text in [
            "Nhiệm vụ thường xuyên.",
            "Xã | Số hộ | Ghi chú",
            "[^1]: Theo báo cáo của Sở.",
            "Tỉnh có 102 xã[2].",
            "Theo báo cáo của tỉnh2.",
        ] {
            assert!(!says_something(text), "{text}");
        }
        for text in ["Hoàn thành trong năm 2026.", "Diện tích 5.938 km2.", "Thời hạn giải quyết là 15 ngày làm việc."]
        {
            assert!(says_something(text), "{text}");
        }
    }

    #[test]
    fn the_question_itself_is_no_answer() {
        let asked = Asked::new("Xã tôi khi nào mở lớp kỹ năng số?", false);
        assert!(asked.is_asked_back("Khi nào xã mở lớp kỹ năng số?"));
        assert!(!asked.is_asked_back("Lớp kỹ năng số mở từ tháng 6."));
    }

    #[test]
    fn who_and_when_have_to_be_said() {
        let when = Asked::new("Thế hạn khi nào trồng cây bên đường", true);
        assert!(!when.states("Các xã vận động người dân trồng cây.") && when.states("Trồng cây xong trước tháng 6."));
        let who = Asked::new("Ai lập danh mục tuyến đường?", false);
        assert!(!who.states("Lập danh mục tuyến đường cần trồng cây.") && who.states("Sở Xây dựng lập danh mục."));
    }
}
