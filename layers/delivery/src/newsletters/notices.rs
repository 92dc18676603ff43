//! Who is told of what happened with newsletters: who wrote, whose word is awaited, and who keeps the newsletter when letters are stuck.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;

use super::issue::{self, Issue};
use crate::base::{App, Fact, fact};
use crate::channels::rights::{APPROVERS, KEEPERS};
use crate::people::{Notice, Words, grant};

/// Tells them. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let issue = issue::Entity::find_by_id(recorded.about).one(&app.db).await?;
    let issue = issue.ok_or_else(|| anyhow::anyhow!("the issue is not there"))?;
    let approvers = || grant::Model::people_in(&app.db, APPROVERS, issue.agency);
    let (key, told): (_, Vec<Uuid>) = match fact {
        // Drafted by the clock: it waits from the first.
        Fact::IssueDrafted { .. } if issue.written_by.is_none() => ("notice-issue-waits", approvers().await?),
        Fact::IssueSubmitted { .. } => {
            // Nobody is asked to approve their own.
            let all = approvers().await?;
            ("notice-issue-waits", all.into_iter().filter(|person| !issue.is_own_of(*person)).collect())
        }
        Fact::IssueReturned { .. } => ("notice-issue-returned", issue.writers()),
        Fact::IssueHeld { .. } => {
            let keepers = grant::Model::people_in(&app.db, KEEPERS, issue.agency).await?;
            ("notice-issue-held", approvers().await?.into_iter().chain(keepers).chain(issue.writers()).collect())
        }
        Fact::IssueCancelled { .. } => ("notice-issue-cancelled", issue.writers()),
        Fact::LettersUnknown { .. } => ("notice-letters-unknown", approvers().await?),
        Fact::IssueEnded { .. } => ("notice-issue-ended", issue.writers().into_iter().chain(issue.approved_by).collect()),
        _ => return Ok(()),
    };
    let words = Words { key, name: &issue.title, href: &Issue::path(issue.id) };
    let mut told: HashSet<Uuid> = told.into_iter().collect();
    if let Some(doer) = recorded.person {
        told.remove(&doer); // their own act needs no telling
    }
    for recipient in told {
        Notice::tell(app, recorded, recipient, words).await?;
    }
    Ok(())
}
