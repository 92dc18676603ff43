//! Page numbers and running titles among the lines.

use std::collections::HashMap;

use super::{Line, is_finished};
use crate::marker::Marker;

/// A page has at least so many lines, when nothing else tells where it ends.
const PAGE_LINES_MIN: usize = 15;
/// A running title is not longer than this many bytes.
const TITLE_BYTES_MAX: usize = 200;
/// The head of a document is within so many lines; what repeats there for the first time is no running title yet.
const HEAD_LINES: usize = 12;

/// Removes page numbers and running titles and marks the lines after them as torn.
pub(super) fn remove(lines: &mut Vec<Line>) {
    let numbers = page_numbers(lines);
    let mut removed = numbers.clone();
    for title in running_titles(lines, &numbers) {
        removed[title] = true;
    }
    for place in 1..lines.len() {
        lines[place].torn_above = removed[place - 1];
    }
    for place in 1..lines.len() {
        if removed[place - 1] && removed[place] {
            lines[place].torn_above = true;
        }
    }
    let mut place = 0;
    lines.retain(|_| {
        place += 1;
        !removed[place - 1]
    });
}

/// "2", "- 2 -", "Trang 2", "Trang 2/10".
fn page_number(text: &str) -> Option<u32> {
    if text.len() > 24 {
        return None;
    }
    let bare = text.trim_matches(['-', '–', '—', ' ', '|', '.']);
    let bare = bare.strip_prefix("Trang ").or(bare.strip_prefix("trang ")).unwrap_or(bare).trim_start();
    let (number, total) = bare.split_once(['/']).map_or((bare, None), |(number, total)| (number, Some(total)));
    let total = total.is_none_or(|total| !total.is_empty() && total.trim().bytes().all(|byte| byte.is_ascii_digit()));
    let digits = number.trim_end();
    let short = total && digits.len() <= 4 && !digits.starts_with('0');
    // "1." and "1)" open a part.
    let free = !text.ends_with(['.', ')']);
    if short && free { digits.parse().ok() } else { None }
}

fn page_numbers(lines: &[Line]) -> Vec<bool> {
    let mut numbers = vec![false; lines.len()];
    let candidates = lines.iter().enumerate().filter_map(|(place, line)| Some((place, page_number(&line.text)?)));
    let candidates: Vec<(usize, u32)> = candidates.collect();
    for place in beside_a_running_title(lines, &candidates) {
        numbers[place] = true;
    }
    let (mut last, mut last_place) = (1, 0);
    for (place, number) in candidates {
        let in_turn = (last..=last + 2).contains(&number) && place - last_place >= PAGE_LINES_MIN;
        if numbers[place] || tears_sentence(lines, place) || beside_page_end(lines, place) || in_turn {
            numbers[place] = true;
            (last, last_place) = (number, place);
        }
    }
    numbers
}

/// Ascending numbers over or under one and the same line.
fn beside_a_running_title(lines: &[Line], candidates: &[(usize, u32)]) -> Vec<usize> {
    let mut beside: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    for (place, number) in candidates {
        let neighbours = [place.checked_sub(1), Some(place + 1)].into_iter().flatten();
        for title in neighbours.filter_map(|neighbour| lines.get(neighbour)).filter(|line| may_be_title(line)) {
            beside.entry(masked(&title.text)).or_default().push((*place, *number));
        }
    }
    let ascending = |numbers: &Vec<(usize, u32)>| numbers.windows(2).all(|pair| pair[0].1 < pair[1].1);
    let titled = beside.into_values().filter(|numbers| numbers.len() >= 2).filter(ascending);
    titled.flatten().map(|(place, _)| place).collect()
}

fn may_be_title(line: &Line) -> bool {
    let plain = line.text.len() <= TITLE_BYTES_MAX && !line.text.ends_with([':', ';']);
    plain && page_number(&line.text).is_none() && Marker::of(&line.text).is_none()
}

/// The line above stops in mid-sentence and the line below goes on with a small letter.
fn tears_sentence(lines: &[Line], place: usize) -> bool {
    let Some(above) = place.checked_sub(1).map(|above| &lines[above]) else { return false };
    let goes_on =
        lines.get(place + 1).is_some_and(|below| below.text.starts_with(char::is_lowercase) && Marker::of(&below.text).is_none());
    goes_on && !is_finished(&above.text)
}

fn beside_page_end(lines: &[Line], place: usize) -> bool {
    lines[place].page_above || lines.get(place + 1).is_some_and(|below| below.page_above)
}

/// Lines that come again and again where pages end.
fn running_titles(lines: &[Line], numbers: &[bool]) -> Vec<usize> {
    let mut met: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, line) in lines.iter().enumerate() {
        if !numbers[place] && may_be_title(line) {
            met.entry(masked(&line.text)).or_default().push(place);
        }
    }
    let mut titles: Vec<usize> = Vec::new();
    for places in met.into_values().filter(|places| places.len() >= 2) {
        let at_page_end = |place: &&usize| is_at_page_end(lines, numbers, **place);
        let evident = places.iter().filter(at_page_end).count();
        if evident * 2 > places.len() || (places.len() >= 3 && evenly_spaced(&places)) {
            titles.extend(places.into_iter().filter(|place| *place >= HEAD_LINES || is_at_page_end(lines, numbers, *place)));
        }
    }
    titles
}

/// Figures as "#": a running title may hold the number of the page.
fn masked(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

fn is_at_page_end(lines: &[Line], numbers: &[bool], place: usize) -> bool {
    let number_beside = (place > 0 && numbers[place - 1]) || numbers.get(place + 1).copied().unwrap_or(false);
    number_beside || beside_page_end(lines, place) || tears_sentence(lines, place)
}

fn evenly_spaced(places: &[usize]) -> bool {
    let gaps = || places.windows(2).map(|pair| pair[1] - pair[0]);
    let (least, most) = (gaps().min().unwrap_or(0), gaps().max().unwrap_or(0));
    least >= PAGE_LINES_MIN && most - least <= (most / 10).max(2)
}
