//! The code that follows a question: twelve letters that only this installation makes of its id. The database has no more than what
//! finds it again, so that whoever reads the database alone follows nobody's question.

use uuid::Uuid;

use crate::base::App;
use crate::base::installation_key::InstallationKey;

/// Base 32 without letters that are mistaken for others.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Sixty bits: nobody finds one by trying.
const LENGTH: usize = 12;
const GROUP: usize = 4;

/// The code, in groups of four.
///
/// # Errors
/// The installation's key can not be read.
pub fn of(app: &App, id: Uuid) -> anyhow::Result<String> {
    let bytes = InstallationKey::of(app)?.derive("question-code", &id.to_string());
    let letters: Vec<char> = bytes.iter().take(LENGTH).map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
    Ok(letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// What is kept of a code.
///
/// # Errors
/// The installation's key can not be read.
pub fn key(app: &App, code: &str) -> anyhow::Result<String> {
    let bytes = InstallationKey::of(app)?.derive("question-code-key", &plain(code));
    Ok(bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A code as people type it: without hyphens and spaces, with what is mistaken for other letters put right.
#[must_use]
pub fn plain(code: &str) -> String {
    let letter = |letter: char| match letter.to_ascii_lowercase() {
        'o' => Some('0'),
        'i' | 'l' => Some('1'),
        other if other.is_ascii_alphanumeric() => Some(other),
        _ => None,
    };
    code.chars().filter_map(letter).take(LENGTH * 2).collect()
}

/// The first thing in a text that looks like a code.
#[must_use]
pub fn in_text(text: &str) -> Option<String> {
    let is_code = |word: &&str| {
        let groups: Vec<&str> = word.split('-').collect();
        groups.len() == LENGTH / GROUP
            && groups.iter().all(|group| group.len() == GROUP && group.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')).find(is_code).map(str::to_owned)
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(plain(" H7K2-9qmx oIl1 "), "h7k29qmx0111");
        assert_eq!(in_text("Re: mã h7k2-9qmx-0a1b của tôi"), Some("h7k2-9qmx-0a1b".into()));
        assert_eq!(in_text("2025-2026 không có"), None);
    }
}
