//! Targets in cells of tables: "≥ 30", "50 - 60", "0,7", "≤ 3 Đông Nam Á; ≤ 50 Thế giới", "Nhóm 15".

use super::super::model::Target;
use super::super::words::{Phrases, Words, phrases};
use super::quantity::quantity_at;

/// The target a cell states; `unit` and `subject` come from other columns. An empty cell states none.
pub(in super::super) fn read_cell(text: &str, unit: Option<&str>, subject: &str) -> Option<Target> {
    let mut bounds = text.split([';', '\n']).filter_map(|bound| bound_of(bound.trim(), unit, subject));
    let mut first = bounds.next()?;
    first.more = bounds.take(super::BOUNDS_MAX).collect();
    Some(first)
}

fn bound_of(text: &str, unit: Option<&str>, subject: &str) -> Option<Target> {
    let words = Words::new(text);
    if !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    let skip = words.any(0, phrases!("đạt|phấn đấu đạt|phấn đấu|khoảng")).unwrap_or(0);
    let mut target = Target {
        unit: unit.map(str::to_owned),
        subject: Some(subject.to_owned()).filter(|subject| !subject.is_empty()),
        raw: Some(text.to_owned()),
        ..Target::default()
    };
    if let Some(found) = quantity_at(&words, skip) {
        target.op = Some(found.op.to_owned());
        target.value = Some(found.value);
        target.value_to = found.value_to;
        if found.percent {
            target.unit = Some("%".into());
        } else if let Some(rest) = Some(words.name(found.end, words.len())).filter(|rest| !rest.is_empty() && unit.is_none()) {
            target.unit = Some(rest);
        }
    }
    Some(target)
}
