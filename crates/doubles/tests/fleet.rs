//! A province's clusters behind a real broker: every order is acknowledged, an emergency breaks in, and a repeated order changes nothing
//! (scenario C-4 at its full size: the devices' half).
//!
//! Times are printed, not asserted: a shared machine is noisy, and `make bench` holds them to their targets.

#![expect(clippy::disallowed_methods, reason = "a test of lines has tasks of its own")]
#![allow(clippy::print_stdout, reason = "figures are printed, and why a test was skipped")]

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use doubles::fleet::{Broker, Counts, Manner, Missing, Plan, Shares, mqtt};
use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions, Packet, QoS};
use serde_json::{Value, json};
use tokio::sync::mpsc;

/// An order is said so often at most.
const TRIES: u32 = 4;
const TRY_S: u64 = 5;
const FIRST: u64 = 860_000_000_000_000;

/// A source as small as can be: says orders, says those again that nobody acknowledged, a bounded number of times.
struct Source {
    client: AsyncClient,
    heard: mpsc::Receiver<(String, String, Value)>,
    here: HashSet<String>,
    gone: HashSet<String>,
    logs: Vec<(String, Value)>,
}

impl Source {
    async fn at(broker: SocketAddr) -> Self {
        let mut options = MqttOptions::new("source", broker.ip().to_string(), broker.port());
        options.set_keep_alive(Duration::from_secs(30)).set_inflight(1_000);
        let (client, line) = AsyncClient::new(options, 4_096);
        let (tell, heard) = mpsc::channel(65_536);
        tokio::spawn(listen(line, client.clone(), tell));
        Self { client, heard, here: HashSet::new(), gone: HashSet::new(), logs: Vec::new() }
    }

    /// Waits until so many devices gave a heartbeat.
    async fn until_here(&mut self, count: usize) -> Duration {
        let begun = Instant::now();
        while self.here.len() < count {
            assert!(begun.elapsed() < Duration::from_secs(120), "{} of {count} are there", self.here.len());
            self.hear().await;
        }
        begun.elapsed()
    }

    async fn hear(&mut self) -> Option<(String, Value)> {
        let (device, word, body) = tokio::time::timeout(Duration::from_millis(200), self.heard.recv()).await.ok()??;
        match word.as_str() {
            "ping" => drop(self.here.insert(device)),
            "offline" => drop(self.gone.insert(device)),
            "log" => self.logs.push((device, body)),
            "ack" => return Some((device, body)),
            _ => {}
        }
        None
    }

    /// Says an order to all of them, each thing twice when `twice`, until all of them acknowledged it. How long the last one took.
    async fn order(&mut self, devices: &[String], name: &str, precedence: &str, twice: bool) -> (Duration, u32) {
        let begun = Instant::now();
        let mut open: HashMap<String, String> =
            devices.iter().map(|device| (device.clone(), format!("{name}-{device}"))).collect();
        for attempt in 1..=TRIES {
            for (device, id) in &open {
                let order = json!({"id": id, "time": 0, "BanTinID": name, "MucDoUuTien": precedence, "ThoiLuong": "01:00:00"});
                for _ in 0..=u32::from(twice) {
                    let topic = format!("device/{device}/play");
                    self.client.publish(topic, QoS::AtLeastOnce, false, order.to_string()).await.expect("a line");
                }
            }
            let said = Instant::now();
            while !open.is_empty() && said.elapsed() < Duration::from_secs(TRY_S) {
                if let Some((device, ack)) = self.hear().await
                    && open.get(&device).is_some_and(|id| *id == ack["id"])
                {
                    open.remove(&device);
                }
            }
            if open.is_empty() {
                return (begun.elapsed(), attempt);
            }
        }
        panic!("{} devices never acknowledged {name}: {:?}", open.len(), open.keys().take(5).collect::<Vec<_>>());
    }
}

async fn listen(mut line: EventLoop, client: AsyncClient, tell: mpsc::Sender<(String, String, Value)>) {
    loop {
        match line.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                client.try_subscribe("device/+/+", QoS::AtLeastOnce).expect("room for a word");
            }
            Ok(Event::Incoming(Packet::Publish(publish))) => {
                let mut levels = publish.topic.split('/').skip(1).map(str::to_owned);
                let (Some(device), Some(word)) = (levels.next(), levels.next()) else { continue };
                let body = serde_json::from_slice(&publish.payload).unwrap_or_default();
                // What the source says itself comes back, too: it listens to everything.
                if word != "play" && tell.send((device, word, body)).await.is_err() {
                    return;
                }
            }
            Ok(_) => {}
            Err(error) => panic!("the source lost its line: {error}"),
        }
    }
}

/// None, with a word, where no mosquitto is installed.
async fn broker(name: &str) -> Option<Broker> {
    let folder = std::env::temp_dir().join(format!("doubles-{name}-{}", std::process::id()));
    match Broker::start(&folder).await {
        Ok(broker) => Some(broker),
        Err(missing @ Missing::NotInstalled) => {
            println!("skipped: {missing}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn there(plan: &Plan) -> Vec<String> {
    plan.clusters().into_iter().filter(|cluster| cluster.manner != Manner::Offline).map(|cluster| cluster.id).collect()
}

async fn a_province(clusters: usize, runs: u32) {
    for run in 1..=runs {
        let Some(broker) = broker(&format!("fleet-{run}")).await else { return };
        let plan = Plan {
            shares: Shares { storming: 0, ..Shares::default() },
            life: Duration::from_secs(300),
            beat: Duration::from_secs(10),
            ..Plan::numbered(FIRST, clusters)
        };
        let devices = there(&plan);
        let mut source = Source::at(broker.address).await;
        let fleet = mqtt::start(&plan, &mqtt::Line::to(broker.address));
        let here = source.until_here(devices.len()).await;
        let (order, tries) = source.order(&devices, "ban-tin", "tinh", false).await;
        let (emergency, again) = source.order(&devices, "khan", "PhatKhanCap", false).await;
        println!(
            "run {run}: {} of {clusters} clusters there after {:.1} s; order acknowledged by all in {:.2} s ({tries} times said), \
             emergency in {:.2} s ({again})",
            devices.len(),
            here.as_secs_f64(),
            order.as_secs_f64(),
            emergency.as_secs_f64(),
        );
        assert_eq!(fleet.tally.of(Counts::Failed), 0, "every connection was had");
        assert!(source.gone.is_empty(), "nobody was lost: {:?}", source.gone);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_province_acknowledges_and_is_broken_into() {
    a_province(1_600, 3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_small_fleet_misbehaves_as_it_was_told() {
    let Some(broker) = broker("small").await else { return };
    let plan = Plan { life: Duration::from_secs(60), beat: Duration::from_secs(1), pace: 3_600, ..Plan::numbered(FIRST, 25) };
    let devices = there(&plan);
    assert_eq!(devices.len(), 23);
    let mut source = Source::at(broker.address).await;
    let fleet = mqtt::start(&plan, &mqtt::Line::to(broker.address));
    source.until_here(devices.len()).await;
    source.order(&devices, "ban-tin", "tinh", true).await;
    let until = Instant::now() + Duration::from_secs(12);
    while Instant::now() < until {
        source.hear().await;
    }
    let of = |what| fleet.tally.of(what);
    assert!(of(Counts::Ignored) >= devices.len() as u64, "each was told twice and played once: {}", fleet.tally.json());
    assert!(of(Counts::Reconnected) >= 2 && !source.gone.is_empty(), "a storm shows in last wills: {}", fleet.tally.json());
    assert!(of(Counts::Repeated) > 0, "something is said again: {}", fleet.tally.json());
    let ended = |device: &String| {
        let logs = source.logs.iter().filter(|(of, log)| of == device && log["ThoiLuong"] == "01:00:00");
        logs.map(|(_, log)| log["ThongTinChiTietBanTin"][0]["GiaTri"].clone()).collect::<HashSet<_>>().len()
    };
    for cluster in plan.clusters() {
        let plays = usize::from(!matches!(cluster.manner, Manner::Offline | Manner::Liar));
        assert_eq!(ended(&cluster.id), plays, "{} {:?}", cluster.id, cluster.manner);
    }
    let unset = |(_, log): &&(String, Value)| log["ThoiDiemBatDau"].as_i64().is_some_and(|at| at < 1_000_000);
    assert!(source.logs.iter().any(|log| unset(&log)), "one believes that it is 1970");
}
