//! What the rows of all numbers make of their delivery.

use platforms::{Copy, Found, Outcome, Refusal, Why};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::letter::{self, State};
use crate::base::App;

/// How many stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub waiting: u64,
    pub sent: u64,
    pub refused: u64,
    /// Also those that a dead node left as `sending`.
    pub unknown: u64,
}

/// Whether a refusal meets every number alike, and not the one it was said of.
#[must_use]
pub const fn is_of_the_account(why: Why) -> bool {
    matches!(why, Why::Rate | Why::Quota | Why::Token | Why::Permission | Why::Blocked | Why::Unavailable)
}

/// Nothing was sent, and it may be tried again.
#[must_use]
pub fn unavailable(says: &str) -> Outcome {
    Outcome::Refused(Refusal { why: Why::Unavailable, says: says.to_owned(), again_after: None })
}

impl Sum {
    /// Of a delivery: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, delivery: Uuid) -> Result<Self, DbErr> {
        let counted: Vec<(State, i64)> = letter::Entity::find()
            .select_only()
            .column(letter::Column::State)
            .column_as(letter::Column::Id.count(), "n")
            .filter(letter::Column::Delivery.eq(delivery))
            .group_by(letter::Column::State)
            .into_tuple()
            .all(&app.db)
            .await?;
        let mut sum = Self::default();
        for (state, count) in counted {
            let count = u64::try_from(count).unwrap_or_default();
            match state {
                State::Waiting => sum.waiting += count,
                State::Sent => sum.sent += count,
                State::Refused => sum.refused += count,
                State::Sending | State::Unknown => sum.unknown += count,
            }
        }
        Ok(sum)
    }

    #[must_use]
    pub const fn all(&self) -> u64 {
        self.waiting + self.sent + self.refused + self.unknown
    }

    /// `480/500`: so many of so many have it.
    #[must_use]
    pub fn says(&self) -> String {
        format!("{}/{}", self.sent, self.all())
    }

    /// What the delivery came to; `stopped` is why the account could not go on.
    #[must_use]
    pub fn outcome(&self, stopped: Option<Refusal>) -> Outcome {
        let says = |refusal: Refusal| Refusal { says: format!("{} · {}", self.says(), refusal.says), ..refusal };
        match stopped {
            // Of some nobody knows: a person looks before anything goes on, also to those who wait.
            _ if self.unknown > 0 => Outcome::Unknown { says: self.says() },
            Some(refusal) => Outcome::Refused(says(refusal)),
            // Time was over before all had their turn: the queue goes on with those who wait.
            None if self.waiting > 0 => unavailable(&self.says()),
            None if self.sent == 0 => Outcome::Refused(Refusal { why: Why::Content, says: self.says(), again_after: None }),
            None => Outcome::Published(Copy { id: self.says(), address: None }),
        }
    }

    /// What is known of it without asking anybody.
    #[must_use]
    pub fn found(&self) -> Found {
        if self.unknown == 0 && self.waiting == 0 && self.sent > 0 {
            return Found::Yes(Copy { id: self.says(), address: None });
        }
        Found::CanNotTell { says: self.says() }
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn one_number_of_which_nobody_knows_makes_the_whole_unknown() {
        let sum = Sum { sent: 2, refused: 1, ..Sum::default() };
        assert!(matches!(sum.outcome(None), Outcome::Published(copy) if copy.id == "2/3"));
        let one = Sum { unknown: 1, ..sum };
        assert!(matches!(one.outcome(None), Outcome::Unknown { says } if says == "2/4"));
        assert!(matches!(one.found(), Found::CanNotTell { .. }));
    }

    #[test]
    fn who_waits_is_gone_on_with_and_a_dead_token_is_said() {
        let sum = Sum { sent: 2, waiting: 3, ..Sum::default() };
        assert!(matches!(sum.outcome(None), Outcome::Refused(refusal) if refusal.why == Why::Unavailable));
        let dead = Refusal { why: Why::Token, says: "101".into(), again_after: None };
        assert!(matches!(sum.outcome(Some(dead)), Outcome::Refused(refusal) if refusal.why == Why::Token));
        let none = Sum { refused: 3, ..Sum::default() };
        assert!(matches!(none.outcome(None), Outcome::Refused(refusal) if refusal.why == Why::Content));
    }
}
