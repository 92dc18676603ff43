//! Where an article stands on channels: each delivery of each of its pieces, said to whoever asks all capabilities.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::account::{self, Account};
use super::delivery::step::Step;
use super::delivery::{self, Delivery, Errand, State as Way, Why};
use super::piece::{self, Piece, State};
use crate::base::App;
use crate::base::copies::{Copy, Stand};
use crate::web::{Locale, Result};

/// Asked with the id of an article.
pub fn copies<'a>(app: &'a App, article: Uuid) -> BoxFuture<'a, Result<Vec<Copy>>> {
    Box::pin(found(app, article))
}

/// Four statements; one where there is no piece of it. The pieces in the order in which they were begun.
async fn found(app: &App, article: Uuid) -> Result<Vec<Copy>> {
    let pieces = piece::Entity::find().filter(piece::Column::Article.eq(article));
    let pieces = pieces.order_by_asc(piece::Column::Id).all(&app.db).await?;
    if pieces.is_empty() {
        return Ok(Vec::new());
    }
    let of = delivery::Entity::find().filter(delivery::Column::Piece.is_in(pieces.iter().map(|one| one.id)));
    let rows = of.order_by_asc(delivery::Column::Piece).order_by_asc(delivery::Column::Id).all(&app.db).await?;
    let ids = rows.iter().map(|row| row.account);
    let accounts = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(&app.db).await?;
    let accounts: HashMap<Uuid, Account> = accounts.into_iter().map(|account| (account.id, account)).collect();
    let decided: Vec<Uuid> = rows.iter().filter(|row| row.stands_at.is_some()).map(|row| row.id).collect();
    let steps = Step::of(&app.db, &decided).await?;
    let copy = |row: &Delivery| {
        let piece = pieces.iter().find(|one| one.id == row.piece)?;
        let account = accounts.get(&row.account)?;
        Some(copy(piece, row, account, &steps))
    };
    Ok(rows.iter().filter_map(copy).collect())
}

fn copy(piece: &Piece, row: &Delivery, account: &Account, steps: &[Step]) -> Copy {
    let stand = stand(row, piece.state);
    Copy {
        id: row.id,
        channel: match account.platform() {
            _ if row.is_broadcast() => "zalo-broadcast",
            Some(platform) => platform.code(),
            None => "channel",
        },
        agency: row.agency,
        place: account.name.clone(),
        href: format!("{}/variants/{}", Piece::path(row.piece), row.id),
        address: Some(row.address.clone()).filter(|address| !address.is_empty()),
        recipients: None,
        stand,
        since: since(row, piece, stand),
        proof: proof(row, stand, steps),
    }
}

/// Where a delivery stands, as those who follow an article want to know. What is accepted is not to be seen yet; that somebody
/// wants it changed goes before that.
fn stand(row: &Delivery, piece: State) -> Stand {
    let is_wanted = row.wanted != Errand::None || row.errand != Errand::None;
    match row.state {
        Way::Planned if piece == State::Withdrawn => Stand::Stopped,
        Way::Planned | Way::Queued | Way::Held => Stand::Waiting,
        // Nobody knows either while the call is being made.
        Way::Sending | Way::Unknown => Stand::Unknown,
        Way::Accepted | Way::Confirmed if is_wanted => Stand::Wanted,
        Way::Accepted => Stand::Waiting,
        Way::Confirmed if row.stands_at.is_some() => Stand::Stays,
        Way::Confirmed if row.edited_at.is_some() => Stand::Edited,
        Way::Confirmed => Stand::Out,
        Way::Failed => Stand::Stopped,
        Way::Retracted => Stand::Retracted,
    }
}

fn since(row: &Delivery, piece: &Piece, stand: Stand) -> DateTimeUtc {
    let at = match stand {
        Stand::Waiting => piece.approved_at,
        Stand::Unknown => row.sent_at,
        Stand::Edited => row.edited_at,
        Stand::Stays => row.stands_at,
        Stand::Stopped if row.state == Way::Planned => None,
        _ => row.settled_at.or(row.sent_at),
    };
    at.unwrap_or(piece.changed_at)
}

/// The platform's own id of it, or what it said; of one that stays the reason that a person gave.
fn proof(row: &Delivery, stand: Stand, steps: &[Step]) -> String {
    if stand == Stand::Stays {
        // Newest first.
        let given = steps.iter().filter(|step| step.delivery == row.id && step.person.is_some());
        return given.filter_map(|step| step.reason.clone()).find(|reason| !reason.is_empty()).unwrap_or_default();
    }
    match stand {
        Stand::Out | Stand::Edited | Stand::Retracted | Stand::Wanted if !row.external_id.is_empty() => row.external_id.clone(),
        _ if !row.says.is_empty() => row.says.clone(),
        _ if row.why != Why::None => row.reason(Locale::default()),
        _ => row.address.clone(),
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn every_state_has_its_stand() {
        let now = chrono::DateTime::from_timestamp(1_780_000_000, 0).expect("a moment");
        let piece = Piece::blank(Uuid::from_u128(2), Uuid::from_u128(3), now);
        let row = |state| Delivery { state, ..Delivery::planned(&piece, Uuid::from_u128(4)) };
        for state in Way::iter() {
            let plain = stand(&row(state), State::Approved);
            let wanted = stand(&Delivery { wanted: Errand::Retract, ..row(state) }, State::Approved);
            // Who follows a withdrawn article must not overlook what may be out.
            let is_seen_to = matches!(wanted, Stand::Wanted | Stand::Unknown);
            assert_eq!(is_seen_to, state.may_be_out(), "{state:?}: {plain:?}, {wanted:?}");
        }
        assert_eq!(stand(&row(Way::Planned), State::Draft), Stand::Waiting);
        assert_eq!(stand(&row(Way::Planned), State::Withdrawn), Stand::Stopped);
        let edited = Delivery { edited_at: Some(now), ..row(Way::Confirmed) };
        assert_eq!(stand(&edited, State::Approved), Stand::Edited);
        assert_eq!(stand(&Delivery { stands_at: Some(now), ..edited }, State::Approved), Stand::Stays);
    }
}
