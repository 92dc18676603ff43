//! Clusters without MQTT: they log in, ping, and take their orders from the answer to a ping.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use serde_json::Value;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::{Cluster, Counts, LIFE_MAX, Manner, Plan, Said, Tally, words};
use crate::exchange;

/// Log-ins in a row that fail before a cluster gives up for good.
const LOG_INS_MAX: u32 = 20;

/// Where the source is, and how a device is let in.
#[derive(Clone, Debug)]
pub struct Source {
    /// `http://127.0.0.1:8080/api/devices`; `log-in`, `ping`, `ack`, `log` and `power` come after it.
    pub base: String,
    /// Each device's; its name is its id.
    pub password: String,
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

/// Sets all of them going.
#[must_use]
pub fn start(plan: &Plan, source: &Source) -> Running {
    let tally = Tally::default();
    let mut tasks = JoinSet::new();
    let clusters = plan.clusters();
    let count = u32::try_from(clusters.len()).unwrap_or(u32::MAX).max(1);
    for (at, cluster) in (0..).zip(clusters) {
        if cluster.manner != Manner::Offline {
            let first = plan.beat / count * at;
            let device = Device { cluster, plan: plan.clone(), source: source.clone(), tally: tally.clone(), token: None };
            tasks.spawn(device.live(first));
        }
    }
    let life = plan.life.min(LIFE_MAX);
    let tasks = tokio::spawn(async move {
        let _ = tokio::time::timeout(life, async { while tasks.join_next().await.is_some() {} }).await;
    });
    Running { tally, tasks }
}

/// A message as a device posts it. Without a token: before it logged in.
#[must_use]
pub fn request(base: &str, word: &str, token: Option<&str>, body: &Value) -> Request<Bytes> {
    let mut request = Request::post(format!("{base}/{word}")).header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    request.body(Bytes::from(body.to_string())).unwrap_or_default()
}

/// The orders in the answer to a ping: the last word of a topic, and the order.
#[must_use]
pub fn orders(answer: &Value) -> Vec<(String, Value)> {
    let all = answer["NoiDung"]["DanhSachLenh"].as_array().cloned().unwrap_or_default();
    all.into_iter().map(|order| (order["Loai"].as_str().unwrap_or_default().to_owned(), order)).collect()
}

struct Device {
    cluster: Cluster,
    plan: Plan,
    source: Source,
    tally: Tally,
    token: Option<String>,
}

impl Device {
    async fn live(mut self, first: Duration) {
        let mut beat_at = Instant::now() + first;
        let mut refusals = 0;
        while refusals < LOG_INS_MAX {
            let playing = self.cluster.playing().map(|_| Instant::now() + Duration::from_millis(500));
            sleep_until(playing.map_or(beat_at, |soon| soon.min(beat_at))).await;
            if self.token.is_none() && !self.log_in().await {
                refusals += 1;
                tokio::time::sleep(Duration::from_secs(u64::from(refusals).min(10))).await;
                continue;
            }
            refusals = 0;
            let over = self.cluster.tick((self.plan.clock)());
            self.say_all(over).await;
            if Instant::now() >= beat_at {
                self.beat().await;
                beat_at = Instant::now() + self.plan.beat;
            }
        }
    }

    async fn log_in(&mut self) -> bool {
        let body = words::log_in(&self.cluster.id, &self.source.password);
        let answer = self.post("log-in", &body).await;
        self.token = answer.as_ref().and_then(words::token);
        if self.token.is_some() {
            self.tally.count(Counts::Connected);
        }
        self.token.is_some()
    }

    async fn beat(&mut self) {
        let beat = self.cluster.beat((self.plan.clock)());
        let Some(answer) = self.say(&beat).await else { return };
        for (subject, order) in orders(&answer) {
            self.tally.count(Counts::Orders);
            let before = self.cluster.ignored;
            let said = self.cluster.hear(&subject, &order, (self.plan.clock)());
            self.tally.add(Counts::Ignored, u64::from(self.cluster.ignored - before));
            self.say_all(said).await;
        }
        let repeated = self.cluster.repeats();
        self.tally.add(Counts::Repeated, repeated.len() as u64);
        self.say_all(repeated).await;
        if self.cluster.manner == Manner::Storming {
            self.token = None;
            self.tally.count(Counts::Reconnected);
        }
    }

    async fn say_all(&mut self, all: Vec<Said>) {
        for said in all {
            self.say(&said).await;
        }
    }

    async fn say(&mut self, said: &Said) -> Option<Value> {
        self.tally.said(said.what);
        self.post(said.what.word(), &said.body).await
    }

    /// None when it was not taken; a token that holds no more is thrown away.
    async fn post(&mut self, word: &str, body: &Value) -> Option<Value> {
        let request = request(&self.source.base, word, self.token.as_deref(), body);
        let Ok(answer) = exchange(request).await else {
            self.tally.count(Counts::Failed);
            return None;
        };
        if answer.status() == 200 {
            return serde_json::from_slice(answer.body()).ok();
        }
        self.tally.count(Counts::Refused);
        if answer.status() == 401 {
            self.token = None;
        }
        None
    }
}
