//! Words as they leave: NFC, on one line, without what the eye does not see, only letters that can be printed.

use typesetting::fonts::{Set, missing};

use crate::paper::Run;

/// Stands where the fonts have no letter.
const NO_LETTER: &str = "□";

/// NFC without controls and other invisible characters; every kind of space is a plain one.
pub(super) fn normal(text: &str) -> String {
    let normal = vietnamese::normalise(text);
    normal
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| !is_no_letter(*letter))
        .collect()
}

/// Controls, and what Unicode never gives a meaning to.
fn is_no_letter(letter: char) -> bool {
    letter.is_control() || u32::from(letter) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&letter)
}

/// Scripts that run from right to left: a line of two directions has no order that both files would keep.
fn is_leftward(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff)
}

/// The letters that can not be shown, each once.
pub(super) fn unprintable(text: &str) -> Vec<char> {
    let mut found = missing(Set::Document, text);
    for letter in text.chars().filter(|letter| is_leftward(*letter)) {
        if !found.contains(&letter) {
            found.push(letter);
        }
    }
    found
}

fn printable(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    unprintable(&text).into_iter().fold(text, |text, letter| text.replace(letter, NO_LETTER))
}

/// One line of text.
pub(super) fn line(text: &str) -> String {
    printable(normal(text).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// One line in capitals.
pub(super) fn capitals(text: &str) -> String {
    line(text).to_uppercase()
}

/// One line without the signs that the form puts behind it.
pub(super) fn item(text: &str) -> String {
    line(text).trim_start_matches(['-', '–', '+', '•', '*', ' ']).trim_end_matches([';', '.', ',', ' ']).to_owned()
}

/// The runs of a paragraph: spaces at its ends and double ones gone, addresses that lead nowhere safe dropped.
pub(super) fn runs(runs: &[Run]) -> Vec<Run> {
    let mut settled: Vec<Run> = Vec::with_capacity(runs.len());
    let mut after_space = true;
    for run in runs {
        let mut text = String::with_capacity(run.text.len());
        for letter in normal(&run.text).chars() {
            if letter != ' ' || !after_space {
                text.push(letter);
            }
            after_space = letter == ' ';
        }
        if !text.is_empty() {
            let safe = ["https://", "http://", "mailto:"].iter().any(|scheme| run.href.starts_with(scheme));
            let href = if safe { normal(&run.href).replace(' ', "%20") } else { String::new() };
            settled.push(Run { text: printable(text), href, ..run.clone() });
        }
    }
    while let Some(last) = settled.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        settled.pop();
    }
    settled
}

/// The words of runs.
pub(super) fn words(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_leave_as_one_printable_line() {
        assert_eq!(line("  kế\u{a0}hoa\u{323}ch\u{0}\n\tđ\u{202e}ảo 🎉 "), "kế hoạch đảo □");
        assert_eq!(item("- Như trên; "), "Như trên");
    }

    #[test]
    fn spaces_between_runs_stay_single() {
        let made =
            runs(&[Run::text("  Một "), Run::strong(" hai\n"), Run::link("  ", "x"), Run::link(" ba ", "javascript:alert(1)")]);
        assert_eq!(words(&made), "Một hai ba");
        assert!(made.iter().all(|run| run.href.is_empty()), "{made:?}");
    }
}
