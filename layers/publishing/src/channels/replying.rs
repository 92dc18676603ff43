//! Answering one person who wrote to an account, under the account's lock: it is no errand of a delivery, and gives way to whatever is
//! to be sent.

use std::time::Duration;

use platforms::{Journal, Outcome, Refusal, Why};
use sea_orm::entity::prelude::*;

use super::account::{self, Account, State, renewing};
use super::measuring::{freed, taken};
use super::speaking::Speaker;
use crate::base::App;
use crate::web::Error;

/// A talk ends before its lock does.
const TALK_S: u64 = 20;

/// Writes to them, once; `journal` hears of it beforehand. `to`: the platform's own number of theirs.
///
/// # Errors
/// The database failed.
pub async fn reply<J: Journal>(app: &App, account: Uuid, (to, text): (&str, &str), journal: &mut J) -> Result<Outcome, Error> {
    let refused = |why: Why, says: &str| Outcome::Refused(Refusal { why, says: says.to_owned(), again_after: None });
    let Some(account) = account::Entity::find_by_id(account).one(&app.db).await? else {
        return Ok(refused(Why::Gone, "the account is gone"));
    };
    if account.state != State::Active {
        return Ok(refused(Why::Unavailable, "the account rests"));
    }
    let Some(account) = taken(app, account).await? else { return Ok(refused(Why::Unavailable, "the account is busy")) };
    let spoken = spoken(app, &account, (to, text), journal).await;
    freed(app, &account).await?;
    let outcome = spoken?;
    if let Outcome::Refused(refusal) = &outcome
        && matches!(refusal.why, Why::Token | Why::Blocked)
    {
        let transaction = app.begin().await?;
        account.die(app, &transaction, &refusal.says).await?;
        app.commit(transaction).await?;
    }
    Ok(outcome)
}

async fn spoken<J: Journal>(app: &App, account: &Account, (to, text): (&str, &str), journal: &mut J) -> Result<Outcome, Error> {
    let account = match renewing::renewed(app, account.clone()).await? {
        Ok(account) => account,
        Err(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let speaker = Speaker::open(app, &account, account.id)?;
    let (opened, line) = speaker.parts();
    let talk = tokio::time::timeout(Duration::from_secs(TALK_S), opened.reply(line, to, text, journal));
    Ok(talk.await.unwrap_or_else(|_| Outcome::Unknown { says: format!("no end after {TALK_S} s") }))
}
