//! How well each sentence of the documents found answers: what it says of the question, whether it has what is wanted, and how good its
//! document is.

use std::ops::Range;

use super::kind::Wanted;
use super::units::{Unit, units};
use crate::code::Code;
use crate::layout::Layout;
use crate::rank::Ranking;
use crate::searching::Hit;
use crate::text::{Term, terms};

/// Stretches of a document that are read, of at most sixty syllables each.
const STRETCHES: usize = 16;
/// What terms and pairs of neighbours weigh.
const TERMS: f32 = 0.6;
const PAIRS: f32 = 0.4;

/// A part of a passage, in bytes.
pub type Stretch = (usize, Range<usize>);

/// A unit of a hit with its score.
pub struct Scored {
    /// Its place among the hits.
    pub hit: usize,
    /// Which passage.
    pub passage: usize,
    pub unit: Unit,
    /// How much of the question it says, before anything else counts.
    pub says: f32,
    pub score: f32,
}

/// The stretches of a document that say most of what was asked, in order.
pub fn stretches(layout: &Layout, ranking: &Ranking) -> Vec<Stretch> {
    let mut best = ranking.best_chunks(layout, STRETCHES);
    best.sort_unstable();
    best.into_iter().map(|at| (layout.chunks[at].passage, layout.chunks[at].bytes.clone())).collect()
}

/// The sentences of the stretches, the best first.
pub fn scored(question: &str, asking: u64, found: &[(Hit, Vec<Stretch>)], ranking: &Ranking) -> Vec<Scored> {
    let wanted = Wanted::of(question);
    let top = found.first().map_or(1.0, |(hit, _)| hit.score).max(f32::MIN_POSITIVE);
    let mut all = Vec::new();
    for (at, (hit, stretches)) in found.iter().enumerate() {
        let worth = (hit.score / top).clamp(0.0, 1.0).powi(2);
        let title = codes(&terms(&hit.document.title));
        for of_passage in stretches.chunk_by(|one, other| one.0 == other.0) {
            let number = of_passage[0].0;
            let Some(passage) = hit.document.passages.get(number) else { continue };
            let heading = [title.as_slice(), codes(&terms(&passage.heading)).as_slice()].concat();
            for (unit, own, around) in read(&passage.text, of_passage, &heading) {
                let share = ranking.share(&codes(&own), &around, asking);
                let says = TERMS * share.terms + PAIRS * share.pairs;
                if says > 0.0 {
                    let score = says * wanted.prior(&passage.text[unit.span.clone()], &own) * worth;
                    all.push(Scored { hit: at, passage: number, unit, says, score });
                }
            }
        }
    }
    let place = |one: &Scored| (one.hit, one.passage, one.unit.span.start);
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| place(a).cmp(&place(b))));
    all
}

/// The units that stand in the stretches of a passage, each with its terms and with what stands around it: the heading, what leads into
/// it, and the unit before it.
fn read(text: &str, stretches: &[Stretch], heading: &[Code]) -> Vec<(Unit, Vec<Term>, Vec<Code>)> {
    let units = units(text);
    let is_in = |unit: &Unit| {
        let next = stretches.partition_point(|(_, bytes)| bytes.end <= unit.span.start);
        stretches.get(next).is_some_and(|(_, bytes)| bytes.start < unit.span.end)
    };
    let mut read = Vec::new();
    let mut before: Option<(usize, Vec<Code>)> = None;
    for at in (0..units.len()).filter(|at| is_in(&units[*at])).collect::<Vec<_>>() {
        let mut unit = units[at].clone();
        unit.bind(text, at.checked_sub(1).map(|before| units[before].span.clone()));
        let own = terms(&text[unit.span.clone()]);
        let mut around = heading.to_vec();
        if let Some(lead) = &unit.lead {
            around.extend(codes(&terms(&text[lead.clone()])));
        }
        if let Some(last) = at.checked_sub(1) {
            match before.take().filter(|(place, _)| *place == last) {
                Some((_, codes)) => around.extend(codes),
                None => around.extend(codes(&terms(&text[units[last].span.clone()]))),
            }
        }
        before = Some((at, codes(&own)));
        read.push((unit, own, around));
    }
    read
}

fn codes(terms: &[Term]) -> Vec<Code> {
    terms.iter().map(|term| term.code).collect()
}
