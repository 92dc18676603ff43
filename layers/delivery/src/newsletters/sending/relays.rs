//! The relays that newsletters go by, each with its pace and its rests: one that fails holds no other.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use letters::{Address, Misconfigured, Relay};
use lettre::message::Mailbox;
use thiserror::Error;
use tokio::time::Instant;

use crate::base::Config;

/// A relay that can not be reached rests 1, 2, 4 … seconds, at most so many.
const REST_MAX_S: u64 = 60;
/// A pause shorter than that is not worth the sleep; the next letter makes up for it.
const PAUSE_MIN_MS: u64 = 5;

/// What is wrong with the settings.
#[derive(Debug, Error)]
pub enum Unusable {
    #[error("newsletters.relays: {0}")]
    Relay(#[from] Misconfigured),
    #[error("newsletters.from or smtp.from is no sender: {0}")]
    From(String),
    #[error("newsletters.return_path is no address")]
    ReturnPath,
}

/// One relay.
pub struct Desk {
    pub relay: Relay,
    /// How many lines at once.
    pub lines: u32,
    /// A line is opened anew after so many letters.
    pub letters_per_line: u32,
    /// Letters a second over all lines of this node; None: as many as it takes.
    per_second: Option<u32>,
    next: Mutex<Instant>,
    rests_until: Mutex<Option<Instant>>,
    failures: AtomicU32,
}

/// All relays of this node. Empty: newsletters are not sent here.
pub struct Relays(pub Vec<Arc<Desk>>);

impl Relays {
    /// Reads the settings: those of newsletters, or the mail relay.
    ///
    /// # Errors
    /// [`Unusable`]
    pub fn of(config: &Config) -> Result<Self, Unusable> {
        let given = &config.newsletters.relays;
        let mut desks = Vec::new();
        for one in given {
            let relay = Relay::read(&one.url)?;
            desks.push(Desk::new(relay, one.connections, one.per_second, one.letters_per_connection));
        }
        if let (true, Some(smtp)) = (given.is_empty(), &config.smtp) {
            let usual = crate::base::config::NewsletterRelay::default();
            desks.push(Desk::new(Relay::read(&smtp.url)?, usual.connections, usual.per_second, usual.letters_per_connection));
        }
        if !desks.is_empty() {
            sender(config)?;
            return_path(config)?;
        }
        Ok(Self(desks.into_iter().map(Arc::new).collect()))
    }
}

/// The address that all newsletters come from.
///
/// # Errors
/// [`Unusable`]
pub fn sender(config: &Config) -> Result<Address, Unusable> {
    let own = config.newsletters.from.trim();
    let given = if own.is_empty() { config.smtp.as_ref().map(|smtp| smtp.from.as_str()).unwrap_or_default() } else { own };
    let mailbox: Mailbox = given.parse().map_err(|error| Unusable::From(format!("{error}")))?;
    Address::read(mailbox.email.as_ref()).map_err(|error| Unusable::From(error.to_string()))
}

/// Where bounces go, before the code of each letter is put in: the setting, or the sender.
///
/// # Errors
/// [`Unusable`]
pub fn return_path(config: &Config) -> Result<String, Unusable> {
    let own = config.newsletters.return_path.trim();
    if own.is_empty() {
        return sender(config).map(|address| address.to_string());
    }
    Address::read(own).map(|address| address.to_string()).map_err(|_| Unusable::ReturnPath)
}

impl Desk {
    fn new(relay: Relay, lines: u32, per_second: u32, letters_per_line: u32) -> Self {
        Self {
            relay,
            lines: lines.clamp(1, 64),
            letters_per_line: letters_per_line.max(1),
            per_second: (per_second > 0).then_some(per_second),
            next: Mutex::new(Instant::now()),
            rests_until: Mutex::new(None),
            failures: AtomicU32::new(0),
        }
    }

    /// How many letters are worth a batch: what a line sends in some seconds, so that a pause is soon felt.
    #[must_use]
    pub fn batch(&self) -> u64 {
        self.per_second.map_or(200, |rate| u64::from(rate.saturating_mul(5)).clamp(10, 200))
    }

    /// Waits until the next letter may go.
    pub async fn pace(&self) {
        let Some(rate) = self.per_second else { return };
        let at = {
            let now = Instant::now();
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let at = (*next).max(now);
            *next = at + Duration::from_secs_f64(1.0 / f64::from(rate));
            at
        };
        if at > Instant::now() + Duration::from_millis(PAUSE_MIN_MS) {
            tokio::time::sleep_until(at).await;
        }
    }

    /// It could not be reached: it rests.
    pub fn rest(&self, words: &str) {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed).min(6);
        let rest = Duration::from_secs((1_u64 << failures).min(REST_MAX_S));
        *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + rest);
        metrics::counter!("lantoa_letters_relay_failed_total").increment(1);
        tracing::warn!(host = %self.relay.host, words, rest_s = rest.as_secs(), "a relay can not be reached; newsletters wait for it");
    }

    /// It answers.
    pub fn is_well(&self) {
        self.failures.store(0, Ordering::Relaxed);
        *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Until when it rests.
    #[must_use]
    pub fn resting(&self) -> Option<Instant> {
        let until = *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.filter(|until| *until > Instant::now())
    }
}
