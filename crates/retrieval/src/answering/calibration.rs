//! How sure a reply may be: a logistic of a few features. The weights were fitted on other texts than those that are answered from; an
//! index of one's own is asked for better ones with questions whose answers one knows, by hiding the document that answers.

use serde::{Deserialize, Serialize};

use super::scoring::Scored;
use super::{Asked, Standing};
use crate::error::Error;
use crate::index::Index;
use crate::rank::Ranking;
use crate::searching::Hit;

/// Of the best document: share of its best possible score, logarithm of that of its best chunk; of the best three: how much the best
/// sentence says, how much the best chunk covers; within two lines of the best; score of the best sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample(pub [f32; FEATURES]);

const FEATURES: usize = 6;
/// Documents of which the best counts.
const BEST: usize = 3;
const STEPS: usize = 4_000;
const RATE: f64 = 0.3;
/// Pulls weights to nothing, so that few questions do not make certainty.
const PULL: f64 = 1e-3;
/// Fewer questions fit nothing.
const QUESTIONS_MIN: usize = 20;

impl Sample {
    pub(super) fn of(hits: &[Hit], scored: &[Scored], ranking: &Ranking) -> Self {
        let Some(top) = hits.first() else { return Self::default() };
        let says = scored.iter().filter(|one| one.hit < BEST).map(|one| one.says).fold(0.0, f32::max);
        let cover = hits.iter().take(BEST).map(|hit| hit.features.chunk_cover).fold(0.0, f32::max);
        let best = scored.first().map_or(0.0, |one| one.score);
        let chunk = (1.0 + top.features.chunk * ranking.ideal()).ln();
        Self([top.features.whole, chunk, says, cover, top.features.window, best])
    }
}

/// Weights, and from where on it is an answer, or near.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Of the features, in their order.
    pub weights: [f32; FEATURES],
    /// Added to their sum.
    pub bias: f32,
    /// From this confidence on it is an answer.
    pub answer_from: f32,
    /// From this on the quotes are near.
    pub near_from: f32,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { weights: WEIGHTS, bias: BIAS, answer_from: ANSWER_FROM, near_from: NEAR_FROM }
    }
}

/// Between what `examples/replies.rs` fits to Wikipedia's passages and what was fitted to law and to other sets: the same weights are to
/// do for an index that nobody calibrated. Nine of ten questions whose document was found are answered.
const WEIGHTS: [f32; FEATURES] = [5.0, 1.2, 1.5, 1.0, 1.0, 3.0];
const BIAS: f32 = -8.95;
const ANSWER_FROM: f32 = 0.5;
const NEAR_FROM: f32 = 0.25;

impl Calibration {
    /// From 0 to 1.
    #[must_use]
    pub fn confidence(&self, sample: &Sample) -> f32 {
        let sum: f32 = self.weights.iter().zip(sample.0).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-(sum + self.bias)).exp())
    }

    /// What a confidence is worth.
    #[must_use]
    pub fn standing(&self, confidence: f32) -> Standing {
        match confidence {
            sure if sure >= self.answer_from => Standing::Answered,
            sure if sure >= self.near_from => Standing::Near,
            _ => Standing::Refused,
        }
    }

    /// Fits weights to samples that were answered rightly and to samples of which the answer was hidden; `answered` of the former are
    /// answered afterwards (0.9). None when there are too few of either.
    #[must_use]
    pub fn fit(right: &[Sample], hidden: &[Sample], answered: f32) -> Option<Self> {
        if right.len() < QUESTIONS_MIN || hidden.len() < QUESTIONS_MIN {
            return None;
        }
        let all = || right.iter().map(|one| (one, 1.0_f64)).chain(hidden.iter().map(|one| (one, 0.0)));
        let count = (right.len() + hidden.len()) as f64;
        let mut middle = [0.0_f64; FEATURES];
        all().for_each(|(one, _)| (0..FEATURES).for_each(|at| middle[at] += f64::from(one.0[at]) / count));
        let mut spread = [0.0_f64; FEATURES];
        all().for_each(|(one, _)| (0..FEATURES).for_each(|at| spread[at] += (f64::from(one.0[at]) - middle[at]).powi(2) / count));
        let spread = spread.map(|one| one.sqrt().max(1e-6));
        let (mut weights, mut bias) = ([0.0_f64; FEATURES], 0.0_f64);
        for _ in 0..STEPS {
            let (mut down, mut own) = ([0.0_f64; FEATURES], 0.0_f64);
            for (one, is) in all() {
                let at = |place: usize| (f64::from(one.0[place]) - middle[place]) / spread[place];
                let sum: f64 = bias + (0..FEATURES).map(|place| weights[place] * at(place)).sum::<f64>();
                let off = 1.0 / (1.0 + (-sum).exp()) - is;
                (0..FEATURES).for_each(|place| down[place] += off * at(place) / count);
                own += off / count;
            }
            (0..FEATURES).for_each(|place| weights[place] -= RATE * (down[place] + PULL * weights[place]));
            bias -= RATE * own;
        }
        let plain: [f64; FEATURES] = std::array::from_fn(|place| weights[place] / spread[place]);
        let bias = bias - (0..FEATURES).map(|place| plain[place] * middle[place]).sum::<f64>();
        let mut fitted = Self { weights: plain.map(|one| one as f32), bias: bias as f32, answer_from: 0.5, near_from: 0.5 };
        let at = |share: f32| {
            let mut sure: Vec<f32> = right.iter().map(|one| fitted.confidence(one)).collect();
            sure.sort_by(f32::total_cmp);
            sure[((1.0 - share) * sure.len() as f32) as usize]
        };
        let (answer_from, near_from) = (at(answered), at((1.0 + answered) / 2.0));
        fitted.answer_from = answer_from;
        fitted.near_from = near_from.min(answer_from);
        Some(fitted)
    }

    /// Asks an index for better weights: questions with the ids of the documents that answer them.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn of_index(index: &Index, questions: &[(String, String)], answered: f32) -> Result<Option<Self>, Error> {
        let own = Self::default();
        let (mut right, mut hidden) = (Vec::new(), Vec::new());
        for (question, id) in questions {
            let asked = Asked { question, quotes: 1, ..Asked::default() };
            let reply = index.reply(&asked, &own)?;
            if reply.near.first().is_some_and(|hit| hit.document.id == *id) {
                right.push(reply.sample);
            }
            hidden.push(index.reply_without(&asked, &own, &[id.as_str()])?.sample);
        }
        Ok(Self::fit(&right, &hidden, answered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_told_apart_is_told_apart() {
        let sample = |good: bool, turn: usize| {
            let jitter = (turn * 7 % 10) as f32 / 40.0;
            Sample([0.3, 1.0, if good { 0.7 } else { 0.2 } + jitter, 0.5, 0.4, 0.3])
        };
        let right: Vec<Sample> = (0..60).map(|turn| sample(true, turn)).collect();
        let hidden: Vec<Sample> = (0..60).map(|turn| sample(false, turn)).collect();
        let fitted = Calibration::fit(&right, &hidden, 0.9).expect("a fit");
        let answered =
            |of: &[Sample]| of.iter().filter(|one| fitted.standing(fitted.confidence(one)) == Standing::Answered).count();
        assert!((52..=56).contains(&answered(&right)) && answered(&hidden) == 0, "{fitted:?}");
        assert_eq!(Calibration::fit(&right[..3], &hidden, 0.9), None);
    }
}
