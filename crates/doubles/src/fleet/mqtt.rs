//! Clusters behind a broker, each with a connection of its own, in a small task of its own.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rumqttc::{AsyncClient, Event, EventLoop, LastWill, MqttOptions, Packet, QoS, SubscribeFilter};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::{Cluster, Counts, LIFE_MAX, Manner, Plan, Said, Tally, What};

/// Orders that devices listen to, as the last word of their topics.
const ORDERS: [&str; 8] = ["play", "stop", "volume", "fetch", "update", "reset", "data-request", "schedule"];
/// So many are being connected at once: a broker's queue of those who knock is short.
const KNOCKING_MAX: usize = 64;
const RECONNECTS_MAX: u32 = 200;
const STORMS_MAX: u32 = 8;
const STORM_EVERY: Duration = Duration::from_secs(3);
const BACKOFF_MAX_S: u64 = 30;
/// Of what is written and not yet on the line; a device that may say nothing for so long has lost it.
const OUTBOX_MAX: usize = 256;

/// Where the broker is, and how a device is let in.
#[derive(Clone, Debug)]
pub struct Line {
    pub broker: SocketAddr,
    /// `device`, or what stands before it: `tinh/device`.
    pub prefix: String,
    /// Each device's; its name is its id. None where anybody is let in.
    pub password: Option<String>,
}

impl Line {
    #[must_use]
    pub fn to(broker: SocketAddr) -> Self {
        Self { broker, prefix: "device".into(), password: None }
    }
}

/// A fleet that runs; it goes home when this is dropped, or when its life is over.
pub struct Running {
    pub tally: Tally,
    tasks: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.tasks.abort();
    }
}

/// Brings all of them to the broker.
#[must_use]
pub fn start(plan: &Plan, line: &Line) -> Running {
    let tally = Tally::default();
    let gate = Arc::new(Semaphore::new(KNOCKING_MAX));
    let mut tasks = JoinSet::new();
    let clusters = plan.clusters();
    let count = u32::try_from(clusters.len()).unwrap_or(u32::MAX).max(1);
    for (at, cluster) in (0..).zip(clusters) {
        if cluster.manner != Manner::Offline {
            // Spread, as devices are that were switched on at different times.
            let first_beat = plan.beat / count * at;
            let device = Device { cluster, plan: plan.clone(), line: line.clone(), tally: tally.clone(), first_beat, storms: 0 };
            tasks.spawn(device.live(Arc::clone(&gate)));
        }
    }
    let life = plan.life.min(LIFE_MAX);
    let tasks = tokio::spawn(async move {
        let _ = tokio::time::timeout(life, async { while tasks.join_next().await.is_some() {} }).await;
    });
    Running { tally, tasks }
}

struct Device {
    cluster: Cluster,
    plan: Plan,
    line: Line,
    tally: Tally,
    first_beat: Duration,
    storms: u32,
}

impl Device {
    async fn live(mut self, gate: Arc<Semaphore>) {
        let mut wait_s = 1;
        for connection in 0..RECONNECTS_MAX {
            let Ok(permit) = Arc::clone(&gate).acquire_owned().await else { return };
            if connection > 0 {
                self.tally.count(Counts::Reconnected);
            }
            let was_there = self.connection(permit).await;
            wait_s = if was_there { 1 } else { (wait_s * 2).min(BACKOFF_MAX_S) };
            tokio::time::sleep(Duration::from_secs(wait_s)).await;
        }
    }

    fn options(&self) -> MqttOptions {
        let id = &self.cluster.id;
        let mut options = MqttOptions::new(id, self.line.broker.ip().to_string(), self.line.broker.port());
        options.set_keep_alive(Duration::from_secs(30)).set_max_packet_size(256 << 10, 256 << 10);
        let topic = format!("{}/{id}/offline", self.line.prefix);
        options.set_last_will(LastWill::new(topic, id.as_bytes(), QoS::AtLeastOnce, false));
        if let Some(password) = &self.line.password {
            options.set_credentials(id, password);
        }
        options
    }

    /// One connection, until it breaks or is broken off. Whether it was there at all.
    async fn connection(&mut self, permit: OwnedSemaphorePermit) -> bool {
        let (client, line) = AsyncClient::new(self.options(), 64);
        let (tell, events) = mpsc::channel(64);
        let mut was_there = false;
        // What is read is never dropped in the middle: reading is a future of its own, beside the one that has a clock.
        tokio::select! {
            () = read(line, tell) => {}
            () = self.talk(&client, events, permit, &mut was_there) => {}
        }
        if !was_there {
            self.tally.count(Counts::Failed);
        }
        was_there
    }

    async fn talk(
        &mut self,
        client: &AsyncClient,
        mut events: mpsc::Receiver<Packet>,
        permit: OwnedSemaphorePermit,
        was_there: &mut bool,
    ) {
        let mut permit = Some(permit);
        let begun = Instant::now();
        let mut beat_at = begun + self.first_beat;
        let mut outbox = VecDeque::new();
        loop {
            let wake = self.wake(beat_at, !outbox.is_empty());
            tokio::select! {
                packet = events.recv() => match packet {
                    None => return,
                    Some(Packet::ConnAck(_)) => {
                        permit.take();
                        *was_there = true;
                        self.tally.count(Counts::Connected);
                        let filter = |word: &&str| SubscribeFilter::new(self.topic(word), QoS::AtLeastOnce);
                        let _ = client.try_subscribe_many(ORDERS.iter().map(filter));
                    }
                    Some(Packet::Publish(publish)) => outbox.extend(self.hear(&publish.topic, &publish.payload)),
                    Some(_) => {}
                },
                () = sleep_until(wake) => {}
            }
            outbox.extend(self.cluster.tick((self.plan.clock)()));
            if Instant::now() >= beat_at {
                outbox.extend(self.beat());
                beat_at = Instant::now() + self.plan.beat;
            }
            self.send(client, &mut outbox);
            if self.cluster.manner == Manner::Storming && self.storms < STORMS_MAX && begun.elapsed() > STORM_EVERY {
                self.storms += 1;
                return;
            }
        }
    }

    fn topic(&self, word: &str) -> String {
        format!("{}/{}/{word}", self.line.prefix, self.cluster.id)
    }

    /// When something is to be done next if nothing comes in.
    fn wake(&self, beat_at: Instant, is_pressing: bool) -> Instant {
        let now = Instant::now();
        let soon =
            if is_pressing { Some(Duration::from_millis(10)) } else { self.cluster.playing().map(|_| Duration::from_secs(1)) };
        let left = self.cluster.playing().map(|playing| {
            let ends_ms = playing.since_ms + playing.rest_s * 1_000 / i64::from(self.plan.pace.max(1));
            Duration::from_millis((ends_ms - (self.plan.clock)()).max(20).unsigned_abs())
        });
        let storm = (self.cluster.manner == Manner::Storming && self.storms < STORMS_MAX).then_some(STORM_EVERY);
        [soon, left, storm].into_iter().flatten().map(|after| now + after).fold(beat_at, Instant::min)
    }

    fn hear(&mut self, topic: &str, payload: &[u8]) -> Vec<Said> {
        self.tally.count(Counts::Orders);
        let subject = topic.rsplit('/').next().unwrap_or_default();
        let Ok(order) = serde_json::from_slice::<Value>(payload) else { return Vec::new() };
        let before = self.cluster.ignored;
        let said = self.cluster.hear(subject, &order, (self.plan.clock)());
        self.tally.add(Counts::Ignored, u64::from(self.cluster.ignored - before));
        said
    }

    fn beat(&mut self) -> Vec<Said> {
        let mut said = vec![self.cluster.beat((self.plan.clock)())];
        let repeated = self.cluster.repeats();
        self.tally.add(Counts::Repeated, repeated.len() as u64);
        said.extend(repeated);
        said
    }

    fn send(&self, client: &AsyncClient, outbox: &mut VecDeque<Said>) {
        while let Some(said) = outbox.front() {
            // A heartbeat that is late is worth nothing; everything else arrives.
            let quality = if said.what == What::Ping { QoS::AtMostOnce } else { QoS::AtLeastOnce };
            if client.try_publish(self.topic(said.what.word()), quality, false, said.body.to_string()).is_err() {
                break;
            }
            self.tally.said(said.what);
            outbox.pop_front();
        }
        outbox.truncate(OUTBOX_MAX);
    }
}

/// Reads what comes and writes what is to go, until the line breaks or nobody listens.
async fn read(mut line: EventLoop, tell: mpsc::Sender<Packet>) {
    while let Ok(event) = line.poll().await {
        if let Event::Incoming(packet) = event
            && tell.send(packet).await.is_err()
        {
            return;
        }
    }
}
