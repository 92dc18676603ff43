//! Figures of an answer as people write them: `1.234`, `1 234,5`, `85%`. Pure.

use serde::{Deserialize, Serialize};

use crate::web::Obstacle;

/// The field of the form that they are in.
pub const FIELD: &str = "figures";
/// Words of units that make a figure one of a hundred.
const PERCENT: [&str; 4] = ["%", "％", "phần trăm", "percent"];
/// More decimals than this are not kept.
const DECIMALS_MAX: u32 = 6;
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
        vietnamese::number::format_f64(self.value, DECIMALS_MAX).unwrap_or_default()
    }
}

/// Whether a value means one thing to a Vietnamese reader and another to an English one, and is not the usual way of
/// writing the first: `1,234` is one and a bit here, and a thousand and more there.
#[must_use]
pub fn is_ambiguous(value: &str) -> bool {
    let digits = value.trim().trim_end_matches(['%', '％']).trim();
    digits.contains(',') && vietnamese::number::parse_number(digits).is_ok_and(|reading| reading.other.is_some())
}

/// Reads the rows of a form: name, value, unit. Rows that are empty are left out; values in `sure` were read back to the
/// person, who meant them so.
///
/// # Errors
/// What is wrong, in words, for each row.
pub fn read(rows: &[(String, String, String)], sure: &[String]) -> Result<Vec<Figure>, Vec<Obstacle>> {
    let mut figures = Vec::new();
    let mut wrong = Vec::new();
    for (name, value, unit) in rows {
        let (name, value, unit) = (name.trim(), value.trim(), unit.trim());
        if name.is_empty() && value.is_empty() {
            continue;
        }
        match figure(name, value, unit, sure) {
            Ok(figure) => figures.push(figure),
            Err(obstacle) => wrong.push(obstacle.at(FIELD)),
        }
    }
    if figures.len() > FIGURES_MAX {
        wrong.push(Obstacle::new("figure-too-many").with("n", FIGURES_MAX).at(FIELD));
    }
    if wrong.is_empty() { Ok(figures) } else { Err(wrong) }
}

/// `%`, `％`, `tỷ lệ %`, `Phần trăm`; not `điểm phần trăm`, which is a difference.
pub(in crate::duties) fn is_percent(unit: &str) -> bool {
    let unit = vietnamese::normalise(unit).to_lowercase();
    PERCENT.iter().any(|word| unit.contains(word)) && !unit.starts_with("điểm ")
}

fn figure(name: &str, value: &str, unit: &str, sure: &[String]) -> Result<Figure, Obstacle> {
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
        None => (value, is_percent(unit)),
    };
    let reading = vietnamese::number::parse_number(digits);
    let reading = reading.map_err(|_| Obstacle::new("figure-no-number").with("name", name).with("value", value))?;
    if is_ambiguous(value) && !sure.iter().any(|known| known == value) {
        let other = reading.other.map(|other| other.to_string()).unwrap_or_default();
        return Err(Obstacle::new("figure-ambiguous").with("name", name).with("value", value).with("other", other));
    }
    let number = reading.value.as_f64();
    if vietnamese::number::format_f64(number, DECIMALS_MAX).is_none_or(|shown| shown != reading.value.to_string()) {
        return Err(Obstacle::new("figure-too-fine").with("name", name).with("value", value).with("n", DECIMALS_MAX));
    }
    let bound = if percent { 100.0 } else { VALUE_MAX };
    if !(0.0..=bound).contains(&number) {
        let key = match (percent, number > bound) {
            (true, true) => "figure-over-hundred",
            (true, false) => "figure-percent-range",
            (false, _) => "figure-out-of-range",
        };
        return Err(Obstacle::new(key).with("name", name).with("value", value));
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
        read(&[row("Lớp", value, unit)], &[]).map_or_else(|wrong| wrong[0].key.into(), |figures| figures[0].shown())
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
        assert_eq!(shown("-3", "%"), "figure-percent-range");
        assert_eq!(shown("1000000000000000", "%"), "figure-over-hundred");
        assert_eq!(shown("120%", ""), "figure-over-hundred");
        assert_eq!(shown("120", "%"), "figure-over-hundred");
        assert_eq!(shown("120", "Phần trăm"), "figure-over-hundred");
        assert_eq!(shown("120", "％"), "figure-over-hundred");
        assert_eq!(shown("120", "tỷ lệ %"), "figure-over-hundred");
        assert_eq!(shown("120", "điểm phần trăm"), "120");
        assert_eq!(shown("99,5%", ""), "99,5");
        assert_eq!(shown("0,1234567", "ha"), "figure-too-fine");
        assert_eq!(shown("1,2300000", "ha"), "1,23", "noughts at the end say nothing");
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_read_back_first() {
        assert_eq!(shown("1,234", "ha"), "figure-ambiguous");
        let sure = read(&[row("Diện tích", "1,234", "ha")], &["1,234".into()]);
        assert_eq!(sure.map(|figures| figures[0].shown()), Ok("1,234".into()));
        assert_eq!(shown("1,23", "ha"), "1,23", "no thousand is written so");
    }

    #[test]
    fn an_empty_row_is_no_figure_and_zero_is_one() {
        assert_eq!(read(&[row("", "", "lớp")], &[]).map(|figures| figures.len()), Ok(0));
        assert_eq!(read(&[row("Lớp", "0", "")], &[]).map(|figures| figures[0].value), Ok(0.0));
        assert_eq!(read(&[row("Lớp", "", "")], &[]).unwrap_err()[0].key, "figure-without-value");
        assert_eq!(read(&[row("", "5", "")], &[]).unwrap_err()[0].key, "figure-without-name");
        let many: Vec<_> = (0..=FIGURES_MAX).map(|of| row(&of.to_string(), "1", "")).collect();
        assert_eq!(read(&many, &[]).unwrap_err()[0].key, "figure-too-many");
    }
}
