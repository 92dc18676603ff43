//! One thing that was looked at.

use crate::web::Obstacle;

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Good,
    /// It works, but not as it should for the public.
    Warning,
    /// Something does not work.
    Broken,
    /// A part that one may do without is not there.
    Absent,
}

impl State {
    /// The mark at the beginning of the line.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Good => "✔",
            Self::Warning => "!",
            Self::Broken => "✘",
            Self::Absent => "·",
        }
    }

    /// The name that programs read.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Broken => "broken",
            Self::Absent => "absent",
        }
    }
}

/// The heading it stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    Settings,
    Storage,
    Database,
    House,
    Reach,
    Tools,
}

impl Area {
    /// The name that programs read; the heading's Fluent key is `doctor-area-` before it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Storage => "storage",
            Self::Database => "database",
            Self::House => "house",
            Self::Reach => "reach",
            Self::Tools => "tools",
        }
    }
}

/// What was found, in words (a Fluent key with arguments). Unless it is good, the key with `-remedy` says what to do.
#[derive(Clone, Debug)]
pub struct Finding {
    pub area: Area,
    pub state: State,
    pub words: Obstacle,
}

impl Finding {
    pub fn new(area: Area, state: State, key: &'static str) -> Self {
        Self { area, state, words: Obstacle::new(key) }
    }

    /// Adds an argument of the words.
    pub fn with(self, name: &'static str, value: impl ToString) -> Self {
        Self { words: self.words.with(name, value), ..self }
    }

    /// The key of the remedy; None when there is nothing to mend.
    pub fn remedy(&self) -> Option<String> {
        (self.state != State::Good).then(|| format!("{}-remedy", self.words.key))
    }
}
