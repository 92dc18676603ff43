//! Names of fields and topics, and the way to the broker: what the operator may set.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use loudspeakers::device::{Mapping, Subject, Topics};
use rumqttc::{MqttOptions, TlsConfiguration, Transport};
use uuid::Uuid;

use crate::base::App;
use crate::base::config::{Loudspeakers, Mqtt};

const KEEP_ALIVE_S: u64 = 30;
/// Orders on their way to the broker at once.
const INFLIGHT: u16 = 1_000;
/// Of one message, with its topic.
const PACKET_BYTES_MAX: usize = 512 * 1024;

/// The mapping of fields: the operator's file, or the one that is built in.
///
/// # Errors
/// The file can not be read, or is no mapping.
pub fn mapping(app: &App) -> anyhow::Result<Arc<Mapping>> {
    const KEY: &str = "loudspeakers";
    if let Some(known) = app.memory.recall::<Mapping>(KEY) {
        return Ok(known);
    }
    Ok(app.memory.keep(KEY, read_mapping(&app.config.loudspeakers)?))
}

/// As [`mapping`], read anew.
///
/// # Errors
/// The file can not be read, or is no mapping.
pub fn read_mapping(settings: &Loudspeakers) -> anyhow::Result<Mapping> {
    match &settings.mapping {
        Some(file) => Mapping::from_json(&text(file)?).with_context(|| file.display().to_string()),
        None => Ok(Mapping::built_in()?),
    }
}

/// The topics, in the same way.
///
/// # Errors
/// The file can not be read, or is no list of topics.
pub fn topics(settings: &Loudspeakers) -> anyhow::Result<Topics> {
    match &settings.topics {
        Some(file) => Topics::from_json(&text(file)?).with_context(|| file.display().to_string()),
        None => Ok(Topics::built_in()?),
    }
}

fn text(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| file.display().to_string())
}

/// What is needed to speak with the broker.
pub struct Line {
    pub options: MqttOptions,
    pub topics: Topics,
    /// With a slash behind it; empty when nothing stands before topics.
    prefix: String,
    pub node: Uuid,
}

/// Messages of devices that we listen to.
pub const HEARD: [Subject; 5] = [Subject::Heartbeat, Subject::Log, Subject::Power, Subject::Acknowledgement, Subject::Offline];

impl Line {
    /// The whole topic on which a device is told something.
    ///
    /// # Errors
    /// The device's id can not stand in a topic.
    pub fn topic(&self, subject: Subject, device: &str) -> anyhow::Result<String> {
        Ok(format!("{}{}", self.prefix, self.topics.of(subject, device)?))
    }

    /// By these filters all devices are heard.
    ///
    /// # Errors
    /// The operator's file has no such topic.
    pub fn filters(&self) -> anyhow::Result<Vec<String>> {
        HEARD.iter().map(|subject| Ok(format!("{}{}", self.prefix, self.topics.of_all(*subject)?))).collect()
    }

    /// What a topic is about, and which device.
    #[must_use]
    pub fn about<'t>(&self, topic: &'t str) -> Option<(Subject, &'t str)> {
        self.topics.about(topic.strip_prefix(self.prefix.as_str())?)
    }
}

/// The way to the broker as it is configured.
///
/// # Errors
/// The address, the certificate or the topics can not be read.
pub fn line(settings: &Loudspeakers, broker: &Mqtt, node: Uuid) -> anyhow::Result<Line> {
    let topics = topics(settings)?;
    let prefix = broker.prefix.trim_matches('/');
    anyhow::ensure!(!prefix.contains(['+', '#', '\0']), "the prefix of topics has a wildcard in it");
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
    Ok(Line { options: options(broker)?, topics, prefix, node })
}

/// Options of a connection with a session that stays at the broker: what devices say while we are away waits for us there.
///
/// # Errors
/// The address is none, or the certificate can not be read.
fn options(settings: &Mqtt) -> anyhow::Result<MqttOptions> {
    let url = reqwest::Url::parse(&settings.broker).context("the broker's address")?;
    let host = url.host_str().context("the broker's address names no host")?;
    let (is_secret, port) = match url.scheme() {
        "mqtt" => (false, 1883),
        "mqtts" => (true, 8883),
        other => anyhow::bail!("the broker's address begins with {other}://; write mqtt:// or mqtts://"),
    };
    let mut options = MqttOptions::new(&settings.client, host, url.port().unwrap_or(port));
    options
        .set_keep_alive(Duration::from_secs(KEEP_ALIVE_S))
        .set_clean_session(false)
        .set_manual_acks(true)
        .set_inflight(INFLIGHT)
        .set_max_packet_size(PACKET_BYTES_MAX, PACKET_BYTES_MAX);
    if !settings.user.is_empty() {
        options.set_credentials(&settings.user, &settings.password);
    }
    if is_secret {
        options.set_transport(match &settings.ca {
            None => Transport::tls_with_default_config(),
            Some(file) => {
                let ca = std::fs::read(file).with_context(|| file.display().to_string())?;
                Transport::tls_with_config(TlsConfiguration::Simple { ca, alpn: None, client_auth: None })
            }
        });
    }
    Ok(options)
}
