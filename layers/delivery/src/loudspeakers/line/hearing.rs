//! Takes what the broker brings: acknowledgements first, heartbeats last, each device's in its order. A message is acknowledged to the
//! broker once it is in the database: one that was cut off by a crash comes again.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use futures_util::future::join_all;
use rumqttc::{AsyncClient, Publish, QoS};
use sea_orm::DatabaseBackend;
use tokio::sync::mpsc;

use super::terms::Line;
use crate::base::App;
use crate::loudspeakers::heard::{self, How, Incoming, Kind};
use crate::web::Error;

/// Taken between two looks at what else has come.
const TURN: usize = 64;
/// Held here at most; more waits at the broker.
const WAITING_MAX: usize = 8_192;
/// SQLite has one writer at a time: more would only wait for each other.
const LANES_POSTGRES: usize = 8;

/// What waits to be taken, what matters most first.
#[derive(Default)]
struct Waiting([VecDeque<(Kind, String, Publish)>; 3]);

impl Waiting {
    fn len(&self) -> usize {
        self.0.iter().map(VecDeque::len).sum()
    }

    fn add(&mut self, line: &Line, publish: Publish) -> Result<(), Publish> {
        let about = line.about(&publish.topic).and_then(|(subject, device)| Some((Kind::of(subject)?, device.to_owned())));
        let Some((kind, device)) = about else { return Err(publish) };
        let rank = match kind {
            Kind::Acknowledgement => 0,
            Kind::Report | Kind::Power | Kind::Offline => 1,
            Kind::Heartbeat => 2,
        };
        self.0[rank].push_back((kind, device, publish));
        Ok(())
    }

    /// The next ones, parted so that each device stays in one lane.
    fn lanes(&mut self, count: usize) -> Vec<Vec<(Kind, String, Publish)>> {
        let mut lanes = vec![Vec::new(); count];
        let Some(first) = self.0.iter_mut().find(|queue| !queue.is_empty()) else { return lanes };
        for one in first.drain(..first.len().min(TURN)) {
            let mut hash = DefaultHasher::new();
            one.1.hash(&mut hash);
            lanes[hash.finish() as usize % count].push(one);
        }
        lanes
    }
}

/// Takes messages until nobody brings any, or one can not be taken; ends with the reason.
pub(super) async fn hear(app: &App, line: &Line, client: &AsyncClient, mut heard: mpsc::Receiver<Publish>) -> String {
    let lanes = if app.db.get_database_backend() == DatabaseBackend::Postgres { LANES_POSTGRES } else { 1 };
    let mut waiting = Waiting::default();
    loop {
        if waiting.len() == 0 {
            let Some(publish) = heard.recv().await else { return "the line is not read any more".into() };
            add(line, client, &mut waiting, publish);
        }
        while waiting.len() < WAITING_MAX
            && let Ok(publish) = heard.try_recv()
        {
            add(line, client, &mut waiting, publish);
        }
        let taken = join_all(waiting.lanes(lanes).into_iter().map(|lane| take(app, client, lane))).await;
        if let Some(error) = taken.into_iter().find_map(Result::err) {
            return format!("a message could not be taken, the broker keeps it: {error:?}");
        }
    }
}

fn add(line: &Line, client: &AsyncClient, waiting: &mut Waiting, publish: Publish) {
    if let Err(publish) = waiting.add(line, publish) {
        tracing::warn!(topic = publish.topic, "a message on a topic that is not a device's");
        let _ = client.try_ack(&publish);
    }
}

async fn take(app: &App, client: &AsyncClient, lane: Vec<(Kind, String, Publish)>) -> Result<(), Error> {
    for (kind, device, publish) in lane {
        metrics::counter!("lantoa_loudspeaker_messages_total", "how" => "mqtt").increment(1);
        let incoming = Incoming { device: &device, kind, raw: &publish.payload, how: How::Mqtt };
        heard::take(app, &incoming).await?;
        if publish.qos != QoS::AtMostOnce && client.try_ack(&publish).is_err() {
            tracing::warn!("the line takes no acknowledgement now; the broker says the message again");
        }
    }
    Ok(())
}
