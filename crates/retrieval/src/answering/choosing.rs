//! Which of the scored sentences are quoted, and from where to where.

use super::Quote;
use super::scoring::Scored;
use crate::quotation;
use crate::rank::Ranking;
use crate::searching::Hit;

/// The best of them: none within another, no two of the same words. Where the sentence before is needed and not quoted yet, it is quoted
/// with it.
pub fn chosen(most: usize, hits: &[Hit], scored: Vec<Scored>, ranking: &Ranking) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    for one in scored {
        if quotes.len() >= most {
            break;
        }
        let (document, unit) = (&hits[one.hit].document, one.unit);
        let of_it = |quote: &&Quote| quote.passage == one.passage && quote.document.id == document.id;
        let holds = |at: usize| quotes.iter().filter(of_it).any(|quote| quote.span.contains(&at));
        if holds(unit.span.start) {
            continue;
        }
        let span = if holds(unit.from) { unit.span } else { unit.from..unit.span.end };
        let text = document.passages[one.passage].text.get(span.clone()).unwrap_or_default();
        if quotes.iter().any(|quote| quote.text() == text) {
            continue;
        }
        let marks = quotation::marks(text, span.start, ranking);
        let document = document.clone();
        quotes.push(Quote { document, passage: one.passage, span, lead: unit.lead, marks, score: one.score });
    }
    quotes
}
