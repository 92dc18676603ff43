//! Who is told of what happened to a case: who answers for it, or else its agency; and the agencies that have copies to see to.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;

use super::case::Retraction;
use super::found::Found;
use crate::base::{App, Fact, Role, fact};
use crate::people::{Notice, Words, grant};

/// Tells them. The second time does nothing.
///
/// # Errors
/// The case is not there, or the database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let Some(key) = key(fact) else { return Ok(()) };
    let case = Retraction::find(&app.db, recorded.about).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let mut told: HashSet<Uuid> = recipients(app, &case, fact).await?.into_iter().collect();
    if let Some(doer) = recorded.person {
        told.remove(&doer); // their own act needs no telling
    }
    let words = Words { key, name: &case.title, href: &Retraction::desk_path(case.id) };
    for recipient in told {
        Notice::tell(app, recorded, recipient, words).await?;
    }
    Ok(())
}

const fn key(fact: &Fact) -> Option<&'static str> {
    Some(match fact {
        Fact::RetractionOpened { .. } => "notice-retraction-opened",
        Fact::RetractionJoined { .. } => "notice-retraction-joined",
        Fact::RetractionReopened { .. } => "notice-retraction-reopened",
        Fact::RetractionAssigned { person: Some(_), .. } => "notice-retraction-assigned",
        Fact::RetractionClosed { .. } => "notice-retraction-closed",
        Fact::RetractionReminded { overdue: false, .. } => "notice-retraction-soon",
        Fact::RetractionReminded { .. } => "notice-retraction-overdue",
        _ => return None,
    })
}

async fn recipients(app: &App, case: &Retraction, fact: &Fact) -> Result<Vec<Uuid>, DbErr> {
    let body = case.responsible.unwrap_or(case.agency);
    Ok(match fact {
        Fact::RetractionAssigned { person, .. } => person.iter().copied().collect(),
        Fact::RetractionClosed { .. } => [Some(case.agency), case.responsible].into_iter().flatten().collect(),
        Fact::RetractionReminded { overdue: true, .. } => {
            let over = grant::Model::people_with(&app.db, &[Role::Coordinator]).await?;
            [vec![body, case.agency], with_copies(app, case).await?, over].concat()
        }
        Fact::RetractionReminded { .. } => [vec![body], with_copies(app, case).await?].concat(),
        _ => [vec![body, case.agency], with_copies(app, case).await?].concat(),
    })
}

/// The agencies that have copies to see to.
async fn with_copies(app: &App, case: &Retraction) -> Result<Vec<Uuid>, DbErr> {
    let found = Found::of(&app.db, case.id).await?;
    Ok(found.into_iter().filter(|one| !one.is_settled).map(|one| one.agency).collect())
}
