//! A target in a person's words.

use super::recognise::Target;

/// `≥ 80 % người dân`, `100 % các sở …`
#[must_use]
pub fn words(target: &Target) -> String {
    let mut words = Vec::new();
    if let Some(value) = target.value {
        let sign = match target.op.as_deref() {
            Some(">=") => "≥ ",
            Some("<=") => "≤ ",
            Some(">") => "> ",
            Some("<") => "< ",
            _ => "",
        };
        let upper = target.value_to.map(|upper| format!("–{}", number(upper))).unwrap_or_default();
        words.push(format!("{sign}{}{upper}", number(value)));
    }
    words.extend(target.unit.clone());
    words.extend(target.subject.clone());
    words.extend(target.exclude.clone());
    if words.is_empty() { target.raw.clone().unwrap_or_default() } else { words.join(" ") }
}

/// Only the number with its sign and unit: `≥ 80 %`.
#[must_use]
pub fn short(target: &Target) -> String {
    if target.value.is_none() {
        return target.raw.clone().unwrap_or_default();
    }
    words(&Target { subject: None, exclude: None, ..target.clone() })
}

fn number(value: f64) -> String {
    vietnamese::number::format_f64(value, 4).unwrap_or_default()
}
