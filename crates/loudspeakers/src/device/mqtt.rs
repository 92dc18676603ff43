//! Topics and publications of the MQTT variant, as values. Who connects is whoever uses this crate.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Problem;

/// What a topic is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Heartbeat,
    Log,
    Power,
    /// A device has taken an order.
    Acknowledgement,
    /// The last will of a device that is gone.
    Offline,
    Play,
    Stop,
    Volume,
    Fetch,
    Update,
    Reset,
    DataRequest,
    Schedule,
}

/// Delivery, as MQTT counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Quality {
    AtMostOnce,
    AtLeastOnce,
}

/// One message to a broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    pub topic: String,
    pub payload: Vec<u8>,
    pub quality: Quality,
    pub retain: bool,
}

/// Topics by subject, `{device}` standing for the device. Comes from JSON (`data/topics.json` is built in).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Topics(BTreeMap<Subject, String>);

impl Topics {
    /// # Errors
    /// [`Problem::Mapping`]: cannot happen while this crate's tests pass.
    pub fn built_in() -> Result<Self, Problem> {
        Self::from_json(include_str!("../../data/topics.json"))
    }

    /// # Errors
    /// [`Problem::Mapping`]: no topics, one without `{device}` as a whole level, one with a wildcard, or two alike.
    pub fn from_json(json: &str) -> Result<Self, Problem> {
        let topics: Self = serde_json::from_str(json).map_err(|error| Problem::Mapping(error.to_string()))?;
        let mut met: Vec<&str> = Vec::new();
        for topic in topics.0.values() {
            let devices = topic.split('/').filter(|level| *level == "{device}").count();
            if devices != 1 || topic.contains(['+', '#']) || met.contains(&topic.as_str()) {
                return Err(Problem::Mapping(format!("topic {topic}")));
            }
            met.push(topic);
        }
        Ok(topics)
    }

    /// The topic of one device.
    ///
    /// # Errors
    /// [`Problem::Mapping`]: no topic for that. [`Problem::UnknownDevice`]: the id can not stand in a topic.
    pub fn of(&self, subject: Subject, device: &str) -> Result<String, Problem> {
        if device.is_empty() || device.contains(['/', '+', '#', '\0']) {
            return Err(Problem::UnknownDevice(device.to_owned()));
        }
        Ok(self.pattern(subject)?.replace("{device}", device))
    }

    /// The filter by which a source system hears all devices.
    ///
    /// # Errors
    /// [`Problem::Mapping`]: no topic for that.
    pub fn of_all(&self, subject: Subject) -> Result<String, Problem> {
        Ok(self.pattern(subject)?.replace("{device}", "+"))
    }

    fn pattern(&self, subject: Subject) -> Result<&str, Problem> {
        self.0.get(&subject).map(String::as_str).ok_or_else(|| Problem::Mapping(format!("no topic for {subject:?}")))
    }

    /// What a topic is about, and which device.
    #[must_use]
    pub fn about<'t>(&self, topic: &'t str) -> Option<(Subject, &'t str)> {
        self.0.iter().find_map(|(subject, pattern)| Some((*subject, device_in(pattern, topic)?)))
    }

    /// An order to a device: at least once, never kept for later, for an old order must not be played tomorrow.
    ///
    /// # Errors
    /// As [`Topics::of`].
    pub fn order(&self, subject: Subject, device: &str, payload: Vec<u8>) -> Result<Publication, Problem> {
        Ok(Publication { topic: self.of(subject, device)?, payload, quality: Quality::AtLeastOnce, retain: false })
    }

    /// What the broker says for a device that is gone.
    ///
    /// # Errors
    /// As [`Topics::of`].
    pub fn last_will(&self, device: &str) -> Result<Publication, Problem> {
        self.order(Subject::Offline, device, device.as_bytes().to_vec())
    }
}

fn device_in<'t>(pattern: &str, topic: &'t str) -> Option<&'t str> {
    let mut device = None;
    let mut levels = topic.split('/');
    for expected in pattern.split('/') {
        let level = levels.next()?;
        match expected {
            "{device}" if !level.is_empty() => device = Some(level),
            _ if expected == level => {}
            _ => return None,
        }
    }
    if levels.next().is_none() { device } else { None }
}
