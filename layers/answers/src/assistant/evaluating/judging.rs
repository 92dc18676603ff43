//! Whether an answer is right: the expected words stand in its quotes, all its figures with them; and whether it has the expected source.
//! Pure.

use super::Reply;
use super::questions::Expected;
use crate::assistant::exact::intent;

/// Of the words of an expected answer, so many of a hundred have to be said.
const SAID_PERCENT: usize = 60;
/// Quotes that are looked at.
const QUOTES: usize = 3;

/// How a question went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right {
        source: bool,
    },
    /// Answered with something else.
    Wrong,
    /// Not answered, and it could have been.
    Refused,
    /// Not answered, as it should.
    RightlyRefused,
    /// Answered, and it can not be.
    Answered,
    /// Nobody says.
    Open,
}

impl Verdict {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Right { source: true } => "right",
            Self::Right { source: false } => "source",
            Self::Wrong => "wrong",
            Self::Refused => "refused",
            Self::RightlyRefused => "rightly-refused",
            Self::Answered => "answered",
            Self::Open => "open",
        }
    }

    /// Whether somebody should look at it.
    #[must_use]
    pub const fn is_missed(self) -> bool {
        matches!(self, Self::Right { source: false } | Self::Wrong | Self::Refused | Self::Answered)
    }
}

/// How many went how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub answerable: i32,
    pub answered_right: i32,
    pub wrongly_answered: i32,
    pub wrongly_refused: i32,
    pub unanswerable: i32,
    pub rightly_refused: i32,
    pub source_right: i32,
    pub open: i32,
}

impl Tally {
    /// Counts one.
    pub fn add(&mut self, expected: &Expected, verdict: Verdict) {
        match expected {
            Expected::Answers { .. } | Expected::Plan { .. } => self.answerable += 1,
            Expected::Nothing => self.unanswerable += 1,
            Expected::Open => self.open += 1,
        }
        match verdict {
            Verdict::Right { source } => {
                self.answered_right += 1;
                self.source_right += i32::from(source);
            }
            Verdict::Wrong | Verdict::Answered => self.wrongly_answered += 1,
            Verdict::Refused => self.wrongly_refused += 1,
            Verdict::RightlyRefused => self.rightly_refused += 1,
            Verdict::Open => {}
        }
    }
}

/// Judges a reply. `lines`: the lines of the plan that are its expected source.
#[must_use]
pub fn judge(expected: &Expected, reply: &Reply, lines: &[String]) -> Verdict {
    match expected {
        Expected::Open => Verdict::Open,
        Expected::Nothing if reply.answered => Verdict::Answered,
        Expected::Nothing => Verdict::RightlyRefused,
        _ if !reply.answered => Verdict::Refused,
        Expected::Answers { answers, gold } => {
            let quotes: Vec<String> = reply.sources.iter().take(QUOTES).map(|one| padded(&one.quote)).collect();
            let says =
                answers.is_empty() || answers.iter().any(|answer| quotes.iter().any(|quote| quote.contains(&padded(answer))));
            let of = |id: &Option<String>| id.as_ref().is_some_and(|id| gold.contains(id));
            let source = gold.is_empty() || reply.sources.first().is_some_and(|one| of(&one.external_id));
            if says { Verdict::Right { source } } else { Verdict::Wrong }
        }
        Expected::Plan { answer, .. } => {
            let said =
                format!("{} {}", reply.answer, reply.sources.iter().map(|one| one.quote.as_str()).collect::<Vec<_>>().join(" "));
            let source = lines.is_empty() || reply.sources.iter().any(|one| lines.iter().any(|line| stands_in(&one.quote, line)));
            if covers(&said, answer) { Verdict::Right { source } } else { Verdict::Wrong }
        }
    }
}

/// Small words with a space at each edge, so that whole words are found.
fn padded(text: &str) -> String {
    let text = vietnamese::normalise(text).to_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// Whether the words of an expected answer are said, its figures all of them (`03` is `3`).
fn covers(said: &str, expected: &str) -> bool {
    let plain = |text: &str| -> Vec<String> {
        let unpadded = |word: String| {
            let short = word.trim_start_matches('0');
            let is_figure = word.bytes().all(|byte| byte.is_ascii_digit()) && !short.is_empty();
            if is_figure { short.to_owned() } else { word }
        };
        intent::words(text).into_iter().map(unpadded).collect()
    };
    let (said, wanted) = (plain(said), plain(expected));
    let is_figure = |word: &&String| word.bytes().all(|byte| byte.is_ascii_digit());
    let figures = wanted.iter().filter(is_figure).all(|word| said.contains(word));
    let content: Vec<&String> = wanted.iter().filter(|word| !intent::is_empty(word)).collect();
    let there = content.iter().filter(|word| said.contains(word)).count();
    figures && there * 100 >= content.len() * SAID_PERCENT
}

/// Whether one of them stands in the other, whatever their spaces.
fn stands_in(quote: &str, line: &str) -> bool {
    let any = |piece: &str| !piece.trim().is_empty() && padded(line).contains(padded(piece).trim());
    quote.lines().any(any)
}

#[cfg(test)]
mod unit {
    use super::super::Source;
    use super::*;

    fn reply(quote: &str, id: &str) -> Reply {
        let source = Source { external_id: Some(id.to_owned()), quote: quote.to_owned() };
        Reply { answered: true, answer: quote.to_owned(), sources: vec![source] }
    }

    #[test]
    fn verdicts_have_words() {
        assert!(Verdict::Right { source: true }.code() == "right" && !Verdict::Right { source: true }.is_missed());
        assert!(Verdict::Right { source: false }.is_missed(), "the answer without its source is looked at");
    }

    #[test]
    fn an_answer_is_right_when_its_words_stand_in_a_quote() {
        let expected = Expected::Answers { answers: vec!["136".into()], gold: vec!["g".into()] };
        assert_eq!(judge(&expected, &reply("Anh có 136 lần.", "g"), &[]), Verdict::Right { source: true });
        assert_eq!(judge(&expected, &reply("Anh có 136 lần.", "h"), &[]), Verdict::Right { source: false });
        assert_eq!(judge(&expected, &reply("Anh có 1360 lần.", "g"), &[]), Verdict::Wrong, "whole words only");
        assert_eq!(judge(&expected, &Reply::default(), &[]), Verdict::Refused);
        assert_eq!(judge(&Expected::Nothing, &reply("x", "g"), &[]), Verdict::Answered);
        assert_eq!(judge(&Expected::Nothing, &Reply::default(), &[]), Verdict::RightlyRefused);
    }

    #[test]
    fn a_plans_answer_needs_its_figures_and_its_lines() {
        let expected =
            Expected::Plan { number: "7".into(), lines: vec![1], answer: "Ít nhất 03 lớp, xong trong năm 2027".into() };
        let line = ["- Mở ít nhất 03 lớp  học nghề.  Hoàn thành trong năm 2027.".to_owned()];
        let right = reply("Mở ít nhất 03 lớp học nghề. Hoàn thành trong năm 2027.", "");
        assert_eq!(judge(&expected, &right, &line), Verdict::Right { source: true });
        assert_eq!(judge(&expected, &reply("Mở ít nhất 05 lớp trong năm 2027.", ""), &line), Verdict::Wrong);
        let elsewhere = ["Một dòng khác.".to_owned()];
        assert_eq!(judge(&expected, &right, &elsewhere), Verdict::Right { source: false });
    }
}
