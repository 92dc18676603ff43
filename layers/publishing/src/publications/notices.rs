//! Who is told of what happened to a publication: who wrote it, and whose turn it is.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;

use super::publication::reviewing::REVIEWERS;
use super::publication::{Entity, Publication};
use crate::base::{App, Fact, Role, fact};
use crate::people::{Notice, Words, grant};

/// Tells them. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let key = match fact {
        Fact::PublicationSubmitted { .. } => "notice-publication-waits",
        Fact::PublicationApproved { .. } => "notice-publication-approved",
        Fact::PublicationReturned { .. } => "notice-publication-returned",
        Fact::PublicationPublished { .. } => "notice-publication-published",
        Fact::PublicationWithdrawn { .. } => "notice-publication-withdrawn",
        Fact::PublicationLockTaken { .. } => "notice-publication-lock-taken",
        _ => return Ok(()),
    };
    let row = Entity::find_by_id(recorded.about).one(&app.db).await?;
    let row = row.ok_or_else(|| anyhow::anyhow!("the publication is not there"))?;
    let writers: HashSet<Uuid> = row.writers().into_iter().chain(row.author).collect();
    let mut told = match fact {
        // Nobody is asked to approve their own.
        Fact::PublicationSubmitted { .. } => {
            let all = grant::Model::people_in(&app.db, REVIEWERS, row.agency).await?;
            all.into_iter().filter(|person| !writers.contains(person)).collect()
        }
        Fact::PublicationApproved { .. } => {
            let approvers = grant::Model::people_in(&app.db, &[Role::Approver], row.agency).await?;
            writers.into_iter().chain(approvers).collect()
        }
        Fact::PublicationLockTaken { from, .. } => HashSet::from([*from]),
        _ => writers,
    };
    if let Some(doer) = recorded.person {
        told.remove(&doer); // their own act needs no telling
    }
    let words = Words { key, name: &row.title, href: &Publication::desk_path(row.id) };
    for recipient in told {
        Notice::tell(app, recorded, recipient, words).await?;
    }
    Ok(())
}
