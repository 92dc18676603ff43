//! What each fact sets in motion: one exhaustive match. An answer may be given twice, and does no harm then.

use futures_util::future::BoxFuture;

use crate::base::{App, Fact, fact};
use crate::duties::{Slot, opening};
use crate::people::Notice;
use crate::plans::Plan;

/// Answers one fact.
#[must_use]
pub fn react<'a>(app: &'a App, recorded: &'a fact::Model, fact: Fact) -> BoxFuture<'a, anyhow::Result<()>> {
    Box::pin(answer(app, recorded, fact))
}

#[expect(clippy::too_many_lines, reason = "one line a fact: that the list is whole is its point")]
async fn answer(app: &App, recorded: &fact::Model, fact: Fact) -> anyhow::Result<()> {
    match fact {
        Fact::PlanAdopted { .. } => {
            for agency in Plan::agencies_named(app, recorded.about).await? {
                Notice::tell_agency(app, recorded, agency, "notice-plan-adopted", &Plan::desk_path(recorded.about)).await?;
            }
            opening::settle(app, recorded.about).await?;
        }
        Fact::PlanReplaced { .. } => {
            opening::settle(app, recorded.about).await?;
        }
        // Who is in a class, and who exists on which day, may have changed.
        Fact::AgencyOpened { .. }
        | Fact::AgencyEdited { .. }
        | Fact::AgencyClosed { .. }
        | Fact::AgencySucceeded { .. }
        | Fact::AgenciesImported { .. } => opening::settle_all(app).await?,
        Fact::AnswerReturned { .. } | Fact::AnswerAccepted { .. } | Fact::SlotUnlocked { .. } => {
            let slot = Slot::find(&app.db, recorded.about).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
            let key = match fact {
                Fact::AnswerReturned { .. } => "notice-answer-returned",
                Fact::AnswerAccepted { .. } => "notice-answer-accepted",
                _ => "notice-slot-unlocked",
            };
            Notice::tell_agency(app, recorded, slot.agency, key, &Slot::desk_path(slot.id)).await?;
        }
        Fact::AgencyReminded { .. } => {
            Notice::tell_agency(app, recorded, recorded.about, "notice-reminded", "/desk/duties").await?;
        }
        // Facts that are read where they are needed and set nothing in motion.
        Fact::AgencyRenamed { .. }
        | Fact::AgencyConfirmed
        | Fact::BoundariesImported { .. }
        | Fact::PersonAdded { .. }
        | Fact::PersonEdited { .. }
        | Fact::PersonDisabled
        | Fact::PersonEnabled
        | Fact::InvitationMade { .. }
        | Fact::InvitationUsed { .. }
        | Fact::RoleGranted { .. }
        | Fact::RoleRevoked { .. }
        | Fact::SignedIn { .. }
        | Fact::SignInRefused { .. }
        | Fact::SignedOut
        | Fact::SessionRevoked { .. }
        | Fact::PasswordChanged
        | Fact::TotpEnabled
        | Fact::TotpDisabled
        | Fact::RecoveryCodesMade
        | Fact::RecoveryCodeUsed { .. }
        | Fact::PasskeyAdded { .. }
        | Fact::PasskeyRemoved { .. }
        | Fact::PasskeyRenamed { .. }
        | Fact::SignOnLinked { .. }
        | Fact::SignOnUnlinked { .. }
        | Fact::AccessRefused { .. }
        | Fact::MailPlanned { .. }
        | Fact::MailSent { .. }
        | Fact::MailFailed { .. }
        | Fact::MailUnknown { .. }
        | Fact::PlanRead { .. }
        | Fact::PlanEdited { .. }
        | Fact::ProvisionAdded { .. }
        | Fact::ProvisionCorrected { .. }
        | Fact::ProvisionConfirmed { .. }
        | Fact::ProvisionRemoved { .. }
        | Fact::PlanDiscarded
        | Fact::DutiesSettled { .. }
        | Fact::DaysOffSettled { .. }
        | Fact::DayOffNoted { .. }
        | Fact::DayOffRemoved { .. }
        | Fact::ProofAdded { .. }
        | Fact::ProofTakenBack { .. }
        | Fact::AnswerSubmitted { .. } => {}
    }
    Ok(())
}
