//! Figures of an answer as people write them: `1.234`, `1 234,5`, `85%`. Pure.

use serde::{Deserialize, Serialize};

use crate::web::Obstacle;

/// The most figures of one answer.
pub const FIGURES_MAX: usize = 20;
const NAME_LETTERS_MAX: usize = 200;
const UNIT_LETTERS_MAX: usize = 40;
/// Larger than anything a province counts (a budget in đồng), and exact in a JSON number.
const VALUE_MAX: f64 = 9_007_199_254_740_991.0;

/// One figure. An empty value is no figure; zero is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub name: String,
    pub value: f64,
    #[serde(default)]
    pub unit: String,
}

impl Figure {
    /// The value as Vietnamese writes it: `1.234,5`.
    #[must_use]
    pub fn shown(&self) -> String {
        vietnamese::number::format_f64(self.value, 6).unwrap_or_default()
    }
}

/// Reads the rows of a form: name, value, unit. Rows that are empty are left out.
///
/// # Errors
/// What is wrong, in words, for each row.
pub fn read(rows: &[(String, String, String)]) -> Result<Vec<Figure>, Vec<Obstacle>> {
    let mut figures = Vec::new();
    let mut wrong = Vec::new();
    for (name, value, unit) in rows {
        let (name, value, unit) = (name.trim(), value.trim(), unit.trim());
        if name.is_empty() && value.is_empty() {
            continue;
        }
        match figure(name, value, unit) {
            Ok(figure) => figures.push(figure),
            Err(obstacle) => wrong.push(obstacle),
        }
    }
    if figures.len() > FIGURES_MAX {
        wrong.push(Obstacle::new("figure-too-many").with("n", FIGURES_MAX));
    }
    if wrong.is_empty() { Ok(figures) } else { Err(wrong) }
}

fn figure(name: &str, value: &str, unit: &str) -> Result<Figure, Obstacle> {
    if name.is_empty() {
        return Err(Obstacle::new("figure-without-name").with("value", value));
    }
    if name.chars().count() > NAME_LETTERS_MAX || unit.chars().count() > UNIT_LETTERS_MAX {
        return Err(Obstacle::new("figure-name-long").with("name", name.chars().take(40).collect::<String>()));
    }
    if value.is_empty() {
        return Err(Obstacle::new("figure-without-value").with("name", name));
    }
    let (digits, percent) = match value.strip_suffix(['%', '％']) {
        Some(digits) => (digits.trim(), true),
        None => (value, unit == "%"),
    };
    let reading = vietnamese::number::parse_number(digits);
    let reading = reading.map_err(|_| Obstacle::new("figure-no-number").with("name", name).with("value", value))?;
    let number = reading.value.as_f64();
    if !(0.0..=VALUE_MAX).contains(&number) {
        return Err(Obstacle::new("figure-out-of-range").with("name", name).with("value", value));
    }
    if percent && number > 100.0 {
        return Err(Obstacle::new("figure-over-hundred").with("name", name).with("value", value));
    }
    let unit = if percent { "%" } else { unit };
    Ok(Figure { name: name.into(), value: number, unit: unit.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, value: &str, unit: &str) -> (String, String, String) {
        (name.into(), value.into(), unit.into())
    }

    fn shown(value: &str, unit: &str) -> String {
        read(&[row("Lớp", value, unit)]).map_or_else(|wrong| wrong[0].key.into(), |figures| figures[0].shown())
    }

    /// Scenario R6: each is refused, or normalised so that the person sees how it was read.
    #[test]
    fn figures_are_read_as_vietnamese_writes_them() {
        for (typed, read) in
            [("1.234", "1.234"), ("1 234", "1.234"), ("1.234,5", "1.234,5"), ("１２", "12"), ("0", "0"), ("03", "3")]
        {
            assert_eq!(shown(typed, "lớp"), read, "{typed}");
        }
        for (typed, wrong) in [
            ("-3", "figure-out-of-range"),
            ("1000000000000000000", "figure-out-of-range"),
            ("NaN", "figure-no-number"),
            ("1e9", "figure-no-number"),
            ("31/6", "figure-no-number"),
        ] {
            assert_eq!(shown(typed, "lớp"), wrong, "{typed}");
        }
        assert_eq!(shown("120%", ""), "figure-over-hundred");
        assert_eq!(shown("120", "%"), "figure-over-hundred");
        assert_eq!(shown("99,5%", ""), "99,5");
    }

    #[test]
    fn an_empty_row_is_no_figure_and_zero_is_one() {
        assert_eq!(read(&[row("", "", "lớp")]).map(|figures| figures.len()), Ok(0));
        assert_eq!(read(&[row("Lớp", "0", "")]).map(|figures| figures[0].value), Ok(0.0));
        assert_eq!(read(&[row("Lớp", "", "")]).unwrap_err()[0].key, "figure-without-value");
        assert_eq!(read(&[row("", "5", "")]).unwrap_err()[0].key, "figure-without-name");
        let many: Vec<_> = (0..=FIGURES_MAX).map(|of| row(&of.to_string(), "1", "")).collect();
        assert_eq!(read(&many).unwrap_err()[0].key, "figure-too-many");
    }
}
