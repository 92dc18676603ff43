//! What the product talks to outside: the mail relay and the sign-on providers.

use std::time::Duration;

use futures_util::future::join_all;
use serde::Deserialize;

use super::finding::{Area, Finding, State};
use crate::base::Config;
use crate::base::config::{OidcProvider, Smtp};
use crate::base::mail::relay::{Misconfigured, Relay};
use crate::newsletters::sending::relays::{self, Relays};

const TIMEOUT_S: u64 = 10;
const DISCOVERY_BYTES_MAX: u64 = 512 * 1024;

fn new(state: State, key: &'static str) -> Finding {
    Finding::new(Area::Reach, state, key)
}

pub async fn examine(config: &Config) -> Vec<Finding> {
    let mail = match &config.smtp {
        Some(smtp) => mail(smtp).await,
        None => new(State::Absent, "doctor-mail-none"),
    };
    let mut findings = vec![mail];
    findings.extend(newsletters(config).await);
    if config.oidc.is_empty() {
        findings.push(new(State::Absent, "doctor-sign-on-none"));
    }
    findings.extend(join_all(config.oidc.iter().map(provider)).await);
    findings
}

/// Connects and greets; no message is sent.
async fn mail(smtp: &Smtp) -> Finding {
    let relay = match Relay::of(smtp) {
        Ok(relay) => relay,
        Err(Misconfigured::Address(cause)) => return new(State::Broken, "doctor-mail-address").with("cause", cause),
        Err(Misconfigured::Sender(cause)) => {
            return new(State::Broken, "doctor-mail-sender").with("from", &smtp.from).with("cause", cause);
        }
    };
    match relay.greet().await {
        Ok(()) => new(State::Good, "doctor-mail-answers"),
        Err(failure) => new(State::Broken, "doctor-mail-silent").with("cause", failure),
    }
}

/// Opens a line to each relay that newsletters go by, where there are any besides the mail relay.
async fn newsletters(config: &Config) -> Vec<Finding> {
    let relays = match Relays::of(config) {
        Ok(relays) => relays.0,
        Err(cause) => return vec![new(State::Broken, "doctor-newsletters-unusable").with("cause", cause)],
    };
    let mut findings = Vec::new();
    if !relays.is_empty() && config.newsletters.return_path.is_empty() {
        findings.push(new(State::Absent, "doctor-newsletters-no-return-path"));
    }
    for desk in relays.iter().filter(|_| !config.newsletters.relays.is_empty()) {
        let finding = match letters::Line::open(&desk.relay).await {
            Ok(mut line) => {
                findings.extend(way_back(config, &mut line).await.map(|finding| finding.with("host", &desk.relay.host)));
                line.close().await;
                new(State::Good, "doctor-newsletters-answers")
            }
            Err(words) => new(State::Broken, "doctor-newsletters-silent").with("cause", words),
        };
        findings.push(finding.with("host", &desk.relay.host));
    }
    findings
}

/// Whether the relay takes reports about our letters. One that takes them may still lose them further on.
async fn way_back(config: &Config, line: &mut letters::Line) -> Option<Finding> {
    let base = relays::return_path(config).ok()?;
    let (local, host) = base.rsplit_once('@')?;
    let address = format!("{local}+doctor@{host}");
    let refused = line.would_take_a_report(&letters::Address::read(&address).ok()?).await.err()?;
    Some(new(State::Warning, "doctor-newsletters-no-way-back").with("address", address).with("cause", refused))
}

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 4.2).
#[derive(Deserialize)]
struct Discovery {
    issuer: String,
}

async fn provider(provider: &OidcProvider) -> Finding {
    let finding = match discover(provider).await {
        Ok(found) if found.issuer.trim_end_matches('/') == provider.issuer.trim_end_matches('/') => {
            new(State::Good, "doctor-sign-on-answers")
        }
        Ok(found) => new(State::Broken, "doctor-sign-on-other").with("found", found.issuer),
        Err(error) => new(State::Broken, "doctor-sign-on-silent").with("cause", format!("{error:#}")),
    };
    finding.with("id", &provider.id).with("issuer", &provider.issuer)
}

async fn discover(provider: &OidcProvider) -> anyhow::Result<Discovery> {
    let client = reqwest::Client::builder().timeout(Duration::from_secs(TIMEOUT_S)).build()?;
    let address = format!("{}/.well-known/openid-configuration", provider.issuer.trim_end_matches('/'));
    let answer = client.get(address).send().await?.error_for_status()?;
    anyhow::ensure!(answer.content_length().is_none_or(|bytes| bytes <= DISCOVERY_BYTES_MAX), "the answer is too long");
    Ok(answer.json().await?)
}
