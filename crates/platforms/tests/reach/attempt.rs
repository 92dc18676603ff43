//! An attempt as the product makes it: what certainly is not there may be sent again, what is unknown is looked up.

use platforms::{Account, Copy, Found, Message, Outcome, Sought};

use crate::loopback::{Kept, Loopback};

/// How an attempt ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Settled {
    There(Copy),
    /// Refused for a reason that does not pass by itself.
    NotThere,
    /// The platform can not tell: a person looks.
    Person,
}

/// Publishes until it is there, refused for good, or up to a person.
pub async fn settle(account: &Account, message: &Message) -> Settled {
    for _ in 0..12 {
        let mut kept = Kept::default();
        match attempt(account, message, &mut kept).await {
            Found::Yes(copy) => return Settled::There(copy),
            Found::No => {}
            Found::Refused(refusal) if refusal.why.passes() => {}
            Found::Refused(_) => return Settled::NotThere,
            Found::Pending | Found::CanNotTell { .. } => return Settled::Person,
        }
    }
    Settled::Person
}

async fn attempt(account: &Account, message: &Message, kept: &mut Kept) -> Found {
    let mut found = match account.publish(&Loopback, message, kept).await {
        Outcome::Published(copy) => Found::Yes(copy),
        Outcome::Refused(refusal) => Found::Refused(refusal),
        Outcome::Accepted { handle } => {
            kept.handle = Some(handle);
            Found::Pending
        }
        Outcome::Unknown { .. } => {
            let sought = Sought { message, handle: kept.handle.as_deref(), since_s: 0, now_s: 1_795_000_000, known: &[] };
            account.find(&Loopback, &sought).await
        }
    };
    for _ in 0..6 {
        match (&found, kept.handle.as_deref()) {
            (Found::Pending, Some(handle)) => found = account.status(&Loopback, handle).await,
            _ => break,
        }
    }
    found
}
