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

/// Words of somebody else's, as one short line.
pub fn brief(words: &str) -> String {
    crate::header::one_line(words).chars().take(WORDS_MAX).collect()
}
