//! Who is let in: known devices with a clock that can be, each message once.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::Problem;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClockLimits {
    /// Nothing was sent before: a clock that stands earlier was never set.
    pub not_before: DateTime<Utc>,
    pub ahead_max_s: i64,
}

impl Default for ClockLimits {
    fn default() -> Self {
        // 24 November 2020: the day of Thông tư 39/2020/TT-BTTTT.
        Self { not_before: DateTime::from_timestamp(1_606_150_800, 0).unwrap_or_default(), ahead_max_s: 300 }
    }
}

impl ClockLimits {
    /// # Errors
    /// [`Problem::ClockUnset`], [`Problem::ClockAhead`].
    pub fn check(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Problem> {
        let by_s = (at - now).num_seconds();
        match at < self.not_before {
            true => Err(Problem::ClockUnset { at }),
            false if by_s > self.ahead_max_s => Err(Problem::ClockAhead { by_s }),
            false => Ok(()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DoorLimits {
    pub clock: ClockLimits,
    /// How old a message may be; as long its id is remembered.
    pub window_s: i64,
    /// How many ids are remembered.
    pub remembered_max: usize,
}

impl Default for DoorLimits {
    /// A device that was offline over a night and sends its log in the morning is believed.
    fn default() -> Self {
        Self { clock: ClockLimits::default(), window_s: 12 * 3600, remembered_max: 2_000_000 }
    }
}

/// What is asked about a message before it is believed.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    pub device: &'a str,
    pub is_known: bool,
    /// Unlike for every message of this device; where a protocol has no id, make one of what the message says.
    pub id: &'a str,
    pub sent_at: DateTime<Utc>,
}

/// Remembers what came in. What it forgets is older than the window and refused for its age.
#[derive(Clone, Debug)]
pub struct Door {
    limits: DoorLimits,
    by_time: BTreeSet<(DateTime<Utc>, String)>,
    seen: HashSet<String>,
}

impl Door {
    #[must_use]
    pub fn new(limits: DoorLimits) -> Self {
        Self { limits, by_time: BTreeSet::new(), seen: HashSet::new() }
    }

    /// Lets a message in, once.
    ///
    /// # Errors
    /// [`Problem::UnknownDevice`], [`Problem::ClockUnset`], [`Problem::ClockAhead`], [`Problem::Old`], [`Problem::Replayed`],
    /// [`Problem::Flooded`]. A message that was refused is not remembered.
    pub fn admit(&mut self, incoming: &Incoming, now: DateTime<Utc>) -> Result<(), Problem> {
        if !incoming.is_known {
            return Err(Problem::UnknownDevice(incoming.device.to_owned()));
        }
        self.limits.clock.check(incoming.sent_at, now)?;
        let window = Duration::seconds(self.limits.window_s);
        if incoming.sent_at < now - window {
            return Err(Problem::Old { by_s: (now - incoming.sent_at).num_seconds() });
        }
        self.forget(now - window);
        let key = format!("{}\u{1F}{}", incoming.device, incoming.id);
        if self.seen.contains(&key) {
            return Err(Problem::Replayed(incoming.id.to_owned()));
        }
        if self.seen.len() >= self.limits.remembered_max {
            return Err(Problem::Flooded);
        }
        self.by_time.insert((incoming.sent_at, key.clone()));
        self.seen.insert(key);
        Ok(())
    }

    fn forget(&mut self, before: DateTime<Utc>) {
        while let Some((at, _)) = self.by_time.first() {
            if *at >= before {
                return;
            }
            if let Some((_, key)) = self.by_time.pop_first() {
                self.seen.remove(&key);
            }
        }
    }
}
