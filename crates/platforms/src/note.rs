//! What this crate says itself where no platform said anything, in English. Whoever shows it to people knows it again by
//! [`Note::of`] and says it in their language.

/// Our own words, in place of a platform's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// Nothing of the request left.
    NotSent,
    /// It left, and no answer came.
    CutOff,
    /// An answer came without what its documents promise.
    Incomplete,
    /// There is no place where the platform could be asked.
    NoPlaceToLook,
    /// No copy is known from which to look.
    NothingKnown,
    /// So much came since that the end was not reached.
    ManySince,
    /// The platform can not be asked how far something is.
    NoHandles,
}

impl Note {
    pub const ALL: [Self; 7] = [
        Self::NotSent,
        Self::CutOff,
        Self::Incomplete,
        Self::NoPlaceToLook,
        Self::NothingKnown,
        Self::ManySince,
        Self::NoHandles,
    ];

    /// How words of this kind begin; the first is how they are written.
    #[must_use]
    pub const fn beginnings(self) -> &'static [&'static str] {
        match self {
            Self::NotSent => &["not sent: "],
            Self::CutOff => &["cut off: "],
            Self::Incomplete => &[
                "no id in ",
                "no token in ",
                "no message in ",
                "no message_id in ",
                "no msg_id in ",
                "no medias in ",
                "no pair in ",
            ],
            Self::NoPlaceToLook => &["a bot can not read a chat, and no lookup chat is set"],
            Self::NothingKnown => &["no copy is known to begin behind"],
            Self::ManySince => {
                &["too many since", "too many other messages since", "too many posts since", "too many articles since"]
            }
            Self::NoHandles => &["Telegram gives no handles", crate::zalo::UNASKED],
        }
    }

    /// The words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        self.beginnings()[0]
    }

    /// Which of ours these words are; None when a platform said them.
    #[must_use]
    pub fn of(says: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|note| note.beginnings().iter().any(|beginning| says.starts_with(beginning)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LineError;

    #[test]
    fn our_own_words_are_known_again() {
        assert_eq!(Note::of(&LineError::Cut("connection reset".into()).to_string()), Some(Note::CutOff));
        assert_eq!(Note::of(&LineError::NotSent("no route".into()).to_string()), Some(Note::NotSent));
        assert_eq!(Note::of("no token in {}"), Some(Note::Incomplete));
        assert_eq!(Note::of("400 Bad Request: chat not found"), None);
        assert!(Note::ALL.into_iter().all(|note| Note::of(note.words()) == Some(note)));
    }
}
