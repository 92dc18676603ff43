//! What the relay says: `250-…`, `250 …` (RFC 5321, 4.2), with the enhanced code (RFC 3463) left in the words.

const WORDS_MAX: usize = 300;

/// One reply, its lines joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    pub words: String,
    /// The lines, without their codes.
    pub lines: Vec<String>,
}

impl Reply {
    pub fn is_good(&self) -> bool {
        (200..400).contains(&self.code)
    }

    pub fn is_permanent(&self) -> bool {
        (500..600).contains(&self.code)
    }

    /// The line is about to be closed.
    pub fn is_farewell(&self) -> bool {
        self.code == 421
    }

    pub fn says(&self) -> String {
        format!("{} {}", self.code, self.words)
    }
}

/// Reads one line; the flag says whether more of the same reply follow. None: no such line.
pub fn line(bytes: &[u8]) -> Option<(u16, bool, String)> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_end_matches(['\r', '\n']);
    let code: u16 = text.get(..3).filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    let more = match text.as_bytes().get(3) {
        None | Some(b' ') => false,
        Some(b'-') => true,
        Some(_) => return None,
    };
    (200..600).contains(&code).then(|| (code, more, text.get(4..).unwrap_or_default().trim().to_owned()))
}

/// The enhanced code that words of a server begin with, behind their three digits or without them: `550 5.1.1 …`, `550-5.1.1 …`,
/// `#5.1.1 …` (RFC 2034, RFC 3463).
pub fn enhanced(words: &str) -> Option<&str> {
    let is_code = |word: &&str| {
        let numbers: Vec<&str> = word.split('.').collect();
        let is_number = |text: &&str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        numbers.len() == 3 && ["2", "4", "5"].contains(&numbers[0]) && numbers.iter().all(is_number)
    };
    let words = words.split([' ', '-', '#', ':']).filter(|word| !word.is_empty());
    words.take(2).find(is_code)
}

/// Words of somebody else's, as one short line.
pub fn brief(words: &str) -> String {
    crate::header::one_line(words).chars().take(WORDS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::enhanced;

    #[test]
    fn codes_are_found_where_servers_put_them() {
        for words in ["550 5.1.1 no", "550-5.1.1 no", "5.1.1 no", "550 #5.1.1 no", "#5.1.1 no", "550 5.1.1"] {
            assert_eq!(enhanced(words), Some("5.1.1"), "{words}");
        }
        assert_eq!(enhanced("554 5.7.26 no"), Some("5.7.26"));
        for words in ["", "550 no 5.1.1", "550 version 1.2.3", "550 5.1", "550 5.1.1.1", "550 5.1234.1"] {
            assert_eq!(enhanced(words), None, "{words}");
        }
    }
}
