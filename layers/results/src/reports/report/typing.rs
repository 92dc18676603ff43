//! What a person types over a figure, read as the forms of agencies read theirs: exactly, with what can be read in two ways asked back. Pure.

use super::figures::MEASURE;
use crate::duties::answer::figures;
use crate::duties::form::values::Value;
use crate::web::{Locale, Obstacle, cut};
use ::measures::Amount;

/// The field of the form that they are in.
pub const AT: &str = "figures";
const NAME_LETTERS: usize = 100;

/// One number, or a part and its whole with perhaps their percentage behind.
fn pieces(text: &str) -> Vec<&str> {
    let bare = text.split('(').next().unwrap_or_default();
    bare.split('/').map(str::trim).collect()
}

/// Whether it can be read in two ways.
#[must_use]
pub fn is_ambiguous(text: &str) -> bool {
    pieces(text).into_iter().any(figures::is_ambiguous)
}

/// As it is printed. Values in `sure` were read back to the person, who meant them so.
///
/// # Errors
/// What is wrong, in words.
pub fn read((code, label): (&str, &str), typed: &str, sure: &[String]) -> Result<String, Obstacle> {
    let (text, label) = (typed.trim(), cut(label, NAME_LETTERS));
    let no_number = || Obstacle::new("figure-no-number").with("name", &label).with("value", cut(text, NAME_LETTERS)).at(AT);
    let is_sure = sure.iter().any(|one| one.trim() == text);
    let mut amounts = Vec::new();
    for piece in pieces(text) {
        let meant: Vec<String> = if is_sure { vec![piece.to_owned()] } else { Vec::new() };
        let row = (label.clone(), piece.to_owned(), String::new());
        figures::read(&[row], &meant).map_err(|mut wrong| asked_back(wrong.remove(0)))?;
        let digits = piece.trim_end_matches(['%', '％']).trim();
        let reading = vietnamese::number::parse_number(digits).map_err(|_| no_number())?;
        amounts.push(Amount::exactly(reading.value).ok_or_else(no_number)?);
    }
    match amounts.as_slice() {
        // Behind other figures their unit is printed.
        [one] if code.starts_with(MEASURE) && text.ends_with(['%', '％']) => Ok(format!("{}%", one.shown())),
        [one] => Ok(one.shown()),
        [part, whole] if part <= whole => Ok(Value::Ratio(*part, *whole).shown(Locale::default())),
        [_, _] => Err(Obstacle::new("report-figure-part").with("name", &label).with("value", text).at(AT)),
        _ => Err(no_number()),
    }
}

/// The button that is pressed again is another one here.
fn asked_back(wrong: Obstacle) -> Obstacle {
    let key = if wrong.key == "figure-ambiguous" { "report-figure-ambiguous" } else { wrong.key };
    Obstacle { key, ..wrong }.at(AT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(typed: &str) -> String {
        read(("progress:done", "Đã báo cáo"), typed, &[]).unwrap_or_else(|wrong| wrong.key.to_owned())
    }

    #[test]
    fn what_is_typed_over_a_figure_is_read_as_forms_read_theirs() {
        assert_eq!(["1 234", "1.234", "1234", " 12 ", "12,5"].map(of), ["1.234", "1.234", "1.234", "12", "12,5"]);
        assert_eq!(["abc", "-5", "1,234"].map(of), ["figure-no-number", "figure-out-of-range", "report-figure-ambiguous"]);
        assert_eq!(
            ["12/15", "12/15 (80%)", "15/12", "1/2/3"].map(of),
            ["12/15 (80%)", "12/15 (80%)", "report-figure-part", "figure-no-number"]
        );
        assert_eq!(read(("progress:done", ""), "1,234", &["1,234".to_owned()]).ok(), None, "a figure has a name");
        assert_eq!(read(("progress:done", "Đã"), "1,234", &["1,234".to_owned()]).ok().as_deref(), Some("1,234"));
        assert!(is_ambiguous("1,234") && is_ambiguous("1/1,234") && !is_ambiguous("1.234"));
    }
}
