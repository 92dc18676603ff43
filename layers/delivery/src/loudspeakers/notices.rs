//! Who is told of what happened with loudspeakers: who wrote, whose word is awaited, and who keeps the stations.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;

use super::airing::{self, Airing};
use super::bulletin::Bulletin;
use super::rights::APPROVERS;
use crate::base::{App, Fact, Role, fact};
use crate::people::{Notice, Words, grant};

/// Tells them. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    match fact {
        Fact::BulletinSubmitted { .. }
        | Fact::BulletinReturned { .. }
        | Fact::BulletinApproved { .. }
        | Fact::BulletinVoided { .. }
        | Fact::BulletinWithdrawn { .. } => of_bulletin(app, recorded, fact).await,
        _ => of_airing(app, recorded, fact).await,
    }
}

async fn of_bulletin(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let bulletin = super::bulletin::Entity::find_by_id(recorded.about).one(&app.db).await?;
    let bulletin = bulletin.ok_or_else(|| anyhow::anyhow!("the bulletin is not there"))?;
    let key = match fact {
        Fact::BulletinSubmitted { .. } => "notice-bulletin-waits",
        Fact::BulletinReturned { .. } => "notice-bulletin-returned",
        Fact::BulletinApproved { .. } => "notice-bulletin-approved",
        Fact::BulletinVoided { .. } => "notice-bulletin-voided",
        _ => "notice-bulletin-withdrawn",
    };
    let told: Vec<Uuid> = match fact {
        // Nobody is asked to approve their own.
        Fact::BulletinSubmitted { .. } => {
            let all = grant::Model::people_in(&app.db, APPROVERS, bulletin.agency).await?;
            all.into_iter().filter(|person| !bulletin.is_own_of(*person)).collect()
        }
        _ => bulletin.writers(),
    };
    to(app, recorded, told, Words { key, name: &bulletin.title, href: &Bulletin::path(bulletin.id) }).await
}

async fn of_airing(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let airing = airing::Entity::find_by_id(recorded.about).one(&app.db).await?;
    let airing = airing.ok_or_else(|| anyhow::anyhow!("the airing is not there"))?;
    let (key, told): (_, Vec<Uuid>) = match fact {
        Fact::EmergencyProposed { .. } => {
            let mut people = grant::Model::people_in(&app.db, APPROVERS, airing.agency).await?;
            people.extend(grant::Model::people_with(&app.db, &[Role::Leader]).await?);
            ("notice-emergency-proposed", people)
        }
        Fact::EmergencyReleased { .. } => ("notice-emergency-released", airing.made_by.into_iter().collect()),
        Fact::EmergencyRefused { .. } => ("notice-emergency-refused", airing.made_by.into_iter().collect()),
        Fact::AiringStopped { .. } => ("notice-airing-stopped", airing.made_by.into_iter().collect()),
        Fact::AiringSettled { played, expected, .. } if played < expected => {
            ("notice-airing-missed", airing.made_by.into_iter().collect())
        }
        _ => return Ok(()),
    };
    to(app, recorded, told, Words { key, name: &airing.title, href: &Airing::path(airing.id) }).await
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
