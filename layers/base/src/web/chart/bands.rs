//! Figures in a few bands, for a map: equal steps between round numbers, so that a colour means the same everywhere on it.

use super::scale::Scale;

/// So many colours there are, from pale to deep.
pub const LEVELS: usize = 5;

/// From round number to round number.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    scale: Scale,
    unit: String,
}

impl Bands {
    /// Bands with room for all values.
    #[must_use]
    pub fn of(values: &[Option<f64>], unit: &str) -> Self {
        let known = values.iter().copied().flatten().filter(|value| value.is_finite());
        Self { scale: Scale::of(known, 5), unit: unit.to_owned() }
    }

    fn count(&self) -> usize {
        self.scale.ticks().len().saturating_sub(1).max(1)
    }

    /// The band of a value, from 0; the highest number belongs to the last.
    #[must_use]
    pub fn band(&self, value: f64) -> usize {
        let turn = ((value - self.scale.low) / self.scale.step + 1e-9).floor().max(0.0) as usize;
        turn.min(self.count() - 1)
    }

    /// The colour of a band, 1 to [`LEVELS`]: the first is the palest, the last the deepest.
    #[must_use]
    pub fn level(&self, band: usize) -> usize {
        match self.count() {
            1 => LEVELS.div_ceil(2),
            count => 1 + band * (LEVELS - 1) / (count - 1),
        }
    }

    /// Each band with its colour and its words, the lowest first.
    #[must_use]
    pub fn legend(&self) -> Vec<(usize, String)> {
        let unit = if self.unit.is_empty() { String::new() } else { format!("\u{a0}{}", self.unit) };
        let ticks = self.scale.ticks();
        let words = |pair: &[f64]| format!("{} – {}{unit}", self.scale.tick(pair[0]), self.scale.tick(pair[1]));
        ticks.windows(2).enumerate().map(|(band, pair)| (self.level(band), words(pair))).collect()
    }
}
