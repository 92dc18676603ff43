//! A question → quoted sentences that answer it, or the honest word that nothing does. There is no model: what is quoted stands in a
//! document byte for byte, and how sure it may be is a few features weighed by numbers that an index can be asked for anew.
//!
//! ```text
//!   question ──search──► the best documents ──units──► sentences and clauses ──score──► quotes
//!                                   └────────────features────────────► confidence ──► answered · near · refused
//! ```

mod calibration;
mod kind;
mod units;

use std::ops::Range;

use crate::document::Document;
use crate::error::Error;
use crate::index::{Index, Words};
use crate::query::Query;
use crate::quotation;
use crate::rank::Ranking;
use crate::searching::{Hit, Question};
use crate::text::terms;

pub use calibration::{Calibration, Sample};
use kind::Wanted;
use units::{Unit, units};

/// Documents whose sentences are looked at.
const DOCUMENTS: usize = 10;
/// Sentences of a document that are looked at: those of its best stretches are among them, since they are taken by what they say.
const UNITS_MAX: usize = 600;
/// What terms and pairs of neighbours weigh.
const TERMS: f32 = 0.6;
const PAIRS: f32 = 0.4;
/// Quotes of one document at most.
const OF_ONE: usize = 2;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// As typed.
    pub question: &'a str,
    /// Facets that a document must have: for each name one of the values.
    pub facets: Vec<(&'a str, Vec<&'a str>)>,
    /// Quotes wanted, at most.
    pub quotes: usize,
}

/// How sure the reply is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing answers it.
    #[default]
    Refused,
    /// The quotes may have to do with it.
    Near,
    /// The quotes answer it.
    Answered,
}

/// A sentence of a document, byte for byte.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quote {
    /// Its document, as it was put.
    pub document: Document,
    /// Which passage.
    pub passage: usize,
    /// Its bytes within the passage's text.
    pub span: Range<usize>,
    /// What leads into it, in the same passage: an item of a list says nothing without.
    pub lead: Option<Range<usize>>,
    /// What was asked for, as bytes within the passage's text, in order and apart.
    pub marks: Vec<Range<usize>>,
    /// How well it answers, next to the other quotes.
    pub score: f32,
}

impl Quote {
    /// The sentence as it stands in the document.
    #[must_use]
    pub fn text(&self) -> &str {
        self.within(&self.span)
    }

    /// What leads into it, as it stands there.
    #[must_use]
    pub fn lead_text(&self) -> Option<&str> {
        self.lead.as_ref().map(|lead| self.within(lead))
    }

    fn within(&self, span: &Range<usize>) -> &str {
        self.document.passages.get(self.passage).and_then(|passage| passage.text.get(span.clone())).unwrap_or_default()
    }
}

/// What an index says to a question.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// What it is worth.
    pub standing: Standing,
    /// From 0 to 1.
    pub confidence: f32,
    /// The best first; there may be some when it is refused, for whoever looks into why.
    pub quotes: Vec<Quote>,
    /// The nearest documents.
    pub near: Vec<Hit>,
    /// Document numbers that were asked for and stand nowhere, as typed. Then it is refused.
    pub unknown_numbers: Vec<String>,
    /// What went into the confidence.
    pub sample: Sample,
}

impl Index {
    /// Answers by quoting, or says that nothing answers.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn reply(&self, asked: &Asked, calibration: &Calibration) -> Result<Reply, Error> {
        self.reply_without(asked, calibration, None)
    }

    /// The same as if that document were not there.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn reply_without(&self, asked: &Asked, calibration: &Calibration, without: Option<&str>) -> Result<Reply, Error> {
        let question =
            Question { text: asked.question, facets: asked.facets.clone(), limit: DOCUMENTS + 1, ..Question::default() };
        let answer = self.search(&question)?;
        let mut hits = answer.hits;
        hits.retain(|hit| without != Some(hit.document.id.as_str()));
        hits.truncate(DOCUMENTS);
        let searcher = self.searcher();
        let words = Words::of(&searcher, self.fields);
        let query = Query::read(asked.question, &words);
        let ranking = Ranking::new(&query, &words, words.average());
        let scored = scored(asked.question, &hits, &ranking);
        let sample = sample(&hits, &scored, &ranking);
        let confidence = if hits.is_empty() { 0.0 } else { calibration.confidence(&sample) };
        let standing = if answer.unknown_numbers.is_empty() { calibration.standing(confidence) } else { Standing::Refused };
        let quotes = chosen(asked.quotes, &hits, scored, &ranking);
        Ok(Reply { standing, confidence, quotes, near: hits, unknown_numbers: answer.unknown_numbers, sample })
    }
}

/// A unit of a hit with its score.
struct Scored {
    hit: usize,
    passage: usize,
    unit: Unit,
    /// How much of the question it says, before anything else counts.
    says: f32,
    score: f32,
}

fn scored(question: &str, hits: &[Hit], ranking: &Ranking) -> Vec<Scored> {
    let wanted = Wanted::of(question);
    let top = hits.first().map_or(1.0, |hit| hit.score).max(f32::MIN_POSITIVE);
    let mut all = Vec::new();
    for (at, hit) in hits.iter().enumerate() {
        let worth = (hit.score / top).clamp(0.0, 1.0).powi(2);
        let title = codes(&hit.document.title);
        let mut left = UNITS_MAX;
        for (passage_at, passage) in hit.document.passages.iter().enumerate() {
            let heading = codes(&passage.heading);
            for unit in units(&passage.text).into_iter().take(left) {
                left -= 1;
                let text = &passage.text[unit.span.clone()];
                let own = terms(text);
                let codes: Vec<_> = own.iter().map(|term| term.code).collect();
                let mut around = [title.as_slice(), heading.as_slice()].concat();
                if let Some(lead) = &unit.lead {
                    around.extend(terms(&passage.text[lead.clone()]).iter().map(|term| term.code));
                }
                let (of_terms, of_pairs) = ranking.share(&codes, &around);
                let says = TERMS * of_terms + PAIRS * of_pairs;
                if says > 0.0 {
                    let score = says * wanted.prior(text, &own) * worth;
                    all.push(Scored { hit: at, passage: passage_at, unit, says, score });
                }
            }
        }
    }
    all.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| (a.hit, a.passage, a.unit.span.start).cmp(&(b.hit, b.passage, b.unit.span.start)))
    });
    all
}

fn codes(text: &str) -> Vec<crate::code::Code> {
    terms(text).iter().map(|term| term.code).collect()
}

fn sample(hits: &[Hit], scored: &[Scored], ranking: &Ranking) -> Sample {
    let Some(top) = hits.first() else { return Sample::default() };
    let says = scored.iter().filter(|one| one.hit < 3).map(|one| one.says).fold(0.0, f32::max);
    let cover = hits.iter().take(3).map(|hit| hit.features.chunk_cover).fold(0.0, f32::max);
    let best = scored.first().map_or(0.0, |one| one.score);
    Sample([top.features.whole, (1.0 + top.features.chunk * ranking.ideal()).ln(), says, cover, top.features.window, best])
}

/// The best of them, no two of the same words and not too many of one document.
fn chosen(most: usize, hits: &[Hit], scored: Vec<Scored>, ranking: &Ranking) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    for one in scored {
        if quotes.len() >= most {
            break;
        }
        let document = &hits[one.hit].document;
        let text = document.passages[one.passage].text.get(one.unit.span.clone()).unwrap_or_default();
        let of_it = quotes.iter().filter(|quote| quote.document.id == document.id).count();
        if of_it >= OF_ONE || quotes.iter().any(|quote| quote.text() == text) {
            continue;
        }
        let marks = quotation::marks(text, one.unit.span.start, ranking);
        let document = document.clone();
        quotes.push(Quote { document, passage: one.passage, span: one.unit.span, lead: one.unit.lead, marks, score: one.score });
    }
    quotes
}

/// Two rankings of the same things made one by rank (reciprocal rank fusion, Cormack and others, SIGIR 2009; k = 60).
#[must_use]
pub fn fuse(lexical: &[String], dense: &[String]) -> Vec<String> {
    const K: f64 = 60.0;
    let mut all: Vec<(&String, f64)> = Vec::new();
    for list in [lexical, dense] {
        for (at, id) in list.iter().enumerate() {
            let worth = 1.0 / (K + at as f64 + 1.0);
            match all.iter_mut().find(|(other, _)| *other == id) {
                Some((_, sum)) => *sum += worth,
                None => all.push((id, worth)),
            }
        }
    }
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    all.into_iter().map(|(id, _)| id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Passage;
    use crate::index::Change;

    fn index(documents: &[(&str, &str, &str)]) -> Index {
        let index = Index::in_memory().expect("an index");
        let put = |(id, title, text): &(&str, &str, &str)| {
            let passages = vec![Passage { text: (*text).to_owned(), ..Passage::default() }];
            Change::Put(Document { id: (*id).to_owned(), title: (*title).to_owned(), passages, ..Document::default() })
        };
        index.write(&documents.iter().map(put).collect::<Vec<_>>(), "1").expect("written");
        index
    }

    const DOCUMENTS: [(&str, &str, &str); 4] = [
        (
            "a",
            "Thủ tục cấp thẻ thư viện",
            "Thẻ thư viện cấp miễn phí cho học sinh. Thời hạn giải quyết là 3 ngày làm việc. Hồ sơ gồm:\na) Đơn đề nghị;\nb) Ảnh cỡ 3 x 4.",
        ),
        ("b", "Lịch phun thuốc muỗi", "Trạm y tế phun thuốc vào sáng thứ bảy. Người dân đậy kín nước ăn."),
        (
            "c",
            "Kế hoạch 12/KH-UBND về chuyển đổi số",
            "Sở Khoa học và Công nghệ chủ trì tổng hợp báo cáo. Hạn gửi trước ngày 20 tháng 6.",
        ),
        ("d", "Chợ nổi", "Chợ nổi họp từ sáng sớm. Ghe bán trái cây, rau và bún."),
    ];

    fn ask(index: &Index, question: &str) -> Reply {
        index.reply(&Asked { question, quotes: 3, ..Asked::default() }, &Calibration::default()).expect("a reply")
    }

    #[test]
    fn a_sentence_answers_with_its_lead_and_byte_for_byte() {
        let index = index(&DOCUMENTS);
        assert_eq!(
            ask(&index, "Cấp thẻ thư viện trong bao nhiêu ngày?").quotes[0].text(),
            "Thời hạn giải quyết là 3 ngày làm việc."
        );
        let items = ask(&index, "hồ sơ cấp thẻ thư viện cần ảnh cỡ nào");
        assert_eq!((items.quotes[0].text(), items.quotes[0].lead_text()), ("b) Ảnh cỡ 3 x 4.", Some("Hồ sơ gồm:")));
        let who = ask(&index, "ai chu tri tong hop bao cao");
        assert_eq!(who.quotes[0].text(), "Sở Khoa học và Công nghệ chủ trì tổng hợp báo cáo.");
        assert!(who.confidence > ask(&index, "giá vàng hôm nay ở Luân Đôn").confidence);
    }

    #[test]
    fn a_number_that_stands_nowhere_is_refused_by_its_name() {
        let index = index(&DOCUMENTS);
        let reply = ask(&index, "Kế hoạch 999/KH-UBND nói gì về chuyển đổi số?");
        assert_eq!((reply.standing, reply.unknown_numbers.as_slice()), (Standing::Refused, &["999/KH-UBND".to_owned()][..]));
        assert!(ask(&index, "").quotes.is_empty() && ask(&index, "😀😀").near.is_empty());
    }

    #[test]
    fn two_rankings_are_one() {
        let ids = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(fuse(&ids("a b c"), &ids("b d a")), ids("b a d c"));
    }

    proptest! {
        #[test]
        fn quotes_are_the_text(text in "[a-zà-ỹ0-9 .;:?\n()-]{0,300}", question in "[a-zà-ỹ ]{1,40}") {
            let index = index(&[("x", "Đề", &text)]);
            for quote in ask(&index, &question).quotes {
                prop_assert!(text.contains(quote.text()) && !quote.text().is_empty());
                prop_assert_eq!(&text[quote.span.clone()], quote.text());
                for mark in &quote.marks {
                    prop_assert!(quote.span.start <= mark.start && mark.end <= quote.span.end && text.get(mark.clone()).is_some());
                }
            }
        }
    }
}
