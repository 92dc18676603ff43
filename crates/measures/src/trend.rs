//! Where a measure is heading: the straight line to its target, and a forecast that says how sure it is.

/// Below so many points nothing is forecast.
pub const POINTS_MIN: usize = 4;
/// Four of five past values lay between these quantiles of what was off the line.
const QUANTILES: (f64, f64) = (0.1, 0.9);

/// The straight line from where it began to where it should be, year by year. Empty when it does not go forward.
#[must_use]
pub fn trajectory((from, at): (i32, f64), (until, target): (i32, f64)) -> Vec<(i32, f64)> {
    if until < from {
        return Vec::new();
    }
    let years = f64::from(until - from).max(1.0);
    let value = |year: i32| if until == from { target } else { at + (target - at) * f64::from(year - from) / years };
    (from..=until).map(|year| (year, value(year))).collect()
}

/// What is to be expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    pub low: f64,
    pub middle: f64,
    pub high: f64,
    /// Change of a unit of time.
    pub slope: f64,
    /// How many points it is made of.
    pub points: usize,
}

/// What is to be expected at a time, from points of time and value: the line of Theil and Sen (the median of all slopes, which one odd
/// year does not turn), and how far past values lay from it, the wider the further ahead. None below [`POINTS_MIN`] points.
#[must_use]
pub fn forecast(points: &[(f64, f64)], at: f64) -> Option<Forecast> {
    let points: Vec<(f64, f64)> = points.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
    if points.len() < POINTS_MIN || !at.is_finite() {
        return None;
    }
    let pairs = points.iter().enumerate().flat_map(|(place, one)| points[place + 1..].iter().map(move |other| (one, other)));
    let slope = quantile(
        pairs
            .filter(|(one, other)| (one.0 - other.0).abs() > f64::EPSILON)
            .map(|(one, other)| (other.1 - one.1) / (other.0 - one.0)),
        0.5,
    )?;
    let intercept = quantile(points.iter().map(|(x, y)| y - slope * x), 0.5)?;
    let off = |share| quantile(points.iter().map(|(x, y)| y - slope * x - intercept), share);
    let (first, last) =
        (points.iter().map(|one| one.0).fold(f64::MAX, f64::min), points.iter().map(|one| one.0).fold(f64::MIN, f64::max));
    let wider = 1.0 + (at - last).max(0.0) / (last - first).max(f64::EPSILON);
    let middle = slope * at + intercept;
    Some(Forecast {
        low: middle + off(QUANTILES.0)?.min(0.0) * wider,
        middle,
        high: middle + off(QUANTILES.1)?.max(0.0) * wider,
        slope,
        points: points.len(),
    })
}

impl Forecast {
    /// Within what is possible, e.g. 0 to 100.
    #[must_use]
    pub fn within(self, least: f64, most: f64) -> Self {
        let clamp = |value: f64| value.max(least).min(most);
        Self { low: clamp(self.low), middle: clamp(self.middle), high: clamp(self.high), ..self }
    }
}

/// The value below which that share of them lies, between two of them in proportion.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a short list, from zero"
)]
fn quantile(values: impl Iterator<Item = f64>, share: f64) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let place = share * sorted.len().checked_sub(1)? as f64;
    let (below, above) = (sorted.get(place.floor() as usize)?, sorted.get(place.ceil() as usize)?);
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_way_to_a_target_is_a_straight_line() {
        let line = trajectory((2026, 20.0), (2030, 80.0));
        assert_eq!(line, [(2026, 20.0), (2027, 35.0), (2028, 50.0), (2029, 65.0), (2030, 80.0)]);
        assert_eq!(trajectory((2026, 20.0), (2026, 80.0)), [(2026, 80.0)]);
        assert!(trajectory((2027, 20.0), (2026, 80.0)).is_empty());
    }

    #[test]
    fn little_is_not_enough_and_one_odd_year_turns_nothing() {
        assert_eq!(forecast(&[(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)], 4.0), None);
        let straight: Vec<(f64, f64)> = (0..8).map(|x| (f64::from(x), f64::from(x) * 2.0)).collect();
        let seen = forecast(&straight, 10.0).expect("a forecast");
        assert!((seen.middle - 20.0).abs() < 1e-9 && (seen.high - seen.low).abs() < 1e-9);
        let mut odd = straight;
        odd[4].1 = 900.0;
        let seen = forecast(&odd, 10.0).expect("a forecast");
        assert!((seen.middle - 20.0).abs() < 1.0, "{seen:?}");
        assert!((forecast(&[(1.0, 5.0); 6], 9.0)).is_none(), "one moment is no way");
    }

    proptest! {
        #[test]
        fn what_is_expected_lies_between_its_bounds(values in prop::collection::vec(-1e6_f64..1e6, 4..30), ahead in 0.0_f64..20.0) {
            let points: Vec<(f64, f64)> = values.iter().enumerate().map(|(x, y)| (x as f64, *y)).collect();
            let seen = forecast(&points, points.len() as f64 + ahead).expect("a forecast");
            prop_assert!(seen.low <= seen.middle && seen.middle <= seen.high);
            let near = forecast(&points, points.len() as f64).expect("a forecast");
            prop_assert!(seen.high - seen.low + 1e-6 >= near.high - near.low, "the further, the less sure");
            let held = seen.within(0.0, 100.0);
            prop_assert!(held.low >= 0.0 && held.high <= 100.0);
        }
    }
}
