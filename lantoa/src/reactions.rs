//! What each fact sets in motion: one exhaustive match. An answer may be given twice, and does no harm then.

use futures_util::future::BoxFuture;

use crate::base::{App, By, Fact, Role, fact};
use crate::duties::{self, Duty, Request, Slot, opening};
use crate::people::{Notice, Words, grant};
use crate::plans::Plan;
use crate::webhooks::{Delivery, Webhook};
use crate::{
    campaigns, cases, channels, criteria, estimates, inspections, loudspeakers, measures, news, newsletters, publications, push,
    questions, reach, reports, retractions, syndication,
};

/// Answers one fact.
#[must_use]
pub fn react<'a>(app: &'a App, recorded: &'a fact::Model, fact: Fact) -> BoxFuture<'a, anyhow::Result<()>> {
    Box::pin(answer(app, recorded, fact))
}

#[expect(clippy::too_many_lines, reason = "one line a fact: that the list is whole is its point")]
async fn answer(app: &App, recorded: &fact::Model, fact: Fact) -> anyhow::Result<()> {
    match fact {
        Fact::PlanAdopted { .. } => {
            let plan = Plan::find_recorded(app, recorded.about).await?;
            let (name, href) = (plan.title(), Plan::desk_path(plan.id));
            for agency in Plan::agencies_named(app, plan.id).await? {
                Notice::tell(app, recorded, agency, Words { key: "notice-plan-adopted", name: &name, href: &href }).await?;
            }
            opening::settle(app, recorded.about).await?;
            measures::suggesting::settle(app, recorded.about).await?;
        }
        Fact::PlanReplaced { .. } => {
            opening::settle(app, recorded.about).await?;
        }
        // Their own removal needs no telling.
        Fact::PasskeyRemoved { label } if recorded.person != Some(recorded.about) => {
            let words = Words { key: "notice-passkey-removed", name: &label, href: "/desk/account" };
            Notice::tell(app, recorded, recorded.about, words).await?;
        }
        Fact::AnswerReturned { .. } | Fact::AnswerAccepted { .. } | Fact::SlotUnlocked { .. } | Fact::ProofLinkLost { .. } => {
            let (slot, title) = Duty::of_slot(app, recorded.about).await?;
            let key = match fact {
                Fact::AnswerReturned { .. } => "notice-answer-returned",
                Fact::AnswerAccepted { .. } => "notice-answer-accepted",
                Fact::ProofLinkLost { .. } => "notice-proof-link-lost",
                _ => "notice-slot-unlocked",
            };
            Notice::tell(app, recorded, slot.agency, Words { key, name: &title, href: &Slot::desk_path(slot.id) }).await?;
        }
        Fact::UnlockRequested => {
            let (slot, title) = Duty::of_slot(app, recorded.about).await?;
            let words = Words { key: "notice-unlock-requested", name: &title, href: &Slot::desk_path(slot.id) };
            for person in grant::Model::people_with(&app.db, &[Role::Coordinator]).await? {
                Notice::tell(app, recorded, person, words).await?;
            }
        }
        Fact::AnswerPresented | Fact::PresentationReturned { .. } => {
            duties::clearance::notices::tell(app, recorded, &fact).await?;
        }
        Fact::OversightChanged { ref named, .. } => duties::oversight::tell(app, recorded, named).await?,
        Fact::RequestMade { ref title, .. } => {
            for (agency, slot) in Request::asked(app, recorded.about).await? {
                let href = Slot::desk_path(slot);
                Notice::tell(app, recorded, agency, Words { key: "notice-request-made", name: title, href: &href }).await?;
            }
        }
        Fact::RequestWithdrawn { ref title, .. } => {
            for (agency, slot) in Request::released(app, recorded.about).await? {
                let href = Slot::desk_path(slot);
                Notice::tell(app, recorded, agency, Words { key: "notice-request-withdrawn", name: title, href: &href }).await?;
            }
        }
        Fact::WorkAssigned { slots } => {
            let count = slots.to_string();
            let words = Words { key: "notice-work-assigned", name: &count, href: "/desk/duties?whose=mine" };
            Notice::tell(app, recorded, recorded.about, words).await?;
        }
        Fact::AgencyReminded { .. } => {
            let words = Words { key: "notice-reminded", name: "", href: "/desk/duties" };
            Notice::tell(app, recorded, recorded.about, words).await?;
        }
        Fact::EstimateSubmitted { .. }
        | Fact::EstimateAppraised { .. }
        | Fact::EstimateApproved { .. }
        | Fact::EstimateReturned { .. }
        | Fact::EstimateSpent { whole: true, .. } => estimates::notices::tell(app, recorded, &fact).await?,
        Fact::CaseRaised { .. }
        | Fact::CaseTaken { .. }
        | Fact::CaseQuestioned { .. }
        | Fact::CaseReplied { .. }
        | Fact::CaseAnswered { .. }
        | Fact::CasePassedUp { .. }
        | Fact::CasePassedOn { .. }
        | Fact::CaseSolved { .. }
        | Fact::CaseReopened { .. }
        | Fact::CaseWithdrawn { .. }
        | Fact::CaseLapsed { .. }
        | Fact::CaseReminded { .. }
        | Fact::CaseReplyReminded { .. } => cases::notices::tell(app, recorded, &fact).await?,
        Fact::InspectionWithdrawn { .. }
        | Fact::ConclusionPublished { .. }
        | Fact::FindingAnswered { .. }
        | Fact::FindingRemedied { .. }
        | Fact::FindingNotRemedied { .. }
        | Fact::FindingsReminded { .. } => inspections::notices::tell(app, recorded, &fact).await?,
        Fact::ArticleSubmitted { .. }
        | Fact::ArticlePassed { .. }
        | Fact::ArticleReturned { .. }
        | Fact::ArticleApproved { .. }
        | Fact::ApprovalOverridden { .. }
        | Fact::ArticleMissed { .. }
        | Fact::ArticleLockTaken { .. } => news::notices::tell(app, recorded, &fact).await?,
        Fact::ArticlePublished { .. } => {
            news::notices::tell(app, recorded, &fact).await?;
            syndication::following::article_changed(app, recorded, &fact).await?;
            push::order::placing::article_published(app, recorded).await?;
            reach::watch::article_published(app, recorded.about).await?;
        }
        Fact::ArticleCorrected { .. } | Fact::ArticleWithdrawn { .. } | Fact::ArticleTakenDown { .. } => {
            // What spread it stops first: a notice can wait.
            channels::following::article_changed(app, recorded, &fact).await?;
            newsletters::following::article_changed(app, recorded, &fact).await?;
            syndication::following::article_changed(app, recorded, &fact).await?;
            loudspeakers::following::article_changed(app, recorded, &fact).await?;
            push::order::stopping::article_changed(app, recorded).await?;
            news::notices::tell(app, recorded, &fact).await?;
            // Last: it asks where the copies stand now.
            retractions::case::opening::article_changed(app, recorded, &fact).await?;
        }
        Fact::PublicationSubmitted { .. }
        | Fact::PublicationApproved { .. }
        | Fact::PublicationReturned { .. }
        | Fact::PublicationPublished { .. }
        | Fact::PublicationLockTaken { .. }
        | Fact::PublicationWithdrawn { .. } => publications::notices::tell(app, recorded, &fact).await?,
        Fact::ChannelAccountDead { .. }
        | Fact::PieceSubmitted { .. }
        | Fact::PieceReturned { .. }
        | Fact::PieceApproved { .. }
        | Fact::PieceWithdrawn { .. }
        | Fact::DeliveryFailed { .. } => channels::notices::tell(app, recorded, &fact).await?,
        Fact::DeliveryUnknown { .. } => {
            channels::notices::tell(app, recorded, &fact).await?;
            retractions::looking::piece_changed(app, recorded.about).await?;
        }
        Fact::DeliveryConfirmed { .. } | Fact::DeliveryResolved { .. } => {
            // A copy that is out is watched from now on.
            reach::watch::piece_confirmed(app, recorded.about).await?;
            retractions::looking::piece_changed(app, recorded.about).await?;
        }
        Fact::DeliveryRetracted { .. } => retractions::looking::piece_changed(app, recorded.about).await?,
        Fact::DatabaseRestored { .. } => {
            // Each capability that sends holds what is planned: until this is answered none of them sends (see base/restored.rs).
            channels::delivery::holding::hold_all(app, recorded).await?;
            newsletters::following::database_restored(app, recorded).await?;
            push::order::stopping::database_restored(app).await?;
            questions::message::drop_all(app).await?;
            loudspeakers::hold_all(app, &By::system().because(loudspeakers::RESTORED)).await?;
            let words = Words { key: "notice-database-restored", name: "", href: "/desk/ledger" };
            for person in grant::Model::people_with(&app.db, &[Role::SystemAdministrator]).await? {
                Notice::tell(app, recorded, person, words).await?;
            }
        }
        Fact::IssueDrafted { .. }
        | Fact::IssueSubmitted { .. }
        | Fact::IssueReturned { .. }
        | Fact::IssueHeld { .. }
        | Fact::IssueCancelled { .. }
        | Fact::IssueEnded { .. }
        | Fact::LettersUnknown { .. } => newsletters::notices::tell(app, recorded, &fact).await?,
        Fact::BulletinSubmitted { .. }
        | Fact::BulletinReturned { .. }
        | Fact::BulletinApproved { .. }
        | Fact::BulletinVoided { .. }
        | Fact::BulletinWithdrawn { .. }
        | Fact::AiringStopped { .. }
        | Fact::AiringSettled { .. }
        | Fact::EmergencyProposed { .. }
        | Fact::EmergencyReleased { .. }
        | Fact::EmergencyRefused { .. } => loudspeakers::notices::tell(app, recorded, &fact).await?,
        Fact::RetractionOpened { .. }
        | Fact::RetractionJoined { .. }
        | Fact::RetractionAssigned { .. }
        | Fact::RetractionClosed { .. }
        | Fact::RetractionReopened { .. }
        | Fact::RetractionReminded { .. } => retractions::notices::tell(app, recorded, &fact).await?,
        Fact::CampaignStarted { .. } | Fact::CampaignClosed { .. } => campaigns::notices::tell(app, recorded, &fact).await?,
        Fact::CriteriaSubmitted { .. }
        | Fact::CriteriaReturned { .. }
        | Fact::CriteriaIssued { .. }
        | Fact::CriteriaAppraiserNamed { .. }
        | Fact::CriteriaScoringOpened { .. }
        | Fact::CriteriaExtended { .. }
        | Fact::CriteriaAppealsOpened { .. }
        | Fact::CriteriaPublished { .. }
        | Fact::CriteriaAppealed { .. }
        | Fact::CriteriaAppealAnswered { .. }
        | Fact::CriteriaReminded { .. } => criteria::notices::tell(app, recorded, &fact).await?,
        Fact::ReportDrafted { .. }
        | Fact::ReportSubmitted { .. }
        | Fact::ReportReturned { .. }
        | Fact::ReportSigned { .. }
        | Fact::ReportIssued { .. } => reports::notices::tell(app, recorded, &fact).await?,
        Fact::QuestionAsked { .. }
        | Fact::QuestionRouted { .. }
        | Fact::QuestionPassedOn { .. }
        | Fact::QuestionReplied { .. }
        | Fact::QuestionAnswerPresented { .. }
        | Fact::QuestionAnswerReturned { .. }
        | Fact::QuestionReopened { .. }
        | Fact::QuestionWithdrawn { .. }
        | Fact::QuestionParted
        | Fact::QuestionRestored
        | Fact::QuestionReminded { .. } => questions::notices::tell(app, recorded, &fact).await?,
        Fact::PeriodClosed { .. } => {
            measures::freezing::freeze(app, recorded).await?;
            reports::ahead::after_closing(app, recorded).await?;
        }
        // Their own making and revoking needs no telling.
        Fact::ApiTokenMade { label, .. } if recorded.person != Some(recorded.about) => {
            let words = Words { key: "notice-api-token-made", name: &label, href: "/desk/api-tokens" };
            Notice::tell(app, recorded, recorded.about, words).await?;
        }
        Fact::ApiTokenRevoked { label } if recorded.person != Some(recorded.about) => {
            let words = Words { key: "notice-api-token-revoked", name: &label, href: "/desk/api-tokens" };
            Notice::tell(app, recorded, recorded.about, words).await?;
        }
        Fact::WebhookFailed { host, .. } => {
            let keeper = Webhook::made_by(app, recorded.about).await?;
            let words = Words { key: "notice-webhook-failed", name: &host, href: &Webhook::path(recorded.about) };
            if let Some(person) = keeper {
                Notice::tell(app, recorded, person, words).await?;
            }
        }
        // Facts that are read where they are needed and set nothing in motion.
        #[rustfmt::skip]
        Fact::AgencyOpened { .. } | Fact::AgencyEdited { .. } | Fact::AgencyRenamed { .. } | Fact::AgencyClosed { .. }
        | Fact::AgencySucceeded { .. } | Fact::AgencyConfirmed | Fact::AgenciesImported { .. } | Fact::BoundariesImported { .. }
        | Fact::PersonAdded { .. } | Fact::PersonEdited { .. } | Fact::PersonDisabled | Fact::PersonEnabled
        | Fact::InvitationMade { .. } | Fact::InvitationUsed { .. } | Fact::RoleGranted { .. } | Fact::RoleRevoked { .. }
        | Fact::SignedIn { .. } | Fact::SignInRefused { .. } | Fact::SignedOut | Fact::SessionRevoked { .. }
        | Fact::PasswordChanged | Fact::TotpEnabled | Fact::TotpDisabled | Fact::RecoveryCodesMade
        | Fact::RecoveryCodeUsed { .. } | Fact::PasskeyAdded { .. } | Fact::PasskeyRemoved { .. } | Fact::PasskeyRenamed { .. }
        | Fact::SignOnLinked { .. } | Fact::SignOnUnlinked { .. } | Fact::WebhookAdded { .. } | Fact::WebhookChanged { .. }
        | Fact::WebhookRemoved { .. } | Fact::ApiTokenMade { .. } | Fact::ApiTokenRevoked { .. } | Fact::AssetUploaded { .. }
        | Fact::AssetReferenced { .. } | Fact::UploadRefused { .. } | Fact::AssetDescribed { .. } | Fact::AssetUsed { .. }
        | Fact::AssetReleased { .. } | Fact::AssetDeleted { .. } | Fact::AssetRestored { .. } | Fact::AssetCleared { .. }
        | Fact::AccessRefused { .. } | Fact::MailPlanned { .. } | Fact::MailSent { .. } | Fact::MailFailed { .. }
        | Fact::MailUnknown { .. } | Fact::PlanRead { .. } | Fact::PlanEdited { .. } | Fact::ProvisionAdded { .. }
        | Fact::ProvisionCorrected { .. } | Fact::ProvisionConfirmed { .. } | Fact::ProvisionsConfirmed { .. }
        | Fact::ProvisionRemoved { .. } | Fact::AmendmentConfirmed { .. } | Fact::PlanDiscarded | Fact::ProgressPublished
        | Fact::ProgressWithdrawn | Fact::CalendarFeedMade | Fact::CalendarFeedRevoked | Fact::DutiesSettled { .. }
        | Fact::DutyChanged { .. } | Fact::ReportTemplateSaved { .. } | Fact::ReportRegimeSet { .. } | Fact::ReportEdited { .. }
        | Fact::ReportRecalled { .. } | Fact::ReportDropped { .. } | Fact::ReportReplaced { .. } | Fact::ReportShown { .. }
        | Fact::ReportHidden { .. } | Fact::ReportNumberTaken { .. } | Fact::ReportNumberCancelled { .. }
        | Fact::DaysOffSettled { .. } | Fact::DayOffNoted { .. } | Fact::DayOffRemoved { .. } | Fact::ProofAdded { .. }
        | Fact::ProofTakenBack { .. } | Fact::ProofLinkFound { .. } | Fact::AnswerSubmitted { .. } | Fact::FormChanged { .. }
        | Fact::DocumentBound { .. } | Fact::SlotAssigned { .. } | Fact::AnswerCleared { .. } | Fact::PresentationWithdrawn
        | Fact::ClearanceSet { .. } | Fact::AgencyPlanDrafted { .. } | Fact::AgencyPlanEdited { .. }
        | Fact::AgencyPlanRemoved { .. } | Fact::AgencyPlanIssued { .. } | Fact::AgencyPlanReplaced { .. }
        | Fact::EstimateBegun { .. } | Fact::EstimateEdited { .. } | Fact::EstimateSpent { .. }
        | Fact::FundingSourceRenamed { .. } | Fact::CaseLadderSettled { .. } | Fact::InspectionPlanned { .. }
        | Fact::VisitChecked { .. } | Fact::FindingAdded { .. } | Fact::FindingTakenBack { .. } | Fact::ArticleDrafted { .. }
        | Fact::ArticleEdited { .. } | Fact::ArticleRestored { .. } | Fact::ArticleRecalled { .. }
        | Fact::OwnApprovalRefused { .. } | Fact::ArticleScheduled { .. } | Fact::ArticleUnscheduled { .. }
        | Fact::ArticleLinkMade { .. } | Fact::SectionMade { .. } | Fact::EnglishItemNamed { .. } | Fact::EmbedHostAdded { .. }
        | Fact::EmbedHostRemoved { .. } | Fact::SectionChanged { .. } | Fact::ArticlesImported { .. }
        | Fact::SiteFactsChanged { .. } | Fact::PublicationDrafted { .. } | Fact::PublicationEdited { .. }
        | Fact::PublicationRecalled { .. } | Fact::ChannelAccountAdded { .. } | Fact::ChannelAccountChanged { .. }
        | Fact::PieceDrafted { .. } | Fact::PieceEdited { .. } | Fact::NewsletterMade { .. } | Fact::NewsletterChanged { .. }
        | Fact::SubscriberAsked { .. } | Fact::SubscriberJoined { .. } | Fact::SubscriberLeft { .. }
        | Fact::SubscriberErased { .. } | Fact::SubscriberSuppressed { .. } | Fact::SubscribersImported { .. }
        | Fact::SubscribersExported { .. } | Fact::BounceIgnored { .. } | Fact::IssueEdited { .. } | Fact::IssueRecalled { .. }
        | Fact::IssueApproved { .. } | Fact::IssueBegan { .. } | Fact::IssuePaused { .. } | Fact::IssueResumed { .. }
        | Fact::LettersResolved { .. } | Fact::IssueTested { .. } | Fact::ActorSwitched { .. } | Fact::ActorChanged { .. }
        | Fact::HostBlocked { .. } | Fact::HostUnblocked { .. } | Fact::HostReleased { .. } | Fact::ArticleSyndicated { .. }
        | Fact::PodcastOpened { .. } | Fact::PodcastChanged { .. } | Fact::LoudStationAdded { .. }
        | Fact::LoudStationChanged { .. } | Fact::LoudClustersImported { .. } | Fact::LoudClusterAdded { .. }
        | Fact::LoudClusterChanged { .. } | Fact::LoudClusterKeyMade { .. } | Fact::LoudClusterTroubled { .. }
        | Fact::LoudClusterPower { .. } | Fact::LoudTermSet { .. } | Fact::LoudTermRemoved { .. } | Fact::BulletinDrafted { .. }
        | Fact::BulletinEdited { .. } | Fact::BulletinSoundSet { .. } | Fact::BulletinSoundRefused { .. }
        | Fact::AiringPlanned { .. } | Fact::AiringRepeated { .. } | Fact::PushKeyMade | Fact::PushSubscribed { .. }
        | Fact::PushInterestsChanged { .. } | Fact::PushEnded { .. } | Fact::PushSwitched { .. } | Fact::PushRuleSet { .. }
        | Fact::PushOrdered { .. } | Fact::PushBuilt { .. } | Fact::PushStopped { .. } | Fact::PushFinished { .. }
        | Fact::RetractionLooked { .. } | Fact::RetractionCopyLeft { .. } | Fact::RetractionCopyTakenUp { .. }
        | Fact::RetractionDueSet { .. } | Fact::RetractionTermSet { .. } | Fact::ReachSettled { .. } | Fact::ReachCleared { .. }
        | Fact::CriteriaDrafted { .. } | Fact::CriteriaEdited { .. } | Fact::CriteriaDropped { .. }
        | Fact::CriteriaAppraisalBegan { .. } | Fact::CriteriaRecounted { .. } | Fact::CriteriaScored { .. }
        | Fact::CriteriaEvidenceAdded { .. } | Fact::CriteriaEvidenceRemoved { .. } | Fact::CriteriaAppraised { .. }
        | Fact::CriteriaAgreed { .. } | Fact::CampaignDrafted { .. } | Fact::CampaignEdited { .. }
        | Fact::CampaignDropped { .. } | Fact::CampaignItemClaimed { .. } | Fact::CampaignItemReleased { .. }
        | Fact::CampaignAsked { .. } | Fact::CampaignShown { .. } | Fact::CampaignHidden { .. } | Fact::RegisterDrafted { .. }
        | Fact::RegisterChanged { .. } | Fact::RegisterConfirmed { .. } | Fact::RegisterReturned { .. }
        | Fact::RegisterWithdrawn { .. } | Fact::RegisterEvidenceAdded { .. } | Fact::RegisterEvidenceRemoved { .. }
        | Fact::RegisterImported { .. } | Fact::RegisterMadeSecret { .. } | Fact::SecretCountSaved { .. }
        | Fact::SecretCountSigned { .. } | Fact::MeasureSuggested { .. } | Fact::MeasureDefined { .. }
        | Fact::MeasureRedefined { .. } | Fact::MeasureConfirmed { .. } | Fact::MeasureRetired { .. }
        | Fact::MeasuresSettled { .. } | Fact::MeasuresFrozen { .. } | Fact::OutsideValuesImported { .. }
        | Fact::OutsideValuesWithdrawn { .. } | Fact::CuratedDrafted { .. } | Fact::CuratedEdited { .. }
        | Fact::CuratedApproved { .. } | Fact::CuratedBegan { .. } | Fact::CuratedReturned { .. }
        | Fact::CuratedWithdrawn { .. } | Fact::CuratedExpired { .. } | Fact::AssistantGapSettled { .. }
        | Fact::AssistantEvaluated { .. } | Fact::AssistantOriginAdded { .. } | Fact::AssistantOriginRemoved { .. }
        | Fact::QuestionMoreAsked { .. } | Fact::QuestionAnswered { .. } | Fact::QuestionShown | Fact::QuestionHidden
        | Fact::QuestionMarked { .. } | Fact::QuestionJoined { .. } | Fact::QuestionDropped | Fact::QuestionLapsed { .. }
        | Fact::QuestionOriginalRead | Fact::QuestionRemoved | Fact::QuestionSettingsChanged { .. }
        | Fact::ProtectedReaderNamed | Fact::ProtectedReaderRemoved => {}
    }
    // What is public is told to whoever subscribed to it.
    Delivery::plan(app, recorded).await?;
    Ok(())
}
