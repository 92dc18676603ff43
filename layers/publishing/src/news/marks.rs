//! Marks of the plain form beyond Markdown's: notes (`[^1]` with `[^1]: …` below) and what another site shows
//! (`@[title](https://…)` on a line by itself).

use std::collections::HashMap;

use super::markup::escaped;

/// The text with these marks as elements; what is not whole stays as it was typed.
#[must_use]
pub fn expanded(typed: &str) -> String {
    if !typed.contains("[^") && !typed.contains("@[") {
        return typed.to_owned();
    }
    let (lines, notes) = told_apart(typed);
    let mut used = Vec::new();
    let lines: Vec<String> = lines.iter().map(|line| with_notes(&embedded(line), &notes, &mut used)).collect();
    // A note that nothing leads to stays to be seen, and is remarked on.
    let left = notes.iter().filter(|(key, _)| !used.contains(key)).map(|(key, text)| format!("\n\n\\[^{key}]: {text}"));
    let mut left: Vec<String> = left.collect();
    left.sort_unstable();
    lines.join("\n") + &left.concat()
}

/// The lines of the text, and the notes below it.
fn told_apart(typed: &str) -> (Vec<String>, HashMap<String, String>) {
    let (mut lines, mut notes) = (Vec::new(), HashMap::new());
    let mut last: Option<String> = None;
    for line in typed.lines() {
        let begins = line.strip_prefix("[^").and_then(|rest| rest.split_once("]:")).filter(|(key, _)| is_key(key));
        if let Some((key, text)) = begins {
            notes.insert(key.to_owned(), text.trim().to_owned());
            last = Some(key.to_owned());
        } else if let Some(note) = last.as_ref().filter(|_| line.starts_with("    ") || line.starts_with('\t')) {
            let note = notes.entry(note.clone()).or_default();
            *note = format!("{note} {}", line.trim());
        } else {
            last = None;
            lines.push(line.to_owned());
        }
    }
    (lines, notes)
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= 40 && key.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
}

fn embedded(line: &str) -> String {
    let inside = line.trim().strip_prefix("@[").and_then(|rest| rest.strip_suffix(')'));
    match inside.and_then(|inside| inside.split_once("](")) {
        Some((title, address)) => {
            format!("\n<figure data-embed=\"{}\"><figcaption>{}</figcaption></figure>\n", escaped(address), escaped(title))
        }
        None => line.to_owned(),
    }
}

fn with_notes(line: &str, notes: &HashMap<String, String>, used: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("[^") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let key = from[2..].split(']').next().unwrap_or_default();
        match notes.get(key).filter(|text| !text.is_empty()) {
            Some(text) => {
                out.push_str(&format!("<small class=\"note\">{text}</small>"));
                used.push(key.to_owned());
                rest = &from[2 + key.len() + 1..];
            }
            None => {
                out.push_str("[^");
                rest = &from[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_note_stands_where_its_mark_was() {
        assert_eq!(
            expanded("Mở 12 lớp[^1] rồi[^x].\n\n[^1]: Theo báo cáo\n    tháng 3."),
            "Mở 12 lớp<small class=\"note\">Theo báo cáo tháng 3.</small> rồi[^x].\n"
        );
        assert!(expanded("A\n\n[^2]: Lạc").ends_with("\\[^2]: Lạc"));
        assert_eq!(expanded("A [^] b"), "A [^] b");
    }

    #[test]
    fn a_line_may_name_what_another_site_shows() {
        let html = expanded("A\n@[Phim](https://youtu.be/abc?a=1&b=2)\nB");
        assert!(
            html.contains("<figure data-embed=\"https://youtu.be/abc?a=1&amp;b=2\"><figcaption>Phim</figcaption></figure>"),
            "{html}"
        );
        assert_eq!(expanded("A @[Phim](https://youtu.be/abc)"), "A @[Phim](https://youtu.be/abc)");
    }
}
