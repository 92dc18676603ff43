//! Who is told of criteria: the agencies when scoring opens, when they may object, when it is published; whoever decides; the keeper; another
//! body when it is named to appraise.

use sea_orm::entity::prelude::*;

use super::set::{self, CriteriaSet};
use super::sheet::{self, Sheet};
use crate::base::{App, Fact, fact};
use crate::people::{Notice, Words};

/// Tells them. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let (key, name) = match fact {
        Fact::CriteriaSubmitted { title } => ("notice-criteria-submitted", title),
        Fact::CriteriaReturned { title } => ("notice-criteria-returned", title),
        Fact::CriteriaIssued { title, .. } => ("notice-criteria-issued", title),
        Fact::CriteriaAppraiserNamed { title, .. } => ("notice-criteria-appraiser", title),
        Fact::CriteriaScoringOpened { title, .. } => ("notice-criteria-opened", title),
        Fact::CriteriaExtended { title, .. } => ("notice-criteria-extended", title),
        Fact::CriteriaAppealsOpened { title, .. } => ("notice-criteria-appeals", title),
        Fact::CriteriaPublished { title, .. } => ("notice-criteria-published", title),
        Fact::CriteriaAppealed { name, .. } => ("notice-criteria-appealed", name),
        Fact::CriteriaAppealAnswered { name, .. } => ("notice-criteria-answered", name),
        Fact::CriteriaReminded { title, .. } => ("notice-criteria-reminded", title),
        _ => return Ok(()),
    };
    if let Some(set) = set::Entity::find_by_id(recorded.about).one(&app.db).await? {
        return of_set(app, recorded, fact, &set, (key, name.as_str())).await;
    }
    let sheet = sheet::Entity::find_by_id(recorded.about).one(&app.db).await?;
    let sheet = sheet.ok_or_else(|| anyhow::anyhow!("neither set nor sheet is there"))?;
    let href = Sheet::path(sheet.id);
    let recipient = match fact {
        Fact::CriteriaAppealed { .. } => CriteriaSet::find(&app.db, sheet.criteria_set).await.map(|set| answering(&set, &sheet)),
        _ => Ok(sheet.agency),
    };
    let recipient = recipient.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Notice::tell(app, recorded, recipient, Words { key, name, href: &href }).await?;
    Ok(())
}

/// The body that answers an objection: the keeper, and of the keeper's own sheet the other one.
fn answering(set: &CriteriaSet, sheet: &Sheet) -> Uuid {
    set.appraiser.filter(|_| sheet.agency == set.agency).unwrap_or(set.agency)
}

async fn of_set(
    app: &App,
    recorded: &fact::Model,
    fact: &Fact,
    set: &CriteriaSet,
    (key, name): (&str, &str),
) -> anyhow::Result<()> {
    let href = CriteriaSet::path(set.id);
    match fact {
        Fact::CriteriaSubmitted { .. } => Notice::tell(app, recorded, set.agency, Words { key, name, href: &href }).await?,
        Fact::CriteriaReturned { .. } | Fact::CriteriaIssued { .. } => {
            Notice::tell(app, recorded, set.edited_by, Words { key, name, href: &href }).await?;
        }
        Fact::CriteriaAppraiserNamed { .. } => {
            if let Some(appraiser) = set.appraiser {
                Notice::tell(app, recorded, appraiser, Words { key, name, href: &href }).await?;
            }
        }
        _ => {
            for sheet in Sheet::of(&app.db, set.id).await? {
                Notice::tell(app, recorded, sheet.agency, Words { key, name, href: &Sheet::path(sheet.id) }).await?;
            }
        }
    }
    Ok(())
}
