//! Loudspeaker clusters as they stand in communes: they take orders by MQTT or HTTP, acknowledge, play, report, and some of them lie,
//! sleep, repeat themselves or believe that it is 1970.
//!
//! [`Cluster`] is what one does, without a line and with somebody else's clock; [`mqtt`] and [`http`] put many of them behind real
//! lines; [`Broker`] is the broker between, an installed mosquitto. The field names are those that working devices use, written here
//! a second time on purpose: a mapping that is wrong on our side is not wrong on theirs, too.

mod broker;
mod cluster;
pub mod http;
mod manner;
pub mod mqtt;
mod tally;
pub mod words;

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub use broker::{Broker, Missing};
pub use cluster::{Cluster, Playing, Said, What};
pub use manner::{Manner, Shares};
pub use tally::{Counts, Tally};

/// So many at most in one process: each has a socket, and a task.
pub const CLUSTERS_MAX: usize = 5_000;
/// A fleet goes home after this, whatever it was told.
pub const LIFE_MAX: Duration = Duration::from_secs(3_600);

/// The time in milliseconds since 1970, by whatever clock a test has.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The clock of the machine.
#[must_use]
pub fn machine_clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or_default()
    })
}

/// What a fleet is and how it behaves.
#[derive(Clone)]
pub struct Plan {
    /// Ids of the devices, at most [`CLUSTERS_MAX`] count.
    pub ids: Vec<String>,
    pub shares: Shares,
    /// Between two heartbeats; devices in the field take 20 to 30 seconds.
    pub beat: Duration,
    /// At most [`LIFE_MAX`].
    pub life: Duration,
    /// So many times faster than sound is sound played: a bulletin of ten minutes is over in a second at 600.
    pub pace: u32,
    pub clock: Clock,
}

impl Plan {
    /// Devices with the IMEI that `number` begins and counts up from.
    #[must_use]
    pub fn numbered(first: u64, count: usize) -> Self {
        let ids = (0..count.min(CLUSTERS_MAX) as u64).map(|n| (first + n).to_string()).collect();
        Self { ids, shares: Shares::default(), beat: Duration::from_secs(25), life: LIFE_MAX, pace: 1, clock: machine_clock() }
    }

    /// The clusters, each with its manner.
    #[must_use]
    pub fn clusters(&self) -> Vec<Cluster> {
        let count = self.ids.len().min(CLUSTERS_MAX);
        let manner = |(at, id): (usize, &String)| Cluster::new(id, self.shares.of(at, count), self.pace);
        self.ids.iter().take(count).enumerate().map(manner).collect()
    }
}
