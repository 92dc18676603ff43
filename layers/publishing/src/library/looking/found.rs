//! What a file says of itself: EXIF, IPTC and XMP in one.

use serde::{Deserialize, Serialize};

use crate::library::describing::SOURCES;

const LETTERS_MAX: usize = 2_000;

/// Fields of a description, as the file has them; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Found {
    pub title: String,
    pub caption: String,
    pub alt: String,
    pub creator: String,
    pub credit: String,
    pub copyright: String,
    /// Code of the IPTC vocabulary Digital Source Type.
    pub source: String,
    /// How long a sound is; None where it is none, or nobody can tell.
    pub duration_ms: Option<u64>,
}

impl Found {
    /// Whether nothing of it helps to describe the file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { duration_ms: self.duration_ms, ..Self::default() }
    }

    /// With what another says where this says nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let or = |own: String, other: String| if own.is_empty() { other } else { own };
        Self {
            title: or(self.title, other.title),
            caption: or(self.caption, other.caption),
            alt: or(self.alt, other.alt),
            creator: or(self.creator, other.creator),
            credit: or(self.credit, other.credit),
            copyright: or(self.copyright, other.copyright),
            source: or(self.source, other.source),
            duration_ms: self.duration_ms.or(other.duration_ms),
        }
    }

    /// Made, wholly or in part, by a trained model.
    #[must_use]
    pub fn is_by_machine(&self) -> bool {
        is_by_machine(&self.source)
    }

    /// Text that may be shown: no controls, no more than a field takes.
    pub(super) fn cleaned(self) -> Self {
        let clean = |text: String| {
            let text: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\n').take(LETTERS_MAX).collect();
            vietnamese::normalise(&text).trim().to_owned()
        };
        let source = self.source.trim().rsplit('/').next().unwrap_or_default().to_owned();
        Self {
            title: clean(self.title),
            caption: clean(self.caption),
            alt: clean(self.alt),
            creator: clean(self.creator),
            credit: clean(self.credit),
            copyright: clean(self.copyright),
            source: if SOURCES.contains(&source.as_str()) { source } else { String::new() },
            duration_ms: self.duration_ms,
        }
    }
}

/// Whether a source type says that a trained model made it, wholly or in part.
#[must_use]
pub fn is_by_machine(source: &str) -> bool {
    source.ends_with("rainedAlgorithmicMedia")
}
