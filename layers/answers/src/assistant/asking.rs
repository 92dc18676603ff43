//! A question → what is said to it. Provisions go first, then what a person answered, then sentences of documents; a model, where there is
//! one, writes from those sentences and from nothing else. What is not answered says so, shows what is near, and can be handed over.

use retrieval::answering::{Asked as Sought, Calibration, Quote, Reply, Standing};

use super::lacking::Wanted;
use super::rejoinder::{self, Rejoinder};
use super::said::{self, Cited, How, Line, Nearby, Said};
use super::{dense, exact, following_up};
use crate::base::App;
use crate::questions;
use crate::search::asking::{reading, shown};
use crate::web::{Locale, Result};

/// Quotes that are shown.
pub const QUOTES: usize = 3;
/// Quotes that are looked at: some may be taken out.
const LOOKED_AT: usize = 6;
/// Pages shown where nothing answers.
const NEAR: usize = 3;
/// Kinds that a person wrote as an answer to the question that is their title.
const ANSWERS: [&str; 2] = ["curated", "question"];
/// A title is the same question when so much of either is in the other.
const SAME_PERCENT: usize = 75;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub question: String,
    /// The questions before it, the oldest first.
    pub before: Vec<String>,
}

/// Answers without a model.
///
/// # Errors
/// The index or the database failed.
pub async fn answer(app: &App, l: Locale, asked: &Asked) -> Result<Said> {
    let text = questions::checking::visible(&asked.question);
    if let Some(rejoined) = rejoined(app, l, &text).await? {
        return Ok(rejoined);
    }
    let hidden = !questions::mask(&text).kinds.is_empty();
    let whole = following_up::whole(&text, &asked.before);
    let said = found(app, l, &whole).await?;
    Ok(Said { asked: whole, hidden, ..said })
}

/// What is said to something that is no question for documents.
async fn rejoined(app: &App, l: Locale, text: &str) -> Result<Option<Said>> {
    let is = rejoinder::of(text).or_else(|| {
        if questions::is_denunciation(text) {
            return Some(Rejoinder::Denunciation);
        }
        questions::abuse(text).then_some(Rejoinder::Abusive)
    });
    let Some(is) = is else { return Ok(None) };
    let mut said = Said { how: How::Rejoined(is), asked: text.to_owned(), ..Said::default() };
    said.intro = l.t1(&format!("assistant-rejoinder-{}", is.code()), "n", rejoinder::LETTERS_MAX);
    // Who writes in another language is shown pages that may help: some are written in it.
    if is == Rejoinder::OtherLanguage {
        said.near = near(&sought(app, text).await?.unwrap_or_default());
    }
    Ok(Some(said))
}

/// What the index says; None while it is not open.
async fn sought(app: &App, question: &str) -> Result<Option<Reply>> {
    let question = question.to_owned();
    let read = reading(app, move |index| {
        let sought = Sought { question: &question, quotes: LOOKED_AT, ..Sought::default() };
        index.reply(&sought, &Calibration::default())
    });
    Ok(read.await?)
}

async fn found(app: &App, l: Locale, question: &str) -> Result<Said> {
    let Some(mut reply) = sought(app, question).await? else {
        return Ok(Said { intro: l.t("assistant-building"), ..Said::default() });
    };
    super::curated::take_out_stale(app, &mut reply).await?;
    if !reply.unknown_numbers.is_empty() {
        return Ok(unknown(l, reply));
    }
    if let Some(said) = answered_by_a_person(l, question, &reply) {
        return Ok(said);
    }
    if let Some(said) = exact::answer(app, l, question).await? {
        return Ok(said);
    }
    let reply = dense::reorder(app, question, reply).await;
    Ok(quoted(l, question, reply))
}

/// A document number that stands nowhere.
fn unknown(l: Locale, reply: Reply) -> Said {
    let numbers = reply.unknown_numbers.join(", ");
    Said {
        intro: l.t1("assistant-number-unknown", "number", numbers),
        near: near(&reply),
        unknown_numbers: reply.unknown_numbers,
        ..Said::default()
    }
}

/// What a person wrote as the answer to this very question.
fn answered_by_a_person(l: Locale, question: &str, reply: &Reply) -> Option<Said> {
    let is_it = |hit: &&retrieval::Hit| {
        let kind = hit.document.facet("kind").unwrap_or_default();
        ANSWERS.contains(&kind) && is_same(question, &hit.document.title)
    };
    let document = &reply.near.iter().find(is_it)?.document;
    let quote = document.passages.first()?.text.clone();
    let cited = cited(document, 0, String::new(), quote.clone());
    Some(Said {
        how: How::Answered,
        intro: l.t("assistant-answered-by-officer"),
        lines: vec![Line { text: quote, sources: vec![1] }],
        sources: vec![cited],
        ..Said::default()
    })
}

/// Whether two ask the same, word for word but for accents and small words.
fn is_same(question: &str, title: &str) -> bool {
    let words = |text: &str| {
        let mut words = exact::intent::words(text);
        words.retain(|word| !exact::intent::is_empty(word));
        words.sort();
        words.dedup();
        words
    };
    let (one, other) = (words(question), words(title));
    let both = one.iter().filter(|word| other.contains(word)).count();
    let most = one.len().max(other.len());
    most > 0 && both * 100 >= most * SAME_PERCENT
}

fn quoted(l: Locale, question: &str, reply: Reply) -> Said {
    let wanted = Wanted::of(question);
    let states = |quote: &&Quote| wanted.is_none_or(|wanted| wanted.is_in(quote.text()));
    let good: Vec<&Quote> = reply.quotes.iter().filter(states).take(QUOTES).collect();
    let how = match reply.standing {
        Standing::Answered if !good.is_empty() => How::Quoted,
        Standing::Answered | Standing::Near if !reply.quotes.is_empty() => How::Near,
        _ => How::Refused,
    };
    let sources: Vec<Cited> = match how {
        How::Quoted => good.iter().map(|quote| of_quote(quote)).collect(),
        // Shown as what may have to do with it, never as an answer.
        How::Near => reply.quotes.iter().take(QUOTES).map(of_quote).collect(),
        _ => Vec::new(),
    };
    let intro = match (how, wanted) {
        (How::Quoted, _) => l.t("assistant-quoted"),
        (_, Some(wanted)) => l.t(wanted.key()),
        (How::Near, None) => l.t("assistant-near"),
        _ => l.t("assistant-refused"),
    };
    let line = |(at, one): (usize, &Cited)| {
        let text = if one.lead.is_empty() { one.quote.clone() } else { format!("{} {}", one.lead, one.quote) };
        Line { text, sources: vec![at + 1] }
    };
    let lines = if how == How::Quoted { sources.iter().enumerate().map(line).collect() } else { Vec::new() };
    Said { how, intro, lines, near: near(&reply), sources, ..Said::default() }
}

fn of_quote(quote: &Quote) -> Cited {
    let kind = quote.document.facet("kind").unwrap_or_default();
    // What was written as one answer is not cut.
    if ANSWERS.contains(&kind) && quote.passage == 0 {
        let whole = quote.document.passages.first().map(|passage| passage.text.clone()).unwrap_or_default();
        return cited(&quote.document, 0, String::new(), whole);
    }
    cited(&quote.document, quote.passage, quote.lead_text().unwrap_or_default().to_owned(), quote.text().to_owned())
}

fn cited(document: &retrieval::Document, passage: usize, lead: String, quote: String) -> Cited {
    let shown = shown(document);
    let anchor = document.passages.get(passage).map(|passage| passage.anchor.as_str()).unwrap_or_default();
    Cited {
        id: document.id.clone(),
        path: said::path(&shown.url, anchor, &quote),
        external_id: shown.external_id,
        kind: document.facet("kind").unwrap_or_default().to_owned(),
        title: document.title.clone(),
        lead,
        quote,
    }
}

fn near(reply: &Reply) -> Vec<Nearby> {
    let page = |hit: &retrieval::Hit| Nearby {
        kind: hit.document.facet("kind").unwrap_or_default().to_owned(),
        title: hit.document.title.clone(),
        path: crate::search::asking::href(hit),
    };
    reply.near.iter().take(NEAR).map(page).collect()
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
}
