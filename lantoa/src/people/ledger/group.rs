//! Kinds of entries in groups that people ask for, and where the things they are about are looked at.

use uuid::Uuid;

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
    News,
    Mail,
    Connections,
}

impl Group {
    pub const ALL: [Self; 14] = [
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
        Self::News,
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
            Self::News => "news",
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
            Self::Refusals => &["SignInRefused", "AccessRefused"],
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
                "AnswerSubmitted",
                "AnswerAccepted",
                "AnswerReturned",
                "SlotUnlocked",
                "DutyChanged",
                "RequestMade",
                "RequestWithdrawn",
                "PeriodClosed",
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
                "CaseReminded",
            ],
            Self::Inspections => &[
                "InspectionPlanned",
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
                "SectionChanged",
                "ArticlesImported",
                "SiteFactsChanged",
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
            Self::Mail => &["MailPlanned", "MailSent", "MailFailed", "MailUnknown"],
            Self::Connections => &["WebhookAdded", "WebhookChanged", "WebhookRemoved", "WebhookFailed"],
        }
    }

    /// The group of a kind.
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.kinds().contains(&kind))
    }

    /// The page of the thing with that id. People have theirs with administrators only; what was refused may be
    /// anything.
    #[must_use]
    pub fn page_of(self, about: Uuid) -> Option<String> {
        match self {
            Self::Agencies => Some(Agency::desk_path(about)),
            Self::Plans => Some(format!("/desk/plans/{about}")),
            Self::Cases => Some(format!("/desk/cases/{about}")),
            Self::Inspections => Some(format!("/desk/inspections/{about}")),
            Self::Connections => Some(format!("/desk/webhooks/{about}")),
            // About a plan, a slot, an agency or a day.
            Self::Duties => None,
            Self::AgencyPlans => Some(format!("/desk/agency-plans/{about}")),
            // About an estimate or a funding source; an article, a section, or nothing.
            Self::Estimates | Self::News => None,
            Self::People | Self::Roles | Self::SignIn | Self::Mail | Self::Refusals => None,
        }
    }

    /// Whether entries of the group are about a person.
    #[must_use]
    pub const fn is_about_a_person(self) -> bool {
        matches!(self, Self::People | Self::Roles | Self::SignIn | Self::Mail | Self::Refusals)
    }
}
