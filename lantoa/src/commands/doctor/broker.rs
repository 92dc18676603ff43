//! The broker between us and devices, and the words they use.

use super::finding::{Area, Finding, State};
use crate::base::Config;
use crate::loudspeakers::line::greeting::{Unusable, greet};
use crate::loudspeakers::line::terms;

fn new(state: State, key: &'static str) -> Finding {
    Finding::new(Area::Reach, state, key)
}

pub async fn examine(config: &Config) -> Vec<Finding> {
    let settings = &config.loudspeakers;
    let mut findings = Vec::new();
    if let Err(error) = terms::read_mapping(settings).map(drop).and_then(|()| terms::topics(settings).map(drop)) {
        findings.push(new(State::Broken, "doctor-broker-words").with("cause", format!("{error:#}")));
    }
    let Some(broker) = &settings.mqtt else {
        findings.push(new(State::Absent, "doctor-broker-none"));
        return findings;
    };
    let finding = match greet(settings, broker).await {
        Ok(()) => new(State::Good, "doctor-broker-answers"),
        Err(Unusable::Misconfigured(cause)) => new(State::Broken, "doctor-broker-settings").with("cause", cause),
        Err(Unusable::Silent(cause)) => new(State::Broken, "doctor-broker-silent").with("cause", cause),
        Err(Unusable::Deaf) => new(State::Broken, "doctor-broker-deaf"),
    };
    findings.push(finding.with("broker", &broker.broker));
    findings
}
