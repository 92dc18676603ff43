//! What is on air on one cluster, and when. Pure: who calls says what time it is.
//!
//! [`Bookings`] puts bulletins into the slots of a programme; [`Airtime`] plays them: the stronger breaks off the weaker, which goes on
//! by itself from where it was; what was missed is aired again while that makes sense; nothing but an emergency sounds in quiet hours.

mod airtime;
mod bookings;
mod quiet;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc, Weekday};
use serde::{Deserialize, Serialize};

pub use crate::device::Precedence;
pub use airtime::{Airtime, OnAir};
pub use bookings::Bookings;
pub use quiet::Quiet;

/// A stretch of the day that one bulletin may fill, local time (+07:00), within one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    pub name: String,
    pub begins: NaiveTime,
    pub ends: NaiveTime,
    /// Empty for every day.
    #[serde(default)]
    pub weekdays: Vec<Weekday>,
}

impl Slot {
    /// Whether it is there on this day.
    #[must_use]
    pub fn is_on(&self, date: NaiveDate) -> bool {
        self.weekdays.is_empty() || self.weekdays.contains(&date.weekday())
    }
}

/// What a station airs by rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    pub slots: Vec<Slot>,
    pub quiet: Vec<Quiet>,
}

impl Programme {
    /// The slots of a day.
    pub fn on(&self, date: NaiveDate) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(move |slot| slot.is_on(date))
    }

    /// Whether that time lies in a slot that is there on other days only: on this one nothing begins then.
    #[must_use]
    pub fn is_off(&self, at: DateTime<Utc>) -> bool {
        let (date, time) = (quiet::local_date(at), quiet::local_time(at));
        let holds = |slot: &&Slot| slot.begins <= time && time < slot.ends;
        self.slots.iter().any(|slot| holds(&slot)) && !self.on(date).any(|slot| holds(&slot))
    }
}

/// One bulletin that wants to be aired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Of this airing: the same bulletin on another day is another item.
    pub id: u64,
    pub precedence: Precedence,
    pub begins_at: DateTime<Utc>,
    pub duration_s: u32,
    /// Later than this it does not begin; `None` for as late as the rules let anything begin.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
}

/// How a cluster deals with what goes otherwise than planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    pub quiet: Vec<Quiet>,
    /// How long after its time an item may still begin.
    pub reair_within_s: u32,
    /// How long after it was broken off an item may still go on.
    pub resume_within_s: u32,
    /// So much is said again when it goes on.
    pub rewind_s: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { quiet: Vec::new(), reair_within_s: 3 * 3600, resume_within_s: 3600, rewind_s: 5 }
    }
}

/// What happened, or what the device is to be told. In order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Tell the device to play, from this second of the sound on.
    Play { item: u64, from_s: u32 },
    /// Tell the device to stop; it had come so far. Broken off by something stronger: it will go on or be cut.
    Stop { item: u64, at_s: u32 },
    /// The device went away while it played. It is aired again from its beginning, or missed.
    Lost { item: u64, at_s: u32 },
    /// Played to its end, so many seconds after it should have been.
    Finished { item: u64, late_s: u32 },
    /// Broken off and not taken up again.
    Cut { item: u64, played_s: u32 },
    /// Never begun in time, or lost and never aired again.
    Missed { item: u64, why: Why },
    /// Taken off by a person.
    Withdrawn { item: u64, played_s: u32 },
}

/// What stood in the way when the time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    DeviceGone,
    QuietHours,
    /// Something stronger or earlier was on air.
    Busy,
}

/// Why a bulletin is not booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    #[error("no slot {0}")]
    UnknownSlot(String),
    #[error("the slot is not on this day")]
    WrongDay { date: NaiveDate },
    #[error("nothing to play")]
    Empty,
    #[error("{by_s} s longer than its slot")]
    Long { by_s: u32 },
    #[error("item {with} is on air at that time")]
    Taken { with: u64 },
    #[error("quiet hours from {from}")]
    QuietHours { from: DateTime<Utc> },
    #[error("that time has passed")]
    Past,
    #[error("item {0} is there already")]
    Twice(u64),
    /// An emergency is not booked, it breaks in.
    #[error("an emergency is not booked")]
    Emergency,
}
