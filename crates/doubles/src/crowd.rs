//! `doubles fleet`: many clusters, for a bench or for a developer to look at.

use std::io::{self, BufRead};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use clap::Args;
use doubles::fleet::{Plan, Shares, Tally, http, mqtt};

#[derive(Args)]
pub struct Crowd {
    /// The broker's address; without it the clusters speak HTTP.
    #[arg(long)]
    broker: Option<SocketAddr>,
    /// What stands before a device in topics.
    #[arg(long, default_value = "device")]
    prefix: String,
    /// Where the platform takes devices, for clusters that speak HTTP.
    #[arg(long, default_value = "http://127.0.0.1:8080/api/devices")]
    base: String,
    /// What each device says when it is asked for its key.
    #[arg(long, default_value = "")]
    password: String,
    /// How many, with the IMEI counted up from --first.
    #[arg(long, default_value_t = 1_600)]
    clusters: usize,
    #[arg(long, default_value_t = 860_000_000_000_000)]
    first: u64,
    /// Take the ids from standard input, one a line, instead of counting.
    #[arg(long)]
    ids: bool,
    /// Seconds between two heartbeats.
    #[arg(long, default_value_t = 25)]
    beat_s: u64,
    /// Seconds until they go home.
    #[arg(long, default_value_t = 600)]
    for_s: u64,
    /// So many times faster than sound is sound played.
    #[arg(long, default_value_t = 1)]
    pace: u32,
    /// Nobody misbehaves.
    #[arg(long)]
    honest: bool,
    /// Of a thousand, so many never come.
    #[arg(long)]
    offline: Option<u32>,
    /// Of a thousand, so many acknowledge and play nothing.
    #[arg(long)]
    liars: Option<u32>,
}

impl Crowd {
    /// # Errors
    /// Standard input can not be read.
    pub async fn run(self) -> io::Result<()> {
        let plan = self.plan()?;
        println!("{{\"clusters\":{},\"of\":{}}}", plan.clusters().len(), serde_json::json!(manners(&plan)));
        match self.broker {
            Some(broker) => {
                let password = (!self.password.is_empty()).then(|| self.password.clone());
                let running = mqtt::start(&plan, &mqtt::Line { broker, prefix: self.prefix.clone(), password });
                tell(&running.tally, plan.life).await;
            }
            None => {
                let source = http::Source { base: self.base.clone(), password: self.password.clone() };
                let running = http::start(&plan, &source);
                tell(&running.tally, plan.life).await;
            }
        }
        Ok(())
    }

    fn plan(&self) -> io::Result<Plan> {
        let usual = if self.honest { Shares::HONEST } else { Shares::default() };
        let (offline, liar) = (self.offline.unwrap_or(usual.offline), self.liars.unwrap_or(usual.liar));
        let mut plan = Plan::numbered(self.first, self.clusters);
        if self.ids {
            let lines = io::stdin().lock().lines().collect::<io::Result<Vec<String>>>()?;
            plan.ids = lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        }
        let (beat, life) = (Duration::from_secs(self.beat_s.max(1)), Duration::from_secs(self.for_s));
        Ok(Plan { shares: Shares { offline, liar, ..usual }, beat, life, pace: self.pace, ..plan })
    }
}

/// How many are of which manner.
fn manners(plan: &Plan) -> std::collections::BTreeMap<String, usize> {
    let mut all = std::collections::BTreeMap::new();
    for cluster in plan.clusters() {
        *all.entry(format!("{:?}", cluster.manner).to_lowercase()).or_default() += 1;
    }
    all
}

async fn tell(tally: &Tally, life: Duration) {
    let begun = Instant::now();
    while begun.elapsed() < life {
        tokio::time::sleep(Duration::from_secs(1)).await;
        println!("{}", tally.json());
    }
}
