//! Who is told of what happened on channels: who wrote, whose word is awaited, and who keeps the accounts.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;

use super::account::{self, Account};
use super::piece::{self, Piece};
use super::rights::{APPROVERS, KEEPERS};
use crate::base::{App, Fact, fact};
use crate::people::{Notice, Words, grant};

/// Tells them. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    if let Fact::ChannelAccountDead { name, .. } = fact {
        let account = account::Entity::find_by_id(recorded.about).one(&app.db).await?;
        let account = account.ok_or_else(|| anyhow::anyhow!("the account is not there"))?;
        let words = Words { key: "notice-channel-dead", name, href: &Account::path(account.id) };
        let keepers = grant::Model::people_in(&app.db, KEEPERS, account.agency).await?;
        return to(app, recorded, keepers.into_iter().chain([account.made_by]), words).await;
    }
    let key = match fact {
        Fact::PieceSubmitted { .. } => "notice-piece-waits",
        Fact::PieceReturned { .. } => "notice-piece-returned",
        Fact::PieceApproved { .. } => "notice-piece-approved",
        Fact::PieceWithdrawn { .. } => "notice-piece-withdrawn",
        Fact::DeliveryFailed { .. } => "notice-delivery-failed",
        Fact::DeliveryUnknown { .. } => "notice-delivery-unknown",
        _ => return Ok(()),
    };
    let piece = piece::Entity::find_by_id(recorded.about).one(&app.db).await?;
    let piece = piece.ok_or_else(|| anyhow::anyhow!("the piece is not there"))?;
    let name = match fact {
        Fact::DeliveryFailed { channel, .. } | Fact::DeliveryUnknown { channel, .. } => format!("{} ({channel})", piece.title),
        _ => piece.title.clone(),
    };
    let writers = piece.writers();
    let told: Vec<Uuid> = match fact {
        // Nobody is asked to approve their own.
        Fact::PieceSubmitted { .. } => {
            let all = grant::Model::people_in(&app.db, APPROVERS, piece.agency).await?;
            all.into_iter().filter(|person| !piece.is_own_of(*person)).collect()
        }
        Fact::DeliveryFailed { .. } | Fact::DeliveryUnknown { .. } => writers.into_iter().chain(piece.approved_by).collect(),
        _ => writers,
    };
    to(app, recorded, told, Words { key, name: &name, href: &Piece::path(piece.id) }).await
}

async fn to(app: &App, recorded: &fact::Model, people: impl IntoIterator<Item = Uuid>, words: Words<'_>) -> anyhow::Result<()> {
    let mut told: HashSet<Uuid> = people.into_iter().collect();
    if let Some(doer) = recorded.person {
        told.remove(&doer); // their own act needs no telling
    }
    for recipient in told {
        Notice::tell(app, recorded, recipient, words).await?;
    }
    Ok(())
}
