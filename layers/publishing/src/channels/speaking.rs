//! Speaking to the platform of one account.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use platforms::{Found, Journal, Line, LineError, Message, Outcome, Reading, Refusal, Request, Response, Sought, Why, zalo};

use super::account::{Account, Values};
use super::delivery::Delivery;
use super::mailing::Mailing;
use super::metering::Metered;
use crate::base::App;
use crate::base::outgoing::{self, Broken};
use crate::web::address;

/// So much of one talk is kept, in bytes; an answer of figures has a few hundred.
const HEARD_BYTES_MAX: usize = 32 * 1024;
/// Shorter ones are no secrets, and would be found everywhere.
const SECRET_LETTERS_MIN: usize = 6;
const HIDDEN: &str = "•••";

/// An account, ready to speak.
pub struct Speaker {
    account: platforms::Account,
    line: Metered,
    /// Of an account that sends to a list of numbers.
    mailing: Option<Mailing>,
    /// What must stand in no record of a talk.
    secrets: Vec<String>,
}

/// What a platform said, word for word but for our secrets: each answer with what was asked, a line of JSON each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    pub text: String,
    /// There was more than is kept.
    pub cut: bool,
}

/// The line to the platforms: one call, one attempt. An address that somebody typed leads into no private network.
#[derive(Clone, Copy, Debug)]
pub struct Http {
    pub private: bool,
}

impl Line for Http {
    async fn exchange(&self, request: Request) -> Result<Response, LineError> {
        let request = request.map(|body: Bytes| body.to_vec());
        let answer = outgoing::exchange(request, self.private).await;
        let answer = answer.map_err(|broken| match broken {
            Broken::NotSent(why) => LineError::NotSent(why),
            Broken::Cut(why) => LineError::Cut(why),
        })?;
        Ok(answer.map(Bytes::from))
    }
}

/// A line that notes the answers.
struct Listening<'a> {
    line: &'a Metered,
    heard: Mutex<String>,
}

impl Line for Listening<'_> {
    async fn exchange(&self, request: Request) -> Result<Response, LineError> {
        let asked = format!("{} {}", request.method(), request.uri().path_and_query().map_or("/", |path| path.as_str()));
        let answer = self.line.exchange(request).await;
        let (status, body) = match &answer {
            Ok(answer) => (answer.status().as_u16(), String::from_utf8_lossy(answer.body()).into_owned()),
            Err(error) => (0, error.to_string()),
        };
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        // Twice as much as is kept: secrets are taken out before it is cut.
        if heard.len() < 2 * HEARD_BYTES_MAX {
            let line = serde_json::json!({ "asked": asked, "status": status, "said": body });
            heard.push_str(&format!("{line}\n"));
        }
        answer
    }
}

/// The account without its secrets: enough to look whether a message fits.
#[must_use]
pub fn blank(account: &Account) -> Option<platforms::Account> {
    account.platform().map(|platform| platform.open(&account.settings(), &Values::new()))
}

impl Speaker {
    /// Opens the secrets, to speak about that delivery.
    ///
    /// # Errors
    /// The platform ships no more, or the installation's key does not open them.
    pub fn open(app: &App, account: &Account, delivery: uuid::Uuid) -> anyhow::Result<Self> {
        let platform = account.platform().ok_or_else(|| anyhow::anyhow!("no platform {}", account.platform))?;
        let secrets = account.secrets(app)?;
        let mailing = Mailing::of(app, account, &secrets, delivery);
        let opened = platform.open(&account.settings(), &secrets);
        let secrets = secrets.into_values().filter(|secret| secret.chars().count() >= SECRET_LETTERS_MIN).collect();
        Ok(Self { account: opened, line: Metered::of(app, account), mailing, secrets })
    }

    /// The account and its line, for questions besides a delivery.
    #[must_use]
    pub fn parts(&self) -> (&platforms::Account, &Metered) {
        (&self.account, &self.line)
    }

    /// The figures of a copy, and what was said of them.
    pub async fn metrics(&self, id: &str) -> (Result<Vec<Reading>, Refusal>, Heard) {
        let line = Listening { line: &self.line, heard: Mutex::default() };
        let readings = self.account.metrics(&line, id).await;
        let text = line.heard.into_inner().unwrap_or_else(PoisonError::into_inner);
        let text = self
            .secrets
            .iter()
            .fold(text, |text, secret| text.replace(secret.as_str(), HIDDEN).replace(&address::encode(secret), HIDDEN));
        let end = (0..=text.len().min(HEARD_BYTES_MAX)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let heard = Heard { cut: end < text.len(), text: text[..end].to_owned() };
        (readings, heard)
    }

    /// Makes the call that can not be taken back, once; `journal` hears of it beforehand. With the id of an article that is out: sends
    /// that to those who follow the account.
    pub async fn publish<J: Journal>(&self, message: &Message, article: Option<&str>, journal: &mut J) -> Outcome {
        if let Some(article) = article {
            return self.broadcast(article, journal).await;
        }
        if let Some(mailing) = &self.mailing {
            return mailing.publish(&self.line, message, journal).await;
        }
        self.account.publish(&self.line, message, journal).await
    }

    async fn broadcast<J: Journal>(&self, article: &str, journal: &mut J) -> Outcome {
        match &self.account {
            platforms::Account::Zalo(official) => {
                zalo::broadcast(&self.line, official, &[article], &zalo::Target::default(), journal).await
            }
            other => {
                let says = format!("{} has no broadcasts", other.platform().name());
                Outcome::Refused(Refusal { why: Why::Permission, says, again_after: None })
            }
        }
    }

    pub async fn status(&self, handle: &str) -> Found {
        self.account.status(&self.line, handle).await
    }

    /// Looks up an attempt whose outcome is not known. `known`: copies that are another's.
    pub async fn find(&self, delivery: &Delivery, message: &Message, known: &[String], now_s: i64) -> Found {
        if delivery.is_broadcast() {
            return Found::CanNotTell { says: zalo::UNASKED.to_owned() };
        }
        if let Some(mailing) = &self.mailing {
            return mailing.found().await.unwrap_or_else(|error| Found::CanNotTell { says: error.to_string() });
        }
        let since_s = delivery.sent_at.map(|at| at.timestamp()).unwrap_or_default();
        let handle = Some(delivery.handle.as_str()).filter(|handle| !handle.is_empty());
        self.account.find(&self.line, &Sought { message, handle, since_s, now_s, known }).await
    }

    pub async fn edit(&self, id: &str, message: &Message) -> Outcome {
        self.account.edit(&self.line, id, message).await
    }

    pub async fn retract(&self, id: &str) -> Outcome {
        self.account.retract(&self.line, id).await
    }
}
