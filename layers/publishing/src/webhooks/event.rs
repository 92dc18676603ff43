//! What an address elsewhere may be told of: facts that anybody could read on the portal, whole; and of the work on duties
//! only that something happened: ids, the agency, the version, where the API shows it to whoever may see it.

/// A kind of event that an address may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    PlanAdopted,
    PlanReplaced,
    AgencyOpened,
    AgencyRenamed,
    AgencyClosed,
    AgencySucceeded,
    /// What a plan asks became duties and slots, or the agencies did.
    DutiesSettled,
    DutyChanged,
    SlotUnlocked,
    AnswerSubmitted,
    AnswerAccepted,
    AnswerReturned,
    PeriodClosed,
    /// With the article as ninjs (IPTC), which a later capability writes.
    ArticlePublished,
    ArticleCorrected,
    /// Withdrawn or taken down.
    ArticleWithdrawn,
    /// Sent by hand, to try the address.
    Ping,
}

impl Event {
    /// Those that can be asked for.
    pub const ALL: [Self; 16] = [
        Self::PlanAdopted,
        Self::PlanReplaced,
        Self::AgencyOpened,
        Self::AgencyRenamed,
        Self::AgencyClosed,
        Self::AgencySucceeded,
        Self::DutiesSettled,
        Self::DutyChanged,
        Self::SlotUnlocked,
        Self::AnswerSubmitted,
        Self::AnswerAccepted,
        Self::AnswerReturned,
        Self::PeriodClosed,
        Self::ArticlePublished,
        Self::ArticleCorrected,
        Self::ArticleWithdrawn,
    ];

    /// The `type` of the message.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PlanAdopted => "plan.adopted",
            Self::PlanReplaced => "plan.replaced",
            Self::AgencyOpened => "agency.opened",
            Self::AgencyRenamed => "agency.renamed",
            Self::AgencyClosed => "agency.closed",
            Self::AgencySucceeded => "agency.succeeded",
            Self::DutiesSettled => "duties.settled",
            Self::DutyChanged => "duty.changed",
            Self::SlotUnlocked => "slot.unlocked",
            Self::AnswerSubmitted => "answer.submitted",
            Self::AnswerAccepted => "answer.accepted",
            Self::AnswerReturned => "answer.returned",
            Self::PeriodClosed => "period.closed",
            Self::ArticlePublished => "article.published",
            Self::ArticleCorrected => "article.corrected",
            Self::ArticleWithdrawn => "article.withdrawn",
            Self::Ping => "ping",
        }
    }

    /// Reads what [`Event::code`] wrote; a ping can not be asked for.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.code() == code)
    }

    /// The event of a kind of fact; None when nobody elsewhere is told of it.
    #[must_use]
    pub fn of_fact(kind: &str) -> Option<Self> {
        Some(match kind {
            "PlanAdopted" => Self::PlanAdopted,
            "PlanReplaced" => Self::PlanReplaced,
            "AgencyOpened" => Self::AgencyOpened,
            "AgencyRenamed" => Self::AgencyRenamed,
            "AgencyClosed" => Self::AgencyClosed,
            "AgencySucceeded" => Self::AgencySucceeded,
            "DutiesSettled" => Self::DutiesSettled,
            "DutyChanged" => Self::DutyChanged,
            "SlotUnlocked" => Self::SlotUnlocked,
            "AnswerSubmitted" => Self::AnswerSubmitted,
            "AnswerAccepted" => Self::AnswerAccepted,
            "AnswerReturned" => Self::AnswerReturned,
            "PeriodClosed" => Self::PeriodClosed,
            _ => return None,
        })
    }

    /// Where the API shows what it is about.
    #[must_use]
    pub const fn resource(self) -> Option<&'static str> {
        match self {
            Self::PlanAdopted | Self::PlanReplaced => Some("plans"),
            Self::AgencyOpened | Self::AgencyRenamed | Self::AgencyClosed | Self::AgencySucceeded => Some("agencies"),
            Self::DutiesSettled => Some("plans"),
            Self::SlotUnlocked | Self::AnswerSubmitted | Self::AnswerAccepted | Self::AnswerReturned => Some("slots"),
            // The API shows duties within their plan.
            Self::DutyChanged | Self::PeriodClosed | Self::Ping => None,
            // Their message says where they are.
            Self::ArticlePublished | Self::ArticleCorrected | Self::ArticleWithdrawn => None,
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("webhook-event-{}", self.code().replace('.', "-"))
    }
}
