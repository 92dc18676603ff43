//! Who is told of what happened to an inspection: the inspected agency from the conclusion on, and the body that inspects.

use sea_orm::entity::prelude::*;

use super::inspection::{Entity, Inspection};
use crate::base::{App, Fact, fact};
use crate::people::agency::brief::Known;
use crate::people::{Notice, Words};

/// Tells whoever it concerns. The second time does nothing.
///
/// # Errors
/// The inspection is not there, or the database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    if let Fact::InspectionWithdrawn { agencies, .. } = fact {
        return tell_of_withdrawal(app, recorded, agencies).await;
    }
    let (key, agency) = match fact {
        Fact::ConclusionPublished { agency, .. } => ("notice-inspection-published", agency),
        Fact::FindingAnswered { agency } => ("notice-finding-answered", agency),
        Fact::FindingRemedied { agency } => ("notice-finding-remedied", agency),
        Fact::FindingNotRemedied { agency, .. } => ("notice-finding-not-remedied", agency),
        Fact::FindingsReminded { agency, overdue: 0, .. } => ("notice-findings-soon", agency),
        Fact::FindingsReminded { agency, .. } => ("notice-findings-overdue", agency),
        _ => return Ok(()),
    };
    let inspection = Entity::find_by_id(recorded.about).one(&app.db).await?;
    let inspection = inspection.ok_or_else(|| anyhow::anyhow!("the inspection is not there"))?;
    let agencies = Known::now(app).await?;
    let slug = agencies.get(agency).map(|agency| agency.slug.clone()).unwrap_or_default();
    let words = Words { key, name: &inspection.title, href: &Inspection::visit_path(inspection.id, &slug) };
    // What is only due soon concerns the agency alone.
    let leader = (key != "notice-findings-soon").then_some(inspection.leader);
    for body in [Some(*agency), leader].into_iter().flatten() {
        Notice::tell(app, recorded, body, words).await?;
    }
    Ok(())
}

/// Those who had seen a conclusion, and the body that inspects. The address leads an inspected agency on to its own page.
async fn tell_of_withdrawal(app: &App, recorded: &fact::Model, agencies: &[Uuid]) -> anyhow::Result<()> {
    let inspection = Entity::find_by_id(recorded.about).one(&app.db).await?;
    let inspection = inspection.ok_or_else(|| anyhow::anyhow!("the inspection is not there"))?;
    let href = Inspection::desk_path(inspection.id);
    let words = Words { key: "notice-inspection-withdrawn", name: &inspection.title, href: &href };
    for body in agencies.iter().copied().chain([inspection.leader]) {
        Notice::tell(app, recorded, body, words).await?;
    }
    Ok(())
}
