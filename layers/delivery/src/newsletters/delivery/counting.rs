//! How many letters of an issue stand where.

use std::collections::HashMap;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::{Bounce, Column, Entity, State};

/// The letters of one issue, by where they stand. All add up to the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub queued: u64,
    pub sending: u64,
    pub sent: u64,
    pub failed: u64,
    pub unknown: u64,
    pub stays: u64,
    pub skipped: u64,
    pub stopped: u64,
    /// Of those sent: came back because the mailbox is not there, for another cause, as unwanted.
    pub hard: u64,
    pub soft: u64,
    pub complaints: u64,
}

impl Tally {
    fn add(&mut self, state: State, bounce: Bounce, count: u64) {
        let place = match state {
            State::Queued => &mut self.queued,
            State::Sending => &mut self.sending,
            State::Sent => &mut self.sent,
            State::Failed => &mut self.failed,
            State::Unknown => &mut self.unknown,
            State::Stays => &mut self.stays,
            State::Skipped => &mut self.skipped,
            State::Stopped => &mut self.stopped,
        };
        *place += count;
        match bounce {
            Bounce::None => {}
            Bounce::Soft => self.soft += count,
            Bounce::Hard => self.hard += count,
            Bounce::Complaint => self.complaints += count,
        }
    }

    /// All of the list.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.open() + self.sent + self.failed + self.unknown + self.stays + self.skipped + self.stopped
    }

    /// Those on which a last word is missing.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.queued + self.sending
    }

    /// Came back: it did not arrive.
    #[must_use]
    pub fn returned(&self) -> u64 {
        self.hard + self.soft
    }

    /// Sent, and not come back.
    #[must_use]
    pub fn delivered(&self) -> u64 {
        self.sent.saturating_sub(self.returned())
    }
}

/// The tallies of these issues: one statement.
///
/// # Errors
/// The database failed.
pub async fn of(on: &impl ConnectionTrait, issues: &[Uuid]) -> Result<HashMap<Uuid, Tally>, DbErr> {
    let rows: Vec<(Uuid, State, Bounce, i64)> = Entity::find()
        .select_only()
        .columns([Column::Issue, Column::State, Column::Bounce])
        .column_as(Column::Subscriber.count(), "n")
        .filter(Column::Issue.is_in(issues.iter().copied()))
        .group_by(Column::Issue)
        .group_by(Column::State)
        .group_by(Column::Bounce)
        .into_tuple()
        .all(on)
        .await?;
    let mut found: HashMap<Uuid, Tally> = HashMap::new();
    for (issue, state, bounce, count) in rows {
        found.entry(issue).or_default().add(state, bounce, count.unsigned_abs());
    }
    Ok(found)
}

/// The tally of one issue.
///
/// # Errors
/// The database failed.
pub async fn one(on: &impl ConnectionTrait, issue: Uuid) -> Result<Tally, DbErr> {
    Ok(of(on, &[issue]).await?.remove(&issue).unwrap_or_default())
}
