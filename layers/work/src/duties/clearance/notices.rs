//! Who is told of a presentation: those who decide, and who presented it when it comes back.

use crate::base::{App, Fact, fact};
use crate::duties::{Duty, Slot};
use crate::people::{Notice, Words, person};

/// Tells of one fact.
///
/// # Errors
/// The slot is not there, or the database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let (slot, title) = Duty::of_slot(app, recorded.about).await?;
    let href = Slot::desk_path(slot.id);
    if let Fact::PresentationReturned { presenter } = fact {
        let words = Words { key: "notice-presentation-returned", name: &title, href: &href };
        return Ok(Notice::tell(app, recorded, *presenter, words).await?);
    }
    let Some(agency) = recorded.agency else { return Ok(()) };
    for (approver, _) in person::approving_for(&app.db, agency).await? {
        if recorded.person != Some(approver) {
            let words = Words { key: "notice-answer-presented", name: &title, href: &href };
            Notice::tell(app, recorded, approver, words).await?;
        }
    }
    Ok(())
}
