//! Who has, who is late, who never signed in: a regime and a period on one page. Counted from the lines that a closing would write down.

use sea_orm::entity::prelude::*;

use crate::base::App;
use crate::duties::Slot;
use crate::duties::closing::line::{self, Lines};
use crate::duties::closing::{Line, Outcome};
use crate::web::{Locale, Result};

/// What of a period is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    In,
    /// Not in, and the last day is past.
    Late,
    /// Not in, with time left.
    Open,
    Returned,
    NeverSignedIn,
}

impl Which {
    pub const ALL: [Self; 6] = [Self::All, Self::In, Self::Late, Self::Open, Self::Returned, Self::NeverSignedIn];

    /// The word in addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::In => "in",
            Self::Late => "late",
            Self::Open => "open",
            Self::Returned => "returned",
            Self::NeverSignedIn => "never",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|which| which.code() == code).unwrap_or(Self::All)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("report-board-{}", self.code())
    }

    /// Whether a line belongs to it.
    #[must_use]
    pub fn takes(self, lines: &Lines, line: &Line) -> bool {
        let open = lines.with_time.contains(&line.slot);
        match self {
            Self::All => true,
            Self::In => line.outcome.is_in(),
            Self::Late => line.outcome == Outcome::Absent && !open,
            Self::Open => line.outcome == Outcome::Absent && open,
            Self::Returned => line.outcome == Outcome::Returned,
            Self::NeverSignedIn => line.never_came(),
        }
    }
}

/// An agency on the board.
pub struct Row {
    pub name: String,
    pub href: String,
    pub mark: &'static str,
    pub word: String,
    pub on: String,
    /// It handed in after its day.
    pub late: bool,
    pub never_came: bool,
}

/// A period of a regime.
pub struct Board {
    pub lines: Lines,
}

impl Board {
    /// Reads it: six statements.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, duty: Uuid, period: &str) -> Result<Self> {
        Ok(Self { lines: line::now(app, &app.db, duty, period, super::regime::today(app)).await? })
    }

    /// How many belong to it.
    #[must_use]
    pub fn count(&self, which: Which) -> usize {
        self.lines.list.iter().filter(|line| which.takes(&self.lines, line)).count()
    }

    /// Those that belong to it, by name.
    #[must_use]
    pub fn rows(&self, l: Locale, which: Which) -> Vec<Row> {
        let shown = self.lines.list.iter().filter(|line| which.takes(&self.lines, line));
        let row = |line: &Line| {
            let open = self.lines.with_time.contains(&line.slot);
            let (mark, word) = if open && line.outcome == Outcome::Absent {
                ("open", l.t("report-board-open"))
            } else {
                (line.outcome.mark(), l.t(&line.outcome.key()))
            };
            Row {
                name: line.name.clone(),
                href: Slot::desk_path(line.slot),
                mark,
                word,
                on: line.answered_on.map(crate::base::time::day).unwrap_or_default(),
                late: line.outcome.is_in() && line.on_time == Some(false),
                never_came: line.never_came(),
            }
        };
        shown.map(row).collect()
    }
}
