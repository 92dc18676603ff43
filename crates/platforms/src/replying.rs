//! Answering one person who wrote to an account.

use crate::{Account, Journal, Line, Outcome, Refusal, Why, telegram, zalo};

impl Account {
    /// Writes to them, by the platform's own number of theirs. Platforms that nobody can write to refuse.
    pub async fn reply<L: Line, J: Journal>(&self, line: &L, to: &str, text: &str, journal: &mut J) -> Outcome {
        match self {
            Self::Telegram(account) => telegram::reply(line, account, to, text, journal).await,
            Self::Zalo(account) => zalo::reply(line, account, to, text, journal).await,
            other => {
                let says = format!("{} is not answered by messages", other.platform().name());
                Outcome::Refused(Refusal { why: Why::Permission, says, again_after: None })
            }
        }
    }
}
