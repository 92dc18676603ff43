//! Who is told what happened to an estimate.

use super::Estimate;
use crate::base::{App, Fact, Role, fact};
use crate::people::{Notice, Words, grant};

/// Tells whose turn it is, and the agency how its estimate fares. Telling twice does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let (estimate, name) = Estimate::told_of(app, recorded.about).await?;
    let href = Estimate::desk_path(estimate.id);
    let (key, roles, agency): (_, &[Role], _) = match fact {
        Fact::EstimateSubmitted { .. } => ("notice-estimate-submitted", &[Role::Finance], None),
        Fact::EstimateAppraised { .. } => {
            ("notice-estimate-appraised", &[Role::Coordinator, Role::Leader], Some(estimate.agency))
        }
        Fact::EstimateApproved { .. } => ("notice-estimate-approved", &[Role::Finance], Some(estimate.agency)),
        Fact::EstimateReturned { .. } => ("notice-estimate-returned", &[], Some(estimate.agency)),
        Fact::EstimateSpent { .. } => ("notice-estimate-spent", &[Role::Finance], None),
        _ => return Ok(()),
    };
    for recipient in grant::Model::people_with(&app.db, roles).await?.into_iter().chain(agency) {
        Notice::tell(app, recorded, recipient, Words { key, name: &name, href: &href }).await?;
    }
    Ok(())
}
