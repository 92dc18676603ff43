//! Kinds of entries in groups that people ask for, and where the things they are about are looked at.

use uuid::Uuid;

use crate::base::{Role, Who};
use crate::people::Agency;

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Agencies,
    People,
    Roles,
    SignIn,
    Refusals,
    Plans,
    Duties,
    AgencyPlans,
    Estimates,
    Cases,
    Inspections,
    Library,
    News,
    Publications,
    Channels,
    Pieces,
    Newsletters,
    Issues,
    Syndication,
    Loudspeakers,
    Push,
    Retractions,
    Reach,
    Campaigns,
    Mail,
    Connections,
}

impl Group {
    pub const ALL: [Self; 20] = [
    pub const ALL: [Self; 19] = [
        Self::Agencies,
        Self::People,
        Self::Roles,
        Self::SignIn,
        Self::Refusals,
        Self::Plans,
        Self::Duties,
        Self::AgencyPlans,
        Self::Estimates,
        Self::Cases,
        Self::Inspections,
        Self::Library,
        Self::News,
        Self::Publications,
        Self::Channels,
        Self::Pieces,
        Self::Newsletters,
        Self::Issues,
        Self::Syndication,
        Self::Loudspeakers,
        Self::Push,
        Self::Retractions,
        Self::Reach,
        Self::Campaigns,
        Self::Mail,
        Self::Connections,
    ];

    /// The word used in addresses and in Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agencies => "agencies",
            Self::People => "people",
            Self::Roles => "roles",
            Self::SignIn => "sign-in",
            Self::Refusals => "refusals",
            Self::Plans => "plans",
            Self::Duties => "duties",
            Self::AgencyPlans => "agency-plans",
            Self::Estimates => "estimates",
            Self::Cases => "cases",
            Self::Inspections => "inspections",
            Self::Library => "library",
            Self::News => "news",
            Self::Publications => "publications",
            Self::Channels => "channels",
            Self::Pieces => "pieces",
            Self::Newsletters => "newsletters",
            Self::Issues => "issues",
            Self::Syndication => "syndication",
            Self::Loudspeakers => "loudspeakers",
            Self::Push => "push",
            Self::Retractions => "retractions",
            Self::Reach => "reach",
            Self::Campaigns => "campaigns",
            Self::Mail => "mail",
            Self::Connections => "connections",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("ledger-group-{}", self.code())
    }

    /// The kinds of facts in it, as the ledger keeps them.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a list of names")]
    pub const fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Agencies => &[
                "AgencyOpened",
                "AgencyEdited",
                "AgencyRenamed",
                "AgencyClosed",
                "AgencySucceeded",
                "AgencyConfirmed",
                "AgenciesImported",
                "BoundariesImported",
            ],
            Self::People => {
                &["PersonAdded", "PersonEdited", "PersonDisabled", "PersonEnabled", "InvitationMade", "InvitationUsed"]
            }
            Self::Roles => &["RoleGranted", "RoleRevoked"],
            Self::SignIn => &[
                "SignedIn",
                "SignedOut",
                "SessionRevoked",
                "PasswordChanged",
                "TotpEnabled",
                "TotpDisabled",
                "RecoveryCodesMade",
                "RecoveryCodeUsed",
                "PasskeyAdded",
                "PasskeyRemoved",
                "PasskeyRenamed",
                "SignOnLinked",
                "SignOnUnlinked",
                "ApiTokenMade",
                "ApiTokenRevoked",
            ],
            Self::Refusals => &["SignInRefused", "AccessRefused", "UploadRefused"],
            Self::Plans => &[
                "PlanRead",
                "PlanEdited",
                "ProvisionAdded",
                "ProvisionCorrected",
                "ProvisionConfirmed",
                "ProvisionsConfirmed",
                "ProvisionRemoved",
                "AmendmentConfirmed",
                "PlanAdopted",
                "PlanReplaced",
                "PlanDiscarded",
                "ProgressPublished",
                "ProgressWithdrawn",
            ],
            Self::Duties => &[
                "DutiesSettled",
                "DaysOffSettled",
                "DayOffNoted",
                "DayOffRemoved",
                "ProofAdded",
                "ProofTakenBack",
                "ProofLinkLost",
                "ProofLinkFound",
                "AnswerSubmitted",
                "AnswerAccepted",
                "AnswerReturned",
                "SlotUnlocked",
                "UnlockRequested",
                "AnswerPresented",
                "AnswerCleared",
                "PresentationReturned",
                "PresentationWithdrawn",
                "ClearanceSet",
                "OversightChanged",
                "SlotAssigned",
                "WorkAssigned",
                "DutyChanged",
                "RequestMade",
                "RequestWithdrawn",
                "PeriodClosed",
                "FormChanged",
                "DocumentBound",
                "CalendarFeedMade",
                "CalendarFeedRevoked",
                "AgencyReminded",
                // About no case.
                "CaseLadderSettled",
            ],
            Self::Cases => &[
                "CaseRaised",
                "CaseTaken",
                "CaseQuestioned",
                "CaseReplied",
                "CaseAnswered",
                "CasePassedUp",
                "CasePassedOn",
                "CaseSolved",
                "CaseReopened",
                "CaseWithdrawn",
                "CaseLapsed",
                "CaseReminded",
                "CaseReplyReminded",
            ],
            Self::Inspections => &[
                "InspectionPlanned",
                "InspectionWithdrawn",
                "VisitChecked",
                "FindingAdded",
                "FindingTakenBack",
                "ConclusionPublished",
                "FindingAnswered",
                "FindingRemedied",
                "FindingNotRemedied",
                "FindingsReminded",
            ],
            Self::News => &[
                "ArticleDrafted",
                "ArticleEdited",
                "ArticleRestored",
                "ArticleSubmitted",
                "ArticlePassed",
                "ArticleReturned",
                "ArticleRecalled",
                "ArticleApproved",
                "ApprovalOverridden",
                "OwnApprovalRefused",
                "ArticleScheduled",
                "ArticleUnscheduled",
                "ArticleMissed",
                "ArticlePublished",
                "ArticleCorrected",
                "ArticleWithdrawn",
                "ArticleTakenDown",
                "ArticleLockTaken",
                "ArticleLinkMade",
                "SectionMade",
                "EnglishItemNamed",
                "EmbedHostAdded",
                "EmbedHostRemoved",
                "SectionChanged",
                "ArticlesImported",
                "SiteFactsChanged",
            ],
            Self::Publications => &[
                "PublicationDrafted",
                "PublicationEdited",
                "PublicationSubmitted",
                "PublicationApproved",
                "PublicationReturned",
                "PublicationRecalled",
                "PublicationPublished",
                "PublicationWithdrawn",
                "PublicationLockTaken",
            ],
            Self::Channels => &["ChannelAccountAdded", "ChannelAccountChanged", "ChannelAccountDead"],
            Self::Loudspeakers => &[
                "LoudStationAdded",
                "LoudStationChanged",
                "LoudClustersImported",
                "LoudClusterAdded",
                "LoudClusterChanged",
                "LoudClusterKeyMade",
                "LoudClusterTroubled",
                "LoudClusterPower",
                "LoudTermSet",
                "LoudTermRemoved",
                "BulletinDrafted",
                "BulletinEdited",
                "BulletinSoundSet",
                "BulletinSoundRefused",
                "BulletinSubmitted",
                "BulletinReturned",
                "BulletinApproved",
                "BulletinVoided",
                "BulletinWithdrawn",
                "AiringPlanned",
                "AiringStopped",
                "AiringSettled",
                "AiringRepeated",
                "EmergencyProposed",
                "EmergencyReleased",
                "EmergencyRefused",
            ],
            Self::Pieces => &[
                "PieceDrafted",
                "PieceEdited",
                "PieceSubmitted",
                "PieceReturned",
                "PieceApproved",
                "PieceWithdrawn",
                "DeliveryConfirmed",
                "DeliveryFailed",
                "DeliveryUnknown",
                "DeliveryResolved",
                "DeliveryRetracted",
                // About nothing: of all that is sent.
                "DatabaseRestored",
            ],
            Self::Newsletters => &[
                "NewsletterMade",
                "NewsletterChanged",
                "SubscriberAsked",
                "SubscriberJoined",
                "SubscriberLeft",
                "SubscriberErased",
                "SubscriberSuppressed",
                "SubscribersImported",
                "SubscribersExported",
                "BounceIgnored",
            ],
            Self::Issues => &[
                "IssueDrafted",
                "IssueEdited",
                "IssueSubmitted",
                "IssueReturned",
                "IssueRecalled",
                "IssueApproved",
                "IssueBegan",
                "IssuePaused",
                "IssueResumed",
                "IssueHeld",
                "IssueCancelled",
                "IssueEnded",
                "LettersUnknown",
                "LettersResolved",
                "IssueTested",
            ],
            Self::Syndication => &[
                "ActorSwitched",
                "ActorChanged",
                "HostBlocked",
                "HostUnblocked",
                "HostReleased",
                "ArticleSyndicated",
                "PodcastOpened",
                "PodcastChanged",
            ],
            Self::Push => &[
                "PushKeyMade",
                "PushSubscribed",
                "PushInterestsChanged",
                "PushEnded",
                "PushSwitched",
                "PushRuleSet",
                "PushOrdered",
                "PushBuilt",
                "PushStopped",
                "PushFinished",
            ],
            Self::Retractions => &[
                "RetractionOpened",
                "RetractionJoined",
                "RetractionLooked",
                "RetractionCopyLeft",
                "RetractionCopyTakenUp",
                "RetractionAssigned",
                "RetractionDueSet",
                "RetractionClosed",
                "RetractionReopened",
                "RetractionReminded",
                "RetractionTermSet",
            ],
            Self::AgencyPlans => {
                &["AgencyPlanDrafted", "AgencyPlanEdited", "AgencyPlanRemoved", "AgencyPlanIssued", "AgencyPlanReplaced"]
            }
            Self::Estimates => &[
                "EstimateBegun",
                "EstimateEdited",
                "EstimateSubmitted",
                "EstimateReturned",
                "EstimateAppraised",
                "EstimateApproved",
                "EstimateSpent",
                "FundingSourceRenamed",
            ],
            Self::Library => &[
                "AssetUploaded",
                "AssetReferenced",
                "AssetDescribed",
                "AssetUsed",
                "AssetReleased",
                "AssetDeleted",
                "AssetRestored",
                "AssetCleared",
            ],
            Self::Reach => &["ReachSettled", "ReachCleared"],
            Self::Campaigns => &[
                "CampaignDrafted",
                "CampaignEdited",
                "CampaignStarted",
                "CampaignDropped",
                "CampaignItemClaimed",
                "CampaignItemReleased",
                "CampaignAsked",
                "CampaignClosed",
            ],
            Self::Mail => &["MailPlanned", "MailSent", "MailFailed", "MailUnknown"],
            Self::Connections => &["WebhookAdded", "WebhookChanged", "WebhookRemoved", "WebhookFailed"],
        }
    }

    /// The group of a kind.
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.kinds().contains(&kind))
    }

    /// The Fluent key of the link to what an entry is about.
    #[must_use]
    pub fn open_key(self) -> String {
        format!("ledger-open-{}", self.code())
    }

    /// The page of the thing with that id, where this reader may go. People have theirs with administrators only; what was
    /// refused may be anything.
    #[must_use]
    pub fn page_of(self, who: &Who, about: Uuid) -> Option<String> {
        let page = match self {
            Self::Agencies => Agency::desk_path(about),
            Self::Plans => format!("/desk/plans/{about}"),
            Self::Cases => format!("/desk/cases/{about}"),
            Self::Inspections => format!("/desk/inspections/{about}"),
            Self::Connections => format!("/desk/webhooks/{about}"),
            Self::AgencyPlans => format!("/desk/agency-plans/{about}"),
            Self::Library => format!("/desk/library/{about}"),
            Self::Publications => format!("/desk/publications/{about}"),
            Self::Channels => format!("/desk/channels/accounts/{about}"),
            // An import, the facts of the site and a restore have no page.
            Self::News | Self::Pieces if about.is_nil() => return None,
            Self::Pieces => format!("/desk/channels/pieces/{about}"),
            // A report that was nobody's.
            Self::Newsletters if about.is_nil() => return None,
            Self::Newsletters => format!("/desk/newsletters/{about}"),
            Self::Issues => format!("/desk/newsletters/issues/{about}"),
            // About an actor, a podcast, or a host elsewhere: the list shows them all.
            Self::Syndication => "/desk/syndication".to_owned(),
            // About an order, a subscription, an agency or nothing.
            Self::Push => return None,
            // A term is no case's.
            Self::Retractions if about.is_nil() => return None,
            Self::Retractions => format!("/desk/retractions/{about}"),
            Self::Campaigns => format!("/desk/campaigns/{about}"),
            Self::Reach if about.is_nil() => return None,
            Self::Reach => format!("/desk/reach?agency={about}"),
            // An import, and the facts of the site, have no page.
            Self::News if about.is_nil() => return None,
            Self::News => format!("/desk/news/{about}"),
            // About a plan, a slot, an agency or a day; an estimate or a funding source.
            Self::Duties | Self::Estimates => return None,
            // About a station, a cluster, a word, a bulletin or an airing.
            Self::Loudspeakers => return None,
            Self::People | Self::Roles | Self::SignIn | Self::Mail | Self::Refusals => return None,
        };
        who.is_any(self.opened_by()).then_some(page)
    }

    /// The roles to which every page of the group opens, whatever it is about.
    #[must_use]
    pub const fn opened_by(self) -> &'static [Role] {
        const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Auditor];
        match self {
            Self::Agencies => &Role::ALL,
            Self::Plans
            | Self::Cases
            | Self::Inspections
            | Self::AgencyPlans
            | Self::Library
            | Self::News
            | Self::Publications
            | Self::Channels
            | Self::Pieces
            | Self::Newsletters
            | Self::Issues => OVERSEERS,
            | Self::Syndication => OVERSEERS,
            | Self::Retractions => OVERSEERS,
            | Self::Reach
            | Self::Campaigns => OVERSEERS,
            Self::Connections => &[Role::SystemAdministrator],
            _ => &[],
        }
    }

    /// Whether entries of the group are about a person.
    #[must_use]
    pub const fn is_about_a_person(self) -> bool {
        matches!(self, Self::People | Self::Roles | Self::SignIn | Self::Mail | Self::Refusals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Locale;

    #[test]
    fn every_group_has_its_words() {
        for group in Group::ALL {
            assert!(Locale::default().has(&group.key()), "{}", group.key());
            let opens = !group.opened_by().is_empty();
            assert!(!opens || Locale::default().has(&group.open_key()), "{}", group.open_key());
        }
    }
}
