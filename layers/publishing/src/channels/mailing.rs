//! One message to a list of numbers, by SMS or ZNS: what each number got is a row of its own. The row is on disk as `sending` before
//! the request leaves, so a number gets a message once, whatever becomes of the node. What is not known of a number is never sent
//! again; what is certain not to have gone goes when a person, or the queue, lets the delivery go on.
//!
//! ```text
//!   waiting ──(on disk)──► sending ──► sent
//!      ▲                      ├──────► refused   this number, certainly; the others go on
//!      └──the account was────┤         unknown   nobody can tell, and nobody asks the gateway
//!          refused, not it    └──────►
//! ```

pub mod letter;
pub mod outcome;
pub mod recipient;

use std::time::Duration;

use futures_util::future::join_all;
use platforms::{Found, Journal, Line, Message, Outcome, Stopped};
use sea_orm::entity::prelude::*;

use self::letter::Letter;
use self::outcome::{Sum, is_of_the_account};
use super::account::{Account, Values};
use super::platform::Platform;
use crate::base::App;

/// Requests to the gateway at once.
const AT_ONCE: usize = 4;
/// So many that nobody knows of, one after another: the gateway is ill, and is left alone.
const UNKNOWN_MAX: usize = 3;
/// One request, at most.
const REQUEST_S: u64 = 20;
/// After that no further request is begun: with the last one this is less than an attempt may last, so none is cut off by us.
const BEGIN_S: u64 = 140;

/// A message on its way to the numbers of an account.
pub struct Mailing {
    app: App,
    account: Uuid,
    platform: &'static Platform,
    delivery: Uuid,
    settings: Values,
    secrets: Values,
}

impl Mailing {
    /// Of an account that sends to numbers; None of others.
    #[must_use]
    pub fn of(app: &App, account: &Account, secrets: &Values, delivery: Uuid) -> Option<Self> {
        let platform = account.platform().filter(|platform| platform.is_mailing())?;
        let (settings, secrets) = (account.settings(), secrets.clone());
        Some(Self { app: app.clone(), account: account.id, platform, delivery, settings, secrets })
    }

    /// Sends to those numbers that wait.
    pub async fn publish<L: Line, J: Journal>(&self, line: &L, message: &Message, journal: &mut J) -> Outcome {
        if let Err(stop) = journal.about_to_publish().await {
            return outcome::unavailable(&stop.to_string());
        }
        match self.run(line, message).await {
            Ok(outcome) => outcome,
            // Of the numbers the rows tell; of the delivery as a whole nobody knows.
            Err(error) => Outcome::Unknown { says: error.to_string() },
        }
    }

    async fn run<L: Line>(&self, line: &L, message: &Message) -> Result<Outcome, DbErr> {
        Letter::plan(&self.app, self.account, self.delivery).await?;
        Letter::drop_removed(&self.app, self.account, self.delivery).await?;
        let waiting = Letter::waiting(&self.app, self.delivery).await?;
        let until = tokio::time::Instant::now() + Duration::from_secs(BEGIN_S);
        let (mut unknown, mut stopped) = (0, None);
        for batch in waiting.chunks(AT_ONCE) {
            for sent in join_all(batch.iter().map(|letter| self.send(line, message, letter))).await {
                match sent? {
                    Outcome::Unknown { .. } => unknown += 1,
                    Outcome::Refused(refusal) if is_of_the_account(refusal.why) => stopped = Some(refusal),
                    _ => unknown = 0,
                }
            }
            if stopped.is_some() || unknown >= UNKNOWN_MAX || tokio::time::Instant::now() >= until {
                break;
            }
        }
        Ok(Sum::of(&self.app, self.delivery).await?.outcome(stopped))
    }

    /// One number. Its row says what came of it.
    async fn send<L: Line>(&self, line: &L, message: &Message, letter: &Letter) -> Result<Outcome, DbErr> {
        let mark = letter.id.to_string();
        let Some(account) = self.platform.open_to(&self.settings, &self.secrets, (&letter.number, &mark)) else {
            return Ok(outcome::unavailable("sends to no numbers"));
        };
        if !letter.begin(&self.app).await? {
            return Ok(outcome::unavailable("taken by another"));
        }
        let mut unwritten = Unwritten;
        let asking = account.publish(line, message, &mut unwritten);
        let outcome = tokio::time::timeout(Duration::from_secs(REQUEST_S), asking).await;
        let outcome = outcome.unwrap_or_else(|_| Outcome::Unknown { says: format!("no answer within {REQUEST_S} s") });
        letter.settle(&self.app, &outcome).await?;
        Ok(outcome)
    }

    /// What is known of an attempt that was cut: from our rows alone, since a gateway is not asked. Whoever asks has the account's
    /// lock, so nobody is sending.
    ///
    /// # Errors
    /// The database failed.
    pub async fn found(&self) -> Result<Found, DbErr> {
        Letter::give_up(&self.app, self.delivery).await?;
        Ok(Sum::of(&self.app, self.delivery).await?.found())
    }
}

/// The journal of one number is its row, which was written before.
struct Unwritten;

impl Journal for Unwritten {
    async fn about_to_publish(&mut self) -> Result<(), Stopped> {
        Ok(())
    }

    async fn handle_known(&mut self, _: &str) -> Result<(), Stopped> {
        Ok(())
    }
}
