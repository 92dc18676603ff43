//! Facts in words: what the ledger, and the history of a person, an agency or a plan say happened.

mod assistant;
mod campaigns;
mod cases;
mod changes;
mod channels;
mod connections;
mod criteria;
mod duties;
mod events;
mod inspections;
mod levels;
mod library;
mod loudspeakers;
mod mail;
mod measured;
mod money;
mod news;
mod newsletters;
mod people;
mod plans;
mod publications;
mod push;
mod questions;
mod reach;
mod registers;
mod reports;
mod retractions;
mod syndication;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use uuid::Uuid;

use self::connections::connection;
pub use self::events::{Event, Events};
use super::agency::brief::Brief;
use crate::base::Fact;
use crate::web::Locale;

/// A fact in words: one line, and what belongs to it (e.g. each field that changed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    pub title: String,
    pub details: Vec<String>,
}

impl Telling {
    fn new(title: String) -> Self {
        Self { title, details: Vec::new() }
    }

    fn with(self, details: Vec<String>) -> Self {
        Self { details, ..self }
    }
}

/// The agencies whose names may be said; facts hold ids only.
pub type Agencies = HashMap<Uuid, Brief>;

/// What happened, in words. Other agencies that the fact names by id are not called by name: see [`told_among`].
#[must_use]
pub fn told(l: Locale, fact: &Fact) -> Telling {
    told_among(l, fact, &Agencies::new())
}

/// What happened, in words, with the names of these agencies.
#[must_use]
pub fn told_among(l: Locale, fact: &Fact, agencies: &Agencies) -> Telling {
    Teller { l, agencies }.told(fact)
}

/// Tells in one language, knowing these agencies.
struct Teller<'a> {
    l: Locale,
    agencies: &'a Agencies,
}

impl Teller<'_> {
    /// Each fact goes to its family; the compiler asks for every new one.
    #[expect(clippy::too_many_lines, reason = "one line a fact: that the list is whole is its point")]
    #[rustfmt::skip]
    fn told(&self, fact: &Fact) -> Telling {
        match fact {
            Fact::AgencyOpened { .. } | Fact::AgencyEdited { .. } | Fact::AgencyRenamed { .. } | Fact::AgencyClosed { .. }
            | Fact::AgencySucceeded { .. } | Fact::AgencyConfirmed | Fact::AgenciesImported { .. }
            | Fact::BoundariesImported { .. } => self.agency(fact),
            Fact::PersonAdded { .. } | Fact::PersonEdited { .. } | Fact::PersonDisabled | Fact::PersonEnabled
            | Fact::InvitationMade { .. } | Fact::InvitationUsed { .. } | Fact::RoleGranted { .. }
            | Fact::RoleRevoked { .. } => self.person(fact),
            Fact::SignedIn { .. } | Fact::SignInRefused { .. } | Fact::SignedOut | Fact::SessionRevoked { .. }
            | Fact::PasswordChanged | Fact::TotpEnabled | Fact::TotpDisabled | Fact::RecoveryCodesMade
            | Fact::RecoveryCodeUsed { .. } | Fact::PasskeyAdded { .. } | Fact::PasskeyRemoved { .. }
            | Fact::PasskeyRenamed { .. } | Fact::SignOnLinked { .. } | Fact::SignOnUnlinked { .. } | Fact::ApiTokenMade { .. }
            | Fact::ApiTokenRevoked { .. } | Fact::AccessRefused { .. } => self.access(fact),
            Fact::MailPlanned { .. } | Fact::MailSent { .. } | Fact::MailFailed { .. } | Fact::MailUnknown { .. } => {
                self.mail(fact)
            }
            Fact::AssetUploaded { .. } | Fact::AssetReferenced { .. } | Fact::UploadRefused { .. } | Fact::AssetDescribed { .. }
            | Fact::AssetUsed { .. } | Fact::AssetReleased { .. } | Fact::AssetDeleted { .. } | Fact::AssetRestored { .. }
            | Fact::AssetCleared { .. } => self.asset(fact),
            Fact::WebhookAdded { .. } | Fact::WebhookChanged { .. } | Fact::WebhookRemoved { .. }
            | Fact::WebhookFailed { .. } => connection(self.l, fact).unwrap_or_else(|| self.unknown()),
            Fact::PlanRead { .. } | Fact::PlanEdited { .. } | Fact::ProvisionAdded { .. } | Fact::ProvisionCorrected { .. }
            | Fact::ProvisionConfirmed { .. } | Fact::ProvisionsConfirmed { .. } | Fact::ProvisionRemoved { .. }
            | Fact::AmendmentConfirmed { .. } | Fact::PlanAdopted { .. } | Fact::PlanReplaced { .. } | Fact::PlanDiscarded
            | Fact::ProgressPublished | Fact::ProgressWithdrawn => self.plan(fact),
            Fact::DutiesSettled { .. } | Fact::DaysOffSettled { .. } | Fact::DayOffNoted { .. } | Fact::DayOffRemoved { .. }
            | Fact::ProofAdded { .. } | Fact::ProofTakenBack { .. } | Fact::AnswerSubmitted { .. } | Fact::AnswerAccepted { .. }
            | Fact::AnswerReturned { .. } | Fact::SlotUnlocked { .. } | Fact::UnlockRequested | Fact::SlotAssigned { .. }
            | Fact::WorkAssigned { .. } | Fact::DutyChanged { .. } | Fact::RequestMade { .. } | Fact::RequestWithdrawn { .. }
            | Fact::FormChanged { .. } | Fact::DocumentBound { .. } | Fact::CalendarFeedMade | Fact::CalendarFeedRevoked
            | Fact::AgencyReminded { .. } => self.duty(fact),
            Fact::ProofLinkLost { .. } | Fact::ProofLinkFound { .. } | Fact::AnswerPresented | Fact::AnswerCleared { .. }
            | Fact::PresentationReturned { .. } | Fact::PresentationWithdrawn | Fact::ClearanceSet { .. }
            | Fact::OversightChanged { .. } | Fact::PeriodClosed { .. } => self.level(fact),
            Fact::ArticleDrafted { .. } | Fact::ArticleEdited { .. } | Fact::ArticleRestored { .. }
            | Fact::ArticleSubmitted { .. } | Fact::ArticlePassed { .. } | Fact::ArticleReturned { .. }
            | Fact::ArticleRecalled { .. } | Fact::ArticleApproved { .. } | Fact::ApprovalOverridden { .. }
            | Fact::OwnApprovalRefused { .. } | Fact::ArticleScheduled { .. } | Fact::ArticleUnscheduled { .. }
            | Fact::ArticleMissed { .. } | Fact::ArticlePublished { .. } | Fact::ArticleCorrected { .. }
            | Fact::ArticleWithdrawn { .. } | Fact::ArticleTakenDown { .. } | Fact::ArticleLockTaken { .. }
            | Fact::ArticleLinkMade { .. } | Fact::SectionMade { .. } | Fact::EnglishItemNamed { .. }
            | Fact::EmbedHostAdded { .. } | Fact::EmbedHostRemoved { .. } | Fact::SectionChanged { .. }
            | Fact::ArticlesImported { .. } | Fact::SiteFactsChanged { .. } => self.news(fact),
            Fact::PublicationDrafted { .. } | Fact::PublicationEdited { .. } | Fact::PublicationSubmitted { .. }
            | Fact::PublicationApproved { .. } | Fact::PublicationReturned { .. } | Fact::PublicationRecalled { .. }
            | Fact::PublicationPublished { .. } | Fact::PublicationLockTaken { .. }
            | Fact::PublicationWithdrawn { .. } => self.publication(fact),
            Fact::ChannelAccountAdded { .. } | Fact::ChannelAccountChanged { .. } | Fact::ChannelAccountDead { .. }
            | Fact::PieceDrafted { .. } | Fact::PieceEdited { .. } | Fact::PieceSubmitted { .. } | Fact::PieceReturned { .. }
            | Fact::PieceApproved { .. } | Fact::PieceWithdrawn { .. } | Fact::DeliveryConfirmed { .. }
            | Fact::DeliveryFailed { .. } | Fact::DeliveryUnknown { .. } | Fact::DeliveryResolved { .. }
            | Fact::DeliveryRetracted { .. } | Fact::DatabaseRestored { .. } => self.channel(fact),
            Fact::NewsletterMade { .. } | Fact::NewsletterChanged { .. } | Fact::SubscriberAsked { .. }
            | Fact::SubscriberJoined { .. } | Fact::SubscriberLeft { .. } | Fact::SubscriberErased { .. }
            | Fact::SubscriberSuppressed { .. } | Fact::SubscribersImported { .. } | Fact::SubscribersExported { .. }
            | Fact::BounceIgnored { .. } | Fact::IssueDrafted { .. } | Fact::IssueEdited { .. } | Fact::IssueSubmitted { .. }
            | Fact::IssueReturned { .. } | Fact::IssueRecalled { .. } | Fact::IssueApproved { .. } | Fact::IssueBegan { .. }
            | Fact::IssuePaused { .. } | Fact::IssueResumed { .. } | Fact::IssueHeld { .. } | Fact::IssueCancelled { .. }
            | Fact::IssueEnded { .. } | Fact::LettersUnknown { .. } | Fact::LettersResolved { .. }
            | Fact::IssueTested { .. } => self.newsletter(fact),
            Fact::ActorSwitched { .. } | Fact::ActorChanged { .. } | Fact::HostBlocked { .. } | Fact::HostUnblocked { .. }
            | Fact::HostReleased { .. } | Fact::ArticleSyndicated { .. } | Fact::PodcastOpened { .. }
            | Fact::PodcastChanged { .. } => syndication::told(self.l, fact),
            Fact::LoudStationAdded { .. } | Fact::LoudStationChanged { .. } | Fact::LoudClustersImported { .. }
            | Fact::LoudClusterAdded { .. } | Fact::LoudClusterChanged { .. } | Fact::LoudClusterKeyMade { .. }
            | Fact::LoudClusterTroubled { .. } | Fact::LoudClusterPower { .. } | Fact::LoudTermSet { .. }
            | Fact::LoudTermRemoved { .. } | Fact::BulletinDrafted { .. } | Fact::BulletinEdited { .. }
            | Fact::BulletinSoundSet { .. } | Fact::BulletinSoundRefused { .. } | Fact::BulletinSubmitted { .. }
            | Fact::BulletinReturned { .. } | Fact::BulletinApproved { .. } | Fact::BulletinVoided { .. }
            | Fact::BulletinWithdrawn { .. } | Fact::AiringPlanned { .. } | Fact::AiringStopped { .. }
            | Fact::AiringSettled { .. } | Fact::AiringRepeated { .. } | Fact::EmergencyProposed { .. }
            | Fact::EmergencyReleased { .. } | Fact::EmergencyRefused { .. } => self.loudspeakers(fact),
            Fact::PushKeyMade | Fact::PushSubscribed { .. } | Fact::PushInterestsChanged { .. } | Fact::PushEnded { .. }
            | Fact::PushSwitched { .. } | Fact::PushRuleSet { .. } | Fact::PushOrdered { .. } | Fact::PushBuilt { .. }
            | Fact::PushStopped { .. } | Fact::PushFinished { .. } => self.push(fact),
            Fact::RetractionOpened { .. } | Fact::RetractionJoined { .. } | Fact::RetractionLooked { .. }
            | Fact::RetractionCopyLeft { .. } | Fact::RetractionCopyTakenUp { .. } | Fact::RetractionAssigned { .. }
            | Fact::RetractionDueSet { .. } | Fact::RetractionClosed { .. } | Fact::RetractionReopened { .. }
            | Fact::RetractionReminded { .. } | Fact::RetractionTermSet { .. } => self.retraction(fact),
            Fact::ReachSettled { .. } | Fact::ReachCleared { .. } => reach::of_reach(self.l, fact),
            Fact::CriteriaDrafted { .. } | Fact::CriteriaEdited { .. } | Fact::CriteriaSubmitted { .. }
            | Fact::CriteriaReturned { .. } | Fact::CriteriaIssued { .. } | Fact::CriteriaDropped { .. }
            | Fact::CriteriaAppraiserNamed { .. }
            | Fact::CriteriaScoringOpened { .. } | Fact::CriteriaExtended { .. } | Fact::CriteriaAppraisalBegan { .. }
            | Fact::CriteriaAppealsOpened { .. } | Fact::CriteriaPublished { .. } | Fact::CriteriaRecounted { .. }
            | Fact::CriteriaReminded { .. } | Fact::CriteriaScored { .. } | Fact::CriteriaEvidenceAdded { .. }
            | Fact::CriteriaEvidenceRemoved { .. } | Fact::CriteriaAppraised { .. } | Fact::CriteriaAgreed { .. }
            | Fact::CriteriaAppealed { .. } | Fact::CriteriaAppealAnswered { .. } => criteria::of_criteria(self.l, fact),
            Fact::CampaignDrafted { .. } | Fact::CampaignEdited { .. } | Fact::CampaignStarted { .. }
            | Fact::CampaignDropped { .. } | Fact::CampaignItemClaimed { .. } | Fact::CampaignItemReleased { .. }
            | Fact::CampaignAsked { .. } | Fact::CampaignClosed { .. } | Fact::CampaignShown { .. }
            | Fact::CampaignHidden { .. } => campaigns::of_campaign(self.l, fact),
            Fact::RegisterDrafted { .. } | Fact::RegisterChanged { .. } | Fact::RegisterConfirmed { .. }
            | Fact::RegisterReturned { .. } | Fact::RegisterWithdrawn { .. } | Fact::RegisterEvidenceAdded { .. }
            | Fact::RegisterEvidenceRemoved { .. } | Fact::RegisterImported { .. } | Fact::RegisterMadeSecret { .. }
            | Fact::SecretCountSaved { .. } | Fact::SecretCountSigned { .. } => registers::of_register(self.l, fact),
            Fact::MeasureSuggested { .. } | Fact::MeasureDefined { .. } | Fact::MeasureRedefined { .. }
            | Fact::MeasureConfirmed { .. } | Fact::MeasureRetired { .. } | Fact::MeasuresSettled { .. }
            | Fact::MeasuresFrozen { .. } => measured::of_measure(self.l, fact),
            Fact::ReportTemplateSaved { .. } | Fact::ReportRegimeSet { .. } | Fact::ReportDrafted { .. }
            | Fact::ReportEdited { .. } | Fact::ReportSubmitted { .. } | Fact::ReportRecalled { .. }
            | Fact::ReportReturned { .. } | Fact::ReportSigned { .. } | Fact::ReportDropped { .. } | Fact::ReportIssued { .. }
            | Fact::ReportReplaced { .. } | Fact::ReportShown { .. } | Fact::ReportHidden { .. }
            | Fact::ReportNumberTaken { .. } | Fact::ReportNumberCancelled { .. } => reports::of_report(self.l, fact),
            Fact::QuestionAsked { .. } | Fact::QuestionRouted { .. } | Fact::QuestionPassedOn { .. }
            | Fact::QuestionMoreAsked { .. } | Fact::QuestionReplied { .. } | Fact::QuestionAnswerPresented { .. }
            | Fact::QuestionAnswerReturned { .. } | Fact::QuestionAnswered { .. } | Fact::QuestionShown | Fact::QuestionHidden
            | Fact::QuestionReopened { .. } | Fact::QuestionMarked { .. } | Fact::QuestionJoined { .. } | Fact::QuestionParted
            | Fact::QuestionDropped | Fact::QuestionRestored | Fact::QuestionLapsed { .. } | Fact::QuestionWithdrawn { .. }
            | Fact::QuestionReminded { .. } | Fact::QuestionOriginalRead | Fact::QuestionRemoved
            | Fact::QuestionSettingsChanged { .. } | Fact::ProtectedReaderNamed
            | Fact::ProtectedReaderRemoved => self.question(fact),
            Fact::OutsideValuesImported { .. } | Fact::OutsideValuesWithdrawn { .. } => measured::of_outside(self.l, fact),
            Fact::CuratedDrafted { .. } | Fact::CuratedEdited { .. } | Fact::CuratedApproved { .. }
            | Fact::CuratedBegan { .. } | Fact::CuratedReturned { .. } | Fact::CuratedWithdrawn { .. }
            | Fact::CuratedExpired { .. } | Fact::AssistantGapSettled { .. } | Fact::AssistantEvaluated { .. }
            | Fact::AssistantOriginAdded { .. } | Fact::AssistantOriginRemoved { .. } => assistant::of_assistant(self.l, fact),
            Fact::AgencyPlanDrafted { .. } | Fact::AgencyPlanEdited { .. } | Fact::AgencyPlanRemoved { .. }
            | Fact::AgencyPlanIssued { .. } | Fact::AgencyPlanReplaced { .. } => money::of_agency_plan(self.l, fact),
            Fact::EstimateBegun { .. } | Fact::EstimateEdited { .. } | Fact::EstimateSubmitted { .. }
            | Fact::EstimateReturned { .. } | Fact::EstimateAppraised { .. } | Fact::EstimateApproved { .. }
            | Fact::EstimateSpent { .. } | Fact::FundingSourceRenamed { .. } => money::of_estimate(self.l, fact),
            Fact::CaseRaised { .. } | Fact::CaseTaken { .. } | Fact::CaseQuestioned { .. } | Fact::CaseReplied { .. }
            | Fact::CaseAnswered { .. } | Fact::CasePassedUp { .. } | Fact::CasePassedOn { .. } | Fact::CaseSolved { .. }
            | Fact::CaseReopened { .. } | Fact::CaseWithdrawn { .. } | Fact::CaseLapsed { .. } | Fact::CaseReminded { .. }
            | Fact::CaseReplyReminded { .. } | Fact::CaseLadderSettled { .. } => self.case(fact),
            Fact::InspectionPlanned { .. } | Fact::InspectionWithdrawn { .. } | Fact::VisitChecked { .. }
            | Fact::FindingAdded { .. } | Fact::FindingTakenBack { .. } | Fact::ConclusionPublished { .. }
            | Fact::FindingAnswered { .. } | Fact::FindingRemedied { .. } | Fact::FindingNotRemedied { .. }
            | Fact::FindingsReminded { .. } => self.inspection(fact),
        }
    }

    fn unknown(&self) -> Telling {
        Telling::new(self.l.t("agency-fact-other"))
    }

    /// Where a role holds.
    fn place(&self, agency: Option<Uuid>) -> String {
        match agency {
            None => self.l.t("ledger-over-the-province"),
            Some(id) => self.agencies.get(&id).map_or_else(|| self.l.t("ledger-an-agency"), |agency| agency.short_name.clone()),
        }
    }

    /// The names of those that are known, with commas.
    fn names(&self, ids: &[Uuid]) -> String {
        let known = ids.iter().filter_map(|id| self.agencies.get(id)).map(|agency| agency.short_name.as_str());
        known.collect::<Vec<_>>().join(", ")
    }

    /// How somebody signed in: `password+totp`, `oidc:vneid`.
    fn means(&self, means: &str) -> String {
        let (kind, provider) = means.split_once(':').unwrap_or((means, ""));
        self.l.t1(&format!("means-{}", kind.replace('+', "-")), "name", provider)
    }

    /// Why a sign-in was refused: `password`, `oidc:vneid:expired`.
    fn cause(&self, cause: &str) -> String {
        let parts: Vec<&str> = cause.splitn(3, ':').collect();
        match parts[..] {
            ["oidc", provider, code] => self.l.t1(&format!("sign-on-{code}-title"), "name", provider),
            _ => self.l.t(&format!("ledger-cause-{cause}")),
        }
    }
}
