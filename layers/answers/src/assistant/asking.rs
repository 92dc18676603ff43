//! A question → what is said to it. Provisions go first, then what a person answered, then sentences of documents; a model, where there is
//! one, writes from those sentences and from nothing else. What is not answered says so, shows what is near, and can be handed over.

use retrieval::answering::{Asked as Sought, Calibration, Quote, Reply, Standing};

use super::lacking::Wanted;
use super::quoting::{self, ANSWERS};
use super::rejoinder::{self, Rejoinder};
use super::said::{self, Cited, How, Line, Nearby, Said};
use super::{alike, dense, exact, following_up};
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
    // What accused somebody, or was no question, is nothing to go on from.
    let before: Vec<String> = asked.before.iter().filter(|one| rejoinder::decided(one).is_none()).cloned().collect();
    let whole = following_up::whole(&text, &before);
    let goes_on = whole != text.trim();
    let said = found(app, l, &whole, goes_on).await?;
    let said = beside(app, &whole, said).await?;
    Ok(Said { asked: whole, hidden, ..said })
}

/// Where nothing answers a question about an agency, its page is the nearest.
async fn beside(app: &App, question: &str, mut said: Said) -> Result<Said> {
    if !said.is_answered()
        && let Some(page) = exact::agency::page(app, question).await?
    {
        said.near.retain(|one| one.path != page.path);
        said.near.insert(0, page);
        said.near.truncate(NEAR);
    }
    Ok(said)
}

/// What is said to something that is no question for documents.
async fn rejoined(app: &App, l: Locale, text: &str) -> Result<Option<Said>> {
    let Some(is) = rejoinder::decided(text) else { return Ok(None) };
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

async fn found(app: &App, l: Locale, question: &str, goes_on: bool) -> Result<Said> {
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
    if let Some(said) = exact::agency::answer(app, l, question).await? {
        return Ok(said);
    }
    if let Some(said) = exact::answer(app, l, question).await? {
        return Ok(said);
    }
    let mut reply = dense::reorder(app, question, reply).await;
    let asked = quoting::Asked::new(question, goes_on);
    reply.quotes = asked.worth(reply.quotes);
    if let Some(first) = reply.near.first().filter(|hit| hit.document.facet("kind") == Some("agency")) {
        reply.quotes = asked.besides(&first.document.title, reply.quotes);
    }
    let said = quoted(l, (question, &asked), reply);
    // A sum of money, and who signed, no provision states: those have their own words.
    let is_of_plans = said.sources.iter().all(|one| matches!(one.kind.as_str(), "provision" | "plan"));
    if is_of_plans
        && Wanted::of(question).is_none()
        && let Some(lacking) = exact::lacking(app, l, question).await?
    {
        return Ok(Said { near: said.near, ..lacking });
    }
    Ok(said)
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
        let answer = || hit.document.passages.iter().map(|passage| passage.text.as_str()).collect::<Vec<_>>().join("\n");
        let title = &hit.document.title;
        ANSWERS.contains(&kind) && alike::is_same(question, title) && alike::fits(question, title, &answer())
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

fn quoted(l: Locale, (question, asked): (&str, &quoting::Asked<'_>), reply: Reply) -> Said {
    let wanted = Wanted::of(question);
    let states = |quote: &&Quote| wanted.is_none_or(|wanted| wanted.is_in(quote.text())) && asked.is_answered_by(quote);
    let good: Vec<&Quote> = reply.quotes.iter().filter(states).collect();
    let how = match reply.standing {
        Standing::Answered if !good.is_empty() && !asked.is_led_astray(reply.quotes.first()) => How::Quoted,
        Standing::Answered | Standing::Near if !reply.quotes.is_empty() => How::Near,
        _ => How::Refused,
    };
    let sources: Vec<Cited> = match how {
        How::Quoted => cited_once(good.into_iter()),
        // Shown as what may have to do with it, never as an answer.
        How::Near => cited_once(reply.quotes.iter()),
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

/// What was written as one answer is whole in each of its sentences: it is shown once.
fn cited_once<'a>(quotes: impl Iterator<Item = &'a Quote>) -> Vec<Cited> {
    let mut kept: Vec<Cited> = Vec::new();
    for one in quotes.map(of_quote) {
        if kept.len() < QUOTES && !kept.iter().any(|other| other.quote == one.quote) {
            kept.push(one);
        }
    }
    kept
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
