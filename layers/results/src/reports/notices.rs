//! Who is told of what happened to a document: who wrote it, and whose turn it is.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;

use super::report::{Entity, Report};
use super::rights;
use crate::base::{App, Fact, fact};
use crate::people::{Notice, Words, grant};

/// Tells them. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let key = match fact {
        // What a person began needs no telling.
        Fact::ReportDrafted { .. } if recorded.person.is_none() => "notice-report-drafted",
        Fact::ReportSubmitted { .. } => "notice-report-waits",
        Fact::ReportReturned { .. } => "notice-report-returned",
        Fact::ReportSigned { .. } => "notice-report-signed",
        Fact::ReportIssued { .. } => "notice-report-issued",
        _ => return Ok(()),
    };
    let row = Entity::find_by_id(recorded.about).one(&app.db).await?;
    let row = row.ok_or_else(|| anyhow::anyhow!("the report is not there"))?;
    let writers: HashSet<Uuid> = row.writers().into_iter().chain(row.made_by).chain(row.submitted_by).collect();
    let mut told = match fact {
        Fact::ReportDrafted { .. } => HashSet::from([row.agency]),
        // Nobody is asked to sign their own.
        Fact::ReportSubmitted { .. } => {
            let all = grant::Model::people_in(&app.db, rights::SIGNERS, row.agency).await?;
            all.into_iter().filter(|person| !writers.contains(person)).collect()
        }
        _ => writers,
    };
    if let Some(doer) = recorded.person {
        told.remove(&doer); // their own act needs no telling
    }
    let words = Words { key, name: &row.called(), href: &Report::path(row.id) };
    for recipient in told {
        Notice::tell(app, recorded, recipient, words).await?;
    }
    Ok(())
}
