//! A frozen document with the ways down that everybody may go: measures to their public pages, tasks to the progress of their plan, and
//! figures of a period to the agencies behind them on the same page. What only the desk may see leads nowhere. Pure.

use std::collections::HashSet;

use crate::reports::report::composed::{AGENCIES, Composed, Piece, Span};

/// Where the agencies behind the figures stand on the page.
const BEHIND: &str = "#agencies";

/// The document with those ways, and whether its own annexes list the agencies. `measures`: codes of those that everybody may read.
#[must_use]
pub fn opened(mut composed: Composed, measures: &HashSet<String>) -> (Composed, bool) {
    let annexes = composed.annexes.iter_mut().flat_map(|annex| &mut annex.pieces);
    for piece in composed.pieces.iter_mut().chain(annexes) {
        for span in spans(piece) {
            span.href = outward(&span.href, measures);
        }
    }
    let lists = composed.annexes.iter().any(|annex| annex.lists == AGENCIES);
    (composed, lists)
}

fn spans(piece: &mut Piece) -> Vec<&mut Span> {
    match piece {
        Piece::Paragraph(spans) => spans.iter_mut().collect(),
        Piece::Table(sheet) => sheet.rows.iter_mut().flatten().collect(),
        Piece::Heading(_) | Piece::Picture(_) => Vec::new(),
    }
}

fn outward(href: &str, measures: &HashSet<String>) -> String {
    let (path, query) = href.split_once('?').unwrap_or((href, ""));
    let asked = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default();
    let year = asked("year");
    let in_year = if year.is_empty() { String::new() } else { format!("?nam={year}") };
    if let Some(code) = path.strip_prefix("/desk/measures/") {
        return if measures.contains(code) { format!("/chi-so/{code}{in_year}") } else { String::new() };
    }
    match path {
        "/desk/progress/slots" if !asked("plan").is_empty() => format!("/ke-hoach/{}/tien-do{in_year}", asked("plan")),
        path if path.starts_with("/desk/closings/") || path.ends_with("/figures") => BEHIND.to_owned(),
        path if path.starts_with("/desk/") => String::new(),
        _ => href.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_lead_to_what_everybody_may_see() {
        let known = HashSet::from(["xa-phu-song".to_owned()]);
        for (desk, public) in [
            ("/desk/measures/xa-phu-song?year=2026", "/chi-so/xa-phu-song?nam=2026"),
            ("/desk/measures/con-nhap?year=2026", ""),
            ("/desk/closings/1/2026-H1/1", "#agencies"),
            ("/desk/plans/1/duties/2/figures?period=2026-H1&field=so_lop&which=value", "#agencies"),
            ("/desk/progress/slots?plan=ke-hoach-9&year=2026&which=submitted&duty=2", "/ke-hoach/ke-hoach-9/tien-do?nam=2026"),
            ("/desk/duties/1#v1", ""),
            ("", ""),
        ] {
            assert_eq!(outward(desk, &known), public, "{desk}");
        }
    }
}
