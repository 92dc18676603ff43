//! What a fleet did, counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

use super::What;

/// One number of a [`Tally`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Counts {
    Connected,
    Reconnected,
    /// The line could not be had, or broke.
    Failed,
    Orders,
    Ignored,
    Pings,
    Acks,
    Logs,
    Powers,
    Repeated,
    /// By HTTP, other than 200.
    Refused,
}

const NAMES: [&str; 11] =
    ["connected", "reconnected", "failed", "orders", "ignored", "pings", "acks", "logs", "powers", "repeated", "refused"];

/// Counts of all clusters together; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Tally(Arc<[AtomicU64; 11]>);

impl Tally {
    pub fn count(&self, what: Counts) {
        self.add(what, 1);
    }

    pub fn add(&self, what: Counts, by: u64) {
        self.0[what as usize].fetch_add(by, Ordering::Relaxed);
    }

    /// A message went out.
    pub fn said(&self, what: What) {
        self.count(match what {
            What::Ping => Counts::Pings,
            What::Ack => Counts::Acks,
            What::Log => Counts::Logs,
            What::Power => Counts::Powers,
        });
    }

    #[must_use]
    pub fn of(&self, what: Counts) -> u64 {
        self.0[what as usize].load(Ordering::Relaxed)
    }

    /// All of them by name.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut all = json!({});
        for (name, count) in NAMES.iter().zip(self.0.iter()) {
            all[*name] = count.load(Ordering::Relaxed).into();
        }
        all
    }
}
