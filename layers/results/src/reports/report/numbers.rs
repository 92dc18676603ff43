//! The numbers in a text, so that a number that nobody reported is found. Pure.

use std::collections::BTreeSet;

/// Each number as `1234.5`: `1.234,5` and `1234,5` are the same. Days (`20/6/2026`) and numbers of documents give their parts.
#[must_use]
pub fn of(text: &str) -> BTreeSet<String> {
    let runs = text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.' || letter == ','));
    runs.map(|run| run.trim_matches(['.', ','])).filter(|run| !run.is_empty()).map(canonical).collect()
}

fn canonical(run: &str) -> String {
    let (whole, decimals) = run.split_once(',').unwrap_or((run, ""));
    let groups: Vec<&str> = whole.split('.').collect();
    let is_grouped = groups.len() > 1 && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    if (groups.len() > 1 && !is_grouped) || decimals.contains(['.', ',']) {
        return run.to_owned();
    }
    let digits: String = groups.concat();
    let whole = digits.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }
}

/// The numbers of a text that are in none of the others.
#[must_use]
pub fn unsupported<'a>(text: &str, by: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let known: BTreeSet<String> = by.into_iter().flat_map(of).collect();
    of(text).into_iter().filter(|number| !known.contains(number)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let same = |one: &str, other: &str| assert_eq!(of(one), of(other), "{one} and {other}");
        same("1.234,5 lớp", "1234,5 lớp");
        same("05 xã", "5 xã");
        same("12,50%", "12,5%");
        assert_eq!(of("không có số nào").len(), 0);
        assert_eq!(of("ngày 20/6/2026, đạt 80%."), BTreeSet::from(["20".into(), "6".into(), "2026".into(), "80".into()]));
    }

    #[test]
    fn what_no_source_says_is_found() {
        let sources = ["Đã mở 12 lớp cho 1.250 người.", "Phát 24 bản tin."];
        assert!(unsupported("Các xã mở 12 lớp, phát 24 bản tin cho 1250 người", sources).is_empty());
        assert_eq!(unsupported("Mở 36 lớp", sources), ["36"], "a sum that nobody wrote is nobody's");
    }
}
