//! What the operator set, and what the law wants on every page.

use std::net::IpAddr;

use chrono::Datelike;
use reqwest::Url;

use super::finding::{Area, Finding, State};
use crate::base::{Clock, Config};
use crate::web::assets;

/// The product was first released in this year: a clock before it has not been set.
const YEAR_MIN: i32 = 2026;

pub fn examine(config: &Config, clock: &Clock) -> Vec<Finding> {
    let mut findings = vec![new(State::Good, "doctor-settings-read"), address(config), footer(config), year(clock), styles()];
    findings.extend(open_to_all(config));
    findings.extend(proxy(config));
    findings
}

/// The settings can not be read at all.
pub fn unreadable(error: &figment::Error) -> Finding {
    new(State::Broken, "doctor-settings-unreadable").with("cause", error)
}

fn new(state: State, key: &'static str) -> Finding {
    Finding::new(Area::Settings, state, key)
}

/// Links in mails, passkeys and sign-on are bound to the public address; the session's cookie is marked `Secure` by it.
fn address(config: &Config) -> Finding {
    if config.public_url.is_empty() {
        return new(State::Warning, "doctor-address-missing").with("address", config.public_url());
    }
    let Ok(url) = Url::parse(&config.public_url) else {
        return new(State::Broken, "doctor-address-unreadable").with("address", &config.public_url);
    };
    let here = url.host_str().is_some_and(is_this_machine);
    let finding = match (url.scheme(), here) {
        _ if url.path() != "/" => new(State::Broken, "doctor-address-path"),
        ("https", _) => new(State::Good, "doctor-address-https"),
        ("http", true) => new(State::Warning, "doctor-address-local"),
        ("http", false) => new(State::Broken, "doctor-address-http"),
        _ => new(State::Broken, "doctor-address-unreadable"),
    };
    finding.with("address", &config.public_url)
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Answering on every network without HTTPS lets anyone on the way read passwords.
fn open_to_all(config: &Config) -> Option<Finding> {
    let open = !config.listen.ip().is_loopback() && !config.is_https();
    open.then(|| new(State::Warning, "doctor-listen-open").with("address", config.listen))
}

/// A proxy in front must be known, or all sign-ins seem to come from it; and it must be the only way in, or anyone
/// may write the header that it writes.
fn proxy(config: &Config) -> Option<Finding> {
    match (config.behind_proxy, config.listen.ip().is_loopback()) {
        (false, true) if config.is_https() => Some(new(State::Warning, "doctor-proxy-unknown")),
        (true, false) => Some(new(State::Warning, "doctor-proxy-passed-by").with("address", config.listen)),
        (true, true) => Some(new(State::Good, "doctor-proxy-known")),
        (false, _) => None,
    }
}

/// Owner, address, e-mail, phone and responsible person (NĐ 174/2026).
fn footer(config: &Config) -> Finding {
    let site = &config.site;
    let facts = [
        ("site.owner", &site.owner),
        ("site.address", &site.address),
        ("site.email", &site.email),
        ("site.phone", &site.phone),
        ("site.responsible", &site.responsible),
    ];
    let missing: Vec<&str> = facts.iter().filter(|(_, value)| value.trim().is_empty()).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return new(State::Good, "doctor-footer-whole");
    }
    new(State::Warning, "doctor-footer-missing").with("missing", missing.join(", "))
}

fn year(clock: &Clock) -> Finding {
    let now = clock.now();
    let state = if now.year() < YEAR_MIN { State::Broken } else { State::Good };
    let key = if state == State::Good { "doctor-clock-set" } else { "doctor-clock-unset" };
    new(state, key).with("now", crate::base::time::minute(now))
}

fn styles() -> Finding {
    if assets::are_built() { new(State::Good, "doctor-assets-there") } else { new(State::Broken, "doctor-assets-missing") }
}
