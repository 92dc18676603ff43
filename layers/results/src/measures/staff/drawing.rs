//! The line beside a value in a list, with its target: up to a hundred for shares. Pure. The large picture is `measures/picture.rs`.

/// A single value between two gaps is a stroke so wide.
const DOT: f64 = 0.8;

/// Polylines in a box of 100 × 24, y downwards, from zero to the highest.
#[must_use]
pub fn spark(values: &[Option<f64>], most: Option<f64>) -> Vec<String> {
    let highest = highest(values, most);
    runs(values).iter().map(|run| line(run, values.len(), |value| 23.0 - value / highest * 22.0)).collect()
}

/// The height of a value in the box of [`spark`].
#[must_use]
pub fn level(value: f64, values: &[Option<f64>], most: Option<f64>) -> String {
    let highest = highest(values, most);
    if value > highest { String::new() } else { number(23.0 - value / highest * 22.0) }
}

fn highest(values: &[Option<f64>], most: Option<f64>) -> f64 {
    most.unwrap_or_else(|| values.iter().flatten().copied().fold(0.0, f64::max)).max(1.0)
}

/// The unbroken runs, with their places.
fn runs(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let (mut runs, mut run) = (Vec::new(), Vec::new());
    for (at, value) in values.iter().enumerate() {
        match value {
            Some(value) => run.push((at, *value)),
            None if run.is_empty() => {}
            None => runs.push(std::mem::take(&mut run)),
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

#[expect(clippy::cast_precision_loss, reason = "places in a picture")]
fn across(at: usize, places: usize) -> f64 {
    (at as f64 + 0.5) * 100.0 / places.max(1) as f64
}

fn line(run: &[(usize, f64)], places: usize, down: impl Fn(f64) -> f64) -> String {
    let place = |x: f64, y: f64| format!("{},{}", number(x), number(y));
    match run {
        [(at, value)] => {
            let (x, y) = (across(*at, places), down(*value));
            format!("{} {}", place(x, y), place(x + DOT, y))
        }
        all => all.iter().map(|(at, value)| place(across(*at, places), down(*value))).collect::<Vec<_>>().join(" "),
    }
}

fn number(of: f64) -> String {
    format!("{of:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_a_gap_and_a_share_goes_up_to_a_hundred() {
        let drawn = spark(&[Some(0.0), Some(50.0), None, Some(100.0)], Some(100.0));
        assert_eq!(drawn, ["12.5,23.0 37.5,12.0", "87.5,1.0 88.3,1.0"]);
        assert_eq!(level(80.0, &[], Some(100.0)), "5.4");
        assert_eq!(level(200.0, &[], Some(100.0)), "");
        assert_eq!(spark(&[], None), Vec::<String>::new());
    }
}
