//! What two pieces would do to the same readers: the same words again, or two messages within an hour on one account. A person is
//! warned before the approval; nothing is forbidden, for there are days on which both are meant.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::account::Account;
use super::delivery::{self, Delivery, Part, State};
use super::piece::{self, Piece};
use crate::base::{App, time};
use crate::web::Locale;

/// Words that were said so long ago may be said again.
const SAME_WORDS_D: i64 = 30;
/// So close is at the same time.
const CLOSE_MIN: i64 = 60;
/// Deliveries of an account that are looked at, the latest first.
const LOOKED_AT: u64 = 300;

/// A warning, and where the other one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub words: String,
    pub href: String,
}

/// Another delivery to one of the accounts, and its piece.
struct Other {
    row: Delivery,
    piece: Piece,
}

impl Other {
    /// When it goes, or went.
    fn at(&self) -> Option<DateTime<Utc>> {
        self.row.sent_at.or(self.row.due_at).or(self.piece.due_at)
    }
}

/// What stands in the way of good sense, account by account: two statements.
///
/// # Errors
/// The database failed.
pub async fn warnings(
    app: &App,
    l: Locale,
    piece: &Piece,
    deliveries: &[Delivery],
    accounts: &[Account],
) -> Result<Vec<Warning>, DbErr> {
    let others = others(app, piece, deliveries).await?;
    let due = piece.due_at.unwrap_or_else(|| app.clock.now());
    let mut warnings = Vec::new();
    for row in deliveries.iter().filter(|row| !row.is_broadcast()) {
        let name = accounts.iter().find(|account| account.id == row.account).map(Account::label).unwrap_or_default();
        let its = || others.iter().filter(|other| other.row.account == row.account);
        let words = folded(&row.text);
        if let Some(other) = its().find(|other| !words.is_empty() && folded(&other.row.text) == words) {
            warnings.push(said(l, "channel-clash-words", &name, other));
        }
        let is_close = |other: &&Other| other.at().is_some_and(|at| (at - due).abs() < TimeDelta::minutes(CLOSE_MIN));
        if let Some(other) = its().find(is_close) {
            warnings.push(said(l, "channel-clash-hour", &name, other));
        }
    }
    Ok(warnings)
}

fn said(l: Locale, key: &str, channel: &str, other: &Other) -> Warning {
    let at = other.at().map(time::minute).unwrap_or_default();
    let words = [("channel", channel.to_owned()), ("title", other.piece.title.clone()), ("at", at)];
    Warning { words: l.with(key, &words), href: Piece::path(other.piece.id) }
}

/// The words without what readers do not see: blanks, capitals.
fn folded(text: &str) -> String {
    vietnamese::normalise(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What else goes, or went lately, by these accounts. Drafts are nobody's plan yet; what is handed in is.
async fn others(app: &App, piece: &Piece, deliveries: &[Delivery]) -> Result<Vec<Other>, DbErr> {
    use delivery::Column;
    let since = app.clock.now() - TimeDelta::days(SAME_WORDS_D);
    let lately = Condition::any().add(Column::SentAt.is_null()).add(Column::SentAt.gte(since));
    let rows = delivery::Entity::find()
        .filter(Column::Account.is_in(deliveries.iter().map(|row| row.account)))
        .filter(Column::Piece.ne(piece.id))
        .filter(Column::Part.eq(Part::Whole))
        .filter(Column::State.is_not_in([State::Failed, State::Retracted]))
        .filter(lately)
        .order_by_desc(Column::Id)
        .limit(LOOKED_AT)
        .all(&app.db)
        .await?;
    let pieces = piece::Entity::find()
        .filter(piece::Column::Id.is_in(rows.iter().map(|row| row.piece)))
        .filter(piece::Column::State.is_in([piece::State::Submitted, piece::State::Approved]))
        .all(&app.db)
        .await?;
    let of = |row: Delivery| {
        let piece = pieces.iter().find(|piece| piece.id == row.piece)?.clone();
        Some(Other { row, piece })
    };
    Ok(rows.into_iter().filter_map(of).collect())
}
