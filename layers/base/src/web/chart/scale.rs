//! Round numbers for an axis, and figures as words.

/// An axis: from where to where, and how far apart its round numbers stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub step: f64,
}

/// So near to a round number is that number.
const NEAR: f64 = 1e-9;

impl Scale {
    /// An axis from zero with room for all values and some `wanted` steps of 1, 2 or 5 times a power of ten. Where all values are whole,
    /// so are the steps.
    #[must_use]
    pub fn of(values: impl Iterator<Item = f64>, wanted: u8) -> Self {
        let (mut low, mut high, mut whole) = (0.0_f64, 0.0_f64, true);
        for value in values {
            low = low.min(value);
            high = high.max(value);
            whole &= value.fract() == 0.0;
        }
        if low == high {
            high = 1.0;
        }
        let rough = (high - low) / f64::from(wanted.max(1));
        let unit = 10_f64.powf(rough.log10().floor());
        let times = match rough / unit {
            less if less < 1.5 => 1.0,
            less if less < 3.0 => 2.0,
            less if less < 7.0 => 5.0,
            _ => 10.0,
        };
        let step = (times * unit).max(if whole { 1.0 } else { 0.0 });
        Self { low: (low / step + NEAR).floor() * step, high: (high / step - NEAR).ceil() * step, step }
    }

    /// The round numbers, the lowest first.
    #[must_use]
    pub fn ticks(&self) -> Vec<f64> {
        let steps = ((self.high - self.low) / self.step).round().clamp(0.0, 100.0) as u32;
        let first = (self.low / self.step).round();
        // Counted in steps, so that no error adds up.
        (0..=steps).map(|turn| (first + f64::from(turn)) * self.step).collect()
    }

    /// Where a value lies: 0 at the low end, 1 at the high one.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// A round number as it is written: all of an axis with as many decimals as its step needs.
    #[must_use]
    pub fn tick(&self, value: f64) -> String {
        let decimals = (-self.step.log10().floor()).clamp(0.0, 6.0) as u32;
        vietnamese::number::format_f64(value, decimals).unwrap_or_default()
    }
}

/// A figure with its unit, at most two decimals: `1.234,5`, `98,04 %` (the space does not break).
#[must_use]
pub fn worded(value: f64, unit: &str) -> String {
    let number = vietnamese::number::format_f64(value, 2).unwrap_or_default();
    if unit.is_empty() { number } else { format!("{number}\u{a0}{unit}") }
}
