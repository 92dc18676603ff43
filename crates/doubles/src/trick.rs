//! How a double misbehaves, for one request.

/// One way to misbehave. "Done" and "undone" say whether the thing that was asked for happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trick {
    /// Takes the request and breaks the connection off.
    DropUndone,
    DropDone,
    /// Answers 500.
    BrokenUndone,
    BrokenDone,
    /// Answers 200 with a page of HTML.
    GarbledDone,
    /// Answers 200 (Telegram: 400) with an error inside that the platform's documents name.
    ErrorInside,
    /// Too many requests, in the platform's way of saying when it may be tried again.
    TooMany {
        retry_after_s: u64,
    },
    /// The token is over.
    Expired,
}

impl Trick {
    /// All of them, with the names that the page's buttons have.
    pub const ALL: [(&str, Self); 8] = [
        ("drop-undone", Self::DropUndone),
        ("drop-done", Self::DropDone),
        ("broken-undone", Self::BrokenUndone),
        ("broken-done", Self::BrokenDone),
        ("garbled-done", Self::GarbledDone),
        ("error-inside", Self::ErrorInside),
        ("too-many", Self::TooMany { retry_after_s: 30 }),
        ("expired", Self::Expired),
    ];

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, trick)| *trick)
    }

    /// Whether what was asked for happens all the same.
    #[must_use]
    pub fn is_done(self) -> bool {
        matches!(self, Self::DropDone | Self::BrokenDone | Self::GarbledDone)
    }
}
