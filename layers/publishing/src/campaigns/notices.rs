//! Who is told of a campaign: its agencies, when it starts and when it is closed.

use sea_orm::entity::prelude::*;

use super::campaign::{self, Campaign};
use super::member::Member;
use crate::base::{App, Fact, fact};
use crate::people::{Notice, Words};

/// Tells them. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let (key, name) = match fact {
        Fact::CampaignStarted { title, .. } => ("notice-campaign-started", title),
        Fact::CampaignClosed { title, .. } => ("notice-campaign-closed", title),
        _ => return Ok(()),
    };
    let there = campaign::Entity::find_by_id(recorded.about).one(&app.db).await?;
    let there = there.ok_or_else(|| anyhow::anyhow!("the campaign is not there"))?;
    let href = Campaign::path(there.id);
    for member in Member::of(&app.db, there.id).await?.iter().filter(|member| member.left_on.is_none()) {
        Notice::tell(app, recorded, member.agency, Words { key, name, href: &href }).await?;
    }
    Ok(())
}
