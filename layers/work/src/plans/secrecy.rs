//! Marks of secrecy. Rule 6: what is marked secret stays outside (Luật Bảo vệ bí mật nhà nước 2018; where the mark stands:
//! NĐ 30/2020/NĐ-CP, phụ lục I, ô số 10a).

use std::time::Duration;

use official_document::{Document, Limits};

use super::plan::reading::AT_ONCE;

/// The head of a document ends well before this line.
const HEAD_LINES: usize = 60;
/// A file that takes longer to read is taken unread: it is a proof to be looked at by people.
const READING_TIMEOUT_S: u64 = 30;

/// The mark before the body of a document: on a line of its own or at the end of the line of the number, in any letters, with
/// or without spaces between them.
#[must_use]
pub fn of_document(document: &Document) -> Option<String> {
    let body = document.parts.first().map_or(document.text.len(), |part| part.span.start);
    of_head(document.text.get(..body).unwrap_or_default())
}

/// The mark on a line of its own of what somebody typed.
#[must_use]
pub fn of_text(text: &str) -> Option<String> {
    text.lines().map(vietnamese::normalise).find_map(|line| mark(&line))
}

/// The mark in the head of a file, when it is one that can be read: a scan is looked at by people.
pub async fn of_file(bytes: Vec<u8>, name: String) -> Option<String> {
    let _turn = AT_ONCE.acquire().await.ok()?;
    let work = tokio::task::spawn_blocking(move || {
        official_document::read(&bytes, &name, &Limits::default()).ok().and_then(|document| of_document(&document))
    });
    tokio::time::timeout(Duration::from_secs(READING_TIMEOUT_S), work).await.ok()?.ok()?
}

fn of_head(head: &str) -> Option<String> {
    head.lines().take(HEAD_LINES).map(vietnamese::normalise).find_map(|line| {
        let beside_the_number = line.trim_start().to_lowercase().starts_with("số");
        let after = line.rsplit_once("  ").or_else(|| line.rsplit_once('\t')).filter(|_| beside_the_number);
        [Some(&*line), after.map(|(_, last)| last)].into_iter().flatten().find_map(mark)
    })
}

fn mark(text: &str) -> Option<String> {
    const MARKS: [(&str, &str); 3] = [("TUYỆTMẬT", "TUYỆT MẬT"), ("TỐIMẬT", "TỐI MẬT"), ("MẬT", "MẬT")];
    let letters: String = text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let letters = letters.strip_prefix("ĐỘMẬT").unwrap_or(&letters);
    MARKS.iter().find(|(bare, _)| *bare == letters).map(|(_, mark)| (*mark).to_owned())
}
