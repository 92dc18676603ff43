//! What a model says, as it comes: events of `chat/completions` (`data: {…}`, `data: [DONE]`) or one JSON answer, cut into sentences. Pure.

use serde_json::Value;

/// Words that were heard so far.
#[derive(Debug, Default)]
pub struct Heard {
    is_of_events: bool,
    bytes: Vec<u8>,
    text: String,
    /// How much of the text was given as sentences, in bytes.
    given: usize,
}

impl Heard {
    #[must_use]
    pub fn new(is_of_events: bool) -> Self {
        Self { is_of_events, ..Self::default() }
    }

    /// Takes bytes as they come. False when nothing more is wanted: it is done, it failed, or it says too much.
    pub fn hear(&mut self, bytes: &[u8], letters_max: usize) -> bool {
        self.bytes.extend_from_slice(bytes);
        if !self.is_of_events {
            return self.bytes.len() <= letters_max * 8;
        }
        while let Some(end) = self.bytes.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.bytes.drain(..=end).collect();
            let line = String::from_utf8_lossy(&line);
            let Some(data) = line.trim().strip_prefix("data:") else { continue };
            if data.trim() == "[DONE]" {
                return false;
            }
            let Ok(event) = serde_json::from_str::<Value>(data.trim()) else { continue };
            if event.get("error").is_some() {
                self.drop_rest();
                return false;
            }
            self.text.push_str(event["choices"][0]["delta"]["content"].as_str().unwrap_or_default());
        }
        self.text.chars().count() <= letters_max
    }

    /// Nothing more comes: what came as one answer is read.
    pub fn close(&mut self) {
        if !self.is_of_events
            && let Ok(answer) = serde_json::from_slice::<Value>(&self.bytes)
        {
            self.text = answer["choices"][0]["message"]["content"].as_str().unwrap_or_default().to_owned();
            self.bytes.clear();
        }
    }

    /// Forgets the sentence that was begun.
    pub fn drop_rest(&mut self) {
        self.text.truncate(self.given + ends(&self.text[self.given..], false).last().copied().unwrap_or_default());
    }

    /// The next whole sentence; the last one ends with the text.
    pub fn sentence(&mut self, ended: bool) -> Option<String> {
        // Thoughts that some models say first are no answer.
        if let Some(thought) = self.text[self.given..].find("</think>") {
            self.given += thought + "</think>".len();
        } else if self.text[self.given..].contains("<think>") {
            return None;
        }
        let rest = &self.text[self.given..];
        let end = ends(rest, ended).first().copied()?;
        let sentence = rest[..end].trim().trim_start_matches(['-', '*', '•']).trim().to_owned();
        self.given += end;
        if sentence.is_empty() { self.sentence(ended) } else { Some(sentence) }
    }
}

/// Where sentences end, in bytes: behind `. ! ?` or a line, and behind the numbers of sources that follow. One is whole when another
/// word begins after it.
fn ends(text: &str, ended: bool) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, letter) in text.char_indices() {
        if !matches!(letter, '.' | '!' | '?' | '\n') {
            continue;
        }
        let end = at + letter.len_utf8();
        let rest = &text[end..];
        let after = rest.len() - past_numbers(rest).len();
        let next = past_numbers(rest).trim_start();
        let is_edge = letter == '\n' || rest.starts_with([' ', '\n', '[']) || rest.is_empty();
        let begins = next.chars().next().map_or(ended, |first| !first.is_lowercase() && first != '[');
        if is_edge && begins && !is_short(&text[..at]) {
            found.push(end + after);
        }
    }
    if ended && found.last().is_none_or(|last| *last < text.len()) && !text.is_empty() {
        found.push(text.len());
    }
    found
}

/// Behind ` [1] [2, 3].`
fn past_numbers(text: &str) -> &str {
    let mut rest = text;
    loop {
        let inner = rest.trim_start_matches([' ', '.']);
        let Some(length) = inner.starts_with('[').then(|| inner.find(']')).flatten() else { return rest };
        let is_number = inner[1..length].chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ',' | ' ' | ';'));
        if !is_number {
            return rest;
        }
        rest = inner[length + 1..].trim_start_matches('.');
    }
}

/// `TP. Cao Lãnh`: a dot after a word of few capitals ends nothing.
fn is_short(before: &str) -> bool {
    let word = before.rsplit(|letter: char| letter.is_whitespace() || letter == '.').next().unwrap_or_default();
    let letters = word.chars().count();
    (1..=3).contains(&letters) && word.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod unit {
    use super::*;

    fn event(words: &str) -> String {
        format!("data: {}\n\n", serde_json::json!({ "choices": [{ "delta": { "content": words } }] }))
    }

    #[test]
    fn sentences_come_as_soon_as_they_are_whole() {
        let mut heard = Heard::new(true);
        assert!(heard.hear(event("Sở Xây dựng chủ").as_bytes(), 1_000));
        assert_eq!(heard.sentence(false), None);
        let all = event(" trì. [1] Hạn 20/6 ở TP. Cao Lãnh [2]. Rồi").into_bytes();
        // Cut in the middle of a letter.
        assert!(heard.hear(&all[..31], 1_000) && heard.hear(&all[31..], 1_000));
        assert_eq!(heard.sentence(false).as_deref(), Some("Sở Xây dựng chủ trì. [1]"));
        assert_eq!(heard.sentence(false).as_deref(), Some("Hạn 20/6 ở TP. Cao Lãnh [2]."));
        assert_eq!(heard.sentence(false), None);
        assert!(!heard.hear(b"data: [DONE]\n\n", 1_000));
        assert_eq!(heard.sentence(true).as_deref(), Some("Rồi"));
        assert_eq!(heard.sentence(true), None);
    }

    #[test]
    fn one_answer_is_read_at_its_end_and_what_broke_off_is_no_sentence() {
        let mut heard = Heard::new(false);
        let body = serde_json::json!({ "choices": [{ "message": { "content": "<think>hm</think>Một câu [1]. Hai câu [2]." } }] })
            .to_string();
        assert!(heard.hear(body.as_bytes(), 1_000));
        assert_eq!(heard.sentence(false), None);
        heard.close();
        assert_eq!(heard.sentence(true).as_deref(), Some("Một câu [1]."));
        assert_eq!(heard.sentence(true).as_deref(), Some("Hai câu [2]."));
        let mut heard = Heard::new(true);
        heard.hear(event("Câu trọn vẹn [1]. Câu đứt ở gi").as_bytes(), 1_000);
        heard.drop_rest();
        assert_eq!(heard.sentence(true).as_deref(), Some("Câu trọn vẹn [1]."));
        assert_eq!(heard.sentence(true), None);
        let mut html = Heard::new(false);
        html.hear(b"<html>504</html>", 1_000);
        html.close();
        assert_eq!(html.sentence(true), None);
    }
}
