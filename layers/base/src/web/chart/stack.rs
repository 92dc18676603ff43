//! One bar in parts: what is done, what is late, what is left.

use super::canvas::place;

/// Draws it: a state of the design system and a count for each part, in the order in which they stand. The words of the parts stand under
/// it as a list that links.
#[must_use]
pub fn svg(parts: &[(&'static str, f64)]) -> String {
    let whole: f64 = parts.iter().map(|(_, count)| count.max(0.0)).sum();
    let whole = if whole == 0.0 { 1.0 } else { whole };
    let mut svg = String::from("<svg aria-hidden=\"true\" preserveAspectRatio=\"none\">");
    let mut from = 0.0;
    for (state, count) in parts {
        let wide = count.max(0.0) * 100.0 / whole;
        svg.push_str(&format!(
            "<rect data-state=\"{state}\" x=\"{}%\" width=\"{}%\" height=\"100%\"/>",
            place(from),
            place(wide)
        ));
        from += wide;
    }
    svg.push_str("</svg>");
    svg
}
