//! The figures that are counted, by name.

use super::Tally;

/// Where slots of a list stand: the same words as the figures that lead there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    #[default]
    Expected,
    /// Handed in and not sent back: what was sent back is not done.
    Submitted,
    OnTime,
    Late,
    Excused,
    Nothing,
    Waiting,
    Returned,
    Accepted,
    Overdue,
    Open,
}

impl Which {
    pub const ALL: [Self; 11] = [
        Self::Expected,
        Self::Overdue,
        Self::Waiting,
        Self::Returned,
        Self::Open,
        Self::Submitted,
        Self::OnTime,
        Self::Late,
        Self::Excused,
        Self::Nothing,
        Self::Accepted,
    ];

    /// The word in addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Submitted => "submitted",
            Self::OnTime => "on-time",
            Self::Late => "late",
            Self::Excused => "excused",
            Self::Nothing => "nothing",
            Self::Waiting => "waiting",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Overdue => "overdue",
            Self::Open => "open",
        }
    }

    /// Reads what [`Which::code`] wrote; everything when it is another word.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|which| which.code() == code).unwrap_or_default()
    }

    /// How many of a tally they are.
    #[must_use]
    pub const fn of(self, tally: &Tally) -> i64 {
        match self {
            Self::Expected => tally.expected,
            Self::Submitted => tally.done(),
            Self::OnTime => tally.on_time,
            Self::Late => tally.late(),
            Self::Excused => tally.excused,
            Self::Nothing => tally.nothing,
            Self::Waiting => tally.waiting(),
            Self::Returned => tally.returned,
            Self::Accepted => tally.accepted,
            Self::Overdue => tally.overdue,
            Self::Open => tally.open(),
        }
    }
}
