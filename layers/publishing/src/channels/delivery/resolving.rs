//! What a person decides about a delivery: what became of an unknown one, whether a held one goes, what is done with a copy that is
//! out. What was before stays in its steps.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::{Delivery, Entity, Errand, Origin, State as Way, Why};
use crate::base::{App, By, Fact, Who};
use crate::channels::account::{self, Account};
use crate::channels::rights::{self, Verb};
use crate::channels::{Piece, piece, preflight, suggesting};
use crate::news::article::reviewing::reason;
use crate::web::{Error, Obstacle};

const ADDRESS_LETTERS_MAX: usize = 2_000;

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is there, at that address.
    There {
        address: String,
    },
    /// It is not there, and shall not go.
    NotThere {
        why: String,
    },
    /// It goes (again), now. A reason is asked for where it may be there.
    Send {
        why: String,
    },
    /// It shall not go.
    Drop {
        why: String,
    },
    Retract {
        why: String,
    },
    /// A person took the copy away over there.
    Removed {
        why: String,
    },
    Edit {
        title: String,
        text: String,
        why: String,
    },
    /// The copy stays as it is, though its article was corrected or is gone.
    LetStand {
        why: String,
    },
}

impl Decision {
    /// From the word of the address and the fields of the form; None when there is no such act.
    #[must_use]
    pub fn read(act: &str, field: impl Fn(&str) -> String) -> Option<Self> {
        let why = field("why");
        Some(match act {
            "there" => Self::There { address: field("address") },
            "not-there" => Self::NotThere { why },
            "sending" => Self::Send { why },
            "drop" => Self::Drop { why },
            "retraction" => Self::Retract { why },
            "removed" => Self::Removed { why },
            "edit" => Self::Edit { title: field("title"), text: field("text"), why },
            "stand" => Self::LetStand { why },
            _ => return None,
        })
    }

    const fn verb(&self) -> Verb {
        match self {
            Self::There { .. } | Self::NotThere { .. } | Self::Send { .. } | Self::Drop { .. } => Verb::Write,
            Self::Retract { .. } | Self::Removed { .. } | Self::Edit { .. } | Self::LetStand { .. } => Verb::Retract,
        }
    }

    /// The word in the ledger.
    const fn code(&self) -> &'static str {
        match self {
            Self::There { .. } => "there",
            Self::NotThere { .. } => "not-there",
            Self::Send { .. } => "send",
            Self::Drop { .. } => "drop",
            Self::Retract { .. } => "retract",
            Self::Removed { .. } => "removed",
            Self::Edit { .. } => "edit",
            Self::LetStand { .. } => "stand",
        }
    }

    /// The Fluent key of what is said when it is done.
    #[must_use]
    pub const fn said(&self) -> &'static str {
        match self {
            Self::There { .. } => "channel-was-there",
            Self::NotThere { .. } => "channel-was-not-there",
            Self::Send { .. } => "channel-was-sent-again",
            Self::Drop { .. } => "channel-was-dropped",
            Self::Retract { .. } => "channel-will-be-retracted",
            Self::Removed { .. } => "channel-was-removed",
            Self::Edit { .. } => "channel-will-be-edited",
            Self::LetStand { .. } => "channel-was-let-stand",
        }
    }
}

impl Delivery {
    /// Does what a person decided about a delivery of that piece.
    ///
    /// # Errors
    /// Not found; forbidden to others; refused with what is missing, at its field; stale when it stands elsewhere by now; or the
    /// database failed.
    pub async fn decide(app: &App, who: &Who, (piece, id): (Uuid, Uuid), decision: &Decision, seen: i32) -> Result<(), Error> {
        let piece = Piece::find_for(app, who, piece).await?;
        rights::require(who, decision.verb(), piece.agency)?;
        let row = Entity::find_by_id(id).one(&app.db).await?.filter(|row| row.piece == piece.id).ok_or(Error::NotFound)?;
        if row.version != seen {
            return Err(Error::Stale);
        }
        if piece.state != piece::State::Approved && matches!(decision, Decision::Send { .. }) {
            return Err(Error::refused("channel-piece-is-withdrawn"));
        }
        let account = account::Entity::find_by_id(row.account).one(&app.db).await?.ok_or(Error::NotFound)?;
        let (changed, why) = decided(row.clone(), &account, decision, who.person, app.clock.now())?;
        let by = By::from(who).because(why);
        let transaction = app.begin().await?;
        changed.put(app, &transaction, &row, &by).await?;
        let fact = Fact::DeliveryResolved { title: piece.title, channel: row.channel(&account), how: decision.code().into() };
        app.record(&transaction, piece.id, fact, &by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// The row as decided, and the reason given.
fn decided(
    row: Delivery,
    account: &Account,
    decision: &Decision,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<(Delivery, String), Error> {
    let settled = |row: Delivery, state, why| Delivery {
        state,
        why,
        says: String::new(),
        run_at: None,
        leased_until: None,
        settled_at: Some(now),
        ..row
    };
    let given = |why: &str| reason(why, "why", "channel-needs-why");
    let is_confirmed = row.state == Way::Confirmed;
    Ok(match decision {
        Decision::There { address } if row.state == Way::Unknown => {
            // What went to numbers, or into the messages of followers, is nowhere to be seen.
            let is_nowhere = address.trim().is_empty() && (row.is_broadcast() || preflight::is_mailing(account));
            let address = if is_nowhere { String::new() } else { read_address(address)? };
            (settled(Delivery { address: address.clone(), ..row }, Way::Confirmed, Why::Person), address)
        }
        Decision::NotThere { why } if row.state == Way::Unknown => (settled(row, Way::Failed, Why::Person), given(why)?),
        Decision::Drop { why } if row.state == Way::Held => (settled(row, Way::Failed, Why::Dropped), given(why)?),
        Decision::Send { why } if matches!(row.state, Way::Unknown | Way::Held | Way::Failed) => {
            let why = if row.state == Way::Unknown { given(why)? } else { why.trim().to_owned() };
            (again(row, account, now), why)
        }
        // Without its id over there nobody but a person can find the copy: it was a person who found it.
        Decision::Retract { .. } | Decision::Edit { .. } if is_confirmed && row.external_id.is_empty() => {
            return Err(Error::refused("channel-no-id"));
        }
        // It lies in people's messages.
        Decision::Retract { .. } | Decision::Edit { .. } if is_confirmed && row.is_broadcast() => {
            return Err(Error::refused("channel-is-final"));
        }
        Decision::Removed { why } if is_confirmed => {
            let row = Delivery { wanted: Errand::None, errand: Errand::None, ..row };
            (settled(row, Way::Retracted, Why::Person), given(why)?)
        }
        Decision::Retract { why } if is_confirmed => (errand(row, Errand::Retract, now), given(why)?),
        Decision::Edit { title, text, why } if is_confirmed && row.errand == Errand::None => {
            let why = given(why)?;
            let row = edited(row, account, (title.as_str(), text.as_str()), person)?;
            (errand(row, Errand::Edit, now), why)
        }
        Decision::LetStand { why } if is_confirmed && row.wanted != Errand::None => {
            (Delivery { wanted: Errand::None, stands_at: Some(now), ..row }, given(why)?)
        }
        // It moved on since the page was made.
        _ => return Err(Error::Stale),
    })
}

/// The row with other words, where the platform takes them.
fn edited(row: Delivery, account: &Account, (title, text): (&str, &str), person: Uuid) -> Result<Delivery, Error> {
    let (title, text) = (suggesting::tidy_line(title), suggesting::tidy(text));
    let wrong = |obstacle: Obstacle| Err(Error::Refused(vec![obstacle.at("text")]));
    if text.is_empty() {
        return wrong(Obstacle::new("channel-obstacle-empty"));
    }
    if let Some(platform) = account.platform() {
        let (count, max) = preflight::counted(platform, &text, &row.link, !row.media().is_empty());
        if count > max {
            return wrong(Obstacle::new("channel-obstacle-text-long").with("count", count).with("max", max));
        }
    }
    Ok(Delivery { title, text, origin: Origin::Person, confirmed_by: Some(person), ..row })
}

/// To the queue, as if for the first time; to those who wait where its account stands still.
fn again(row: Delivery, account: &Account, now: DateTime<Utc>) -> Delivery {
    // What was held by a restore before its time came goes at its time.
    let at = row.run_at.filter(|at| row.why == Why::Restored && *at > now).unwrap_or(now);
    let fresh = Delivery { attempts: 0, asked: 0, sent_at: None, handle: String::new(), external_id: String::new(), ..row };
    let queued = Delivery { address: String::new(), edited_at: None, stands_at: None, ..fresh.queued(at) };
    match account.state {
        account::State::Active => queued,
        account::State::Paused => Delivery { state: Way::Held, why: Why::AccountPaused, ..queued },
        account::State::Dead => Delivery { state: Way::Held, why: Why::AccountDead, ..queued },
    }
}

fn errand(row: Delivery, errand: Errand, now: DateTime<Utc>) -> Delivery {
    // By the handle of an earlier call this one is not asked for.
    let row = Delivery { errand, attempts: 0, asked: 0, handle: String::new(), ..row };
    Delivery { run_at: Some(now), leased_until: None, why: Why::None, says: String::new(), ..row }
}

fn read_address(typed: &str) -> Result<String, Error> {
    let wrong = |key| Err(Error::Refused(vec![Obstacle::new(key).at("address")]));
    let typed = typed.trim();
    if typed.chars().count() > ADDRESS_LETTERS_MAX {
        return wrong("webhook-address-long");
    }
    match reqwest::Url::parse(typed) {
        Ok(url) if matches!(url.scheme(), "https" | "http") && url.host_str().is_some() => Ok(url.to_string()),
        _ => wrong("channel-address-malformed"),
    }
}
