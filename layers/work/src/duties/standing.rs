//! Where a slot stands: a function of the slot, its answers and their reviews. Never stored.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::answer::Answer;
use super::progress;
use super::review::{Review, Verdict};
use super::slot::Slot;
use super::unlock::Unlock;

/// An answer is taken this long after the last day; later the coordinator has to unlock.
pub const LOCK_AFTER_DAYS: i64 = 30;
/// What is due within this many days is "soon".
pub const SOON_DAYS: i64 = 14;

/// Where a slot stands. "Returned" is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// No longer owed.
    Void,
    /// Unanswered, the last day has not passed.
    Open,
    /// Unanswered, the last day has passed.
    Overdue,
    /// Answered; nobody has looked at it yet.
    Submitted,
    /// Sent back: to be done again.
    Returned,
    /// Done.
    Accepted,
}

impl Standing {
    /// The word used in addresses, data and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Void => "void",
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("slot-standing-{}", self.code())
    }

    /// Whether the agency still has something to do.
    #[must_use]
    pub const fn is_owed(self) -> bool {
        matches!(self, Self::Open | Self::Overdue | Self::Returned)
    }
}

/// Why a slot takes no answer now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Accepted: only an unlock opens it again.
    Accepted,
    /// The last day passed too long ago.
    Expired,
    /// No longer owed.
    Void,
    /// A period of something that comes again and again, which has not begun.
    Early,
}

impl Lock {
    /// The Fluent key of what the person is told.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Accepted => "slot-locked-accepted",
            Self::Expired => "slot-locked-expired",
            Self::Void => "slot-locked-void",
            Self::Early => "slot-locked-early",
        }
    }
}

/// What is known of a slot.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Earliest first.
    pub answers: Vec<Answer>,
    /// One of an answer at most.
    pub reviews: Vec<Review>,
    /// Earliest first.
    pub unlocks: Vec<Unlock>,
}

impl Story {
    /// The answer that counts.
    #[must_use]
    pub fn last(&self) -> Option<&Answer> {
        self.answers.last()
    }

    /// The review of an answer.
    #[must_use]
    pub fn review_of(&self, answer: Uuid) -> Option<&Review> {
        self.reviews.iter().find(|review| review.answer == answer)
    }

    /// Where the slot stands on a day (Vietnam time).
    #[must_use]
    pub fn standing(&self, slot: &Slot, today: NaiveDate) -> Standing {
        if slot.voided_on.is_some() {
            return Standing::Void;
        }
        match self.last().map(|answer| self.review_of(answer.id).map(|review| review.verdict)) {
            None if today <= slot.in_time_until => Standing::Open,
            None => Standing::Overdue,
            Some(None) => Standing::Submitted,
            Some(Some(Verdict::Return)) => Standing::Returned,
            Some(Some(Verdict::Accept)) => Standing::Accepted,
        }
    }

    /// Whether the first answer that counts came in time; None while there is none. So a sheet of paper handed in on the last
    /// day to be in time counts for nothing once it, or what replaced it, is sent back.
    #[must_use]
    pub fn is_on_time(&self, slot: &Slot) -> Option<bool> {
        self.first_kept().map(|first| first.on_day <= slot.in_time_until)
    }

    /// The first answer that counts: accepted, or newer than what was sent back last.
    #[must_use]
    pub fn first_kept(&self) -> Option<&Answer> {
        let sent_back = self.answers.iter().filter(|answer| self.is_sent_back(answer)).map(|answer| answer.version).max();
        let is_accepted = |answer: &Answer| self.review_of(answer.id).is_some_and(|review| review.verdict == Verdict::Accept);
        self.answers.iter().find(|answer| is_accepted(answer) || sent_back.is_none_or(|version| answer.version > version))
    }

    /// Whether that answer was sent back.
    #[must_use]
    pub fn is_sent_back(&self, answer: &Answer) -> bool {
        self.review_of(answer.id).is_some_and(|review| review.verdict == Verdict::Return)
    }

    /// Whether what is handed in on that day comes late: nothing that counts came before.
    #[must_use]
    pub fn would_be_late(&self, slot: &Slot, today: NaiveDate) -> bool {
        today > slot.in_time_until && self.is_on_time(slot).is_none()
    }

    /// An unlock that holds today and was not used.
    #[must_use]
    pub fn unlocked(&self, today: NaiveDate) -> Option<&Unlock> {
        self.unlocks.iter().rev().find(|unlock| unlock.used_at.is_none() && today <= unlock.until)
    }

    /// Why no answer is taken today; None when one is.
    #[must_use]
    pub fn lock(&self, slot: &Slot, today: NaiveDate) -> Option<Lock> {
        if slot.voided_on.is_some() {
            return Some(Lock::Void);
        }
        if self.unlocked(today).is_some() {
            return None;
        }
        // What is done once may be done before its time; nobody knows in June what next year's report will say.
        if today < slot.start_on && progress::column(&slot.period) != progress::ONCE {
            return Some(Lock::Early);
        }
        match self.standing(slot, today) {
            Standing::Accepted => Some(Lock::Accepted),
            // Somebody looked at it and wants it again: that is an invitation, however late.
            Standing::Returned => None,
            _ => (today - slot.in_time_until > chrono::TimeDelta::days(LOCK_AFTER_DAYS)).then_some(Lock::Expired),
        }
    }
}

/// How urgent a slot is for those who owe it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    Late,
    Soon,
    Later,
}

impl Urgency {
    /// The word in addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Later => "later",
        }
    }
}

/// How urgent: what was returned is late at once.
#[must_use]
pub fn urgency(slot: &Slot, standing: Standing, today: NaiveDate) -> Option<Urgency> {
    if !standing.is_owed() {
        return None;
    }
    let left = (slot.in_time_until - today).num_days();
    Some(match standing {
        Standing::Returned => Urgency::Late,
        _ if left < 0 => Urgency::Late,
        _ if left <= SOON_DAYS => Urgency::Soon,
        _ => Urgency::Later,
    })
}

/// What is known of each of these slots: three statements.
///
/// # Errors
/// The database failed.
pub async fn stories(on: &impl ConnectionTrait, slots: &[Uuid]) -> Result<HashMap<Uuid, Story>, DbErr> {
    let answers = Answer::of(on, slots).await?;
    told(on, slots, answers).await
}

async fn told(on: &impl ConnectionTrait, slots: &[Uuid], answers: Vec<Answer>) -> Result<HashMap<Uuid, Story>, DbErr> {
    let mut stories: HashMap<Uuid, Story> = HashMap::new();
    if slots.is_empty() {
        return Ok(stories);
    }
    for answer in answers {
        stories.entry(answer.slot).or_default().answers.push(answer);
    }
    for review in Review::of(on, slots).await? {
        stories.entry(review.slot).or_default().reviews.push(review);
    }
    for unlock in Unlock::of(on, slots).await? {
        stories.entry(unlock.slot).or_default().unlocks.push(unlock);
    }
    Ok(stories)
}

/// What lists need of each of these slots: the same without the words of the answers.
///
/// # Errors
/// The database failed.
pub async fn brief(on: &impl ConnectionTrait, slots: &[Slot]) -> Result<HashMap<Uuid, Story>, DbErr> {
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
    let answers = Answer::in_brief(on, &ids).await?;
    told(on, &ids, answers).await
}

/// What is known of one slot.
///
/// # Errors
/// The database failed.
pub async fn story(on: &impl ConnectionTrait, slot: Uuid) -> Result<Story, DbErr> {
    Ok(stories(on, &[slot]).await?.remove(&slot).unwrap_or_default())
}
