//! What becomes of issues when an article in them is corrected or goes: what has not begun, or is on its way, is held until a person
//! looks. What was sent is in people's mailboxes; the way left is a letter that corrects it.

use super::issue::{State, carried};
use crate::base::{App, By, Fact, fact};
use crate::web::Error;

/// Follows what happened to an article. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn article_changed(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let (cause, corrected) = match fact {
        Fact::ArticleCorrected { revision, .. } => ("corrected", Some(*revision)),
        Fact::ArticleWithdrawn { .. } | Fact::ArticleTakenDown { .. } => ("withdrawn", None),
        _ => return Ok(()),
    };
    let by = By { person: recorded.person, agency: recorded.agency, why: recorded.why.clone() };
    for issue in carried::issues_with(&app.db, recorded.about).await? {
        // Its correction is what was wanted.
        if issue.corrects.is_some() || !matches!(issue.state, State::Approved | State::Sending | State::Paused) {
            continue;
        }
        // Approved from the corrected text already. Revisions count; clocks of several nodes differ.
        if let Some(corrected) = corrected
            && carried::revision_in(&app.db, issue.id, recorded.about).await?.is_some_and(|carries| carries >= corrected)
        {
            continue;
        }
        match issue.hold(app, cause, &by).await {
            Ok(()) => {}
            // Somebody was quicker: what there is now is looked at when the fact is answered again.
            Err(error) => return Err(anyhow::anyhow!("{error:?}")),
        }
    }
    Ok(())
}

/// A database that was brought back from a backup: nothing goes until a person looked.
///
/// # Errors
/// The database failed.
pub async fn database_restored(app: &App, recorded: &fact::Model) -> anyhow::Result<()> {
    let by = By { person: recorded.person, agency: recorded.agency, why: recorded.why.clone() };
    match super::issue::steering::hold_all(app, &by).await {
        Ok(_) => Ok(()),
        Err(Error::Internal(error)) => Err(error),
        Err(error) => Err(anyhow::anyhow!("{error:?}")),
    }
}
