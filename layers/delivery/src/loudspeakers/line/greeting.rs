//! Whether the broker lets us in and lets us listen, for `lantoa doctor`. Under another name than the line's: the broker would throw out
//! the one that is there.

use std::time::Duration;

use rumqttc::{AsyncClient, Event, Packet, QoS, SubscribeFilter, SubscribeReasonCode};
use uuid::Uuid;

use super::terms;
use crate::base::config::{Loudspeakers, Mqtt};
use crate::base::new_id;

const TIMEOUT_S: u64 = 10;

/// Why the broker is of no use.
#[derive(Debug)]
pub enum Unusable {
    /// Address, certificate, or the file of topics.
    Misconfigured(String),
    Silent(String),
    /// It lets us in and does not let us hear devices.
    Deaf,
}

/// Connects, asks to listen, and goes again.
///
/// # Errors
/// [`Unusable`].
pub async fn greet(settings: &Loudspeakers, broker: &Mqtt) -> Result<(), Unusable> {
    let misconfigured = |error: anyhow::Error| Unusable::Misconfigured(format!("{error:#}"));
    let mut line = terms::line(settings, broker, Uuid::nil()).map_err(misconfigured)?;
    let filters = line.filters().map_err(misconfigured)?;
    line.options.set_client_id(format!("{}-doctor-{}", broker.client, new_id().simple())).set_clean_session(true);
    let talk = async {
        let (client, mut events) = AsyncClient::new(line.options, 8);
        loop {
            match events.poll().await {
                Err(error) => return Err(Unusable::Silent(error.to_string())),
                Ok(Event::Incoming(Packet::ConnAck(_))) => {
                    let filters = filters.iter().map(|filter| SubscribeFilter::new(filter.clone(), QoS::AtMostOnce));
                    client.try_subscribe_many(filters).map_err(|error| Unusable::Silent(error.to_string()))?;
                }
                Ok(Event::Incoming(Packet::SubAck(answer))) => {
                    let is_deaf = answer.return_codes.contains(&SubscribeReasonCode::Failure);
                    return if is_deaf { Err(Unusable::Deaf) } else { Ok(()) };
                }
                Ok(_) => {}
            }
        }
    };
    let late = || Unusable::Silent(format!("no answer within {TIMEOUT_S} s"));
    tokio::time::timeout(Duration::from_secs(TIMEOUT_S), talk).await.map_err(|_| late())?
}
