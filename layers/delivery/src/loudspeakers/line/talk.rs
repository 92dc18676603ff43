//! One connection to the broker, until it is lost. Four things go on in it at once, and the first that ends ends it: the line is read
//! and written, what was read is taken, what is due is said, and the lease is held.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rumqttc::{AsyncClient, Event, EventLoop, Outgoing, Packet, Publish, QoS, SubscribeFilter, SubscribeReasonCode};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::terms::Line;
use super::{hearing, lease, saying};
use crate::base::App;

/// Orders and acknowledgements that wait for the line.
const REQUESTS_MAX: usize = 16_384;
/// Messages that wait to be taken; more wait at the broker.
const HEARD_MAX: usize = 4_096;

/// Orders between us and the broker.
#[derive(Default)]
pub struct Flight(Mutex<State>);

#[derive(Default)]
struct State {
    is_up: bool,
    /// Given to the client, not yet numbered by it.
    given: VecDeque<Uuid>,
    /// By the number that the broker acknowledges.
    numbered: HashMap<u16, Uuid>,
    arrived: Vec<Uuid>,
}

impl Flight {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is_up(&self) -> bool {
        self.state().is_up
    }

    /// Gives an order to the line; false when it takes no more now.
    pub fn give(&self, client: &AsyncClient, order: Uuid, topic: String, bytes: Vec<u8>) -> bool {
        let mut state = self.state();
        // Never kept by the broker: an old order must not be played tomorrow.
        let is_given = client.try_publish(topic, QoS::AtLeastOnce, false, bytes).is_ok();
        if is_given {
            state.given.push_back(order);
        }
        is_given
    }

    /// Orders that the broker has, each once.
    pub fn arrived(&self) -> Vec<Uuid> {
        std::mem::take(&mut self.state().arrived)
    }

    /// Whether something is on its way.
    pub fn is_busy(&self) -> bool {
        let state = self.state();
        !(state.given.is_empty() && state.numbered.is_empty() && state.arrived.is_empty())
    }

    /// Orders of which the broker said nothing before the line was lost.
    pub fn left(&self) -> Vec<Uuid> {
        let mut state = self.state();
        let numbered: Vec<Uuid> = state.numbered.drain().map(|(_, order)| order).collect();
        state.given.drain(..).chain(numbered).collect()
    }

    fn number(&self, number: u16) {
        let mut state = self.state();
        if let Some(order) = state.given.pop_front() {
            state.numbered.insert(number, order);
        }
    }

    fn arrive(&self, number: u16) {
        let mut state = self.state();
        if let Some(order) = state.numbered.remove(&number) {
            state.arrived.push(order);
        }
    }
}

/// Speaks and listens until something ends it; the reason.
pub async fn talk(app: &App, line: &Line) -> String {
    let (client, events) = AsyncClient::new(line.options.clone(), REQUESTS_MAX);
    let (tell, heard) = mpsc::channel(HEARD_MAX);
    let flight = Flight::default();
    let why = tokio::select! {
        why = read(events, &client, line, &flight, &tell) => why,
        why = hearing::hear(app, line, &client, heard) => why,
        why = saying::say(app, line, &client, &flight) => why,
        why = lease::keep(app, line.node) => why,
    };
    if let Err(error) = saying::let_go(app, &flight).await {
        tracing::error!(?error, "what was on its way is said again when its lease is over");
    }
    why
}

async fn read(mut events: EventLoop, client: &AsyncClient, line: &Line, flight: &Flight, tell: &mpsc::Sender<Publish>) -> String {
    loop {
        match events.poll().await {
            Err(error) => return error.to_string(),
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                if let Err(why) = listen(client, line) {
                    return why;
                }
                flight.state().is_up = true;
                metrics::gauge!("lantoa_loudspeaker_line_up").set(1.0);
                tracing::info!("the line to the broker is up");
            }
            Ok(Event::Incoming(Packet::SubAck(answer))) => {
                if answer.return_codes.contains(&SubscribeReasonCode::Failure) {
                    return "the broker does not let us listen to devices: look at its access list".into();
                }
            }
            Ok(Event::Incoming(Packet::Publish(publish))) => {
                if !pass(tell, publish).await {
                    return "nobody takes messages any more".into();
                }
            }
            Ok(Event::Incoming(Packet::PubAck(answer))) => flight.arrive(answer.pkid),
            Ok(Event::Outgoing(Outgoing::Publish(number))) => flight.number(number),
            Ok(_) => {}
        }
    }
}

fn listen(client: &AsyncClient, line: &Line) -> Result<(), String> {
    let filters = line.filters().map_err(|error| error.to_string())?;
    let filters = filters.into_iter().map(|filter| SubscribeFilter::new(filter, QoS::AtLeastOnce));
    client.try_subscribe_many(filters).map_err(|error| error.to_string())
}

/// What may be lost is dropped when there is too much of it; everything else waits, and the broker with it. False: nobody listens.
async fn pass(tell: &mpsc::Sender<Publish>, publish: Publish) -> bool {
    if publish.qos != QoS::AtMostOnce {
        return tell.send(publish).await.is_ok();
    }
    match tell.try_send(publish) {
        Ok(()) => true,
        Err(mpsc::error::TrySendError::Full(_)) => {
            metrics::counter!("lantoa_loudspeaker_heartbeats_dropped_total").increment(1);
            true
        }
        Err(mpsc::error::TrySendError::Closed(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use rumqttc::MqttOptions;

    use super::*;

    #[test]
    fn an_order_has_arrived_when_the_broker_says_its_number() {
        let (client, _events) = AsyncClient::new(MqttOptions::new("test", "localhost", 1883), 2);
        let flight = Flight::default();
        let orders: Vec<Uuid> = (1..=3).map(Uuid::from_u128).collect();
        let given: Vec<bool> = orders.iter().map(|order| flight.give(&client, *order, "a".into(), Vec::new())).collect();
        assert_eq!(given, [true, true, false]);
        flight.number(7);
        flight.number(8);
        flight.arrive(8);
        flight.arrive(8);
        assert_eq!(flight.arrived(), [orders[1]]);
        assert!(flight.is_busy());
        flight.arrive(7);
        assert_eq!(flight.arrived(), [orders[0]]);
        assert!(!flight.is_busy());
    }

    #[test]
    fn what_is_left_of_a_lost_line_is_known() {
        let (client, _events) = AsyncClient::new(MqttOptions::new("test", "localhost", 1883), 8);
        let flight = Flight::default();
        let orders: Vec<Uuid> = (1..=3).map(Uuid::from_u128).collect();
        for order in &orders {
            assert!(flight.give(&client, *order, "a".into(), Vec::new()));
        }
        flight.number(1);
        flight.number(2);
        flight.arrive(1);
        let mut left = flight.left();
        left.sort();
        assert_eq!((left.as_slice(), flight.arrived().as_slice()), (&orders[1..], &orders[..1]));
    }
}
