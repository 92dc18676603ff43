//! What passes between the source system and its devices, as values.
//!
//! The field names are those that working devices use; the annexes of Thông tư 39/2020/TT-BTTTT that list them were not found, so every
//! name is data ([`Mapping`]): own name ↔ the platform's term. Devices write numbers as strings, dates as dd-mm-yyyy, local time at
//! +07:00, epochs in seconds or milliseconds; what is read here is one way only.

mod door;
mod mapping;
mod messages;
mod mqtt;
mod reading;
#[cfg(test)]
mod tests;
mod values;
mod writing;

pub use door::{ClockLimits, Door, DoorLimits, Incoming};
pub use mapping::{Choice, Field, Form, Mapping, UnknownFields};
pub use messages::{
    Acknowledgement, Author, BroadcastLog, Detail, Envelope, Fetch, Heartbeat, HeartbeatAnswer, LedEnvelope, LedKind,
    LedSchedule, LogIn, LogInAnswer, Mode, Order, OrderName, Play, PlaylistAdd, PlaylistDelete, PowerEvent, PowerKind,
    Precedence, ScheduleDay, ScheduleItem, ScheduleTime, Term, Volume,
};
pub use mqtt::{Publication, Quality, Subject, Topics};

use chrono::{DateTime, Utc};

/// A message as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Received<T> {
    pub value: T,
    /// Fields that no term of the mapping names, as paths; log them, they may be news.
    pub unknown: Vec<String>,
}

/// Why a message is not taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Problem {
    #[error("{bytes} bytes, at most {max}")]
    Large { bytes: usize, max: usize },
    #[error("not JSON: {says}")]
    NotJson { says: String },
    /// The platform's name of the field.
    #[error("field {field} is missing")]
    Missing { field: String },
    #[error("field {field} is no {expected}: {found}")]
    Value { field: String, expected: &'static str, found: String },
    #[error("unknown fields: {}", .0.join(", "))]
    UnknownFields(Vec<String>),
    /// The mapping and this program do not fit together.
    #[error("mapping: {0}")]
    Mapping(String),
    #[error("device {0} is not known")]
    UnknownDevice(String),
    /// The clock stands before the system was built, as after a power cut: 1970.
    #[error("the device's clock was never set: {at}")]
    ClockUnset { at: DateTime<Utc> },
    #[error("the device's clock is {by_s} s ahead")]
    ClockAhead { by_s: i64 },
    /// Older than messages are believed for.
    #[error("the message is {by_s} s old")]
    Old { by_s: i64 },
    #[error("message {0} was received before")]
    Replayed(String),
    /// More messages within the window than are remembered.
    #[error("too many messages in a short time")]
    Flooded,
}
