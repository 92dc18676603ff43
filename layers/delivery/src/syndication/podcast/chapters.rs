//! Chapters of a recording, where the headings of its text begin with a time: `03:20 Mở đầu`, `[1:02:03] Hỏi đáp`.

use serde_json::{Value, json};

use crate::news::markup::{Piece, pieces, unescaped};

/// A chapter: seconds from the beginning, and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    pub start_s: u32,
    pub title: String,
}

/// The chapters of a text, in the order of time, each time once.
#[must_use]
pub fn of(body: &str) -> Vec<Chapter> {
    let mut found: Vec<Chapter> = headings(body).iter().filter_map(|heading| read(heading)).collect();
    found.sort_by_key(|chapter| chapter.start_s);
    found.dedup_by_key(|chapter| chapter.start_s);
    found
}

fn headings(body: &str) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), None::<String>);
    for piece in pieces(body) {
        match piece {
            Piece::Tag(tag) if matches!(tag.name, "h2" | "h3" | "h4") => {
                if tag.closes {
                    found.extend(open.take());
                } else {
                    open = Some(String::new());
                }
            }
            Piece::Tag(_) => {}
            Piece::Text(text) => {
                if let Some(heading) = &mut open {
                    heading.push_str(&unescaped(text));
                }
            }
        }
    }
    found
}

/// Reads a heading; None where it does not begin with a time and go on with words.
fn read(heading: &str) -> Option<Chapter> {
    let heading = heading.trim().trim_start_matches(['[', '(']);
    let end = heading.find(|letter: char| !letter.is_ascii_digit() && letter != ':')?;
    let (time, rest) = heading.split_at(end);
    let parts: Vec<u32> = time.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    let start_s = match parts.as_slice() {
        [minutes, seconds] if *seconds < 60 && *minutes < 1_000 => minutes * 60 + seconds,
        [hours, minutes, seconds] if *minutes < 60 && *seconds < 60 && *hours < 100 => hours * 3_600 + minutes * 60 + seconds,
        _ => return None,
    };
    let title = rest.trim_start_matches([']', ')', ' ', '-', '–', '—', ':', '.', '\u{a0}']).trim().to_owned();
    (!title.is_empty()).then_some(Chapter { start_s, title })
}

/// The document of the chapters (JSON Chapters 1.2).
#[must_use]
pub fn document(chapters: &[Chapter]) -> Value {
    let one = |chapter: &Chapter| json!({"startTime": chapter.start_s, "title": chapter.title});
    json!({"version": "1.2.0", "chapters": chapters.iter().map(one).collect::<Vec<_>>()})
}

#[cfg(test)]
mod unit {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_that_begin_with_a_time_are_chapters() {
        let body = "<h2>05:00 – Hỏi &amp; đáp</h2><p>a</p><h2>[0:00] Mở đầu</h2><h3>1:02:03. Kết</h3><h2>Không giờ</h2><h2>12:99 Sai</h2><h2>03:20</h2>";
        let found: Vec<(u32, String)> = of(body).into_iter().map(|one| (one.start_s, one.title)).collect();
        assert_eq!(found, [(0, "Mở đầu".into()), (300, "Hỏi & đáp".into()), (3_723, "Kết".into())]);
        assert_eq!(document(&of(body))["chapters"][1]["startTime"], 300);
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_heading_is_read_or_passed_over(text in "\\PC{0,60}") {
            let body = crate::news::clean::html(&format!("<h2>{text}</h2>"));
            for chapter in of(&body) {
                prop_assert!(!chapter.title.is_empty());
            }
        }

        #[test]
        fn a_time_is_read_as_it_is_written(start in 0_u32..359_999) {
            let written = format!("{}:{:02}:{:02} Tên", start / 3_600, start / 60 % 60, start % 60);
            prop_assert_eq!(read(&written).map(|one| one.start_s), Some(start));
        }
    }
}
