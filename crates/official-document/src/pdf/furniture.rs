//! Page numbers, running titles and footnotes.

use std::collections::HashMap;

use super::lines::TextLine;
use super::page::Page;

/// Page numbers and running titles stand in this share of the page at its top and its bottom.
const MARGIN: f32 = 0.12;
/// Footnotes are at most this share of the size of the body.
const NOTE_SIZE: f32 = 0.92;
/// Lines of one running title stand within so many points on all pages.
const SAME_PLACE: f32 = 4.0;

/// Removes page numbers and running titles from all pages.
pub(super) fn remove(pages: &mut [Page]) {
    let mut met: HashMap<(String, bool), Vec<(usize, f32)>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        for line in page.lines.iter().filter(|line| in_margin(line, page)) {
            met.entry((masked(&line.text), line.y < page.height / 2.0)).or_default().push((number, line.y));
        }
    }
    let counted = pages.len();
    let again = |line: &TextLine, page: &Page| {
        let places = met.get(&(masked(&line.text), line.y < page.height / 2.0));
        places.is_some_and(|places| is_running(places, line.y, counted))
    };
    let removed: Vec<Vec<bool>> = pages
        .iter()
        .map(|page| {
            let removed = |line: &TextLine| in_margin(line, page) && (is_number(&line.text) || again(line, page));
            page.lines.iter().map(removed).collect()
        })
        .collect();
    for (page, removed) in pages.iter_mut().zip(removed) {
        let mut removed = removed.into_iter();
        page.lines.retain(|_| removed.next() != Some(true));
    }
}

/// On at least three pages and on half of them, at the same height.
fn is_running(places: &[(usize, f32)], y: f32, pages: usize) -> bool {
    let mut same: Vec<usize> = places.iter().filter(|(_, at)| (at - y).abs() <= SAME_PLACE).map(|(page, _)| *page).collect();
    same.dedup();
    same.len() >= 2 && same.len() * 2 >= pages.saturating_sub(1)
}

fn in_margin(line: &TextLine, page: &Page) -> bool {
    line.y < page.height * MARGIN || line.y > page.height * (1.0 - MARGIN)
}

/// "2", "- 2 -", "Trang 2/10".
fn is_number(text: &str) -> bool {
    let bare = text.trim_matches(['-', '–', '—', ' ', '|']);
    let bare = bare.strip_prefix("Trang ").or(bare.strip_prefix("trang ")).unwrap_or(bare);
    let pieces = bare.splitn(2, '/').map(str::trim);
    let plain = |piece: &str| (1..=4).contains(&piece.len()) && piece.bytes().all(|byte| byte.is_ascii_digit());
    bare.len() <= 12 && pieces.into_iter().all(plain)
}

fn masked(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

/// Takes the lines under a short rule off a page when they are set smaller than the body.
pub(super) fn take_footnotes(page: &mut Page, body_size: f32) -> Vec<TextLine> {
    let height = page.height;
    let mut rules: Vec<f32> = page.short_rules.iter().copied().filter(|at| *at > height * 0.4).collect();
    rules.sort_by(f32::total_cmp);
    for rule in rules {
        let below = page.lines.iter().filter(|line| line.y > rule);
        let small = below.clone().count() > 0 && below.clone().all(|line| line.size <= body_size * NOTE_SIZE);
        let tables_below = page.tables.iter().any(|table| table.bottom > rule);
        if small && !tables_below {
            let (notes, body) = std::mem::take(&mut page.lines).into_iter().partition(|line| line.y > rule);
            page.lines = body;
            return notes;
        }
    }
    Vec::new()
}

/// The size in which most of the text is set.
pub(super) fn body_size(pages: &[Page]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        match sizes.iter_mut().find(|(size, _)| (*size - line.size).abs() < 0.25) {
            Some((_, letters)) => *letters += line.text.len(),
            None => sizes.push((line.size, line.text.len())),
        }
        if sizes.len() > 200 {
            break;
        }
    }
    sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(12.0, |(size, _)| size)
}
